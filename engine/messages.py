"""What the window says to the training process, and what it answers.

Plain frozen dataclasses: nothing here runs anything, and nothing here needs torch.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from engine.config import RunConfig
from engine.snapshot import Array, Snapshot

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
    """Write `length` symbols with the weights of now, after reading `prompt`.

    Attributes:
        top_k: only the k likeliest are drawn from; 0 for all.
    """

    temperature: float
    length: int
    seed: int
    top_k: int = 0
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class GoTo:
    """Be exactly where the run was after `step` steps, paused; steps ahead of it can be done again."""

    step: int


@dataclass(frozen=True, slots=True)
class Back:
    """Undo the last `count` steps, or all there are, from where the run stands when this is heard."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Branch:
    """Keep the run as it is, and go on in a second one that is the same up to here.

    A `Change` after going back does this by itself, so that no step is lost.
    """


@dataclass(frozen=True, slots=True)
class Switch:
    """Go on with the branch of this number, at its last step, paused."""

    branch: int


@dataclass(frozen=True, slots=True)
class Save:
    """Write the run into a checkpoint file."""

    path: str


@dataclass(frozen=True, slots=True)
class Load:
    """Go on with the run of a checkpoint file, paused; a run that was there is dropped."""

    path: str


@dataclass(frozen=True, slots=True)
class Export:
    """Write the network as a script for PyTorch, with its weights, into this folder."""

    path: str


@dataclass(frozen=True, slots=True)
class Stop:
    """End the process."""


Command = (
    Start
    | Resume
    | Pause
    | Step
    | Change
    | Sample
    | GoTo
    | Back
    | Branch
    | Switch
    | Save
    | Load
    | Export
    | Stop
)

_KINDS: dict[str, type | tuple[type, ...]] = {
    "int": int,
    "float": (int, float),
    "str": str,
    "RunConfig": RunConfig,
}


def faults(command: object) -> tuple[str, ...]:
    """One sentence for each part of a command that is of the wrong kind; a pipe carries anything."""
    if not isinstance(command, Command):
        return (f"{command!r:.80} is no command.",)
    name = type(command).__name__
    return tuple(
        f"{name} has {value!r:.80} as its {field.name}; it must be of the kind {field.type}."
        for field in dataclasses.fields(command)
        if not isinstance(value := getattr(command, field.name), _KINDS[str(field.type)])
        or isinstance(value, bool)
    )


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
    """A step whose numbers are not finite. The run is paused before it; going on takes up after `sound`.

    Attributes:
        advice: what to try.
        norm: the gradient's global norm, perhaps infinite or not a number.
        snapshot: the broken step itself; its `losses` are those of the steps before it since the
            last picture, all finite.
    """

    step: int
    advice: str
    sound: int
    norm: float
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Moved:
    """The run stands at another step, or another branch is the run.

    Attributes:
        step, furthest: where it stands, and the last step that was ever done.
        losses: [step] of all steps up to here.
        snapshot: the step it stands at; None at the start, which no step has made.
        knobs: the config with the live knobs as they are here.
    """

    step: int
    furthest: int
    losses: Array
    snapshot: Snapshot | None
    knobs: RunConfig


@dataclass(frozen=True, slots=True)
class BranchInfo:
    """One branch, for a list.

    Attributes:
        number: its name in `Switch`.
        steps: how many it has.
        forked: the last step that it has in common with the current one.
        loss: its last loss; not a number before the first step.
        turned: what was turned in it, e.g. "learning_rate 0.1 after step 40".
        curve: [n] its losses after `forked`, thinned to 2,000 at most.
    """

    number: int
    steps: int
    forked: int
    loss: float
    turned: tuple[str, ...]
    curve: Array


@dataclass(frozen=True, slots=True)
class Branches:
    """All branches of the run, the current one among them."""

    current: int
    all: tuple[BranchInfo, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A file or folder was written."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A sentence fit to show; `report` is for us, empty when the fault is not ours.

    Attributes:
        about: "sample" where only a text could not be written, e.g. after an unknown symbol.
    """

    message: str
    report: str = ""
    about: str = ""


Event = Started | Progress | Sampled | Diverged | Moved | Branches | Written | Failed
