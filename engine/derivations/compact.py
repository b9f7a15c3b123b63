"""Which lines a compact telling keeps: those that the answer cannot be read without.

The definitions stand in the problem above the lines. What is left is the answer, the lines about many
steps, and the lines before these that say what the slopes in them are. Of gates, that is the chain of the
one that is asked for: another gate's delta in the slope of a state is what the conventions say a delta is.
Lines keep their numbers.
"""

from __future__ import annotations

from engine.derivations.steps import COMPACT, Derivation
from engine.tape.nodes import Slope, Var

_FINER = ("exploding",)  # says of the bound before it when it is no help


def in_short(derivation: Derivation) -> set[int]:
    """Numbers of the lines of the compact telling."""
    rough = [number for number, step in enumerate(derivation.steps, start=1) if step.level == COMPACT]
    if derivation.program.loss is None:  # a definition is the answer
        return set(rough)
    kept = {derivation.answer} | {number for number in rough if _is_of_many_steps(derivation, number)}
    for number in reversed(rough):  # what a line needs stands before it
        if number in kept:
            kept |= {use for use in derivation[number].uses if use in rough and _is_slope(derivation, use)}
    return kept


def _is_slope(derivation: Derivation, number: int) -> bool:
    return isinstance(derivation[number].left, Slope)


def _is_of_many_steps(derivation: Derivation, number: int) -> bool:
    step = derivation[number]
    return not isinstance(step.left, Var | Slope) and step.rule not in _FINER
