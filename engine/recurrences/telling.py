"""The result of a solution in one line of LaTeX, and in one plain sentence."""

from __future__ import annotations

from engine.recurrences.asymptotic import Course
from engine.recurrences.solution import Solution
from engine.symbolic.expr import Sym
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.typeset import latex

_SIGNS = {"O": "O", "Omega": "Ω", "o": "O", "omega": "Ω"}  # what follows from a bound on one side
_LATEX_SIGNS = {"O": "O", "Omega": r"\Omega", "o": "O", "omega": r"\Omega"}


def result(problem: RecurrenceInput, solution: Solution) -> str:
    """T(n) = formula, and its class."""
    term, variable = latex(problem.term(Sym(problem.names.variable))), problem.names.variable
    growth = solution.course.growth
    theta = growth.theta(variable) if growth is not None else ""
    if not theta and solution.closed is None:
        bound = solution.course.bound
        return "" if bound is None else rf"{term} \in O{bound.theta(variable)[6:]}"
    if solution.closed is None:
        theta = theta.replace(r"\Theta", _LATEX_SIGNS.get(problem.vague, r"\Theta"), 1)
        shown = term if solution.course.course is Course.POSITIVE else rf"\left|{term}\right|"
        return rf"{shown} \in {theta}"
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


def summary(  # noqa: PLR0911 - one return a kind of sentence
    problem: RecurrenceInput, solution: Solution
) -> str:
    name, variable = problem.names
    growth, course = solution.course.growth, solution.course.course
    theta = growth.text(variable) if growth is not None else ""
    if solution.closed is None and course is Course.TURNING:
        return f"No formula for {name}({variable}) is told; {_turning(solution, variable)}"
    if solution.closed is None and course is Course.POSITIVE:
        bound = f"{_SIGNS[problem.vague]}{theta[1:]}" if problem.vague in _SIGNS else theta
        return f"{name}({variable}) is in {bound}."
    if solution.closed is None:
        return f"The values of {name}({variable}) are {course.value}, and in size it is in {theta}."
    where = f" for {variable} = {plain(solution.domain)}" if solution.domain is not None else ""
    if solution.since is not None:
        where = f" for {variable} ≥ {solution.since}"
    formula = f"{name}({variable}) = {plain(solution.closed)}{where}"
    only = "" if solution.everywhere else f"; for other {variable} nothing is claimed"
    if course is Course.ZERO:
        return f"{formula} throughout, so there is no class of growth."
    if course is Course.UNEVEN:
        return f"{formula}; it grows differently at even and odd {variable}, so it has no one class."
    if course is Course.TURNING:
        return f"{formula}; {_turning(solution, variable)}"
    if course is not Course.POSITIVE:
        return f"{formula}; its values are {course.value}, and in size it is {theta}{only}."
    if solution.domain is not None and solution.everywhere:
        return f"{formula}; {name}({variable}) is in {theta}."
    return f"{formula}, which is {theta}{only}."


def _turning(solution: Solution, variable: str) -> str:
    """Of values that pass near 0 again and again."""
    bound = solution.course.bound
    most = (
        ""
        if bound is None
        else f", but in size it is never more than a constant times {bound.text(variable)[2:-1]}"
    )
    return f"it comes back to small values again and again, so it has no class Θ{most}."
