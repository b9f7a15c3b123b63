"""What each named function of a formula is worth: exact where a fraction comes out, else a float.

Knows numbers only; `evaluate.py` walks the tree. Work is bounded: what would be too long to
write down is an OverflowError.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from engine.symbolic.surd import Surd

Number = Fraction | float | Surd

MAX_RESULT_BITS = 1_200_000  # of an exact power or factorial
_MOST_EXACT = 300  # summands of a harmonic number that are added as fractions
_EULER = 0.5772156649015329


def simple(value: Number) -> Fraction | float:
    """`value` without a root: those become floats."""
    return float(value) if isinstance(value, Surd) else value


def whole(value: Number) -> int:
    """`value` as the whole number that it is. Raises ValueError."""
    if isinstance(value, Fraction):
        if value.denominator != 1:
            raise ValueError(f"{value} should be a whole number")
        return value.numerator
    nearest = round(float(value))
    if abs(float(value) - nearest) > 1e-9:
        raise ValueError(f"{value} should be a whole number")
    return nearest


# --- powers and logarithms -----------------------------------------------------------------


def raised(base: Number, exponent: Number) -> Number:
    """base ** exponent, exact where the result is a fraction that can be found by roots."""
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        root = exact_root(base, exponent.denominator)
        if root is not None:
            return _whole_power(root, exponent.numerator)
    if isinstance(base, Surd) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        return base**exponent.numerator
    return math.pow(base, exponent)


def _whole_power(base: Fraction, exponent: int) -> Fraction:
    long = max(base.numerator.bit_length(), base.denominator.bit_length())
    if long > 1 and long * abs(exponent) > MAX_RESULT_BITS:
        raise OverflowError("the power is too long to write down")
    return base**exponent


def exact_root(value: Fraction, degree: int) -> Fraction | None:
    """The fraction whose `degree`-th power is `value`, or None."""
    if degree == 1:
        return value
    if value < 0:
        return None
    above, below = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    return None if above is None or below is None else Fraction(above, below)


def _whole_root(value: int, degree: int) -> int | None:
    if value <= 1 or degree >= value.bit_length():  # 2^degree is already too large
        return value if value <= 1 else None
    root = 1 << -(-value.bit_length() // degree)  # not below the root; Newton's steps fall onto it
    while (lower := ((degree - 1) * root + value // pow(root, degree - 1)) // degree) < root:
        root = lower
    return root if pow(root, degree) == value else None


def logarithm(of: Number, base: Number) -> Number:
    """log of `of` to `base`, exact where it is a whole number or one over one."""
    if isinstance(of, Fraction) and isinstance(base, Fraction) and of > 0 and base > 1:
        size = round(_ln(of) / _ln(base))
        if abs(size) <= 4096 and base**size == of:
            return Fraction(size)
    return _ln(of) / _ln(base)


def _ln(value: Number) -> float:
    if isinstance(value, Fraction):  # numbers too large for a float still have a logarithm
        return math.log(value.numerator) - math.log(value.denominator)
    return math.log(value)


def _binary_logarithm(value: Number) -> Number:
    return logarithm(value, Fraction(2))


def whole_logarithm(of: Fraction, base: Fraction) -> int:
    """The largest k with base^k <= of, exact where a float would round up. Needs of > 0, base > 1."""
    k = math.floor(_ln(of) / _ln(base))
    while _whole_power(base, k) > of:
        k -= 1
    while _whole_power(base, k + 1) <= of:
        k += 1
    return k


def whole_root(of: Fraction) -> int:
    """The largest k with k^2 <= of, exact. Raises ValueError below 0."""
    return math.isqrt(math.floor(of))


def iterated_logarithm(value: Number) -> Fraction:
    """log* to base 2: how often the logarithm is taken until at most 1 is left."""
    times = 0
    while value > 1:
        value = _binary_logarithm(value)
        times += 1
    return Fraction(times)


# --- the rest ------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _exact_harmonic(count: int) -> Fraction:
    return sum((Fraction(1, k) for k in range(1, count + 1)), Fraction(0))


def harmonic(value: Number) -> Number:
    """H_n = 1 + 1/2 + ... + 1/n, and 0 for n = 0; a float from a few thousand on."""
    count = whole(value)
    if count < 0:
        raise ValueError(f"H of {count} is not defined")
    if count <= _MOST_EXACT:
        return _exact_harmonic(count)
    return math.log(count) + _EULER + 1 / (2 * count) - 1 / (12 * count**2)  # next term < 1e-15


def _factorial(value: Number) -> Fraction:
    of = whole(value)
    if of * of.bit_length() > MAX_RESULT_BITS:
        raise OverflowError("the factorial is too long to write down")
    return Fraction(math.factorial(of))


def _binomial(above: Number, below: Number) -> Fraction:
    """Of whole numbers, 0 outside Pascal's triangle."""
    n, k = whole(above), whole(below)
    if n < 0:
        raise ValueError(f"{n} is below 0")
    if min(k, n - k) * n.bit_length() > MAX_RESULT_BITS:
        raise OverflowError("the binomial is too long to write down")
    return Fraction(math.comb(n, k)) if k >= 0 else Fraction(0)


def _mod(value: Number, divisor: Number) -> Number:
    """What is left when `value` is divided, with the sign of the divisor."""
    return simple(value) % simple(divisor)


def _sqrt(value: Number) -> Number:
    return raised(value, Fraction(1, 2))


_COSINES: dict[Fraction, Number] = {
    Fraction(0): Fraction(1),
    Fraction(1, 6): Surd(Fraction(0), Fraction(1, 2), 3),
    Fraction(1, 4): Surd(Fraction(0), Fraction(1, 2), 2),
    Fraction(1, 3): Fraction(1, 2),
    Fraction(1, 2): Fraction(0),
}


def _cosine_of_turn(value: Number) -> Number:
    """cos(π * value), exact where a square root or less comes out."""
    if not isinstance(value, Fraction):
        return math.cos(math.pi * simple(value))
    rest = value % 2
    rest = min(rest, 2 - rest)  # cos is even
    sign = 1 if rest <= Fraction(1, 2) else -1
    found = _COSINES.get(rest if sign > 0 else 1 - rest)
    return math.cos(math.pi * rest) if found is None else found * sign


def _sine_of_turn(value: Number) -> Number:
    return _cosine_of_turn(Fraction(1, 2) - value)


def _exp(value: Number) -> Number:
    return Fraction(1) if value == 0 else math.exp(value)


ONE_ARGUMENT: dict[str, Callable[[Number], Number]] = {
    "sqrt": _sqrt,
    "ln": _ln,
    "log": _binary_logarithm,
    "logstar": iterated_logarithm,
    "exp": _exp,
    "cos": math.cos,
    "sin": math.sin,
    "acos": math.acos,
    "cospi": _cosine_of_turn,
    "sinpi": _sine_of_turn,
    "abs": lambda value: -value if value < 0 else value,
    "floor": lambda value: Fraction(math.floor(simple(value))),
    "ceil": lambda value: Fraction(math.ceil(simple(value))),
    "factorial": _factorial,
    "harmonic": harmonic,
}

TWO_ARGUMENTS: dict[str, Callable[[Number, Number], Number]] = {
    "log": logarithm,
    "max": lambda first, second: first if simple(first) >= simple(second) else second,
    "min": lambda first, second: first if simple(first) <= simple(second) else second,
    "mod": _mod,
    "binomial": _binomial,
}
