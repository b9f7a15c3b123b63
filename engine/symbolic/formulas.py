"""A tree written in the three ways that cross the border. No SymPy, no solver."""

from __future__ import annotations

from engine.symbolic.expr import Expr
from engine.symbolic.findings import Formula
from engine.symbolic.plain import plain
from engine.symbolic.sympy_text import sympy_text
from engine.symbolic.typeset import latex


def formula(expr: Expr) -> Formula:
    """`expr` as LaTeX, as text and for SymPy. Raises ValueError where a class such as O(n) stands in it."""
    return Formula(latex(expr), plain(expr), sympy_text(expr))
