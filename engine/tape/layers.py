"""Two plain networks, the second reading the states of the first (Goodfellow et al. 2016, 10.5)."""

from __future__ import annotations

from engine.tape.index import at, t
from engine.tape.makers import add, fn, matmul, var
from engine.tape.nodes import Var
from engine.tape.outputs import read_out
from engine.tape.program import Block, Definition, Program
from engine.tape.rnn import PHI
from engine.tape.sizes import MATRICES, UPWARDS, Sizes


def layers(
    sizes: Sizes = MATRICES,
    activation: str = "tanh",
    outputs: str = "last",
    loss: str = "half",
    window: int = 0,
) -> Program:
    """h1_t reads x_t, h2_t reads h1_t, both of h units; the output reads h2."""
    h, d, k, _ = sizes
    H = (h, "1")
    x_t, h1, h2 = var("x", (d, "1"), t), var("h1", H, t), var("h2", H, t)
    lower = (var("W_i1", (h, d)), var("W_h1", (h, h)), var("b_1", H))
    upper = (var("W_i2", (h, h)), var("W_h2", (h, h)), var("b_2", H))
    W_o, b_o = var("W_o", (k, h)), var("b_o", (k, "1"))
    step = (*_layer(lower, x_t, "1", activation), *_layer(upper, h1, "2", activation))
    end = read_out(lambda when: add(matmul(W_o, var("h2", H, when)), b_o), outputs, loss)
    return Program(
        blocks=(Block(step, UPWARDS), *end.blocks),
        loss=end.loss,
        parameters=(*lower, *upper, W_o, b_o),
        starts=(var("h1", H, at(0)), var("h2", H, at(0))),
        inputs=(x_t,),
        targets=(end.target,),
        sums=("a1", "a2"),
        states=(h1.name, h2.name),
        window=window,
    )


def _layer(weights: tuple[Var, ...], reads: Var, number: str, activation: str) -> tuple[Definition, ...]:
    W_i, W_h, b = weights
    a, before = var(f"a{number}", b.shape, t), var(f"h{number}", b.shape, t - 1)
    of = {"of": f"layer {number}'s state"}
    return (
        Definition(a, add(matmul(W_h, before), matmul(W_i, reads), b), "preactivation", of),
        Definition(var(f"h{number}", b.shape, t), fn(activation, a), "state", {"phi": PHI[activation]}),
    )
