"""ByKernel: the learner of one layer of RNN, LSTM or GRU, by the compiled kernel in float32.

It draws the same first weights as the model in NumPy, takes the same batches in the same order,
and its pictures have the same names. Everything else about a run is not its business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine import parameters
from engine.combinations import model_of
from engine.config import RunConfig
from engine.kernels import door
from engine.kernels.kernel import Kernel, Rule
from engine.kernels.layout import Layout
from engine.kernels.picture import picture_of
from engine.models.by_hand import WEIGHTS
from engine.models.memory import THETA, carry_in, optimiser_in, packed
from engine.models.model import Moment, Outcome, Picture
from engine.models.recurrent import Recurrent
from engine.optim import ALPHA, BETA_1, BETA_2, EPSILON, restored
from engine.parameters import Shapes
from engine.regulariser import penalty
from engine.schedules import rate
from engine.snapshot import Array
from engine.tasks.task import Batch, Task

_REMEMBERED = {  # which of the kernel's two vectors an optimiser's letters are
    "sgd": {},
    "momentum": {"v": "first"},
    "nesterov": {"v": "first"},
    "rmsprop": {"v": "second"},
    "adam": {"m": "first", "v": "second"},
    "adamw": {"m": "first", "v": "second"},
}


def fits(config: RunConfig, task: Task) -> bool:
    """The kernel can do this run, whichever live knobs are turned, and there is a kernel here."""
    plain = {
        "rnn": config.activation == "tanh",
        "lstm": config.peepholes == "no",
        "gru": config.gru_reset == "after",
    }
    return (
        task.kind == "sequences"
        and model_of(config) == "recurrent"
        and plain.get(config.cell, False)
        and config.layers == 1
        and config.direction == "one"
        and config.norm == "none"
        and config.biases == "two"
        and door.found()
    )


class ByKernel:
    """A network in the kernel, with its optimiser and the state that it carries from batch to batch.

    Raises:
        NoKernelError: no library can be loaded; `fits` tells.
    """

    slow = False

    def __init__(self, config: RunConfig, task: Task) -> None:
        self._model = Recurrent(config, task)
        self._config, self._task = config, task
        self._kernel = self._made(config.length, config.batch)
        self._kernel.theta = self._model.initial(config, np.random.default_rng((config.seed, WEIGHTS)))
        self._carry: tuple[Array, ...] = ()
        self._last: Batch | None = None
        self._knobs: RunConfig | None = None  # that the kernel's rule is made of
        self._ran_with = "theta"  # where the weights of the last step are
        self._omega: Array | None = None

    slow = False

    @property
    def arithmetic(self) -> str:
        isa = self._kernel.library.isa
        return f"compiled kernel, float32, {door.WORDS.get(isa, isa)}"

    @property
    def shapes(self) -> Shapes:
        return self._model.shapes

    @property
    def weights(self) -> dict[str, Array]:
        return self._named("theta")

    def advance(self, batch: Batch, moment: Moment) -> Outcome:
        """One step; when its numbers are not finite, nothing is replaced but what `picture` shows."""
        self.prepare(batch, moment)
        strength = moment.knobs.regulariser
        if strength:
            self._kernel.passes()
            self._omega = self._regularised(strength, moment.knobs.truncate)
            self._kernel.update()
        else:
            self._kernel.train()
        return self.outcome()

    def prepare(self, batch: Batch, moment: Moment) -> None:
        """All of a step that comes before its one call of the kernel."""
        self._resize(*batch.sizes)
        self._set_rule(moment.knobs, rate(moment.knobs, moment.step))
        self._take(batch, moment)
        self._last, self._omega = batch, None

    def outcome(self) -> Outcome:
        """What the kernel's call has come to."""
        kernel = self._kernel
        self._ran_with = "theta_next" if kernel.finite else "theta"
        if kernel.finite:
            self._carry = kernel.state
        return Outcome(kernel.loss, kernel.norm, kernel.finite)

    @property
    def kernel(self) -> Kernel:
        """The network, as it is sized for the last batch."""
        return self._kernel

    def picture(self, sequence: int = 0) -> tuple[Picture, dict[str, Array]]:
        """The last step, and the weights before its update; asks for a step done before."""
        assert self._last is not None, "a picture shows a step, and none has been done"  # noqa: S101 - ours to keep
        weights = self._named(self._ran_with)
        shown = self._model.layers.cell.shown
        return picture_of(self._kernel, weights, self._last, shown, self._omega, sequence), weights

    def gradients(self) -> dict[str, Array]:
        return self._named("gradient")

    def memory(self) -> dict[str, Array]:
        letters = _REMEMBERED[self._config.optimiser]
        found: dict[str, Any] = {letter: self._kernel.unpacked(place) for letter, place in letters.items()}
        if "m" in letters:
            found["t"] = np.array(float(self._kernel.updates))
        return packed(self._kernel.theta, found, self._carry)

    def recall(self, memory: Mapping[str, Array]) -> None:
        """Raises CheckpointError where part of the optimiser's memory is missing."""
        optimiser = restored(self._config.optimiser, optimiser_in(memory)).memory()
        if self._ran_with == "theta":  # of a broken step: kept for its picture
            self._kernel.pack("theta_next", self._kernel.theta)
            self._ran_with = "theta_next"
        self._kernel.theta = memory[THETA]
        for letter, place in _REMEMBERED[self._config.optimiser].items():
            self._kernel.pack(place, optimiser[letter])
        self._kernel.updates = int(optimiser.get("t", 0))
        self._carry = carry_in(memory)

    # --- what a step is made of -------------------------------------------------------------------

    def _take(self, batch: Batch, moment: Moment) -> None:
        kernel = self._kernel
        if batch.tokens is None:
            kernel.read(inputs=batch.inputs)
        else:
            kernel.read(tokens=batch.tokens)
        if self._task.loss == "cross-entropy":
            kernel.want(labels=batch.labels, weights=batch.weights)
        else:
            kernel.want(targets=batch.targets, weights=batch.weights)
        kernel.begin(() if batch.fresh else self._carry)
        share = moment.knobs.teacher_forcing
        if share < 1 and batch.own is not None:
            self._feed(batch.own & (moment.rng().random(batch.own.shape) >= share))

    def _feed(self, fed: Any) -> None:
        """Puts the network's last output in place of each input where `fed` [T, B], as `Recurrent` does."""
        kernel = self._kernel
        symbols = self._task.loss == "cross-entropy"
        for t in range(1, len(fed)):
            z = kernel.forward_at(t - 1)
            if not fed[t].any():
                continue
            likeliest = z.argmax(axis=1)
            if kernel.with_tokens:
                kernel.replace(t, fed[t], likeliest[fed[t]])
            else:
                own = np.eye(z.shape[1], dtype=z.dtype)[likeliest] if symbols else z
                kernel.inputs[t, fed[t]] = own[fed[t]]

    def _regularised(self, strength: float, window: int) -> Array:
        """Adds Pascanu's penalty to the gradient of W_hh; the ratios [T - 1, B] that it saw."""
        kernel = self._kernel
        dh, da, weights = kernel.value("dh"), kernel.value("da_h"), self._named("theta")
        term = penalty(dh, da, weights["W_hh"], window)
        gradient = kernel.unpacked("gradient")
        parameters.named(gradient, self.shapes)["W_hh"][...] += strength * term.dW_hh
        kernel.pack("gradient", gradient)
        return term.ratios

    def _set_rule(self, knobs: RunConfig, eta: float) -> None:
        if knobs is self._knobs and eta == self._kernel.rule.rate:
            return
        self._knobs = knobs
        self._kernel.rule = Rule(
            knobs.optimiser,
            eta,
            knobs.clip,
            knobs.clip_by,
            knobs.l2,
            knobs.momentum,
            ALPHA,
            BETA_1,
            BETA_2,
            EPSILON,
        )

    def _made(self, T: int, B: int) -> Kernel:
        config, task = self._config, self._task
        layout = Layout(config.cell, T, B, task.inputs, config.hidden, task.outputs)
        return Kernel(layout, task.loss, config.gru_update, config.truncate)

    def _resize(self, T: int, B: int) -> None:
        """Another kernel where a batch has other sizes than the last; weights and optimiser move over."""
        old = self._kernel
        if (T, B) == (old.layout.T, old.layout.B):
            return
        self._kernel, self._knobs = self._made(T, B), None
        for name in ("theta", "first", "second"):
            self._kernel.pack(name, old.unpacked(name))
        self._kernel.updates = old.updates

    def _named(self, name: str) -> dict[str, Array]:
        return parameters.named(self._kernel.unpacked(name), self.shapes)
