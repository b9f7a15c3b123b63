"""LSTM and GRU as NumPy programs. See `oracles`.

Hochreiter & Schmidhuber (1997) with the forget gate of Gers et al. (2000); Cho et al. (2014) and
Chung et al. (2014), whose update gates mean opposite things, and the reset of torch.nn.GRU.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine.checking.oracles_plain import entering, output_layer
from engine.checking.oracles_run import Array, Run, sigmoid, tanh
from engine.symbolic.jobs import GradientJob

_SQUASHED: Mapping[str, Callable[[Array], Array]] = {"f": sigmoid, "i": sigmoid, "g": tanh, "o": sigmoid}


def lstm(job: GradientJob, run: Run) -> None:
    """c_t = f ⊙ c_{t-1} + i ⊙ g, m_t = tanh(c_t), h_t = o ⊙ m_t."""
    stacked = job.gates == "stacked"
    kinds = ("W", "b") if stacked else ("W", "U", "b")
    weights = {gate: run.reads(*(f"{kind}_{gate}" for kind in kinds)) for gate in _SQUASHED}
    h, c = run.read("h", 0), run.read("c", 0)
    read, x = [], run.reads_all("x")
    inward = {} if stacked else {gate: entering(W, x, b) for gate, (W, _, b) in weights.items()}
    for t in range(1, run.steps + 1):
        v = run.keep("v", t, _above(h, x[..., t - 1, :, :])) if stacked else h
        gates = {}
        for gate, matrices in weights.items():
            total = matrices[0] @ v + matrices[1] if stacked else inward[gate][t - 1] + matrices[1] @ v
            gates[gate] = run.keep(gate, t, _SQUASHED[gate](run.keep(f"a_{gate}", t, total)))
        c = run.keep("c", t, gates["f"] * c + gates["i"] * gates["g"])
        h = run.keep("h", t, gates["o"] * run.keep("m", t, tanh(c)))
        read.append((h,))
        h, c = run.handed("h", t, h), run.handed("c", t, c)
    output_layer(job, run, read, ("W_y",), "b_y")


def _above(h: Array, x: Array) -> Array:
    """[h; x], with leading axes that broadcast."""
    leading = np.broadcast_shapes(h.shape[:-2], x.shape[:-2])
    parts = [np.broadcast_to(part, (*leading, *part.shape[-2:])) for part in (h, x)]
    return np.concatenate(parts, axis=-2)


def gru(job: GradientJob, run: Run) -> None:
    """h_t = z ⊙ h_{t-1} + (1 - z) ⊙ n with update "keep", else with z and 1 - z exchanged."""
    weights = {gate: run.reads(f"W_{gate}", f"U_{gate}", f"b_{gate}") for gate in "zrn"}
    c_n = run.read("c_n") if job.reset == "after" else None
    h = run.read("h", 0)
    read, x = [], run.reads_all("x")
    inward = {gate: entering(W, x, b) for gate, (W, _, b) in weights.items()}
    U = weights["n"][1]
    for t in range(1, run.steps + 1):
        z, r = (_gate(run, gate, t, inward[gate][t - 1] + weights[gate][1] @ h) for gate in "zr")
        recalled = U @ run.keep("q", t, r * h) if c_n is None else r * run.keep("q", t, U @ h + c_n)
        n = run.keep("n", t, tanh(run.keep("a_n", t, inward["n"][t - 1] + recalled)))
        kept = z if job.update == "keep" else 1 - z
        h = run.keep("h", t, kept * h + (1 - kept) * n)
        read.append((h,))
        h = run.handed("h", t, h)
    output_layer(job, run, read, ("W_y",), "b_y")


def _gate(run: Run, gate: str, t: int, total: Array) -> Array:
    return run.keep(gate, t, sigmoid(run.keep(f"a_{gate}", t, total)))
