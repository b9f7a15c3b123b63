"""Plain arrays, as one has them in NumPy, in and out of the layout that networks are run with."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.checking.drawing import times_of
from engine.checking.fitting import Placed, check_values, fitted, laid_out
from engine.derivations.programs import CONSTANTS, start_name
from engine.errors import ConfigError
from engine.tape.nodes import Shape, Var
from engine.tape.numbers import Array, measured
from engine.tape.program import Program

Floats = NDArray[np.float64]


def given_arrays(
    network: Program,
    parameters: Mapping[str, ArrayLike],
    inputs: ArrayLike,
    targets: ArrayLike | None,
    steps: int,
) -> dict[str, Array]:
    """Everything in the layout of `oracles`, at one point; first states are zero where they are missing.

    Raises ConfigError: names, shapes or numbers that do not fit.
    """
    starts = {start_name(start): start for start in network.starts}
    needed = {
        leaf.name: leaf for leaf in (*network.parameters, *network.inputs[1:]) if leaf.name not in CONSTANTS
    }
    _check_names(parameters, needed, starts)
    placed = [
        Placed(name, leaf, times_of(leaf, steps)[0], _matrix(name, parameters[name], leaf.shape))
        for name, leaf in (needed | starts).items()
        if name in parameters
    ]
    placed += _by_time("inputs", inputs, network.inputs[0], steps)
    for target in network.targets:
        if targets is None:
            raise ConfigError(("There are no targets; the loss needs them.",))
        placed += _by_time("targets", targets, target, steps)
    sizes = fitted(placed, {"T": steps})
    check_values(placed, network)
    for name, leaf in starts.items():
        if name not in parameters:
            zero = np.zeros((measured(leaf.shape[0], sizes.__getitem__), 1))
            placed.append(Placed(name, leaf, times_of(leaf, steps)[0], zero))
    constants = {name: np.full((1, 1, 1), value) for name, value in CONSTANTS.items()}
    return laid_out(placed, steps) | constants


def _check_names(given: Mapping[str, object], needed: dict[str, Var], starts: dict[str, Var]) -> None:
    missing = [name for name in needed if name not in given]
    unknown = [name for name in given if name not in needed and name not in starts]
    problems = [f"There is no parameter {name}; there are {', '.join(needed | starts)}." for name in unknown]
    problems += [f"{name} is missing; give it among the parameters." for name in missing]
    if problems:
        raise ConfigError(tuple(problems))


def _by_time(what: str, values: ArrayLike, leaf: Var, steps: int) -> list[Placed]:
    """One matrix, or one a time step."""
    if leaf.at is None:
        return [Placed(what, leaf, None, _matrix(what, values, leaf.shape))]
    rows = numbers(what, values)
    if not rows.ndim or len(rows) != steps:
        found = len(rows) if rows.ndim else "no"
        raise ConfigError((f"{what} have {found} time steps, but T = {steps}; give one row a step.",))
    return [
        Placed(f"{what} at t = {time}", leaf, time, _matrix(f"{what} at t = {time}", row, leaf.shape))
        for time, row in enumerate(rows, start=1)
    ]


def _matrix(name: str, value: ArrayLike, shape: Shape) -> Array:
    """[r, c] from a plain array: a vector stands for a column, or for a row where one is needed."""
    found = numbers(name, value)
    if not found.size:
        raise ConfigError((f"{name} is empty; give at least one number.",))
    axes = sum(letter != "1" for letter in shape)
    if found.ndim == 2 or (axes == 0 and found.size == 1):
        return found if found.ndim == 2 else found.reshape(1, 1)
    if found.ndim == axes == 1:
        return found[None] if shape[0] == "1" else found[:, None]
    wanted = ("a number", "a vector", "a matrix")[axes]
    letters = " of " + " × ".join(letter for letter in shape if letter != "1") if axes else ""
    raise ConfigError((f"{name} has the shape {list(found.shape)}; give {wanted}{letters}.",))


def numbers(name: str, value: ArrayLike) -> Array:
    """Any array of real numbers. Raises ConfigError: it is none; text that looks like numbers is none."""
    try:
        found = np.asarray(value)
    except (TypeError, ValueError, RuntimeError):
        raise ConfigError(
            (f"{name} is not an array of numbers; give rows of numbers, all equally long.",)
        ) from None
    if found.dtype.kind == "c":
        raise ConfigError((f"{name} has complex numbers; give real ones.",))
    whole = found.dtype.kind == "O" and all(isinstance(one, int) for one in found.flat)  # beyond 64 bits
    if found.dtype.kind not in "biuf" and not whole:
        raise ConfigError((f"{name} is not an array of numbers; give rows of numbers, all equally long.",))
    try:
        return found.astype(np.float64)
    except OverflowError:
        raise ConfigError((f"{name} has a number that is not finite: it is beyond 1.8e308.",)) from None


def plain(found: Array, shape: Shape) -> Floats:
    """[1, ..., r, c] as one has it: without axes that a quantity of this shape does not have."""
    flat = [axis for axis, letter in zip((-2, -1), shape, strict=True) if letter == "1"]
    return np.squeeze(found, axis=(0, *flat)).astype(np.float64)
