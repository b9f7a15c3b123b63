"""What became of a block of code: counts by line, what is known afterwards, how it is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.algorithms.conditions import Part
from engine.algorithms.counts import NEVER, ONCE, Count
from engine.algorithms.known import (
    Environment,
)

Lines = dict[int, Count]


class Stuck(Exception):
    """What is not derived, with its place."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass
class Flow:
    """What became of a block.

    Attributes:
        lines: executions by line, for one execution of the block.
        work: of built-ins, by line.
        once: the same for loops whose passes are shared by all passes of the loop around them.
        env: what is known afterwards.
        end: "on", or how it is certainly left: "break", "continue", "return".
        exits: ways to leave the loop early that depend on its variable: (how, part).
    """

    env: Environment
    lines: Lines = field(default_factory=dict)
    work: Lines = field(default_factory=dict)
    once: Lines = field(default_factory=dict)
    once_work: Lines = field(default_factory=dict)
    end: str = "on"
    exits: list[tuple[str, Part]] = field(default_factory=list)

    def add(self, lines: Mapping[int, Count], work: Mapping[int, Count], times: Count = ONCE) -> None:
        _add(self.lines, lines, times)
        _add(self.work, work, times)

    def take(self, other: Flow, times: Count = ONCE) -> None:
        """Everything counted in `other`, `times` over."""
        self.add(other.lines, other.work, times)
        _add(self.once, other.once, ONCE)
        _add(self.once_work, other.once_work, ONCE)


def _add(into: Lines, more: Mapping[int, Count], times: Count) -> None:
    for line, count in more.items():
        into[line] = into.get(line, NEVER) + (count if times is ONCE else count.times(times))
