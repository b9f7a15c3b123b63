"""The program that a job is about, and the variable whose slope it asks for.

Kinds of definitions, each the key of a forward rule, with the facts it carries (LaTeX or plain words):

    preactivation   a weighted sum on its way into a function        of: "the forget gate"
    state           h_t = φ(a_t)                                     phi: r"\\tanh"
    output          ŷ, the weighted sum itself (squared error)
    logits          s, the weighted sum that softmax is taken of (cross-entropy)
    softmax         ŷ = softmax(s)
    squared-error   L = ½‖ŷ - y‖², Power(Norm(ŷ - y), 2), of numbers Power(ŷ - y, 2)
                                                                     error: "half the squared distance"
    cross-entropy   L = -yᵀ log ŷ
    total-loss      L = Σ_t L_t

First states are variables at a plain time: h_0 is Var("h", at(0)). Window-safe: only trees of the tape.
"""

from __future__ import annotations

from functools import lru_cache

from engine.symbolic.jobs import GradientJob
from engine.tape.program import Program
from engine.tape.rnn import rnn
from engine.tape.sizes import MATRICES, SCALARS


def program(job: GradientJob) -> Program:
    """The network of a job that `catalogue.cleaned` has been over. Raises KeyError: no such model."""
    return _program(
        job.model,
        job.scalar,
        job.activation,
        job.outputs,
        job.loss,
        job.truncate,
        job.gates,
        job.update,
        job.reset,
    )


@lru_cache(maxsize=64)
def _program(
    model: str,
    scalar: bool,
    activation: str,
    outputs: str,
    loss: str,
    window: int,
    gates: str,
    update: str,
    reset: str,
) -> Program:
    sizes = SCALARS if scalar else MATRICES
    match model:
        case "rnn":
            return rnn(sizes, activation, outputs, loss, window)
    raise KeyError(model)
