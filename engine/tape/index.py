"""Times as they are written: t - 1, T, 3, j + 1; and the spans of time that a line holds for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class At:
    """`base` + `shift`: base is a letter such as "t", "j", "k", "T", or "" for a plain number."""

    base: str
    shift: int = 0

    def __add__(self, more: int) -> At:
        return At(self.base, self.shift + more)

    def __sub__(self, less: int) -> At:
        return At(self.base, self.shift - less)

    def put(self, letter: str, value: At) -> At:
        """With `value` in place of the letter."""
        return value + self.shift if self.base == letter else self

    def number(self, letters: Mapping[str, int]) -> int:
        """What it is where the letters are these numbers. Raises KeyError for another letter."""
        return self.shift if not self.base else letters[self.base] + self.shift

    def __str__(self) -> str:
        if not self.base:
            return str(self.shift)
        return self.base + (f"{self.shift:+d}" if self.shift else "")


def at(number: int) -> At:
    """A plain number as a time."""
    return At("", number)


t, last, first = At("t"), At("T"), at(1)


@dataclass(frozen=True, slots=True)
class Span:
    """The times `low` .. `high` of `letter`; only those that one may cut after, or all others.

    Attributes:
        falling: told from the last to the first.
        window: k of truncated BPTT; 0: none.
        cut: with a window, True: only times that k divides; False: only those that it does not.
    """

    letter: str
    low: At
    high: At
    falling: bool = False
    window: int = 0
    cut: bool = False

    def times(self, letters: Mapping[str, int]) -> list[int]:
        """All times, in the order of telling; `letters` says what T is."""
        low, high = self.low.number(letters), self.high.number(letters)
        found = [n for n in range(low, high + 1) if not self.window or (n % self.window == 0) == self.cut]
        return found[::-1] if self.falling else found
