"""Independent ways to the gradient that a derivation ends in, and how far each is from it.

What is compared is worth something only because the ways share no line with the derivation: the
engine's hand-written passes, differences of the oracle's loss, SymPy where the network is small.
torch is asked elsewhere (`opinions.py`), since it takes seconds to load.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine.checking import by_hand, central
from engine.checking.world import World
from engine.derivations.catalogue import has_steps
from engine.derivations.programs import asked_for
from engine.derivations.steps import Derivation
from engine.recurrences.verify import AGREES
from engine.symbolic.report import Agreement
from engine.tape.index import t
from engine.tape.makers import slope
from engine.tape.nodes import Var
from engine.tape.numbers import Array, evaluate

_SMALL = 1e-6  # of the largest entry: below this an entry's error is not taken relative to itself
_NOTHING = 1e-15
_ROUGH = 1e-3  # of the loss: its differences round at 1e-11 of it, however small the slope is


def point(world: World) -> dict[str, Array]:
    """What is given at the shown point, in the layout of `oracles` without leading axes."""
    return {name: array[0] for name, array in world.given.items()}


def derived(derivation: Derivation, world: World) -> Array:
    """What the derivation says at the shown point: [r, c], or of a quantity with times [T, r, c].

    All steps must be bound in `world`.
    """
    asked, letters = asked_for(derivation.job), {"T": world.last}
    if asked.at is not None and asked.at.base == t.base:
        times = np.arange(1, world.last + 1)
        found = evaluate(slope(asked), world, {**letters, t.base: times})[0]
        return np.broadcast_to(found, (world.last, *found.shape[1:]))
    matrix: Array = evaluate(derivation[derivation.answer].after, world, letters)[0, 0]
    return matrix


def agreements(derivation: Derivation, world: World, written_out: float | None) -> tuple[Agreement, ...]:
    """The derivation's own value first, then the others; `written_out` is SymPy's, if it was asked."""
    return tuple(_found(derivation, world, written_out, derived(derivation, world)))


def _found(
    derivation: Derivation, world: World, written_out: float | None, reference: Array
) -> Iterator[Agreement]:
    job, here = derivation.job, point(world)
    by_the_engine = "hand-written BPTT" if has_steps(job) else "hand-written pass"
    yield agreement("derivation", reference, reference)
    yield agreement(by_the_engine, by_hand.gradient(job, here, job.wrt), reference)
    if written_out is not None:
        yield agreement("SymPy, written out", np.full((1, 1), written_out), reference)
    if derivation.program.loss is not None:
        yield _by_differences(derivation, world, reference)


def _by_differences(derivation: Derivation, world: World, reference: Array) -> Agreement:
    asked = asked_for(derivation.job)
    times = _times(asked, world.last)
    sample = central.gradient(derivation.job, point(world), asked.name, times)
    over_time = reference if reference.ndim == 3 else reference[None]
    same = np.array([over_time[times.index(time), row, column] for time, row, column in sample.places])
    rough = _ROUGH * max(1.0, abs(sample.loss), _largest(same))
    found = agreement("central difference", sample.slopes, same, rough)
    if len(same) == sample.of:
        return found
    return replace(found, source=f"central difference at {len(same)} of {sample.of} entries", value=None)


def _times(asked: Var, last: int) -> tuple[int | None, ...]:
    if asked.at is None:
        return (None,)
    return tuple(range(1, last + 1)) if asked.at.base == t.base else (asked.at.number({"T": last}),)


def agreement(source: str, found: Array, reference: Array, smallest: float = 0.0) -> Agreement:
    """`found`, in the way `source` names, against what the derivation says.

    Its value is the number, or of several the Frobenius norm, and then the source says so; its error
    the largest of an entry, relative to the entry, or to `smallest` if that is larger.
    """
    smallest = max(smallest, _SMALL * _largest(reference), _NOTHING)
    scale = np.maximum(smallest, np.maximum(np.abs(found), np.abs(reference)))
    error = float((np.abs(found - reference) / scale).max())
    if reference.size == 1:
        return Agreement(source, float(found.item()), error, error <= AGREES)
    return Agreement(f"{source} (norm)", float(np.linalg.norm(found)), error, error <= AGREES)


def _largest(array: Array) -> float:
    return float(np.abs(array).max(initial=0.0))
