"""The branches of a run: each went another way after some step, one of them is current.

Knows runs, nothing of commands or events beyond the picture of itself.
"""

from __future__ import annotations

import math

import numpy as np

from engine.errors import ConfigError
from engine.history import Turn, common_steps
from engine.messages import Branches, BranchInfo
from engine.snapshot import Array
from engine.train import Run

MOST = 8
_POINTS = 2_000  # of a branch's curve


class Family:
    """All branches by number, the first is 1.

    Attributes:
        run: the current one.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self._all = {1: run}
        self._current = 1

    def fork(self) -> None:
        """Keep the current run as it is and go on in a twin; ConfigError when there are too many."""
        if len(self._all) >= MOST:
            raise ConfigError(
                (f"There are {MOST} branches already, which is the most. Reset to begin anew.",)
            )
        twin = self.run.branch()
        self.run.rest()
        self._current = max(self._all) + 1
        self._all[self._current] = self.run = twin

    def switch(self, number: int) -> None:
        """Go on with another branch, at its last step; ConfigError if there is none of that number."""
        if number not in self._all:
            known = ", ".join(map(str, self._all))
            raise ConfigError((f"There is no branch {number}; there are {known}.",))
        self.run.rest()
        self._current, self.run = number, self._all[number]
        self.run.go_to(self.run.furthest)

    def told(self) -> Branches:
        """What a list of them shows."""
        return Branches(self._current, tuple(self._info(number, run) for number, run in self._all.items()))

    def _info(self, number: int, run: Run) -> BranchInfo:
        losses = run.all_losses
        forked = common_steps(losses, self.run.all_losses)
        return BranchInfo(
            number=number,
            steps=run.furthest,
            forked=forked,
            loss=float(losses[-1]) if len(losses) else math.nan,
            turned=tuple(_words(turn) for turn in run.all_turns),
            curve=_thinned(losses[forked:]),
        )


def _words(turn: Turn) -> str:
    return f"{turn.name} {turn.value:g} after step {turn.step:,}"


def _thinned(losses: Array) -> Array:
    thinned: Array = losses[np.linspace(0, len(losses) - 1, min(len(losses), _POINTS)).astype(int)]
    return thinned
