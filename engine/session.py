"""One run and its branches under command: obeys messages between steps and reports what happened.

Knows nothing of processes or pipes: commands come in by `obey`, events go out by a function,
and the clock is handed in.
"""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from engine.branches import Family
from engine.errors import ConfigError, DivergenceError, EngineError, TaskError
from engine.interrupt import BrokenOff, breakable, shielded
from engine.messages import (
    Back,
    Branch,
    Change,
    Command,
    Diverged,
    Event,
    Export,
    Failed,
    GoTo,
    Load,
    Moved,
    Pause,
    Progress,
    Resume,
    Sample,
    Sampled,
    Save,
    Start,
    Started,
    Step,
    Stop,
    Switch,
    Written,
    faults,
)
from engine.parameters import count
from engine.train import Run
from engine.writing import written

MIN_GAP = 1 / 30  # seconds between two pictures while training


class Session:
    """At most one run with its branches, training or paused.

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
        self._family: Family | None = None
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

    # --- commands ------------------------------------------------------------------------------

    def _obey(self, command: Command) -> None:
        if problems := faults(command):
            raise ConfigError(problems)
        match command:
            case Resume():
                self._go(math.inf)
            case Step(count):
                self._go(count)
            case Pause():
                self._left = 0
            case Stop():
                self._left, self.over = 0, True
            case Change(name, value):
                self._change(name, value)
            case Sample():
                self._post(self._sampled(command))
            case GoTo() | Back():
                self._move(command)
            case Branch() | Switch():
                with shielded():
                    self._move(command)
            case Start() | Load() | Save() | Export():
                with shielded():
                    self._keep(command)
            case _:
                assert_never(command)

    def _go(self, steps: float) -> None:
        self._needed()
        if steps < 1:
            raise ConfigError((f"{steps} steps cannot be done; ask for 1 or more.",))
        if not self.busy:
            self._since = self._clock()
        owed = self._left if math.isfinite(self._left) else 0  # full speed owes nothing: a Step then ends it
        self._left = steps + owed

    def _change(self, name: str, value: float) -> None:
        """Turn a knob; steps that lie ahead are kept in a branch of their own."""
        family = self._needed()
        forks = family.run.step < family.run.furthest
        if forks:
            family.fork()
        try:
            family.run.turn(name, value)
        finally:
            if forks:
                self._post(family.told())

    def _move(self, command: GoTo | Back | Branch | Switch) -> None:
        family = self._needed()
        self._left = 0
        self.report()  # what is unsent belongs to the place we leave
        match command:
            case GoTo(step):
                family.run.go_to(min(step, family.run.furthest))
            case Back(count):
                family.run.back(max(0, count))
            case Branch():
                family.fork()
            case Switch(branch):
                family.switch(branch)
        if not isinstance(command, GoTo | Back):
            self._post(family.told())
        self._post(_moved(family.run))

    def _keep(self, command: Start | Load | Save | Export) -> None:
        match command:
            case Start(config):
                self._family, self._left, self._unsent = None, 0, []
                self._begin(Run(config))
            case Load(path):
                from engine.checkpoint import load

                run = Run.of(load(Path(path)))
                self._left, self._unsent = 0, []
                self._begin(run)
                self._post(_moved(run))
            case Save(path):
                from engine.checkpoint import save

                save(Path(path), self._needed().run.checkpoint())
                self._post(Written(path, "checkpoint"))
            case Export(path):
                from engine.export import export

                written = export(Path(path), self._needed().run)
                self._post(Written(str(written), "PyTorch script"))

    def _begin(self, run: Run) -> None:
        self._family = Family(run)
        self._post(Started(run.config, count(run.learner.shapes), run.conventions))

    # --- steps -----------------------------------------------------------------------------------

    def _advance(self) -> None:
        run = self._needed().run
        try:
            before = run.step
            loss = run.advance()
        except BrokenOff:  # an urgent command waits; the step was not done
            return
        except DivergenceError as error:
            losses, self._unsent, self._left = self._unsent, [], 0
            broken = run.snapshot(losses)
            self._post(Diverged(error.step, error.advice, error.sound, error.norm, broken))
            return
        if run.step <= before:  # it took up again after an explosion
            self._post(_moved(run))
        else:
            self._unsent.append(loss)
        self._left -= 1

    def _send_picture(self) -> None:
        now = self._clock()
        losses, self._unsent = self._unsent, []
        rate = len(losses) / max(now - self._since, 1e-9)
        self._since = now
        self._post(Progress(self._needed().run.snapshot(losses), self.busy, rate))

    def _sampled(self, wish: Sample) -> Sampled | Failed:
        run = self._needed().run
        try:
            with breakable():
                found = written(
                    run,
                    length=wish.length,
                    temperature=wish.temperature,
                    seed=wish.seed,
                    top_k=wish.top_k,
                    prompt=wish.prompt,
                )
        except EngineError as error:
            return Failed(str(error), about="sample")
        except BrokenOff:
            return Failed("The writing was broken off by another command.", about="sample")
        return Sampled(run.step, wish.temperature, found.text, float(found.log_probabilities.mean()))

    # --- inside ------------------------------------------------------------------------------------

    def _needed(self) -> Family:
        if self._family is None:
            raise TaskError("There is no run yet. Start one first.")
        return self._family

    def _guarded(self, deed: Callable[[], None]) -> None:
        """Tell a fault instead of dying of it. One of ours stops the run, so that it is told once."""
        try:
            deed()
        except EngineError as error:
            self._post(Failed(str(error)))
        except BrokenOff:
            pass  # a way back that nobody waits for any more; it left everything as it was
        except Exception as error:  # noqa: BLE001 - a bug in one run must not take the process with it
            self._left = 0
            self._post(Failed(f"The training stopped on a fault of ours: {error!r}.", traceback.format_exc()))


def _moved(run: Run) -> Moved:
    snapshot = run.snapshot([]) if run.seen else None
    return Moved(run.step, run.furthest, run.losses, snapshot, run.now)
