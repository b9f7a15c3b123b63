"""torch: the oracle that the hand-written passes are held against.

Everything here is written a second time from the textbook and differentiated by autograd, in
float64; none of it uses `cells` or `bptt`. The only file that imports torch, so nothing that
the window or the training process imports may import this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.snapshot import Array


@dataclass(frozen=True, slots=True)
class Oracle:
    """What autograd found.

    Attributes:
        loss: the loss of the run.
        hidden: [T, B, h].
        dh: [T, B, h] dL/dh_t through all paths.
        gradients: parameter name -> dL/d(parameter).
    """

    loss: float
    hidden: Array
    dh: Array
    gradients: dict[str, Array]


def autograd(
    cell: str, weights: Mapping[str, Array], inputs: Array, targets: Array, *, loss: str, update: str = "keep"
) -> Oracle:
    """Unroll `cell` ("rnn", "lstm", "gru") over inputs [T, B, d] from zeros and differentiate.

    `loss` is "cross entropy" (targets [T, B, k] one-hot) or "half squared error" (targets
    [T, B, k] values), a mean over T and B. `update` is the GRU's convention, "keep" or "take".
    """
    p = {
        name: torch.tensor(array, dtype=torch.float64, requires_grad=True) for name, array in weights.items()
    }
    states = _unroll(cell, p, torch.tensor(inputs), update)
    value = _loss(torch.stack(states) @ p["W_o"].T + p["b_o"], torch.tensor(targets), loss)
    found = torch.autograd.grad(value, [*p.values(), *states])
    named = dict(zip(p, (g.numpy() for g in found), strict=False))
    dh = torch.stack(found[len(p) :]).numpy()
    return Oracle(value.item(), torch.stack(states).detach().numpy(), dh, named)


def library_hidden(cell: str, weights: Mapping[str, Array], inputs: Array) -> Array:
    """Hidden states [T, B, h] by torch.nn.RNN, LSTM or GRU with the same weights."""
    size, width = weights["W_hh"].shape[1], inputs.shape[2]
    module = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](width, size).double()
    names = {"W_ih": "weight_ih_l0", "W_hh": "weight_hh_l0", "b_ih": "bias_ih_l0", "b_hh": "bias_hh_l0"}
    module.load_state_dict({theirs: torch.tensor(weights[ours]) for ours, theirs in names.items()})
    with torch.no_grad():
        states: Array = module(torch.tensor(inputs))[0].numpy()
    return states


def scalar_rnn_gradient(
    values: Mapping[str, float], xs: Sequence[float], y: float, wrt: str, half_loss: bool
) -> float:
    """dL/d`wrt` of the scalar RNN whose loss looks at the last output only, by autograd.

    h_t = tanh(w h_{t-1} + u x_t + b), y_hat = v h_T + c, L = (y_hat - y)², halved if `half_loss`.
    `values` has the keys w, u, b, v, c and h_0, and `wrt` is one of them, else KeyError.
    """
    p = {name: torch.tensor(float(values[name]), dtype=torch.float64, requires_grad=True) for name in values}
    h = p["h_0"]
    for x in xs:
        h = torch.tanh(p["w"] * h + p["u"] * x + p["b"])
    loss = (p["v"] * h + p["c"] - y) ** 2 * (0.5 if half_loss else 1.0)
    return torch.autograd.grad(loss, p[wrt])[0].item()


def _unroll(cell: str, p: Mapping[str, Tensor], inputs: Tensor, update: str) -> list[Tensor]:
    """h_1 .. h_T, each [B, h], as separate tensors: autograd can then be asked for dL/dh_t."""
    h = c = torch.zeros(inputs.shape[1], p["W_hh"].shape[1], dtype=torch.float64)
    states = []
    for x in inputs:
        ax, ah = x @ p["W_ih"].T + p["b_ih"], h @ p["W_hh"].T + p["b_hh"]
        if cell == "lstm":
            i, f, g, o = (ax + ah).chunk(4, dim=1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        elif cell == "gru":
            (xr, xz, xn), (hr, hz, hn) = ax.chunk(3, dim=1), ah.chunk(3, dim=1)
            n, z = torch.tanh(xn + (xr + hr).sigmoid() * hn), (xz + hz).sigmoid()
            h = torch.lerp(n, h, z) if update == "keep" else torch.lerp(h, n, z)
        else:
            h = torch.tanh(ax + ah)
        states.append(h)
    return states


def _loss(z: Tensor, targets: Tensor, loss: str) -> Tensor:
    each: Mapping[str, Callable[[Tensor, Tensor], Tensor]] = {
        "cross entropy": lambda z, y: torch.nn.functional.cross_entropy(z, y.argmax(1)),
        "half squared error": lambda z, y: 0.5 * ((z - y) ** 2).sum(1).mean(),
    }
    return each[loss](z.flatten(0, 1), targets.flatten(0, 1))
