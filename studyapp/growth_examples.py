"""Functions to compare, lists to sort and bounds to grade, to start from. Pure text."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str, str], ...] = (
    ("log n, √n", "log n", "sqrt n"),
    ("2ⁿ⁺¹, 2ⁿ", "2^(n+1)", "2^n"),
    ("2²ⁿ, 2ⁿ", "2^(2n)", "2^n"),
    ("n!, 2ⁿ", "n!", "2^n"),
    ("n^log₂ 3, 3^log₂ n", "n^(log_2 3)", "3^(log_2 n)"),
    ("(log n)^log n, n^log log n", "(log n)^(log n)", "n^(log log n)"),
)
"""(label, f, g)."""

LISTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Twelve, mixed",
        (
            *("n^2", "2^n", "n log n", "log n", "n!", "sqrt n", "1", "n^3"),
            *("lg(n!)", "2^(n+1)", "log log n", "n"),
        ),
    ),
    ("Logarithms", ("log n", "ln n", "(log n)^2", "sqrt(log n)", "log(n^2)", "log log n", "log* n")),
    ("Exponents", ("2^n", "3^n", "2^(2n)", "n 2^n", "n^n", "n!", "2^(2^n)")),
    ("Near n²", ("n^2", "n^2 log n", "n^2/log n", "n^2 + n", "n^(2+1/n)", "(n+5)^2")),
)
"""(label, functions)."""

BOUNDS: tuple[tuple[str, str, str], ...] = (
    ("exact", "3n^2 + 5n + 2", "Theta(n^2)"),
    ("too loose", "n log n + n", "O(n^2)"),
    ("untidy", "4n^2 + n", "O(4n^2 + n)"),
    ("wrong", "n^2/log n", "O(n)"),
)
"""(label, function, bound)."""
