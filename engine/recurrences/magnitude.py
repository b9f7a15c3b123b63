"""How large a formula is at one n, however large: its sign and its base-10 logarithm, in floats.

For tables and plots only, where 2^1000000 and n! at a million are wanted to three figures. What
is claimed is checked elsewhere, exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Num, Pow, Sym

_LARGEST_PLAIN = 300.0  # base-10 logarithm up to which a float holds the number itself
_SUMMANDS = 600  # of a sum that is added up term by term
_ENDS = 200  # summands at either end of a longer one
_NEGLIGIBLE = 16.0  # powers of ten
_PANEL = 0.25  # of the integral in between, in ln j
_STEEPEST = 3.0  # powers of e that summands may change by in a panel
_GAUSS = ((-0.7745966692414834, 5 / 9), (0.0, 8 / 9), (0.7745966692414834, 5 / 9))
_LN10 = math.log(10)


@dataclass(frozen=True, slots=True)
class Magnitude:
    """sign * 10^log10; `sign` 0 is zero."""

    sign: int
    log10: float

    def __float__(self) -> float:
        """Raises OverflowError where it is too large."""
        if self.sign == 0:
            return 0.0
        if self.log10 > _LARGEST_PLAIN:
            raise OverflowError
        return float(self.sign * 10.0**self.log10)


ZERO = Magnitude(0, -math.inf)


def of_number(value: object) -> Magnitude:
    """Of an exact number or a float. Raises OverflowError, ValueError for what is not finite."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise OverflowError
        return ZERO if value == 0 else Magnitude(1 if value > 0 else -1, math.log10(abs(value)))
    above, below = getattr(value, "numerator", None), getattr(value, "denominator", None)
    if not isinstance(above, int) or not isinstance(below, int):
        return of_number(float(value))  # type: ignore[arg-type]  # a Surd: p + q sqrt d
    if above == 0:
        return ZERO
    return Magnitude(1 if above > 0 else -1, math.log10(abs(above)) - math.log10(below))


def magnitude(  # noqa: PLR0911 - one case a node
    expr: Expr, letters: Mapping[str, int | float]
) -> Magnitude:
    """The size of `expr` with these numbers for its letters.

    Raises:
        ArithmeticError, ValueError, KeyError: it has none there, or not one that can be had quickly.
    """
    match expr:
        case Num(value):
            return of_number(value)
        case Sym(name):
            return of_number(letters[name] if isinstance(letters[name], int) else float(letters[name]))
        case Neg(body):
            inner = magnitude(body, letters)
            return Magnitude(-inner.sign, inner.log10)
        case Add(parts):
            return _total([magnitude(part, letters) for part in parts])
        case Mul(parts):
            found = [magnitude(part, letters) for part in parts]
            return Magnitude(math.prod(part.sign for part in found), math.fsum(part.log10 for part in found))
        case Div(above, below):
            return _quotient(magnitude(above, letters), magnitude(below, letters))
        case Pow(base, exponent):
            return _raised(magnitude(base, letters), magnitude(exponent, letters))
        case Call():
            return _call(expr, letters)
        case Big():
            return _big(expr, letters)
        case _:
            raise ValueError("a term of the sequence has no size of its own")


def _total(parts: list[Magnitude]) -> Magnitude:
    present = [part for part in parts if part.sign]
    if not present:
        return ZERO
    top = max(part.log10 for part in present)
    total = math.fsum(part.sign * 10.0 ** (part.log10 - top) for part in present)
    if total == 0:
        return ZERO
    return Magnitude(1 if total > 0 else -1, top + math.log10(abs(total)))


def _quotient(above: Magnitude, below: Magnitude) -> Magnitude:
    if below.sign == 0:
        raise ZeroDivisionError
    return Magnitude(above.sign * below.sign, above.log10 - below.log10)


def _raised(base: Magnitude, exponent: Magnitude) -> Magnitude:
    if base.sign == 0:
        if exponent.sign <= 0:
            return Magnitude(1, 0.0)
        return ZERO
    times = float(exponent)
    sign = 1
    if base.sign < 0:
        if abs(times - round(times)) > 1e-9 * max(1.0, abs(times)):
            raise ValueError("a root of a negative number")
        sign = -1 if round(times) % 2 else 1
    return Magnitude(sign, base.log10 * times)


def _call(call: Call, letters: Mapping[str, int | float]) -> Magnitude:
    inner = magnitude(call.body, letters)
    large = _OF_LARGE.get(call.name)
    if large is not None:
        return large(inner)
    if call.name == "log" and call.base is not None:
        base = magnitude(call.base, letters)
        return _quotient(_logarithm(inner), _logarithm(base))
    if call.name == "log":
        return _quotient(_logarithm(inner), of_number(math.log(2)))
    if call.name == "binomial" and call.base is not None:
        return _binomial(float(inner), float(magnitude(call.base, letters)))
    values = {name: _exact(value) for name, value in letters.items()}
    return of_number(evaluate(call, Letters(values)))  # cos, mod and the like, of modest numbers


def _exact(value: int | float) -> Fraction | float:
    return Fraction(value) if isinstance(value, int) else value


def _logarithm(of: Magnitude) -> Magnitude:
    if of.sign <= 0:
        raise ValueError("the logarithm of a number that is not positive")
    return of_number(of.log10 * _LN10)


def _factorial(of: Magnitude) -> Magnitude:
    return Magnitude(1, math.lgamma(float(of) + 1) / _LN10)


def _binomial(above: float, below: float) -> Magnitude:
    if not 0 <= below <= above:
        return ZERO
    value = math.lgamma(above + 1) - math.lgamma(below + 1) - math.lgamma(above - below + 1)
    return Magnitude(1, value / _LN10)


def _harmonic(of: Magnitude) -> Magnitude:
    """H_n, by the asymptotic series from 30 on (Graham, Knuth, Patashnik, eq. 9.88)."""
    n = float(of)
    if n < 30:
        return of_number(math.fsum(1 / i for i in range(1, round(n) + 1)))
    return of_number(math.log(n) + 0.5772156649015329 + 1 / (2 * n) - 1 / (12 * n * n))


def _rounded(how: Callable[[float], int]) -> Callable[[Magnitude], Magnitude]:
    def size(of: Magnitude) -> Magnitude:
        if of.log10 > 15:  # a unit more or less does not show
            return of
        near = round(float(of))
        whole = near if abs(float(of) - near) < 1e-9 * max(1, abs(near)) else how(float(of))
        return of_number(float(whole))

    return size


_OF_LARGE: dict[str, Callable[[Magnitude], Magnitude]] = {
    "sqrt": lambda of: _raised(of, of_number(0.5)),
    "ln": _logarithm,
    "abs": lambda of: Magnitude(abs(of.sign), of.log10),
    "exp": lambda of: Magnitude(1, float(of) / _LN10),
    "factorial": _factorial,
    "harmonic": _harmonic,
    "floor": _rounded(math.floor),
    "ceil": _rounded(math.ceil),
}


def _big(expr: Big, letters: Mapping[str, int | float]) -> Magnitude:
    low = round(float(magnitude(expr.low, letters)))
    high = round(float(magnitude(expr.high, letters)))
    if high - low > _SUMMANDS:
        return _long_sum(expr, letters, low, high)
    parts = [magnitude(expr.body, {**letters, expr.index: step}) for step in range(low, high + 1)]
    if expr.kind == "sum":
        return _total(parts)
    return Magnitude(math.prod(part.sign for part in parts), math.fsum(part.log10 for part in parts))


def _long_sum(expr: Big, letters: Mapping[str, int | float], low: int, high: int) -> Magnitude:
    """Both ends term by term; between them the integral, from half a step before to half a step after
    (the midpoint rule the other way round), by Gauss's three points in ln j.

    Raises:
        OverflowError: the summands change too fast for that and are not negligible.
    """
    if expr.kind != "sum":
        raise OverflowError("too many factors")

    def at(place: int | float) -> Magnitude:
        return magnitude(expr.body, {**letters, expr.index: place})

    first, last = low + _ENDS, high - _ENDS
    ends = [at(place) for place in (*range(low, first), *range(last + 1, high + 1))]
    whole = _total(ends)
    highest = max(at(first).log10, at(last).log10, at((first + last) // 2).log10)
    if highest < whole.log10 - _NEGLIGIBLE - math.log10(high):
        return whole
    return _total([whole, _integral(at, first - 0.5, last + 0.5)])


def _integral(at: Callable[[float], Magnitude], low: float, high: float) -> Magnitude:
    panels = math.ceil(math.log(high / low) / _PANEL)
    width = math.log(high / low) / panels
    parts = []
    for panel in range(panels):
        middle = math.log(low) + (panel + 0.5) * width
        places = [math.exp(middle + share * width / 2) for share, _ in _GAUSS]
        found = [at(place) for place in places]
        if (max(f.log10 for f in found) - min(f.log10 for f in found)) * _LN10 > _STEEPEST:
            raise OverflowError("the summands change too fast")
        for value, place, (_, weight) in zip(found, places, _GAUSS, strict=True):
            parts.append(Magnitude(value.sign, value.log10 + math.log10(place * weight * width / 2)))
    return _total(parts)
