"""Code without recursion -> Report: both cases derived, judged, and put together."""

from __future__ import annotations

import ast
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from engine.algorithms import inputs, judging
from engine.algorithms.cases import (
    Case,
    alike_lines,
    all_alike,
    best_case,
    fitted,
    judged_case,
    runs_soon,
    samples_or_none,
    scaled,
)
from engine.algorithms.counting import Counted, counted
from engine.algorithms.flow import Stuck
from engine.algorithms.forms import Form
from engine.algorithms.judging import Sample
from engine.algorithms.orders import in_one, order_of, swings
from engine.algorithms.plots import curves, table
from engine.algorithms.reading import Snippet
from engine.algorithms.result import result, sentence, theta
from engine.algorithms.telling import Told, example_of, lines_of
from engine.algorithms.written import written
from engine.growth.classes import Growth
from engine.growth.reading import NoGrowth
from engine.symbolic.expr import ONE
from engine.symbolic.findings import Calls, Findings, Formula, LineCount
from engine.symbolic.formulas import formula
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Agreement, Line, Report, Status

_LOG = logging.getLogger(__name__)


class _Derived(NamedTuple):
    """Both cases; `why` the derivation is only a fit, where `status` is MEASURED."""

    names: tuple[str, ...]
    worst: Case
    best: Case | None
    found: list[Sample]
    status: Status
    why: str

    def chosen(self, case: str) -> tuple[Case, str]:
        """The case that is told when `case` is wanted, and which one that is."""
        if case == "best" and self.best is not None and self.best is not self.worst:
            return self.best, "best"
        return self.worst, "worst"

    def bounded(self, case: str) -> str:
        """How the formulas of the case that is told bound the counts; "" where they are the counts."""
        if self.status is Status.MEASURED:
            return "measured"
        told, way = self.chosen(case)
        return "" if told.exact else "at least" if way == "best" else "at most"


def told(snippet: Snippet, function: str, case: str) -> Told:
    """The derivation of `case`, to be worked with. Raises CodeError, Stuck."""
    both = _derived(snippet, function)
    one, way = both.chosen(case)
    if one.small is not None:
        raise Stuck(1, "its numbers are too large to be tried out, so nothing can be held against them")
    shown = _reached(one, both.found, way)
    growth, assumption = _growth(one.counted.total), _assumption(both)
    return lines_of(one.counted, shown, growth, assumption, both.bounded(case))


def report(snippet: Snippet, function: str, job: CodeJob, started: float) -> Report:
    """The Report about `function`. Raises CodeError, Stuck."""
    return _report(snippet, function, job, _derived(snippet, function), started)


def _derived(snippet: Snippet, function: str) -> _Derived:
    """Raises CodeError, Stuck."""
    wanted = inputs.parameters(snippet, function)
    names = inputs.letters(wanted)
    small = snippet if runs_soon(snippet) else scaled(snippet)
    found = list[Sample]()
    try:
        derived = counted(snippet, function, wanted, "worst")
        found += judging.samples(small, function, wanted)
        worst = judged_case(snippet, small, function, wanted, names, "worst", derived, found)
        best: Case | None = worst
        settled = derived.settled or (worst.exact and all_alike(found) and not derived.decided)
        if (not settled and (derived.decided or not derived.exact)) or swings(derived.time, names):
            best = best_case(snippet, small, function, wanted, names, found)
    except Stuck as why:
        found = found or samples_or_none(snippet, function, wanted)
        fits = fitted(found, names)
        if fits is None:
            raise
        return _Derived(names, fits, None, found, Status.MEASURED, why.reason)
    return _Derived(names, worst, best, found, Status.PROVEN, "")


# --- the report ----------------------------------------------------------------------------------


def _report(snippet: Snippet, function: str, job: CodeJob, both: _Derived, started: float) -> Report:
    names, worst, best, found, status, _ = both
    told, way = both.chosen(job.case)
    where = _where(told, names)
    assumption = " ".join(filter(None, (f"Taken for {where.text}." if where else "", _assumption(both))))
    lines, sums, shown = _told(told, found, way, assumption, both.bounded(job.case))
    closed = formula(written(told.counted.total)) if told.exact else None
    sure, start = alike_lines(worst, best, found)
    theta = worst.order.formula
    findings = Findings(
        theta=theta,
        closed=closed,
        where=where,
        start=told.judgement.start if told.exact else start,
        best=best.order.formula if best is not None and best.order.tree != worst.order.tree else None,
        assumption=assumption,
        counts=_line_counts(told, worst, best, sums, shown, names, status, sure),
        calls=_calls(snippet, function, told),
        curves=curves(told.counted.lines, told.counted.total, shown, names) if told.exact else (),
        rows=table(told.counted.total, names) if told.exact else (),
    )
    name = function or "the code"
    return Report(
        title=f"Executions of {name}",
        problem=_heading(snippet, function),
        conventions=_conventions(names),
        numbers=tuple((name, float(size)) for name, size in example_of(shown).sizes.items()) if shown else (),
        lines=lines,
        result=_result(told, closed, names, way),
        summary=_summary(name, worst, best, closed, status),
        status=status,
        agreements=_agreements(told, shown),
        methods=(),
        milliseconds=(time.perf_counter() - started) * 1000,
        found=findings,
        source=job.text,
    )


def _told(
    told: Case, found: Sequence[Sample], way: str, assumption: str, bounded: str
) -> tuple[tuple[Line, ...], dict[int, str], list[Sample]]:
    """(the lines, checked; LaTeX of each line's sums; the samples to show). Raises Stuck."""
    shown = _reached(told, found, way)
    derivation = lines_of(told.counted, shown, _growth(told.counted.total), assumption, bounded)
    lines = derivation.lines
    if told.small is not None:
        reached = _reached(replace(told, counted=told.small), found, way)
        lines = _checked_on(lines, told.small, reached, bounded, assumption)
        shown = []
    _insist(lines)
    return lines, derivation.sums, shown


def _insist(lines: Sequence[Line]) -> None:
    for line in lines:
        if line.check is not None and not line.check.ok:
            _LOG.error("a line of a count does not hold: %r", line)
            raise Stuck(_of_line(line), "a line of our derivation does not match what the interpreter counts")


def _checked_on(
    lines: Sequence[Line], small: Counted, found: Sequence[Sample], bounded: str, told: str
) -> tuple[Line, ...]:
    """`lines` with the checks of the same lines with smaller numbers, which were run."""
    checked = lines_of(small, found, _growth(small.total), told, bounded).lines
    if [line.rule for line in checked] != [line.rule for line in lines]:
        return ()
    return tuple(replace(a, check=b.check, value=None) for a, b in zip(lines, checked, strict=True))


def _of_line(line: Line) -> int:
    return int(line.path[0].partition(":")[2]) if line.path else 1


def _growth(form: Form) -> Growth | None:
    """The class of the executions, where they have one size and one class."""
    names = sorted(form.letters())
    try:
        return in_one(form, names[0]) if len(names) == 1 else None
    except NoGrowth:
        return None


def _reached(told: Case, found: Sequence[Sample], case: str) -> list[Sample]:
    """One sample a size, from where the formula holds: one that it gives; of a bound the nearest."""
    kept = dict[tuple[int, ...], Sample]()
    for sample in found:
        sizes = tuple(sample.sizes.values())
        if min(sizes, default=0) < max(told.judgement.start, 0) or (told.exact and sizes in kept):
            continue
        if told.counted.ordered and list(sizes) != sorted(sizes, reverse=True):
            continue
        if not told.exact:
            nearer = sizes not in kept or (sample.total > kept[sizes].total) == (case == "worst")
            if nearer and min(sizes, default=0) >= told.judgement.since:
                kept[sizes] = sample
            continue
        try:
            lines = {line: form.value(dict(sample.sizes)) for line, form in told.counted.lines.items()}
        except (ValueError, ArithmeticError):
            continue
        if all(lines.get(line, 0) == sample.lines.get(line, 0) for line in {*lines, *sample.lines}):
            kept[sizes] = sample
    return list(kept.values())


def _assumption(both: _Derived) -> str:
    _, worst, best, found, status, why = both
    if status is Status.MEASURED:
        return f"Measured, not derived: {why}."
    if best is None:
        return "The data decide; this is the worst case, and no best case is claimed."
    if worst.counted.settled:
        return "The multiples of all primes together are bounded by a theorem (Mertens 1874)."
    if best is worst or not (worst.counted.decided or not worst.counted.exact):
        differs = best.order.tree != worst.order.tree
        return "How much is done depends on the remainder of the size." if differs else ""
    pairs = [
        f"{name} case: {words}"
        for name, case in (("worst", worst), ("best", best))
        if (words := _words(case, found, name))
    ]
    where = ", ".join(f"line {line}" for line in sorted(worst.counted.decided | best.counted.decided))
    text = f"The data decide in {where}" if where else "How much is done depends on the data"
    return (
        f"{text}; {'; '.join(pairs)}."
        if pairs
        else f"{text}; in the worst case each time the longer way, in the best the shorter one."
    )


def _where(told: Case, names: tuple[str, ...]) -> Formula | None:
    """The order of the sizes that the counts are right for; None: any."""
    if not told.counted.ordered:
        return None
    return Formula(r" \ge ".join(names), " ≥ ".join(names), " >= ".join(names))


def _words(case: Case, found: Sequence[Sample], name: str) -> str:
    """The kind of input that the case is reached by."""
    reached = _reached(case, found, name)
    kinds = [sample.words for sample in reached if sample.words]
    return max(dict.fromkeys(kinds), key=kinds.count) if kinds else ""


def _conventions(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    sizes = " and ".join(names)
    return (
        ("executions", "as Python's own tracing counts lines: the head of a loop once more than its passes"),
        ("sizes", f"{sizes}: the number that is given, or the length of the list" if sizes else "none"),
        ("dictionaries and sets", "one step for a look-up, as expected of hashing"),
    )


def _line_counts(
    told: Case,
    worst: Case,
    best: Case | None,
    sums: dict[int, str],
    shown: Sequence[Sample],
    names: tuple[str, ...],
    status: Status,
    sure: frozenset[int],
) -> tuple[LineCount, ...]:
    low = best or worst
    found = list[LineCount]()
    for line in sorted({*told.counted.lines, *worst.counted.lines, *low.counted.lines}):
        form = told.counted.lines.get(line, Form({}))
        work = told.counted.work.get(line)
        found.append(
            LineCount(
                line,
                formula(written(form)) if told.exact or line in sure else None,
                sums.get(line, ""),
                _class(low.counted.lines.get(line, Form({})), names, "best"),
                _class(worst.counted.lines.get(line, Form({})), names, "worst"),
                _cost(work, names),
                tuple((next(iter(s.sizes.values()), 0), s.lines.get(line, 0)) for s in shown[:12]),
                status is Status.PROVEN,
            )
        )
    return tuple(found)


def _class(form: Form, names: tuple[str, ...], case: str = "worst") -> Formula | None:
    try:
        return order_of(form, names, case).formula if form.terms else formula(written(form))
    except NoGrowth:
        return None


def _cost(work: Form | None, names: tuple[str, ...]) -> str:
    """What a line's built-ins cost in all, where that is more than its executions."""
    if work is None or not work.terms:
        return ""
    own = _class(work, names)
    return f"built-ins on this line: Θ({own.text}) steps in all" if own is not None else ""


def _calls(snippet: Snippet, function: str, told: Case) -> tuple[Calls, ...]:
    found = list[Calls]()
    for name, node in snippet.functions.items():
        form = told.counted.lines.get(node.body[0].lineno)
        simple = not isinstance(node.body[0], ast.For | ast.While)
        if name == function:
            found.append(Calls(name, formula(ONE)))
        elif form is not None and simple and told.exact:
            found.append(Calls(name, formula(written(form))))
    return tuple(found)


def _agreements(told: Case, shown: Sequence[Sample]) -> tuple[Agreement, ...]:
    if not shown or not told.exact:  # bounds are held against the counts by their own lines
        return ()
    last = shown[-1]
    return (Agreement(f"counting interpreter at {_at(last)}", float(last.total), 0.0, told.judgement.ok),)


def _heading(snippet: Snippet, function: str) -> str:
    """The function with its parameters, LaTeX; empty for the top level."""
    if not function:
        return ""
    names = (argument.arg for argument in snippet.functions[function].args.args)
    return sentence(f"{function}({', '.join(names)})")


def _at(sample: Sample) -> str:
    return ", ".join(f"{name} = {size:,}" for name, size in sample.sizes.items()) or "one run"


def _result(told: Case, closed: Formula | None, names: tuple[str, ...], way: str) -> str:
    work = theta(told.order.formula)
    lines = _class(told.counted.total, names, way) if closed is not None else None
    return result("C", closed, theta(lines) if lines is not None else "", work)


def _summary(name: str, worst: Case, best: Case | None, closed: Formula | None, status: Status) -> str:
    how = "measured" if status is Status.MEASURED else "derived and counted"
    total = f"{closed.text} executions of lines, " if closed is not None else ""
    if best is not None and best.order.tree != worst.order.tree:
        least = best.order.formula.text
        return f"{name}: {total}Θ({worst.order.formula.text}) at worst, Θ({least}) at best ({how})."
    return f"{name}: {total}Θ({worst.order.formula.text}) ({how})."
