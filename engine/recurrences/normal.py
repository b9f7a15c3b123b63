"""A typed recurrence -> one of the normal forms that a solver takes, or the words why not.

    Shift   T(n) = c_1 T(n-1) + ... + c_d T(n-d) + f(n)      constant c
    Scale   T(n) = a T(n/b) + f(n)                           constant a > 0, b > 1

Everything else is refused here, by the name of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.exppoly import ONE as RATE_ONE
from engine.recurrences.exppoly import ExpPoly
from engine.recurrences.forcing import PowerLog, as_exp_poly, as_power_log
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import (
    ONE,
    Add,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    column,
    letters,
    minus,
    neg,
    num,
    over,
    plus,
    put,
    times,
    walk,
)
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.typeset import latex

MAX_LAG = 8
_TODAY = (
    "Solved are T(n) = c₁ T(n−1) + c₂ T(n−2) + … + f(n) and T(n) = a T(n/b) + f(n), with constant factors."
)


class NotSolved(Exception):
    """Why a recurrence is not solved, in words; becomes a `Refusal`. Never leaves this package.

    Attributes:
        reason, way_out: sentences for the user.
        column: where in the typed text the reason lies, or -1.
    """

    def __init__(self, reason: str, way_out: str = _TODAY, column: int = -1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.way_out = way_out
        self.column = column


class Contradiction(NotSolved):
    """Our own result does not match the numbers, or two of our ways disagree: a bug, to be logged."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "Please report this recurrence: it should not happen.")


@dataclass(frozen=True, slots=True)
class Shift:
    """`lags`: distance -> factor, none of them 0. `forcing` is f(n) as typed, `function` what it is."""

    lags: Mapping[int, Fraction]
    forcing: Expr
    function: ExpPoly


@dataclass(frozen=True, slots=True)
class Scale:
    """`factor` a, `divisor` b; `rounding` is "", "floor", "ceil" or "floor and ceil", as typed."""

    factor: Fraction
    divisor: Fraction
    rounding: str
    forcing: Expr
    function: PowerLog


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a term on the right: slope * n + offset, perhaps rounded."""

    slope: Fraction
    offset: Fraction
    rounding: str


def normalise(problem: RecurrenceInput) -> Shift | Scale:
    """The normal form of `problem`.

    Raises:
        NotSolved: it has none that is solved here.
    """
    terms, forcing = _split(problem)
    places = [(factor, term, _place(problem, term)) for factor, term in terms]
    if all(place.slope == 1 for _, _, place in places):
        return _shift(problem, places, forcing)
    slopes = {place.slope for _, _, place in places}
    if len(slopes) == 1:
        return _scale(problem, places, forcing)
    kinds = "by subtraction and by division" if 1 in slopes else "to several different fractions of n"
    raise NotSolved(f"The terms on the right shrink {kinds} at once; such mixtures are not solved.")


# --- taking the right side apart -----------------------------------------------------------


def _split(problem: RecurrenceInput) -> tuple[list[tuple[Fraction, Term]], Expr]:
    """The right side as sum of factor * term, and the rest f(n)."""
    found: list[tuple[Expr, Term]] = []
    rest: list[Expr] = []
    _collect(problem.right, ONE, found, rest)
    back = minus(Sym(problem.names.variable), num(problem.ahead))
    terms = [(_factor(factor, term, problem), term) for factor, term in found]
    forcing = plus(*rest)
    if problem.ahead:  # T(n+1) = ...: read everything one place earlier
        forcing = put(forcing, problem.names.variable, back)
    return [(factor, term) for factor, term in terms if factor], forcing


def _collect(expr: Expr, factor: Expr, found: list[tuple[Expr, Term]], rest: list[Expr]) -> None:
    if not _has_term(expr):
        rest.append(times(factor, expr))
        return
    match expr:
        case Term():
            found.append((factor, expr))
        case Neg(body):
            _collect(body, neg(factor), found, rest)
        case Add(parts):
            for part in parts:
                _collect(part, factor, found, rest)
        case Mul(parts) if sum(map(_has_term, parts)) == 1:
            others = [part for part in parts if not _has_term(part)]
            [inner] = [part for part in parts if _has_term(part)]
            _collect(inner, times(factor, *others), found, rest)
        case Div(above, below) if not _has_term(below):
            _collect(above, over(factor, below), found, rest)
        case _:
            raise NotSolved(
                "The terms of the sequence are multiplied with each other or stand inside a function, so the "
                "recurrence is not linear; such ones are not solved.",
                column=column(expr),
            )


def _has_term(expr: Expr) -> bool:
    return any(isinstance(part, Term) for part in walk(expr))


def _factor(factor: Expr, term: Term, problem: RecurrenceInput) -> Fraction:
    value = constant(factor)
    if value is None:
        function = as_exp_poly(factor, problem.names.variable)  # (n - n + 2) T(n-1) is harmless
        value = _as_fraction(function(0)) if function is not None and function.is_constant else None
    if value is None:
        changes = problem.names.variable in letters(factor)
        what = f"changes with {problem.names.variable}" if changes else "is not a fraction"
        raise NotSolved(
            f"The factor in front of {term.name}(...) {what}; only numbers and fractions are solved there.",
            column=term.at,
        )
    return value


def _as_fraction(value: object) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _place(problem: RecurrenceInput, term: Term) -> _Place:
    """Where `term` looks, counted from the defined term at n."""
    variable, rounding = problem.names.variable, ""
    inside: Expr = term.place
    match term.place:
        case Call("floor" | "ceil" as rounding, body):
            inside = body
    if _has_term(inside):
        raise NotSolved(
            "A term of the sequence stands inside another one; such are not solved.", column=term.at
        )
    function = as_exp_poly(inside, variable)
    if function is None or not set(function.terms) <= {RATE_ONE} or function.degree > 1:
        root = any(isinstance(part, Call) and part.name == "sqrt" for part in walk(inside))
        how = "to its square root" if root else f"to {latex(term.place)}"
        raise NotSolved(
            f"{variable} shrinks {how} on the right; only {variable} minus a number and {variable} over a "
            "number are solved.",
            column=term.at,
        )
    offset, slope = (*function.terms.get(RATE_ONE, ()), Fraction(0), Fraction(0))[:2]
    slope, offset = Fraction(str(slope)), Fraction(str(offset))
    return _Place(slope, offset - slope * problem.ahead, rounding)


# --- the normal forms ----------------------------------------------------------------------

_Found = list[tuple[Fraction, Term, _Place]]


def _shift(problem: RecurrenceInput, places: _Found, forcing: Expr) -> Shift:
    lags: dict[int, Fraction] = {}
    name, variable = problem.names
    for factor, term, place in places:
        lag = -place.offset
        _check_lag(problem, term, lag)
        lags[int(lag)] = lags.get(int(lag), Fraction(0)) + factor
    lags = {lag: factor for lag, factor in sorted(lags.items()) if factor}
    if not lags:
        raise NotSolved("The terms on the right cancel, so nothing is left of the recurrence.")
    function = as_exp_poly(forcing, variable)
    if function is None and any(_has_negative_base(part, variable) for part in walk(forcing)):
        raise NotSolved(
            f"A negative number to the power of anything but whole steps of {variable} is not solved.",
            f"Write it with {variable} alone above, such as (-1)^{variable}.",
            column(forcing),
        )
    if function is None:
        raise NotSolved(
            f"The part without {name} on the right is neither a polynomial in {variable} (up to degree 12), "
            f"nor a number to the power of {variable}, nor made of those; nothing else is solved beside "
            f"{name}({variable}-1).",
            column=column(forcing),
        )
    return Shift(lags, forcing, function)


def _has_negative_base(part: Expr, variable: str) -> bool:
    """Whether it is such as (-1)^(n/2)."""
    if not isinstance(part, Pow) or variable not in letters(part.exponent):
        return False
    base = constant(part.base)
    return base is not None and base < 0


def _check_lag(problem: RecurrenceInput, term: Term, lag: Fraction) -> None:
    name, variable = problem.names
    if lag == 0:
        raise NotSolved(
            f"{name}({variable}) stands on both sides, so it is explained by itself.",
            f"On the right, earlier terms should stand, such as {name}({variable}-1).",
            term.at,
        )
    if lag < 0 or lag.denominator != 1:
        raise NotSolved(
            f"On the right a term stands that does not come whole steps before {name}({variable}).",
            f"On the right, earlier terms should stand, such as {name}({variable}-1).",
            term.at,
        )
    if lag > MAX_LAG:
        raise NotSolved(f"It looks back {lag} places; {MAX_LAG} is the most that is solved.", column=term.at)


def _scale(problem: RecurrenceInput, places: _Found, forcing: Expr) -> Scale:
    name, variable = problem.names
    factor = sum((factor for factor, _, _ in places), Fraction(0))
    slope = places[0][2].slope
    term = places[0][1]
    if not 0 < slope < 1:
        raise NotSolved(f"On the right {variable} does not get smaller, so this never ends.", column=term.at)
    if any(place.offset for _, _, place in places):
        raise NotSolved(
            f"Besides being divided, {variable} is moved by a number on the right; that is not solved.",
            "Leave that number out: the recurrence without it has the same class.",
            term.at,
        )
    if factor <= 0:
        raise NotSolved("The factors of the terms on the right do not add up to more than 0.", column=term.at)
    function = as_power_log(forcing, variable, 1 / slope)
    if function is None:
        raise NotSolved(
            f"The part without {name} on the right is not a sum of powers of {variable} times powers of log "
            f"{variable}; nothing else is solved beside {name}({variable}/b).",
            column=column(forcing),
        )
    rounded = {place.rounding for _, _, place in places} - {""}
    return Scale(factor, 1 / slope, " and ".join(sorted(rounded, reverse=True)), forcing, function)
