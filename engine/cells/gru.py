"""Gated recurrent unit. What a cell is stands in `cell`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.cells.arithmetic import sigmoid, sigmoid_slope, split, stack, tanh_slope
from engine.cells.cell import Cell, State, Step, StepGradient, Weights
from engine.cells.entry import enter, leave
from engine.snapshot import Array


@dataclass(frozen=True, slots=True)
class Gru(Cell):
    """Gated recurrent unit (Cho et al. 2014; Chung et al. 2014), reset after the product as in PyTorch.

    z_t = σ(W_iz x_t + b_iz + W_hz h_{t-1} + b_hz)       update
    r_t = σ(W_ir x_t + b_ir + W_hr h_{t-1} + b_hr)       reset
    m_t = W_hn h_{t-1} + b_hn                            memory offered to the candidate
    n_t = tanh(W_in x_t + b_in + r_t ⊙ m_t)              candidate
    h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ n_t                update "keep": Cho 2014, PyTorch
    h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ n_t                update "take": Chung 2014

    With `reset` "before" (Cho 2014, Chung 2014) r_t chooses from the state itself:

    m_t = W_hn (r_t ⊙ h_{t-1}) + b_hn;   n_t = tanh(W_in x_t + b_in + m_t)

    With `norm` "layer" (Ba et al. 2016, supplement) or "batch" each product is normalised (`entry`),
    in layer norm the rows of r and z together and those of n by themselves.
    """

    update: str = "keep"
    reset: str = "after"
    norm: str = "none"

    stacked = ("r", "z", "n")
    shown = ("z", "r", "n")

    def extras(self, h: int) -> dict[str, tuple[int, ...]]:
        return {} if self.norm == "none" else {"gain_ih": (3 * h,), "gain_hh": (3 * h,)}

    def step(self, weights: Weights, x: Array, before: State, entered: Array | None) -> Step:
        (h_prev,) = before
        gates, candidate = _blocks(h_prev)
        x_rz, hat_x_rz = enter(weights, "ih", x, self.norm, gates, entered)
        h_rz, hat_h_rz = enter(weights, "hh", h_prev, self.norm, gates)
        r, z = split(sigmoid(x_rz + h_rz), 2)
        offered = r * h_prev if self.reset == "before" else h_prev
        x_n, hat_x_n = enter(weights, "ih", x, self.norm, candidate, entered)
        m, hat_m = enter(weights, "hh", offered, self.norm, candidate)
        n = np.tanh(x_n + (m if self.reset == "before" else r * m))
        kept = z if self.update == "keep" else 1 - z
        h = kept * h_prev + (1 - kept) * n
        values = {"z": z, "r": r, "m": m, "n": n, "kept": kept}
        sources = (h_prev, h_prev, offered) if self.reset == "before" else (h_prev,)
        hats = {"ih_rz": hat_x_rz, "ih_n": hat_x_n, "hh_rz": hat_h_rz, "hh_n": hat_m}
        return Step(before, (h,), values, sources, hats)

    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """The lines of `step` from the last to the first.

        dkept = dh ⊙ (h_prev - n), which is dz or -dz;  dn = dh ⊙ (1 - kept);  da_n = dn ⊙ (1 - n²)
        reset "after":   dr = da_n ⊙ m;  dm = da_n ⊙ r;  dh_prev = dh ⊙ kept + W_hnᵀ dm
        reset "before":  dm = da_n;  dr = W_hnᵀ dm ⊙ h_prev;  dh_prev = dh ⊙ kept + W_hnᵀ dm ⊙ r
        dh_prev += W_h[r,z]ᵀ [da_r, da_z], and every product goes through its norm.
        """
        (dh,) = after
        (h_prev,) = step.before
        gates, candidate = _blocks(h_prev)
        z, r, m, n, kept = (step.values[letter] for letter in ("z", "r", "m", "n", "kept"))
        dkept = dh * (h_prev - n)
        dz = dkept if self.update == "keep" else -dkept
        da_n = dh * (1 - kept) * tanh_slope(n)
        dm = da_n if self.reset == "before" else da_n * r
        da_h_n, extra_h_n = leave(weights, "hh", step.hats["hh_n"], dm, candidate)
        d_offered = da_h_n @ weights["W_hh"][candidate]
        if self.reset == "before":
            dr = d_offered * h_prev
            dh_prev = dh * kept + d_offered * r
        else:
            dr = da_n * m
            dh_prev = dh * kept + d_offered
        da_rz = stack(dr * sigmoid_slope(r), dz * sigmoid_slope(z))
        da_h_rz, extra_h_rz = leave(weights, "hh", step.hats["hh_rz"], da_rz, gates)
        da_x_rz, extra_x_rz = leave(weights, "ih", step.hats["ih_rz"], da_rz, gates)
        da_x_n, extra_x_n = leave(weights, "ih", step.hats["ih_n"], da_n, candidate)
        dh_prev = dh_prev + da_h_rz @ weights["W_hh"][gates]
        extra = _joined(extra_x_rz, extra_x_n) | _joined(extra_h_rz, extra_h_n)
        return StepGradient(stack(da_x_rz, da_x_n), stack(da_h_rz, da_h_n), (dh_prev,), after, extra)


def _blocks(h_prev: Array) -> tuple[slice, slice]:
    """The rows of r and z, and those of n."""
    size = h_prev.shape[1]
    return slice(0, 2 * size), slice(2 * size, 3 * size)


def _joined(gates: Mapping[str, Array], candidate: Mapping[str, Array]) -> dict[str, Array]:
    return {name: stack(share, candidate[name]) for name, share in gates.items()}
