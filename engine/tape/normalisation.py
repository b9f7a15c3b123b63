"""Layer norm and batch norm as forward programs, each with half the squared distance to a target.

Layer norm (Ba, Kiros & Hinton 2016) takes mean and variance over the h entries of one column x,
batch norm (Ioffe & Szegedy 2015) over the m rows of X, for each of its h columns. ε is a given
number, `EPSILON`. The number of entries is written as 1ᵀ1, which is what the tape language has for it.
"""

from __future__ import annotations

from engine.tape.makers import HALF, add, fill, fn, matmul, minus, over, power, times, transpose, var
from engine.tape.nodes import NUMBER, Node
from engine.tape.outputs import loss_of
from engine.tape.program import Block, Definition, Program

EPSILON = 1e-5  # of every ε, as in PyTorch


def layer_norm() -> Program:
    """out = γ ⊙ x̂ + β with x̂ = (x - μ 1) / sd, all columns [h]; μ, var and sd are numbers."""
    h = ("h", "1")
    x, xhat, out, gamma, beta, y = (var(name, h) for name in ("x", "xhat", "out", "gamma", "beta", "y"))
    mu, variance, sd, eps = (var(name, NUMBER) for name in ("mu", "var", "sd", "eps"))
    ones = fill(1, h)
    centred = minus(x, matmul(ones, mu))
    loss = var("L", NUMBER)
    lines = (
        Definition(mu, _mean(ones, x), "mean"),
        Definition(variance, _mean(ones, power(centred, 2)), "variance"),
        Definition(sd, fn("sqrt", add(variance, eps)), "deviation"),
        Definition(xhat, over(centred, sd), "normalised"),
        Definition(out, add(times(gamma, xhat), beta), "rescaled"),
        loss_of(loss, out, y, "half"),
    )
    return Program((Block(lines),), loss, (gamma, beta), inputs=(x, eps), targets=(y,), sums=(), states=())


def batch_norm() -> Program:
    """out = 1 γ ⊙ X̂ + 1 β with X̂ = (X - 1 μ) / 1 sd, [m, h]; γ, β, μ, var and sd are rows [h]."""
    many, row = ("m", "h"), ("1", "h")
    X, xhat, out, Y = (var(name, many) for name in ("X", "xhat", "out", "Y"))
    mu, variance, sd, gamma, beta = (var(name, row) for name in ("mu", "var", "sd", "gamma", "beta"))
    eps, loss, ones = var("eps", NUMBER), var("L", NUMBER), fill(1, ("m", "1"))
    centred = minus(X, matmul(ones, mu))
    squares = matmul(transpose(ones), power(minus(out, Y), 2), fill(1, ("h", "1")))
    lines = (
        Definition(mu, _mean(ones, X), "mean"),
        Definition(variance, _mean(ones, power(centred, 2)), "variance"),
        Definition(sd, fn("sqrt", add(variance, matmul(eps, fill(1, row)))), "deviation"),
        Definition(xhat, over(centred, matmul(ones, sd)), "normalised"),
        Definition(out, add(times(matmul(ones, gamma), xhat), matmul(ones, beta)), "rescaled"),
        Definition(loss, times(HALF, squares), "squared-error", {"error": "half the sum of all squares"}),
    )
    return Program((Block(lines),), loss, (gamma, beta), inputs=(X, eps), targets=(Y,), sums=(), states=())


def _mean(ones: Node, of: Node) -> Node:
    """Of the rows: 1ᵀ X / 1ᵀ1."""
    return over(matmul(transpose(ones), of), matmul(transpose(ones), ones))
