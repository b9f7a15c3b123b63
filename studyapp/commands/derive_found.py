"""What a recurrence or code comes to, as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from engine.symbolic.findings import Findings, Formula


def words(found: Findings) -> Iterator[str]:
    """Line by line: classes, counts, calls, relations, ranks, sizes."""
    yield from _classes(found)
    yield from _counts(found)
    for calls in found.calls:
        yield f"  {calls.function} is called {calls.total.text} times"
    if found.recurrence:
        yield f"  recurrence: {found.recurrence}"
    for relation in found.relations:
        yield f"  {'yes' if relation.holds else 'no ':3} {relation.symbol}  {relation.witness}"
    for rank in found.ranks:
        yield f"  {rank.place:3}. {rank.function.text}   Θ({rank.growth.text})   {rank.because}".rstrip()
    for row in found.rows:
        yield f"  n = {row.n:,}: {row.value}   {row.time}".rstrip()


def _classes(found: Findings) -> Iterator[str]:
    if found.theta is not None:
        yield f"  class: Θ({found.theta.text})"
    if found.best is not None:
        yield f"  best case: Θ({found.best.text})"
    if found.assumption:
        yield f"  {found.assumption}"
    if found.closed is not None:
        where = f" for {found.where.text}" if found.where is not None else ""
        yield f"  in all: {found.closed.text}{where}, from n = {found.start} on"


def _counts(found: Findings) -> Iterator[str]:
    for line in found.counts:
        how = "" if line.proven else "   (measured)"
        cost = f"   {line.cost}" if line.cost else ""
        yield f"  line {line.line:3}: {_text(line.total):30} Θ({_text(line.worst)}){cost}{how}".rstrip()


def _text(formula: Formula | None) -> str:
    return "?" if formula is None else formula.text
