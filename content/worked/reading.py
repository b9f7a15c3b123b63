"""Text of an expression -> a tree that holds nothing but arithmetic, names, lists and calls.

Python's own parser reads it; what is not listed here is refused with its column. Nothing runs.
"""

from __future__ import annotations

import ast

_LONGEST = 600  # characters
_DEEPEST = 40

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_SIGNS = (ast.USub, ast.UAdd)


class WorkedError(Exception):
    """An expression that cannot be read or evaluated; the message is a sentence.

    Attributes:
        column: from 1; 0 when no place is meant.
    """

    def __init__(self, sentence: str, column: int = 0) -> None:
        super().__init__(f"column {column}: {sentence}" if column else sentence)
        self.column = column


def read(text: str) -> ast.expr:
    """The expression in `text`. Raises WorkedError."""
    if len(text) > _LONGEST:
        raise WorkedError(f"this expression has {len(text)} characters; at most {_LONGEST} are read.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None) or 0
        raise WorkedError("this is no expression.", column) from None
    _look_over(tree, 0)
    return tree


def read_equation(text: str) -> tuple[ast.expr, ast.expr]:
    """Both sides of `left == right`. Raises WorkedError."""
    left, equals, right = text.partition("==")
    if not equals or "==" in right:
        raise WorkedError("an equation is written left == right.")
    return read(left), read(right)


def _look_over(node: ast.expr, depth: int) -> None:
    if depth > _DEEPEST:
        raise WorkedError(f"more than {_DEEPEST} levels of brackets are not read.")
    for part in _parts(node):
        _look_over(part, depth + 1)


def _parts(node: ast.expr) -> list[ast.expr]:
    """The expressions inside `node`; refuses what is no arithmetic."""
    parts = _parts_of_number(node)
    if parts is None:
        parts = _parts_of_array(node)
    if parts is None:
        raise WorkedError(
            "only numbers, names, lists, + - * / // % ** @, [i], .T and calls stand here.",
            node.col_offset + 1,
        )
    return parts


def _parts_of_number(node: ast.expr) -> list[ast.expr] | None:
    if isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
        return []
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, _SIGNS):
        return [node.operand]
    if isinstance(node, ast.BinOp) and isinstance(node.op, _OPERATORS):
        return [node.left, node.right]
    return None


def _parts_of_array(node: ast.expr) -> list[ast.expr] | None:
    if isinstance(node, (ast.List, ast.Tuple)):
        return node.elts
    if isinstance(node, ast.Subscript):
        return [node.value, *_bounds(node.slice)]
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return node.args
    return None


def _bounds(place: ast.expr) -> list[ast.expr]:
    if isinstance(place, ast.Slice):
        return [bound for bound in (place.lower, place.upper) if bound is not None]
    return [place]
