"""A typed recurrence taken apart: T(n) = sum of factor * term + f(n), each family's form read off it.

    pieces      factor and term, such as 2 and T(n/2), or n and T(n-1)
    histories   factor and a sum over earlier terms, such as 2/n and T(0) + ... + T(n-1)
    forcing     f(n), all that holds no term
    odd         the first part that is none of these: a product of terms, a function of one

Everything is read at n: T(n+1) = ... is moved by one. A family (`families.py`) takes what it can
solve; what none takes is refused by `refusals.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.exppoly import ONE as RATE_ONE
from engine.recurrences.exppoly import ExpPoly
from engine.recurrences.forcing import PowerLog, as_exp_poly
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import (
    ONE,
    Add,
    Big,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Sym,
    Term,
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

MAX_LAG = 8
WHAT_IS_SOLVED = (
    "Solved are T(n) = c₁ T(n−1) + c₂ T(n−2) + … + f(n), T(n) = a T(n/b) + f(n) and their kin: several "
    "fractions of n, T(√n), a factor that changes with n before T(n−1), sums over all earlier terms."
)


class NotSolved(Exception):
    """Why a recurrence is not solved, in words; becomes a `Refusal`. Never leaves this package.

    Attributes:
        reason, way_out: sentences for the user.
        column: where in the typed text the reason lies, or -1.
    """

    def __init__(self, reason: str, way_out: str = WHAT_IS_SOLVED, column: int = -1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.way_out = way_out
        self.column = column


class Contradiction(NotSolved):
    """Our own result does not match the numbers, or two of our ways disagree: a bug, to be logged."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "Please report this recurrence: it should not happen.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term looks: slope * n + offset, rounded by "floor", "ceil" or "" (not at all)."""

    slope: Fraction
    offset: Fraction
    rounding: str


@dataclass(frozen=True, slots=True)
class Piece:
    """factor * term.

    Attributes:
        constant: the factor as a fraction; None where it changes with n or is none.
        place: where the term looks; None where n shrinks in another way, as in T(√n).
    """

    factor: Expr
    term: Term
    constant: Fraction | None
    place: Place | None

    @property
    def lag(self) -> Fraction | None:
        """d of T(n - d); None for any other place."""
        if self.place is None or self.place.slope != 1:
            return None
        return -self.place.offset


@dataclass(frozen=True, slots=True)
class History:
    """factor * total, where `total` is a sum over terms of the sequence."""

    factor: Expr
    total: Big


@dataclass(frozen=True, slots=True)
class Pieces:
    """The right side, for the defined term at n."""

    pieces: tuple[Piece, ...]
    histories: tuple[History, ...]
    forcing: Expr
    odd: Expr | None


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


def apart(problem: RecurrenceInput) -> Pieces:
    """The right side of `problem` taken apart; terms that cancel are left out."""
    variable = problem.names.variable
    found = _Apart()
    found.collect(_at_n(problem.right, problem), ONE)
    pieces = tuple(_piece(factor, term, variable) for factor, term in found.terms)
    kept = tuple(piece for piece in pieces if piece.constant != 0)
    return Pieces(kept, tuple(found.histories), plus(*found.rest), found.odd)


def _at_n(right: Expr, problem: RecurrenceInput) -> Expr:
    """`right` for the defined term at n: where that was n + c, everything is read c places earlier."""
    if not problem.ahead:
        return right
    variable = problem.names.variable
    return put(right, variable, minus(Sym(variable), num(problem.ahead)))


class _Apart:
    """Collects what a right side is made of."""

    def __init__(self) -> None:
        self.terms: list[tuple[Expr, Term]] = []
        self.histories: list[History] = []
        self.rest: list[Expr] = []
        self.odd: Expr | None = None

    def collect(self, expr: Expr, factor: Expr) -> None:
        """Add factor * expr to what is known."""
        if not has_term(expr):
            self.rest.append(times(factor, expr))
            return
        match expr:
            case Term():
                self.terms.append((factor, expr))
            case Neg(body):
                self.collect(body, neg(factor))
            case Add(parts):
                for part in parts:
                    self.collect(part, factor)
            case Mul(parts) if sum(map(has_term, parts)) == 1:
                others = [part for part in parts if not has_term(part)]
                [inner] = [part for part in parts if has_term(part)]
                self.collect(inner, times(factor, *others))
            case Div(above, below) if not has_term(below):
                self.collect(above, over(factor, below))
            case Big("sum") if not (has_term(expr.low) or has_term(expr.high)):
                self.histories.append(History(factor, expr))
            case _:
                self.odd = self.odd or expr


def has_term(expr: Expr) -> bool:
    """Whether a term of the sequence stands anywhere in `expr`."""
    return any(isinstance(part, Term) for part in walk(expr))


def _piece(factor: Expr, term: Term, variable: str) -> Piece:
    return Piece(factor, term, fraction_of(factor, variable), _place(term, variable))


def fraction_of(expr: Expr, variable: str) -> Fraction | None:
    """The fraction that `expr` is for every n, as n - n + 2 is 2; else None."""
    value = constant(expr)
    if value is not None:
        return value
    function = as_exp_poly(expr, variable)
    if function is None or not function.is_constant:
        return None
    found = function(0)
    return found if isinstance(found, Fraction) else None


def _place(term: Term, variable: str) -> Place | None:
    """Where `term` looks, counted from the defined term at n."""
    inside, rounding = term.place, ""
    match term.place:
        case Call("floor" | "ceil" as rounding, body):
            inside = body
    line = None if has_term(inside) else straight_line(inside, variable)
    return None if line is None else Place(*line, rounding)


def straight_line(expr: Expr, variable: str) -> tuple[Fraction, Fraction] | None:
    """(slope, offset) of an `expr` that is slope * n + offset with fractions; else None."""
    function = as_exp_poly(expr, variable)
    if function is None or not set(function.terms) <= {RATE_ONE} or function.degree > 1:
        return None
    offset, slope = (*function.terms.get(RATE_ONE, ()), Fraction(0), Fraction(0))[:2]
    return (slope, offset) if isinstance(slope, Fraction) and isinstance(offset, Fraction) else None
