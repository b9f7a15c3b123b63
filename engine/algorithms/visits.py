"""The calls of an interpreted run, in order: who called whom, with what, and what came back.

Texts are made while it runs, since lists change afterwards. Only the first few hundred are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

MAX_VISITS: Final = 400
_WIDTH: Final = 24


@dataclass(slots=True)
class Seen:
    """One call. `parent` is its place in the list of all, -1 for none; moments count from 0.

    `key` is the same for the same function with equal arguments.
    """

    function: str
    parent: int
    key: str
    arguments: tuple[str, ...]
    enters: int
    leaves: int = -1
    result: str = ""
    remembered: bool = False


class Visits:
    """Watches calls. `complete` is false once there were more than are kept."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.complete = True
        self.watching = False
        self._open: list[int] = []
        self._moment = 0

    def restart(self, watching: bool) -> None:
        """Forget everything; keep calls from now on if `watching`."""
        self.seen, self.complete, self.watching, self._open, self._moment = [], True, watching, [], 0

    def enter(self, function: str, values: list[Any]) -> None:
        if not self.watching:
            return
        place = -1
        if len(self.seen) < MAX_VISITS:
            place = len(self.seen)
            parent = self._open[-1] if self._open else -1
            arguments = tuple(short(value) for value in values)
            key = f"{function}({', '.join(short(value, 10 * _WIDTH) for value in values)})"
            self.seen.append(Seen(function, parent, key, arguments, self._tick()))
        else:
            self.complete = False
        self._open.append(place)

    def leave(self, result: Any) -> None:
        if not self.watching:
            return
        place = self._open.pop()
        if place >= 0:
            visit = self.seen[place]
            visit.leaves, visit.result = self._tick(), "" if result is None else short(result)

    def recall(self, function: str, values: list[Any], result: Any) -> None:
        """A call that lru_cache answers."""
        if self.watching:
            before = len(self.seen)
            self.enter(function, values)
            self.leave(result)
            for visit in self.seen[before:]:
                visit.remembered = True

    def _tick(self) -> int:
        self._moment += 1
        return self._moment - 1


def short(value: Any, width: int = _WIDTH) -> str:  # noqa: PLR0911 - one case a type
    """`value` as it is written in Python, cut to about `width` characters; only a little of it is read."""
    match value:
        case bool() | None:
            return str(value)
        case int():
            return str(value) if value.bit_length() < 3 * width else f"about 2^{value.bit_length()}"
        case float():
            return f"{value:.6g}"
        case str():
            return repr(value) if len(value) <= width else repr(value[: width - 1]) + "…"
        case list() | tuple():
            return _sequence(value, width)
        case dict() | set():
            return f"{type(value).__name__} of {len(value)}" if value else "{}"
    return type(value).__name__


def _sequence(value: list[Any] | tuple[Any, ...], width: int) -> str:
    """[1, 2, 3], as much of it as fits."""
    opening, closing = "[]" if isinstance(value, list) else "()"
    parts, left = list[str](), width
    for item in value:
        if left <= 0:
            parts.append("…")
            break
        parts.append(short(item, left))
        left -= len(parts[-1]) + 2
    single = "," if isinstance(value, tuple) and len(value) == 1 else ""
    return opening + ", ".join(parts) + single + closing
