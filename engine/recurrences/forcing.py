"""A typed f(n) as a function that can be solved with, or None where it is of no such kind.

`as_exp_poly` is for T(n-1): sums of polynomial times geometric. `as_power_log` is for
T(n/b): sums of n^p log^q n, with the logarithm to base b so that n = b^k turns it into
an exp-poly in k.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.growth.classes import Growth, log_of, rational
from engine.recurrences.asymptotic import far_places
from engine.recurrences.exppoly import IDENTITY, ONE, ZERO, ExpPoly, constant_function, exp_poly
from engine.symbolic.evaluate import MAX_BITS, bits, constant, raised, simple
from engine.symbolic.expr import Add, Call, Div, Expr, Mul, Neg, Num, Pow, Sym

MAX_DEGREE = 12
_MAX_EXPONENT = 64  # of a power of n, and of the slope s in 2^(s n + t)
_ROUNDING = 1e-12  # relative, of factors that are floats
_MAX_RATES = 24  # how many different geometric parts a sum may have


def as_exp_poly(expr: Expr, variable: str) -> ExpPoly | None:
    """`expr` as polynomial times geometric in `variable`, of degree MAX_DEGREE at most, else None.

    Also None where it is of that kind but too large to work with: every step on the way is
    bounded, so nothing typed can make this slow.
    """
    function = _read_exp_poly(expr, variable)
    return function if function is not None and _is_modest(function) else None


def _is_modest(function: ExpPoly) -> bool:
    values = (value for rate, poly in function.terms.items() for value in (rate, *poly))
    return (
        len(function.terms) <= _MAX_RATES
        and function.degree <= MAX_DEGREE
        and all(bits(value) <= MAX_BITS for value in values if isinstance(value, Fraction))
    )


def _read_exp_poly(expr: Expr, variable: str) -> ExpPoly | None:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value):
            return constant_function(value)
        case Sym(name) if name == variable:
            return IDENTITY
        case Neg(body):
            return _scaled(as_exp_poly(body, variable), Fraction(-1))
        case Add(parts) | Mul(parts):
            return _folded(parts, variable, isinstance(expr, Mul))
        case Div(above, below):
            return _quotient(as_exp_poly(above, variable), as_exp_poly(below, variable))
        case Pow(base, exponent):
            return _power(as_exp_poly(base, variable), as_exp_poly(exponent, variable))
        case _:
            return None


def _scaled(function: ExpPoly | None, factor: Fraction) -> ExpPoly | None:
    return None if function is None else function.scaled(factor)


def _folded(parts: tuple[Expr, ...], variable: str, multiply: bool) -> ExpPoly | None:
    total = constant_function(ONE if multiply else ZERO)
    for part in parts:
        function = as_exp_poly(part, variable)
        if function is None:
            return None
        total = total * function if multiply else total + function
        if not _is_modest(total):
            return None
    return total


def _quotient(above: ExpPoly | None, below: ExpPoly | None) -> ExpPoly | None:
    """Division by c r^n only."""
    if above is None or below is None or len(below.terms) != 1 or below.degree != 0:
        return None
    [(rate, (factor,))] = below.terms.items()
    return above * exp_poly({1 / rate: (1 / factor,)})


def _power(base: ExpPoly | None, exponent: ExpPoly | None) -> ExpPoly | None:
    """A whole power of anything, or a number to the power of s n + t."""
    if base is None or exponent is None or not set(exponent.terms) <= {ONE} or exponent.degree > 1:
        return None
    offset, slope = (*exponent.terms.get(ONE, ()), ZERO, ZERO)[:2]
    if not isinstance(offset, Fraction) or not isinstance(slope, Fraction):
        return None
    if slope == 0:
        return _whole_power(base, offset)
    value = base(0) if base.is_constant else None
    if not isinstance(value, Fraction) or value == 0 or max(abs(slope), abs(offset)) > _MAX_EXPONENT:
        return None
    if value < 0 and not slope.denominator == offset.denominator == 1:
        return None
    rate, factor = raised(value, slope), raised(value, offset)
    return (
        exp_poly({rate: (factor,)}) if isinstance(rate, Fraction) and isinstance(factor, Fraction) else None
    )


def _whole_power(base: ExpPoly, exponent: Fraction) -> ExpPoly | None:
    if exponent.denominator != 1 or abs(exponent) > _MAX_EXPONENT:
        return None
    if exponent < 0:
        return _quotient(constant_function(ONE), _whole_power(base, -exponent))
    result = constant_function(ONE)
    for _ in range(int(exponent)):
        result = result * base
        if not _is_modest(result):
            return None
    return result


# --- for T(n/b) ----------------------------------------------------------------------------


Factor = Fraction | float  # a fraction where it is exact


@dataclass(frozen=True, slots=True)
class PowerLog:
    """n -> sum of factor * n^p * (log_base n)^q over `terms` (p, q): factor; fractions are exact."""

    base: Fraction
    terms: Mapping[tuple[Fraction, Fraction], Factor]

    @property
    def leading(self) -> tuple[Fraction, Fraction]:
        """(p, q) of the term that grows fastest. ValueError for the zero function."""
        return max(self.terms)

    @property
    def steepest(self) -> float:
        """The largest power of n, up or down; 0 for the zero function."""
        return max((abs(float(p)) for p, _ in self.terms), default=0.0)

    @property
    def growth(self) -> Growth:
        p, q = self.leading
        return Growth(power=rational(p), logs=q)

    def quotients(self, growth: Growth) -> list[float]:
        """|f(n)| over `growth` at n = base^k for two k so large that no constant factor matters."""
        far = far_places(self.terms.values())
        return [abs(sum(self._share(p, q, c, growth, k) for (p, q), c in self.terms.items())) for k in far]

    def _share(self, p: Fraction, q: Fraction, factor: Factor, growth: Growth, k: int) -> float:
        side = rational(p).compare(growth.power)
        if side:
            return 0.0 if side < 0 else math.inf
        return float(factor) * math.pow(k, q - growth.logs)

    def along_powers(self) -> ExpPoly | None:
        """k -> f(base^k), where all its numbers are fractions; else None."""
        total = exp_poly({})
        for (p, q), factor in self.terms.items():
            rate = raised(self.base, p)
            if (
                q.denominator != 1
                or q < 0
                or not (isinstance(rate, Fraction) and isinstance(factor, Fraction))
            ):
                return None
            total += exp_poly({rate: (*(ZERO,) * int(q), factor)})
        return total


def as_power_log(expr: Expr, variable: str, base: Fraction) -> PowerLog | None:
    """`expr` as a sum of n^p log^q n, else None."""
    terms = _terms(expr, variable, base)
    return None if terms is None else PowerLog(base, _without_zeros(terms))


_Terms = dict[tuple[Fraction, Fraction], Factor]


def _terms(expr: Expr, variable: str, base: Fraction) -> _Terms | None:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value):
            return {(ZERO, ZERO): value}
        case Sym(name) if name == variable:
            return {(ONE, ZERO): ONE}
        case Neg(body):
            return _product(_terms(body, variable, base), {(ZERO, ZERO): -ONE})
        case Add(parts) | Mul(parts):
            return _fold_terms([_terms(part, variable, base) for part in parts], isinstance(expr, Mul))
        case Div(above, below):
            return _product(_terms(above, variable, base), _single_power(_terms(below, variable, base), -ONE))
        case Pow(inner, exponent):
            return _power_terms(_terms(inner, variable, base), constant(exponent))
        case Call():
            return _call_terms(expr, variable, base)
        case _:
            return None


def _fold_terms(parts: list[_Terms | None], multiply: bool) -> _Terms | None:
    total: _Terms | None = {(ZERO, ZERO): ONE} if multiply else {}
    for part in parts:
        total = _product(total, part) if multiply else _total(total, part)
    return total


def _total(first: _Terms | None, second: _Terms | None) -> _Terms | None:
    if first is None or second is None:
        return None
    return _without_zeros(
        {key: _sum(first.get(key, ZERO), second.get(key, ZERO)) for key in {**first, **second}}
    )


def _sum(first: Factor, second: Factor) -> Factor:
    """Their sum; 0 where floats differ by their rounding only."""
    total = first + second
    rounded = isinstance(total, float) and abs(total) <= _ROUNDING * max(
        abs(float(first)), abs(float(second))
    )
    return ZERO if rounded else total


def _product(first: _Terms | None, second: _Terms | None) -> _Terms | None:
    if first is None or second is None or len(first) * len(second) > MAX_DEGREE**2:
        return None
    found: _Terms = {}
    for (p, q), a in first.items():
        for (r, s), b in second.items():
            found[p + r, q + s] = found.get((p + r, q + s), ZERO) + a * b
    return _without_zeros(found)


def _without_zeros(terms: _Terms) -> _Terms:
    return {key: factor for key, factor in terms.items() if factor}


def _single_power(terms: _Terms | None, exponent: Fraction) -> _Terms | None:
    """A single term to any power."""
    if terms is None or len(terms) != 1:
        return None
    [((p, q), factor)] = terms.items()
    if factor <= 0 and exponent.denominator != 1:
        return None
    if max(abs(p * exponent), abs(q * exponent), abs(exponent)) > _MAX_EXPONENT:
        return None
    if isinstance(factor, Fraction) and bits(factor) * abs(exponent) > MAX_BITS:
        return None
    return {(p * exponent, q * exponent): simple(raised(factor, exponent))}


def _power_terms(terms: _Terms | None, exponent: Fraction | None) -> _Terms | None:
    if terms is None or exponent is None:
        return None
    if len(terms) == 1:
        return _single_power(terms, exponent)
    if exponent.denominator != 1 or not 0 <= exponent <= MAX_DEGREE:
        return None
    return _fold_terms([terms] * int(exponent), multiply=True)


def _call_terms(call: Call, variable: str, base: Fraction) -> _Terms | None:
    inner = _terms(call.body, variable, base)
    if call.name == "sqrt":
        return _single_power(inner, Fraction(1, 2))
    if call.name not in ("log", "ln") or inner is None or len(inner) != 1:
        return None
    [((p, q), factor)] = inner.items()
    if q or factor <= 0:  # log log n is of another kind
        return None
    over_base = _logarithm(base, None if call.base is None else constant(call.base))
    return _without_zeros({(ZERO, ONE): p * over_base, (ZERO, ZERO): _logarithm(factor, base) * over_base})


def _logarithm(of: Factor, base: Fraction | None) -> Factor:
    """log of `of` to `base` (None: natural), a fraction where it is one."""
    if base is None:
        return math.log(of)
    if isinstance(of, Fraction):
        exponent = log_of(of, base)
        return exponent.factor if exponent.of is None else float(exponent)
    return math.log(of) / math.log(base)
