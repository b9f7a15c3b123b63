"""The program that a job is about, and the variable whose slope it asks for.

Kinds of definitions, each the key of a forward rule, with the facts that its sentence can use (plain words):

    preactivation      a weighted sum on its way into a function          of: "the forget gate"
    state              h_t = φ(a_t)                                       phi: r"\\tanh" (LaTeX)
    gate, candidate    σ(a); tanh(a)                  name: "forget gate", task: "how much of the old cell .."
    cell-state         c_t = f ⊙ c_{t-1} + i ⊙ g
    cell-tanh          m_t = tanh(c_t)
    hidden-state       h_t = o ⊙ m_t
    joined             v_t = [h_{t-1}; x_t]
    reset-after        q_t = U_n h_{t-1} + c_n, of which r then chooses
    reset-before       q_t = r ⊙ h_{t-1}, which U_n then reads
    mixed-state        h_t between h_{t-1} and n
    encoder-states     H = [h_1 .. h_T]
    decoder-start      d_0 = h_T
    keys               K = tanh(W_a d_0 1ᵀ + U_a H)
    scores             e = Kᵀ v_a
    attention-weights  α = softmax(e)
    context            c = H α
    mean, variance, deviation, normalised, rescaled                    of layer and batch norm
    norm, clipped-by-norm, clipped-by-value                            of clipping
    output             ŷ, the weighted sum itself (squared error)
    logits             s, the weighted sum that softmax is taken of (cross-entropy)
    softmax            ŷ = softmax(s)
    squared-error      L = ½‖ŷ - y‖², Power(Norm(ŷ - y), 2), of numbers Power(ŷ - y, 2); in batch norm
                       ½ 1ᵀ (out - Y)² 1                               error: "half the squared distance"
    cross-entropy      L = -yᵀ log ŷ
    total-loss         L = Σ_t L_t

First states are variables at a plain time: h_0 is Var("h", at(0)), a backward network's start is
Var("h_rev", last + 1). Sizes are h, d, k, T; n units score in attention and n numbers are clipped;
m examples are in the batch of batch norm. Window-safe: only trees of the tape language.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.symbolic.jobs import GradientJob
from engine.tape.attention import attention
from engine.tape.gru import gru
from engine.tape.layers import layers
from engine.tape.lstm import lstm
from engine.tape.nodes import Var
from engine.tape.normalisation import EPSILON, batch_norm, layer_norm
from engine.tape.program import Program
from engine.tape.rnn import rnn
from engine.tape.single import clipping, softmax_loss
from engine.tape.sizes import MATRICES, SCALARS
from engine.tape.two_ways import two_ways
from engine.tape.walk import variables

CONSTANTS = {"eps": EPSILON}  # inputs that are always this number


def program(job: GradientJob) -> Program:
    """The network of a job that `catalogue.cleaned` has been over. Raises KeyError: no such model."""
    return _program(
        job.model, job.scalar, job.activation, job.outputs, job.loss, job.truncate,
        (job.gates, job.update, job.reset),
    )  # fmt: skip


def told(job: GradientJob) -> Program:
    """`program(job)` as it is told: without a loss, only what the asked quantity is computed from."""
    made = program(job)
    if made.loss is not None:
        return made
    value = made.definition(job.wrt).value
    needed = {job.wrt, *(leaf.name for leaf in variables(value))}
    kept = (
        replace(block, definitions=tuple(one for one in block.definitions if one.var.name in needed))
        for block in made.blocks
    )
    return replace(made, blocks=tuple(kept))


@lru_cache(maxsize=64)
def _program(
    model: str,
    scalar: bool,
    activation: str,
    outputs: str,
    loss: str,
    window: int,
    gating: tuple[str, str, str],
) -> Program:
    sizes = SCALARS if scalar else MATRICES
    gates, update, reset = gating
    made = {
        "rnn": lambda: rnn(sizes, activation, outputs, loss, window),
        "lstm": lambda: lstm(sizes, gates, outputs, loss, window),
        "gru": lambda: gru(sizes, update, reset, outputs, loss, window),
        "birnn": lambda: two_ways(sizes, activation, outputs, loss),
        "layers": lambda: layers(sizes, activation, outputs, loss, window),
        "attention": attention,
        "softmax": softmax_loss,
        "layernorm": layer_norm,
        "batchnorm": batch_norm,
        "clipping": clipping,
    }
    return made[model]()


def asked_for(job: GradientJob) -> Var:
    """What the slope is asked for, by `job.wrt`. Raises KeyError if the program has none of that name."""
    return named(job, job.wrt)


def named(job: GradientJob, key: str) -> Var:
    """The variable that `key` calls: a parameter, an input, a first state ("h_0"), or one that is computed.

    One that is computed at each step is given at time t. Raises KeyError if the program has none.
    """
    made = program(job)
    found = {start_name(start): start for start in made.starts}
    found |= {given.name: given for given in (*made.parameters, *made.inputs)}
    for definition, _ in made.definitions():
        found.setdefault(definition.var.name, definition.var)
    return found[key]


def start_name(start: Var) -> str:
    """ "h_0" of h at time 0, "h_rev_T+1" of h_rev at T + 1."""
    return f"{start.name}_{start.at}"
