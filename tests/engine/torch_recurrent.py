"""The recurrent network once more, in torch from the textbook, for autograd to differentiate.

Uses nothing of the engine but the names of its weights and the knobs of its configs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from engine.config import RunConfig
from engine.snapshot import Array


@dataclass
class Told:
    """What autograd is asked about: losses [T] whose sum is the loss, and tensors by name."""

    parameters: dict[str, Tensor]
    losses: Tensor
    z: Tensor
    h: dict[str, list[Tensor]] = field(default_factory=dict)  # by suffix, in the order of reading
    c: dict[str, list[Tensor]] = field(default_factory=dict)

    @property
    def loss(self) -> float:
        return self.losses.sum().item()

    def gradients(self, of: Tensor | None = None) -> dict[str, Array]:
        of = self.losses.sum() if of is None else of
        found = torch.autograd.grad(of, list(self.parameters.values()), retain_graph=True, allow_unused=True)
        return {
            name: (torch.zeros_like(p) if g is None else g).numpy()
            for (name, p), g in zip(self.parameters.items(), found, strict=True)
        }

    def slopes(self, nodes: Sequence[Tensor]) -> Array:
        found = torch.autograd.grad(self.losses.sum(), list(nodes), retain_graph=True, allow_unused=True)
        return np.stack(
            [(torch.zeros_like(n) if g is None else g).numpy() for n, g in zip(nodes, found, strict=True)]
        )


def told(
    config: RunConfig,
    weights: Mapping[str, Array],
    inputs: Array,
    targets: Array,
    *,
    entropy: bool,
    asked: Array | None = None,
    masks: Sequence[Array] = (),
    start: Sequence[Array] = (),
) -> Told:
    p = {name: torch.tensor(w, requires_grad=True) for name, w in weights.items()}
    found = Told(p, torch.zeros(1), torch.zeros(1))
    reads = list(torch.tensor(inputs))
    per = 2 if config.cell == "lstm" else 1
    for layer in range(config.layers):
        if layer and masks:
            reads = [x * torch.tensor(m) for x, m in zip(reads, masks[layer - 1], strict=True)]
        begin = [torch.tensor(s) for s in start[layer * per : (layer + 1) * per]]
        suffix = f"_l{layer + 1}" if config.layers > 1 else ""
        out = _lane(config, p, reads, suffix, begin, found)
        if config.direction == "both":
            back = _lane(config, p, reads[::-1], suffix + "_reverse", [], found)[::-1]
            out = [torch.cat(pair, dim=1) for pair in zip(out, back, strict=True)]
        if config.residual == "yes" and layer:
            out = [o + x for o, x in zip(out, reads, strict=True)]
        reads = out
    found.z = torch.stack(reads) @ p["W_o"].T + p["b_o"]
    y = torch.tensor(targets)
    of_value = -y * torch.log_softmax(found.z, dim=2) if entropy else 0.5 * (found.z - y) ** 2
    each = of_value.sum(2)
    w = torch.ones_like(each) if asked is None else torch.tensor(asked)
    found.losses = (each * w).sum(1) / w.sum()
    return found


def _lane(
    config: RunConfig,
    p: Mapping[str, Tensor],
    reads: list[Tensor],
    suffix: str,
    begin: list[Tensor],
    into: Told,
) -> list[Tensor]:
    own = {name.removesuffix(suffix): w for name, w in p.items() if _plain(name, suffix)}
    zeros = torch.zeros(len(reads[0]), config.hidden, dtype=reads[0].dtype)
    state = begin or [zeros, zeros]
    hs, cs = [], []
    for t, x in enumerate(reads):
        if config.truncate and t and t % config.truncate == 0:
            state = [part.detach() for part in state]
        state = STEPS[config.cell](config, own, x, state)
        hs.append(state[0])
        cs += state[1:]
    into.h[suffix], into.c[suffix] = hs, cs
    return hs


def _plain(name: str, suffix: str) -> bool:
    if suffix:
        return name.endswith(suffix)
    return not name.endswith("_reverse") and name not in ("W_o", "b_o")


def _normed(config: RunConfig, a: Tensor, gain: Tensor) -> Tensor:
    if config.norm == "layer":
        return torch.nn.functional.layer_norm(a, a.shape[1:]) * gain
    return (a - a.mean(0)) / torch.sqrt(a.var(0, unbiased=False) + 1e-5) * gain


def _rnn(config: RunConfig, p: Mapping[str, Tensor], x: Tensor, state: list[Tensor]) -> list[Tensor]:
    a = x @ p["W_ih"].T + state[0] @ p["W_hh"].T
    if config.norm != "none":
        a = _normed(config, a, p["gain_h"])
    a = a + p["b_ih"] + p.get("b_hh", 0)
    return [
        {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "identity": lambda a: a}[
            config.activation
        ](a)
    ]


def _lstm(config: RunConfig, p: Mapping[str, Tensor], x: Tensor, state: list[Tensor]) -> list[Tensor]:
    h, c = state
    i, f, g, o = (x @ p["W_ih"].T + p["b_ih"] + h @ p["W_hh"].T + p.get("b_hh", 0)).chunk(4, dim=1)
    if config.peepholes == "yes":
        i, f = i + p["p_i"] * c, f + p["p_f"] * c
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    if config.peepholes == "yes":
        o = o + p["p_o"] * c
    return [o.sigmoid() * c.tanh(), c]


def _gru(config: RunConfig, p: Mapping[str, Tensor], x: Tensor, state: list[Tensor]) -> list[Tensor]:
    h = state[0]
    xr, xz, xn = (x @ p["W_ih"].T + p["b_ih"]).chunk(3, dim=1)
    W_r, W_z, W_n = p["W_hh"].chunk(3)
    b_r, b_z, b_n = p["b_hh"].chunk(3) if "b_hh" in p else (0, 0, 0)
    r, z = (xr + h @ W_r.T + b_r).sigmoid(), (xz + h @ W_z.T + b_z).sigmoid()
    m = (r * h) @ W_n.T + b_n if config.gru_reset == "before" else r * (h @ W_n.T + b_n)
    n = torch.tanh(xn + m)
    return [z * h + (1 - z) * n if config.gru_update == "keep" else (1 - z) * h + z * n]


STEPS = {"rnn": _rnn, "lstm": _lstm, "gru": _gru}
