"""The normal form of T(n) = c n^g T(n^(1/r)) + f(n): a root of n is taken, as in T(√n)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.growth.classes import rational
from engine.recurrences.drive import Drive, NoDrive, drive
from engine.recurrences.normal import NotSolved, Pieces, has_term
from engine.recurrences.split_exponent import Weight
from engine.recurrences.split_form import forcing_class
from engine.symbolic.evaluate import Letters, constant, evaluate
from engine.symbolic.expr import Call, Div, Expr, Pow, Sym, Term, num, power
from engine.symbolic.parser import RecurrenceInput

_ZERO = rational(0)


@dataclass(frozen=True, slots=True)
class Root:
    """factor * n^front * T(n^(1/degree)); `rounded`: the place is rounded as typed."""

    factor: Fraction
    front: Fraction
    degree: Fraction
    rounded: bool
    term: Term


@dataclass(frozen=True, slots=True)
class Roots:
    """`roots`, all with the same `front`, and f; `drive` is the class of f / n^lift, None for f = 0.

    Attributes:
        lift: d such that T(n) / n^d has no power of n in front of T on the right.
        shrunk: f(n) / n^lift.
    """

    roots: tuple[Root, ...]
    forcing: Expr
    lift: Fraction
    shrunk: Expr
    drive: Drive | None

    @property
    def weights(self) -> tuple[Weight, ...]:
        """(c, 1/r): what is left over m = log n."""
        total: dict[Fraction, Fraction] = {}
        for root in self.roots:
            total[1 / root.degree] = total.get(1 / root.degree, Fraction(0)) + root.factor
        return tuple((total[slope], slope) for slope in sorted(total, reverse=True))


def form(problem: RecurrenceInput, pieces: Pieces) -> Roots | None:
    """Its normal form, or None. Raises NotSolved where f has no class."""
    variable = problem.names.variable
    if pieces.odd is not None or pieces.histories or not pieces.pieces:
        return None
    roots = []
    for piece in pieces.pieces:
        degree = None if has_term(piece.term.place) else degree_of(piece.term.place, variable)
        front = front_of(piece.factor, variable)
        if degree is None or front is None or front[0] <= 0:
            return None
        rounded = isinstance(piece.term.place, Call) and piece.term.place.name in ("floor", "ceil")
        roots.append(Root(front[0], front[1], degree, rounded, piece.term))
    fronts = {(root.front, root.degree) for root in roots} if any(root.front for root in roots) else set()
    if len(fronts) > 1:
        raise NotSolved(
            "Several roots of n have different powers of n in front; that is not solved.",
            "With one of them alone it is: divide by the right power of n.",
            roots[0].term.at,
        )
    lift = next((front * degree / (degree - 1) for front, degree in fronts), Fraction(0))
    n = Sym(variable)
    shrunk = pieces.forcing if not lift else Div(pieces.forcing, power(n, num(lift)))
    return Roots(tuple(roots), pieces.forcing, lift, shrunk, forcing_class(problem, shrunk))


def degree_of(place: Expr, variable: str) -> Fraction | None:
    """r > 1 of a place n^(1/r), perhaps rounded; else None."""
    match place:
        case Call("floor" | "ceil", body):
            return degree_of(body, variable)
        case Call("sqrt", Sym(name)) if name == variable:
            return Fraction(2)
        case Call("sqrt", body):
            inner = degree_of(body, variable)
            return None if inner is None else 2 * inner
        case Pow(Sym(name), exponent) if name == variable:
            above = constant(exponent)
            return 1 / above if above is not None and 0 < above < 1 else None
    return None


def front_of(factor: Expr, variable: str) -> tuple[Fraction, Fraction] | None:
    """(c, g) of a factor c n^g with fractions and g >= 0; else None."""
    value = constant(factor)
    if value is not None:
        return value, Fraction(0)
    try:
        found = drive(factor, variable)
    except NoDrive:
        return None
    if found is None or found.fast or found.logs or found.loglogs or found.power.of is not None:
        return None
    exact = Fraction(found.factor).limit_denominator(10**6)
    front = found.power.factor
    known = Div(factor, power(Sym(variable), num(front)))
    return (exact, front) if front >= 0 and _is(known, variable, exact) else None


def _is(expr: Expr, variable: str, value: Fraction) -> bool:
    """Whether `expr` is `value` at a few n."""
    found = (float(evaluate(expr, Letters({variable: Fraction(n)}))) for n in (4, 81, 1000, 65536))
    return all(abs(one - float(value)) <= 1e-9 * abs(float(value)) for one in found)
