"""Between the names of a derivation and the engine's cells: W_f, U_f, b_f stand in W_ih, W_hh, b_ih.

The engine has the rows of all gates in one matrix, in PyTorch's order (i f g o; r z n); the second
bias of a GRU's candidate, c_n, is the engine's b_hh, whose other rows are zero.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine import bptt
from engine.cells import Cell, cell_of
from engine.snapshot import Array
from engine.symbolic.jobs import GradientJob


def cell(job: GradientJob) -> Cell:
    """The engine's cell of a job."""
    name = job.model if job.model in ("lstm", "gru") else "rnn"
    return cell_of(name, job.update, gru_reset=job.reset, activation=job.activation)


def weights(job: GradientJob, arrays: Mapping[str, Array], suffix: str = "") -> dict[str, Array]:
    """The cell's own weights; of a backward network with the suffix "_rev"."""
    letters = cell(job).stacked
    if letters == ("h",):
        W_h, W_i, b = (arrays[name + suffix] for name in ("W_h", "W_i", "b_h"))
        return {"W_ih": W_i, "W_hh": W_h, "b_ih": b[:, 0]}
    W, b = (np.concatenate([arrays[f"{kind}_{letter}"] for letter in letters]) for kind in "Wb")
    if job.model == "lstm" and job.gates == "stacked":
        size = len(arrays["h"][0])
        return {"W_ih": W[:, size:], "W_hh": W[:, :size], "b_ih": b[:, 0]}
    U = np.concatenate([arrays[f"U_{letter}"] for letter in letters])
    own = {"W_ih": W, "W_hh": U, "b_ih": b[:, 0]}
    if job.model == "gru" and job.reset == "after":
        c_n = arrays["c_n"][:, 0]
        own["b_hh"] = np.concatenate([np.zeros(2 * len(c_n)), c_n])
    return own


def found(job: GradientJob, run: bptt.Unrolled, back: bptt.Rewound) -> dict[str, Array]:
    """The gradients of the layer by the derivation's names, and the slopes over time, [T, h, 1]."""
    of = bptt.uses(run, back).gradients()
    over_time = {"h": back.dh} | ({} if back.dc is None else {"c": back.dc})
    letters = run.cell.stacked
    if letters == ("h",):
        gradients = {"W_h": of["W_hh"], "W_i": of["W_ih"], "b_h": of["b_ih"][:, None]}
        over_time["a"] = back.da
    else:
        gradients = _by_gate(job, run.cell, of)
        slopes = run.cell.lettered(back.da)
        over_time |= {f"a_{letter}": slopes[f"da_{letter}"] for letter in letters}
    return gradients | {name: slope.swapaxes(1, 2) for name, slope in over_time.items()}


def _by_gate(job: GradientJob, its: Cell, of: Mapping[str, Array]) -> dict[str, Array]:
    stacked = job.model == "lstm" and job.gates == "stacked"
    gradients: dict[str, Array] = {}
    for letter in its.stacked:
        W, U, b = (its.rows(letter, of[name]) for name in ("W_ih", "W_hh", "b_ih"))
        gradients |= {f"W_{letter}": np.hstack([U, W]) if stacked else W, f"b_{letter}": b[:, None]}
        if not stacked:
            gradients[f"U_{letter}"] = U
    if "b_hh" in of:
        gradients["c_n"] = its.rows("n", of["b_hh"])[:, None]
    return gradients
