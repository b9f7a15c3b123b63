"""The class of f in T(n) = ... + f(n), as the theorems on T(n/b) need it: c n^p log^q n (log log n)^s.

Only the part that grows fastest counts. Powers may be irrational, logarithms may have negative
powers. What outgrows every power of n (2^n, n!, n^n, 2^√n) is `fast`. Knows nothing of T.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.growth.classes import Exponent, log_of, rational
from engine.recurrences.forcing import as_power_log
from engine.symbolic.evaluate import Letters, constant, evaluate, raised, simple
from engine.symbolic.expr import Add, Call, Div, Expr, Mul, Neg, Num, Pow, Sym, letters, num, swap, walk

_ZERO = rational(0)
_CANCELS = 1e-12  # relative: two floats that leave no more than that are equal
_WAVES = ("sin", "cos")


@dataclass(frozen=True, slots=True)
class Drive:
    """factor * n^power * log^logs n * (log log n)^loglogs, the largest part of f.

    Attributes:
        factor: not 0; its sign is the sign of f from some n on.
        fast: f outgrows every power of n; then `power` and the rest say nothing.
        waves: f sways between constant multiples of it, as n (2 + cos n) does.
    """

    factor: float
    power: Exponent = _ZERO
    logs: Fraction = Fraction(0)
    loglogs: Fraction = Fraction(0)
    fast: bool = False
    waves: bool = False

    def compare(self, other: Drive) -> int:
        """-1 if this grows more slowly, 1 if faster, 0 if alike up to the factor. Both not `fast`."""
        if self.fast or other.fast:
            return self.fast - other.fast
        mine, others = (self.logs, self.loglogs), (other.logs, other.loglogs)
        return self.power.compare(other.power) or (mine > others) - (mine < others)

    @property
    def is_constant(self) -> bool:
        return not self.fast and self.power == _ZERO and not self.logs and not self.loglogs


class NoDrive(Exception):
    """f is of no such kind, or its largest parts cancel; `args[0]` says which in words."""


class _Cancels(NoDrive):
    """The largest parts of a sum cancel, as far as floats tell."""


def drive(expr: Expr, variable: str) -> Drive | None:
    """The class of `expr`; None where it is 0 throughout. Raises NoDrive."""
    waves = [part for part in walk(expr) if isinstance(part, Call) and part.name in _WAVES]
    if not any(variable in letters(part) for part in waves):
        return _plain(expr, variable)
    low, high = (_leading(_flattened(expr, num(end)), variable) for end in (-1, 1))
    if len(waves) > 1 or low is None or high is None or low.compare(high) or low.factor * high.factor < 0:
        raise NoDrive(
            "it goes up and down with sin or cos so far that it does not stay within constant factors of one "
            "class"
        )
    return replace(low if abs(low.factor) > abs(high.factor) else high, waves=True)


def _plain(expr: Expr, variable: str) -> Drive | None:
    """The class of an `expr` without sin and cos; parts that cancel are taken out where that is exact."""
    try:
        return _leading(expr, variable)
    except _Cancels:
        exact = as_power_log(expr, variable, Fraction(2))
    if exact is None or not all(isinstance(factor, Fraction) for factor in exact.terms.values()):
        raise NoDrive("its largest parts cancel")
    if not exact.terms:
        return None
    p, q = exact.leading
    return Drive(float(exact.terms[p, q]), rational(p), q)


def _flattened(expr: Expr, end: Num) -> Expr:
    return swap(expr, lambda part: end if isinstance(part, Call) and part.name in _WAVES else None)


# --- the largest part ----------------------------------------------------------------------


def _leading(expr: Expr, variable: str) -> Drive | None:  # noqa: PLR0911 - one case a node
    if variable not in letters(expr):
        return _number(expr)
    match expr:
        case Sym():
            return Drive(1.0, rational(1))
        case Neg(body):
            inner = _leading(body, variable)
            return None if inner is None else replace(inner, factor=-inner.factor)
        case Add(parts):
            return _largest([_leading(part, variable) for part in parts])
        case Mul(parts):
            return _product(_leading(part, variable) for part in parts)
        case Div(above, below):
            return _product([_leading(above, variable), _to_the(_leading(below, variable), rational(-1))])
        case Pow(base, exponent):
            return _power(base, exponent, variable)
        case Call():
            return _call(expr, variable)
    raise NoDrive("it is not made of powers, logarithms and exponentials")


def _number(expr: Expr) -> Drive | None:
    try:
        value = float(evaluate(expr, Letters({})))
    except (KeyError, ArithmeticError, ValueError):
        raise NoDrive("it holds a letter or a number without a value") from None
    return Drive(value) if value else None


def _largest(parts: list[Drive | None]) -> Drive | None:
    """Of a sum: the fastest, with the factors of those alike added."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    best = known[0]
    for part in known[1:]:
        best = part if part.compare(best) > 0 else best
    alike = [part for part in known if part.compare(best) == 0]
    if best.fast:
        if any(part.factor < 0 for part in alike) and len(alike) > 1:
            raise NoDrive("parts of it that outgrow all powers are subtracted from each other")
        return best
    total = math.fsum(part.factor for part in alike)
    if abs(total) <= _CANCELS * max(abs(part.factor) for part in alike):
        raise _Cancels("its largest parts cancel")
    return replace(best, factor=total)


def _product(parts: Iterable[Drive | None]) -> Drive | None:
    total: Drive | None = Drive(1.0)
    for part in parts:
        if part is None or total is None:
            return None
        total = _times(total, part)
    return total


def _times(first: Drive, second: Drive) -> Drive:
    if first.fast or second.fast:  # a power of n more or less does not matter, unless both are of them
        if first.fast and second.fast:
            raise NoDrive("two parts of it that outgrow all powers are multiplied")
        return replace(first if first.fast else second, factor=first.factor * second.factor)
    return Drive(
        first.factor * second.factor,
        _total(first.power, second.power),
        first.logs + second.logs,
        first.loglogs + second.loglogs,
    )


def _total(first: Exponent, second: Exponent) -> Exponent:
    """The sum of two exponents: log_2 3 + 1 is log_2 6."""
    if first.of is None and second.of is None:
        return rational(first.factor + second.factor)
    if first.of is None:
        first, second = second, first
    of, base = first.of, first.base
    if first == _ZERO or of is None or base is None:
        return second
    if second.of is None:
        more = raised(base, second.factor / first.factor)
    elif (second.of, second.base) == (of, base):
        return replace(first, factor=first.factor + second.factor) if first.factor + second.factor else _ZERO
    else:
        more = None
    if not isinstance(more, Fraction) or not isinstance(of, Fraction):
        raise NoDrive("the powers of n in it add up to no fraction and no logarithm")
    product = log_of(of * more, base)
    return replace(product, factor=product.factor * first.factor)


def _to_the(part: Drive | None, exponent: Exponent) -> Drive | None:
    if part is None:
        raise NoDrive("something is divided by 0")
    if part.fast:
        raise NoDrive("a part of it that outgrows all powers stands in a power or below a line")
    if part.factor < 0 and (exponent.of is not None or exponent.factor.denominator > 1):
        raise NoDrive("a root of negative numbers is taken")
    if exponent.of is not None:
        if part.logs or part.loglogs or part.power != rational(1):
            raise NoDrive("an irrational power of something other than n")
        return Drive(part.factor ** float(exponent), exponent)
    by = exponent.factor
    factor = math.copysign(1, part.factor) ** int(by) if by.denominator == 1 else 1.0
    return Drive(
        factor * abs(part.factor) ** float(by),
        replace(part.power, factor=part.power.factor * by) if by else _ZERO,
        part.logs * by,
        part.loglogs * by,
    )


def _power(base: Expr, exponent: Expr, variable: str) -> Drive | None:
    if variable not in letters(exponent):
        return _to_the(_leading(base, variable), exponent_of(exponent))
    grows, under = _leading(exponent, variable), _leading(base, variable)
    if grows is None or under is None or under.factor <= 0:
        raise NoDrive("a power of 0 or of a negative number")
    upward = grows.factor * (1 if under.compare(Drive(1.0)) > 0 or under.factor > 1 else -1)
    if under.is_constant and under.factor == 1:
        return Drive(1.0)
    steep = grows.fast or grows.power.compare(_ZERO) > 0 or grows.logs > 1
    steep = steep or (grows.logs == 1 and not under.is_constant)
    if steep and upward > 0:
        return Drive(1.0, fast=True)
    if grows.logs == 1 and not grows.loglogs and grows.power == _ZERO and under.is_constant:
        return _exponential_of_log(base, exponent, variable)
    raise NoDrive("a power in it grows in a way that is not known here")


def _exponential_of_log(base: Expr, exponent: Expr, variable: str) -> Drive:
    """c^(log_b n) is n^(log_b c)."""
    value = constant(base)
    match exponent:
        case Call("log", Sym(name), ground) if name == variable and value is not None and value > 0:
            under = Fraction(2) if ground is None else constant(ground)
            if under is not None and under > 1:
                return Drive(1.0, log_of(value, under))
    raise NoDrive("a power in it has a logarithm above that is not plain")


def exponent_of(expr: Expr) -> Exponent:
    """A constant exponent, exact: a fraction, or a fraction times a logarithm. Raises NoDrive."""
    value = constant(expr)
    if value is not None:
        return rational(value)
    match expr:
        case Neg(body):
            inner = exponent_of(body)
            return replace(inner, factor=-inner.factor)
        case Call("log", of, base):
            above, below = constant(of), Fraction(2) if base is None else constant(base)
            if above is not None and below is not None and above > 0 and below > 1:
                return log_of(above, below)
        case Add(parts):
            total = _ZERO
            for part in parts:
                total = _total(total, exponent_of(part))
            return total
        case Mul(parts) if sum(constant(part) is None for part in parts) == 1:
            [inner] = [exponent_of(part) for part in parts if constant(part) is None]
            scale = math.prod((constant(part) or Fraction(1) for part in parts), start=Fraction(1))
            return replace(inner, factor=inner.factor * scale)
    raise NoDrive("an exponent in it is neither a fraction nor a logarithm of one")


def _call(call: Call, variable: str) -> Drive | None:  # noqa: PLR0911 - one case a function
    inner = _leading(call.body, variable)
    match call.name:
        case "sqrt":
            return None if inner is None else _to_the(inner, rational(Fraction(1, 2)))
        case "floor" | "ceil":
            return _rounded(inner)
        case "abs":
            return None if inner is None else replace(inner, factor=abs(inner.factor))
        case "ln":
            return _logarithm(inner, 1.0)
        case "harmonic":
            return _logarithm(inner, 1.0)
        case "log":
            base = Fraction(2) if call.base is None else constant(call.base)
            if base is None or base <= 1:
                raise NoDrive("the base of a logarithm in it is not a number above 1")
            return _logarithm(inner, math.log(base), call.body)
        case "factorial" | "exp" if inner is not None and inner.factor > 0:
            if inner.fast or inner.power.compare(_ZERO) > 0:
                return Drive(1.0, fast=True)
        case "max" | "min" if call.base is not None:
            return _extreme(call, inner, _leading(call.base, variable))
        case "binomial" if call.base is not None:
            return _binomial(inner, constant(call.base))
    raise NoDrive(f"the class of {call.name} in it is not known here")


def _rounded(inner: Drive | None) -> Drive | None:
    if inner is None or inner.fast or inner.compare(Drive(1.0)) > 0:
        return inner
    raise NoDrive("something that does not grow is rounded in it")


def _logarithm(inner: Drive | None, scale: float, body: Expr | None = None) -> Drive:
    """ln of what grows like `inner`, over `scale`."""
    if inner is None or inner.factor <= 0:
        raise NoDrive("a logarithm of 0 or of a negative number")
    if inner.fast:
        match body:
            case Call("factorial", Sym()):
                return Drive(1 / scale, rational(1), Fraction(1))
        raise NoDrive("the logarithm of something that outgrows all powers")
    if inner.power != _ZERO:
        return Drive(float(inner.power) / scale, logs=Fraction(1))
    if inner.logs:
        return Drive(float(inner.logs) / scale, loglogs=Fraction(1))
    raise NoDrive("a logarithm of a logarithm of a logarithm")


def _extreme(call: Call, first: Drive | None, second: Drive | None) -> Drive | None:
    if first is None or second is None or first.factor < 0 or second.factor < 0:
        raise NoDrive("a larger or smaller of numbers that are not positive")
    side = first.compare(second) or (first.factor > second.factor) - (first.factor < second.factor)
    return first if (side >= 0) == (call.name == "max") else second


def _binomial(above: Drive | None, below: Fraction | None) -> Drive | None:
    if above is None or below is None or below.denominator > 1 or not 0 <= below <= 12:
        raise NoDrive("a binomial of that kind")
    raised_above = _to_the(above, rational(below))
    return (
        None
        if raised_above is None
        else replace(raised_above, factor=raised_above.factor / math.factorial(int(below)))
    )


def value_at(expr: Expr, variable: str, place: float) -> float:
    """f(place) as a float. Raises ArithmeticError or ValueError where it has none."""
    return float(simple(evaluate(expr, Letters({variable: place}))))
