"""The LSTM as a forward program (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000)."""

from __future__ import annotations

from engine.tape.index import at, t
from engine.tape.makers import add, fn, matmul, stack, times, var
from engine.tape.nodes import Node, Var
from engine.tape.outputs import read_out
from engine.tape.program import Block, Definition, Program
from engine.tape.sizes import MATRICES, UPWARDS, Sizes

GATES = {
    "f": ("forget gate", "how much of the old cell state stays"),
    "i": ("input gate", "how much of the candidate is written"),
    "g": ("candidate", "what could be written into the cell state"),
    "o": ("output gate", "how much of the cell state is shown"),
}


def lstm(
    sizes: Sizes = MATRICES, gates: str = "apart", outputs: str = "last", loss: str = "half", window: int = 0
) -> Program:
    """f, i, o = σ(W x_t + U h_{t-1} + b), g = tanh(..);  c_t = f ⊙ c_{t-1} + i ⊙ g;  h_t = o ⊙ tanh(c_t).

    With `gates` "stacked" each pre-activation is W [h_{t-1}; x_t] + b, W being [U W] side by side.
    """
    h, d, k, _ = sizes
    W_y, b_y = var("W_y", (k, h)), var("b_y", (k, "1"))
    f, i, g, o, c, m, h_t = (var(name, (h, "1"), t) for name in ("f", "i", "g", "o", "c", "m", "h"))
    x_t, h_before, c_before = var("x", (d, "1"), t), var("h", (h, "1"), t - 1), var("c", (h, "1"), t - 1)
    v = stack(h_before, x_t)
    v_t = var("v", v.shape, t)
    entering: dict[str, Node] = {"W": v_t} if gates == "stacked" else {"W": x_t, "U": h_before}
    weights = {gate: _weights(gate, h, entering) for gate in GATES}
    step = (
        *((Definition(v_t, v, "joined"),) if gates == "stacked" else ()),
        *(line for gate in GATES for line in _gate(gate, weights[gate], entering)),
        Definition(c, add(times(f, c_before), times(i, g)), "cell-state"),
        Definition(m, fn("tanh", c), "cell-tanh"),
        Definition(h_t, times(o, m), "hidden-state"),
    )
    end = read_out(lambda when: add(matmul(W_y, var("h", (h, "1"), when)), b_y), outputs, loss)
    return Program(
        blocks=(Block(step, UPWARDS), *end.blocks),
        loss=end.loss,
        parameters=(*(weight for gate in GATES for weight in weights[gate]), W_y, b_y),
        starts=(var("h", (h, "1"), at(0)), var("c", (h, "1"), at(0))),
        inputs=(x_t,),
        targets=(end.target,),
        sums=tuple(f"a_{gate}" for gate in GATES),
        states=("h", "c"),
        window=window,
    )


def _weights(gate: str, h: str, entering: dict[str, Node]) -> tuple[Var, ...]:
    """A matrix for each thing that enters, then the bias."""
    matrices = (var(f"{letter}_{gate}", (h, source.shape[0])) for letter, source in entering.items())
    return (*matrices, var(f"b_{gate}", (h, "1")))


def _gate(gate: str, weights: tuple[Var, ...], entering: dict[str, Node]) -> tuple[Definition, Definition]:
    *matrices, b = weights
    a, value = var(f"a_{gate}", b.shape, t), var(gate, b.shape, t)
    products = (matmul(matrix, source) for matrix, source in zip(matrices, entering.values(), strict=True))
    name, task = GATES[gate]
    kind, squashed = ("candidate", "tanh") if gate == "g" else ("gate", "sigmoid")
    return (
        Definition(a, add(*products, b), "preactivation", {"of": f"the {name}"}),
        Definition(value, fn(squashed, a), kind, {"name": name, "task": task}),
    )
