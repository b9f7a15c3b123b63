"""The numbers that the lines of a derivation are checked with: random ones, or those of the job."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import numpy as np

from engine.checking.fitting import Placed, check_values, fitted, has_classes
from engine.derivations.catalogue import SHOWN_STEPS, has_steps
from engine.derivations.programs import CONSTANTS, program, start_name
from engine.errors import ConfigError
from engine.symbolic.jobs import Given, GradientJob, Rows
from engine.tape.nodes import Add, Var
from engine.tape.numbers import Array, measured
from engine.tape.program import Program
from engine.tape.walk import variables

POINTS = 8
_SIZES = {"h": 3, "d": 2, "k": 2, "n": 4, "m": 4}
_CLASSES = 3  # k where outputs are classes
_LONG = 4  # from this T on, weights between states are turns, so that slopes do not explode on the way
_TURNS = {"sigmoid": 3.5, "relu": 0.85, "identity": 0.85}  # how much these turns stretch


def steps_of(job: GradientJob) -> int:
    """T of the numbers: where it is a letter, an example; 1 for a model without time."""
    return (job.steps or SHOWN_STEPS) if has_steps(job) else 1


def leaves(network: Program) -> tuple[Var, ...]:
    """All that is given: parameters, first states, inputs and targets."""
    return (*network.parameters, *network.starts, *network.inputs, *network.targets)


def drawn(job: GradientJob) -> dict[str, Array]:
    """Parameters, first states, inputs and targets at 8 points, in the layout of `oracles`.

    [8, r, c], and [8, T + 2, r, c] for what has times, NaN where it has none. Numbers have two
    decimals and are never near 0. Point 0 is `job.given` if there is one, whose shapes then are
    those of all points.

    Raises ConfigError: given numbers are missing, not finite, or do not fit.
    """
    network, steps = program(job), steps_of(job)
    given = list(_given(job.given, network, steps)) if job.given else []
    sizes = {**_SIZES, "T": steps}
    if has_classes(network):
        sizes["k"] = _CLASSES
    sizes |= fitted(given, {"T": steps}) if given else {}
    check_values(given, network)
    arrays: dict[str, Array] = {}
    for leaf in leaves(network):
        _place(leaf, _random(leaf, job, network, sizes), steps, arrays)
    for one in given:
        whole = arrays[one.of.name]
        (whole[0] if one.time is None else whole[0, one.time])[...] = one.matrix
    return arrays


def sizes_in(network: Program, arrays: Mapping[str, Array], steps: int) -> dict[str, int]:
    """What the letters of sizes are, read off arrays in the layout of `oracles`."""
    sizes = {"T": steps}
    for leaf in leaves(network):
        sizes |= dict(zip(leaf.shape, arrays[leaf.name].shape[-2:], strict=True))
    return {letter: size for letter, size in sizes.items() if letter.isalpha()}


def times_of(leaf: Var, steps: int) -> list[int | None]:
    """The times at which a given quantity has numbers."""
    if leaf.at is None:
        return [None]
    if leaf.at.base == "t":
        return list(range(1, steps + 1))
    return [leaf.at.number({"T": steps})]


def _place(leaf: Var, values: Array, steps: int, arrays: dict[str, Array]) -> None:
    """`values` [8, times, r, c] where they belong; a state may have several places (a start has one)."""
    if leaf.at is None:
        arrays[leaf.name] = values[:, 0]
        return
    empty = np.full((POINTS, steps + 2, *values.shape[-2:]), np.nan)
    arrays.setdefault(leaf.name, empty)[:, [time or 0 for time in times_of(leaf, steps)]] = values


# --- numbers of the job ---


def _given(given: Given, network: Program, steps: int) -> Iterator[Placed]:
    """Every given matrix with its place. Raises ConfigError: one is missing, or there is one too many."""
    by_name = dict(given.parameters)
    for leaf in (*network.parameters, *network.starts):
        name = leaf.name if leaf.at is None else start_name(leaf)
        if name not in by_name:
            raise ConfigError((f"The numbers from {given.source} have no {name}; give one.",))
        yield Placed(name, leaf, times_of(leaf, steps)[0], _matrix(by_name[name], name))
    rows = {"input": (network.inputs[:1], given.inputs), "target": (network.targets, given.targets)}
    for what, (found, values) in rows.items():
        for leaf in found:
            yield from _by_row(leaf, what, values, steps)
    for leaf in network.inputs[1:]:  # a threshold, say
        if leaf.name in by_name:
            yield Placed(leaf.name, leaf, None, _matrix(by_name[leaf.name], leaf.name))


def _by_row(leaf: Var, what: str, rows: Rows, steps: int) -> Iterator[Placed]:
    """A row a time step, or of one matrix without a time."""
    times = times_of(leaf, steps)
    whole = _matrix(rows, f"The {what}s")
    if leaf.at is None and leaf.shape[1] != "1":
        yield Placed(f"The {what}", leaf, None, whole)
        return
    if len(whole) != len(times):
        asked = f"T = {steps} asks for {len(times)}"
        raise ConfigError((f"There are {len(whole)} {what}s, but {asked}; give one a step.",))
    for time, row in zip(times, whole, strict=True):
        yield Placed(f"The {what}" + (f" at t = {time}" if time else ""), leaf, time, row[:, None])


def _matrix(rows: Rows, name: str) -> Array:
    if len({len(row) for row in rows}) != 1 or not rows[0]:
        raise ConfigError((f"{name}: the rows are not equally long, or there are none; give a matrix.",))
    return np.array(rows, float)


# --- random numbers ---


def _random(leaf: Var, job: GradientJob, network: Program, sizes: Mapping[str, int]) -> Array:
    """[8, times, r, c] of one quantity; the same for the same seed, whatever else is drawn."""
    random = np.random.default_rng([job.seed, zlib.crc32(leaf.name.encode())])
    rows, columns = (1 if letter == "1" else measured(letter, sizes.__getitem__) for letter in leaf.shape)
    shape = (POINTS, len(times_of(leaf, sizes["T"])), rows, columns)
    if leaf.name in CONSTANTS:
        return np.full(shape, CONSTANTS[leaf.name])
    if leaf in network.targets and has_classes(network):
        return np.moveaxis(np.eye(rows)[random.integers(rows, size=shape[:2])][..., None, :], -1, -2)
    if job.model == "clipping" and leaf.name == "v":
        return _thresholds(random, shape)
    values: Array = np.round(random.uniform(0.2, 1, shape), 2) * random.choice([-1, 1], shape)
    soon = job.activation in ("relu", "identity")  # what is not bounded grows from the first step on
    if rows == columns and sizes["T"] >= (2 if soon else _LONG) and leaf.name in _between_states(network):
        return _turns(random, shape, _TURNS.get(job.activation, 1.1), reverse=not soon)
    return values


def _between_states(network: Program) -> set[str]:
    """The names of the weights by which states, or what is made of them, enter the next states."""
    inputs = {leaf.name for leaf in network.inputs}
    found = set()
    for definition, span in network.definitions():
        if span is not None and definition.kind == "preactivation":
            terms = definition.value.terms if isinstance(definition.value, Add) else (definition.value,)
            for term in terms:
                names = [leaf.name for leaf in variables(term)]
                found |= set(names) if len(names) == 2 and not inputs & set(names) else set()
    return found


def _thresholds(random: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Low enough to clip at even points, too high to at odd ones."""
    high = (np.arange(POINTS) % 2)[:, None, None, None]
    found: Array = np.round(random.uniform(0.3, 0.8, shape) + 2 * high, 2)
    return found


def _turns(random: np.random.Generator, shape: tuple[int, ...], stretch: float, reverse: bool) -> Array:
    """Orthogonal matrices times a number: no direction vanishes or explodes before the others.

    With `reverse` some direction is reversed rather than kept: along a kept one states would pile up
    and saturate. Without, none need be, so that relu does not die.
    """
    turns, _ = np.linalg.qr(random.normal(size=shape))
    turns *= (-1 if reverse else 1) * np.sign(np.linalg.det(turns))[..., None, None]
    found: Array = np.round(stretch * random.uniform(0.8, 1, (*shape[:2], 1, 1)) * turns, 2)
    return found
