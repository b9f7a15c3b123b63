# ruff: noqa: E501 - a table: one recurrence, one row
"""Recurrences of T(n-1), T(n-2), ... and of whole histories, with what textbooks know of them.

(text, function, class): as in `solved_recurrences.py`: the function gives T(n) from T and n and knows
nothing of the parser or the solvers; "" where there is no class. CLRS, Knuth, Graham/Knuth/Patashnik,
Rosen, Sedgewick, Levitin and the courses have most of these as exercises, with other letters.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction as F  # noqa: N817 - it stands in each row
from typing import Any

Sequence = Callable[[Callable[[int], Any], int], Any]


def fact(n: int) -> int:
    return math.factorial(n)


def total(T: Callable[[int], Any], low: int, high: int) -> Any:
    return sum((T(i) for i in range(low, high + 1)), F(0))


STEPWISE: list[tuple[str, Sequence, str]] = [
    # complex roots
    ("T(n)=T(n-1)-T(n-2), T(0)=0, T(1)=1", lambda T, n: T(n - 1) - T(n - 2) if n > 1 else n, ""),
    ("T(n)=T(n-1)-T(n-2), T(0)=1, T(1)=2", lambda T, n: T(n - 1) - T(n - 2) if n > 1 else 1 + n, "Θ(1)"),
    ("T(n)=2T(n-1)-2T(n-2), T(0)=1, T(1)=1", lambda T, n: 2 * T(n - 1) - 2 * T(n - 2) if n > 1 else 1, ""),
    ("T(n)=2T(n-1)-2T(n-2), T(0)=0, T(1)=1", lambda T, n: 2 * T(n - 1) - 2 * T(n - 2) if n > 1 else n, ""),
    ("T(n)=-T(n-2), T(0)=1, T(1)=1", lambda T, n: -T(n - 2) if n > 1 else 1, "Θ(1)"),
    ("T(n)=-T(n-2), T(0)=1, T(1)=0", lambda T, n: -T(n - 2) if n > 1 else 1 - n, ""),
    ("T(n)=-4T(n-2), T(0)=1, T(1)=3", lambda T, n: -4 * T(n - 2) if n > 1 else 1 + 2 * n, "Θ(2^n)"),
    ("T(n)=2T(n-1)-3T(n-2), T(0)=1, T(1)=1", lambda T, n: 2 * T(n - 1) - 3 * T(n - 2) if n > 1 else 1, ""),
    ("T(n)=2T(n-1)-5T(n-2), T(0)=1, T(1)=5", lambda T, n: 2 * T(n - 1) - 5 * T(n - 2) if n > 1 else 1 + 4 * n, ""),
    ("T(n)=T(n-3), T(0)=1, T(1)=2, T(2)=3", lambda T, n: T(n - 3) if n > 2 else n + 1, "Θ(1)"),
    ("T(n)=T(n-4), T(0)=1, T(1)=2, T(2)=3, T(3)=4", lambda T, n: T(n - 4) if n > 3 else n + 1, "Θ(1)"),
    ("T(n)=T(n-3)+1, T(0)=0, T(1)=0, T(2)=0", lambda T, n: T(n - 3) + 1 if n > 2 else 0, "Θ(n)"),
    ("T(n)=-T(n-2)+n, T(0)=0, T(1)=0", lambda T, n: -T(n - 2) + n if n > 1 else 0, "Θ(n)"),
    ("T(n)=-2T(n-2)-T(n-4), T(0)=1, T(1)=1, T(2)=1, T(3)=1", lambda T, n: -2 * T(n - 2) - T(n - 4) if n > 3 else 1, "Θ(n)"),
    ("T(n)=3T(n-1)-4T(n-2)+2T(n-3), T(0)=0, T(1)=1, T(2)=2", lambda T, n: 3 * T(n - 1) - 4 * T(n - 2) + 2 * T(n - 3) if n > 2 else n, ""),
    ("T(n)=4T(n-1)-6T(n-2)+4T(n-3), T(0)=1, T(1)=2, T(2)=4", lambda T, n: 4 * T(n - 1) - 6 * T(n - 2) + 4 * T(n - 3) if n > 2 else 2**n, "Θ(2^n)"),
    # roots without a formula, or of several square roots
    ("T(n)=T(n-1)+T(n-2)+T(n-3), T(0)=0, T(1)=0, T(2)=1", lambda T, n: T(n - 1) + T(n - 2) + T(n - 3) if n > 2 else n // 2, "Θ(1.8392...^n)"),
    ("T(n)=T(n-1)+T(n-2)+T(n-3)+T(n-4), T(0)=0, T(1)=0, T(2)=0, T(3)=1", lambda T, n: T(n - 1) + T(n - 2) + T(n - 3) + T(n - 4) if n > 3 else n // 3, "Θ(1.9275...^n)"),
    ("T(n)=T(n-2)+T(n-3), T(0)=3, T(1)=0, T(2)=2", lambda T, n: T(n - 2) + T(n - 3) if n > 2 else (3, 0, 2)[n], "Θ(1.3247...^n)"),
    ("T(n)=T(n-1)+T(n-3), T(0)=1, T(1)=1, T(2)=1", lambda T, n: T(n - 1) + T(n - 3) if n > 2 else 1, "Θ(1.4655...^n)"),
    ("T(n)=2T(n-3)+1, T(0)=0, T(1)=0, T(2)=0", lambda T, n: 2 * T(n - 3) + 1 if n > 2 else 0, "Θ(e^(1/3 ln 2 * n))"),
    ("T(n)=T(n-5)+n, T(0)=1, T(1)=1, T(2)=1, T(3)=1, T(4)=1", lambda T, n: T(n - 5) + n if n > 4 else 1, "Θ(n^2)"),
    ("T(n)=T(n-2)+T(n-4), T(0)=1, T(1)=1, T(2)=1, T(3)=1", lambda T, n: T(n - 2) + T(n - 4) if n > 3 else 1, "Θ(1.2720...^n)"),
    ("T(n)=T(n-1)+T(n-3), T(0)=0, T(1)=0, T(2)=0", lambda T, n: T(n - 1) + T(n - 3) if n > 2 else 0, ""),
    ("T(n)=T(n-2), T(0)=1, T(1)=5", lambda T, n: T(n - 2) if n > 1 else 1 + 4 * n, "Θ(1)"),
    ("T(n)=T(n-2), T(0)=0, T(1)=5", lambda T, n: T(n - 2) if n > 1 else 5 * n, ""),
    # resonance, alternating forcing
    ("T(n)=3T(n-1)-2T(n-2)+n 2^n, T(0)=0, T(1)=0", lambda T, n: 3 * T(n - 1) - 2 * T(n - 2) + n * 2**n if n > 1 else 0, "Θ(n^2 * 2^n)"),
    ("T(n)=4T(n-1)-4T(n-2)+2^n, T(0)=0, T(1)=1", lambda T, n: 4 * T(n - 1) - 4 * T(n - 2) + 2**n if n > 1 else n, "Θ(n^2 * 2^n)"),
    ("T(n)=T(n-1)+(-1)^n, T(0)=3", lambda T, n: T(n - 1) + (-1) ** n if n else 3, "Θ(1)"),
    ("T(n)=-T(n-1)+(-1)^n, T(0)=0", lambda T, n: -T(n - 1) + (-1) ** n if n else 0, "Θ(n)"),
    ("T(n)=2T(n-1)-T(n-2)+1, T(0)=0, T(1)=1", lambda T, n: 2 * T(n - 1) - T(n - 2) + 1 if n > 1 else n, "Θ(n^2)"),
    # sums with a formula
    ("T(n)=T(n-1)+1/n, T(0)=0", lambda T, n: T(n - 1) + F(1, n) if n else 0, "Θ(log n)"),
    ("T(n)=T(n-1)+1/n, T(1)=1", lambda T, n: T(n - 1) + F(1, n) if n > 1 else 1, "Θ(log n)"),
    ("T(n)=T(n-1)+2/n, T(1)=0", lambda T, n: T(n - 1) + F(2, n) if n > 1 else 0, "Θ(log n)"),
    ("T(n)=T(n-1)+1/(n(n+1)), T(0)=0", lambda T, n: T(n - 1) + F(1, n * (n + 1)) if n else 0, "Θ(1)"),
    ("T(n)=T(n-1)+1/((2n-1)(2n+1)), T(0)=0", lambda T, n: T(n - 1) + F(1, 4 * n * n - 1) if n else 0, "Θ(1)"),
    ("T(n)=T(n-1)+log n, T(1)=0", lambda T, n: T(n - 1) + math.log2(n) if n > 1 else 0, "Θ(n log n)"),
    ("T(n)=T(n-1)+ln n, T(1)=1", lambda T, n: T(n - 1) + math.log(n) if n > 1 else 1, "Θ(n log n)"),
    ("T(n)=T(n-1)+log(2n), T(0)=0", lambda T, n: T(n - 1) + math.log2(2 * n) if n else 0, "Θ(n log n)"),
    ("T(n)=T(n-1)+lg(n^2), T(1)=0", lambda T, n: T(n - 1) + 2 * math.log2(n) if n > 1 else 0, "Θ(n log n)"),
    ("T(n)=T(n-1)+n*n!, T(0)=0", lambda T, n: T(n - 1) + n * fact(n) if n else 0, "Θ(n! n)"),
    ("T(n)=T(n-1)+n/2^n, T(0)=0", lambda T, n: T(n - 1) + F(n, 2**n) if n else 0, "Θ(1)"),
    ("T(n)=T(n-1)+floor(n/2), T(0)=0", lambda T, n: T(n - 1) + n // 2 if n else 0, "Θ(n^2)"),
    ("T(n)=T(n-1)+ceil(n/2), T(0)=0", lambda T, n: T(n - 1) + (n + 1) // 2 if n else 0, "Θ(n^2)"),
    ("T(n)=T(n-1)+floor(n/3), T(0)=0", lambda T, n: T(n - 1) + n // 3 if n else 0, "Θ(n^2)"),
    ("T(n)=2T(n-1)+2^n/n, T(0)=0", lambda T, n: 2 * T(n - 1) + F(2**n, n) if n else 0, "Θ(2^n log n)"),
    ("T(n)=2T(n-1)+2^n log n, T(1)=0", lambda T, n: 2 * T(n - 1) + 2**n * math.log2(n) if n > 1 else 0, "Θ(n * 2^n log n)"),
    ("T(n)=T(n-1)+n^13, T(0)=0", lambda T, n: T(n - 1) + n**13 if n else 0, "Θ(n^14)"),
    ("T(n)=T(n-1)+(n-1)/n!, T(0)=0", lambda T, n: T(n - 1) + F(n - 1, fact(n)) if n else 0, "Θ(1)"),
    # sums without one
    ("T(n)=T(n-1)+sqrt(n), T(0)=0", lambda T, n: T(n - 1) + math.sqrt(n) if n else 0, "Θ(n^(3/2))"),
    ("T(n)=T(n-1)+1/sqrt(n), T(0)=0", lambda T, n: T(n - 1) + 1 / math.sqrt(n) if n else 0, "Θ(sqrt(n))"),
    ("T(n)=T(n-1)+n^1.5, T(0)=0", lambda T, n: T(n - 1) + n**1.5 if n else 0, "Θ(n^(5/2))"),
    ("T(n)=T(n-1)+log^2 n, T(1)=0", lambda T, n: T(n - 1) + math.log2(n) ** 2 if n > 1 else 0, "Θ(n (log n)^2)"),
    ("T(n)=T(n-1)+n log n, T(1)=0", lambda T, n: T(n - 1) + n * math.log2(n) if n > 1 else 0, "Θ(n^2 log n)"),
    ("T(n)=T(n-1)+n^2 log n, T(1)=0", lambda T, n: T(n - 1) + n * n * math.log2(n) if n > 1 else 0, "Θ(n^3 log n)"),
    ("T(n)=T(n-1)+1/n^2, T(0)=0", lambda T, n: T(n - 1) + F(1, n * n) if n else 0, "Θ(1)"),
    ("T(n)=T(n-1)+n!, T(0)=1", lambda T, n: T(n - 1) + fact(n) if n else 1, "Θ(n!)"),
    ("T(n)=T(n-1)+n^n, T(0)=0", lambda T, n: T(n - 1) + n**n if n else 0, "Θ(n^n)"),
    ("T(n)=T(n-1)+2^n/n, T(0)=0", lambda T, n: T(n - 1) + F(2**n, n) if n else 0, "Θ(2^n/n)"),
    ("T(n)=T(n-1)+1/log n, T(1)=0", lambda T, n: T(n - 1) + 1 / math.log2(n) if n > 1 else 0, "Θ(n/(log n))"),
    ("T(n)=T(n-1)+1/(n log n), T(1)=0", lambda T, n: T(n - 1) + 1 / (n * math.log2(n)) if n > 1 else 0, "Θ(log (log n))"),
    ("T(n)=T(n-1)+log log n, T(2)=0", lambda T, n: T(n - 1) + math.log2(math.log2(n)) if n > 2 else 0, "Θ(n log (log n))"),
    ("T(n)=2T(n-1)+log n, T(1)=1", lambda T, n: 2 * T(n - 1) + math.log2(n) if n > 1 else 1, "Θ(2^n)"),
    ("T(n)=2T(n-1)+sqrt(n), T(0)=1", lambda T, n: 2 * T(n - 1) + math.sqrt(n) if n else 1, "Θ(2^n)"),
    ("T(n)=2T(n-1)+1/n, T(0)=1", lambda T, n: 2 * T(n - 1) + F(1, n) if n else 1, "Θ(2^n)"),
    ("T(n)=T(n-1)/2+log n, T(1)=1", lambda T, n: T(n - 1) / 2 + math.log2(n) if n > 1 else 1, "Θ(log n)"),
    ("T(n)=T(n-1)/2+1/n, T(0)=1", lambda T, n: T(n - 1) / 2 + F(1, n) if n else F(1), "Θ(1/n)"),
    ("T(n)=T(n-1)/3+n!, T(0)=1", lambda T, n: T(n - 1) / 3 + fact(n) if n else F(1), "Θ(n!)"),
    # factors that change with n
    ("T(n)=nT(n-1), T(0)=1", lambda T, n: n * T(n - 1) if n else 1, "Θ(n!)"),
    ("T(n)=nT(n-1)+1, T(0)=0", lambda T, n: n * T(n - 1) + 1 if n else 0, "Θ(n!)"),
    ("T(n)=nT(n-1)+n, T(0)=1", lambda T, n: n * T(n - 1) + n if n else 1, "Θ(n!)"),
    ("T(n)=nT(n-1)+n!, T(0)=1", lambda T, n: n * T(n - 1) + fact(n) if n else 1, "Θ(n! n)"),
    ("T(n)=nT(n-1)+2^n, T(0)=1", lambda T, n: n * T(n - 1) + 2**n if n else 1, "Θ(n!)"),
    ("T(n)=(n-1)T(n-1), T(1)=1", lambda T, n: (n - 1) * T(n - 1) if n > 1 else 1, "Θ(n!/n)"),
    ("T(n)=(n+1)T(n-1), T(0)=1", lambda T, n: (n + 1) * T(n - 1) if n else 1, "Θ(n! n)"),
    ("T(n)=2nT(n-1), T(0)=1", lambda T, n: 2 * n * T(n - 1) if n else 1, "Θ(n! * 2^n)"),
    ("T(n)=(2n-1)T(n-1), T(0)=1", lambda T, n: (2 * n - 1) * T(n - 1) if n else 1, "Θ(n! * 2^n/sqrt(n))"),
    ("T(n)=n^2 T(n-1), T(0)=1", lambda T, n: n * n * T(n - 1) if n else 1, "Θ((n!)^2)"),
    ("T(n)=T(n-1)/n, T(0)=1", lambda T, n: T(n - 1) / n if n else F(1), "Θ(1/(n!))"),
    ("T(n)=T(n-1)/n+1, T(0)=0", lambda T, n: T(n - 1) / n + 1 if n else F(0), "Θ(1)"),
    ("T(n)=(n-1)/n T(n-1)+1, T(1)=1", lambda T, n: F(n - 1, n) * T(n - 1) + 1 if n > 1 else 1, "Θ(n)"),
    ("T(n)=(n-1)/n T(n-1)+1/n, T(1)=0", lambda T, n: F(n - 1, n) * T(n - 1) + F(1, n) if n > 1 else 0, "Θ(1)"),
    ("T(n)=(n+1)/n T(n-1)+1, T(0)=0", lambda T, n: F(n + 1, n) * T(n - 1) + 1 if n else 0, "Θ(n log n)"),
    ("T(n)=(n+1)/n T(n-1)+2, T(0)=0", lambda T, n: F(n + 1, n) * T(n - 1) + 2 if n else 0, "Θ(n log n)"),
    ("T(n)=n/(n-1) T(n-1)+n, T(1)=1", lambda T, n: F(n, n - 1) * T(n - 1) + n if n > 1 else 1, "Θ(n^2)"),
    ("T(n)=n/(n-1) T(n-1)+1, T(1)=1", lambda T, n: F(n, n - 1) * T(n - 1) + 1 if n > 1 else 1, "Θ(n log n)"),
    ("T(n)=(1-2/n)T(n-1)+n, T(2)=1", lambda T, n: F(n - 2, n) * T(n - 1) + n if n > 2 else 1, "Θ(n^2)"),
    ("T(n)=(1+1/n)T(n-1), T(0)=1", lambda T, n: F(n + 1, n) * T(n - 1) if n else 1, "Θ(n)"),
    ("T(n)=(1+2/n)T(n-1)+1, T(0)=0", lambda T, n: F(n + 2, n) * T(n - 1) + 1 if n else 0, "Θ(n^2)"),
    ("T(n)=2^n T(n-1), T(0)=1", lambda T, n: 2**n * T(n - 1) if n else 1, "Θ(sqrt(2)^n * 2^(1/2 n^2))"),
    ("T(n)=3n/2 T(n-1), T(0)=2", lambda T, n: F(3 * n, 2) * T(n - 1) if n else F(2), "Θ(n! (3/2)^n)"),
    ("nT(n)=(n-2)T(n-1)+2, T(1)=1", lambda T, n: F(n - 2, n) * T(n - 1) + F(2, n) if n > 1 else 1, "Θ(1)"),
    # all that came before
    ("T(n)=sum_{i=0}^{n-1} T(i), T(0)=1", lambda T, n: total(T, 0, n - 1) if n else 1, "Θ(2^n)"),
    ("T(n)=1+sum_{i=0}^{n-1} T(i), T(0)=1", lambda T, n: 1 + total(T, 0, n - 1) if n else 1, "Θ(2^n)"),
    ("T(n)=1+2 sum_{i=0}^{n-1} T(i), T(0)=1", lambda T, n: 1 + 2 * total(T, 0, n - 1) if n else 1, "Θ(3^n)"),
    ("T(n)=n+sum_{i=0}^{n-1} T(i), T(0)=0", lambda T, n: n + total(T, 0, n - 1) if n else 0, "Θ(2^n)"),
    ("T(n)=sum_{i=1}^{n-1} T(i)+1, T(1)=1", lambda T, n: total(T, 1, n - 1) + 1 if n > 1 else 1, "Θ(2^n)"),
    ("T(n)=n^2+sum_{i=1}^{n-1} T(i), T(1)=1", lambda T, n: n * n + total(T, 1, n - 1) if n > 1 else 1, "Θ(2^n)"),
    ("T(n)=2/n sum_{i=0}^{n-1} T(i)+n-1, T(0)=0", lambda T, n: F(2, n) * total(T, 0, n - 1) + n - 1 if n else 0, "Θ(n log n)"),
    ("T(n)=2/n sum_{i=0}^{n-1} T(i)+n+1, T(0)=0", lambda T, n: F(2, n) * total(T, 0, n - 1) + n + 1 if n else 0, "Θ(n log n)"),
    ("T(n)=2/n sum_{i=1}^{n-1} T(i)+n, T(1)=0", lambda T, n: F(2, n) * total(T, 1, n - 1) + n if n > 1 else 0, "Θ(n log n)"),
    ("T(n)=n+1/n sum_{k=1}^{n} (T(k-1)+T(n-k)), T(0)=0", lambda T, n: n + F(1, n) * sum(T(k - 1) + T(n - k) for k in range(1, n + 1)) if n else 0, "Θ(n log n)"),
    ("T(n)=1/n sum_{i=0}^{n-1} T(i)+1, T(0)=0", lambda T, n: F(1, n) * total(T, 0, n - 1) + 1 if n else 0, "Θ(log n)"),
    ("T(n)=1/n sum_{i=0}^{n-1} T(i)+n, T(0)=0", lambda T, n: F(1, n) * total(T, 0, n - 1) + n if n else 0, "Θ(n)"),
    ("T(n)=1/(n-1) sum_{i=1}^{n-1} T(i)+1, T(1)=1", lambda T, n: F(1, n - 1) * total(T, 1, n - 1) + 1 if n > 1 else 1, "Θ(log n)"),
    ("T(n)=3/n sum_{i=0}^{n-1} T(i)+n, T(0)=0", lambda T, n: F(3, n) * total(T, 0, n - 1) + n if n else 0, "Θ(n^2)"),
    ("T(n)=2/n sum_{i=0}^{n-1} T(i)+1, T(0)=0", lambda T, n: F(2, n) * total(T, 0, n - 1) + 1 if n else 0, "Θ(n)"),
    # products
    ("T(n)=T(n-1)^2, T(0)=2", lambda T, n: T(n - 1) ** 2 if n else 2, "Θ(2^(2^n))"),
    ("T(n)=2T(n-1)^2, T(0)=1", lambda T, n: 2 * T(n - 1) ** 2 if n else 1, "Θ(2^(2^n))"),
    ("T(n)=3T(n-1)^2, T(0)=2", lambda T, n: 3 * T(n - 1) ** 2 if n else 2, "Θ(6^(2^n))"),
    ("T(n)=T(n-1)^2/T(n-2), T(0)=1, T(1)=2", lambda T, n: F(T(n - 1)) ** 2 / T(n - 2) if n > 1 else n + 1, "Θ(2^n)"),
    ("T(n)=1/T(n-1), T(0)=2", lambda T, n: 1 / F(T(n - 1)) if n else 2, "Θ(1)"),
    ("T(n)=sqrt(T(n-1)), T(0)=16", lambda T, n: math.sqrt(T(n - 1)) if n else 16, "Θ(1)"),
    # sums over numbers inside
    ("T(n)=T(n-1)+H_n, T(0)=0", lambda T, n: T(n - 1) + total(lambda i: F(1, i), 1, n) if n else F(0), "Θ(n log n)"),
    ("T(n)=T(n-1)+1+2+...+n, T(0)=0", lambda T, n: T(n - 1) + n * (n + 1) // 2 if n else 0, "Θ(n^3)"),
    ("T(n)=T(n-1)+sum_{i=1}^n 1/i, T(0)=0", lambda T, n: T(n - 1) + total(lambda i: F(1, i), 1, n) if n else F(0), "Θ(n log n)"),
    ("T(n)=2T(n-1)+sum_{i=0}^{n-1} 2^i, T(0)=3", lambda T, n: 2 * T(n - 1) + 2**n - 1 if n else 3, "Θ(n * 2^n)"),
    ("T(n)=T(n-1)+log(n!), T(1)=0", lambda T, n: T(n - 1) + math.log2(fact(n)) if n > 1 else 0, "Θ(n^2 log n)"),
    ("n C(n) = n^2+n+2*sum_{i=0}^{n-1} C(i), C(0)=0", lambda T, n: n + 1 + F(2, n) * total(T, 0, n - 1) if n else 0, "Θ(n log n)"),
    ("D(n)=(n-1)(D(n-1)+D(n-2)), D(0)=1, D(1)=0", lambda T, n: (n - 1) * (T(n - 1) + T(n - 2)) if n > 1 else 1 - n, "Θ(n!)"),
    ("T(n)=(n-1)(T(n-1)+T(n-2)), T(1)=0, T(2)=1", lambda T, n: (n - 1) * (T(n - 1) + T(n - 2)) if n > 2 else n - 1, "Θ(n!)"),
    ("T(n)=(n+1)T(n-1)-(n-1)T(n-2), T(0)=1, T(1)=2", lambda T, n: (n + 1) * T(n - 1) - (n - 1) * T(n - 2) if n > 1 else n + 1, "Θ(n!)"),
    # negative in the end, or all along
    ("T(n)=2T(n-1)-n, T(0)=0", lambda T, n: 2 * T(n - 1) - n if n else 0, "Θ(2^n)"),
    ("T(n)=T(n-1)-1, T(0)=100", lambda T, n: T(n - 1) - 1 if n else 100, "Θ(n)"),
    ("T(n)=nT(n-1)-1, T(0)=1", lambda T, n: n * T(n - 1) - 1 if n else 1, "Θ(n!)"),
    # any f beside earlier terms
    ("T(n)=T(n-2)+log n, T(1)=0, T(2)=1", lambda T, n: T(n - 2) + math.log2(n) if n > 2 else n - 1, "Θ(n log n)"),
    ("T(n)=T(n-2)+1/log n, T(2)=1, T(3)=1", lambda T, n: T(n - 2) + 1 / math.log2(n) if n > 3 else 1, "Θ(n/(log n))"),
    ("T(n)=T(n-2)+1/n^2, T(0)=1, T(1)=1", lambda T, n: T(n - 2) + F(1, n * n) if n > 1 else 1, "Θ(1)"),
    ("T(n)=2T(n-2)+log n, T(0)=1, T(1)=1", lambda T, n: 2 * T(n - 2) + math.log2(n) if n > 1 else 1, "Θ(sqrt(2)^n)"),
    ("T(n)=T(n-2)/2+log n, T(0)=1, T(1)=1", lambda T, n: T(n - 2) / 2 + math.log2(n) if n > 1 else 1, "Θ(log n)"),
    ("T(n)=2T(n-2)+sqrt(n) 2^{n/2}, T(0)=1, T(1)=1", lambda T, n: 0, "Θ(n^(3/2) sqrt(2)^n)"),
    ("T(n)=T(n-1)+T(n-2)+n log n, T(0)=1, T(1)=1", lambda T, n: 0, "Θ(((1 + sqrt(5))/2)^n)"),
    ("T(n)=T(n-1)/2+T(n-2)/2+log n, T(0)=1, T(1)=1", lambda T, n: 0, "Θ(n log n)"),
    ("T(n)=T(n-1)+T(n-2)+n!, T(0)=1, T(1)=1", lambda T, n: 0, "Θ(n!)"),
    ("T(n)=T(n-12)+n", lambda T, n: 0, "Θ(n^2)"),
]  # fmt: skip
