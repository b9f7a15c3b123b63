"""Lines that every recurrence's derivation begins and ends with, whatever solves it in between."""

from __future__ import annotations

from engine.recurrences.asymptotic import Asymptotic, Course, asymptotic
from engine.recurrences.closed import Closed
from engine.recurrences.first import FirstValues
from engine.recurrences.steps import Steps
from engine.symbolic.expr import Call, Expr, Num, Sym, num, walk
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.typeset import latex, number_latex


def opening(
    steps: Steps, problem: RecurrenceInput, right: Expr, first: FirstValues
) -> tuple[int, tuple[int, ...]]:
    """The recurrence with `right` as its normal form, and the first values; returns their lines."""
    variable = problem.names.variable
    moved = (
        f" Here ${variable}$ is moved by {abs(problem.ahead)}, so that the defined term is at ${variable}$."
    )
    facts = {"moved": moved if problem.ahead else ""}
    given = steps.add("recurrence", problem.term(Sym(variable)), right, facts=facts)
    rule = "assumed-first-value" if first.assumed else "first-value"
    note = f" It comes {first.note}." if first.note.startswith("from") else ""
    values = tuple(
        steps.add(rule, problem.term(place), num(value), facts={} if first.assumed else {"note": note})
        for place, value in first.table.items()
    )
    return given, values


def class_line(steps: Steps, problem: RecurrenceInput, course: Asymptotic, uses: tuple[int, ...]) -> None:
    """The class of growth, of |T| where T is not positive in the end; no line where there is no class."""
    if course.growth is None:
        return
    term: Expr = problem.term(Sym(problem.names.variable))
    if course.course is not Course.POSITIVE:
        term = Call("abs", term)
    steps.add("class", term, growth=course.growth, uses=uses)


def first_order_conventions(problem: RecurrenceInput, first: FirstValues) -> tuple[tuple[str, str], ...]:
    """The same where a first value cannot change more than the formula, or where that is not known."""
    return conventions(problem, first, None)


def conventions(
    problem: RecurrenceInput, first: FirstValues, closed: Closed | None
) -> tuple[tuple[str, str], ...]:
    """What was understood or assumed and could have been meant otherwise.

    `closed` is the closed form, along powers of b for T(n/b); None where there is none.
    """
    found = []
    if first.assumed:
        name = problem.names.sequence
        chosen = ", ".join(f"{name}({place}) = {value}" for place, value in first.table.items())
        decides = closed is not None and _start_decides(closed)
        warning = "; another start can change the class" if decides else ""
        found.append(("First values", f"none was typed, so {chosen} is assumed{warning}"))
    elif first.note:
        found.append(("First values", first.note))
    if any(_is_plain_logarithm(part) for part in walk(problem.right)):
        found.append(("Logarithm", "log and lg without a base are to base 2"))
    return tuple(found)


def _start_decides(closed: Closed) -> bool:
    """Whether other first values can give another class: those that cancel what grows faster than f's part.

    False, too, where the two grow alike, or where f's part has no one class: nothing is claimed there.
    """
    if not closed.particular.terms:
        return True  # all first values 0 give T = 0
    fastest, fixed = asymptotic(closed.basis[0]).growth, asymptotic(closed.particular).growth
    return fastest is not None and fixed is not None and fastest.compare(fixed) > 0


def _is_plain_logarithm(part: Expr) -> bool:
    """A log whose base was not typed: the reader gave it base 2 without a column."""
    return isinstance(part, Call) and part.name == "log" and isinstance(part.base, Num) and part.base.at < 0


def problem_latex(problem: RecurrenceInput, first: FirstValues) -> str:
    """The problem as it was understood, assumptions included."""
    if not first.assumed:
        return problem.latex
    assumed = (
        rf"{latex(problem.term(place))} = {number_latex(value)}" for place, value in first.table.items()
    )
    return problem.latex + "".join(rf",\quad {text}\ \text{{(assumed)}}" for text in assumed)
