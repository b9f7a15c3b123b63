"""One run under command: obeys messages between steps and reports what happened.

Knows nothing of processes or pipes: commands come in by `obey`, events go out by a function,
and the clock is handed in.
"""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable
from typing import assert_never

from engine import sampling
from engine.config import RunConfig
from engine.errors import ConfigError, DivergenceError, EngineError, TaskError
from engine.messages import (
    Change,
    Command,
    Diverged,
    Event,
    Failed,
    Pause,
    Progress,
    Resume,
    Sample,
    Sampled,
    Start,
    Started,
    Step,
    Stop,
)
from engine.tasks.characters import CharacterTask
from engine.train import Run, conventions, parameter_count

MIN_GAP = 1 / 30  # seconds between two pictures while training


class Session:
    """At most one run, training or paused.

    Whoever owns it calls `obey` while it is not `busy`; else, over and over, `advance`, then
    `obey` for what has come until it pauses, then `report`. So a step lies before every report,
    and none is ever empty. Faults, the world's and ours, are events; no call raises.

    Attributes:
        over: it was told to stop.
    """

    def __init__(self, post: Callable[[Event], None], clock: Callable[[], float]) -> None:
        self.over = False
        self._post = post
        self._clock = clock
        self._run: Run | None = None
        self._left: float = 0  # steps still to do; infinite until paused
        self._unsent: list[float] = []
        self._since = 0.0  # when the steps whose losses are unsent began

    @property
    def busy(self) -> bool:
        return self._left > 0

    def obey(self, command: Command) -> None:
        """Do what `command` says."""
        self._guarded(lambda: self._obey(command))

    def advance(self) -> None:
        """Do one step of the run."""
        self._guarded(self._advance)

    def report(self) -> None:
        """Send a picture if the run has just paused, or if the last one is long enough ago."""
        if self._unsent and (not self.busy or self._clock() - self._since >= MIN_GAP):
            self._guarded(self._send_picture)

    def _obey(self, command: Command) -> None:
        match command:
            case Start(config):
                self._start(config)
            case Resume():
                self._go(math.inf)
            case Step(count):
                self._go(count)
            case Pause():
                self._left = 0
            case Stop():
                self._left, self.over = 0, True
            case Change(name, value):
                self._needed_run().controls.turn(name, value)
            case Sample():
                self._post(self._sampled(command))
            case _:
                assert_never(command)

    def _start(self, config: RunConfig) -> None:
        self._run, self._left, self._unsent = None, 0, []
        self._run = Run(config)
        self._post(Started(config, parameter_count(config), conventions(config)))

    def _go(self, steps: float) -> None:
        self._needed_run()
        if steps < 1:
            raise ConfigError((f"{steps} steps cannot be done; ask for 1 or more.",))
        if not self.busy:
            self._since = self._clock()
        owed = self._left if math.isfinite(self._left) else 0  # full speed owes nothing: a Step then ends it
        self._left = steps + owed

    def _advance(self) -> None:
        try:
            self._unsent.append(self._needed_run().advance())
        except DivergenceError as error:
            self._left = 0
            self.report()
            self._post(Diverged(error.step, error.advice))
        else:
            self._left -= 1

    def _send_picture(self) -> None:
        now = self._clock()
        losses, self._unsent = self._unsent, []
        rate = len(losses) / max(now - self._since, 1e-9)
        self._since = now
        self._post(Progress(self._needed_run().snapshot(losses), self.busy, rate))

    def _sampled(self, wish: Sample) -> Sampled:
        run = self._needed_run()
        if not isinstance(run.task, CharacterTask):
            raise TaskError(
                "This run foretells numbers, so it writes no text. Start one on the next character."
            )
        text, log_probabilities = sampling.write(
            run.cell,
            run.weights,
            run.task.vocabulary,
            length=wish.length,
            temperature=wish.temperature,
            seed=wish.seed,
        )
        return Sampled(run.step, wish.temperature, text, float(log_probabilities.mean()))

    def _needed_run(self) -> Run:
        if self._run is None:
            raise TaskError("There is no run yet. Start one first.")
        return self._run

    def _guarded(self, deed: Callable[[], None]) -> None:
        """Tell a fault instead of dying of it. One of ours stops the run, so that it is told once."""
        try:
            deed()
        except EngineError as error:
            self._post(Failed(str(error)))
        except Exception as error:  # noqa: BLE001 - a bug in one run must not take the process with it
            self._left = 0
            self._post(Failed(f"The training stopped on a fault of ours: {error!r}.", traceback.format_exc()))
