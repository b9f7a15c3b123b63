# ruff: noqa: E501 - a table: one recurrence, one row
"""Recurrences with what is known of them from elsewhere: the same in Python, first values, the class.

(text, function, class): the function gives T(n) from T and n, and is written here by hand; it knows
nothing of the parser or the solvers. Classes are from textbooks or worked out by hand; "" where there
is none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

Sequence = Callable[[Callable[[Fraction], Fraction], Fraction], Fraction]


def _log2(n: Fraction) -> Fraction:
    return Fraction(n.numerator.bit_length() - 1)


def _log(n: Fraction, base: int) -> Fraction:
    return Fraction(round(math.log(n, base)))


def _root(n: Fraction) -> Fraction:
    return Fraction(math.isqrt(int(n)))


RECURRENCES: list[tuple[str, Sequence, str]] = [
    # T(n-1), homogeneous or with a constant
    ("T(n) = 3T(n-1), T(0)=1", lambda T, n: 3 * T(n - 1) if n else 1, "Θ(3^n)"),
    ("T(n)=2T(n-1)-1, T(0)=1", lambda T, n: 2 * T(n - 1) - 1 if n else 1, "Θ(1)"),
    ("T(n)=2T(n-1)-1, T(0)=2", lambda T, n: 2 * T(n - 1) - 1 if n else 2, "Θ(2^n)"),
    ("T(n)=2T(n-1)+1, T(0)=0", lambda T, n: 2 * T(n - 1) + 1 if n else 0, "Θ(2^n)"),
    ("T(n)=2T(n-1)+1, T(1)=1", lambda T, n: 2 * T(n - 1) + 1 if n > 1 else 1, "Θ(2^n)"),
    ("T(n)=T(n-1)+1, T(0)=0", lambda T, n: T(n - 1) + 1 if n else 0, "Θ(n)"),
    ("T(n)=T(n-1)+5, T(1)=2", lambda T, n: T(n - 1) + 5 if n > 1 else 2, "Θ(n)"),
    ("T(n)=T(n-1), T(0)=7", lambda T, n: T(n - 1) if n else 7, "Θ(1)"),
    ("T(n)=T(n-1)/2+1, T(0)=0", lambda T, n: T(n - 1) / 2 + 1 if n else 0, "Θ(1)"),
    ("T(n)=T(n-1)/2, T(0)=1", lambda T, n: T(n - 1) / 2 if n else 1, "Θ(1/(2^n))"),
    ("T(n)=1.5T(n-1)+1, T(0)=0", lambda T, n: T(n - 1) * 3 / 2 + 1 if n else 0, "Θ((3/2)^n)"),
    ("a_n = 3a_{n-1} + 2, a_0 = 1", lambda T, n: 3 * T(n - 1) + 2 if n else 1, "Θ(3^n)"),
    ("a_{n+1} = 3a_n + 2, a_0 = 1", lambda T, n: 3 * T(n - 1) + 2 if n else 1, "Θ(3^n)"),
    ("T(n)=T(n-1)+T(n-1)+1, T(0)=0", lambda T, n: 2 * T(n - 1) + 1 if n else 0, "Θ(2^n)"),
    ("T(n)=2(T(n-1)+1), T(0)=0", lambda T, n: 2 * (T(n - 1) + 1) if n else 0, "Θ(2^n)"),
    ("T(n)=3T(n-1), T(5)=7", lambda T, n: 3 * T(n - 1) if n > 5 else 7, "Θ(3^n)"),
    # T(n-1) with a sum to do
    ("T(n)=T(n-1)+n, T(0)=0", lambda T, n: T(n - 1) + n if n else 0, "Θ(n^2)"),
    ("T(n)=T(n-1)+n, T(1)=1", lambda T, n: T(n - 1) + n if n > 1 else 1, "Θ(n^2)"),
    ("T(n)=T(n-1)+2n-1, T(0)=0", lambda T, n: T(n - 1) + 2 * n - 1 if n else 0, "Θ(n^2)"),
    ("T(n)=T(n-1)+n^2, T(0)=0", lambda T, n: T(n - 1) + n**2 if n else 0, "Θ(n^3)"),
    ("T(n)=T(n-1)+n(n-1)/2, T(0)=0", lambda T, n: T(n - 1) + n * (n - 1) / 2 if n else 0, "Θ(n^3)"),
    ("T(n)=T(n-1)+2^n, T(0)=1", lambda T, n: T(n - 1) + 2 ** int(n) if n else 1, "Θ(2^n)"),
    ("T(n)=2T(n-1)+n, T(0)=1", lambda T, n: 2 * T(n - 1) + n if n else 1, "Θ(2^n)"),
    ("T(n)=2T(n-1)+n-1, T(1)=1", lambda T, n: 2 * T(n - 1) + n - 1 if n > 1 else 1, "Θ(2^n)"),
    ("T(n)=2T(n-1)+2^n, T(0)=1", lambda T, n: 2 * T(n - 1) + 2 ** int(n) if n else 1, "Θ(n * 2^n)"),
    ("T(n)=2T(n-1)+n 2^n, T(0)=0", lambda T, n: 2 * T(n - 1) + n * 2 ** int(n) if n else 0, "Θ(n^2 * 2^n)"),
    ("T(n)=3T(n-1)+2^n, T(0)=1", lambda T, n: 3 * T(n - 1) + 2 ** int(n) if n else 1, "Θ(3^n)"),
    ("T(n)=3T(n-1)+n^2, T(0)=0", lambda T, n: 3 * T(n - 1) + n**2 if n else 0, "Θ(3^n)"),
    ("T(n)=T(n-1)+(n+1)^3-n^3, T(0)=1", lambda T, n: T(n - 1) + (n + 1) ** 3 - n**3 if n else 1, "Θ(n^3)"),
    ("f(n+1)=f(n)+n, n>=0, f(0)=0", lambda T, n: T(n - 1) + n - 1 if n else 0, "Θ(n^2)"),
    ("T(n)=T(n-1)+n/2^n, T(0)=1", lambda T, n: T(n - 1) + n / 2 ** int(n) if n else 1, "Θ(1)"),
    ("T(n)=2T(n-1)-n, T(0)=2", lambda T, n: 2 * T(n - 1) - n if n else 2, "Θ(n)"),
    # of higher order
    ("F(n)=F(n-1)+F(n-2), F(0)=0, F(1)=1", lambda T, n: T(n - 1) + T(n - 2) if n > 1 else n, "Θ(((1 + sqrt(5))/2)^n)"),
    ("T(n)=T(n-1)+T(n-2)+1, T(0)=1, T(1)=1", lambda T, n: T(n - 1) + T(n - 2) + 1 if n > 1 else 1, "Θ(((1 + sqrt(5))/2)^n)"),
    ("T(n)=5T(n-1)-6T(n-2), T(0)=0, T(1)=1", lambda T, n: 5 * T(n - 1) - 6 * T(n - 2) if n > 1 else n, "Θ(3^n)"),
    ("T(n)=4T(n-1)-4T(n-2), T(0)=1, T(1)=4", lambda T, n: 4 * T(n - 1) - 4 * T(n - 2) if n > 1 else 1 + 3 * n, "Θ(n * 2^n)"),
    ("T(n)=4T(n-1)-4T(n-2), T(0)=1, T(1)=2", lambda T, n: 4 * T(n - 1) - 4 * T(n - 2) if n > 1 else 1 + n, "Θ(2^n)"),
    ("T(n)=3T(n-1)-2T(n-2), T(0)=1, T(1)=1", lambda T, n: 3 * T(n - 1) - 2 * T(n - 2) if n > 1 else 1, "Θ(1)"),
    ("T(n)=T(n-2)+1, T(0)=0, T(1)=0", lambda T, n: T(n - 2) + 1 if n > 1 else 0, "Θ(n)"),
    ("T(n)=T(n-2)+n, T(0)=0, T(1)=1", lambda T, n: T(n - 2) + n if n > 1 else n, "Θ(n^2)"),
    ("T(n)=2T(n-2), T(0)=1, T(1)=1", lambda T, n: 2 * T(n - 2) if n > 1 else 1, "Θ(sqrt(2)^n)"),
    ("P(n)=2P(n-1)+P(n-2), P(0)=0, P(1)=1", lambda T, n: 2 * T(n - 1) + T(n - 2) if n > 1 else n, "Θ((1 + sqrt(2))^n)"),
    ("T(n)=6T(n-1)-11T(n-2)+6T(n-3), T(0)=1, T(1)=2, T(2)=5", lambda T, n: 6 * T(n - 1) - 11 * T(n - 2) + 6 * T(n - 3) if n > 2 else n**2 + 1, "Θ(3^n)"),
    ("T(n)=3T(n-1)-3T(n-2)+T(n-3), T(0)=0, T(1)=1, T(2)=4", lambda T, n: 3 * T(n - 1) - 3 * T(n - 2) + T(n - 3) if n > 2 else n**2, "Θ(n^2)"),
    # with signs
    ("T(n)=-T(n-1), T(0)=1", lambda T, n: -T(n - 1) if n else 1, "Θ(1)"),
    ("T(n)=-2T(n-1)+3, T(0)=1", lambda T, n: -2 * T(n - 1) + 3 if n else 1, "Θ(1)"),
    ("T(n)=-2T(n-1)+3, T(0)=2", lambda T, n: -2 * T(n - 1) + 3 if n else 2, "Θ(2^n)"),
    ("T(n)=T(n-1)-1, T(0)=0", lambda T, n: T(n - 1) - 1 if n else 0, "Θ(n)"),
    ("T(n)=3T(n-1), T(0)=0", lambda T, n: 3 * T(n - 1) if n else 0, ""),
    ("T(n)=-T(n-1)+n, T(0)=0", lambda T, n: -T(n - 1) + n if n else 0, "Θ(n)"),
    ("T(n)=4T(n-2), T(0)=0, T(1)=1", lambda T, n: 4 * T(n - 2) if n > 1 else n, ""),
    # T(n/b)
    ("T(n)=T(n/2)+1, T(1)=1", lambda T, n: T(n / 2) + 1 if n > 1 else 1, "Θ(log n)"),
    ("T(n)=T(n/2)+n, T(1)=1", lambda T, n: T(n / 2) + n if n > 1 else 1, "Θ(n)"),
    ("T(n)=2T(n/2)+1, T(1)=1", lambda T, n: 2 * T(n / 2) + 1 if n > 1 else 1, "Θ(n)"),
    ("T(n)=2T(n/2)+n, T(1)=1", lambda T, n: 2 * T(n / 2) + n if n > 1 else 1, "Θ(n log n)"),
    ("T(n)=2T(n/2)+n, T(1)=0", lambda T, n: 2 * T(n / 2) + n if n > 1 else 0, "Θ(n log n)"),
    ("T(n)=2T(n/2)+n, T(1)=1000000", lambda T, n: 2 * T(n / 2) + n if n > 1 else 10**6, "Θ(n log n)"),
    ("T(n)=2T(n/2)+n, T(4)=3", lambda T, n: 2 * T(n / 2) + n if n > 4 else 3, "Θ(n log n)"),
    ("T(n)=2T(n/2)+n-1, T(1)=0", lambda T, n: 2 * T(n / 2) + n - 1 if n > 1 else 0, "Θ(n log n)"),
    ("T(n)=2T(n/2)+n^2, T(1)=1", lambda T, n: 2 * T(n / 2) + n**2 if n > 1 else 1, "Θ(n^2)"),
    ("T(n)=2T(n/2), T(1)=3", lambda T, n: 2 * T(n / 2) if n > 1 else 3, "Θ(n)"),
    ("T(n)=3T(n/2)+n, T(1)=1", lambda T, n: 3 * T(n / 2) + n if n > 1 else 1, "Θ(n^(log_2 3))"),
    ("T(n)=4T(n/2)+n, T(1)=1", lambda T, n: 4 * T(n / 2) + n if n > 1 else 1, "Θ(n^2)"),
    ("T(n)=4T(n/2)+n^2, T(1)=1", lambda T, n: 4 * T(n / 2) + n**2 if n > 1 else 1, "Θ(n^2 log n)"),
    ("T(n)=4T(n/2)+n^3, T(1)=1", lambda T, n: 4 * T(n / 2) + n**3 if n > 1 else 1, "Θ(n^3)"),
    ("T(n)=7T(n/2)+n^2, T(1)=1", lambda T, n: 7 * T(n / 2) + n**2 if n > 1 else 1, "Θ(n^(log_2 7))"),
    ("T(n)=8T(n/2)+1000n^2, T(1)=1", lambda T, n: 8 * T(n / 2) + 1000 * n**2 if n > 1 else 1, "Θ(n^3)"),
    ("T(n)=9T(n/3)+n, T(1)=1", lambda T, n: 9 * T(n / 3) + n if n > 1 else 1, "Θ(n^2)"),
    ("T(n)=2T(n/4)+sqrt(n), T(1)=1", lambda T, n: 2 * T(n / 4) + _root(n) if n > 1 else 1, "Θ(sqrt(n) log n)"),
    ("T(n)=2T(n/2)+n log n, T(1)=1", lambda T, n: 2 * T(n / 2) + n * _log2(n) if n > 1 else 1, "Θ(n (log n)^2)"),
    ("T(n)=T(n/2)+log n, T(1)=1", lambda T, n: T(n / 2) + _log2(n) if n > 1 else 1, "Θ((log n)^2)"),
    ("T(n)=3T(n/4)+n log_4 n, T(1)=1", lambda T, n: 3 * T(n / 4) + n * _log(n, 4) if n > 1 else 1, "Θ(n log n)"),
    ("T(n)=2T(n/2)-1, T(1)=1", lambda T, n: 2 * T(n / 2) - 1 if n > 1 else 1, "Θ(1)"),
    ("T(n)=2T(n/2)+1, T(1)=-1", lambda T, n: 2 * T(n / 2) + 1 if n > 1 else -1, "Θ(1)"),
    ("T(n)=T(floor(n/2))+T(ceil(n/2))+n, T(1)=1", lambda T, n: T(n // 2) + T(-(-n // 2)) + n if n > 1 else 1, "Θ(n log n)"),
    ("T(n)=T(floor(n/2))+1, T(0)=0", lambda T, n: T(n // 2) + 1 if n else 0, "Θ(log n)"),
    ("T(n)=T(2n/3)+1, T(1)=1", lambda T, n: T(n * 2 / 3) + 1 if n > 1 else 1, "Θ(log n)"),
    ("T(n)=T(n/2)/2+1/n, T(1)=1", lambda T, n: T(n / 2) / 2 + 1 / n if n > 1 else 1, "Θ(log n/n)"),
    # only the class: no formula made of fractions
    ("T(n)=3T(n/3)+sqrt(n), T(1)=1", lambda T, n: 3 * T(n / 3) + Fraction(math.sqrt(n)) if n > 1 else 1, "Θ(n)"),
    ("T(n)=3T(n/3)+n log n, T(1)=1", lambda T, n: 3 * T(n / 3) + n * Fraction(math.log2(n)) if n > 1 else 1, "Θ(n (log n)^2)"),
    ("T(n)=6T(n/3)+n^2 log n, T(1)=1", lambda T, n: 6 * T(n / 3) + n**2 * Fraction(math.log2(n)) if n > 1 else 1, "Θ(n^2 log n)"),
    ("T(n)=2T(n/2)+n, T(3)=3", lambda T, n: 2 * T(n / 2) + n if n > 3 else 3, "Θ(n log n)"),
    # no first value typed
    ("T(n)=3T(n-1)", lambda T, n: 3 * T(n - 1) if n else 1, "Θ(3^n)"),
    ("T(n)=2T(n-1)-1", lambda T, n: 2 * T(n - 1) - 1 if n else 2, "Θ(2^n)"),
    ("T(n)=2T(n/2)+n", lambda T, n: 2 * T(n / 2) + n if n > 1 else 1, "Θ(n log n)"),
]  # fmt: skip
