"""Which variables decide how often something is executed; the others need not be followed."""

from __future__ import annotations

import ast

from engine.algorithms.reading import Snippet


def relevant(snippet: Snippet) -> frozenset[str]:
    """Names that conditions, ranges, lengths or arguments depend on, by any number of assignments."""
    found, flows = set[str](), list[tuple[set[str], set[str]]]()
    for node in ast.walk(snippet.tree):
        match node:
            case ast.While(test=test) | ast.If(test=test) | ast.IfExp(test=test):
                found |= _names(test)
            case ast.For(iter=source) | ast.comprehension(iter=source):
                found |= _names(source)
            case ast.Call(args=values, keywords=keywords):
                for part in (*values, *(keyword.value for keyword in keywords)):
                    found |= _names(part)
                if isinstance(node.func, ast.Attribute):
                    found |= _names(node.func.value)
            case ast.Slice() | ast.Return():
                found |= _names(node)
            case ast.BinOp(op=ast.Mult(), left=ast.List(), right=right):
                found |= _names(right)
            case ast.Assign(targets=targets, value=value):
                flows.append((set[str]().union(*map(_names, targets)), _names(value)))
            case ast.AugAssign(target=target, value=value):
                flows.append((_names(target), _names(value) | _names(target)))
    while True:
        more = set[str]().union(*(sources for targets, sources in flows if targets & found)) - found
        if not more:
            return frozenset(found)
        found |= more


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
