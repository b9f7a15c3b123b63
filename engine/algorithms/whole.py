"""Logarithms and roots of whole numbers and fractions, rounded down and never off by one."""

from __future__ import annotations

import math
from fractions import Fraction


def whole_log(value: Fraction | int, base: int) -> int:
    """floor(log_base(value)). Raises ValueError unless value >= 1 and base >= 2."""
    if value < 1 or base < 2:
        raise ValueError(f"log_{base} of {value}")
    number = math.floor(value)
    if base == 2:
        return number.bit_length() - 1
    found = max(0, int((number.bit_length() - 1) / math.log2(base)) - 1)
    reached = base**found
    while reached * base <= number:
        reached, found = reached * base, found + 1
    return found


def root_floor(value: int, degree: int) -> int:
    """floor(value^(1/degree)). Raises ValueError for a negative value."""
    if value < 0:
        raise ValueError(f"root of {value}")
    if degree == 2:
        return math.isqrt(value)
    if value == 0:
        return 0
    root = 1 << -(-value.bit_length() // degree)  # not below the root; Newton's steps fall onto it
    while (lower := ((degree - 1) * root + value // root ** (degree - 1)) // degree) < root:
        root = lower
    return root
