"""A derivation as a program: its network run forwards, and its slopes by its own lines.

Nothing here knows how to differentiate, and no oracle: a gradient comes from what the lines say.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.checking.drawing import sizes_in
from engine.checking.recorded import Recorded
from engine.derivations.programs import asked_for
from engine.derivations.steps import Derivation
from engine.tape.index import Span, t
from engine.tape.makers import slope
from engine.tape.numbers import Array, evaluate
from engine.tape.program import Definition, Program


def run(program: Program, given: Mapping[str, Array], last: int) -> Recorded:
    """The network run forwards.

    Args:
        given: parameters, inputs, targets and first states, [points, r, c] or [points, T + 2, r, c].
        last: T.
    """
    arrays = dict(given)
    points = len(next(iter(given.values())))
    running = Recorded(arrays, sizes_in(program, arrays, last), last, points)
    for block in program.blocks:
        for letters in _moments(block.span, last):
            for definition in block.definitions:
                _define(definition, letters, running)
    return running


def _moments(span: Span | None, last: int) -> list[dict[str, int]]:
    letters = {"T": last}
    return [{**letters, span.letter: n} for n in span.times(letters)] if span else [letters]


def _define(definition: Definition, letters: Mapping[str, int], running: Recorded) -> None:
    leaf = definition.var
    value = evaluate(definition.value, running, letters)
    running.record(leaf, None if leaf.at is None else leaf.at.number(letters), value[..., 0, :, :])


def answer(derivation: Derivation, running: Recorded) -> Array:
    """What was asked for, by the derivation's last expression for it; its lines are bound to `running`.

    Returns: [points, r, c]; [points, T, r, c] for a quantity that has a slope at each time.

    Raises Unknown: a line needs what no line gives.
    """
    for step in derivation.steps:
        running.bind(step)
    asked, step = asked_for(derivation.job), derivation[derivation.answer]
    if asked.at is not None and asked.at.base == t.base:
        return running.of(slope(asked), np.arange(1, running.last + 1))
    return evaluate(step.after, running, {"T": running.last})[:, 0]
