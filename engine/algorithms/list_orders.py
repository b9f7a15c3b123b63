"""Orders of a list that make algorithms do the most or the least: sorted, shuffled, halving, and so on."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final


def _sorted(n: int) -> list[int]:
    return list(range(n))


def _reversed(n: int) -> list[int]:
    return list(range(n - 1, -1, -1))


def _equal(n: int) -> list[int]:
    return [1] * n


def _shuffled(n: int) -> list[int]:
    items = list(range(n))
    random.Random(n).shuffle(items)  # noqa: S311 - an example, not a secret
    return items


def _interleaved(n: int) -> list[int]:
    """The order that merging halves takes longest with: both halves last to the end."""

    def arranged(items: list[int]) -> list[int]:
        return arranged(items[1::2]) + arranged(items[::2]) if len(items) > 1 else items

    return arranged(list(range(n)))


def _interleaved_ceil(n: int) -> list[int]:
    """The same where the first half is the larger one."""

    def arranged(items: list[int]) -> list[int]:
        return arranged(items[::2]) + arranged(items[1::2]) if len(items) > 1 else items

    return arranged(list(range(n)))


def _least_in_the_middle(n: int) -> list[int]:
    """Each middle item is the least of its part, for a partition that keeps the order."""
    arranged: list[int] = []
    for item in range(n - 1, -1, -1):
        arranged.insert((len(arranged) + 1) // 2, item)
    return arranged


def _halved_first(n: int) -> list[int]:
    """Each first item is the middle one of its part, for a partition that keeps the order."""

    def arranged(items: list[int]) -> list[int]:
        mid = len(items) // 2
        return [items[mid], *arranged(items[:mid]), *arranged(items[mid + 1 :])] if items else []

    return arranged(list(range(n)))


def _halved_last(n: int) -> list[int]:
    """Each last item is the middle one of its part, for Lomuto's partition, which turns
    the right part by one.
    """

    def arranged(items: list[int]) -> list[int]:
        mid = len(items) // 2
        right = arranged(items[mid + 1 :]) if items else []
        return [*arranged(items[:mid]), *right[-1:], *right[:-1], items[mid]] if items else []

    return arranged(list(range(n)))


ORDERS: Final[tuple[tuple[str, Callable[[int], list[int]]], ...]] = (
    ("sorted list", _sorted),
    ("reversed list", _reversed),
    ("shuffled list", _shuffled),
    ("list of equal items", _equal),
    ("list that is merged by turns", _interleaved),
    ("list that is merged by turns, its first half the larger", _interleaved_ceil),
    ("list whose middle items are the least", _least_in_the_middle),
    ("list whose first items halve it", _halved_first),
    ("list whose last items halve it", _halved_last),
)
TEXTS: Final = (("text of different letters", _sorted), ("text of equal letters", _equal))
