"""How slopes flow through a program: which definitions use a variable, at which of its times.

A variable's times are split into segments in which the same definitions use it: h_T may be read
by the output only, h_t before that by the output and by the next step. Knows no rules and no lines.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.tape.index import At, Span, first, last, t
from engine.tape.makers import var
from engine.tape.nodes import Beside, Node, Sum, Var
from engine.tape.program import Definition, Program
from engine.tape.walk import at_time, put, variables, walk

MANY = 1000  # what T is for comparing times while it is a letter


@dataclass(frozen=True, slots=True)
class Use:
    """A definition that has the variable in its value.

    Attributes:
        definition: with the letter t meaning the time of the variable, where that has one.
        leaf: the variable as it stands in it.
        low, high: first and last time of the variable at which this holds, where it has times.
        over_time: by how many steps of time the slope passes back here, e.g. 1 from t + 1 to t.
        every: the definition is done for each of these times, with one and the same variable.
        general: the same use at the letter t, where this one is put at a single time.
    """

    definition: Definition
    leaf: Var
    low: At = first
    high: At = last
    over_time: int = 0
    every: Span | None = None
    general: Use | None = None

    @property
    def span(self) -> Span | None:
        """All times of the variable at which the definition uses it like this; None for a single one."""
        use = self.general or self
        timed = use.leaf.at is not None and use.leaf.at.base == t.base
        return use.every or (Span(t.base, use.low, use.high, falling=True) if timed else None)


@dataclass(frozen=True, slots=True)
class Segment:
    """Times at which the same definitions use a variable.

    Attributes:
        of: the variable; at its letter, or at its only time.
        span: None where there is one time, or none.
        uses: in the order of the program.
        cut: truncated BPTT passes nothing back in time here.
    """

    of: Var
    span: Span | None
    uses: tuple[Use, ...]
    cut: bool = False


def uses(program: Program, name: str) -> Iterator[Use]:
    """Every use of the variables called `name`, in the order of the program."""
    for definition, span in program.definitions():
        for leaf in variables(definition.value):
            if leaf.name == name:
                yield _use(definition, span, leaf)


def _use(definition: Definition, span: Span | None, leaf: Var) -> Use:
    when = leaf.at
    if when is None:
        return Use(definition, leaf, every=span)
    if span and when.base == span.letter:
        ahead = -when.shift
        here = moved(definition, span.letter, t + ahead)
        return Use(here, var(leaf.name, leaf.shape, t), span.low + when.shift, span.high + when.shift, ahead)
    index = next((part for part in walk(definition.value) if _goes_over(part, when)), None)
    if isinstance(index, Sum | Beside):
        own = var(leaf.name, leaf.shape, t)
        return Use(definition, own, index.low + when.shift, index.high + when.shift, every=span)
    return Use(definition, leaf, when, when, every=span)


def _goes_over(part: Node, when: At) -> bool:
    return isinstance(part, Sum | Beside) and part.index == when.base


def moved(definition: Definition, letter: str, value: At) -> Definition:
    """The definition at another time."""
    here = at_time(definition.var, letter, value)
    return replace(definition, var=here, value=put(definition.value, letter, value))


def segments(program: Program, of: Var, steps: int) -> tuple[Segment, ...]:
    """The times of `of`, in the order in which slopes are found; those empty for this T are left out.

    Args:
        of: at a letter for all times at which it is defined, else at its one time, or without one.
        steps: T; 0 for a letter.
    """
    found = tuple(sorted(uses(program, of.name), key=lambda use: abs(use.over_time)))
    if of.at is None:
        return (Segment(of, None, found),)
    if of.at.base != t.base:
        return (_at_one_time(of, of.at, found, steps),)
    own = next(span for made, span in program.definitions() if span and made.var.name == of.name)
    clipped = (_clipped(use, own, {"T": steps or MANY}) for use in found)
    parts = list(_split(own, tuple(clipped), steps))
    told = parts if own.falling else reversed(parts)
    return tuple(part for span, here in told for part in _windowed(program, of, span, here, steps))


def _clipped(use: Use, own: Span, letters: dict[str, int]) -> Use:
    """Without the times at which the variable is not computed, such as that of a first state."""
    low = max(use.low, own.low, key=lambda time: time.number(letters))
    return replace(use, low=low, high=min(use.high, own.high, key=lambda time: time.number(letters)))


def _split(own: Span, found: tuple[Use, ...], steps: int) -> Iterator[tuple[Span, tuple[Use, ...]]]:
    """Parts of `own`, rising, each with the uses that hold in it."""
    letters = {"T": steps or MANY}
    edges = {own.low.number(letters): own.low, (own.high + 1).number(letters): own.high + 1}
    for use in found:
        for edge in (use.low, use.high + 1):
            if min(edges) < edge.number(letters) < max(edges):
                edges.setdefault(edge.number(letters), edge)
    ordered = sorted(edges)
    for low, following in itertools.pairwise(ordered):
        here = tuple(use for use in found if _holds(use, low, letters))
        yield Span(own.letter, edges[low], edges[following] - 1, not own.falling), here


def _holds(use: Use, time: int, letters: dict[str, int]) -> bool:
    return use.low.number(letters) <= time <= use.high.number(letters)


def _windowed(program: Program, of: Var, span: Span, found: tuple[Use, ...], steps: int) -> Iterator[Segment]:
    """The part itself; under truncation, its times where slopes pass back, and those where they do not."""
    kept = tuple(use for use in found if use.over_time <= 0)
    if not program.window or of.name not in program.states or len(kept) == len(found):
        yield _narrow(of, span, found, steps)
        return
    for cut, here in ((False, found), (True, kept)):
        windowed = replace(span, window=program.window, cut=cut)
        if windowed.times({"T": steps or MANY}):
            yield Segment(of, windowed, here, cut)


def _narrow(of: Var, span: Span, found: tuple[Use, ...], steps: int) -> Segment:
    """One time is written as that time, not as a span of one."""
    letters = {"T": steps or MANY}
    if span.low.number(letters) != span.high.number(letters):
        return Segment(of, span, found)
    return Segment(at_time(of, t.base, span.high), None, tuple(_at(use, span.high) for use in found))


def _at(use: Use, time: At) -> Use:
    definition = use.definition if use.every else moved(use.definition, t.base, time)
    general = use.general or use
    return replace(use, definition=definition, leaf=at_time(use.leaf, t.base, time), general=general)


def _at_one_time(of: Var, time: At, found: tuple[Use, ...], steps: int) -> Segment:
    """A first state: every use that reaches its time."""
    letters = {"T": steps or MANY}
    here = (use for use in found if _holds(use, time.number(letters), letters))
    return Segment(of, None, tuple(_at(use, time) for use in here))
