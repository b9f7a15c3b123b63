"""What the window says to the training process, and what it answers.

Plain frozen dataclasses: nothing here runs anything, and nothing here needs torch.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.config import RunConfig
from engine.snapshot import Snapshot

# --- to the training process -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a new run, paused after building it; a run that was there is dropped."""

    config: RunConfig


@dataclass(frozen=True, slots=True)
class Resume:
    """Train at full speed until told otherwise."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop after the step that is under way."""


@dataclass(frozen=True, slots=True)
class Step:
    """Do `count` steps, after those still owed of an earlier Step, then pause."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """Set a live knob of RunConfig, e.g. learning_rate, without stopping."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Write `length` characters with the weights of now."""

    temperature: float
    length: int
    seed: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the process."""


Command = Start | Resume | Pause | Step | Change | Sample | Stop

# --- from the training process -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """A run was built.

    Attributes:
        parameters: how many numbers are trained.
        conventions: (name, choice) pairs that change answers, to be shown on screen.
    """

    config: RunConfig
    parameters: int
    conventions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """The newest picture, with all losses since the last one; `running` is False once paused."""

    snapshot: Snapshot
    running: bool
    steps_per_second: float


@dataclass(frozen=True, slots=True)
class Sampled:
    """Text written by the network at `step`, with the mean log-probability of its characters (nats)."""

    step: int
    temperature: float
    text: str
    mean_log_probability: float


@dataclass(frozen=True, slots=True)
class Diverged:
    """The loss is no longer a number. The run is paused before the broken step; `advice` says what to try."""

    step: int
    advice: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A sentence fit to show; `report` is for us, empty when the fault is not ours."""

    message: str
    report: str = ""


Event = Started | Progress | Sampled | Diverged | Failed
