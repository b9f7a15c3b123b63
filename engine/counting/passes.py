"""The lines of a whole run: forward, and back to every parameter. What is counted, and what counting runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.derivations.backward import Backward
from engine.derivations.dependence import Dependence
from engine.derivations.flow import Segment, segments
from engine.derivations.sheet import Sheet
from engine.derivations.softmax_lines import shortened_from
from engine.tape.index import Span
from engine.tape.nodes import Node, Var
from engine.tape.program import Program


@dataclass(frozen=True, slots=True)
class Computed:
    """`left` = `right`, for each time of `span`, or once."""

    left: Node
    right: Node
    span: Span | None


def forward(program: Program) -> tuple[Computed, ...]:
    """The definitions."""
    found = program.definitions()
    return tuple(Computed(definition.var, definition.value, span) for definition, span in found)


def backward(program: Program) -> tuple[Computed, ...]:
    """The slope of everything that is computed, then of every parameter, for T a letter.

    Where nothing moves through time, of what is given too: it is what one asks for there.
    """
    sheet = Sheet()
    writer = Backward(program, sheet, Dependence(program))
    found = []
    for one in (one for of in _wanted(program) for one in segments(program, of, 0)):
        line = sheet.steps[_number(one, writer, sheet, program) - 1]
        if not _only_for_softmax(one):
            found.append(Computed(line.left, line.after, line.span))
    return tuple(found)


def _number(segment: Segment, writer: Backward, sheet: Sheet, program: Program) -> int:
    """Of the line for a segment: before a softmax, the short one, ŷ - y."""
    number = writer.family(segment)
    return shortened_from(sheet, number, segment, program)


def _only_for_softmax(segment: Segment) -> bool:
    """dL/dŷ of the cross-entropy: in ŷ - y it is cancelled, so that nobody computes it."""
    return {use.definition.kind for use in segment.uses} == {"cross-entropy"}


def through_all(lines: Iterable[Computed]) -> tuple[Computed, ...]:
    """BPTT, given the lines of truncated BPTT: no time is cut off."""
    kept = (line for line in lines if not (line.span and line.span.cut))
    return tuple(replace(line, span=replace(line.span, window=0)) if line.span else line for line in kept)


def _wanted(program: Program) -> Iterator[Var]:
    for definition, _ in reversed(tuple(program.definitions())):
        if definition.var is not program.loss:
            yield definition.var
    yield from program.parameters
    if not program.starts:
        yield from program.inputs[:1]
