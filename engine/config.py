"""RunConfig: every knob of a training run, declared once as data.

The form in the Lab, the command line's options and the messages about bad values are all
built from the `Knob` that each field carries. Knows nothing of tasks, cells or windows.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from typing import Any

from engine.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Knob:
    """What a form needs to know of one field.

    Attributes:
        label: its name on screen.
        help: one sentence for the tooltip: what it does and what happens at the extremes.
        low, high: bounds, both allowed; None for choices and text.
        choices: (value, label) pairs of a closed choice.
        live: may be changed while the run goes on.
    """

    label: str
    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[tuple[str, str], ...] = ()
    live: bool = False


def _knob(default: Any, label: str, help: str, **more: Any) -> Any:
    return field(default=default, metadata={"knob": Knob(label, help, **more)})


MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class RunConfig:
    """One training run, fully described: the same config gives the same run, bit for bit.

    Raises:
        ConfigError: naming every field that is out of bounds.
    """

    task: str = _knob(
        "characters",
        "Task",
        "What the network learns: the next character of a text, or the next value of a sine wave.",
        choices=(("characters", "Next character"), ("sine", "Sine forecast")),
    )
    cell: str = _knob(
        "lstm",
        "Cell",
        "Elman RNN with tanh, LSTM with forget gate, or GRU.",
        choices=(("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU")),
    )
    hidden: int = _knob(
        16,
        "Hidden units",
        "Size h of the hidden state. More units remember more and train slower.",
        low=1,
        high=128,
    )
    length: int = _knob(
        24,
        "Time steps T",
        "How many steps the network is unrolled, and how far the gradient travels back.",
        low=2,
        high=100,
    )
    batch: int = _knob(16, "Batch", "Sequences per training step.", low=1, high=64)
    optimiser: str = _knob(
        "adam",
        "Optimiser",
        "Adam scales each parameter's step by its own gradient history; SGD does not.",
        choices=(("adam", "Adam"), ("sgd", "SGD")),
    )
    learning_rate: float = _knob(
        0.01,
        "Learning rate",
        "Size of one step. Too large and the loss explodes, too small and nothing happens.",
        low=1e-6,
        high=100.0,
        live=True,
    )
    clip: float = _knob(
        1.0,
        "Clip norm",
        "The gradient is scaled down when its global norm is above this. 0 turns clipping off.",
        low=0.0,
        high=1000.0,
        live=True,
    )
    gru_update: str = _knob(
        "keep",
        "GRU z means",
        "With z near 1, is the old state kept (Cho et al. 2014, PyTorch) or the new one taken "
        "(Chung et al. 2014, Ng)? Both conventions are published.",
        choices=(("keep", "z keeps (Cho, PyTorch)"), ("take", "z takes (Chung, Ng)")),
    )
    seed: int = _knob(
        1, "Seed", "The same seed and knobs give the same run, bit for bit.", low=0, high=2**31 - 1
    )
    text: str = _knob(
        "", "Own text", f"Text to learn from, up to {MAX_TEXT} characters. Empty: the built-in sample."
    )

    def __post_init__(self) -> None:
        problems = tuple(p for f in dataclasses.fields(self) if (p := _problem(f, getattr(self, f.name))))
        if problems:
            raise ConfigError(problems)


def clipping(norm: float) -> str:
    """What the clip norm does, in words for the screen."""
    return f"above {norm:g}, by the norm of the whole gradient" if norm else "off"


def knob_of(name: str) -> Knob:
    """The `Knob` of the field `name` of RunConfig; KeyError if there is none."""
    knobs = {f.name: f.metadata["knob"] for f in dataclasses.fields(RunConfig)}
    return knobs[name]  # type: ignore[no-any-return]  # metadata is a mapping to Any


def _problem(spec: dataclasses.Field[Any], value: object) -> str:
    knob: Knob = spec.metadata["knob"]
    if knob.choices:
        allowed = [v for v, _ in knob.choices]
        return (
            "" if value in allowed else f"{knob.label} is {value!r}; it must be one of {', '.join(allowed)}."
        )
    if spec.type == "str":
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            return f"{knob.label} must be text of at most {MAX_TEXT} characters."
        return ""
    whole = spec.type == "int"
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return f"{knob.label} is {value!r}; it must be a {'whole ' if whole else ''}number."
    assert knob.low is not None and knob.high is not None  # noqa: S101 - every numeric knob has bounds
    if not math.isfinite(value) or not knob.low <= value <= knob.high:
        return f"{knob.label} is {value}; it must be from {knob.low:.10g} to {knob.high:.10g}."
    return ""
