"""Mutants: the engine's own functions with one sign, transpose, index, letter or name changed.

A mutant is put into the running function (its code is exchanged, nothing on disk changes), the
gradient check is run, and the old code is put back. `test_mutations` asserts that none goes unnoticed.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Function = types.FunctionType
_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Gt: ast.Lt,
    ast.Lt: ast.Gt,
}


@dataclass(frozen=True)
class Mutant:
    """One change.

    Attributes:
        function: where, as "Lstm.backward".
        was, now: the line before and after, without the blanks at its ends.
        code: what the function is to run.
    """

    function: str
    was: str
    now: str
    target: Function
    code: types.CodeType

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The mutant runs instead of the function; after that the function is as it was."""
        old = self.target.__code__
        self.target.__code__ = self.code
        try:
            yield
        finally:
            self.target.__code__ = old

    def noticed(self, check: Callable[[], None]) -> bool:
        """Whether `check` raises anything at all."""
        with self.in_place():
            try:
                check()
            except Exception:  # noqa: BLE001 - a crash is as good as a wrong number
                return True
        return False

    def __str__(self) -> str:
        return f"{self.function}:  {self.was}  ->  {self.now}"


def mutants_of(module_name: str, skipped: tuple[str, ...] = ()) -> list[Mutant]:
    """Every mutant of every function of a module, but of those named in `skipped`."""
    module = importlib.import_module(module_name)
    tree = ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
    found: list[Mutant] = []
    for owner, node in _functions(tree):
        name = f"{owner}.{node.name}" if owner else node.name
        if name in skipped:
            continue
        holder = getattr(module, owner) if owner else module
        member = vars(holder)[node.name]
        target = member.fget if isinstance(member, property) else member
        found += _mutants(name, node, target)
    return found


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        if isinstance(node, ast.ClassDef):
            yield from ((node.name, inner) for inner in node.body if isinstance(inner, ast.FunctionDef))


def _mutants(name: str, node: ast.FunctionDef, target: Function) -> Iterator[Mutant]:
    plain = copy.deepcopy(node)
    plain.decorator_list = []
    if ast.get_docstring(plain):
        del plain.body[0]
    if not plain.body:
        return
    was = ast.unparse(plain).splitlines()
    for place in range(len(_Change(plain).options)):
        changed = _Change(plain, place).result
        now = ast.unparse(changed).splitlines()
        differing = next(((a, b) for a, b in zip(was, now, strict=False) if a != b), ("", ""))
        module = ast.fix_missing_locations(ast.Module([changed], []))
        code = next(c for c in compile(module, "<mutant>", "exec").co_consts if isinstance(c, types.CodeType))
        yield Mutant(name, differing[0].strip(), differing[1].strip(), target, code)


class _Change(ast.NodeTransformer):
    """Walks a function and counts what could be changed; makes the change whose number is `place`."""

    def __init__(self, function: ast.FunctionDef, place: int = -1) -> None:
        self.options: list[str] = []
        self.place = place
        self.letters = _letters(function)
        self.names = _names(function)
        self.result = copy.deepcopy(function)
        self.result.body = [self.visit(statement) for statement in self.result.body]

    def _pick(self, node: ast.AST, *others: ast.AST) -> ast.AST:
        for other in others:
            self.options.append(ast.dump(other))
            if len(self.options) - 1 == self.place:
                return other
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return node  # the words of a message are not arithmetic

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        node = self._inside(node)
        others: list[ast.AST] = []
        if type(node.op) in _SWAPPED:
            others.append(ast.BinOp(node.left, _SWAPPED[type(node.op)](), node.right))  # type: ignore[arg-type]
        if isinstance(node.op, ast.MatMult):
            others.append(ast.BinOp(node.right, ast.MatMult(), node.left))
        return self._pick(node, *others)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        node = self._inside(node)
        if type(node.op) not in _SWAPPED:
            return node
        return self._pick(node, ast.AugAssign(node.target, _SWAPPED[type(node.op)](), node.value))  # type: ignore[arg-type]

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        return self._pick(self._inside(node), node.operand)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """The question is turned round; what is compared stays."""
        return self._pick(node, ast.Compare(node.left, [_SWAPPED[type(node.ops[0])]()], node.comparators))  # type: ignore[list-item]

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        node = self._inside(node)
        return self._pick(node, node.value) if node.attr == "T" else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node = self._inside(node)
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "swapaxes":
            return self._pick(node, function.value)
        if isinstance(function, ast.Name) and function.id == "stack":
            swapped = ast.Call(function, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
            return self._pick(node, swapped)
        return self._pick(node, node.args[0]) if getattr(function, "id", "") == "reversed" else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = node.value
        if isinstance(value, str) and value in self.names:
            return self._pick(node, ast.Constant(_next(value, self.names)))
        if isinstance(value, bool) or not isinstance(value, int | float):
            return node
        if isinstance(value, float):
            return self._pick(node, ast.Constant(-value))
        return self._pick(node, ast.Constant(value - 1 if value else 1))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if not isinstance(node.ctx, ast.Load) or node.id not in self.letters or len(self.letters) < 2:
            return node
        return self._pick(node, ast.Name(_next(node.id, self.letters), ast.Load()))

    def _inside(self, node: Any) -> Any:
        self.generic_visit(node)
        return node


def _letters(function: ast.FunctionDef) -> list[str]:
    """Names that are added or multiplied somewhere in the function: one may be written for another."""
    operands = (
        side for node in ast.walk(function) if isinstance(node, ast.BinOp) for side in (node.left, node.right)
    )
    return sorted({side.id for side in operands if isinstance(side, ast.Name)})


def _names(function: ast.FunctionDef) -> list[str]:
    """Strings that name an array: all but what is compared with a knob."""
    compared = {
        inner.value
        for node in ast.walk(function)
        if isinstance(node, ast.Compare)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant)
    }
    strings = {
        n.value for n in ast.walk(function) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }
    return sorted(strings - compared - {ast.get_docstring(function, clean=False)}) if len(strings) > 1 else []


def _next(one: str, ordered: list[str]) -> str:
    return ordered[(ordered.index(one) + 1) % len(ordered)]
