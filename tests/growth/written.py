"""Formulas for tests, written as Python expressions: `n**2 * log(n)` as a tree. Logarithms are binary."""

from __future__ import annotations

import ast
from fractions import Fraction

from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Pow, Sym, num

_OTHER = {"fact": "factorial", "lg": "log", "star": "logstar"}


def tree(text: str) -> Expr:
    return _tree(ast.parse(text, mode="eval").body)


def _tree(node: ast.expr) -> Expr:  # noqa: PLR0911 - one case a node
    match node:
        case ast.Constant(value):
            return num(Fraction(str(value)))
        case ast.Name(name):
            return Sym(name)
        case ast.UnaryOp(ast.USub(), body):
            return Neg(_tree(body))
        case ast.BinOp(left, operator, right):
            first, second = _tree(left), _tree(right)
            match operator:
                case ast.Add():
                    return Add((first, second))
                case ast.Sub():
                    return Add((first, Neg(second)))
                case ast.Mult():
                    return Mul((first, second))
                case ast.Div():
                    return Div(first, second)
                case _:
                    return Pow(first, second)
        case ast.Call(ast.Name("sum" | "prod" as kind), [body, ast.Name(index), low, high]):
            return Big(kind, _tree(body), index, _tree(low), _tree(high))
        case ast.Call(ast.Name(name), [first, *rest]):
            base = _tree(rest[0]) if rest else None
            return Call(_OTHER.get(name, name), _tree(first), base)
    raise ValueError(ast.dump(node))
