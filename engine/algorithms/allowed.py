"""Which Python is read: every node of the pasted code is looked at, and what is not listed is refused.

A list of what is allowed, never of what is forbidden: a construct that nobody thought of is
refused. What the words in `_INSTEAD` and `names.REACHES_OUT` add is only a kinder sentence.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from engine.algorithms import names

MAX_DEPTH: Final = 100
MAX_NODES: Final = 3000
MAX_BITS: Final = 10_000

Refuse = Callable[[ast.AST, str, str], Exception]

_STATEMENTS = (
    ast.FunctionDef, ast.Return, ast.Assign, ast.AugAssign, ast.For, ast.While, ast.If, ast.Expr, ast.Pass,
    ast.Break, ast.Continue, ast.Import, ast.ImportFrom, ast.Assert, ast.Raise, ast.Global, ast.Nonlocal,
)  # fmt: skip
_EXPRESSIONS = (
    ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.Dict, ast.Set, ast.List, ast.Tuple, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Compare, ast.Call, ast.Constant, ast.Attribute,
    ast.Subscript, ast.Name, ast.Slice, ast.Lambda, ast.Starred, ast.JoinedStr, ast.FormattedValue,
)  # fmt: skip
_PARTS = (
    ast.Module, ast.arguments, ast.arg, ast.comprehension, ast.keyword, ast.alias,
    ast.expr_context, ast.boolop, ast.unaryop, ast.cmpop, ast.operator,
)  # fmt: skip
ALLOWED: Final = (*_STATEMENTS, *_EXPRESSIONS, *_PARTS)

_NO_OTHER = "Write it with loops, if and functions."
_INSTEAD: dict[str, tuple[str, str]] = {
    "ClassDef": ("A class is not read.", "Paste the function alone, without class and self."),
    "Try": ("try and except are not read.", "Test with if before the operation."),
    "TryStar": ("try and except are not read.", "Test with if before the operation."),
    "With": (
        "with opens something outside the code, so it is not read.",
        "Take a list or text as a parameter.",
    ),
    "Yield": ("A generator (yield) is not read.", "Collect the values in a list and return that."),
    "YieldFrom": ("A generator (yield) is not read.", "Collect the values in a list and return that."),
    "Delete": ("del is not read.", "Use pop, or build a new list."),
    "NamedExpr": ("An assignment inside an expression (:=) is not read.", "Assign on a line of its own."),
    "Match": ("match is not read.", "Write it with if and elif."),
    "AsyncFunctionDef": ("Asynchronous code is not read.", "Leave out async and await."),
    "AsyncFor": ("Asynchronous code is not read.", "Leave out async and await."),
    "AsyncWith": ("Asynchronous code is not read.", "Leave out async and await."),
    "Await": ("Asynchronous code is not read.", "Leave out async and await."),
    "MatMult": ("The matrix product @ is not read.", "Write it as three loops."),
}
_FORMAT = re.compile(r"[<>^+]?\d{0,2},?(\.\d{1,2})?[dfgs%]?")


def bounded(tree: ast.Module, refuse: Refuse) -> None:
    """Raises what `refuse` makes of the first node that is too deep or one too many."""
    for count, (node, depth) in enumerate(_nodes(tree)):
        if depth > MAX_DEPTH:
            raise refuse(
                node, f"This is nested more than {MAX_DEPTH} deep.", "Split it into shorter expressions."
            )
        if count > MAX_NODES:
            raise refuse(node, "The code is too long to be followed.", "Paste only the function in question.")


def check(tree: ast.Module, refuse: Refuse) -> None:
    """Raises what `refuse` makes of the first node that is not allowed. The tree is `bounded`."""
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node, _ in _nodes(tree):
        _allowed(node, refuse)
        if isinstance(node, ast.Call):
            _callable(node, functions, refuse)
        _placed(node, refuse)
    _Jumps(refuse).visit(tree)


def _nodes(tree: ast.AST) -> Iterator[tuple[ast.AST, int]]:
    """Each node with its depth, in the order of the text, without recursion: it may be very deep."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(list(ast.iter_child_nodes(node))))


def _allowed(node: ast.AST, refuse: Refuse) -> None:
    kind = type(node).__name__
    if not isinstance(node, ALLOWED) or kind in _INSTEAD:
        what, instead = _INSTEAD.get(kind, (f"{kind} is not among the Python that is read.", _NO_OTHER))
        raise refuse(node, what, instead)
    fault = _FAULTS.get(type(node))
    if fault is not None:
        fault(node, refuse)


def _placed(node: ast.AST, refuse: Refuse) -> None:
    """Stars and slices stand only where they mean something: `ast.parse` takes `*x` and `a[1:2, 3]`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Starred) and not isinstance(node, ast.Call | ast.List | ast.Tuple | ast.Set):
            raise refuse(child, "A star stands here where nothing is spread out.", "Leave it out.")
        if isinstance(child, ast.Slice) and not isinstance(node, ast.Subscript):
            raise refuse(
                child, "A slice with a comma is not read.", "Use one index after the other: a[i][j]."
            )


# --- single kinds of node ------------------------------------------------------------------


def _name(node: ast.Name, refuse: Refuse) -> None:
    _word(node, node.id, refuse)


def _argument(node: ast.arg, refuse: Refuse) -> None:
    _word(node, node.arg, refuse)


def _word(node: ast.AST, word: str, refuse: Refuse) -> None:
    reads = not isinstance(node, ast.Name) or isinstance(node.ctx, ast.Load)
    if word in names.REACHES_OUT and reads and not isinstance(node, ast.arg):
        raise refuse(
            node,
            f"{word} {names.REACHES_OUT[word]}, so it is not read.",
            "Take what it gives as a parameter.",
        )
    if word.startswith("__"):
        raise refuse(node, f"{word} reaches into Python itself, so it is not read.", "Use a plain name.")
    if not word.isascii():
        raise refuse(node, f"The name {word!r} is not written in plain letters.", "Use the letters a to z.")


def _attribute(node: ast.Attribute, refuse: Refuse) -> None:
    if isinstance(node.value, ast.Name) and node.attr in names.MODULES.get(node.value.id, ()):
        return
    if node.attr.startswith("_"):
        raise refuse(
            node, f".{node.attr} reaches into Python itself, so it is not read.", "Use lists and numbers."
        )
    if node.attr not in names.METHODS or not isinstance(node.ctx, ast.Load):
        raise refuse(
            node,
            f".{node.attr} is not a method that is known here.",
            "Known are those of lists, texts, sets and dictionaries, such as append, pop and get.",
        )


def _constant(node: ast.Constant, refuse: Refuse) -> None:
    if not isinstance(node.value, int | float | str | None):
        raise refuse(
            node, f"A {type(node.value).__name__} is not read.", "Use whole numbers, decimals and text."
        )
    if isinstance(node.value, int) and node.value.bit_length() > MAX_BITS:
        raise refuse(node, "This number has more than 3,000 digits.", "Use a smaller one.")


def _function(node: ast.FunctionDef, refuse: Refuse) -> None:
    _word(node, node.name, refuse)
    for mark in node.decorator_list:
        bare = mark.func if isinstance(mark, ast.Call) else mark
        word = bare.attr if isinstance(bare, ast.Attribute) else getattr(bare, "id", "")
        if f"functools.{word}" not in names.MEMO:
            raise refuse(mark, "This decorator is not known.", "Only lru_cache and cache are.")


def _arguments(node: ast.arguments, refuse: Refuse) -> None:
    extra = node.vararg or node.kwarg or next(iter(node.kwonlyargs), None)
    if extra is not None:
        raise refuse(extra, "Parameters with * are not read.", "Give each parameter a name of its own.")


def _import(node: ast.Import, refuse: Refuse) -> None:
    for alias in node.names:
        known = alias.name in names.MODULES or alias.name in names.ANNOTATIONS_ONLY
        if not known or (alias.asname and alias.asname != alias.name):
            raise refuse(node, f"{alias.name} cannot be imported here.", _IMPORTS)


def _import_from(node: ast.ImportFrom, refuse: Refuse) -> None:
    module = node.module or ""
    if module in names.ANNOTATIONS_ONLY and not node.level:
        return
    for alias in node.names:
        if node.level or alias.name not in names.MODULES.get(module, ()):
            raise refuse(node, f"{alias.name} of {module or 'a package'} cannot be imported here.", _IMPORTS)


_IMPORTS = "Nothing is really imported. Known are math, deque, lru_cache, heapq and bisect."


def _starred(node: ast.Starred, refuse: Refuse) -> None:
    if not isinstance(node.ctx, ast.Load):
        raise refuse(node, "A star on the left of an assignment is not read.", "Use a slice.")


def _formatted(node: ast.FormattedValue, refuse: Refuse) -> None:
    parts = node.format_spec.values if isinstance(node.format_spec, ast.JoinedStr) else []
    for part in parts:
        if not isinstance(part, ast.Constant) or not _FORMAT.fullmatch(str(part.value)):
            raise refuse(node, "This format is not read.", "Leave out what stands behind the colon.")


def _raise(node: ast.Raise, refuse: Refuse) -> None:
    made = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if not isinstance(made, ast.Name) or made.id not in names.EXCEPTIONS or node.cause is not None:
        raise refuse(node, "This error is not known.", "Raise ValueError.")


_FAULTS: dict[type[ast.AST], Callable[[Any, Refuse], None]] = {
    ast.Name: _name,
    ast.arg: _argument,
    ast.Attribute: _attribute,
    ast.Constant: _constant,
    ast.FunctionDef: _function,
    ast.arguments: _arguments,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Starred: _starred,
    ast.FormattedValue: _formatted,
    ast.Raise: _raise,
}


# --- calls, and jumps ----------------------------------------------------------------------


def _callable(node: ast.Call, functions: set[str], refuse: Refuse) -> None:
    """Only names and methods are called; keywords of built-ins only where they are known."""
    if not isinstance(node.func, ast.Name | ast.Attribute):
        raise refuse(node, "What is called here has no name.", "Give the function a name with def.")
    word = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
    for keyword in node.keywords:
        known = names.KEYWORDS.get(word, set[str]())
        if keyword.arg is None or (word not in functions and keyword.arg not in known):
            raise refuse(keyword, f"{word} is not read with {keyword.arg or '**'}.", "Leave it out.")


class _Jumps(ast.NodeVisitor):
    """return, break and continue stand where they can: `ast.parse` alone does not see to it."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse
        self._in_function = False
        self._in_loop = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before = self._in_function, self._in_loop
        self._in_function, self._in_loop = True, False
        for statement in node.body:
            self.visit(statement)
        self._in_function, self._in_loop = before

    def _loop(self, node: ast.For | ast.While) -> None:
        before, self._in_loop = self._in_loop, True
        for statement in node.body:
            self.visit(statement)
        self._in_loop = before
        for statement in node.orelse:
            self.visit(statement)

    visit_For = visit_While = _loop

    def visit_Return(self, node: ast.Return) -> None:
        if not self._in_function:
            raise self._refuse(
                node, "return stands outside a function.", "Put it into a def, or leave it out."
            )

    def visit_Break(self, node: ast.Break) -> None:
        if not self._in_loop:
            raise self._refuse(node, "break stands outside a loop.", "Put it into a loop, or leave it out.")

    def visit_Continue(self, node: ast.Continue) -> None:
        if not self._in_loop:
            raise self._refuse(
                node, "continue stands outside a loop.", "Put it into a loop, or leave it out."
            )

    def generic_visit(self, node: ast.AST) -> None:
        """Expressions hold no jumps, so they are not gone into: they may be deep."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self.visit(child)
