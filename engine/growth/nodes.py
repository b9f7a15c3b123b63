"""Each node of a formula as a `Size`: what it is for large n, with as many terms as it takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from engine.growth import constants, sizes, sums
from engine.growth.constants import CIRCLE, E, constant, ln
from engine.growth.monomials import ONE as M_ONE
from engine.growth.monomials import atom
from engine.growth.series import Series, Undecided, of_constant, of_monomial
from engine.growth.sizes import Rough, Size
from engine.growth.special import as_series, binomial, exact_number, factorial, harmonic, is_whole, log_star
from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Num, Pow, Sym

_HALF = Fraction(1, 2)
_N = of_monomial(atom((0, 0)))


class Reader:
    """Reads formulas in the letter `variable`; keeps what it found to swing."""

    def __init__(self, variable: str, known: Mapping[str, Size] | None = None) -> None:
        """`known`: what other letters are."""
        self._letters: dict[str, Size] = {
            "e": of_constant(E),
            "π": of_constant(CIRCLE),
            "pi": of_constant(CIRCLE),
        }
        self._letters |= {variable: _N, **(known or {})}
        self.swings: dict[Expr, None] = {}
        self.rounding = False
        self.coarse = False  # whether something is rounded that moves in large steps, such as n/2
        self._ends: Mapping[Expr, int] = {}

    def round_ends(self) -> None:
        """From now on, rounding swings between its ends as well."""
        self.rounding = True

    def read(self, expr: Expr, ends: Mapping[Expr, int] | None = None) -> Size:
        """Raises Undecided, ValueError, ArithmeticError. `ends`: -1, 0 or 1 for each thing that swings."""
        if ends is not None:
            self._ends = ends
        return self._read(expr)

    def _read(self, expr: Expr) -> Size:  # noqa: PLR0911 - one case a node
        match expr:
            case Num(value):
                return of_constant(constant(value))
            case Sym(name):
                return self._letters[name]
            case Neg(body):
                return sizes.negated(self._read(body))
            case Add(terms):
                return self._sum([self._read(term) for term in terms])
            case Mul(factors):
                found: Size = sizes.UNIT
                for factor in factors:
                    found = sizes.product(found, self._read(factor))
                return found
            case Div(above, below):
                return sizes.product(self._read(above), sizes.inverse(self._read(below)))
            case Pow(base, exponent):
                return self._power(expr, self._read(base), self._read(exponent))
            case Call(name, body, base):
                return self._call(expr, name, self._read(body), None if base is None else self._read(base))
            case Big():
                return sums.big(expr, self)
            case _:
                raise Undecided("it has terms of a recurrence in it")

    def _sum(self, parts: list[Size]) -> Size:
        """What is known best is added first, so that only what must be is rough."""
        found: Size = Series()
        for part in sorted(parts, key=lambda part: isinstance(part, Rough)):
            found = sizes.total(found, part)
        return found

    def swing(self, expr: Expr, ends: tuple[Fraction, Fraction, Fraction]) -> Size:
        """One of the values between which `expr` goes to and fro."""
        self.swings.setdefault(expr)
        return of_constant(constant(ends[self._ends.get(expr, 1) + 1]))

    # --- powers ----------------------------------------------------------------------------

    def _power(self, expr: Expr, base: Size, exponent: Size) -> Size:
        fixed = exact_number(exponent)
        if fixed is not None:
            return sizes.power(base, fixed)
        own = exact_number(base)
        if own is not None and own.sign() == 0:
            return Series()
        if own is not None and own.sign() < 0:  # (-2)^n
            if not is_whole(exponent):
                raise ValueError("a power of a negative number")
            sign = self.swing(
                Pow(Num(Fraction(-1)), expr.exponent if isinstance(expr, Pow) else expr), _SIGNS
            )
            return sizes.product(sign, sizes.exp(sizes.product(exponent, of_constant(ln(-own)))))
        return sizes.exp(sizes.product(exponent, sizes.log(base)))

    # --- functions -------------------------------------------------------------------------

    def _call(self, call: Call, name: str, body: Size, base: Size | None) -> Size:  # noqa: PLR0911
        if name in ("log", "ln"):
            found = sizes.log(body)
            if name == "ln":
                return found
            return sizes.product(found, sizes.inverse(sizes.log(base) if base else of_constant(_LN_2)))
        if name in ("floor", "ceil"):
            return self._rounded(call, name, body)
        if name in ("sin", "cos"):
            return self._wave(call, name, body)
        if name == "mod" and base is not None:
            return self._remainder(call, body, base)
        if name in ("max", "min") and base is not None:
            return _extreme(name, body, base)
        if name == "binomial" and base is not None:
            return binomial(body, base)
        if name == "abs":
            return body if sizes.sign_of(body) >= 0 else sizes.negated(body)
        if name in _PLAIN:
            return _PLAIN[name](body)
        raise Undecided(f"it has {name} in it")

    def _rounded(self, call: Call, name: str, body: Size) -> Size:
        if isinstance(body, Rough):
            if sizes.decided(body.log) <= 0:
                raise Undecided("rounding something that stays small")
            return Rough(body.log, body.sign)
        if body.zero or is_whole(body):
            return body
        limit = body.limit
        if limit is not None:
            return of_constant(constant(_rounded_limit(body, name)))
        if body.leading[1].compare(M_ONE) <= 0:
            raise Undecided("rounding something that is not known closely enough")
        if self.rounding:
            self.coarse |= body.leading[1].compare(_SLOW) > 0
            away = (Fraction(-1), Fraction(-1), Fraction(0))
            ends = away if name == "floor" else tuple(-end for end in reversed(away))
            return body + as_series(self.swing(call, (ends[0], ends[1], ends[2])))
        return body.bounded()

    def _wave(self, call: Call, name: str, body: Size) -> Size:
        limit = sizes.tends_to(body)
        if limit is None:
            return self.swing(call, (Fraction(-1), Fraction(0), Fraction(1)))
        if limit.sign() == 0 and isinstance(body, Series):
            return _wave_near_zero(name, body)
        value = (math.sin if name == "sin" else math.cos)(float(limit))
        if abs(value) < 1e-9:
            raise Undecided(f"the {name} in it tends to 0")
        return (
            Series(((constant(Fraction(value)), M_ONE),), M_ONE).bounded()
            if value > 0
            else of_constant(constant(Fraction(value)))
        )

    def _remainder(self, call: Call, body: Size, base: Size) -> Size:
        divisor = exact_number(base)
        known = divisor.fraction if divisor is not None else None
        if known is None or known.denominator != 1 or known < 1 or not is_whole(body):
            raise Undecided("it has a remainder that is not by a fixed whole number")
        if known == 1:
            return Series()
        return self.swing(call, (Fraction(0), Fraction(int(known) // 2), known - 1))


_SLOW = atom((0, 1)).to(constant(50))  # below it, both ends of rounding are come near to again and again
_SIGNS = (Fraction(-1), Fraction(-1), Fraction(1))
_LN_2 = ln(constant(2))


def _rounded_limit(body: Series, name: str) -> int:
    """floor or ceil of what tends to a number; at a whole number the next term decides."""
    limit = body.limit
    if limit is None:
        raise Undecided("rounding something that has no limit")
    known = limit.fraction
    value = Fraction(limit.decimal()) if known is None else known
    if value.denominator != 1 or known is None:
        return math.floor(value) if name == "floor" else math.ceil(value)
    rest = body - of_constant(limit)
    side = 0 if rest.zero else rest.leading[0].sign()
    away = -1 if name == "floor" and side < 0 else 1 if name == "ceil" and side > 0 else 0
    return int(value) + away


def _wave_near_zero(name: str, body: Series) -> Series:
    square = body * body
    if name == "cos":
        return (
            of_constant(constants.ONE) - square.scaled(constant(_HALF)) + Series((), (square * square).order)
        )
    cube = square * body
    return body - cube.scaled(constant(Fraction(1, 6))) + Series((), (cube * square).order)


def _extreme(name: str, first: Size, second: Size) -> Size:
    try:
        side = sizes.compare(first, second)
    except Undecided:
        difference = sizes.decided(sizes.log(first) - sizes.log(second))
        if difference == 0:  # of the same size: within a factor of both
            return Rough(sizes.log(first).bounded())
        side = difference
    return first if (side > 0) == (name == "max") else second


def _square_root(size: Size) -> Size:
    return sizes.power(size, constant(_HALF))


_PLAIN: dict[str, Callable[[Size], Size]] = {
    "sqrt": _square_root,
    "exp": sizes.exp,
    "factorial": factorial,
    "harmonic": harmonic,
    "logstar": log_star,
}
