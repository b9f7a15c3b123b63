"""A finished derivation as plain text for a terminal, or as fields for a machine."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from engine.symbolic.report import Line, Report, Value
from studyapp.commands import derive_found


def fields(report: Report) -> dict[str, Any]:
    """All of it, as JSON can hold it."""
    return dataclasses.asdict(report) | {"status": report.status.value}


def words(report: Report, values: bool = False) -> str:
    """All of it to read; with the numbers behind each line if `values`."""
    return "\n".join(_in_words(report, values))


def _in_words(report: Report, values: bool) -> Iterator[str]:
    yield report.title
    yield f"  Problem: {report.problem}"
    yield from (f"  {name}: {choice}" for name, choice in report.conventions)
    if report.numbers:
        yield "  numbers: " + ", ".join(f"{name} = {value:g}" for name, value in report.numbers)
    if values:
        for name, value in report.matrices:
            yield from _matrix(f"{name} =", value)
    for line in report.lines:
        yield from _line(line, values)
    yield from ("", report.summary, "")
    if report.found is not None:
        yield from derive_found.words(report.found)
    for way in report.agreements:
        right = "ok   " if way.ok else "WRONG"
        worth = "" if way.value is None else f" {way.value:.12g}"
        yield f"  {right}  {way.source}:{worth} (relative error {way.error:.1e})"
    for method in report.methods:
        yield f"  {'used ' if method.applies else 'no   '}  {method.name}: {method.reason}"
    for cost in report.costs:
        yield f"  {cost.name}: {cost.value:,}  {cost.latex}  {cost.grows}".rstrip()
    yield f"  {report.status.value}, {len(report.lines)} lines in {report.milliseconds:.0f} ms"


def _line(line: Line, values: bool) -> Iterator[str]:
    uses = f"  from {', '.join(map(str, line.uses))}" if line.uses else ""
    value = "" if line.value is None else f"   = {line.value:.6g}"
    span = f"   for {line.span}" if line.span else ""
    yield from ("", f"{line.number:3}  {line.title}{uses}", f"     {line.latex}{span}{value}")
    if values:
        for each in line.values:
            yield from _matrix(f"{each.at}:" if each.at else "", each)
    check = line.check
    if check is None:
        yield "     [assumed]"
    else:
        yield f"     [{'ok' if check.ok else 'WRONG'}, {check.what}, {check.error:.0e}]"


def _matrix(name: str, value: Value) -> Iterator[str]:
    """One row a line; dots where there is more than is shown."""
    rows, columns = value.shape
    more = "  ..." if columns > len(value.rows[0]) else ""
    for number, row in enumerate(value.rows):
        numbers = "  ".join(f"{entry:10.5g}" for entry in row)
        yield f"       {name if number == 0 else '':<10} {numbers}{more}"
    if rows > len(value.rows):
        yield f"       {'':<10} ... ({rows} × {columns})"
