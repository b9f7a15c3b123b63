"""The Jordan RNN: what comes back is the last output, not the last hidden state.

    h_t = φ(W_ih x_t + b_ih + W_yh y_{t-1} + b_yh),  y_0 = 0
    z_t = W_o h_t + b_o,  y_t = softmax(z_t) for cross-entropy, z_t for values

(Jordan 1986; Goodfellow et al. 2016, fig. 10.4, where the outputs are softmaxed as well.) It is an
Elman step whose recurrent input is y, so `cells.Rnn` does that part in both directions.

With teacher forcing y_{t-1} is the target of step t - 1 (fig. 10.6). Nothing then leads from one
step back to the one before: the gradient is cut there, the steps could all be done at once, and
there is nothing to vanish. Without it, with y = ŷ_{t-1}, on the way back

    dL/dy_{t-1} = W_yhᵀ da_t,  dL/dz_t = (of the loss at t) + softmax'(z_t)ᵀ dL/dy_t

Knows no task.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import parameters
from engine.cells import Rnn, Step, Weights
from engine.config import RunConfig
from engine.losses import LOSSES, log_softmax, share_right
from engine.models.model import Look, Moment, Picture
from engine.models.start import start
from engine.parameters import Shapes
from engine.snapshot import Array
from engine.tasks.task import Batch, Task

Coins = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Run:
    """T steps as they were computed; arrays are [T, B, ...]."""

    steps: tuple[Step, ...]
    inputs: Array
    fed: Array
    forced: Coins
    h: Array
    z: Array
    y: Array


class Jordan:
    """θ: W_ih [h, d], W_yh [h, k], b_ih [h], b_yh [h] (with two biases), W_o [k, h], b_o [k].

    Where a step is not forced and its input is the last target (`Batch.own`), the input is the own
    output as well: the likeliest symbol, or the value; no gradient goes that way. In a Picture inputs
    are those read. `named`:

        h, dh, da_h [T, h]   hidden state, dL/dh_t through all paths, dL/d(its sum before φ)
        z, dz [T, k]         outputs before softmax, dL/dz_t through all paths
        y, dy [T, k]         what could come back, and what came back to it from the next step
        fed [T, k]           y_{t-1} as it was fed, the target where the step was forced
        forced [T, 1]        1 where it was
    """

    arithmetic = "NumPy, float64"

    def __init__(self, config: RunConfig, task: Task) -> None:
        self.cell = Rnn(config.activation)
        self.loss = LOSSES[task.loss]
        self.symbols = task.loss == "cross-entropy"
        self.softmax = task.loss == "cross-entropy"
        d, h, k = task.inputs, config.hidden, task.outputs
        second = {"b_yh": (h,)} if config.biases == "two" else {}
        self.shapes: Shapes = {
            "W_ih": (h, d), "W_yh": (h, k), "b_ih": (h,), **second, "W_o": (k, h), "b_o": (k,)
        }  # fmt: skip

    def initial(self, config: RunConfig, rng: np.random.Generator) -> Array:
        return start(self.shapes, config, rng)

    def look(self, theta: Array, batch: Batch, moment: Moment) -> Look:
        """Forward, loss, backward. A coin for each step and sequence says whether it is forced.

        An output that was not asked for (weight 0) has no target to be forced with.
        """
        weights = parameters.named(theta, self.shapes)
        forced = moment.rng().random(batch.inputs.shape[:2]) < moment.knobs.teacher_forcing
        forced[0] = False  # nothing comes before it
        if batch.weights is not None:
            forced[1:] &= batch.weights[:-1] > 0
        run = self._forward(weights, batch, forced)
        loss = self.loss(run.z, batch.targets, batch.weights)
        gradient, slopes = self._backward(weights, run, loss.dz)
        right = share_right(loss.outputs, batch.targets, batch.weights) if self.symbols else None
        return Look(loss.value, gradient, (), lambda b: _picture(run, slopes, batch, loss.outputs, right, b))

    def stepper(self, weights: Mapping[str, Array]) -> JordanStepper:
        """The network reading one-hot symbols one at a time, its own output coming back."""
        return JordanStepper(self, weights)

    def step(self, weights: Weights, x: Array, y: Array) -> tuple[Step, Array, Array]:
        """One step over x [B, d] and the y [B, k] that comes back: the Elman step, z and the new y."""
        step = self.cell.forward(_as_elman(weights), x, (y,))
        z = step.after[0] @ weights["W_o"].T + weights["b_o"]
        return step, z, np.exp(log_softmax(z)) if self.softmax else z

    def _forward(self, weights: Weights, batch: Batch, forced: Coins) -> _Run:
        y = np.zeros_like(batch.targets[0])
        done: list[tuple[Step, Array, Array, Array, Array]] = []
        for t, x in enumerate(batch.inputs):
            read, fed = x, y
            if t:
                fed = np.where(forced[t, :, None], batch.targets[t - 1], y)
                if batch.own is not None:
                    read = np.where((batch.own[t] & ~forced[t])[:, None], self._as_input(y), x)
            step, z, y = self.step(weights, read, fed)
            done.append((step, read, fed, z, y))
        steps, *arrays = zip(*done, strict=True)
        inputs, feds, zs, ys = (np.stack(rows) for rows in arrays)
        h = np.stack([step.after[0] for step in steps])
        return _Run(tuple(steps), inputs, feds, forced, h, zs, ys)

    def _as_input(self, y: Array) -> Array:
        """An output as the next input: the likeliest symbol, or the value. No gradient goes this way."""
        return np.eye(y.shape[1], dtype=y.dtype)[y.argmax(axis=1)] if self.softmax else y

    def _backward(self, weights: Weights, run: _Run, dz: Array) -> tuple[Array, dict[str, Array]]:
        """The flat gradient; and dh, da_h, dz, dy, each [T, B, ...], through all paths."""
        dz, dy = dz.copy(), np.zeros_like(dz)
        dh = np.zeros_like(run.h)
        da = np.zeros_like(dh)
        elman = _as_elman(weights)
        for t in reversed(range(len(dz))):
            dz[t] += self._through_output(run.y[t], dy[t])
            dh[t] = dz[t] @ weights["W_o"]
            back = self.cell.backward(elman, run.steps[t], (dh[t],))
            da[t] = back.da_x
            if t:
                dy[t - 1] = np.where(run.forced[t, :, None], 0, back.before[0])
        found = {
            "W_ih": _outer(da, run.inputs), "W_yh": _outer(da, run.fed),
            "b_ih": da.sum((0, 1)), "b_yh": da.sum((0, 1)),
            "W_o": _outer(dz, run.h), "b_o": dz.sum((0, 1)),
        }  # fmt: skip
        return parameters.flat(found, self.shapes), {"dh": dh, "da_h": da, "dz": dz, "dy": dy}

    def _through_output(self, y: Array, dy: Array) -> Array:
        """dL/dz from dL/dy: softmax'ᵀ dy = y ⊙ (dy - yᵀ dy), or dy itself."""
        return y * (dy - (y * dy).sum(axis=1, keepdims=True)) if self.softmax else dy


@dataclass(frozen=True, slots=True)
class JordanStepper:
    """A Jordan network, one symbol at a time; its state is its last output y."""

    model: Jordan
    weights: Mapping[str, Array]

    def start(self) -> tuple[Array, ...]:
        return (np.zeros_like(self.weights["b_o"])[None],)

    def feed(self, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
        x = np.zeros_like(self.weights["W_ih"][:1])
        x[0, place] = 1
        _, z, y = self.model.step(self.weights, x, state[0])
        return (y,), z[0]


def _as_elman(weights: Weights) -> dict[str, Any]:
    """The weights under the names of an Elman cell that reads y in place of h."""
    return {{"W_yh": "W_hh", "b_yh": "b_hh"}.get(name, name): array for name, array in weights.items()}


def _outer(slopes: Array, source: Array) -> Array:
    """Σ over t and b of slopes sourceᵀ: [T, B, m], [T, B, n] -> [m, n]."""
    found: Array = slopes.reshape(-1, slopes.shape[2]).T @ source.reshape(-1, source.shape[2])
    return found


def _picture(
    run: _Run, slopes: Mapping[str, Array], batch: Batch, outputs: Array, right: float | None, b: int
) -> Picture:
    forced = run.forced[..., None].astype(run.z.dtype)
    letters = {"h": run.h, "z": run.z, "y": run.y, "fed": run.fed, "forced": forced, **slopes}
    named = {name: array[:, b].copy() for name, array in letters.items()}
    return Picture(
        inputs=run.inputs[:, b].copy(),
        wanted=batch.targets[:, b].copy(),
        outputs=outputs[:, b].copy(),
        hidden=named["h"],
        dh=named["dh"],
        gates={},
        named=named,
        right=right,
    )
