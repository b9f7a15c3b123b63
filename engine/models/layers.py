"""Layers of recurrent cells, one above the other, each read in one direction or in both.

    x_t^1 = input t;   x_t^l = m_t^l ⊙ out_t^{l-1}                       m: dropout, or nothing
    out_t^l = h_t^l,  or [h_t; h_t reverse] of 2h numbers;  + x_t^l      with residual links, l > 1

A layer above the first reads as many numbers as it hands on (h, or 2h in both directions), so a
residual link always fits; it passes on what the layer reads, after dropout (He et al. 2016; in
recurrent networks Wu et al. 2016, eq. 5-6). A reverse network reads step T first (Schuster &
Paliwal 1997). Its derivation is that of `bptt`, a layer at a time. Knows no output layer, no loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine import bptt
from engine.cells import Cell, State, Weights
from engine.snapshot import Array
from engine.uses import Uses

Backs = Sequence[Sequence[bptt.Rewound]]  # by layer and lane


@dataclass(frozen=True, slots=True)
class Lane:
    """One layer in one direction.

    Attributes:
        layer: 0 for the lowest.
        reverse: reads from the end; all that it computes is kept in the order in which it reads.
        suffix: what is put behind the names of its weights and intermediates.
    """

    layer: int
    reverse: bool
    suffix: str

    def turned(self, over_time: Array) -> Array:
        """[T, ...] from the order of time to the order in which this lane reads, or back: a view."""
        return over_time[::-1] if self.reverse else over_time


@dataclass(frozen=True, slots=True)
class LayerRun:
    """What one layer did.

    Attributes:
        inputs: [T, B, n] what it read, in the order of time.
        lanes: its one or two networks, each in the order in which it reads.
        outputs: [T, B, n] what it hands to the layer above.
    """

    inputs: Array
    lanes: tuple[bptt.Unrolled, ...]
    outputs: Array


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers without their weights."""

    cell: Cell
    hidden: int
    layers: int = 1
    both: bool = False
    residual: bool = False

    @property
    def width(self) -> int:
        """How many numbers a layer hands on."""
        return self.hidden * (1 + self.both)

    @property
    def lanes(self) -> tuple[tuple[Lane, ...], ...]:
        """By layer: forward in time, then, if there is one, reverse."""
        directions = (False, True)[: 1 + self.both]
        return tuple(
            tuple(Lane(layer, reverse, self._suffix(layer, reverse)) for reverse in directions)
            for layer in range(self.layers)
        )

    def shapes(self, d: int, biases: str) -> dict[str, tuple[int, ...]]:
        """Name -> shape of every parameter of every lane, for d inputs."""
        return {
            name + lane.suffix: shape
            for lane in self._all()
            for name, shape in self.cell.shapes(self.width if lane.layer else d, self.hidden, biases).items()
        }

    def own(self, weights: Weights, lane: Lane) -> dict[str, Array]:
        """The weights of one lane by their plain names."""
        names = ("W_ih", "W_hh", "b_ih", "b_hh", *self.cell.extras(self.hidden))
        return {name: weights[full] for name in names if (full := name + lane.suffix) in weights}

    def forward(
        self, weights: Weights, inputs: Array, start: State = (), masks: Sequence[Array] = ()
    ) -> tuple[LayerRun, ...]:
        """Up through the layers, given inputs [T, B, d].

        `start` holds the parts of the state of each forward lane, lowest layer first; () means
        zeros, where reverse lanes always start. `masks` are [T, B, n], one for each layer but the first.
        """
        runs: list[LayerRun] = []
        reads = inputs
        for layer, lanes in enumerate(self.lanes):
            if layer and masks:
                reads = reads * masks[layer - 1]
            begin = self.part(start, layer)
            lane_runs = tuple(
                bptt.unroll(
                    self.cell, self.own(weights, lane), lane.turned(reads), None if lane.reverse else begin
                )
                for lane in lanes
            )
            hidden = [lane.turned(run.hidden[1:]) for lane, run in zip(lanes, lane_runs, strict=True)]
            out = np.concatenate(hidden, axis=2) if self.both else hidden[0]
            runs.append(LayerRun(reads, lane_runs, out + reads if self.residual and layer else out))
            reads = runs[-1].outputs
        return tuple(runs)

    def backward(
        self, runs: Sequence[LayerRun], above: Array, window: int = 0, masks: Sequence[Array] = ()
    ) -> Backs:
        """Down again, given dL/d(outputs of the top layer) [T, B, n]: by layer and lane, lowest first.

        `window` truncates every lane as `bptt.rewind` does, in the order in which it reads.
        """
        backs: list[tuple[bptt.Rewound, ...]] = []
        for layer, lanes in reversed(list(enumerate(self.lanes))):
            parts = np.split(above, len(lanes), axis=2)
            backs.append(
                tuple(
                    bptt.rewind(run, lane.turned(part), window)
                    for run, lane, part in zip(runs[layer].lanes, lanes, parts, strict=True)
                )
            )
            if layer:
                below = above if self.residual else np.zeros_like(runs[layer].inputs)
                for run, lane, back in zip(runs[layer].lanes, lanes, backs[-1], strict=True):
                    below = below + lane.turned(back.da_x) @ run.weights["W_ih"]
                above = below * masks[layer - 1] if masks else below
        backs.reverse()
        return backs

    def step(
        self, weights: Sequence[Weights], x: Array, state: State, masks: Sequence[Array] = ()
    ) -> tuple[State, Array]:
        """One step of all layers, of a network that reads forward only: the state after, the top's output.

        x is [B, d]; `weights` are `own` of each layer; `state` is as `start` in `forward`.
        """
        after: list[Array] = []
        reads = x
        for layer, own in enumerate(weights):
            if layer and masks:
                reads = reads * masks[layer - 1]
            found = self.cell.forward(own, reads, self.part(state, layer) or ()).after
            after.extend(found)
            reads = found[0] + reads if self.residual and layer else found[0]
        return tuple(after), reads

    def zeros(self, batch: int, dtype: np.dtype[np.float64]) -> State:
        """The state of all forward lanes before the first step."""
        return self.cell.start(batch, self.hidden, dtype) * self.layers

    def part(self, state: State, layer: int) -> State | None:
        """One layer's own share of `state`; None where that is ()."""
        parts = self.cell.parts
        return state[layer * parts : (layer + 1) * parts] or None

    def uses(self, runs: Sequence[LayerRun], backs: Backs) -> Uses:
        """Where every lane used its parameters, in the order of time."""
        found = Uses()
        for lane, run, back in self.paired(runs, backs):
            found |= bptt.uses(run, back).renamed(lane.suffix, lane.turned)
        return found

    def paired(
        self, runs: Sequence[LayerRun], backs: Backs
    ) -> Iterator[tuple[Lane, bptt.Unrolled, bptt.Rewound]]:
        """Each lane with its way there and its way back."""
        for lanes, run, back in zip(self.lanes, runs, backs, strict=True):
            yield from zip(lanes, run.lanes, back, strict=True)

    def _all(self) -> Iterator[Lane]:
        for lanes in self.lanes:
            yield from lanes

    def _suffix(self, layer: int, reverse: bool) -> str:
        return (f"_l{layer + 1}" if self.layers > 1 else "") + ("_reverse" if reverse else "")
