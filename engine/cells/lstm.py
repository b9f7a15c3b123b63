"""Long short-term memory. What a cell is stands in `cell`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.cells.arithmetic import sigmoid, sigmoid_slope, split, stack, tanh_slope
from engine.cells.cell import Cell, State, Step, StepGradient, Weights
from engine.cells.entry import enter, leave
from engine.cells.norms import Normalised, normalised
from engine.snapshot import Array


@dataclass(frozen=True, slots=True)
class Lstm(Cell):
    """Long short-term memory (Hochreiter & Schmidhuber 1997) with forget gate (Gers et al. 2000).

    f_t = σ(W_if x_t + b_if + W_hf h_{t-1} + b_hf)       forget
    i_t = σ(W_ii x_t + b_ii + W_hi h_{t-1} + b_hi)       input
    g_t = tanh(W_ig x_t + b_ig + W_hg h_{t-1} + b_hg)    candidate
    o_t = σ(W_io x_t + b_io + W_ho h_{t-1} + b_ho)       output
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)

    With `peepholes` (Gers & Schmidhuber 2000), p_f ⊙ c_{t-1} is added inside f_t, p_i ⊙ c_{t-1}
    inside i_t and p_o ⊙ c_t inside o_t; each p is [h].

    With `norm` "layer" (Ba et al. 2016, supplement) or "batch" (Cooijmans et al. 2017, section 3) the
    products are normalised, all gates together in layer norm (`entry`), and so is c on its way out:

    h_t = o_t ⊙ tanh(γ_c ⊙ norm(c_t) + β_c)              γ_c, β_c are "gain_c", "shift_c" [h]
    """

    peepholes: bool = False
    norm: str = "none"

    stacked = ("i", "f", "g", "o")
    shown = ("f", "i", "g", "o", "c")
    parts = 2

    def extras(self, h: int) -> dict[str, tuple[int, ...]]:
        shapes: dict[str, tuple[int, ...]] = {}
        if self.peepholes:
            shapes |= {"p_i": (h,), "p_f": (h,), "p_o": (h,)}
        if self.norm != "none":
            shapes |= {"gain_ih": (4 * h,), "gain_hh": (4 * h,), "gain_c": (h,), "shift_c": (h,)}
        return shapes

    def step(self, weights: Weights, x: Array, before: State, entered: Array | None) -> Step:
        h_prev, c_prev = before
        a_x, hat_x = enter(weights, "ih", x, self.norm, done=entered)
        a_h, hat_h = enter(weights, "hh", h_prev, self.norm)
        a = split(a_x + a_h, 4)
        a_i, a_f, a_g, a_o = a
        if self.peepholes:
            a_i += weights["p_i"] * c_prev
            a_f += weights["p_f"] * c_prev
        i, f, _, o = sigmoid(a)  # one σ over all costs less than three
        g = np.tanh(a_g)
        c = f * c_prev + i * g
        if self.peepholes:
            o = sigmoid(a_o + weights["p_o"] * c)
        leaving, hat_c = self._leaving(weights, c)
        tanh_c = np.tanh(leaving)
        h = o * tanh_c
        values = {"f": f, "i": i, "g": g, "o": o, "c": c, "tanh_c": tanh_c}
        return Step(before, (h, c), values, (h_prev,), {"ih": hat_x, "hh": hat_h, "c": hat_c})

    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """The lines of `step` from the last to the first.

        do = dh ⊙ tanh(c);  dc += dh ⊙ o ⊙ (1 - tanh²(c)), through the norm of c;  da_o = do ⊙ o'
        dc += p_o ⊙ da_o
        df = dc ⊙ c_prev;  di = dc ⊙ g;  dg = dc ⊙ i;  da_q = dq ⊙ q' for each gate q
        dc_prev = dc ⊙ f + p_i ⊙ da_i + p_f ⊙ da_f;  dh_prev = W_hhᵀ da, through the norm.
        """
        dh, dc = after
        _, c_prev = step.before
        f, i, g, o, c, tanh_c = (step.values[letter] for letter in ("f", "i", "g", "o", "c", "tanh_c"))
        da_o = dh * tanh_c * sigmoid_slope(o)
        dc_out, extra = self._leaving_back(weights, step.hats["c"], dh * o * tanh_slope(tanh_c))
        dc = dc + dc_out
        if self.peepholes:
            dc = dc + weights["p_o"] * da_o
        da_f = dc * c_prev * sigmoid_slope(f)
        da_i = dc * g * sigmoid_slope(i)
        da_g = dc * i * tanh_slope(g)
        dc_prev = dc * f
        if self.peepholes:
            dc_prev = dc_prev + weights["p_i"] * da_i + weights["p_f"] * da_f
            extra |= {"p_i": da_i * c_prev, "p_f": da_f * c_prev, "p_o": da_o * c}
        da = stack(da_i, da_f, da_g, da_o)
        da_x, extra_x = leave(weights, "ih", step.hats["ih"], da)
        da_h, extra_h = leave(weights, "hh", step.hats["hh"], da)
        before = (da_h @ weights["W_hh"], dc_prev)
        return StepGradient(da_x, da_h, before, (dh, dc), extra | extra_x | extra_h)

    def _leaving(self, weights: Weights, c: Array) -> tuple[Array, Normalised | None]:
        """What tanh is taken of on the way from c to h."""
        if self.norm == "none":
            return c, None
        hat = normalised(c, self.norm)
        return weights["gain_c"] * hat.hat + weights["shift_c"], hat

    def _leaving_back(
        self, weights: Weights, hat: Normalised | None, da: Array
    ) -> tuple[Array, dict[str, Array]]:
        """dc by way of h, and the shares of γ_c and β_c."""
        if hat is None:
            return da, {}
        return hat.back(da * weights["gain_c"]), {"gain_c": da * hat.hat, "shift_c": da}
