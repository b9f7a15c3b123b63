"""A Solution -> Findings: its formulas, a table of its sizes, a curve with its own terms beside it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from engine.recurrences.asymptotic import Course
from engine.recurrences.curves import curve
from engine.recurrences.magnitude import Magnitude, magnitude, of_number
from engine.recurrences.normal import NotSolved
from engine.recurrences.solution import Solution
from engine.recurrences.tables import rows
from engine.recurrences.terms import Terms
from engine.recurrences.whole_run import WholeRun
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import Call, Expr, Term, letters, walk
from engine.symbolic.findings import Curve, Findings, Formula
from engine.symbolic.formulas import formula
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain

_TERMS = 40  # points that are iterated
_ITERATED = 1000  # steps of a recurrence without a formula
_BITS = 4000  # that a term may have where they stop
_FLOAT_BITS = 500  # that its place may have: the curve goes on beyond
_REACH = 2  # the curve goes this many times as far as they do


def findings(problem: RecurrenceInput, solution: Solution) -> Findings:
    """What is shown beside the lines of `solution`."""
    variable, theta = problem.names.variable, _theta(problem, solution)
    if problem.vague:  # numbers would be those of one function of the class
        return Findings(
            theta=theta, start=solution.start, levels=solution.levels, assumption=_in_size(problem, solution)
        )
    points = _points(problem, solution)
    return Findings(
        theta=theta,
        closed=None if solution.closed is None else formula(solution.closed),
        where=_where(solution, variable),
        start=solution.start,
        assumption=_in_size(problem, solution),
        levels=solution.levels,
        curves=_curves(problem, solution, points),
        rows=rows(lambda n: _value(problem, solution, n)),
    )


def _theta(problem: RecurrenceInput, solution: Solution) -> Formula | None:
    """The class Θ, which only functions have that are positive in the end."""
    course = solution.course
    if course.growth is None or course.course is not Course.POSITIVE:
        return None
    return course.growth.formula(problem.names.variable)


def of_table(problem: RecurrenceInput, solution: Solution) -> tuple[tuple[str, str], ...]:
    """How T(n) in the table comes about where the formula is for some n only, as a convention."""
    if problem.vague or solution.domain is None:
        return ()
    typed = [part for part in walk(problem.right) if isinstance(part, Term)]
    if all(isinstance(term.place, Call) and term.place.name in ("floor", "ceil") for term in typed):
        return ()
    places = " and ".join(dict.fromkeys(plain(term.place) for term in typed))
    return (("Table", f"{places} is rounded down there, as a program would"),)


def _in_size(problem: RecurrenceInput, solution: Solution) -> str:
    """The class of |T(n)| in a sentence, where T(n) itself has none; else empty."""
    course, (name, variable) = solution.course, problem.names
    if course.growth is None or course.course is Course.POSITIVE:
        return ""
    negative = course.course in (Course.NEGATIVE, Course.ALL_NEGATIVE)
    how = "is negative in the end" if negative else "changes its sign again and again"
    return f"{name}({variable}) {how}; in size it is {course.growth.text(variable)}."


def _where(solution: Solution, variable: str) -> Formula | None:
    if solution.domain is None:
        return None
    domain = formula(solution.domain)
    return Formula(
        f"{variable} = {domain.latex}", f"{variable} = {domain.text}", f"{variable} = {domain.sympy}"
    )


# --- terms ---------------------------------------------------------------------------------


def _points(problem: RecurrenceInput, solution: Solution) -> list[tuple[int, Fraction | float]]:
    """T at its first places, as the recurrence itself gives it."""
    terms = solution.run or Terms(problem, solution.first.table)
    found: list[tuple[int, Fraction | float]] = []
    for place in _places(solution):
        try:
            value = terms.at(Fraction(place))
        except (NotSolved, ArithmeticError, ValueError):
            break
        number = value if isinstance(value, Fraction) else float(value)
        if isinstance(number, Fraction) and number.numerator.bit_length() > _BITS:
            break
        found.append((place, number))
    return found


def _places(solution: Solution) -> list[int]:
    if solution.domain is None:
        return [solution.start + i for i in range(_TERMS)]
    [letter] = letters(solution.domain)
    found: list[int] = []
    for m in range(_TERMS):
        try:
            place = evaluate(solution.domain, Letters({letter: Fraction(m)}))
        except OverflowError:  # 2^(2^m)
            break
        if not isinstance(place, Fraction) or place.numerator.bit_length() > _FLOAT_BITS:
            break
        found += [int(place)] if place.denominator == 1 else []
    return found


def _value(problem: RecurrenceInput, solution: Solution, n: int) -> Magnitude | Fraction | float | None:
    """T(n) by the formula, exactly where it is small; None where there is none for this n."""
    if n < solution.start:
        return None
    if solution.run is not None:
        value = solution.run.at(Fraction(n))
        return value if isinstance(value, Fraction) else float(value)
    if solution.closed is None and solution.domain is None and n <= _ITERATED:
        terms = Terms(problem, solution.first.table)
        value = terms.through([Fraction(place) for place in range(solution.start, n + 1)])[-1]
        return value if isinstance(value, Fraction) else float(value)
    if solution.domain is not None:  # the formula is silent at most n
        value = WholeRun(problem, solution.first.table, solution.first.start, exact=True).at(Fraction(n))
        return value if isinstance(value, Fraction) else float(value)
    if solution.closed is None:
        return None
    return size_at(solution.closed, {problem.names.variable: n})


def size_at(closed: Expr, at: Mapping[str, int]) -> Magnitude | Fraction | float:
    """`closed` with these whole numbers for its letters: exactly where that is short, else its size."""
    size = magnitude(closed, at)
    if size.sign and size.log10 > 15:
        return size
    try:
        value = evaluate(closed, Letters({name: Fraction(n) for name, n in at.items()}))
    except OverflowError:  # a sum of too many summands
        return size
    return value if isinstance(value, Fraction) else float(value)


# --- the curve -----------------------------------------------------------------------------


def _curves(
    problem: RecurrenceInput, solution: Solution, points: list[tuple[int, Fraction | float]]
) -> tuple[Curve, ...]:
    """T(n) by its formula, or its class scaled to go through the last point."""
    if not points:
        return ()
    name, variable = problem.names
    title, ends = f"{name}({variable})", (float(points[0][0]), float(_REACH * points[-1][0]))
    if solution.closed is not None:
        closed = solution.closed
        return (curve(title, formula(closed), lambda x: magnitude(closed, {variable: x}), ends, points),)
    growth = solution.course.growth
    if growth is None:
        return ()
    shape = growth.expr(variable)
    try:
        off = of_number(points[-1][1]).log10 - magnitude(shape, {variable: float(points[-1][0])}).log10
    except (ArithmeticError, ValueError):  # log log 1, say
        return ()

    def scaled(x: float) -> Magnitude:
        size = magnitude(shape, {variable: x})
        return Magnitude(size.sign, size.log10 + off)

    return (curve(title, growth.formula(variable), scaled, ends, points),)
