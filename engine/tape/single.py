"""Two programs of one thought each: softmax with its loss, and the clipping of a gradient."""

from __future__ import annotations

from engine.tape.makers import fill, fn, norm, over, power, softmax, times, var
from engine.tape.nodes import NUMBER
from engine.tape.outputs import loss_of
from engine.tape.program import Block, Definition, Program


def softmax_loss() -> Program:
    """ŷ = softmax(s), L = -yᵀ log ŷ of a given column s [k]."""
    s, yhat, y = (var(name, ("k", "1")) for name in ("s", "yhat", "y"))
    loss = var("L", NUMBER)
    lines = (Definition(yhat, softmax(s), "softmax"), loss_of(loss, yhat, y, "cross-entropy"))
    return Program((Block(lines),), loss, (), inputs=(s,), targets=(y,), sums=(), states=())


def clipping() -> Program:
    """A gradient g [n] and a threshold v > 0, no loss: cut down by its norm, and entry by entry.

    g_by_norm = min(1, v / ‖g‖) g (Pascanu et al. 2013, algorithm 1); entry i of g_by_value is
    min(1, v / |g_i|) g_i, which is g_i cut to ±v. n is ‖g‖.
    """
    shape = ("n", "1")
    g, by_norm, by_value = (var(name, shape) for name in ("g", "g_by_norm", "g_by_value"))
    v, n = var("v", NUMBER), var("n", NUMBER)
    sizes = fn("sqrt", power(g, 2))
    lines = (
        Definition(n, norm(g), "norm"),
        Definition(by_norm, times(fn("min1", over(v, n)), g), "clipped-by-norm"),
        Definition(by_value, times(fn("min1", over(times(v, fill(1, shape)), sizes)), g), "clipped-by-value"),
    )
    return Program((Block(lines),), None, (), inputs=(g, v), sums=(), states=())
