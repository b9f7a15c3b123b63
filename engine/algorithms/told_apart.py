"""Lists and texts made of what the code itself compares with: "(" and ")", 0, 1 and 2.

Code that tells its items apart by constants takes one way only on items that are none of them. Knows
nothing of what is counted.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from engine.algorithms import inputs
from engine.algorithms.inputs import Family, Parameter
from engine.algorithms.reading import Snippet

_MOST = 3  # constants of a kind that are tried


def told_apart(snippet: Snippet, wanted: tuple[Parameter, ...]) -> tuple[Family, ...]:
    """Families of arguments whose items are constants of the code; none where it has none."""
    texts = [one.name for one in wanted if one.kind == inputs.TEXT]
    lists = [one.name for one in wanted if one.kind == inputs.LIST]
    letters = _constants(snippet, str) if texts else []
    numbers = _constants(snippet, int) if lists else []
    found = list[Family]()
    for names, items in ((texts, letters), (lists, numbers)):
        found += [_family(wanted, names, f"only {item!r}", _only(item)) for item in items]
        if len(items) > 1:
            found.append(_family(wanted, names, "first half one, then the other", _halves(items)))
            found.append(_family(wanted, names, "by turns", _turns(items)))
    return tuple(found)


def _constants(snippet: Snippet, kind: type) -> list[Any]:
    """Letters, or numbers, that items are compared with."""
    found = dict[Any, None]()
    for node in ast.walk(snippet.tree):
        if isinstance(node, ast.Compare):
            for part in (node.left, *node.comparators):
                value = part.value if isinstance(part, ast.Constant) else None
                if type(value) is kind and (kind is int or (isinstance(value, str) and value)):
                    found |= dict.fromkeys(value[:_MOST] if isinstance(value, str) else [value])
    return list(found)[:_MOST]


def _family(
    wanted: tuple[Parameter, ...], names: list[str], words: str, make_items: Callable[[int], list[Any]]
) -> Family:
    plain = inputs.families(wanted)[0]

    def make(sizes: Mapping[str, int]) -> dict[str, Any]:
        made = plain.make(sizes)
        for name in names:
            items = make_items(len(made[name]))
            made[name] = "".join(items) if isinstance(made[name], str) else items
        return made

    return Family(words, make)


def _only(item: Any) -> Callable[[int], list[Any]]:
    return lambda length: [item] * length


def _halves(items: list[Any]) -> Callable[[int], list[Any]]:
    return lambda length: [items[0]] * (length - length // 2) + [items[1]] * (length // 2)


def _turns(items: list[Any]) -> Callable[[int], list[Any]]:
    return lambda length: [items[place % len(items)] for place in range(length)]
