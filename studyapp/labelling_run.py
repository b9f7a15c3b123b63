"""One go at a labelling card: which part is asked for, which are done. Pure; knows no picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from content.records import Rating

_HARD = 0.8  # share of known parts from which "Hard" is suggested; "Good" needs all of them


@dataclass(frozen=True, slots=True)
class LabellingRun:
    """A state; each step gives the next one, so that steps can be taken back.

    Attributes:
        parts: ids, in the order in which they are asked.
        at: the part that is asked for; "" when all are done.
        shown: whether its label has been revealed.
        known: part -> whether it was known, for those that are done.
    """

    parts: tuple[str, ...]
    at: str
    shown: bool = False
    known: tuple[tuple[str, bool], ...] = ()

    @staticmethod
    def begin(parts: tuple[str, ...]) -> LabellingRun:
        return LabellingRun(parts, parts[0] if parts else "")

    @property
    def done(self) -> bool:
        """Whether every part has been judged."""
        return len(self.known) == len(self.parts)

    @property
    def right(self) -> int:
        """How many were known."""
        return sum(was for _, was in self.known)

    @property
    def suggestion(self) -> Rating:
        """The rating that fits what was known; the student decides."""
        if self.right == len(self.parts):
            return Rating.GOOD
        return Rating.HARD if self.right >= _HARD * len(self.parts) else Rating.AGAIN

    def waits(self, part: str) -> bool:
        """Whether this part has not been judged yet."""
        return part in self.parts and part not in dict(self.known)

    def reveal(self) -> LabellingRun:
        """Show the label that is asked for."""
        return self if self.done else replace(self, shown=True)

    def choose(self, part: str) -> LabellingRun:
        """Ask for this part now, and show its label: its blank was clicked."""
        return replace(self, at=part, shown=True) if self.waits(part) else self

    def judge(self, was_known: bool) -> LabellingRun:
        """Go on after a revealed label; before it is revealed nothing can be judged."""
        return self._after(was_known) if self.shown and not self.done else self

    def place(self, part: str) -> LabellingRun:
        """The label of `part` was put on the blank that is asked for: known if it belongs there."""
        if self.done or self.shown or not self.waits(part):
            return self
        return self._after(part == self.at)

    def give_up(self) -> LabellingRun:
        """All that is left is not known."""
        left = tuple((part, False) for part in self.parts if self.waits(part))
        return LabellingRun(self.parts, "", False, self.known + left)

    def _after(self, was_known: bool) -> LabellingRun:
        known = (*self.known, (self.at, was_known))
        judged = {part for part, _ in known}
        start = self.parts.index(self.at)
        ring = (*self.parts[start:], *self.parts[:start])
        return LabellingRun(self.parts, next((part for part in ring if part not in judged), ""), False, known)
