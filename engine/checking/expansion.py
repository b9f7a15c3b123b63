"""SymPy's opinion of a scalar network: the loss written out in the parameters alone, and differentiated.

Only where that is quick: each time step nests one function more, and the formula of an LSTM's
second step takes SymPy seconds. Shares nothing with the derivation, which never writes h_T out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.checking.oracles_run import Array
from engine.symbolic.jobs import GradientJob

MOST_STEPS = 3  # one step more multiplies what SymPy takes
_PARAMETERS = ("W_h", "W_i", "b_h", "W_o", "b_o")


@dataclass(frozen=True, slots=True)
class Expanded:
    """The slope of the loss at the shown numbers, and how many operations its formula has written out."""

    slope: float
    operations: int


def applies(job: GradientJob, steps: int) -> bool:
    """Whether the network is small and smooth enough, and differentiated as it stands."""
    return (
        job.model == "rnn"
        and job.scalar
        and job.wrt in (*_PARAMETERS, "h_0")
        and job.activation != "relu"
        and steps <= MOST_STEPS
        and not 0 < job.truncate < steps
    )


def gradient(job: GradientJob, arrays: Mapping[str, Array]) -> Expanded:
    """dL/d(job.wrt) at one point; `arrays` are in the layout of `oracles`. Imports SymPy."""
    import sympy

    values = {_letter(name): arrays[name].item() for name in _PARAMETERS}
    values[_letter("h_0")] = arrays["h"][0].item()
    for name in ("x", "y"):
        over_time = arrays[name] if arrays[name].ndim == 3 else arrays[name][None]
        values |= {_letter(f"{name}_{t}"): each.item() for t, each in enumerate(over_time)}
    slope = _loss(job, len(arrays["x"]) - 2).diff(_letter(job.wrt))
    return Expanded(float(slope.xreplace(values)), int(sympy.count_ops(slope)))


def _loss(job: GradientJob, last: int) -> Any:
    """The loss as one formula; letters for the inputs too, since SymPy is slow with floats in sums."""
    W_h, W_i, b_h, W_o, b_o, h = map(_letter, (*_PARAMETERS, "h_0"))
    activation, losses = _activation(job.activation), []
    for t in range(1, last + 1):
        h = activation(W_h * h + W_i * _letter(f"x_{t}") + b_h)
        if job.outputs == "each" or t == last:
            losses.append((W_o * h + b_o - _letter(f"y_{t if job.outputs == 'each' else 0}")) ** 2)
    return sum(losses) / (2 if job.loss == "half" else 1)


def _letter(name: str) -> Any:
    """A real number, as all here are: else SymPy asks at length whether products could be imaginary."""
    from sympy import Symbol

    return Symbol(name, real=True)


def _activation(name: str) -> Callable[[Any], Any]:
    import sympy

    known: Mapping[str, Callable[[Any], Any]] = {
        "tanh": sympy.tanh,
        "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
        "identity": lambda a: a,
    }
    return known[name]
