"""How a name is used in a function: indexed, counted, gone through, handed on. Only the text is read."""

from __future__ import annotations

import ast
from typing import Final

from engine.algorithms.names import words
from engine.algorithms.reading import Snippet

_LIST_METHODS: Final = words("append pop insert extend remove index count sort reverse copy clear")
_TEXT_METHODS: Final = words(
    "lower upper strip split join startswith endswith isalpha isdigit isalnum replace find"
)
_TAKES_LIST: Final = words(
    "len sum min max sorted reversed enumerate zip list set tuple any all map filter heapify Counter deque"
)


class Uses:
    """How one name is used in a function, and in the functions that it is handed on to."""

    def __init__(self, name: str, where: ast.AST, snippet: Snippet, depth: int = 0) -> None:
        self.name = name
        self.filled = self.looked_up = self.indexed = self.indexed_twice = self.sized = self.text = (
            self.is_index
        ) = False
        self.counted = self.compared_to_items = False
        self.where = where
        self.index_of = ""
        self.empty_mark: int | str | None = ""  # what its items are compared with, of a table to be filled
        self.has_len = False
        for node in ast.walk(where):
            self._look(node)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and depth < 3:
                self._handed_on(node, snippet, depth)

    def _is(self, node: ast.AST | None) -> bool:
        return isinstance(node, ast.Name) and node.id == self.name

    def _mentions(self, node: ast.AST | None) -> bool:
        return node is not None and any(self._is(part) for part in ast.walk(node))

    def _look(self, node: ast.AST) -> None:
        match node:
            case ast.Subscript(value=ast.Subscript(value=inner)) if self._is(inner):
                self.indexed_twice = True
            case ast.Subscript(value=value, slice=place):
                self.indexed |= self._is(value)
                if self._mentions(place) and isinstance(value, ast.Name) and not self._is(value):
                    self.is_index, self.index_of = True, self.index_of or value.id
            case ast.For(iter=items, target=target):
                self._iterated(items, target, node.body)
            case ast.comprehension(iter=items):
                self.sized |= self._is(items)
            case ast.Call(func=ast.Attribute(value=owner, attr=method)) if self._is(owner):
                self.sized |= method in _LIST_METHODS
                self.filled |= method == "append"
                self.text |= method in _TEXT_METHODS
            case ast.Call(func=ast.Name(id=function), args=arguments):
                self._passed(function, arguments)
            case ast.Compare():
                self._compared(node)
            case ast.BinOp(left=left, op=op, right=right) if self._is(left) or self._is(right):
                other = right if self._is(left) else left
                self.sized |= isinstance(op, ast.Add) and isinstance(other, ast.List | ast.ListComp)
                self.counted |= isinstance(op, ast.Mult) and isinstance(other, ast.List | ast.ListComp)
                repeats = isinstance(op, ast.Mult)  # "*" * n
                written = isinstance(other, ast.Constant) and isinstance(other.value, str)
                self.text |= written and not repeats
                self.counted |= written and repeats
                plain = isinstance(other, ast.Constant) and isinstance(other.value, int)
                self.counted |= plain or isinstance(op, ast.Mod | ast.FloorDiv | ast.Sub | ast.RShift)
            case ast.AugAssign(target=target, value=value) if self._is(target) or self._is(value):
                self.counted |= self._is(target) or self._is_step(target)

    def _is_step(self, target: ast.expr) -> bool:
        """Whether a variable of a while condition moves by it: i += k."""
        return isinstance(target, ast.Name) and any(
            isinstance(loop, ast.While) and target.id in ast.unparse(loop.test).split()
            for loop in ast.walk(self.where)
        )

    def _iterated(self, items: ast.expr, target: ast.expr, body: list[ast.stmt]) -> None:
        if not self._is(items):
            return
        self.sized = True
        rows = [part.id for part in ast.walk(target) if isinstance(part, ast.Name)]
        for part in body:
            for inner in ast.walk(part):
                if isinstance(inner, ast.For) and isinstance(inner.iter, ast.Name) and inner.iter.id in rows:
                    self.indexed_twice = True

    def _passed(self, function: str, arguments: list[ast.expr]) -> None:
        direct = any(self._is(argument) for argument in arguments)
        several = function in ("min", "max") and len(arguments) > 1
        self.sized |= direct and function in _TAKES_LIST and not several
        self.counted |= direct and several
        self.has_len |= direct and function == "len"
        self.counted |= function == "range" and any(
            self._mentions(argument) and not isinstance(argument, ast.Call) for argument in arguments
        )
        if function == "len" and arguments and isinstance(arguments[0], ast.Subscript):
            self.indexed_twice |= self._is(arguments[0].value) and not isinstance(
                arguments[0].slice, ast.Slice
            )
        self.text |= function == "ord" and any(self._mentions(argument) for argument in arguments)

    def _compared(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        match sides:
            case [ast.Subscript(value=owner), mark] if self._is(owner) and _calls_itself(self.where):
                self.empty_mark = _mark(mark)
        if not any(map(self._mentions, sides)):
            return
        for op, other in zip(node.ops, node.comparators, strict=True):
            if isinstance(op, ast.In | ast.NotIn) and self._is(other):
                self.sized = self.looked_up = True
        texts = [side for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)]
        touched = any(
            self._is(side) or (isinstance(side, ast.Subscript) and self._is(side.value)) for side in sides
        )
        self.text |= bool(texts) and touched
        if any(self._is(side) for side in sides):
            others = [side for side in sides if not self._is(side)]
            self.compared_to_items |= any(isinstance(side, ast.Subscript) for side in others)
            self.counted |= any(not isinstance(side, ast.Subscript) for side in others) and not texts
            self.sized |= any(isinstance(side, ast.List) for side in others)
        elif not texts:
            self.counted |= any(isinstance(side, ast.BinOp) and self._mentions(side) for side in sides)

    def _handed_on(self, node: ast.Call, snippet: Snippet, depth: int) -> None:
        callee = snippet.functions.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if callee is None or callee is self.where:
            return
        for argument, parameter in zip(node.args, callee.args.args, strict=False):
            if self._is(argument):
                more = Uses(parameter.arg, callee, snippet, depth + 1)
                self.indexed |= more.indexed
                self.indexed_twice |= more.indexed_twice
                self.sized |= more.sized
                self.text |= more.text
                self.counted |= more.counted


def reads(node: ast.AST, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def _mark(node: ast.expr) -> int | str | None:
    """-1, 0 or None; "" for anything else."""
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
        case ast.Constant(value=int() | None as value):
            return value
    return ""


def _calls_itself(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and reads(node, node.name)
