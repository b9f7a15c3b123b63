"""Whether the sizes of recursive calls may depend on the data, as those of quicksort do; from the text."""

from __future__ import annotations

import ast

from engine.algorithms.reading import Snippet


def scattered(snippet: Snippet, functions: tuple[str, ...]) -> bool:
    """Whether a recursive call is given something that was found by looking at items.

    What another function of the snippet returned, a list that was filtered or filled in some cases, or
    a number that a loop moved on. No family of inputs then shows the worst case by itself.
    """
    return any(_in(snippet.functions[name], functions, snippet) for name in functions)


def _in(node: ast.FunctionDef, functions: tuple[str, ...], snippet: Snippet) -> bool:
    given = {
        part.id
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in functions
        for argument in call.args
        for part in ast.walk(argument)
        if isinstance(part, ast.Name)
    }
    helpers = set(snippet.functions) - set(functions)
    return bool(given & _found(node, helpers)) or any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in functions
        and any(_filters(argument, helpers) for argument in call.args)
        for call in ast.walk(node)
    )


def _found(node: ast.FunctionDef, helpers: set[str]) -> set[str]:
    """Names whose values come from looking at items."""
    found = set[str]()
    for part in ast.walk(node):
        match part:
            case ast.Assign(targets=targets, value=value) if _filters(value, helpers):
                found |= {
                    one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)
                }
            case ast.For(body=body) | ast.While(body=body):
                found |= {name for statement in body for name in _moved(statement)}
    return found


def _filters(value: ast.AST, helpers: set[str]) -> bool:
    """Whether a helper is called in it, or a list is gone through with a condition."""
    return any(
        (isinstance(part, ast.comprehension) and part.ifs)
        or (
            isinstance(part, ast.Call)
            and isinstance(part.func, ast.Name)
            and part.func.id in helpers | {"filter"}
        )
        for part in ast.walk(value)
    )


def _moved(statement: ast.stmt) -> set[str]:
    """Numbers that are added to, and lists that are filled, in some passes of a loop only."""
    found = set[str]()
    for part in ast.walk(statement):
        if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
            found.add(part.target.id)
        elif isinstance(part, ast.If):
            for call in ast.walk(part):
                match call:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append")):
                        found.add(name)
    return found
