"""Matrices that are given: whether they fit a network, what that says of h, d, k, and where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import ConfigError
from engine.tape.nodes import Var
from engine.tape.numbers import Array, measured
from engine.tape.program import Program

_ROUNDED = 1e-6  # what 32-bit numbers that sum to 1 may be off


@dataclass(frozen=True, slots=True)
class Placed:
    """A given matrix.

    Attributes:
        name: what to call it in a message.
        of: which quantity it is.
        time: at which time; None for one without.
        matrix: [r, c].
    """

    name: str
    of: Var
    time: int | None
    matrix: Array


def fitted(given: Sequence[Placed], known: Mapping[str, int]) -> dict[str, int]:
    """The sizes that all matrices agree on, `known` ones (T) among them.

    Raises:
        ConfigError: shapes that contradict each other, or numbers that are not finite: one sentence
            for each matrix that is at fault, with what it is and what it should be.
    """
    sizes, told = dict(known), {letter: f"{letter} = {size}" for letter, size in known.items()}
    simple = [one for one in given if not any("+" in letter for letter in one.of.shape)]
    joined = [one for one in given if one not in simple]  # shapes as h × h+d, which say nothing new
    problems = [_unlike(one, sizes, told) for one in (*simple, *joined)]
    problems = [problem for problem in problems if problem]
    if problems:
        raise ConfigError(tuple(problems))
    return sizes


def check_values(given: Sequence[Placed], network: Program) -> None:
    """Whether the numbers are what the lines take them for.

    Raises ConfigError: targets of a cross-entropy whose entries do not sum to 1, since dL/ds = ŷ - y
    needs that (Goodfellow et al. 2016, eq. 10.18); a threshold for clipping that is not above 0.
    """
    problems = []
    for one in given:
        total = float(one.matrix.sum())
        if one.of in network.targets and has_classes(network) and abs(total - 1) > _ROUNDED:
            problems.append(
                f"{one.name} sum to {total:g}; targets of a cross-entropy sum to 1, such as 0, 1, 0."
            )
        if one.of.name == "v" and network.loss is None and total <= 0:
            problems.append(f"v is {total:g}; give a threshold above 0.")
    if problems:
        raise ConfigError(tuple(problems))


def has_classes(network: Program) -> bool:
    """Whether its targets are probabilities."""
    return any(definition.kind == "cross-entropy" for definition, _ in network.definitions())


def laid_out(given: Sequence[Placed], last: int) -> dict[str, Array]:
    """The matrices in the layout of `oracles`, at one point; NaN at times for which there is none."""
    arrays: dict[str, Array] = {}
    for one in given:
        if one.time is None:
            arrays[one.of.name] = one.matrix[None]
        else:
            empty = np.full((1, last + 2, *one.matrix.shape), np.nan)
            arrays.setdefault(one.of.name, empty)[0, one.time] = one.matrix
    return arrays


def _unlike(one: Placed, sizes: dict[str, int], told: dict[str, str]) -> str:
    """What is wrong with a matrix, or nothing; sizes that are new are noted, with who `told` them."""
    if not np.isfinite(one.matrix).all():
        row, column = np.argwhere(~np.isfinite(one.matrix))[0]
        found = one.matrix[row, column]
        return f"{one.name} has {found} in row {row + 1}, column {column + 1}; give finite numbers."
    for letter, size in zip(one.of.shape, one.matrix.shape, strict=True):
        if letter not in sizes and letter != "1" and "+" not in letter:
            sizes[letter], told[letter] = size, f"{one.name} says that {letter} = {size}"
        elif size != measured(letter, lambda part: sizes.get(part, 0)):
            because = [told[part] for part in letter.split("+") if part in told]
            reason = f": {' and '.join(because)}" if because else ""
            return f"{one.name} is {_shape(one.matrix.shape)}, not {' × '.join(one.of.shape)}{reason}."
    return ""


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
