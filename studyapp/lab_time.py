"""LabTime: where a run stands among all steps it ever did, and the branches beside it. Knows no widget."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.config import RunConfig, knob_of
from engine.messages import Branches, BranchInfo, Moved
from studyapp.losses import LossHistory

Array = NDArray[np.float64]


@dataclass(slots=True)
class LabTime:
    """All that a scrubber and a list of branches need.

    Attributes:
        step: steps done, where the run stands. furthest: the last step ever done in this branch.
        ahead: losses of the steps after `step`, as far as they were exactly known; else empty.
        branches: what was last told of them; None while there is one.
    """

    step: int = 0
    furthest: int = 0
    ahead: Array = field(default_factory=lambda: np.empty(0))
    branches: Branches | None = None

    @property
    def begun(self) -> bool:
        """Whether any step has been done, also one that was undone."""
        return self.furthest > 0

    @property
    def others(self) -> tuple[BranchInfo, ...]:
        """The branches that are not the current one."""
        if self.branches is None:
            return ()
        return tuple(b for b in self.branches.all if b.number != self.branches.current)

    def restart(self) -> None:
        """A new run."""
        self.step, self.furthest, self.ahead, self.branches = 0, 0, np.empty(0), None

    def advance(self, step: int) -> None:
        """The run has gone on to `step`."""
        self.ahead = self.ahead[max(0, step - self.step) :]
        self.step, self.furthest = step, max(self.furthest, step)

    def move(self, event: Moved, before: LossHistory) -> None:
        """The run stands elsewhere; `before` are the losses up to where it stood."""
        known = np.concatenate([before.means, self.ahead]) if before.stride == 1 else np.empty(0)
        self.step, self.furthest = event.step, event.furthest
        self.ahead = known[event.step : event.furthest] if len(known) >= event.furthest else np.empty(0)

    def branch(self, event: Branches) -> None:
        """The list of branches has changed."""
        before = self.branches.current if self.branches else 1
        self.branches = event
        current = next((b for b in event.all if b.number == event.current), None)
        if current is not None and event.current != before:
            self.furthest, self.ahead = max(self.step, current.steps), np.empty(0)


def live_knobs(config: RunConfig) -> dict[str, Any]:
    """The knobs that can differ between two steps of one run."""
    names = (f.name for f in dataclasses.fields(RunConfig) if knob_of(f.name).live)
    return {name: getattr(config, name) for name in names}


def branch_words(info: BranchInfo, *, current: bool = False) -> str:
    """One branch in one line: its number, how far it came, and what was turned in it."""
    if current:  # it goes on: its steps and its loss are on screen anyway
        return f"{info.number} (now)" + _turned(info)
    loss = "" if math.isnan(info.loss) else f", loss {info.loss:.4g}"
    return f"{info.number}: {info.steps:,} steps{loss}" + _turned(info)


def listed(told: Branches | None) -> tuple[tuple[tuple[str, str], ...], str]:
    """(number, words) of all branches, and the current number."""
    if told is None:
        return (), ""
    lines = ((str(b.number), branch_words(b, current=b.number == told.current)) for b in told.all)
    return tuple(lines), str(told.current)


def _turned(info: BranchInfo) -> str:
    turned = "; ".join(_spelt(words) for words in info.turned[-3:])
    return f" · {turned}" if turned else ""


def _spelt(words: str) -> str:
    """ "learning_rate 0.1 after step 40" with the knob's name as it is on screen."""
    name, _, rest = words.partition(" ")
    return f"{knob_of(name).label.lower()} {rest}"
