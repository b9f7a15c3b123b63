# ruff: noqa: E501 - a table: one recurrence, one row
"""Recurrences that divide n, with the class that is known of them from textbooks or worked out by hand.

(text, the same in Python for whole n, class): the function gives T(n) from T and n and knows nothing of
the parser or the solvers; below its first value it is not asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable

Rule = Callable[[Callable[[int], float], int], float]

lg = math.log2


def ceil(a: int, b: int) -> int:
    return -(-a // b)


SPLIT: list[tuple[str, Rule, str]] = [
    # several fractions of n
    ("T(n)=T(n/2)+T(n/3)+n", lambda T, n: T(n // 2) + T(n // 3) + n, "Θ(n)"),
    ("T(n)=T(n/3)+T(2n/3)+n", lambda T, n: T(n // 3) + T(2 * n // 3) + n, "Θ(n log n)"),
    ("T(n)=T(n/4)+T(3n/4)+n", lambda T, n: T(n // 4) + T(3 * n // 4) + n, "Θ(n log n)"),
    ("T(n)=T(n/10)+T(9n/10)+n", lambda T, n: T(n // 10) + T(9 * n // 10) + n, "Θ(n log n)"),
    ("T(n)=T(n/5)+T(7n/10)+n", lambda T, n: T(n // 5) + T(7 * n // 10) + n, "Θ(n)"),
    ("T(n)=T(ceil(n/5))+T(7n/10+6)+n", lambda T, n: T(ceil(n, 5)) + T(7 * n // 10 + 6) + n if n > 20 else 1, "Θ(n)"),
    ("T(n)=T(n/2)+T(n/4)+T(n/8)+n", lambda T, n: T(n // 2) + T(n // 4) + T(n // 8) + n, "Θ(n)"),
    ("T(n)=T(n/2)+T(n/3)+T(n/6)+n", lambda T, n: T(n // 2) + T(n // 3) + T(n // 6) + n, "Θ(n log n)"),
    ("T(n)=T(n/2)+2T(n/4)+1", lambda T, n: T(n // 2) + 2 * T(n // 4) + 1, "Θ(n)"),
    ("T(n)=T(n/2)+2T(n/4)+n", lambda T, n: T(n // 2) + 2 * T(n // 4) + n, "Θ(n log n)"),
    ("T(n)=T(n/2)+T(n/4)+1", lambda T, n: T(n // 2) + T(n // 4) + 1, "Θ(n^(log_2 ((1 + sqrt(5))/2)))"),
    ("T(n)=T(n/2)+T(n/4)", lambda T, n: T(n // 2) + T(n // 4), "Θ(n^(log_2 ((1 + sqrt(5))/2)))"),
    ("T(n)=T(n/3)+T(n/6)+1", lambda T, n: T(n // 3) + T(n // 6) + 1, "Θ(n^0.4895...)"),
    ("T(n)=T(n/2)+T(n/3)+1", lambda T, n: T(n // 2) + T(n // 3) + 1, "Θ(n^0.7878...)"),
    ("T(n)=3T(n/3)+T(n/9)+n", lambda T, n: 3 * T(n // 3) + T(n // 9) + n, "Θ(n^(log_3 ((3 + sqrt(13))/2)))"),
    ("T(n)=T(n/4)+T(n/2)+n^2", lambda T, n: T(n // 4) + T(n // 2) + n**2, "Θ(n^2)"),
    ("T(n)=T(n/2)+4T(n/4)+n^2", lambda T, n: T(n // 2) + 4 * T(n // 4) + n**2, "Θ(n^2)"),
    ("T(n)=2T(n/4)+3T(n/6)+n log n", lambda T, n: 2 * T(n // 4) + 3 * T(n // 6) + n * lg(n), "Θ(n (log n)^2)"),
    # moved places
    ("T(n)=2T(n/2+17)+n", lambda T, n: 2 * T(n // 2 + 17) + n if n > 34 else 1, "Θ(n log n)"),
    ("T(n)=2T(floor(n/2)-1)+n", lambda T, n: 2 * T(n // 2 - 1) + n, "Θ(n log n)"),
    ("T(n)=4T(n/2+2)+n", lambda T, n: 4 * T(n // 2 + 2) + n if n > 4 else 1, "Θ(n^2)"),
    ("T(n)=3T(n/3-2)+n/2", lambda T, n: 3 * T(n // 3 - 2) + n / 2, "Θ(n log n)"),
    ("T(n)=2T(n/2+sqrt n)+n", lambda T, n: 2 * T(n // 2 + math.isqrt(n)) + n if n > 4 else 1, "Θ(n log n)"),
    ("T(n)=T(ceil(2n/3))+1", lambda T, n: T(ceil(2 * n, 3)) + 1 if n > 2 else 1, "Θ(log n)"),
    # the border of the master theorem, and its gaps
    ("T(n)=2T(n/2)+n/log n", lambda T, n: 2 * T(n // 2) + n / lg(n), "Θ(n log (log n))"),
    ("T(n)=3T(n/3)+n/log n", lambda T, n: 3 * T(n // 3) + n / lg(n), "Θ(n log (log n))"),
    ("T(n)=4T(n/2)+n^2/log n", lambda T, n: 4 * T(n // 2) + n**2 / lg(n), "Θ(n^2 log (log n))"),
    ("T(n)=2T(n/2)+n/log^2 n", lambda T, n: 2 * T(n // 2) + n / lg(n) ** 2, "Θ(n)"),
    ("T(n)=2T(n/2)+n log log n", lambda T, n: 2 * T(n // 2) + n * lg(lg(n)), "Θ(n log n * log (log n))"),
    ("T(n)=T(n/2)+log log n", lambda T, n: T(n // 2) + lg(lg(n)), "Θ(log n * log (log n))"),
    ("T(n)=T(n/2)+1/log n", lambda T, n: T(n // 2) + 1 / lg(n), "Θ(log (log n))"),
    ("T(n)=2T(n/2)+n/log log n, T(2)=1", lambda T, n: 2 * T(n // 2) + n / lg(lg(n)) if n > 2 else 1, "Θ(n log n/(log (log n)))"),
    ("T(n)=2T(n/2)+n/(log n log log n), T(2)=1", lambda T, n: 2 * T(n // 2) + n / (lg(n) * lg(lg(n))) if n > 2 else 1, "Θ(n log (log (log n)))"),
    ("T(n)=4T(n/2)+n^2 sqrt(log n)", lambda T, n: 4 * T(n // 2) + n**2 * lg(n) ** 0.5, "Θ(n^2 (log n)^(3/2))"),
    ("T(n)=3T(n/2)+n^1.5", lambda T, n: 3 * T(n // 2) + n**1.5, "Θ(n^(log_2 3))"),
    ("T(n)=3T(n/2)+n^(log_2 3)", lambda T, n: 3 * T(n // 2) + n ** lg(3), "Θ(n^(log_2 3) log n)"),
    ("T(n)=2T(n/4)+n^0.6", lambda T, n: 2 * T(n // 4) + n**0.6, "Θ(n^(3/5))"),
    ("T(n)=3T(n/4)+n log n", lambda T, n: 3 * T(n // 4) + n * lg(n), "Θ(n log n)"),
    ("T(n)=0.5T(n/2)+n", lambda T, n: T(n // 2) / 2 + n, "Θ(n)"),
    ("T(n)=T(n/2)+n(4-cos n)", lambda T, n: T(n // 2) + n * (4 - math.cos(n)), "Θ(n)"),
    ("T(n)=2T(n/2)+n log n - n", lambda T, n: 2 * T(n // 2) + n * lg(n) - n, "Θ(n (log n)^2)"),
    # a root in front
    ("T(n)=√2 T(n/2)+log n", lambda T, n: math.sqrt(2) * T(n // 2) + lg(n), "Θ(sqrt(n))"),
    ("T(n)=\\sqrt{2}T(n/2)+\\sqrt{n}", lambda T, n: math.sqrt(2) * T(n // 2) + math.sqrt(n), "Θ(sqrt(n) log n)"),
    ("T(n)=2√2 T(n/2)+n", lambda T, n: math.sqrt(8) * T(n // 2) + n, "Θ(n^(3/2))"),
    ("T(n)=√3 T(n/2)+1", lambda T, n: math.sqrt(3) * T(n // 2) + 1, "Θ(n^(1/2 log_2 3))"),
    ("T(n)=2T(n/2)+log(n!)", lambda T, n: 2 * T(n // 2) + math.lgamma(n + 1) / math.log(2), "Θ(n (log n)^2)"),
]  # fmt: skip

FAST: list[tuple[str, Rule, str]] = [  # f outgrows every power of n
    ("T(n)=T(n/2)+2^n", lambda T, n: T(n // 2) + 2.0**n, "Θ(2^n)"),
    ("T(n)=16T(n/4)+n!", lambda T, n: 16 * T(n // 4) + math.factorial(n), "Θ(n!)"),
    ("T(n)=2T(n/2)+2^(sqrt n)", lambda T, n: 2 * T(n // 2) + 2 ** math.sqrt(n), "Θ(2^sqrt(n))"),
    ("T(n)=4T(n/2)+n^n", lambda T, n: 4 * T(n // 2) + float(n**n), "Θ(n^n)"),
    ("T(n)=T(n/3)+T(n/2)+3^n", lambda T, n: T(n // 3) + T(n // 2) + 3.0**n, "Θ(3^n)"),
]  # fmt: skip

ROOTS: list[tuple[str, Rule, str]] = [  # a root of n is taken
    ("T(n)=T(sqrt n)+1", lambda T, n: T(math.isqrt(n)) + 1 if n > 2 else 1, "Θ(log (log n))"),
    ("T(n)=2T(sqrt n)+log n", lambda T, n: 2 * T(math.isqrt(n)) + lg(n) if n > 2 else 1, "Θ(log n * log (log n))"),
    ("T(n)=2T(sqrt n)+1", lambda T, n: 2 * T(math.isqrt(n)) + 1 if n > 2 else 1, "Θ(log n)"),
    ("T(n)=3T(sqrt n)+log n", lambda T, n: 3 * T(math.isqrt(n)) + lg(n) if n > 2 else 1, "Θ((log n)^(log_2 3))"),
    ("T(n)=sqrt(n) T(sqrt n)+n", lambda T, n: math.isqrt(n) * T(math.isqrt(n)) + n if n > 2 else 1, "Θ(n log (log n))"),
    ("T(n)=sqrt(n) T(sqrt n)+n log n", lambda T, n: math.isqrt(n) * T(math.isqrt(n)) + n * lg(n) if n > 2 else 1, "Θ(n log n)"),
    ("T(n)=2sqrt(n) T(sqrt n)+n, T(2)=3", lambda T, n: 2 * math.isqrt(n) * T(math.isqrt(n)) + n if n > 2 else 3, "Θ(n log n)"),
    ("T(n)=√n T(√n)+n^2", lambda T, n: math.isqrt(n) * T(math.isqrt(n)) + n**2 if n > 2 else 1, "Θ(n^2)"),
    ("T(n)=T(sqrt n)+n", lambda T, n: T(math.isqrt(n)) + n if n > 2 else 1, "Θ(n)"),
    ("T(n)=T(floor(sqrt n))+1, T(1)=1", lambda T, n: T(math.isqrt(n)) + 1 if n > 1 else 1, "Θ(log (log n))"),
    ("T(n)=T(sqrt n)+log log n", lambda T, n: T(math.isqrt(n)) + lg(lg(n)) if n > 2 else 1, "Θ((log (log n))^2)"),
    ("T(n)=4T(sqrt n)+log^2 n", lambda T, n: 4 * T(math.isqrt(n)) + lg(n) ** 2 if n > 2 else 1, "Θ((log n)^2 log (log n))"),
    ("T(n)=4T(sqrt n)+log^5 n", lambda T, n: 4 * T(math.isqrt(n)) + lg(n) ** 5 if n > 2 else 1, "Θ((log n)^5)"),
    ("T(n)=2T(sqrt n), T(4)=3", lambda T, n: 2 * T(math.isqrt(n)) if n > 4 else 3, "Θ(log n)"),
    ("T(n)=T(sqrt n)+T(n^(1/4))+log n", lambda T, n: T(math.isqrt(n)) + T(math.isqrt(math.isqrt(n))) + lg(n) if n > 2 else 1, "Θ(log n)"),
    ("T(n)=2T(sqrt n)+log n/log log n", lambda T, n: 2 * T(math.isqrt(n)) + lg(n) / lg(lg(n)) if n > 2 else 1, "Θ(log n * log (log (log n)))"),
]  # fmt: skip
