"""Jobs: the bridge to the symbolic process. Knows no page, and neither SymPy nor torch.

Two lanes, each a killable child of its own: one derives, the other asks torch, so that a
derivation never waits for torch to load. Nothing here waits. Cheap to import: the rest is
loaded by `warm` or the first `ask`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from engine.symbolic.client import SymbolicProcess
    from engine.symbolic.jobs import Job

TICK = 15  # ms while something is expected; a question is answered in a few of them
_DERIVE, _ORACLE = "derive", "oracle"


class Jobs(QObject):
    """Derivations and autograd values, asked for by tickets.

    Every ticket that is not cancelled is answered exactly once: by a Refusal at the latest, when
    the child has been at it for two seconds or died.

    Signals:
        answered(int, object): a ticket, and its answer: one of `engine.symbolic.report.Answer`.
        slow(int): this ticket has been worked on for 0.3 s: say that it goes on.
        ready(): the deriving process has loaded what it needs.
    """

    answered = Signal(int, object)
    slow = Signal(int)
    ready = Signal()

    def __init__(
        self, targets: dict[str, Callable[[Any], None]] | None = None, parent: QObject | None = None
    ) -> None:
        """`targets` are what the children "derive" and "oracle" run; None means those of the engine."""
        super().__init__(parent)
        self._targets = targets
        self._lanes: dict[str, SymbolicProcess] = {}
        self._tickets: dict[tuple[str, int], int] = {}  # (lane, its ticket) -> ours
        self._count = 0
        self._told_slow: set[int] = set()
        self._told_ready = False
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._on_tick)

    def warm(self) -> None:
        """Have the deriving process ready; does nothing when it is."""
        self._lane(_DERIVE)
        self._timer.start()

    def ask(self, job: Job) -> int:
        """Ask for the answer to `job`; the ticket under which `answered` will bring it."""
        from engine.symbolic.jobs import OpinionJob

        name = _ORACLE if isinstance(job, OpinionJob) else _DERIVE
        lane = self._lane(name)
        self._count += 1
        self._tickets[name, lane.request(job, time.monotonic())] = self._count
        self._timer.start()
        return self._count

    def cancel(self, ticket: int) -> None:
        """Forget `ticket`: it will not be answered. A job that takes long is stopped."""
        for (name, theirs), ours in list(self._tickets.items()):
            if ours == ticket:
                del self._tickets[name, theirs]
                self._lanes[name].cancel(theirs, time.monotonic())

    def pid(self, lane: str = _DERIVE) -> int | None:
        """Process id of the child "derive" or "oracle"; None when there is none."""
        return self._lanes[lane].pid if lane in self._lanes else None

    def close(self) -> None:
        """End both children; what was asked stays unanswered."""
        self._timer.stop()
        for lane in self._lanes.values():
            lane.close()
        self._lanes.clear()
        self._tickets.clear()

    def _lane(self, name: str) -> SymbolicProcess:
        if name not in self._lanes:
            from engine.symbolic import worker
            from engine.symbolic.client import SymbolicProcess

            targets = self._targets or {_DERIVE: worker.derive, _ORACLE: worker.oracle}
            self._lanes[name] = SymbolicProcess(targets[name], time.monotonic())
        return self._lanes[name]

    def _on_tick(self) -> None:
        now = time.monotonic()
        answers = [(name, *answer) for name, lane in self._lanes.items() for answer in lane.poll(now)]
        self._tell_slow(now)
        self._tell_ready()
        if not any(lane.busy or not lane.ready for lane in self._lanes.values()):
            self._timer.stop()
        for name, theirs, answer in answers:  # last: who hears an answer may ask or close
            if (ours := self._tickets.pop((name, theirs), None)) is not None:
                self.answered.emit(ours, answer)

    def _tell_slow(self, now: float) -> None:
        from engine.symbolic.client import SOFT_SECONDS

        for name, lane in self._lanes.items():
            ours = self._tickets.get((name, lane.working_on))
            if ours is not None and ours not in self._told_slow and lane.working_for(now) > SOFT_SECONDS:
                self._told_slow.add(ours)
                self.slow.emit(ours)

    def _tell_ready(self) -> None:
        if not self._told_ready and _DERIVE in self._lanes and self._lanes[_DERIVE].ready:
            self._told_ready = True
            self.ready.emit()
