"""An answer about a recurrence, code or functions as one JSON object; the README lists its keys."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from engine.symbolic.findings import Findings, Formula, Rank
from engine.symbolic.formulas import formula
from engine.symbolic.functions import parse_function
from engine.symbolic.jobs import CodeJob, CompareJob, Question, RecurrenceJob, SortJob
from engine.symbolic.report import Answer, Line, Refusal, Report

_ASCII = {"Θ": "Theta", "Ω": "Omega", "ω": "omega"}
_EMPTY: dict[str, Any] = {
    "theta": None,
    "closed_form": None,
    "domain": None,
    "start": None,
    "total": None,
    "best": None,
    "assumption": "",
    "counts": {},
    "calls": {},
    "recurrence": "",
    "methods": [],
    "steps": [],
    "conventions": {},
    "agreements": [],
    "relations": {},
    "witnesses": {},
    "order": [],
    "reason": None,
    "way_out": "",
    "line": None,
    "column": None,
}


def asked(job: Question) -> dict[str, Any]:
    """What was asked: its kind and input."""
    if isinstance(job, RecurrenceJob | CodeJob):
        return {"kind": "recurrence" if isinstance(job, RecurrenceJob) else "code", "input": job.text}
    if isinstance(job, CompareJob):
        return {"kind": "compare", "input": [job.first, job.second]}
    return {"kind": "sort", "input": list(job.functions)}


def fields(job: Question, answer: Answer, seconds: float) -> dict[str, Any]:
    """All keys, whatever the answer is; what does not apply is null or empty."""
    if isinstance(answer, Report):
        told = {"status": answer.status.name} | _EMPTY | _report(job, answer)
    elif isinstance(answer, Refusal):
        told = refused(answer.reason, answer.way_out, answer.line, answer.column)
    else:
        told = refused("Our fault: the answer is of another kind.", "Please report what you asked for.")
    return asked(job) | told | {"seconds": round(seconds, 6)}


def refused(reason: str, way_out: str, line: int = 0, column: int = -1) -> dict[str, Any]:
    """The keys of a refusal; `line` 0 and `column` -1 where it is not about a place."""
    place = {"line": line or None, "column": column if column >= 0 else None}
    return {"status": "REFUSED"} | _EMPTY | {"reason": reason, "way_out": way_out} | place


def _report(job: Question, report: Report) -> dict[str, Any]:
    found = report.found or Findings()
    closed = _sympy(found.closed)
    is_code = isinstance(job, CodeJob)
    return {
        "theta": _sympy(found.theta),
        "closed_form": closed,
        "domain": _sympy(found.where),
        "start": found.start if found.closed is not None else None,
        "total": closed if is_code else None,
        "best": _sympy(found.best),
        "assumption": found.assumption,
        "counts": {str(line.line): _sympy(line.total) for line in found.counts},
        "calls": {calls.function: calls.total.sympy for calls in found.calls},
        "recurrence": found.recurrence,
        "methods": [
            {"name": each.name, "applies": each.applies, "reason": each.reason} for each in report.methods
        ],
        "steps": [_step(line) for line in report.lines],
        "conventions": dict(report.conventions),
        "agreements": [
            {"source": way.source, "value": _number(way.value), "error": _number(way.error), "ok": way.ok}
            for way in report.agreements
        ],
        "relations": {_ASCII.get(each.symbol, each.symbol): each.holds for each in found.relations},
        "witnesses": {
            _ASCII.get(each.symbol, each.symbol): {
                "sentence": each.witness,
                "constant": _number(each.constant),
                "start": each.start,
            }
            for each in found.relations
        },
        "order": ordered(job.functions, found.ranks) if isinstance(job, SortJob) else [],
    }


def _step(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "rule": line.rule,
        "title": line.title,
        "latex": line.latex,
        "sentence": line.why,
        "uses": list(line.uses),
        "ok": None if line.check is None else line.check.ok,
    }


def _sympy(formula: Formula | None) -> str | None:
    return None if formula is None else formula.sympy


def _number(value: float | None) -> float | None:
    """JSON has no infinity."""
    return value if value is not None and math.isfinite(value) else None


def ordered(functions: Sequence[str], ranks: Sequence[Rank]) -> list[list[str]]:
    """The functions as they were typed, by rising growth, those of one class together."""
    typed: dict[str, list[str]] = {}
    for text in functions:
        typed.setdefault(formula(parse_function(text).expr).sympy, []).append(text)
    places: dict[int, list[str]] = {}
    for rank in ranks:
        names = typed.get(rank.function.sympy)
        places.setdefault(rank.place, []).append(names.pop(0) if names else rank.function.text)
    return [places[place] for place in sorted(places)]
