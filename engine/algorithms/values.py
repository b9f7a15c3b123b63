"""What bounds an interpreted run: steps, work, the size of numbers, lists and texts, and depth.

Every operation that could take long or become large asks here first, so that a run ends
soon and in bounded memory whatever was pasted. No wall clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from engine.errors import CodeError

MAX_BITS: Final = 10_000
MAX_LENGTH: Final = 100_000
MAX_DEPTH: Final = 900
WORK_PER_STEP: Final = 20  # work of built-ins (copied, compared, summed items) allowed beside each step
BIG: Final = 1 << MAX_BITS
MAX_NESTED: Final = 40

SIZED = (list, tuple, set, dict, str, deque, range)
NESTED = (list, tuple, set, dict, deque)


class CodeFault(CodeError):
    """The interpreted code itself fails: an index out of range, a division by zero, wrong types."""


class TooMuch(CodeFault):
    """A bound of the run was reached; the code may be right, or never end."""


@dataclass(slots=True)
class Meter:
    """What is counted and what is left while code is interpreted.

    Attributes:
        lines: executions, by line number (index).
        costs: work of built-ins beyond the first step of a line, by line number: see `builtin_costs.py`.
        steps, work: what is left of either.
        depth: of interpreted calls.
    """

    lines: list[int]
    costs: list[int]
    steps: int = 0
    work: int = 0
    depth: int = 0
    line: int = 0
    calls: dict[str, int] = field(default_factory=dict)

    def restart(self, limit: int) -> None:
        """Everything at 0, in place: compiled code holds on to the lists."""
        self.lines[:] = [0] * len(self.lines)
        self.costs[:] = [0] * len(self.costs)
        self.calls.clear()
        self.steps, self.work, self.depth = limit, WORK_PER_STEP * limit, 0

    def charge(self, line: int, work: int) -> None:
        """Count `work` of a built-in on `line`. Raises TooMuch."""
        self.costs[line] += work
        self.work -= work
        if self.work < 0:
            raise TooMuch("This takes too many steps to be followed.", _SMALLER, line)

    def spend(self, line: int, work: int) -> None:
        """As `charge`, for work that is ours and not the code's: it is not counted."""
        self.work -= work
        if self.work < 0:
            raise TooMuch("This takes too many steps to be followed.", _SMALLER, line)

    def fits(self, line: int, length: int) -> None:
        """Raises TooMuch where a list or text of that length is not made."""
        if length > MAX_LENGTH:
            reason = f"A list or text of {length if length < BIG else 'so many'} items is not made here."
            raise TooMuch(reason, f"Use at most {MAX_LENGTH:,}.", line)

    def taken(self, line: int, items: Iterable[Any]) -> list[Any]:
        """All of `items` in a new list, if that is not too long; counted as its length."""
        if isinstance(items, SIZED):
            self.fits(line, len(items))
            self.charge(line, len(items))
            return list(items)
        return list(self.stepwise(line, items))

    def stepwise(self, line: int, items: Iterable[Any]) -> Iterator[Any]:
        """`items` one by one, each counted."""
        for made, item in enumerate(items, 1):
            self.charge(line, 1)
            self.fits(line, made)
            yield item

    def compared(self, line: int, first: Any, second: Any) -> None:
        """Charge for comparing two values with each other: nothing for numbers."""
        if isinstance(first, NESTED) and isinstance(second, NESTED):
            self.charge(line, min(self.weight(line, first), self.weight(line, second)))

    def weight(self, line: int, value: Any, depth: int = 0) -> int:
        """How many items stand in `value` at all depths. Raises TooMuch for a tower without end."""
        if not isinstance(value, NESTED):
            return 1
        if depth > MAX_NESTED:
            raise TooMuch("Lists are nested too deep here.", "Nest them less.", line)
        self.spend(line, len(value) + 1)
        parts = (*value.keys(), *value.values()) if isinstance(value, dict) else value
        return sum(self.weight(line, part, depth + 1) for part in parts) + 1


NEVER_ENDS: Final = "See that each loop and each call comes closer to its end, or try a smaller size."
_SMALLER = "Try a smaller size, and see that each loop and each call comes closer to its end."


def whole(line: int, value: Any) -> Any:
    """`value`, unless it is a number with too many digits."""
    if type(value) is int and not -BIG < value < BIG:
        raise TooMuch("A number here has more than 3,000 digits.", "Try a smaller size.", line)
    return value


def fault_of(error: Exception, line: int) -> CodeFault:
    """What went wrong in the pasted code, in words."""
    if isinstance(error, RecursionError):
        return TooMuch("The calls are nested too deep here.", NEVER_ENDS, line)
    words = {
        IndexError: "The index is out of range.",
        KeyError: "This key is not in the dictionary.",
        ZeroDivisionError: "This divides by zero.",
        OverflowError: "A number becomes too large.",
    }
    reason = next((text for kind, text in words.items() if isinstance(error, kind)), f"This fails: {error}.")
    return CodeFault(reason[:200], "Run it by hand with small values.", line)
