"""A real run of a recursion at a small size -> the tree of its calls, to step through both ways."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, Final

from engine.algorithms import inputs
from engine.algorithms.interpreter import Tally, run
from engine.algorithms.reading import Snippet
from engine.algorithms.values import CodeFault
from engine.algorithms.visits import Seen
from engine.symbolic.findings import CallTree, Visit

MAX_SHOWN: Final = 60  # calls
_MAX_SIZE: Final = 12
_LIMIT: Final = 6000
_MAX_DEPTH: Final = 12


def call_tree(snippet: Snippet, function: str, family: inputs.Family | None = None) -> CallTree | None:
    """The calls at the largest size that keeps to MAX_SHOWN; None where no size does.

    `family`: which arguments; else the first one of `inputs`.
    """
    wanted = inputs.parameters(snippet, function)
    chosen = family or inputs.families(wanted)[0]
    found: CallTree | None = None
    for size in range(1, _MAX_SIZE + 1):
        try:
            arguments = chosen.make(dict.fromkeys(inputs.letters(wanted), size))
            tally = run(snippet, function, arguments, _LIMIT, watch=True)
        except CodeFault:
            continue
        if len(tally.visits) > MAX_SHOWN or _depth(tally.visits) > _MAX_DEPTH:
            break
        if len(tally.visits) > 1:
            found = CallTree(size, visits(snippet, tally))
    return found


def visits(snippet: Snippet, tally: Tally) -> tuple[Visit, ...]:
    """The calls of a run as they are shown. `tally` has been watched."""
    shown = {name: _shown(node, tally.visits) for name, node in snippet.functions.items()}
    memo = {name: name in snippet.memoised or keeps(node) for name, node in snippet.functions.items()}
    first: dict[str, int] = {}
    parents = {visit.parent for visit in tally.visits}
    found = []
    for number, visit in enumerate(tally.visits):
        label = _label(visit, shown)
        same = first.setdefault(label, number)
        remembered = visit.remembered or (
            memo.get(visit.function, False) and same != number and number not in parents
        )
        found.append(
            Visit(number, visit.parent, label, visit.result, same, visit.enters, visit.leaves, remembered)
        )
    return tuple(found)


def _label(visit: Seen, shown: Mapping[str, dict[int, str]]) -> str:
    places = shown.get(visit.function, {})
    values = [f"{places[k]}{value}" for k, value in enumerate(visit.arguments) if k in places]
    return f"{visit.function}({', '.join(values)})"


def _shown(node: ast.FunctionDef, seen: tuple[Seen, ...]) -> dict[int, str]:
    """Places of the parameters to write, with "name=" where others are left out.

    A memo that fills up would make every call look different.
    """
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    kept = [k for k, name in enumerate(names) if name not in inputs.MEMO_NAMES]
    of_this = [visit.arguments for visit in seen if visit.function == node.name]
    changing = [k for k in kept if len({arguments[k] for arguments in of_this if k < len(arguments)}) > 1]
    if len(kept) <= 3 or not changing:
        return dict.fromkeys(kept, "")
    return {k: f"{names[k]}=" for k in changing}


def keeps(node: ast.FunctionDef) -> bool:
    """Whether it looks up its results in something it fills: `if n in memo: return memo[n]`."""
    looked_up = {
        part.comparators[0].id
        for part in ast.walk(node)
        if isinstance(part, ast.Compare)
        and isinstance(part.ops[0], ast.In | ast.NotIn)
        and isinstance(part.comparators[0], ast.Name)
    }
    looked_up |= {name for part in ast.walk(node) for name in _compared_item(part)}
    filled = {
        target.value.id
        for part in ast.walk(node)
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)
    }
    return bool(looked_up & filled)


def _compared_item(node: Any) -> set[str]:
    """memo in `memo[n] != -1`."""
    match node:
        case ast.Compare(left=ast.Subscript(value=ast.Name(id=name))):
            return {name}
    return set()


def _depth(seen: tuple[Seen, ...]) -> int:
    depths: list[int] = []
    for visit in seen:
        depths.append(1 + (depths[visit.parent] if visit.parent >= 0 else 0))
    return max(depths, default=0)
