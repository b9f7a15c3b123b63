"""What each call of a recursion does by itself: how large its arguments are, whom it calls, what it costs.

Watches an interpreted run. A call's own lines are those executed between its beginning and its
end, without those of the recursive calls in between; functions outside the group count to
whoever called them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.algorithms.values import Meter, TooMuch

MAX_ENTRIES: Final = 6000
_SIZED: Final = (list, tuple, str, dict, set, deque, range)


@dataclass(slots=True)
class Entry:
    """One call.

    Attributes:
        function: its name; "" for the top level, or whatever called the recursion first.
        sizes: of each argument: a number itself, the length of a list, None for the rest.
        children: the calls that it made within the group.
        own: executions by line, its own only.
        cost: work of built-ins, its own only.
    """

    function: str
    sizes: tuple[int | None, ...]
    children: list[Entry] = field(default_factory=list)
    own: Mapping[int, int] = field(default_factory=dict)
    cost: int = 0


class Profile:
    """Collects the calls of the functions in `group`; `root` stands for what is outside of them."""

    def __init__(self, group: Collection[str]) -> None:
        self.group = frozenset(group)
        self.root = Entry("", ())
        self._open: list[tuple[Entry, list[int], list[int], int, int]] = []
        self._count = 0

    def begin(self, meter: Meter) -> None:
        self._open = [(self.root, list(meter.lines), [0] * len(meter.lines), sum(meter.costs), 0)]

    def enter(self, meter: Meter, function: str, values: list[Any]) -> None:
        if function not in self.group:
            return
        self._count += 1
        if self._count > MAX_ENTRIES:
            raise TooMuch("More calls than are looked at one by one.", "Try a smaller size.")
        entry = Entry(function, tuple(map(_size, values)))
        self._open[-1][0].children.append(entry)
        self._open.append((entry, list(meter.lines), [0] * len(meter.lines), sum(meter.costs), 0))

    def leave(self, meter: Meter, function: str) -> None:
        if function in self.group:
            self._close(meter)

    def end(self, meter: Meter) -> None:
        self._close(meter)

    def _close(self, meter: Meter) -> None:
        entry, before, inner, cost_before, cost_inner = self._open.pop()
        spent = [now - then for now, then in zip(meter.lines, before, strict=True)]
        own = [all_of - others for all_of, others in zip(spent, inner, strict=True)]
        entry.own = {line: count for line, count in enumerate(own) if count}
        cost = sum(meter.costs) - cost_before
        entry.cost = cost - cost_inner
        if self._open:
            caller, started, others, cost_started, cost_others = self._open.pop()
            others = [a + b for a, b in zip(others, spent, strict=True)]
            self._open.append((caller, started, others, cost_started, cost_others + cost))


def _size(value: Any) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value
    return len(value) if isinstance(value, _SIZED) else None
