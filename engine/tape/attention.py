"""An encoder, and one step of a decoder that looks back at all of its states (Bahdanau et al. 2015)."""

from __future__ import annotations

from engine.tape.index import At, at, first, last, t
from engine.tape.makers import add, beside, fill, fn, matmul, softmax, transpose, var
from engine.tape.nodes import Node, Var
from engine.tape.outputs import read_out
from engine.tape.program import Block, Definition, Program
from engine.tape.rnn import PHI
from engine.tape.sizes import MATRICES, UPWARDS, Sizes


def attention(sizes: Sizes = MATRICES) -> Program:
    """h_1 .. h_T of a plain tanh encoder; e = tanh(W_a d_0 1ᵀ + U_a H)ᵀ v_a, α = softmax(e), c = H α.

    The decoder starts from d_0 = h_T and does one step, d_1 = tanh(W_d d_0 + W_c c + b_d); its
    output s = W_o d_1 + b_o has the loss of cross-entropy.
    """
    h, d, k, n = sizes
    H = (h, "1")
    W_h, W_i, b_h = var("W_h", (h, h)), var("W_i", (h, d)), var("b_h", H)
    W_a, U_a, v_a = var("W_a", (n, h)), var("U_a", (n, h)), var("v_a", (n, "1"))
    W_d, W_c, b_d = var("W_d", (h, h)), var("W_c", (h, h)), var("b_d", H)
    W_o, b_o = var("W_o", (k, h)), var("b_o", (k, "1"))
    a, x_t, d_0, d_1 = var("a", H, t), var("x", (d, "1"), t), var("d", H, at(0)), var("d1", H)
    ahead = add(matmul(W_h, var("h", H, t - 1)), matmul(W_i, x_t), b_h)
    a_d, c = var("a_d", H), var("c", H)
    encoder = (
        Definition(a, ahead, "preactivation", {"of": "the state"}),
        Definition(var("h", H, t), fn("tanh", a), "state", {"phi": PHI["tanh"]}),
    )
    decoder = (
        Definition(a_d, add(matmul(W_d, d_0), matmul(W_c, c), b_d), "preactivation", {"of": "the decoder"}),
        Definition(d_1, fn("tanh", a_d), "state", {"phi": PHI["tanh"]}),
    )
    end = read_out(lambda _: add(matmul(W_o, d_1), b_o), "last", "cross-entropy")
    return Program(
        blocks=(
            Block(encoder, UPWARDS),
            Block((*_look_back(d_0, c, (W_a, U_a, v_a)), *decoder)),
            *end.blocks,
        ),
        loss=end.loss,
        parameters=(W_h, W_i, b_h, W_a, U_a, v_a, W_d, W_c, b_d, W_o, b_o),
        starts=(var("h", H, at(0)),),
        inputs=(x_t,),
        targets=(end.target,),
        sums=("a", "a_d"),
    )


def _look_back(d_0: Var, c: Var, weights: tuple[Node, Node, Node]) -> tuple[Definition, ...]:
    """From the encoder's states to the context c."""
    W_a, U_a, v_a = weights
    h, n = d_0.shape[0], v_a.shape[0]
    H, K = var("H", (h, "T")), var("K", (n, "T"))
    e, alpha = var("e", ("T", "1")), var("alpha", ("T", "1"))
    spread = matmul(W_a, d_0, fill(1, ("1", "T")))
    return (
        Definition(H, beside(var("h", d_0.shape, At("j")), "j", first, last, "T"), "encoder-states"),
        Definition(d_0, var("h", d_0.shape, last), "decoder-start"),
        Definition(K, fn("tanh", add(spread, matmul(U_a, H))), "keys"),
        Definition(e, matmul(transpose(K), v_a), "scores"),
        Definition(alpha, softmax(e), "attention-weights"),
        Definition(c, matmul(H, alpha), "context"),
    )
