"""Who calls whom in a snippet, and which functions call themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

from engine.algorithms.reading import Snippet
from engine.errors import CodeError


class WholeNumber(NamedTuple):
    """A number in the code, and its place as an ast node has it."""

    value: int
    lineno: int
    col_offset: int


def callees(snippet: Snippet, function: str) -> set[str]:
    """Functions of the snippet that `function` ("": the top level) calls by name."""
    body: Iterable[ast.AST] = snippet.functions[function].body if function else snippet.top
    found = set[str]()
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):  # a nested one is called where its name stands
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in snippet.functions:
            found.add(node.id)
        waiting.extend(ast.iter_child_nodes(node))
    return found


def reached(snippet: Snippet, function: str) -> set[str]:
    """All functions that `function` calls, and those that these call."""
    found, waiting = set[str](), [function]
    while waiting:
        new = callees(snippet, waiting.pop()) - found
        found |= new
        waiting.extend(new)
    return found


def group(snippet: Snippet, function: str) -> tuple[str, ...]:
    """The recursive functions that a run from `function` ("": the top level) comes to; () if none."""
    inside = {function} | reached(snippet, function) if function else reached(snippet, "")
    return tuple(name for name in snippet.functions if name in inside and name in reached(snippet, name))


def self_call(snippet: Snippet, functions: tuple[str, ...]) -> ast.Call | None:
    """The first place where one of `functions` calls one of them."""
    calls = [
        node
        for name in functions
        for node in ast.walk(snippet.functions[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions
    ]
    return min(calls, key=lambda node: (node.lineno, node.col_offset), default=None)


def refused(snippet: Snippet, functions: tuple[str, ...], why: str) -> CodeError:
    """That the recursion is not solved, `why`, with the place of its first call."""
    call = self_call(snippet, functions)
    reason = f"{functions[0]} calls itself, and {why[:1].lower()}{why[1:].rstrip('.')}."
    way_out = "Solved are calls on n - 1, on n // 2, on halves of a list, and their like."
    return CodeError(reason, way_out) if call is None else snippet.fault(call, reason, way_out)


def threshold(snippet: Snippet, functions: tuple[str, ...]) -> WholeNumber | None:
    """The largest number that something is compared with: what happens beyond it must have been seen."""
    found = [
        WholeNumber(side.value, side.lineno, side.col_offset)
        for name in functions
        for node in ast.walk(snippet.functions[name])
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and type(side.value) is int
    ]
    return max(found, default=None)
