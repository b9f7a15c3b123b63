"""Recursive code -> Report: its recurrence, solved, told by the lines of the recurrence's derivation."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.algorithms.call_tree import call_tree
from engine.algorithms.reading import Snippet
from engine.algorithms.recursion import solve_recursive
from engine.algorithms.result import result, sentence, theta
from engine.algorithms.solved_recursion import Recursion
from engine.algorithms.telling_recursion import told_lines
from engine.algorithms.totals import Total
from engine.errors import FormulaError
from engine.recurrences import answers as recurrences
from engine.recurrences.curves import curve
from engine.recurrences.found import size_at
from engine.recurrences.magnitude import magnitude
from engine.recurrences.tables import rows
from engine.symbolic.expr import ZERO, Expr, letters
from engine.symbolic.findings import Calls, Curve, Findings, Formula, LineCount, Row
from engine.symbolic.formulas import formula
from engine.symbolic.jobs import CodeJob, RecurrenceJob
from engine.symbolic.parser import echo
from engine.symbolic.report import Agreement, Report, Status

_N = "n"
_EQUAL = 1e-9  # between the logarithms of equal numbers


def report(snippet: Snippet, function: str, job: CodeJob, started: float) -> Report:
    """The Report about a recursion. Raises CodeError."""
    cases = solve_recursive(snippet, function)
    worst, best = cases.worst, cases.best if cases.best is not cases.worst else None
    told = best if job.case == "best" and best is not None else worst
    most, least = _class(worst.work), _class(best.work) if best is not None else None
    solved = _told(told)
    closed = _formula(told.total)
    name = function or "the code"
    return Report(
        title=f"Executions of {name}",
        problem=_typeset(told.recurrence),
        conventions=(
            ("size", _size(told)),
            ("executions", "as Python's own tracing counts lines"),
            ("dictionaries and sets", "one step for a look-up, as expected of hashing"),
        ),
        numbers=solved.numbers if solved is not None else (),
        lines=solved.lines if solved is not None else (),
        result=_result(told, closed),
        summary=_summary(name, worst, best, closed),
        status=Status.PROVEN if told.proven else Status.MEASURED,
        agreements=_agreements(told),
        methods=(),
        milliseconds=(time.perf_counter() - started) * 1000,
        found=Findings(
            theta=most,
            closed=closed,
            where=_where(told.total),
            start=told.total.start,
            best=least if least is not None and most is not None and least.sympy != most.sympy else None,
            assumption=cases.assumption,
            counts=_counts(told, worst, best),
            calls=tuple(
                Calls(name, made) for name, one in told.calls.items() if (made := _formula(one)) is not None
            ),
            recurrence=told.recurrence,
            levels=solved.found.levels if solved is not None and solved.found is not None else None,
            tree=call_tree(snippet, function, told.family),
            curves=_curves(told),
            rows=_rows(told.total),
        ),
        source=job.text,
    )


def _told(told: Recursion) -> Report | None:
    """The recurrence's own derivation."""
    answer = recurrences.answer(RecurrenceJob(told.recurrence)) if told.recurrence else None
    return replace(answer, lines=told_lines(answer.lines, told)) if isinstance(answer, Report) else None


def _formula(total: Total) -> Formula | None:
    return formula(total.closed) if total.closed is not None else None


def _class(total: Total) -> Formula | None:
    if total.order is not None:
        return formula(total.order)
    return total.growth.formula(_N) if total.growth is not None else None


def _where(total: Total) -> Formula | None:
    if total.domain is None:
        return None
    domain = formula(total.domain)
    return Formula(f"n = {domain.latex}", f"n = {domain.text}", f"n = {domain.sympy}")


def _counts(told: Recursion, worst: Recursion, best: Recursion | None) -> tuple[LineCount, ...]:
    low = best or worst
    found = list[LineCount]()
    for line in sorted({*told.lines, *worst.lines}):
        total = told.lines.get(line)
        found.append(
            LineCount(
                line,
                _formula(total) if total is not None else formula(ZERO),
                "",
                _class_at(low.lines, line),
                _class_at(worst.lines, line),
                "",
                tuple((n, tally.lines.get(line, 0)) for n, tally in list(told.tallies.items())[:12]),
                told.exact,
            )
        )
    return tuple(found)


def _class_at(lines: Mapping[int, Total], line: int) -> Formula | None:
    return _class(lines[line]) if line in lines else None


def _curves(told: Recursion) -> tuple[Curve, ...]:
    closed = told.total.closed
    points = [(n, tally.total) for n, tally in told.tallies.items()]
    if closed is None or not points:
        return ()
    ends = (float(max(points[0][0], 1)), 2.0 * max(points[-1][0], 1))
    if ends[0] < 2 and _undefined(closed, ends[0]):
        ends = (2.0, ends[1])
    return (curve("all lines", formula(closed), lambda x: magnitude(closed, _all(closed, x)), ends, points),)


def _undefined(closed: Expr, size: float) -> bool:
    """Whether it has no value there, as log log n has none at 1."""
    try:
        magnitude(closed, _all(closed, size))
    except ValueError:
        return True
    return False


def _rows(total: Total) -> tuple[Row, ...]:
    closed = total.closed
    if closed is None or total.domain is not None:
        return ()
    return rows(lambda n: size_at(closed, _all(closed, n)))


def _all(closed: Expr, size: Any) -> dict[str, Any]:
    """All sizes the same, where there are two."""
    return dict.fromkeys(letters(closed) | {_N}, size)


def _agreements(told: Recursion) -> tuple[Agreement, ...]:
    found = [n for n, tally in told.tallies.items() if _gives(told.total, n, tally.total)]
    if not found:
        return ()
    n = max(found)
    return (Agreement(f"counting interpreter at n = {n:,}", float(told.tallies[n].total), 0.0, True),)


def _gives(total: Total, n: int, count: int) -> bool:
    """Whether the formula is for this n, and gives this count; without a formula the counts speak."""
    if total.closed is None:
        return True
    if n <= 0 or _undefined(total.closed, float(n)):
        size = None
    else:
        size = magnitude(total.closed, _all(total.closed, float(n)))
    return size is not None and count > 0 and abs(size.log10 - math.log10(count)) < _EQUAL


def _result(told: Recursion, closed: Formula | None) -> str:
    lines, work = _class(told.total), _class(told.work)
    return result(
        f"T({', '.join(told.size.split(' and '))})" if told.total.order is not None else "T(n)",
        closed,
        theta(lines) if lines is not None else "",
        theta(work) if work is not None else "",
        _where(told.total),
    )


def _size(told: Recursion) -> str:
    if told.total.order is not None:
        return f"{told.size}: the numbers given, or the lengths of the lists"
    return "n: the number that is given" if told.size == _N else f"n = {told.size}"


def _typeset(recurrence: str) -> str:
    """As it is understood; the text of one that is not for the parser."""
    try:
        return echo(recurrence)
    except FormulaError:
        return sentence(recurrence) if recurrence else ""


def _summary(name: str, worst: Recursion, best: Recursion | None, closed: Formula | None) -> str:
    where = f" for {domain.text}" if (domain := _where(worst.total)) is not None else ""
    total = f"{closed.text} executions of lines{where}, " if closed is not None else ""
    most, least = _class(worst.work), _class(best.work) if best is not None else None
    text = f"Θ({most.text})" if most is not None else "no class"
    if least is not None and most is not None and least.text != most.text:
        return f"{name}: {total}{text} at worst, Θ({least.text}) at best."
    return f"{name}: {total}{text}."
