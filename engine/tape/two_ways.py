"""Two plain networks over one sequence, one forwards, one backwards (Schuster & Paliwal 1997)."""

from __future__ import annotations

from engine.tape.index import At, at, last, t
from engine.tape.makers import add, fn, matmul, var
from engine.tape.nodes import Node
from engine.tape.outputs import read_out
from engine.tape.program import Block, Definition, Program
from engine.tape.rnn import PHI
from engine.tape.sizes import DOWNWARDS, MATRICES, UPWARDS, Sizes


def two_ways(
    sizes: Sizes = MATRICES, activation: str = "tanh", outputs: str = "each", loss: str = "half"
) -> Program:
    """h_t from h_{t-1}, and with weights of its own h_rev_t from h_rev_{t+1}; W_o h + W_o_rev h_rev + b_o.

    The backward network starts from h_rev_{T+1}. Read once ("last"), it is read at T, as the forward one.
    """
    h, d, k, _ = sizes
    H = (h, "1")
    W_h, W_i, b_h = var("W_h", (h, h)), var("W_i", (h, d)), var("b_h", H)
    W_h_rev, W_i_rev, b_h_rev = var("W_h_rev", (h, h)), var("W_i_rev", (h, d)), var("b_h_rev", H)
    W_o, W_o_rev, b_o = var("W_o", (k, h)), var("W_o_rev", (k, h)), var("b_o", (k, "1"))
    x_t, a, a_rev = var("x", (d, "1"), t), var("a", H, t), var("a_rev", H, t)
    ahead = add(matmul(W_h, var("h", H, t - 1)), matmul(W_i, x_t), b_h)
    behind = add(matmul(W_h_rev, var("h_rev", H, t + 1)), matmul(W_i_rev, x_t), b_h_rev)
    phi = {"phi": PHI[activation]}

    def weighted(when: At) -> Node:
        return add(matmul(W_o, var("h", H, when)), matmul(W_o_rev, var("h_rev", H, when)), b_o)

    end = read_out(weighted, outputs, loss)
    return Program(
        blocks=(
            Block(
                (
                    Definition(a, ahead, "preactivation", {"of": "the forward state"}),
                    Definition(var("h", H, t), fn(activation, a), "state", phi),
                ),
                UPWARDS,
            ),
            Block(
                (
                    Definition(a_rev, behind, "preactivation", {"of": "the backward state"}),
                    Definition(var("h_rev", H, t), fn(activation, a_rev), "state", phi),
                ),
                DOWNWARDS,
            ),
            *end.blocks,
        ),
        loss=end.loss,
        parameters=(W_h, W_i, b_h, W_h_rev, W_i_rev, b_h_rev, W_o, W_o_rev, b_o),
        starts=(var("h", H, at(0)), var("h_rev", H, last + 1)),
        inputs=(x_t,),
        targets=(end.target,),
        sums=("a", "a_rev"),
        states=("h", "h_rev"),
    )
