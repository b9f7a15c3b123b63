"""The normal form of T(n) = sum of c_i T(s_i n + h_i(n)) + f(n): several fractions of n, moved and rounded.

c_i > 0 and 0 < s_i < 1 are fractions; each h_i is small beside n (at most n / log^2 n): a number,
a rounding, a root or a logarithm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from engine.growth.classes import rational
from engine.recurrences.drive import Drive, NoDrive, drive
from engine.recurrences.normal import NotSolved, Piece, Pieces, has_term
from engine.recurrences.split_exponent import AnyWeight
from engine.symbolic.evaluate import Letters, constant, evaluate
from engine.symbolic.expr import Add, Call, Div, Expr, Mul, Neg, Pow, Sym, Term, column, letters
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.surd import Surd, Value, square_root

_BORDER = Drive(1.0, rational(1), Fraction(-2))  # what a place may be moved by at most: n / log^2 n


@dataclass(frozen=True, slots=True)
class Branch:
    """factor * term, whose place is about slope * n; `moved`: not exactly that."""

    factor: Value
    slope: Fraction
    moved: bool
    term: Term


@dataclass(frozen=True, slots=True)
class Splits:
    """`branches` and f; `drive` is the class of f, None where f is 0."""

    branches: tuple[Branch, ...]
    forcing: Expr
    drive: Drive | None

    @property
    def weights(self) -> tuple[AnyWeight, ...]:
        """(c, s), equal fractions of n taken together, the largest s first."""
        total: dict[Fraction, Value] = {}
        for branch in self.branches:
            total[branch.slope] = total.get(branch.slope, Fraction(0)) + branch.factor
        return tuple((total[slope], slope) for slope in sorted(total, reverse=True))


def form(problem: RecurrenceInput, pieces: Pieces) -> Splits | None:
    """Its normal form, or None.

    Raises:
        NotSolved: it is of this kind, but f is not; in words.
    """
    variable = problem.names.variable
    if pieces.odd is not None or pieces.histories or not pieces.pieces:
        return None
    branches = []
    for piece in pieces.pieces:
        place = None if has_term(piece.term.place) else slope_of(piece.term.place, variable)
        factor = _factor(piece, variable, len(pieces.pieces) == 1)
        if place is None or factor is None or not 0 < place[0] < 1:
            return None
        branches.append(Branch(factor, *place, piece.term))
    below = [branch for branch in branches if float(branch.factor) < 0]
    if below:
        raise _negative(problem, below[0])
    return Splits(tuple(branches), pieces.forcing, forcing_class(problem, pieces.forcing))


def _factor(piece: Piece, variable: str, alone: bool) -> Value | None:
    """The factor as a fraction or, where there is no other one, as the square root of one."""
    if piece.constant is not None or not alone or variable in letters(piece.factor):
        return piece.constant
    try:
        value = evaluate(piece.factor, Letters({}))
        power = piece.factor.exponent if isinstance(piece.factor, Pow) else None
        if isinstance(value, float) and power is not None and constant(power) == Fraction(1, 2):
            value = square_root(Fraction(value * value).limit_denominator(10**6))
    except (ArithmeticError, ValueError, KeyError):
        return None
    return value if isinstance(value, Surd) and value.p == 0 else None


def forcing_class(problem: RecurrenceInput, forcing: Expr) -> Drive | None:
    """The class of f. Raises NotSolved."""
    name, variable = problem.names
    try:
        return drive(forcing, variable)
    except NoDrive as why:
        raise NotSolved(
            f"The part without {name} on the right, {plain(forcing)}, has no class that could be used: "
            f"{why.args[0]}.",
            f"Put a bound on it in its place, such as the largest it can be; then {name} is bounded so, too.",
            column(forcing),
        ) from None


def _negative(problem: RecurrenceInput, branch: Branch) -> NotSolved:
    name, variable = problem.names
    return NotSolved(
        f"{plain(branch.term)} is subtracted. The theorems on {name}({variable}/b) need factors above 0, as "
        "else parts can cancel.",
        f"Try {variable} = 2^k: a recurrence in k is left, which may be solved beside {name}(k-1).",
        branch.term.at,
    )


def slope_of(  # noqa: PLR0911 - one case a node
    place: Expr, variable: str
) -> tuple[Fraction, bool] | None:
    """(s, whether something is added) of a place s n + o(n / log^2 n); else None."""
    if variable not in letters(place):
        return Fraction(0), constant(place) != 0
    match place:
        case Sym():
            return Fraction(1), False
        case Neg(body):
            return _mapped(slope_of(body, variable), lambda slope: -slope)
        case Add(parts):
            return _added([slope_of(part, variable) for part in parts])
        case Mul(parts) if sum(variable in letters(part) for part in parts) == 1:
            return _multiplied(parts, variable)
        case Div(above, below) if (by := constant(below)) is not None and by != 0:
            return _mapped(slope_of(above, variable), lambda slope: slope / by)
        case Call("floor" | "ceil", body):
            inner = slope_of(body, variable)
            return None if inner is None else (inner[0], True)
    return _small(place, variable)


def _mapped(
    found: tuple[Fraction, bool] | None, change: Callable[[Fraction], Fraction]
) -> tuple[Fraction, bool] | None:
    return None if found is None else (change(found[0]), found[1])


def _added(parts: list[tuple[Fraction, bool] | None]) -> tuple[Fraction, bool] | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return sum((slope for slope, _ in known), Fraction(0)), any(moved for _, moved in known)


def _multiplied(parts: tuple[Expr, ...], variable: str) -> tuple[Fraction, bool] | None:
    [inner] = [part for part in parts if variable in letters(part)]
    by = Fraction(1)
    for part in parts:
        value = Fraction(1) if part is inner else constant(part)
        if value is None:
            return _small(Mul(parts), variable)
        by *= value
    return _mapped(slope_of(inner, variable), lambda slope: slope * by)


def _small(place: Expr, variable: str) -> tuple[Fraction, bool] | None:
    """Something that is at most n / log^2 n."""
    try:
        size = drive(place, variable)
    except NoDrive:
        return None
    return (Fraction(0), True) if size is not None and size.compare(_BORDER) <= 0 else None
