"""Every variant of the cells, and how far the hand-written passes are from autograd on an example of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

from engine import bptt, nets
from engine.cells import Cell, cell_of
from engine.models.layers import Layers
from engine.nets import Oracle, Spec
from engine.parameters import shapes_of
from engine.snapshot import Array

torch.set_num_threads(1)  # a second thread has nothing to do at these sizes but to wait for the first

NORMS = ("none", "layer", "batch")
VARIANTS = [
    *(
        Spec("rnn", activation=activation, norm=norm)
        for activation in ("tanh", "relu", "sigmoid", "identity")
        for norm in NORMS
    ),
    *(Spec("lstm", peepholes=seen, norm=norm) for seen in (False, True) for norm in NORMS),
    *(
        Spec("gru", update=update, reset=reset, norm=norm)
        for update in ("keep", "take")
        for reset in ("after", "before")
        for norm in NORMS
    ),
]


def name_of(spec: Spec) -> str:
    """For the name of a test."""
    own = {
        "rnn": (spec.activation,),
        "lstm": ("peepholes",) * spec.peepholes,
        "gru": (spec.update, spec.reset),
    }
    return "-".join((spec.cell, *own[spec.cell], *(spec.norm,) * (spec.norm != "none")))


def cell_as(spec: Spec) -> Cell:
    return cell_of(
        spec.cell,
        spec.update,
        gru_reset=spec.reset,
        activation=spec.activation,
        peepholes=spec.peepholes,
        norm=spec.norm,
    )


@dataclass(frozen=True)
class Case:
    """One layer with random weights, inputs, targets and position weights.

    It starts from a random state; `from_zeros` leaves the start out.
    """

    spec: Spec
    T: int
    B: int
    d: int
    h: int
    k: int
    biases: str = "two"
    seed: int = 0
    dtype: type = np.float64
    window: int = 0
    from_zeros: bool = False

    @cached_property
    def cell(self) -> Cell:
        return cell_as(self.spec)

    @cached_property
    def weights(self) -> dict[str, Array]:
        """Of a size that lets signals neither die nor explode over T steps."""
        shapes = shapes_of(self.cell, self.d, self.h, self.k, self.biases)
        return {
            name: self._normal(place, shape, 0.7 / np.sqrt(shape[-1]) if name == "W_hh" else 0.7)
            for place, (name, shape) in enumerate(shapes.items())
        }

    @cached_property
    def inputs(self) -> Array:
        return self._normal(100, (self.T, self.B, self.d))

    @cached_property
    def targets(self) -> Array:
        return self._normal(101, (self.T, self.B, self.k))

    @cached_property
    def positions(self) -> Array:
        return np.abs(self._normal(102, (self.T, self.B))) + self.dtype(0.1)

    @cached_property
    def start(self) -> tuple[Array, ...]:
        return tuple(self._normal(103 + part, (self.B, self.h)) for part in range(self.cell.parts))

    @cached_property
    def oracle(self) -> Oracle:
        return nets.autograd_network(
            self.spec,
            self.weights,
            self.inputs,
            self.targets,
            "half squared error",
            weights_of_positions=self.positions,
            start=() if self.from_zeros else self.start,
            window=self.window,
        )

    def by_hand(self) -> dict[str, Array]:
        """Everything that the oracle knows as well, by the passes of `cells` and `bptt`."""
        start = None if self.from_zeros else self.start
        run = bptt.forward(self.cell, self.weights, self.inputs, start)
        weighted = (self.positions / self.positions.sum())[..., None]
        above = bptt.backward(self.cell, self.weights, run, (run.z - self.targets) * weighted)
        back = above if not self.window else self._truncated(run, above)
        found = {f"grad {name}": gradient for name, gradient in bptt.gradients(run, back).items()}
        for name, each in bptt.shares(run, back).items():
            assert each.shape == (self.T, *self.weights[name].shape)
            found[f"shares {name}"] = each.sum(axis=0)
        if not self.from_zeros:
            found |= {f"start {part}": slope for part, slope in enumerate(back.start)}
        found |= {"z": run.z, "h": run.hidden[1:], "dh": back.dh, "sum of da": back.da.sum(axis=(0, 1))}
        above_last = (back.dh[-1], *(np.zeros_like(part) for part in self.start[1:]))
        found["last dh"] = self.cell.backward(self.weights, run.steps[-1], above_last).after[0]
        if back.dc is not None:
            found |= {"c": np.stack([step.after[1] for step in run.steps]), "dc": back.dc}
        return found

    def by_autograd(self) -> dict[str, Array]:
        oracle = self.oracle
        found = {f"{kind} {name}": g for kind in ("grad", "shares") for name, g in oracle.gradients.items()}
        found |= {f"start {part}": g for part, g in enumerate(oracle.start)}
        found |= {"sum of da": oracle.gradients["b_ih"], "last dh": oracle.dh[-1]}
        return found | oracle.named | {"z": oracle.z}

    def _truncated(self, run: bptt.Forward, whole: bptt.Backward) -> bptt.Backward:
        cut = bptt.rewind(run, whole.dz @ self.weights["W_o"], self.window)
        return bptt.Backward(**{name: getattr(cut, name) for name in cut.__dataclass_fields__}, dz=whole.dz)

    def _normal(self, stream: int, shape: tuple[int, ...], scale: float = 1.0) -> Array:
        rng = np.random.default_rng((self.seed, stream))
        return rng.normal(0, scale, shape).astype(self.dtype)


@dataclass(frozen=True)
class Stack:
    """Several layers: spec.layers, spec.both and spec.residual say how they stand."""

    spec: Spec
    T: int = 4
    B: int = 3
    d: int = 2
    h: int = 5
    k: int = 4
    masked: bool = True

    @cached_property
    def layers(self) -> Layers:
        return Layers(cell_as(self.spec), self.h, self.spec.layers, self.spec.both, self.spec.residual)

    @cached_property
    def weights(self) -> dict[str, Array]:
        shapes = self.layers.shapes(self.d, "two") | {"W_o": (self.k, self.layers.width), "b_o": (self.k,)}
        rng = np.random.default_rng(0)
        return {name: rng.normal(0, 0.5, shape) for name, shape in shapes.items()}

    @cached_property
    def arrays(self) -> tuple[Array, Array, list[Array], tuple[Array, ...]]:
        """Inputs, targets, masks and the state at the start."""
        rng = np.random.default_rng(1)
        over_time = (self.T, self.B)
        above = self.spec.layers - 1 if self.masked else 0
        masks = [rng.random((*over_time, self.layers.width)) * 2 for _ in range(above)]
        state = self.layers.zeros(self.B, np.dtype(np.float64))
        start = tuple(rng.normal(size=part.shape) for part in state)
        return rng.normal(size=(*over_time, self.d)), rng.normal(size=(*over_time, self.k)), masks, start

    @cached_property
    def oracle(self) -> Oracle:
        inputs, targets, masks, start = self.arrays
        return nets.autograd_network(
            self.spec, self.weights, inputs, targets, "half squared error", masks=masks, start=start
        )

    def by_hand(self) -> dict[str, Array]:
        inputs, targets, masks, start = self.arrays
        runs = self.layers.forward(self.weights, inputs, start, masks)
        out = runs[-1].outputs
        dz = (out @ self.weights["W_o"].T + self.weights["b_o"] - targets) / (self.T * self.B)
        backs = self.layers.backward(runs, dz @ self.weights["W_o"], masks=masks)
        found = (self.layers.uses(runs, backs) | bptt.output_uses(dz, out)).gradients()
        assert self.layers.width == out.shape[2]
        assert len(self.layers.zeros(self.B, out.dtype)) == len(start)
        for lane, run, back in self.layers.paired(runs, backs):
            assert np.array_equal(lane.turned(run.inputs), runs[lane.layer].inputs)
            found["h" + lane.suffix] = lane.turned(run.hidden[1:])
            found["dh" + lane.suffix] = lane.turned(back.dh)
            if not lane.reverse:
                found |= {f"start {lane.layer} {part}": each for part, each in enumerate(back.start)}
        if not self.spec.both:
            found["stepped"] = self._stepped(inputs, masks, start)
        return found

    def by_autograd(self) -> dict[str, Array]:
        named = {name: array for name, array in self.oracle.named.items() if name.lstrip("d").startswith("h")}
        parts = self.layers.cell.parts
        found = {f"start {place // parts} {place % parts}": g for place, g in enumerate(self.oracle.start)}
        if not self.spec.both:
            found["stepped"] = self.oracle.z
        return found | named | self.oracle.gradients

    def _stepped(self, inputs: Array, masks: list[Array], state: tuple[Array, ...]) -> Array:
        """z of the network run one step at a time, as in sampling."""
        own = [self.layers.own(self.weights, lane) for (lane,) in self.layers.lanes]
        z = []
        for t, x in enumerate(inputs):
            state, out = self.layers.step(own, x, state, [mask[t] for mask in masks])
            z.append(out @ self.weights["W_o"].T + self.weights["b_o"])
        return np.stack(z)


def distance(ours: Mapping[str, Array], theirs: Mapping[str, Array]) -> float:
    """The largest difference, each array measured by its largest entry or 1; KeyError if one lacks a name."""
    worst = 0.0
    for name in ours.keys() | theirs.keys():
        found, wanted = ours[name], theirs[name]
        assert found.shape == wanted.shape, name
        assert np.isfinite(found).all(), name
        worst = max(worst, float(np.abs(found - wanted).max() / max(1.0, np.abs(wanted).max())))
    return worst
