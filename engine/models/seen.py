"""A batch as a recurrent network saw it, and one sequence of it as a Picture.

Holds what `recurrent` computed and computes nothing; the names are in the docstring of `Recurrent`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine import bptt
from engine.cells import Weights
from engine.losses import Loss, share_right
from engine.models.layers import Backs, Lane, LayerRun, Layers
from engine.models.model import Picture
from engine.snapshot import Array
from engine.tasks.task import Batch


@dataclass(frozen=True, slots=True)
class Seen:
    """A batch on its way up.

    Attributes:
        weights: all of them, by name.
        inputs: [T, B, d] what was read, with the network's own outputs where they were fed back.
        masks: the dropout masks [T, B, n], one for each layer but the first; () for none.
        runs: the layers, lowest first.
        loss: with dz and the judged outputs; z: [T, B, k].
        window: of the truncated BPTT, 0 for none.
    """

    weights: Weights
    inputs: Array
    masks: tuple[Array, ...]
    runs: tuple[LayerRun, ...]
    z: Array
    loss: Loss
    window: int


def picture_of(
    layers: Layers, seen: Seen, backs: Backs, batch: Batch, ratios: Array | None, symbols: bool, b: int
) -> Picture:
    """Sequence b. `ratios` [T - 1, B] are the regulariser's, None without it; do outputs mean `symbols`?"""
    named: dict[str, Array] = {}
    for lane, run, back in layers.paired(seen.runs, backs):
        named |= _of_lane(lane, run, back, b)
    for layer, above in enumerate(seen.runs[1:], start=2):
        named[f"x_l{layer}"] = above.inputs[:, b].copy()
    for layer, mask in enumerate(seen.masks, start=2):
        named[f"mask_l{layer}"] = mask[:, b].copy()
    named["out"] = seen.runs[-1].outputs[:, b].copy()
    named["z_o"], named["dz_o"] = seen.z[:, b].copy(), seen.loss.dz[:, b].copy()
    named["outputs"] = seen.loss.outputs[:, b].copy()
    if ratios is not None:
        named["omega"] = ratios[:, b : b + 1].copy()
    top = layers.lanes[-1][0].suffix
    return Picture(
        inputs=seen.inputs[:, b].copy(),
        wanted=batch.targets[:, b].copy(),
        outputs=named["outputs"],
        hidden=named["h" + top],
        dh=named["dh" + top],
        gates={letter: named[letter + top] for letter in layers.cell.shown},
        named=named,
        right=share_right(seen.loss.outputs, batch.targets, batch.weights) if symbols else None,
    )


def _of_lane(lane: Lane, run: bptt.Unrolled, back: bptt.Rewound, b: int) -> dict[str, Array]:
    """One layer in one direction, in the order of time, in arrays of its own."""
    over_time: dict[str, Array] = {"h": run.hidden[1:, b]}
    for letter in run.steps[0].values:
        over_time[letter] = np.array([step.values[letter][b] for step in run.steps])
    over_time |= run.cell.lettered(back.da[:, b])
    over_time["dh"] = back.dh[:, b]
    if back.dc is not None:
        over_time["dc"] = back.dc[:, b]
    found = {name + lane.suffix: lane.turned(array).copy() for name, array in over_time.items()}
    for name, part in zip(("h_0", "c_0"), run.steps[0].before, strict=False):
        found[name + lane.suffix] = part[b : b + 1].copy()
    return found
