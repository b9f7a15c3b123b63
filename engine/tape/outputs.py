"""From the last hidden state, or from each, to the loss: the end that all networks share.

With squared error the weighted sum is the output itself, ŷ = W_o h + b_o; with cross-entropy it
is called s, and ŷ = softmax(s). Knows no cell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engine.tape.index import At, first, last, t
from engine.tape.makers import (
    HALF,
    fn,
    matmul,
    minus,
    neg,
    norm,
    power,
    softmax,
    sum_over,
    times,
    transpose,
    var,
)
from engine.tape.nodes import NUMBER, Node, Var
from engine.tape.program import Block, Definition
from engine.tape.sizes import UPWARDS

_TASKS = {
    "half": {"error": "half the squared distance"},
    "whole": {"error": "the squared distance"},
}


class Readout(NamedTuple):
    """The end of a program: its blocks, the target, and the loss (the number, without a time)."""

    blocks: tuple[Block, ...]
    target: Var
    loss: Var


def read_out(weighted: Callable[[At], Node], outputs: str, loss: str) -> Readout:
    """`weighted(when)` is W_o h + b_o of the state at a time, a column [k].

    Args:
        outputs: "last": read once, at T; "each": at t = 1 .. T, and L is the sum of the L_t.
        loss: "half", "whole" or "cross-entropy".
    """
    each = outputs == "each"
    value, when = (weighted(t), t) if each else (weighted(last), None)
    yhat, y = (var(name, value.shape, when) for name in ("yhat", "y"))
    total, one = var("L", NUMBER), var("L", NUMBER, when)
    ending = (*_output(value, yhat, loss), loss_of(one, yhat, y, loss))
    if not each:
        return Readout((Block(ending),), y, total)
    summed = Definition(total, sum_over(one, "t", first, last), "total-loss")
    return Readout((Block(ending, UPWARDS), Block((summed,))), y, total)


def _output(value: Node, yhat: Var, loss: str) -> tuple[Definition, ...]:
    if loss != "cross-entropy":
        return (Definition(yhat, value, "output"),)
    s = var("s", value.shape, yhat.at)
    return Definition(s, value, "logits"), Definition(yhat, softmax(s), "softmax")


def loss_of(loss: Var, yhat: Var, y: Var, kind: str) -> Definition:
    """½‖ŷ - y‖² ("half"), ‖ŷ - y‖² ("whole") or -yᵀ log ŷ ("cross-entropy") of columns ŷ, y."""
    if kind == "cross-entropy":
        return Definition(loss, neg(matmul(transpose(y), fn("log", yhat))), "cross-entropy")
    error = minus(yhat, y)
    squared = power(error if error.shape == NUMBER else norm(error), 2)
    return Definition(
        loss, times(HALF, squared) if kind == "half" else squared, "squared-error", _TASKS[kind]
    )
