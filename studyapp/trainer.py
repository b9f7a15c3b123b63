"""Trainer: the bridge to the training process. Knows no page and no widget.

The process is spawned when the Lab first opens, answers through one timer, and may die at
any moment without taking the window along. Nothing here waits, except `close`.
Cheap to import: NumPy and multiprocessing are loaded by `warm`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from engine.child import Child
    from engine.config import RunConfig
    from engine.messages import Moved, Progress
    from engine.snapshot import Snapshot
    from studyapp.losses import LossHistory

TICK = 33  # ms: 30 pictures a second
RESTING = 400  # ms: nothing is expected, but a death should still be noticed
PATIENCE = 30  # ticks without news before the timer rests
FAREWELL = 0.5  # s granted to the process when the window closes

DIED = (
    "The training process ended unexpectedly{where}: it was killed from outside, or ran out of memory. "
    "The last picture stays on screen; press Reset to begin again."
)


class Trainer(QObject):
    """One training run at a time, in a process of its own.

    Signals:
        started(Started): a run was built; its losses begin anew.
        progress(Progress): the newest picture; faster ones were merged, every loss is in `losses`.
        sampled(Sampled): text written by the network.
        unwritten(str): why it could not write; training goes on.
        diverged(Diverged): a step whose numbers are not finite; the run is paused before it.
        moved(Moved): the run stands at another step, or is another branch; `losses` are those up to it.
        branched(Branches): the list of branches has changed.
        written(Written): a checkpoint or a script was written.
        failed(str): a sentence for the user; nothing runs any more.
        running_changed(bool): training at full speed began or ended.
    """

    started = Signal(object)
    progress = Signal(object)
    sampled = Signal(object)
    unwritten = Signal(str)
    diverged = Signal(object)
    moved = Signal(object)
    branched = Signal(object)
    written = Signal(object)
    failed = Signal(str)
    running_changed = Signal(bool)

    def __init__(self, target: Callable[[Any], None] | None = None, parent: QObject | None = None) -> None:
        """`target` is what the process runs; None means `engine.worker.main`."""
        super().__init__(parent)
        self._target = target
        self._child: Child | None = None
        self._losses: LossHistory | None = None
        self._snapshot: Snapshot | None = None
        self._config: RunConfig | None = None
        self._running = False
        self._counted = False  # what runs ends by itself, after the steps of `run`
        self._begun = False  # the process holds a run
        self._starts_owed = 0  # Start commands not answered yet: what comes before is of the old run
        self._held: list[Any] = []  # said meanwhile; nonsense if the start fails
        self._quiet = 0
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._on_tick)

    # --- what is so ------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """True from `resume` or `run` until `pause`, a step, a divergence, a failure, or its last step."""
        return self._running

    @property
    def has_run(self) -> bool:
        """True while a living process holds a run, or is building one."""
        return self._child is not None and (self._begun or self._starts_owed > 0)

    @property
    def pid(self) -> int | None:
        """Process id of the training process, None when there is none."""
        return self._child.pid if self._child else None

    @property
    def snapshot(self) -> Snapshot | None:
        """The last picture of the run, also after its process has died."""
        return self._snapshot

    @property
    def config(self) -> RunConfig | None:
        """What the run was built from; knobs that were turned since are not in it."""
        return self._config

    @property
    def losses(self) -> LossHistory:
        """Every loss of the run, also those that no picture was drawn for."""
        if self._losses is None:
            from studyapp.losses import LossHistory

            self._losses = LossHistory()
        return self._losses

    # --- commands --------------------------------------------------------------------------

    def warm(self) -> None:
        """Have the process ready; does nothing when it is."""
        if self._child is not None:
            return
        from engine.child import Child
        from engine.errors import ChildError

        try:
            self._child = Child(self._target or _worker_main(), "training")
        except ChildError as error:
            self.failed.emit(f"{error} Press Reset to try again.")
            return
        self._awake()

    def start(self, config: RunConfig) -> None:
        """Build a new run, paused; `started` says when. A run that was there is dropped."""
        from engine.messages import Start

        self._set_running(False)
        self.warm()
        if self._send(Start(config)):
            self._begun = False
            self._starts_owed += 1
            self._held.clear()

    def resume(self) -> None:
        """Train at full speed."""
        from engine.messages import Resume

        if self._order(Resume()):
            self._set_running(True)

    def run(self, count: int) -> None:
        """Do exactly `count` steps at full speed, then pause."""
        from engine.messages import Step

        self._drop_counted()
        if self._order(Step(count)):
            self._set_running(True)
            self._counted = True

    def pause(self) -> None:
        """Stop after the step that is under way."""
        from engine.messages import Pause

        self._set_running(False)
        self._order(Pause())

    def step(self, n: int = 1) -> None:
        """Do exactly `n` steps, then pause."""
        from engine.messages import Step

        self._drop_counted()
        self._set_running(False)
        self._order(Step(n))

    def change(self, name: str, value: float) -> None:
        """Set a live knob without stopping."""
        from engine.messages import Change

        self._order(Change(name, value))

    def sample(self, temperature: float, length: int, seed: int, top_k: int = 0, prompt: str = "") -> None:
        """Ask for `length` symbols after `prompt`; `sampled` or `unwritten` answers."""
        from engine.messages import Sample

        self._order(Sample(temperature, length, seed, top_k, prompt))

    def go_to(self, step: int) -> None:
        """Be where the run was after `step` steps; `moved` says when."""
        from engine.messages import GoTo

        self._set_running(False)
        self._order(GoTo(max(0, step)))

    def back(self, count: int = 1) -> None:
        """Undo the last `count` steps, counted from where the process stands: none is lost to haste."""
        from engine.messages import Back

        self._set_running(False)
        self._order(Back(count))

    def branch(self) -> None:
        """Keep the run as it is and go on in a second one; `branched` lists both."""
        from engine.messages import Branch

        self._set_running(False)
        self._order(Branch())

    def switch(self, number: int) -> None:
        """Go on with another branch."""
        from engine.messages import Switch

        self._set_running(False)
        self._order(Switch(number))

    def save(self, path: str) -> None:
        """Write the run into a checkpoint file; `written` says when."""
        from engine.messages import Save

        self._order(Save(path))

    def export(self, folder: str) -> None:
        """Write the network as a script for PyTorch into `folder`; `written` says when."""
        from engine.messages import Export

        self._order(Export(folder))

    def load(self, path: str) -> None:
        """Go on with the run of a checkpoint file; the present run goes on when it cannot be read."""
        from engine.messages import Load

        self._set_running(False)
        self.warm()
        self._send(Load(path))

    def stop(self) -> None:
        """End the process and forget its run; the last picture stays. `start` begins anew."""
        from engine.messages import Stop

        child, self._child = self._child, None
        self._timer.stop()
        self._set_running(False)
        self._forget_run()
        if child is None:
            return
        child.send(Stop())
        deadline = time.monotonic() + FAREWELL
        while child.alive and time.monotonic() < deadline:
            child.wait(0.02)  # a child that is busy writing to us cannot hear us: keep reading
        child.kill()

    def close(self) -> None:
        """The window closes: no process may stay behind. Takes half a second at most."""
        self.stop()

    # --- what arrives ----------------------------------------------------------------------

    def _on_tick(self) -> None:
        child = self._child
        if child is None:
            self._timer.stop()
            return
        alive = child.alive  # asked first: what a dead child had said is in the pipe by now
        events = child.poll()
        self._quiet = 0 if events or self._running else self._quiet + 1
        self._timer.setInterval(TICK if self._quiet < PATIENCE else RESTING)
        self._deal(events)
        if not alive and child is self._child:
            self._on_death(child)

    def _deal(self, events: list[Any]) -> None:
        """Merge the pictures, keep all losses, pass the rest on in order."""
        from engine.messages import Progress

        newest: Progress | None = None
        for event in events:
            if isinstance(event, Progress):
                newest = self._keep(event) or newest
                continue
            self._show(newest)
            newest = None
            self._pass_on(event)
        self._show(newest)

    def _show(self, newest: Progress | None) -> None:
        if newest is None:
            return
        if self._counted and not newest.running:
            self._set_running(False)
        self.progress.emit(newest)

    def _keep(self, event: Progress) -> Progress | None:
        """Store what `event` brings; None when it belongs to a run that was dropped."""
        if self._starts_owed:
            return None
        self.losses.extend(event.snapshot.losses)
        self._snapshot = event.snapshot
        return event

    def _pass_on(self, event: Any) -> None:
        from engine.messages import Branches, Diverged, Failed, Moved, Sampled, Started, Written

        match event:
            case Started():
                self._on_started(event)
            case Sampled():
                self.sampled.emit(event)
            case Written():
                self.written.emit(event)
            case Diverged() if not self._starts_owed:
                self._set_running(False)
                self.losses.extend(event.snapshot.losses)
                self._snapshot = event.snapshot
                self.diverged.emit(event)
            case Moved() if not self._starts_owed:
                self._on_moved(event)
            case Branches() if not self._starts_owed:
                self.branched.emit(event)
            case Failed(message=message, about="sample"):
                self.unwritten.emit(message)
            case Failed(message=message, report=report):
                self._on_failed(message, report)

    def _on_started(self, event: Any) -> None:
        self._starts_owed = max(0, self._starts_owed - 1)
        if self._starts_owed:  # a newer Start is on its way
            return
        self._begun = True
        self._snapshot, self._config = None, event.config
        self.losses.clear()
        self.started.emit(event)
        held, self._held = self._held, []
        for command in held:
            self._send(command)

    def _on_moved(self, event: Moved) -> None:
        """The run stands elsewhere in time: its losses are those up to there, in a history of their own."""
        self._snapshot = event.snapshot
        self._losses = None
        self.losses.extend(event.losses)
        self.moved.emit(event)

    def _on_failed(self, message: str, report: str) -> None:
        if report:
            logging.getLogger(__name__).error("the training process reported:\n%s", report)
        self._starts_owed = max(0, self._starts_owed - 1)
        self.pause()  # a refused command leaves the process training
        self.failed.emit(message)

    def _on_death(self, child: Child) -> None:
        child.kill()  # frees the pipe
        self._child = None
        self._timer.stop()
        lost = self._begun or self._starts_owed > 0
        self._forget_run()
        self._set_running(False)
        if lost:  # one that held no run is replaced without a word
            where = f" at step {self._snapshot.step:,}" if self._snapshot else ""
            self.failed.emit(DIED.format(where=where))

    # --- small change ----------------------------------------------------------------------

    def _order(self, command: Any) -> bool:
        """Send `command` to the run that there is, or as soon as it is built; False without one."""
        if not self.has_run:
            return False
        if self._starts_owed:
            self._held.append(command)
            return True
        return self._send(command)

    def _send(self, command: Any) -> bool:
        self._awake()
        return self._child is not None and self._child.send(command)

    def _forget_run(self) -> None:
        self._begun, self._starts_owed = False, 0
        self._held.clear()

    def _awake(self) -> None:
        self._quiet = 0
        if self._child is not None:
            self._timer.start(TICK)

    def _drop_counted(self) -> None:
        """Steps of `run` that are not done yet would be added to those of the next order."""
        if self._counted:
            self.pause()

    def _set_running(self, running: bool) -> None:
        self._counted = False
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)


def _worker_main() -> Callable[[Any], None]:
    from engine.worker import main

    return main
