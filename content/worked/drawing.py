"""Random values of given shapes, and the check of one equation of the formula sheet at several draws."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from math import prod
from typing import TYPE_CHECKING

from content.seeds import keyed
from content.worked.evaluate import MOST_ENTRIES, Value, both_sides, told
from content.worked.reading import WorkedError

if TYPE_CHECKING:
    from numpy.random import Generator

DRAWS = 8
_LARGEST = 10**9
_NEAR = 1e-9
_WHOLE = re.compile(r"(\d+)\.\.(\d+)")
_SHAPED = re.compile(r"(?:(unit|positive) )?(\[\d+(?:, *\d+)*\])")


def draw(kind: str, random: Generator) -> Value:
    """A value of `kind`: scalar, unit (0 to 1), positive, 1..9 (whole), [3] or [3, 4], unit [3].

    Raises WorkedError for any other kind.
    """
    if whole := _WHOLE.fullmatch(kind):
        first, last = int(whole[1]), int(whole[2])
        if first >= last:
            raise WorkedError(f"{kind!r} draws no two different numbers; write the smaller one first.")
        if last > _LARGEST:
            raise WorkedError(f"{kind!r} goes beyond {_LARGEST}, the largest number that is drawn.")
        return int(random.integers(first, last + 1))
    if shaped := _SHAPED.fullmatch(kind):
        shape = tuple(ast.literal_eval(shaped[2]))
        if prod(shape) > MOST_ENTRIES:
            raise WorkedError(f"{kind!r} has {prod(shape)} entries; at most {MOST_ENTRIES} are drawn.")
        return _of(shaped[1] or "scalar", random, shape)
    if kind in ("scalar", "unit", "positive"):
        return float(_of(kind, random, ()))
    raise WorkedError(f"{kind!r} is no kind of value: scalar, unit, positive, 1..9, [3] or [3, 4].")


def _of(kind: str, random: Generator, shape: tuple[int, ...]) -> Value:
    if kind == "unit":
        return random.uniform(0.05, 0.95, shape)
    if kind == "positive":
        return random.uniform(0.2, 3.0, shape)
    return random.normal(0.0, 1.0, shape)


def drawn(item: str, kinds: Mapping[str, str]) -> Iterator[dict[str, Value]]:
    """The values of each draw of `item`, always the same ones. Raises WorkedError for a kind that is none."""
    import numpy as np

    for number in range(DRAWS):
        random = np.random.default_rng(keyed(item, number, "draw"))
        yield {name: draw(kind, random) for name, kind in kinds.items()}


def broken(item: str, kinds: Mapping[str, str], equation: str) -> str:
    """Why `left == right` does not hold at one of the draws of `item`, as a sentence; empty when it holds."""
    import numpy as np

    for number, values in enumerate(drawn(item, kinds)):
        left, right = map(np.asarray, both_sides(equation, values))
        if left.shape != right.shape:
            return f"left has the shape {left.shape}, right {right.shape}."
        gap = np.max(np.abs(left - right) / np.maximum(1.0, np.abs(right)), initial=0.0)
        if not gap <= _NEAR:
            return f"left is {told(left)}, right {told(right)} at draw {number}."
    return ""
