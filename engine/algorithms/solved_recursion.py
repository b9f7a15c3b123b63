"""The counts of a recursion in one case: what is known of each line, of the calls and of all together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.algorithms.inputs import Family
from engine.algorithms.interpreter import Tally
from engine.algorithms.recursion_text import Told
from engine.algorithms.totals import Total


@dataclass(frozen=True)
class Recursion:
    """A recursion in one case (one family of arguments), solved.

    Attributes:
        functions: those that call themselves or each other.
        size: what n is, as code, e.g. "len(arr)", "hi - lo + 1".
        words: what the arguments are like, e.g. "sorted list"; empty where that decides nothing.
        calls: of each function, entries into its body.
        lines: executions of each line, and `total` of all of them.
        work: of `total` and of built-ins (copied, compared items); its class is the running time's.
        tallies: n -> what was counted there; every closed form gives these.
        family: the arguments themselves.
        told: what the text says one call does; None where only runs tell.
        why: why they alone do, in words that follow "since"; "" where the text is enough.
        note: one sentence on how it was found, where that needs a word.
    """

    functions: tuple[str, ...]
    size: str
    words: str
    calls: Mapping[str, Total]
    lines: Mapping[int, Total]
    total: Total
    work: Total
    tallies: Mapping[int, Tally]
    family: Family | None = None
    why: str = ""
    note: str = ""
    told: Told | None = None

    @property
    def proven(self) -> bool:
        """Whether its class is derived from the text, and not only read off runs."""
        return not self.why

    @property
    def exact(self) -> bool:
        """Whether the counts of its lines are as well."""
        return self.proven and (self.told is None or self.told.exact)

    @property
    def recurrence(self) -> str:
        """Of all executions, as it may be typed into the desk of recurrences; "" where there is none."""
        return self.total.recurrence

    def without_formulas(self, note: str) -> Recursion:
        """The classes alone, where other inputs of the same class take a little more."""
        return replace(
            self,
            calls={name: replace(total, closed=None) for name, total in self.calls.items()},
            lines={line: replace(total, closed=None) for line, total in self.lines.items()},
            total=replace(self.total, closed=None),
            work=replace(self.work, closed=None),
            words="",
            why="",
            note=note,
        )
