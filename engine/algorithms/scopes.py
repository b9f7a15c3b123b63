"""Which name means which place: module, function, nested function. Nothing is computed here.

A frame is a list: [frame of the enclosing function, result, variable, variable, ...].
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any, Final

Frame = list[Any]


class Unset:
    """What a variable holds before it is given a value."""


UNSET: Final = Unset()
OUTER, RESULT, FIRST = 0, 1, 2  # places of a frame


class Scope:
    """The names of one function, or of the top level where `outer` is None."""

    def __init__(
        self, outer: Scope | None, names: Iterable[str], elsewhere: frozenset[str] = frozenset()
    ) -> None:
        """`elsewhere`: names that are assigned here but belong to an outer scope (global, nonlocal)."""
        self.outer = outer
        self.slots = {name: FIRST + k for k, name in enumerate(dict.fromkeys(names)) if name not in elsewhere}

    def find(self, name: str) -> tuple[int, int] | None:
        """(levels to go out, slot) of `name`; None where it is no variable."""
        scope: Scope | None = self
        levels = 0
        while scope is not None:
            if name in scope.slots:
                return levels, scope.slots[name]
            scope, levels = scope.outer, levels + 1
        return None

    def frame(self, outer: Frame | None) -> Frame:
        return [outer, None, *([UNSET] * len(self.slots))]


def assigned(body: Iterable[ast.stmt], parameters: Iterable[str] = ()) -> tuple[list[str], frozenset[str]]:
    """(names that belong to the function with this body, those it declares global or nonlocal).

    Variables of a comprehension are given places of their own by `expressions.py`; they count
    here as well, under the name that it gives them.
    """
    found, elsewhere = dict.fromkeys(parameters), set[str]()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop(0)
        match node:
            case ast.FunctionDef(name=name):
                found[name] = None
                waiting.extend((*node.decorator_list, *node.args.defaults))
                continue
            case ast.Lambda():
                waiting.extend(node.args.defaults)
                continue
            case ast.Global(names) | ast.Nonlocal(names):
                elsewhere.update(names)
            case ast.Name(id=name, ctx=ast.Store()):
                found[name] = None
        waiting.extend(ast.iter_child_nodes(node))
    return list(found), frozenset(elsewhere)
