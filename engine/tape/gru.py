"""The gated recurrent unit as a forward program, in its published conventions.

Cho et al. (2014) let z keep the old state and reset before the product with U_n; PyTorch keeps
with z too, and resets after the product; Chung et al. (2014) let z take the new state.
"""

from __future__ import annotations

from engine.tape.index import at, t
from engine.tape.makers import add, fill, fn, matmul, minus, times, var
from engine.tape.nodes import Node, Var
from engine.tape.outputs import read_out
from engine.tape.program import Block, Definition, Program
from engine.tape.sizes import MATRICES, UPWARDS, Sizes

_GATES = {
    "z": ("update gate", "how much of the old state is kept or replaced"),
    "r": ("reset gate", "how much of the old state the candidate may see"),
}


def gru(
    sizes: Sizes = MATRICES,
    update: str = "keep",
    reset: str = "after",
    outputs: str = "last",
    loss: str = "half",
    window: int = 0,
) -> Program:
    """z, r = σ(W x_t + U h_{t-1} + b), n = tanh(a_n), and h_t between h_{t-1} and n as z says.

    `reset` "after": q_t = U_n h_{t-1} + c_n, a_n = W_n x_t + b_n + r ⊙ q_t; "before": q_t = r ⊙ h_{t-1},
    a_n = W_n x_t + U_n q_t + b_n. `update` "keep": h_t = z ⊙ h_{t-1} + (1 - z) ⊙ n; "take": exchanged.
    """
    h, d, k, _ = sizes
    W_y, b_y = var("W_y", (k, h)), var("b_y", (k, "1"))
    weights = {gate: _weights(gate, h, d) for gate in ("z", "r", "n")}
    c_n = (var("c_n", (h, "1")),) if reset == "after" else ()
    x_t, before = var("x", (d, "1"), t), var("h", (h, "1"), t - 1)
    z, n, h_t = (var(name, (h, "1"), t) for name in ("z", "n", "h"))
    rest = minus(fill(1, z.shape), z)
    kept, taken = (z, rest) if update == "keep" else (rest, z)
    step = (
        *(line for gate in _GATES for line in _gate(gate, weights[gate], x_t, before)),
        *_candidate(weights["n"], c_n, x_t, before),
        Definition(h_t, add(times(kept, before), times(taken, n)), "mixed-state"),
    )
    end = read_out(lambda when: add(matmul(W_y, var("h", (h, "1"), when)), b_y), outputs, loss)
    return Program(
        blocks=(Block(step, UPWARDS), *end.blocks),
        loss=end.loss,
        parameters=(*weights["z"], *weights["r"], *weights["n"], *c_n, W_y, b_y),
        starts=(var("h", (h, "1"), at(0)),),
        inputs=(x_t,),
        targets=(end.target,),
        sums=("a_z", "a_r", "a_n"),
        window=window,
    )


def _weights(gate: str, h: str, d: str) -> tuple[Var, Var, Var]:
    return var(f"W_{gate}", (h, d)), var(f"U_{gate}", (h, h)), var(f"b_{gate}", (h, "1"))


def _gate(gate: str, weights: tuple[Var, ...], x: Node, before: Node) -> tuple[Definition, Definition]:
    W, U, b = weights
    a, (name, task) = var(f"a_{gate}", b.shape, t), _GATES[gate]
    return (
        Definition(a, add(matmul(W, x), matmul(U, before), b), "preactivation", {"of": f"the {name}"}),
        Definition(var(gate, b.shape, t), fn("sigmoid", a), "gate", {"name": name, "task": task}),
    )


def _candidate(
    weights: tuple[Var, ...], c_n: tuple[Var, ...], x: Node, before: Node
) -> tuple[Definition, ...]:
    """With the bias c_n the reset comes after the product, without it before."""
    W, U, b = weights
    r, q, a, n = (var(name, b.shape, t) for name in ("r", "q", "a_n", "n"))
    if c_n:
        offered = Definition(q, add(matmul(U, before), *c_n), "reset-after")
        total = add(matmul(W, x), b, times(r, q))
    else:
        offered = Definition(q, times(r, before), "reset-before")
        total = add(matmul(W, x), matmul(U, q), b)
    told = {"name": "candidate", "task": "what the new state could be"}
    return (
        offered,
        Definition(a, total, "preactivation", {"of": "the candidate"}),
        Definition(n, fn("tanh", a), "candidate", told),
    )
