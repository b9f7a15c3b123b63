"""RecurrenceJob -> Report or Refusal: reads, solves by every method, checks that they agree, tells.

Which kinds of recurrence there are is written in `families.py`; nothing here knows one of them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from engine.errors import FormulaError
from engine.recurrences.agreeing import insist_on_agreement
from engine.recurrences.explain import lines
from engine.recurrences.families import solved
from engine.recurrences.found import findings, of_table
from engine.recurrences.inner_sums import told as put_in
from engine.recurrences.inner_sums import without_sums
from engine.recurrences.loosely import concrete, softened
from engine.recurrences.methods import considered
from engine.recurrences.normal import Contradiction, NotSolved
from engine.recurrences.opening import problem_latex
from engine.recurrences.solution import Solution
from engine.recurrences.telling import result, summary
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.parser import RecurrenceInput, parse_recurrence
from engine.symbolic.report import Line, Method, Refusal, Report, Status

_LOG = logging.getLogger(__name__)

_MISMATCH = "A line of our derivation does not match the numbers of the recurrence, so none of it is shown."


def answer(job: RecurrenceJob) -> Report | Refusal:
    """The checked derivation, or why there is none."""
    started = time.perf_counter()
    try:
        problem = parse_recurrence(job.text)
    except FormulaError as error:
        return Refusal(error.reason, "Correct the text at the mark.", error.text, error.column)
    try:
        return report(problem, job.method, started)
    except NotSolved as why:
        if isinstance(why, Contradiction):
            _LOG.error("%s: %s", why.reason, job.text)
        return Refusal(why.reason, why.way_out, job.text, why.column, problem.latex)
    except (ArithmeticError, ValueError):
        _LOG.info("no numbers to check %s with", job.text, exc_info=True)
        reason = "The numbers that come up are too large or too small to check the result with."
        return Refusal(
            reason, "Try smaller numbers; they show the same pattern.", job.text, -1, problem.latex
        )


def report(problem: RecurrenceInput, method: str, started: float) -> Report:
    """The Report on `problem`, told by `method` ("": the best). Raises NotSolved."""
    kind, solutions = solutions_of(problem)
    methods = considered(problem, kind, solutions)
    chosen = _chosen(solutions, method, methods)
    checked = [
        lines(solution.steps, solution.world, problem.names.variable)
        for solution in (chosen, *(other for other in solutions if other is not chosen))
    ]
    for derivation in checked:
        _insist(derivation)
    return _report(problem, chosen, checked[0], methods, started)


def solutions_of(problem: RecurrenceInput) -> tuple[str, tuple[Solution, ...]]:
    """The kind of recurrence and a solution for each method, all of one opinion; their lines unchecked.

    Raises:
        NotSolved: no family takes it. Contradiction: two methods disagree.
    """
    kind, solutions = solved(without_sums(concrete(problem)))
    insist_on_agreement(problem, solutions)
    told = tuple(replace(each, conventions=(*each.conventions, *put_in(problem))) for each in solutions)
    return kind, tuple(softened(problem, solution) for solution in told)


def solve(problem: RecurrenceInput) -> Solution:
    """The best solution, its lines not yet checked. Raises NotSolved."""
    _, (best, *_) = solutions_of(problem)
    return best


def _chosen(solutions: Sequence[Solution], name: str, methods: Sequence[Method]) -> Solution:
    """The solution by the method `name`, or the best one."""
    if not name:
        return solutions[0]
    for solution in solutions:
        if solution.method == name:
            return solution
    reason = next((f"{name}: {m.reason}" for m in methods if m.name == name), f"There is no method {name}.")
    have = ", ".join(solution.method for solution in solutions)
    raise NotSolved(reason, f"Lines are told by: {have}.")


def _insist(checked: tuple[Line, ...]) -> None:
    """No line is shown that its own check contradicts."""
    if any(line.check is not None and not line.check.ok for line in checked):
        raise Contradiction(_MISMATCH)


def _report(
    problem: RecurrenceInput,
    solution: Solution,
    checked: tuple[Line, ...],
    methods: tuple[Method, ...],
    started: float,
) -> Report:
    return Report(
        title="Recurrence " + " ".join(problem.text.split()),
        problem=problem_latex(problem, solution.first),
        conventions=(*solution.conventions, *of_table(problem, solution)),
        numbers=solution.world.shown(),
        lines=checked,
        result=result(problem, solution),
        summary=summary(problem, solution),
        status=Status.PROVEN,
        agreements=solution.agreements,
        methods=methods,
        milliseconds=(time.perf_counter() - started) * 1000,
        found=findings(problem, solution),
    )
