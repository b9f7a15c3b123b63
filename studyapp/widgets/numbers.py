"""Numbers as a reader wants them on screen, and tidy axis marks. Pure: no Qt."""

from __future__ import annotations

import math
import sys

MINUS = "−"
HIGHEST = sys.float_info.max
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def figure(value: float, digits: int = 3) -> str:
    """`value` with `digits` significant digits: 0.0123, 1.23×10⁻⁵, −4.20."""
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value and not 1e-3 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa}×10{power(int(exponent))}".replace("-", MINUS)
    decimals = max(0, digits - 1 - (math.floor(math.log10(abs(value))) if value else 0))
    return f"{value:.{decimals}f}".replace("-", MINUS)


def short(value: float) -> str:
    """`value` with two decimals and a real minus sign, for numbers around one: 0.93, −0.40, 12.5."""
    text = (f"{value:.2f}" if abs(value) < 100 else figure(value)).replace("-", MINUS)
    return "0.00" if text == f"{MINUS}0.00" else text


def power(exponent: int) -> str:
    """`exponent` in superscript digits."""
    return str(exponent).translate(SUPERSCRIPTS)


def subscript(number: int) -> str:
    """`number` in subscript digits."""
    return str(number).translate(SUBSCRIPTS)


def nice_ceiling(value: float) -> float:
    """The smallest of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below `value`."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    decade = 10.0 ** math.floor(math.log10(value))
    for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10):
        if step * decade >= value * (1 - 1e-12):
            return min(step * decade, HIGHEST)
    return min(10 * decade, HIGHEST)


def steady_top(top: float, highest: float) -> float:
    """The bound `top` as long as it suits `highest`: a scale that changes with every picture cannot be read.

    It changes to a nice ceiling when it is outgrown, or when a third of it would do.
    """
    return top if top > 0 and top / 3 <= highest <= top else nice_ceiling(highest)


def one_two_five(value: float, up: bool) -> float:
    """The nearest of 1, 2, 5 times a power of ten that is not below (`up`) or not above `value` > 0."""
    decade = 10.0 ** math.floor(math.log10(value))
    steps = [s * decade for s in (1.0, 2.0, 5.0, 10.0)]
    if up:
        return min(next((s for s in steps if s >= value * (1 - 1e-9)), steps[-1]), HIGHEST)
    return next((s for s in reversed(steps) if s <= value * (1 + 1e-9)), steps[0])


def ticks(high: float, about: int) -> list[float]:
    """About `about` round marks from 0 to `high`, both ends included where they are round."""
    raw = high / max(1, about)
    decade = 10.0 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = next(s * decade for s in (1, 2, 2.5, 5, 10) if s * decade >= raw * (1 - 1e-9))
    return [k * step for k in range(int(high / step + 1e-9) + 1)]


def decades(low: float, high: float) -> tuple[int, int]:
    """Exponents (first, last) with 10^first <= low and high <= 10^last, at least one apart."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    return first, max(last, first + 1)


def tick_label(value: float) -> str:
    """A short way to write an axis mark: 0, 0.5, 200, 1500, 2×10⁶, 5×10⁻⁴."""
    if not value or 1e-3 <= abs(value) < 1e5:
        return f"{value:g}".replace("-", MINUS)
    exponent = math.floor(math.log10(abs(value)) + 1e-12)
    mantissa = f"{value / 10.0**exponent:g}".replace("-", MINUS)
    return f"10{power(exponent)}" if mantissa == "1" else f"{mantissa}×10{power(exponent)}"
