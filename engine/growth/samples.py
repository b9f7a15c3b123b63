"""f/g at many n, from 1 to 2^1000: which constants c and n_0 show a bound, and at how many n."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from engine.growth.far_out import NotThere, ratio, value_at, value_at_power, wide
from engine.symbolic.expr import Call, Expr, Pow, is_negative, walk

_NEAREST, _FARTHEST = 8, 100
_DENSE = 40
_FAR = (100, 300, 1000)
_SLACK = Decimal(1) + Decimal(10) ** -20
_ENOUGH = Decimal(10) ** 30  # larger quotients are not told apart
_STEPS = 80  # of a bisection
_MOST_CONSTANT = Fraction(10**12)


@dataclass(frozen=True)
class Samples:
    """The quotient of two formulas in the letter `variable`."""

    first: Expr
    second: Expr
    variable: str

    def ratio(self, n: int) -> Decimal | None:
        """f(n)/g(n); None where either is not defined, or g(n) is 0, or f(n) < 0."""
        try:
            above, below = (value_at(part, self.variable, n) for part in (self.first, self.second))
            return ratio(above, below) if below > 0 and above >= 0 else None
        except (NotThere, ArithmeticError):
            return None

    @cached_property
    def all(self) -> tuple[tuple[int, Decimal], ...]:
        """(n, quotient) pairs, n rising, from the first n on from which every quotient that fits is there."""
        found: list[tuple[int, Decimal]] = []
        missing = 0
        for n in self._places():
            here = self.ratio(n)
            if here is not None:
                found.append((n, here))
            elif n <= _DENSE:  # not defined there; far out it only does not fit
                found.clear()
            else:
                missing += 1
                if missing > 3:
                    break
        return tuple(found)

    def _places(self) -> list[int]:
        near = set(range(1, _DENSE + 1))
        uneven = any(_is_uneven(part) for whole in (self.first, self.second) for part in walk(whole))
        far = {2**k for k in (*range(6, 64, 1 if uneven else 3), *_FAR)}
        if uneven:
            far |= {n + side for n in far for side in (-1, 1)} | set(range(_DENSE, 3 * _DENSE))
        return sorted(near | far)

    @cached_property
    def far(self) -> tuple[Decimal, ...]:
        """f/g at the farthest two n that fit, powers of two with exponents up to 2^50; () if none does."""
        found = (self._at_power(k) for k in self._ends)
        return tuple(value for value in found if value is not None)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        fits, too_far = _NEAREST, _FARTHEST + 1
        if self._at_power(fits) is None:
            return ()
        while too_far - fits > 1:
            middle = (fits + too_far) // 2
            fits, too_far = (fits, middle) if self._at_power(middle) is None else (middle, too_far)
        return (max(fits - 2, _NEAREST), fits)

    def goes(self, side: int) -> bool:
        """Whether f/g falls (-1) or rises (1) far out; or will, as ln f / ln g does so already.

        The second is for pairs that turn only beyond all n that can be tried: x! and 10^(30 x).
        """
        far = self.far
        if len(far) < 2 or (far[-1] > far[-2]) - (far[-1] < far[-2]) in (0, side):
            return True
        first, second = (self._log_ratio(k) for k in self._ends)
        return first is not None and second is not None and (second - first) * side > 0

    def _log_ratio(self, k: int) -> Decimal | None:
        """ln f / ln g at n = 2^(2^(k/2)), where both are above 1."""
        try:
            f, g = (
                value_at_power(part, self.variable, int(2 ** (k / 2))) for part in (self.first, self.second)
            )
            return wide().ln(f) / wide().ln(g) if min(f, g) > 1 else None
        except (NotThere, ArithmeticError):
            return None

    def _at_power(self, k: int) -> Decimal | None:
        """f/g at n = 2^(2^(k/2))."""
        try:
            exponent = int(2 ** (k / 2))
            parts = [value_at_power(part, self.variable, exponent) for part in (self.first, self.second)]
            return ratio(parts[0], parts[1])
        except (NotThere, ArithmeticError):
            return None

    # --- bounds ----------------------------------------------------------------------------

    def upper(self, limit: Decimal | None) -> tuple[Fraction, int, int] | None:
        """c, n_0 and the number of n that were tried, with f <= c g; `limit` of f/g, or None: unknown."""
        if not self.all:
            return None
        largest = min(max(value for _, value in self.all), _ENOUGH)
        least = limit if limit is not None else largest
        constant = _rounded_up(max(largest, least))
        if largest > 4 * least and largest > 16:  # a smaller constant from a later n on
            constant = _rounded_up(least * Decimal("1.5") if least else Decimal(1))
        return self._from(constant, lambda value: value <= _as_decimal(constant) * _SLACK)

    def lower(self, limit: Decimal | None) -> tuple[Fraction, int, int] | None:
        """c, n_0 and the number of n tried, with f >= c g; `limit` of f/g; None: infinite or unknown."""
        values = [value for _, value in self.all if value > 0]
        if not values:
            return None
        smallest = min(*values, _ENOUGH)
        most = min(limit if limit is not None else max(values[-1], smallest), _ENOUGH)
        constant = _rounded_down(min(smallest, most))
        if (smallest * 4 < most and smallest < Decimal(1) / 16) or len(values) < len(self.all):
            constant = _rounded_down(most / Decimal("1.5"))
        return self._from(constant, lambda value: value >= _as_decimal(constant) / _SLACK)

    def _from(self, constant: Fraction, holds: Callable[[Decimal], bool]) -> tuple[Fraction, int, int] | None:
        if not 1 / _MOST_CONSTANT <= constant <= _MOST_CONSTANT:
            return None  # that far out only such a one would do
        last = next((k for k in range(len(self.all) - 1, -1, -1) if not holds(self.all[k][1])), -1)
        if last == len(self.all) - 1:
            return None
        start = self.all[last + 1][0]
        below = self.all[last][0] if last >= 0 else start - 1
        for _ in range(_STEPS):
            if start - below <= 1:
                break
            middle = (start + below) // 2
            here = self.ratio(middle)
            below, start = (below, middle) if here is not None and holds(here) else (middle, start)
        return constant, start, len(self.all) - last - 1

    def above(self, bound: int) -> tuple[int, Decimal] | None:
        """The first n of those tried from which on f/g is above `bound`."""
        return self._beyond(list(self.all), Decimal(bound))

    def below(self, bound: int) -> tuple[int, Decimal] | None:
        """The same for f/g below 1/bound, with the quotient."""
        turned = [(n, -value) for n, value in self.all]
        found = self._beyond(turned, -Decimal(1) / bound)
        return found and (found[0], -found[1])

    def _beyond(self, pairs: list[tuple[int, Decimal]], bound: Decimal) -> tuple[int, Decimal] | None:
        last = next((k for k in range(len(pairs) - 1, -1, -1) if pairs[k][1] <= bound), -1)
        return pairs[last + 1] if last + 1 < len(pairs) else None


def _is_uneven(part: Expr) -> bool:
    """Whether powers of two may be unlike other numbers to it."""
    if isinstance(part, Call):
        return part.name in ("floor", "ceil", "sin", "cos", "mod")
    return isinstance(part, Pow) and is_negative(part.base)


def _as_decimal(value: Fraction) -> Decimal:
    return ratio(Decimal(value.numerator), Decimal(value.denominator))


def _rounded_up(value: Decimal) -> Fraction:
    """A short number that is not smaller, 1 at least; far too large ones are only a large one."""
    if value <= _SLACK:
        return Fraction(1)
    if value > _MOST_CONSTANT:
        return _MOST_CONSTANT * 10
    whole = int((value / _SLACK).to_integral_value("ROUND_CEILING"))
    if whole < 100:
        return Fraction(whole)
    unit = 10 ** (len(str(whole)) - 2)
    return Fraction(-(-whole // unit) * unit)


def _rounded_down(value: Decimal) -> Fraction:
    """A short number that is not larger, 1 at most."""
    return Fraction(1) / _rounded_up(ratio(Decimal(1), value))
