"""Elman's network as a forward program (Elman 1990; Goodfellow et al. 2016, eq. 10.8-10.11)."""

from __future__ import annotations

from engine.tape.index import at, t
from engine.tape.makers import add, fn, matmul, var
from engine.tape.outputs import read_out
from engine.tape.program import Block, Definition, Program
from engine.tape.sizes import MATRICES, UPWARDS, Sizes

PHI = {"tanh": r"\tanh", "sigmoid": r"\sigma", "relu": r"\mathrm{ReLU}", "identity": r"\mathrm{id}"}


def rnn(
    sizes: Sizes = MATRICES,
    activation: str = "tanh",
    outputs: str = "last",
    loss: str = "half",
    window: int = 0,
) -> Program:
    """a_t = W_h h_{t-1} + W_i x_t + b_h,  h_t = φ(a_t),  and W_o h + b_o at the end."""
    h, d, k, _ = sizes
    W_h, W_i, b_h = var("W_h", (h, h)), var("W_i", (h, d)), var("b_h", (h, "1"))
    W_o, b_o = var("W_o", (k, h)), var("b_o", (k, "1"))
    a_t, h_t, x_t = var("a", (h, "1"), t), var("h", (h, "1"), t), var("x", (d, "1"), t)
    before = var("h", (h, "1"), t - 1)
    step = (
        Definition(
            a_t, add(matmul(W_h, before), matmul(W_i, x_t), b_h), "preactivation", {"of": "the state"}
        ),
        Definition(h_t, fn(activation, a_t), "state", {"phi": PHI[activation]}),
    )
    end = read_out(lambda when: add(matmul(W_o, var("h", (h, "1"), when)), b_o), outputs, loss)
    return Program(
        blocks=(Block(step, UPWARDS), *end.blocks),
        loss=end.loss,
        parameters=(W_h, W_i, b_h, W_o, b_o),
        starts=(var("h", (h, "1"), at(0)),),
        inputs=(x_t,),
        targets=(end.target,),
        window=window,
    )
