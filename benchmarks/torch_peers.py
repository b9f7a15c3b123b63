"""What the engine is held against: the same training step, one time step and sampling in torch.

`Fused` is what a user of torch would write for speed (torch.nn's layers, autograd, one of the
four ways that Adam can be had); `Inspectable` what one must write there to *see* every gate
and dL/dh_t. Import torch after the environment says how many threads and which instructions.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
ADAMS: dict[str, dict[str, bool]] = {
    "default": {},
    "foreach": {"foreach": True},
    "single": {"foreach": False},
    "fused": {"fused": True},
}


class Size(NamedTuple):
    """H hidden units, T time steps, B sequences, I inputs and as many outputs."""

    H: int
    T: int
    B: int
    I: int  # noqa: E741 - the usual letter


class Fused:
    """A layer and nn.Linear, cross-entropy at each step, backward, clip, Adam; the loss is read back."""

    def __init__(self, cell: str, size: Size, x: Any, labels: Any, adam: str = "default") -> None:
        torch.manual_seed(0)
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(labels.reshape(-1))
        self.layer, self.head = LAYERS[cell](size.I, size.H), nn.Linear(size.H, size.I)
        self.parameters = [*self.layer.parameters(), *self.head.parameters()]
        self.foreach = ADAMS[adam].get("foreach")
        self.adam = torch.optim.Adam(self.parameters, lr=1e-3, **ADAMS[adam])

    def states(self) -> torch.Tensor:
        """[T, B, H]"""
        return self.layer(self.x)[0]

    def step(self) -> float:
        self.adam.zero_grad()
        z = self.head(self.states().flatten(0, 1))
        loss = nn.functional.cross_entropy(z, self.y)
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 1.0, foreach=self.foreach)
        self.adam.step()
        return loss.item()


class Inspectable(Fused):
    """The same network, time step by time step, keeping every gate and the gradient at each of them.

    torch.nn's layers cannot show a gate, and `retain_grad` on their output sees only the
    head's share of dL/dh_t, so the recurrence must be written out.
    """

    def __init__(self, cell: str, size: Size, x: Any, labels: Any, adam: str = "default") -> None:
        super().__init__(cell, size, x, labels, adam)
        self.cell, self.size = cell, size
        self.record: list[tuple[torch.Tensor, ...]] = []

    def states(self) -> torch.Tensor:
        self.record = []
        h = c = torch.zeros(self.size.B, self.size.H)
        one = getattr(self, f"_{self.cell}")
        for x_t in self.x:
            kept = one(x_t, h, c)
            for tensor in kept:
                tensor.retain_grad()
            self.record.append(kept)
            h, c = kept[0], kept[1] if self.cell == "lstm" else c
        return torch.stack([kept[0] for kept in self.record])

    def _sums(self, x_t: torch.Tensor, h: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        layer, linear = self.layer, nn.functional.linear
        return (
            linear(x_t, layer.weight_ih_l0, layer.bias_ih_l0),
            linear(h, layer.weight_hh_l0, layer.bias_hh_l0),
        )

    def _rnn(self, x_t: torch.Tensor, h: torch.Tensor, _: torch.Tensor) -> tuple[torch.Tensor, ...]:
        from_x, from_h = self._sums(x_t, h)
        return (torch.tanh(from_x + from_h),)

    def _lstm(self, x_t: torch.Tensor, h: torch.Tensor, c: torch.Tensor) -> tuple[torch.Tensor, ...]:
        from_x, from_h = self._sums(x_t, h)
        a_i, a_f, a_g, a_o = (from_x + from_h).chunk(4, 1)
        i, f, g, o = torch.sigmoid(a_i), torch.sigmoid(a_f), torch.tanh(a_g), torch.sigmoid(a_o)
        c = f * c + i * g
        return o * torch.tanh(c), c, i, f, g, o

    def _gru(self, x_t: torch.Tensor, h: torch.Tensor, _: torch.Tensor) -> tuple[torch.Tensor, ...]:
        (x_r, x_z, x_n), (h_r, h_z, h_n) = (sums.chunk(3, 1) for sums in self._sums(x_t, h))
        r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
        n = torch.tanh(x_n + r * h_n)
        return n + z * (h - n), r, z, n


class Stepwise:
    """A trained network read one symbol at a time, without gradients: one step, and text."""

    def __init__(self, cell: str, hidden: int, symbols: int) -> None:
        torch.manual_seed(0)
        self.layer, self.head = LAYERS[cell](symbols, hidden), nn.Linear(hidden, symbols)
        self.one_hot = torch.eye(symbols).reshape(symbols, 1, 1, symbols)
        self.state: Any = None

    @torch.inference_mode()
    def feed(self, place: int) -> torch.Tensor:
        """z [k] after one symbol."""
        h, self.state = self.layer(self.one_hot[place], self.state)
        return self.head(h[0, 0])

    @torch.inference_mode()
    def write(self, symbols: int) -> int:
        """Draw `symbols` symbols one after the other; the last of them."""
        place = 0
        for _ in range(symbols):
            place = int(torch.multinomial(torch.softmax(self.feed(place), 0), 1))
        return place


def parameters_of(net: Fused) -> dict[str, np.ndarray]:
    """The weights by the engine's names, for a look whether both compute the same."""
    layer, head = net.layer, net.head
    named = {"W_ih": layer.weight_ih_l0, "W_hh": layer.weight_hh_l0, "b_ih": layer.bias_ih_l0}
    named |= {"b_hh": layer.bias_hh_l0, "W_o": head.weight, "b_o": head.bias}
    return {name: tensor.detach().numpy() for name, tensor in named.items()}
