"""Where f/g goes for large n, found from the expansions of ln f and ln g."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engine.growth import constants
from engine.growth.classes import Growth, from_log
from engine.growth.constants import Constant, TooComplex
from engine.growth.reading import NoGrowth, Range, is_rounded, range_of, rounded_range
from engine.growth.series import Series, Undecided
from engine.growth.sizes import decided
from engine.symbolic.expr import Div, Expr


@dataclass(frozen=True, slots=True)
class Quotient:
    """f/g between its ends, which are the same where nothing swings.

    Attributes:
        low, high: -1: tends to 0; 0: stays between positive numbers; 1: tends to infinity.
        zero: f is 0 at infinitely many n, so that `low` says nothing.
        limit: of f/g where it has one that is neither 0 nor infinite.
        growth: its class; None where it swings.
        certain: whether both ends are reached; if not, they are only bounds.
    """

    low: int
    high: int
    zero: bool = False
    limit: Constant | None = None
    growth: Growth | None = None
    certain: bool = True

    @property
    def swings(self) -> bool:
        return self.low != self.high or self.zero


def quotient(first: Expr, second: Expr, variable: str) -> Quotient:
    """Raises NoGrowth where f or g has no growth, or their quotient cannot be decided."""
    f, g = _named(first, variable, "f"), _named(second, variable, "g")
    try:
        if first == second:
            return Quotient(0, 0, limit=constants.ONE, growth=Growth())
        if not f.swings and not g.swings and f.high is not None and g.high is not None:
            try:
                return _of_one(f.high, g.high)
            except Undecided:
                if not (is_rounded(first) or is_rounded(second)):
                    raise
                return _of_range(rounded_range(Div(first, second), variable))
        return _of_range(range_of(Div(first, second), variable))
    except Undecided as why:
        raise NoGrowth(
            f"The two cannot be told apart: {why}.", "Simplify both by hand, or compare them with a third."
        ) from None


def _named(expr: Expr, variable: str, name: str) -> Range:
    try:
        found = range_of(expr, variable)
    except NoGrowth as why:
        raise NoGrowth(f"{name} cannot be used: {_small(why.reason)}", why.way_out, why.column) from None
    if found.high is None:
        raise NoGrowth(f"{name} cannot be used: it is 0 for all large n.", "Try another function.")
    return found


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _of_one(f: Growth, g: Growth) -> Quotient:
    if f == g and f.vague:
        return Quotient(0, 0, growth=Growth())
    difference = f.log - g.log
    side = decided(difference)
    return Quotient(side, side, limit=limit_of(difference), growth=from_log(difference))


def limit_of(logarithm: Series) -> Constant | None:
    """The limit of e^logarithm, where it is a positive number and known."""
    own = logarithm.limit if decided(logarithm) == 0 else None
    try:
        return None if own is None else constants.exp(own)
    except TooComplex:
        return None


def _of_range(found: Range) -> Quotient:
    if found.high is None:
        raise NoGrowth("f/g is 0 for all large n.")
    high = decided(found.high.log)
    if found.low is None:
        return Quotient(-1, high, zero=True, certain=found.reached)
    low = decided(found.low.log)
    return Quotient(low, high, growth=found.one, certain=found.reached or low == high)


def as_decimal(limit: Constant | None) -> Decimal | None:
    return None if limit is None else limit.decimal()
