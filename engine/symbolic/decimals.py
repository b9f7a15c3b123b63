"""Numbers that are known by their digits only, kept as fractions over a power of ten.

Nobody types so many digits, so such a fraction can be told from one that is meant; it is
shown as 0.7878... and handed to SymPy with all its digits.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_KEPT = 20  # digits behind the point
_LEAST = 10**14  # of the denominator: 12 digits can be typed, and the last ones may be zeros
_SHOWN = 4


def by_decimals(value: Decimal) -> Fraction:
    """`value` cut to the digits that are kept; the last one is odd, so that the fraction keeps them all."""
    digits = int(abs(value) * 10**_KEPT) // 10 * 10 + 1
    return Fraction(-digits if value < 0 else digits, 10**_KEPT)


def decimals(value: Fraction) -> str | None:
    """All digits of such a number, e.g. "0.69424191363061730171"; None for a fraction that is meant."""
    below = value.denominator
    if below < _LEAST or 10**_KEPT % below:
        return None
    digits = f"{abs(value.numerator) * (10**_KEPT // below):0{_KEPT + 1}d}"
    return f"{'-' if value < 0 else ''}{digits[:-_KEPT]}.{digits[-_KEPT:]}"


def shortened(digits: str) -> str:
    """The first of `digits`; dots are to follow."""
    return digits[: digits.index(".") + 1 + _SHOWN]
