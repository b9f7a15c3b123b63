"""Recurrent: layers of cells with an output layer on top, its gradient by hand.

    z_t = W_o out_t + b_o                    out: what the top layer hands on (see `layers`)
    L = mean over the outputs that are asked for                          (see `losses`)

Knows no task but its sizes and its loss, and nothing of optimisers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine import bptt, parameters
from engine.cells import State, Weights, cell_for
from engine.config import RunConfig
from engine.errors import TaskError
from engine.losses import LOSSES
from engine.models.layers import Backs, Layers
from engine.models.model import Look, Moment, Picture
from engine.models.seen import Seen, picture_of
from engine.parameters import Shapes
from engine.regulariser import penalty
from engine.snapshot import Array
from engine.tasks.task import Batch, Task
from engine.uses import Uses


class Recurrent:
    """The recurrent network of a config: 1 to 4 layers, one or both directions.

    θ: for each layer and direction what the cell has (`Cell.shapes`), then W_o [k, n], b_o [k];
    n is h, or 2h in both directions. Suffixes of names: `_l1`, `_l2`, .. where there are several
    layers, then `_reverse`.

    Dropout (Srivastava et al. 2014; between layers only, as Zaremba et al. 2014): a unit handed
    up is 0 with probability p, else divided by 1 - p; anew at each time step; never while sampling.

    Teacher forcing below 1 (scheduled sampling, Bengio et al. 2015): where `Batch.own` allows it, a
    coin for each step and sequence says whether the network's last output is fed in place of the
    true one: the likeliest symbol, or the value. No gradient passes through what was fed.

    Truncated BPTT with window k cuts what crosses from step t + 1 to t where t is a multiple of k, in
    every layer alike; a reverse network counts in the order in which it reads.

    With the regulariser λ, `Look.gradient` is that of L + λ Ω (see `regulariser`); `Look.loss` is L.

    In a Picture `hidden`, `dh` and `gates` are the top layer's, forward. `named` has, by suffix:

        h, dh [T, h]                  hidden state, dL/dh_t through all paths; c, dc of an LSTM
        f, i, g, o / z, r, n [T, h]   gates; also tanh_c, m, kept: all letters of the cell's step
        da_f, da_i, ... [T, h]        dL/d(what goes into the gate); da_h of a plain RNN
        h_0, c_0 [1, h]               the state before the first step that the direction reads
        x_l2, x_l3, .. [T, n]         what a layer above the first reads
        mask_l2, mask_l3, .. [T, n]   what its dropout multiplied, where there was any
        out [T, n]                    what the output layer reads
        z_o, outputs, dz_o [T, k]     W_o out + b_o, what it means, dL/dz_o (a GRU's z is a gate)
        omega [T - 1, 1]              with the regulariser: the ratio that Ω_t asks to be 1, else NaN
    """

    arithmetic = "NumPy, float64"

    def __init__(self, config: RunConfig, task: Task) -> None:
        self.layers = Layers(
            cell_for(config),
            config.hidden,
            config.layers,
            config.direction == "both",
            config.residual == "yes",
        )
        self.judge = LOSSES[task.loss]
        self.symbols = task.loss == "cross-entropy"
        self.inputs = task.inputs
        self.norm = config.norm
        self.shapes: Shapes = {
            **self.layers.shapes(task.inputs, config.biases),
            "W_o": (task.outputs, self.layers.width),
            "b_o": (task.outputs,),
        }

    def initial(self, config: RunConfig, rng: np.random.Generator) -> Array:
        """θ before training."""
        return parameters.initial(self.layers.cell, self.shapes, rng, config)

    def look(self, theta: Array, batch: Batch, moment: Moment) -> Look:
        """Forward, loss, backward. Handed on is the state of the forward direction, lowest layer first."""
        seen = self.forward(parameters.named(theta, self.shapes), batch, moment)
        backs = self.backward(seen, seen.loss.dz)
        found = self.uses(seen, backs, seen.loss.dz).gradients()
        omega: Array | None = None
        if moment.knobs.regulariser:
            back = backs[0][0]
            term = penalty(back.dh, back.da, seen.weights["W_hh"], seen.window)
            found["W_hh"] = found["W_hh"] + moment.knobs.regulariser * term.dW_hh
            omega = term.ratios
        carry = tuple(part for run in seen.runs for part in run.lanes[0].steps[-1].after)
        gradient = parameters.flat(found, self.shapes)

        def picture(b: int) -> Picture:
            return picture_of(self.layers, seen, backs, batch, omega, self.symbols, b)

        return Look(seen.loss.value, gradient, carry, picture)

    def forward(self, weights: Weights, batch: Batch, moment: Moment) -> Seen:
        """Up to the loss. Random numbers are drawn for the masks first, then for the coins."""
        knobs, rng = moment.knobs, moment.rng()
        start = () if batch.fresh else moment.carry
        masks = self._masks(weights, batch.inputs.shape[:2], knobs.dropout, rng)
        inputs = batch.inputs
        if knobs.teacher_forcing < 1 and batch.own is not None:
            fed = batch.own & (rng.random(batch.own.shape) >= knobs.teacher_forcing)
            inputs = self._fed(weights, inputs, fed, start, masks)
        runs = self.layers.forward(weights, inputs, start, masks)
        z = self._out(weights, runs[-1].outputs)
        loss = self.judge(z, batch.targets, batch.weights)
        return Seen(weights, inputs, masks, runs, z, loss, knobs.truncate)

    def backward(self, seen: Seen, dz: Array) -> Backs:
        """Down again, given dL/dz [T, B, k]."""
        return self.layers.backward(seen.runs, _times(dz, seen.weights["W_o"]), seen.window, seen.masks)

    def uses(self, seen: Seen, backs: Backs, dz: Array) -> Uses:
        """Where every parameter was used, t = 1 .. T, with the slope there."""
        return self.layers.uses(seen.runs, backs) | bptt.output_uses(dz, seen.runs[-1].outputs)

    def stepper(self, weights: Mapping[str, Array]) -> RecurrentStepper:
        """The network reading one-hot symbols one at a time.

        Raises:
            TaskError: it cannot be read so: it reads the future, or needs other sequences beside.
        """
        if self.layers.both:
            raise TaskError(
                "The network reads in both directions, so that it needs the end of a text before it can "
                "say how it begins. Set Direction one to let it write."
            )
        if self.norm == "batch":
            raise TaskError(
                "The network has batch norm, which compares the sequences of a batch, and a text that is "
                "being written is alone. Use layer norm, or none, to let it write."
            )
        return RecurrentStepper(self, weights)

    def step(
        self, weights: Weights, own: Sequence[Weights], x: Array, state: State, masks: Sequence[Array] = ()
    ) -> tuple[State, Array]:
        """One step forward over x [B, d]: the state after, and z [B, k]. `own` are each layer's weights."""
        after, top = self.layers.step(own, x, state, masks)
        return after, self._out(weights, top)

    def _masks(
        self, weights: Weights, steps_and_batch: tuple[int, ...], p: float, rng: np.random.Generator
    ) -> tuple[Array, ...]:
        """One inverted dropout mask [T, B, n] for each layer but the first; () without dropout."""
        if not p:
            return ()
        shape = (*steps_and_batch, self.layers.width)
        dtype = weights["W_o"].dtype
        return tuple(
            ((rng.random(shape) >= p) / (1 - p)).astype(dtype) for _ in range(self.layers.layers - 1)
        )

    def _fed(
        self, weights: Weights, inputs: Array, fed: NDArray[np.bool_], start: State, masks: Sequence[Array]
    ) -> Array:
        """`inputs` with the network's last output in place of each input where `fed` [T, B].

        Since no gradient passes through a choice, the network is first run to make its choices, and
        then once more over them as over any inputs. The first step has no last output.
        """
        inputs = inputs.copy()
        own = [self.layers.own(weights, lane) for (lane,) in self.layers.lanes]
        state = start or self.layers.zeros(inputs.shape[1], weights["W_o"].dtype)
        last: Array | None = None
        for t, x in enumerate(inputs):
            if last is not None:
                x[fed[t]] = last[fed[t]]
            state, z = self.step(weights, own, x, state, [mask[t] for mask in masks])
            last = np.eye(z.shape[1], dtype=z.dtype)[z.argmax(axis=1)] if self.symbols else z
        return inputs

    def _out(self, weights: Weights, top: Array) -> Array:
        return _times(top, weights["W_o"].T) + weights["b_o"]


def _times(rows: Array, matrix: Array) -> Array:
    """rows [..., n] @ matrix [n, m] as one product, where `@` would make one for each time step."""
    product: Array = rows.reshape(-1, rows.shape[-1]) @ matrix
    return product.reshape(*rows.shape[:-1], -1)


class RecurrentStepper:
    """A trained network that reads forward, one symbol at a time: a Stepper.

    Its state is that of all layers, lowest first, each part [1, h].
    """

    def __init__(self, model: Recurrent, weights: Mapping[str, Array]) -> None:
        self._model, self._weights = model, weights
        self._own = [model.layers.own(weights, lane) for (lane,) in model.layers.lanes]

    def start(self) -> tuple[Array, ...]:
        return self._model.layers.zeros(1, self._weights["W_o"].dtype)

    def feed(self, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
        x = np.zeros((1, self._model.inputs), self._weights["W_o"].dtype)
        x[0, place] = 1
        after, z = self._model.step(self._weights, self._own, x, state)
        return after, z[0]
