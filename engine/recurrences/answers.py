"""RecurrenceJob -> Report or Refusal: reads, normalises, picks the solver, checks, tells.

A new kind of recurrence is a normal form in `normal.py`, a solver file that returns a
`Solution`, its rules in `rules_recurrence.py`, and one line in `_SOLVERS`.
"""

from __future__ import annotations

import logging
import time

from engine.errors import FormulaError
from engine.recurrences import divide, shift
from engine.recurrences.asymptotic import Course
from engine.recurrences.explain import lines
from engine.recurrences.normal import Contradiction, NotSolved, Shift, normalise
from engine.recurrences.opening import problem_latex
from engine.recurrences.solution import Solution
from engine.symbolic.expr import Sym
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.parser import RecurrenceInput, parse_recurrence
from engine.symbolic.plain import plain
from engine.symbolic.report import Line, Refusal, Report, Status
from engine.symbolic.typeset import latex

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
        solution = solve(problem)
        checked = lines(solution.steps, solution.world, problem.names.variable)
        _insist(checked)
    except NotSolved as why:
        if isinstance(why, Contradiction):
            _LOG.error("%s: %s", why.reason, job.text)
        return Refusal(why.reason, why.way_out, job.text, why.column, problem.latex)
    except (ArithmeticError, ValueError):
        reason = "The numbers that come up are too large or too small to check the result with."
        return Refusal(
            reason, "Try smaller numbers; they show the same pattern.", job.text, -1, problem.latex
        )
    return _report(problem, solution, checked, started)


def solve(problem: RecurrenceInput) -> Solution:
    """The solution, its lines not yet checked. Raises NotSolved."""
    normal = normalise(problem)
    if isinstance(normal, Shift):
        return shift.solve(problem, normal)
    return divide.solve(problem, normal)


def _insist(checked: tuple[Line, ...]) -> None:
    """No line is shown that its own check contradicts."""
    if any(line.check is not None and not line.check.ok for line in checked):
        raise Contradiction(_MISMATCH)


def _report(
    problem: RecurrenceInput, solution: Solution, checked: tuple[Line, ...], started: float
) -> Report:
    return Report(
        title="Recurrence " + " ".join(problem.text.split()),
        problem=problem_latex(problem, solution.first),
        conventions=solution.conventions,
        numbers=solution.world.shown(),
        lines=checked,
        result=_result(problem, solution),
        summary=_summary(problem, solution),
        status=Status.PROVEN,
        agreements=solution.agreements,
        methods=solution.methods,
        milliseconds=(time.perf_counter() - started) * 1000,
    )


# --- the result in one line ----------------------------------------------------------------


def _result(problem: RecurrenceInput, solution: Solution) -> str:
    """T(n) = formula, and its class."""
    term, variable = latex(problem.term(Sym(problem.names.variable))), problem.names.variable
    growth = solution.course.growth
    theta = growth.theta(variable) if growth is not None else ""
    if solution.closed is None:
        return rf"{term} \in {theta}"
    formula, where = f"{term} = {latex(solution.closed)}", ""
    if solution.domain is not None:
        where = rf"\ \text{{for }} {latex(Sym(variable))} = {latex(solution.domain)}"
    if solution.since is not None:
        where = rf"\ \text{{for }} {latex(Sym(variable))} \ge {solution.since}"
    if not theta:
        return formula + where
    positive = solution.course.course is Course.POSITIVE
    size = term if positive else rf"\left|{term}\right|"
    if solution.domain is not None and solution.everywhere:
        return rf"{formula}{where},\quad {size} \in {theta}"
    claim = rf" \in {theta}" if positive else rf",\quad {size} \in {theta}"
    return formula + claim + where


def _summary(problem: RecurrenceInput, solution: Solution) -> str:
    name, variable = problem.names
    growth, course = solution.course.growth, solution.course.course
    theta = growth.text(variable) if growth is not None else ""
    if solution.closed is None:
        return f"{name}({variable}) is in {theta}."
    where = f" for {variable} = {plain(solution.domain)}" if solution.domain is not None else ""
    if solution.since is not None:
        where = f" for {variable} ≥ {solution.since}"
    formula = f"{name}({variable}) = {plain(solution.closed)}{where}"
    only = "" if solution.everywhere else f"; for other {variable} nothing is claimed"
    if course is Course.ZERO:
        return f"{formula} throughout, so there is no class of growth."
    if course is Course.UNEVEN:
        return f"{formula}; it grows differently at even and odd {variable}, so it has no one class."
    if course is not Course.POSITIVE:
        return f"{formula}; its values are {course.value}, and in size it is {theta}{only}."
    if solution.domain is not None and solution.everywhere:
        return f"{formula}; {name}({variable}) is in {theta}."
    return f"{formula}, which is {theta}{only}."
