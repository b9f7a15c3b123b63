"""Training: `train(config)` yields one Snapshot a step; `Run` is the same with the reins in hand.

A step is: next batch, forward, loss, backward, clip, update. Weights are replaced, never
written to, so a picture of a step costs nothing until it is asked for. Knows nothing of processes.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine import bptt, parameters
from engine.cells import Cell, cell_of
from engine.config import RunConfig, clipping
from engine.errors import ConfigError, DivergenceError
from engine.losses import LOSSES, Loss
from engine.optim import BETA_1, BETA_2, EPSILON, Optimiser, clipped, global_norm, optimiser_of
from engine.snapshot import Array, Snapshot
from engine.tasks.catalogue import task_of
from engine.tasks.task import Batch, Task

GRU_Z = {
    "keep": "z keeps the old state (Cho et al. 2014, PyTorch)",
    "take": "z takes the new state (Chung et al. 2014, Ng)",
}
_WEIGHTS = 0  # which stream of random numbers; batches and sampling use others


@dataclass(slots=True)
class Controls:
    """The knobs that may be turned between two steps: one field for each live knob of RunConfig."""

    learning_rate: float
    clip: float

    @classmethod
    def of(cls, config: RunConfig) -> Controls:
        return cls(config.learning_rate, config.clip)

    def turn(self, name: str, value: float) -> None:
        """Set one knob; ConfigError if it is not live or the value is out of bounds."""
        live = [field.name for field in dataclasses.fields(self)]
        if name not in live:
            raise ConfigError((f"{name!r} cannot be changed during a run; {' and '.join(live)} can.",))
        RunConfig(**{name: value})  # type: ignore[arg-type]  # checks the bounds; a live knob is a number
        setattr(self, name, float(value))


@dataclass(frozen=True, slots=True)
class _Trained:
    """What an update replaces, after `step` updates."""

    step: int
    theta: Array
    optimiser: Optimiser


@dataclass(frozen=True, slots=True)
class _Seen:
    """Everything about the last step that a picture may show."""

    batch: Batch
    weights: dict[str, Array]
    run: bptt.Forward
    loss: Loss
    back: bptt.Backward
    gradient: Array
    norm: float

    @property
    def finite(self) -> bool:
        return math.isfinite(self.loss.value) and math.isfinite(self.norm)


class Run:
    """One training run.

    Attributes:
        config, controls, task, cell: what is trained, and how.
        step: steps done so far.

    Raises:
        TaskError: nothing can be learnt from the text of `config`.
    """

    def __init__(self, config: RunConfig, controls: Controls | None = None) -> None:
        self.config = config
        self.controls = controls or Controls.of(config)
        self.task: Task = task_of(config)
        self.cell: Cell = cell_of(config.cell, config.gru_update)
        self.step = 0
        self._shapes = _shapes(config, self.task)
        theta = parameters.initial(self.cell, self._shapes, np.random.default_rng((config.seed, _WEIGHTS)))
        self._now = _Trained(0, theta, optimiser_of(config.optimiser, len(theta)))
        self._sound = self._now
        self._first_loss = math.inf
        self._seen: _Seen | None = None

    @property
    def weights(self) -> dict[str, Array]:
        """The weights of now, by name, never to be written to."""
        return parameters.named(self._now.theta, self._shapes)

    def advance(self) -> float:
        """Do one step and return its loss.

        Raises:
            DivergenceError: the loss, the gradient or the updated weights are not finite. The
                broken update is not made: the weights go back to the last that were no worse than
                at the start, and the run can go on with other controls.
        """
        with np.errstate(all="ignore"):  # overflow is looked for below, in all of its forms
            seen = self._look(self.task.batch(self.step + 1))
            gradient = clipped(seen.gradient, seen.norm, self.controls.clip)
            theta, optimiser = self._now.optimiser.update(
                self._now.theta, gradient, self.controls.learning_rate
            )
        if not (seen.finite and np.isfinite(theta).all()):
            raise self._retreat()
        self._remember_if_sound(seen.loss.value)
        self.step += 1
        self._seen = seen
        self._now = _Trained(self.step, theta, optimiser)
        return seen.loss.value

    def snapshot(self, losses: Sequence[float]) -> Snapshot:
        """The last step as a picture of its first sequence, in arrays of its own.

        The weights are those that the step ran with, before its update, so that they reproduce
        its hidden state. `losses` are those since the last picture. Asks for a step done before.
        """
        seen = self._seen
        assert seen is not None, "a snapshot shows a step, and none has been done"  # noqa: S101 - ours to keep
        return Snapshot(
            step=self.step,
            losses=np.array(losses),
            gradient_norm=seen.norm,
            inputs=self.task.labels(seen.batch.inputs[:, 0]),
            targets=self.task.labels(seen.batch.targets[:, 0]),
            predictions=self.task.labels(seen.loss.outputs[:, 0]),
            outputs=seen.loss.outputs[:, 0].copy(),
            wanted=seen.batch.targets[:, 0].copy(),
            hidden=seen.run.hidden[1:, 0].copy(),
            dh=seen.back.dh[:, 0].copy(),
            dh_norm=np.hypot.reduce(seen.back.dh[:, 0], axis=1),  # no overflow where a sum of squares has one
            gates={
                letter: np.array([step.values[letter][0] for step in seen.run.steps])
                for letter in self.cell.shown
            },
            weights={name: array.copy() for name, array in seen.weights.items()},
        )

    def _look(self, batch: Batch) -> _Seen:
        weights = self.weights
        run = bptt.forward(self.cell, weights, batch.inputs)
        loss = LOSSES[self.task.loss](run.z, batch.targets, batch.weights)
        back = bptt.backward(self.cell, weights, run, loss.dz)
        gradient = parameters.flat(bptt.gradients(run, back), self._shapes)
        return _Seen(batch, weights, run, loss, back, gradient, global_norm(gradient))

    def _remember_if_sound(self, loss: float) -> None:
        if self.step == 0:
            self._first_loss = loss
        if loss <= self._first_loss:
            self._sound = self._now

    def _retreat(self) -> DivergenceError:
        self._now = self._sound
        return DivergenceError(self.step + 1, self._sound.step, self.controls.learning_rate)


def train(config: RunConfig, controls: Controls | None = None) -> Iterator[Snapshot]:
    """Train for ever, one Snapshot a step with the one loss of that step.

    Turn `controls` between two steps to change the live knobs. The same config and the same
    turns give the same snapshots, bit for bit.

    Raises:
        TaskError: at the first step, if nothing can be learnt from the text.
        DivergenceError: before an update that is not finite.
    """
    run = Run(config, controls)
    while True:
        loss = run.advance()
        yield run.snapshot([loss])


def parameter_count(config: RunConfig) -> int:
    """How many numbers are trained; TaskError if nothing can be learnt from the text."""
    return parameters.count(_shapes(config, task_of(config)))


def conventions(config: RunConfig) -> tuple[tuple[str, str], ...]:
    """(name, choice) pairs that change the numbers of this run, for the screen."""
    loss = {
        "characters": "cross-entropy in nats, mean over time steps and batch",
        "sine": "½ (ŷ - y)², mean over time steps and batch",
    }[config.task]
    of_cell = {
        "rnn": (("Activation", "tanh"),),
        "lstm": (("Forget bias", f"starts at {parameters.FORGET_BIAS:g}"), ("Peepholes", "none")),
        "gru": (
            ("GRU z", GRU_Z[config.gru_update]),
            ("GRU reset", "after the product, r ⊙ (W h + b), as in PyTorch"),
        ),
    }[config.cell]
    of_optimiser = {
        "adam": (("Adam", f"β₁ {BETA_1:g}, β₂ {BETA_2:g}, ε {EPSILON:g} added outside the root"),),
        "sgd": (("SGD", "no momentum"),),
    }[config.optimiser]
    return (
        ("Loss", loss),
        ("First state", "zeros, for every sequence"),
        ("Initial weights", "uniform in ±1/√h, biases 0"),
        ("Biases", _biases(config)),
        *of_cell,
        ("Clipping", clipping(config.clip)),
        *of_optimiser,
    )


def _biases(config: RunConfig) -> str:
    """Why there are more parameters than in books, which have one bias where PyTorch has two."""
    shapes = _shapes(config, task_of(config))
    of_one = parameters.count(shapes) - math.prod(shapes["b_hh"])
    each = "two" if config.cell == "rnn" else "two a gate"
    return f"{each}, b_ih and b_hh, as PyTorch (one would give {of_one:,})"


def _shapes(config: RunConfig, task: Task) -> parameters.Shapes:
    cell = cell_of(config.cell, config.gru_update)
    return parameters.shapes_of(cell, task.inputs, config.hidden, task.outputs)
