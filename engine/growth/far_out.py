"""The value of a formula at one n, also where n has hundreds of digits and the value more: by Decimals.

Independent of the expansions that classes are found with, so it can be held against them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    localcontext,
)
from fractions import Fraction

from engine.growth.constants import EULER, PI
from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Num, Pow, Sym, Term, walk

_MOST_SUMMANDS = 100
_MOST_EXACT = 60  # of a factorial
_HUGE = 10**17  # digits before the point
_DIGITS = 32
_SOUND = 12  # digits that must be left where large numbers cancel
_ALMOST = Decimal(10) ** -24


class NotThere(Exception):
    """No value at this n: not defined there, or too large even for a number of 10^17 digits."""


def wide(digits: int = _DIGITS) -> Context:
    """Arithmetic for such values: what overflows even here raises."""
    return Context(prec=digits, Emax=_HUGE, Emin=-_HUGE, traps=[Overflow, DivisionByZero, InvalidOperation])


def ratio(above: Decimal, below: Decimal) -> Decimal:
    """Raises ArithmeticError."""
    return wide().divide(above, below)


def value_at(expr: Expr, variable: str, n: int) -> Decimal:
    """The value, to 30 digits or more. Raises NotThere."""
    sums = any(isinstance(part, Add) for part in walk(expr))
    digits = _DIGITS + (
        2 * (n.bit_length() // 3) if sums else 0
    )  # so that sqrt(n^2 + n) - n is more than noise
    return _value_with(expr, {variable: n}, digits)


def value_at_power(expr: Expr, variable: str, exponent: int) -> Decimal:
    """The value at n = 2^exponent, where n itself may have billions of digits. Raises NotThere."""
    return _value_with(expr, {variable: exponent}, _DIGITS, power=True)


def _value_with(expr: Expr, at: dict[str, int], digits: int, power: bool = False) -> Decimal:
    try:
        with localcontext(wide(digits)):
            letters = {name: Decimal(2) ** n if power else Decimal(n) for name, n in at.items()}
            found = _value(expr, letters)
    except (DecimalException, ArithmeticError, ValueError, KeyError):
        raise NotThere from None
    if not found.is_finite():
        raise NotThere
    return found


def _value(expr: Expr, letters: dict[str, Decimal]) -> Decimal:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value):
            return _decimal(value)
        case Sym(name):
            return _letter(name, letters)
        case Neg(body):
            return -_value(body, letters)
        case Add(terms):
            return _sum([_value(term, letters) for term in terms])
        case Mul(factors):
            return _product(_value(factor, letters) for factor in factors)
        case Div(above, below):
            return _value(above, letters) / _nonzero(_value(below, letters))
        case Pow(base, exponent):
            return _power(_value(base, letters), _value(exponent, letters))
        case Call(name, body, base):
            return _call(name, _value(body, letters), None if base is None else _value(base, letters))
        case Big():
            return _big(expr, letters)
        case Term():
            raise ValueError("a term of a sequence")


def _sum(parts: list[Decimal]) -> Decimal:
    """Raises ArithmeticError where so much cancels that only noise is left."""
    found = sum(parts, Decimal(0))
    largest = max(part.adjusted() for part in parts)
    if largest - (found.adjusted() if found else 0) > getcontext().prec - _SOUND:
        raise ArithmeticError("large numbers cancel")
    return found


def _letter(name: str, letters: dict[str, Decimal]) -> Decimal:
    if name in letters:
        return letters[name]
    if name == "e":
        return Decimal(1).exp()
    if name in ("π", "pi"):
        return PI
    raise KeyError(name)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _nonzero(value: Decimal) -> Decimal:
    if value == 0:
        raise ZeroDivisionError
    return value


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if base == 0:
        if exponent <= 0:
            raise ZeroDivisionError
        return Decimal(0)
    if base < 0:
        if exponent != exponent.to_integral_value():
            raise ValueError("a power of a negative number")
        odd = exponent % 2 != 0
        return -((-base) ** exponent) if odd else (-base) ** exponent
    whole = exponent == exponent.to_integral_value()
    return base**exponent if whole and abs(exponent) < 10**6 else (base.ln() * exponent).exp()


def _ln(value: Decimal) -> Decimal:
    if value <= 0:
        raise ValueError("the logarithm of what is not positive")
    return value.ln()


def _call(name: str, body: Decimal, base: Decimal | None) -> Decimal:  # noqa: PLR0911 - one case a name
    match name:
        case "log":
            return _almost_whole(_ln(body) / _ln(Decimal(2) if base is None else base))
        case "ln":
            return _ln(body)
        case "sqrt":
            if body < 0:
                raise ValueError("the root of a negative number")
            return body.sqrt()
        case "exp":
            return body.exp()
        case "floor" | "ceil":
            way = ROUND_FLOOR if name == "floor" else ROUND_CEILING
            return _almost_whole(body).to_integral_value(way)
        case "abs":
            return abs(body)
        case "sin" | "cos":
            if abs(body) > 2**40:
                raise ValueError("too large for an angle")
            return Decimal((math.sin if name == "sin" else math.cos)(float(body)))
        case "max" | "min" if base is not None:
            return body if (body >= base) == (name == "max") else base
        case "mod" if base is not None:
            return _sum([body, -base * (body / base).to_integral_value(ROUND_FLOOR)])
        case _:
            return _special(name, body, base)


def _special(name: str, body: Decimal, base: Decimal | None) -> Decimal:
    match name:
        case "factorial":
            return _log_factorial(body).exp()
        case "binomial" if base is not None:
            if not 0 <= base <= body:
                return Decimal(0)
            few = min(base, _sum([body, -base]))
            if few <= _MOST_EXACT:
                return _falling(body, int(few)) / math.factorial(int(few))
            return (_log_factorial(body) - _log_factorial(base) - _log_factorial(body - base)).exp()
        case "harmonic":
            return _harmonic(body)
        case "logstar":
            return _log_star(body)
    raise ValueError(name)


def _almost_whole(value: Decimal) -> Decimal:
    """`value`, rounded if it is whole up to rounding: log_2 8 is 3."""
    nearest = value.to_integral_value()
    return nearest if abs(value - nearest) <= _ALMOST * max(Decimal(1), abs(value)) else value


def _log_factorial(value: Decimal) -> Decimal:
    """ln Gamma(value + 1): exact for small whole numbers, else by Stirling's series from 30 on."""
    if value < 0:
        raise ValueError("the factorial of a negative number")
    if value <= _MOST_EXACT and value == value.to_integral_value():
        return Decimal(math.factorial(int(value))).ln()
    product, x = Decimal(1), value
    while x < 30:
        x += 1
        product *= x
    tail = 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5) - 1 / (1680 * x**7) + 1 / (1188 * x**9)
    return x * x.ln() - x + (2 * PI * x).ln() / 2 + tail - product.ln()


def _falling(value: Decimal, times: int) -> Decimal:
    return _product(value - k for k in range(times))


def _harmonic(value: Decimal) -> Decimal:
    if value < 0 or value != value.to_integral_value():
        raise ValueError("a harmonic number of what is not whole")
    if value <= _MOST_SUMMANDS:
        return sum((1 / Decimal(k) for k in range(1, int(value) + 1)), Decimal(0))
    tail = 1 / (2 * value) - 1 / (12 * value**2) + 1 / (120 * value**4) - 1 / (252 * value**6)
    return value.ln() + EULER + tail


def _log_star(value: Decimal) -> Decimal:
    times = 0
    while value > 1:
        value = _almost_whole(value.ln() / Decimal(2).ln())
        times += 1
    return Decimal(times)


def _big(expr: Big, letters: dict[str, Decimal]) -> Decimal:
    low, high = _value(expr.low, letters), _value(expr.high, letters)
    first, last = (int(_almost_whole(end).to_integral_value(ROUND_FLOOR)) for end in (low, high))
    if last - first > _MOST_SUMMANDS:
        raise ValueError("too many summands")
    values = (_value(expr.body, {**letters, expr.index: Decimal(i)}) for i in range(first, last + 1))
    return sum(values, Decimal(0)) if expr.kind == "sum" else _product(values)


def _product(values: Iterable[Decimal]) -> Decimal:
    found = Decimal(1)
    for value in values:
        found *= value
    return found
