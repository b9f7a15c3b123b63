"""Whether a letter of a formula only repeats the other side, so that nothing is held against anything.

`h_t: tanh(W @ x)` for h_t = tanh(W x) is always true, whatever is printed. So both sides are brought to one
form: letters replaced by what they mean, terms and factors sorted, the kinds of product and transposes not
told apart. Two sides of one form are one computation. Knows no values.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from functools import singledispatchmethod

from content.latex.meaning import OWN
from content.latex.tree import (
    Applied,
    Joined,
    Named,
    Negative,
    Node,
    Number,
    Powered,
    Series,
    Stacked,
    Turned,
)
from content.worked.reading import read

Form = tuple[object, ...]

_MINUS: Form = ("number", -1.0)
_TIMES = (ast.Mult, ast.MatMult)


def repeats(sides: Sequence[Node], letters: Mapping[str, str]) -> bool:
    """Whether a side is a letter whose meaning is just what stands on each other side. Raises WorkedError."""
    forms = _Forms(letters)
    one_form = len({forms.of(side) for side in sides}) == 1
    return one_form and any(isinstance(side, Named) for side in sides)


class _Forms:
    """The forms of LaTeX and of expressions, with these meanings."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = letters

    def of(self, side: Node) -> Form:
        return self._of(side)

    @singledispatchmethod
    def _of(self, node: object) -> Form:
        return ("other", repr(node) if not isinstance(node, ast.AST) else ast.dump(node))

    @_of.register
    def _(self, node: Number) -> Form:
        return "number", float(node.value)

    @_of.register
    def _(self, node: Named) -> Form:
        meaning = self._letters.get(node.key, node.key)
        return ("name", node.key) if meaning == node.key else self._of(read(meaning))

    @_of.register
    def _(self, node: Negative) -> Form:
        return _many("*", _MINUS, self._of(node.of))

    @_of.register
    def _(self, node: Joined) -> Form:
        return _joined(self._of(node.left), node.operator, self._of(node.right))

    @_of.register
    def _(self, node: Powered) -> Form:
        base, exponent = self._of(node.base), self._of(node.exponent)
        return ("exp", exponent) if base == ("exp", ("number", 1.0)) else ("power", base, exponent)

    @_of.register
    def _(self, node: Turned) -> Form:
        return self._of(node.of)

    @_of.register
    def _(self, node: Applied) -> Form:
        to = [self._of(part) for part in node.to]
        name = self._letters.get(node.function, node.function)
        own = OWN.fullmatch(name)
        if own is None:
            return name, *to
        given = own[1].replace(",", " ").split()
        return _put(self._of(read(own[2])), dict(zip(given, to, strict=False)))

    @_of.register
    def _(self, node: Stacked) -> Form:
        return "stack", *(self._of(part) for row in node.rows for part in row)

    @_of.register
    def _(self, node: Series) -> Form:
        return "series", node.kind, node.over, self._of(node.body)

    @_of.register
    def _(self, node: ast.Constant) -> Form:
        assert isinstance(node.value, (int, float))  # noqa: S101 - reading.py has seen to it
        return "number", float(node.value)

    @_of.register
    def _(self, node: ast.Name) -> Form:
        return "name", node.id

    @_of.register
    def _(self, node: ast.UnaryOp) -> Form:
        of = self._of(node.operand)
        return _many("*", _MINUS, of) if isinstance(node.op, ast.USub) else of

    @_of.register
    def _(self, node: ast.BinOp) -> Form:
        left, right = self._of(node.left), self._of(node.right)
        if isinstance(node.op, ast.Pow):
            return "power", left, right
        signs: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Div: "/"}
        sign = "*" if isinstance(node.op, _TIMES) else signs.get(type(node.op), type(node.op).__name__)
        return _joined(left, sign, right)

    @_of.register
    def _(self, node: ast.Attribute) -> Form:
        return self._of(node.value)

    @_of.register
    def _(self, node: ast.Subscript) -> Form:
        return "at", self._of(node.value), ast.dump(node.slice)

    @_of.register
    def _(self, node: ast.Call) -> Form:
        assert isinstance(node.func, ast.Name)  # noqa: S101 - reading.py has seen to it
        to = [self._of(part) for part in node.args]
        return _many("*", *to) if node.func.id == "dot" else (node.func.id, *to)


def _joined(left: Form, sign: str, right: Form) -> Form:
    if sign in ("+", "-"):
        return _many("+", left, right if sign == "+" else _many("*", _MINUS, right))
    if sign in ("/", "/*"):
        return _many("*", left, ("power", right, _MINUS))
    return _many("*", left, right) if sign in ("", ".", "x", "*") else (sign, left, right)


def _many(sign: str, *parts: Form) -> Form:
    """A sum or product, its parts in one row and sorted."""
    row: list[object] = []
    for part in parts:
        row += part[1:] if part[0] == sign else [part]
    return sign, *sorted(row, key=repr)


def _put(form: Form, values: Mapping[str, Form]) -> Form:
    """`form` with values in the place of names."""
    if form[0] == "name":
        return values.get(str(form[1]), form)
    return tuple(_put(part, values) if isinstance(part, tuple) else part for part in form)
