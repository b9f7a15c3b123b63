"""Notes: where a student is in working out one derivation, and all that was typed for it. Pure: no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from engine.symbolic.report import Judged, Line, Verdict
from studyapp.line_question import sides

_TYPED = ("recurrence", "first-value", "assumed-first-value", "case-assumed")  # rules of what is given


@dataclass(frozen=True, slots=True)
class Tried:
    """A text that was submitted, for the line of that number, and what became of it (None: unknown yet)."""

    text: str
    line: int
    judged: Judged | None = None


@dataclass(slots=True)
class Notes:
    """What is known, found, shown and typed.

    Attributes:
        lines: of the derivation, in order.
        known: so many lines (by their numbers) are taken as known.
        given: how many of them were so from the start.
        found, revealed, skipped: numbers of the lines that were typed right, that were looked at, and
            that were gone over because a later one was typed.
        reached: the last line that what was typed amounts to; 0: none since the last advance.
        tried: all that was submitted, the oldest first.
        draft: what stands in the field.
    """

    lines: tuple[Line, ...]
    known: int = 0
    given: int = -1
    found: set[int] = field(default_factory=set)
    revealed: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)
    reached: int = 0
    tried: tuple[Tried, ...] = ()
    draft: str = ""
    _counts: bool = False  # whether the line that was reached is one's own

    def __post_init__(self) -> None:
        if self.given < 0:
            self.given = self.known

    @property
    def asked(self) -> Line | None:
        """The first line that is not known; None when there is none left."""
        return next((line for line in self.lines if line.number > self.known), None)

    def is_again(self, asked: Line) -> bool:
        """Whether an earlier line has the same left side, so that the question is the same."""
        left, _ = sides(asked.latex)
        return any(sides(line.latex)[0] == left for line in self.lines if line.number < asked.number)

    def submit(self, text: str) -> None:
        asked = self.asked
        self.tried = (*self.tried, Tried(text, asked.number if asked else 0))

    def judge(self, verdict: Verdict) -> None:
        """Note what became of the text that was submitted last."""
        if self.tried:
            self.tried = (*self.tried[:-1], replace(self.tried[-1], judged=verdict.judged))
        asked = self.asked
        if asked is None or not self.goes_on(verdict):
            return
        self.reached = max(asked.number, verdict.line)
        self._counts = verdict.judged is not Judged.CONVENTION and self.reached not in self.revealed
        if self._counts and not self.jumps:  # a later line counts when one goes on from there
            self.found.add(self.reached)

    @property
    def jumps(self) -> bool:
        """Whether what was typed amounts to a line after the one that is asked for."""
        return self.asked is not None and self.reached > self.asked.number

    def goes_on(self, verdict: Verdict) -> bool:
        """Whether it is a line that was not known yet, so that one may go on from there."""
        if verdict.judged is Judged.SKIPS:
            return verdict.line > self.known
        return verdict.judged in (Judged.RIGHT, Judged.CONVENTION)

    def reveal(self) -> None:
        """The line that is asked for is looked at."""
        if self.asked is not None:
            self.revealed.add(self.asked.number)

    def advance(self) -> None:
        """What was reached is known from now on, or else the line that was asked for."""
        asked = self.asked
        if asked is None:
            return
        if self.jumps:
            behind = {line.number for line in self.lines if asked.number <= line.number < self.reached}
            self.skipped |= behind - self.found - self.revealed
            if self._counts:
                self.found.add(self.reached)
        self.go_to(max(asked.number, self.reached))

    def go_to(self, known: int) -> None:
        """So many lines are known."""
        self.known, self.reached, self._counts = known, 0, False

    def restart(self) -> None:
        """From the first line again; what was typed is kept."""
        self.found, self.revealed, self.skipped = set(), set(), set()
        self.go_to(self.given)

    def take_over(self, other: Notes) -> None:
        """What was typed for the same derivation, in another telling or with other numbers."""
        self.tried, self.draft = other.tried, other.draft
        self.found, self.revealed, self.skipped = set(other.found), set(other.revealed), set(other.skipped)
        last = max((line.number for line in self.lines), default=0)
        self.go_to(min(last, max(self.known, other.known)))

    def score(self) -> tuple[int, int]:
        """How many lines were found, out of how many that were not given."""
        asked = [line.number for line in self.lines if line.number > self.given]
        return len(self.found.intersection(asked)), len(asked)

    def done(self) -> int:
        """How many of them are behind one."""
        return sum(self.given < line.number <= self.known for line in self.lines)

    def entries(self) -> list[str]:
        """What the field recalls."""
        return list(dict.fromkeys(one.text for one in self.tried))


def first_asked(lines: Sequence[Line]) -> int:
    """How many lines are given by default: what was typed, or all before the first slope of the loss."""
    typed = next((place for place, line in enumerate(lines) if line.rule not in _TYPED), len(lines))
    if typed:
        return lines[typed - 1].number
    for place, line in enumerate(lines):
        left, _ = sides(line.latex)
        if "\\partial L" in left or left.startswith("\\delta"):
            return lines[place - 1].number if place else 0
    return 0
