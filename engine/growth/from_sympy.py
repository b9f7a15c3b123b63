"""A formula that was written for SymPy, read back as a tree: `n*log(n)`, with the natural logarithm.

Only what `symbolic.sympy_text` writes; nothing is evaluated, and SymPy is not needed.
"""

from __future__ import annotations

import ast
from fractions import Fraction

from engine.symbolic.expr import Add, Call, Div, Expr, Mul, Neg, Num, Pow, Sym

_NAMES = {"ceiling": "ceil", "Abs": "abs", "Max": "max", "Min": "min", "Mod": "mod", "log": "ln"}
_KNOWN = {"sqrt", "exp", "factorial", "floor", "logstar", "harmonic", "binomial", "sin", "cos"}
_LONGEST = 4000


def read(text: str) -> Expr:
    """Raises ValueError for anything else."""
    if len(text) > _LONGEST:
        raise ValueError("too long")
    try:
        return _tree(ast.parse(text, mode="eval").body)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"not a formula: {text[:60]}") from None


def _tree(node: ast.expr) -> Expr:  # noqa: PLR0911 - one case a node
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Num(Fraction(str(value)))
        case ast.Name(name):
            return Sym(name)
        case ast.UnaryOp(ast.USub(), body):
            return Neg(_tree(body))
        case ast.BinOp(left, ast.Add(), right):
            return Add((_tree(left), _tree(right)))
        case ast.BinOp(left, ast.Sub(), right):
            return Add((_tree(left), Neg(_tree(right))))
        case ast.BinOp(left, ast.Mult(), right):
            return Mul((_tree(left), _tree(right)))
        case ast.BinOp(left, ast.Div(), right):
            return Div(_tree(left), _tree(right))
        case ast.BinOp(left, ast.Pow(), right):
            return Pow(_tree(left), _tree(right))
        case ast.Call(ast.Name(name), [first, *rest], []) if name in _NAMES or name in _KNOWN:
            base = _tree(rest[0]) if rest else None
            return Call(_NAMES.get(name, name), _tree(first), base)
    raise ValueError("not a formula")
