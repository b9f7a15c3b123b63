"""How a change of the state travels through time: Jacobians of every step and their products.

    J_t = ∂s_t/∂s_{t-1},     ∂s_T/∂s_k = J_T J_{T-1} ... J_{k+1}

s is the whole state of one layer in one direction: h, or [h; c]. Each J_t is exact: the cell's own
step back, given the rows of the identity. Norms that shrink or grow along the product are what
vanishing and exploding gradients are (Pascanu, Mikolov & Bengio 2013, section 2). Steps are counted
in the order in which the network reads. Knows no loss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.bptt import Unrolled
from engine.cells import Gru, Lstm, Rnn, State, Step
from engine.cells.norms import Normalised
from engine.errors import TaskError
from engine.snapshot import Array

STEEPEST = {"tanh": 1.0, "relu": 1.0, "identity": 1.0, "sigmoid": 0.25}  # γ of the bound


@dataclass(frozen=True, slots=True)
class Jacobians:
    """One sequence; n is the size of the state, h or 2h.

    Attributes:
        steps: [T, n, n] J_1 .. J_T.
        to_last: [T + 1, n, n] ∂s_T/∂s_k for k = 0 .. T; the last is the identity.
        h: hidden units: the first h of the state are the hidden state.
    """

    steps: Array
    to_last: Array
    h: int

    @property
    def norms(self) -> Array:
        """[T] 2-norm of each J_t: by how much it can lengthen a change."""
        return _two(self.steps)

    @property
    def frobenius(self) -> Array:
        """[T] Frobenius norm of each J_t."""
        return _frobenius(self.steps)

    @property
    def radii(self) -> Array:
        """[T] spectral radius of each J_t, the largest |eigenvalue|: its growth if it were repeated."""
        return np.array([radius(step) for step in self.steps], self.steps.dtype)

    @property
    def to_last_norms(self) -> Array:
        """[T + 1] 2-norm of ∂s_T/∂s_k for k = 0 .. T."""
        return _two(self.to_last)

    @property
    def to_last_frobenius(self) -> Array:
        """[T + 1] Frobenius norm of ∂s_T/∂s_k for k = 0 .. T."""
        return _frobenius(self.to_last)

    def pairs(self, frobenius: bool = False) -> Array:
        """[T + 1, T + 1] norm of ∂h_t/∂h_k at (t, k), 2-norm or Frobenius; 0 where k > t.

        Between the two hidden states the way is through the whole state: an LSTM's through c too.
        """
        norm = _frobenius if frobenius else _two
        T = len(self.steps)
        found = np.zeros((T + 1, T + 1), self.steps.dtype)
        reach = np.zeros((0, *self.steps.shape[1:]), self.steps.dtype)  # ∂s_t/∂s_k for k = 0 .. t
        one = np.eye(self.steps.shape[1], dtype=self.steps.dtype)[None]
        for t in range(T + 1):
            moved = self.steps[t - 1] @ reach if t else reach
            reach = np.concatenate([moved, one])
            found[t, : t + 1] = norm(reach[:, : self.h, : self.h])
        return found


def jacobians(run: Unrolled, sequence: int = 0) -> Jacobians:
    """Those of one sequence of a layer that was unrolled.

    Raises:
        TaskError: the layer has batch norm, so that a sequence's state depends on the others'.
    """
    if any(hat is not None and hat.axis == 0 for hat in run.steps[0].hats.values()):
        raise TaskError(
            "The network has batch norm: each state depends on the other sequences of the batch, so that "
            "one sequence has no Jacobian of its own. Use layer norm, or none."
        )
    h = run.hidden.shape[2]
    n = h * run.cell.parts
    rows = np.eye(n, dtype=run.hidden.dtype)
    seeds = tuple(np.split(rows, run.cell.parts, axis=1))
    steps = np.stack([_jacobian(run, _repeated(step, sequence, n), seeds) for step in run.steps])
    to_last = [rows]
    for step in steps[::-1]:
        to_last.append(to_last[-1] @ step)
    return Jacobians(steps, np.stack(to_last[::-1]), h)


def radius(matrix: Array) -> float:
    """The spectral radius: the largest |eigenvalue|. NaN where the matrix is not finite."""
    return float(np.abs(np.linalg.eigvals(matrix)).max()) if np.isfinite(matrix).all() else np.nan


def bound(run: Unrolled) -> Array:
    """[T + 1] (γ σ)^(T - k) for k = 0 .. T, which ‖∂h_T/∂h_k‖ of a plain RNN cannot exceed.

    σ is the largest singular value of W_hh, γ the steepest slope of the activation (Pascanu et al.
    2013, eq. 6-7: below 1 the gradient must vanish).

    Raises:
        TaskError: the cell is another, or normalises.
    """
    cell = run.cell
    if not isinstance(cell, Rnn) or cell.norm != "none":
        raise TaskError(
            "The bound (γ σ)^(T - k) holds for a plain RNN without normalisation; this cell is another."
        )
    growth = STEEPEST[cell.activation] * float(np.linalg.norm(run.weights["W_hh"], 2))
    found: Array = growth ** np.arange(len(run.steps), -1, -1.0)
    return found.astype(run.hidden.dtype)


def kept(run: Unrolled, sequence: int = 0) -> Array:
    """[T + 1, h] what the gates alone let through from step k to step T, for k = 0 .. T.

    ∏ f_t of an LSTM is ∂c_T/∂c_k with the gates held constant; for a GRU it is ∏ of the share of
    h_{t-1} that each step keeps. The Jacobians have all the other ways as well.

    Raises:
        TaskError: the cell has no such gate.
    """
    if not isinstance(run.cell, Lstm | Gru):
        raise TaskError("Only an LSTM or a GRU has a gate that says how much of the state is kept.")
    letter = "f" if isinstance(run.cell, Lstm) else "kept"
    gates = np.array([step.values[letter][sequence] for step in run.steps])
    ones = np.ones_like(gates[:1])
    return np.concatenate([np.cumprod(gates[::-1], axis=0)[::-1], ones])


def _jacobian(run: Unrolled, step: Step, seeds: State) -> Array:
    """[n, n]: row i is the derivative of the i-th number of the state after the step."""
    before = run.cell.backward(run.weights, step, seeds).before
    return np.concatenate(before, axis=1)


def _repeated(step: Step, b: int, n: int) -> Step:
    """n copies of sequence b, so that each can be differentiated along its own row of the identity."""

    def alone(each: Array) -> Array:
        return np.repeat(each[b : b + 1], n, axis=0)

    hats = {
        place: hat and Normalised(alone(hat.hat), alone(hat.spread), hat.axis)
        for place, hat in step.hats.items()
    }
    return Step(
        tuple(alone(part) for part in step.before),
        tuple(alone(part) for part in step.after),
        {letter: alone(value) for letter, value in step.values.items()},
        tuple(alone(source) for source in step.sources),
        hats,
    )


def _two(matrices: Array) -> Array:
    found: Array = np.linalg.norm(matrices, 2, axis=(-2, -1))
    return found


def _frobenius(matrices: Array) -> Array:
    found: Array = np.linalg.norm(matrices, axis=(-2, -1))
    return found
