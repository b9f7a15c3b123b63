"""Recurrences to start from: those of the course notes, and more in groups. Pure text."""

from __future__ import annotations

NOTES: tuple[tuple[str, str], ...] = (
    ("3T(n−1)", "T(n) = 3T(n-1), T(0) = 1"),
    ("2T(n−1) − 1", "T(n) = 2T(n-1) - 1, T(0) = 1"),
    ("2T(n/2) + n", "T(n) = 2T(n/2) + n, T(1) = 1"),
    ("Fibonacci", "F(n) = F(n-1) + F(n-2), F(0) = 0, F(1) = 1"),
    ("T(n−1) + n", "T(n) = T(n-1) + n, T(0) = 0"),
    ("3T(n/2) + n²", "T(n) = 3T(n/2) + n^2, T(1) = 1"),
)
"""(label, recurrence) pairs, shown at once."""

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "One step back",
        (
            ("Towers of Hanoi", "T(n) = 2T(n-1) + 1, T(0) = 0"),
            ("Forcing that resonates", "T(n) = 2T(n-1) + 2^n, T(0) = 0"),
            ("Coefficient n: factorial", "T(n) = n T(n-1), T(0) = 1"),
            ("Harmonic numbers", "T(n) = T(n-1) + 1/n, T(0) = 0"),
        ),
    ),
    (
        "Several steps back",
        (
            ("Repeated root", "a_n = 4a_{n-1} - 4a_{n-2}, a_0 = 1, a_1 = 4"),
            ("Complex roots", "T(n) = 2T(n-1) - 2T(n-2), T(0) = 1, T(1) = 2"),
            ("First values that cancel a root", "a_n = 3a_{n-1} - 2a_{n-2}, a_0 = 5, a_1 = 5"),
            ("Calls of fib", "C(n) = C(n-1) + C(n-2) + 1, C(0) = 1, C(1) = 1"),
        ),
    ),
    (
        "Divide and conquer",
        (
            ("Binary search", "T(n) = T(n/2) + 1, T(1) = 1"),
            ("Karatsuba", "T(n) = 3T(n/2) + n, T(1) = 1"),
            ("Strassen", "T(n) = 7T(n/2) + n^2, T(1) = 1"),
            ("With a logarithm", "T(n) = 2T(n/2) + n log n, T(1) = 1"),
            ("Between the cases", "T(n) = 2T(n/2) + n/log n, T(2) = 1"),
            ("Floors and ceilings", "T(n) = T(⌊n/2⌋) + T(⌈n/2⌉) + n, T(1) = 1"),
        ),
    ),
    (
        "Beyond the master theorem",
        (
            ("Unequal halves", "T(n) = T(n/3) + T(2n/3) + n, T(1) = 1"),
            ("Median of medians", "T(n) = T(n/5) + T(7n/10) + n, T(1) = 1"),
            ("Square root", "T(n) = 2T(√n) + log n"),
            ("Work known as a class", "T(n) = 2T(n/2) + Θ(n)"),
            ("Quicksort on average", "T(n) = n - 1 + (2/n) sum_{k=0}^{n-1} T(k), T(0) = 0"),
        ),
    ),
)
"""(group, (label, recurrence) pairs), behind one button."""
