"""One step of RNN, LSTM and GRU in torch, by the equations of `engine.cells`, each letter kept on a tape.

A cell here is its weights under one name ("encoder", "decoder_reverse"): autograd does the way
back. Knows nothing of time beyond one step, nor of losses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.models.taped import Tape

GATES = {"rnn": ("h",), "lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}  # rows of W, PyTorch's order
SHOWN = {"rnn": (), "lstm": ("f", "i", "g", "o", "c"), "gru": ("z", "r", "n")}  # order of the equations

State = tuple[Tensor, ...]  # (h,) or (h, c), each [B, h]


@dataclass(frozen=True, slots=True)
class TapedCell:
    """A cell named `prefix` on the tape: its weights are "prefix.W_ih", its letters "prefix.i", "prefix.h".

    Attributes:
        kind: "rnn" (tanh), "lstm" or "gru" (reset after the product, as PyTorch).
        update: what the GRU's z near 1 does, "keep" or "take".
        suffix: "" or "_reverse", at the end of every name.
    """

    kind: str
    prefix: str
    update: str = "keep"
    suffix: str = ""

    def name(self, letter: str) -> str:
        return f"{self.prefix}.{letter}{self.suffix}"

    def shapes(self, d: int, h: int) -> dict[str, tuple[int, ...]]:
        rows = len(GATES[self.kind]) * h
        ends: dict[str, tuple[int, ...]] = {
            "W_ih": (rows, d),
            "W_hh": (rows, h),
            "b_ih": (rows,),
            "b_hh": (rows,),
        }
        return {self.name(end): shape for end, shape in ends.items()}

    def start(self, like: Tensor) -> State:
        """Zeros, for a batch whose states are shaped like `like` [B, h]."""
        return (torch.zeros_like(like),) * self.parts

    @property
    def parts(self) -> int:
        return 2 if self.kind == "lstm" else 1

    def step(self, tape: Tape, x: Tensor, before: State, real: Tensor | None = None) -> State:
        """The state after reading x [B, d]. Where `real` [B, 1] is False the state stays as it was."""
        w = tape.weights
        a_x = x @ w[self.name("W_ih")].T + w[self.name("b_ih")]
        a_h = before[0] @ w[self.name("W_hh")].T + w[self.name("b_hh")]
        after = getattr(self, f"_{self.kind}")(tape, a_x, a_h, before)
        if real is not None:
            after = tuple(torch.where(real, new, old) for new, old in zip(after, before, strict=True))
        return tuple(self._keep(tape, "hc", after))

    def _rnn(self, tape: Tape, a_x: Tensor, a_h: Tensor, before: State) -> State:  # noqa: ARG002 - called alike
        return (torch.tanh(a_x + a_h),)

    def _lstm(self, tape: Tape, a_x: Tensor, a_h: Tensor, before: State) -> State:
        a_i, a_f, a_g, a_o = (a_x + a_h).chunk(4, dim=1)
        f, i, g, o = self._keep(tape, "figo", (a_f.sigmoid(), a_i.sigmoid(), a_g.tanh(), a_o.sigmoid()))
        c = f * before[1] + i * g
        return o * c.tanh(), c

    def _gru(self, tape: Tape, a_x: Tensor, a_h: Tensor, before: State) -> State:
        (x_r, x_z, x_n), (h_r, h_z, m) = a_x.chunk(3, dim=1), a_h.chunk(3, dim=1)
        z, r = (x_z + h_z).sigmoid(), (x_r + h_r).sigmoid()
        n = torch.tanh(x_n + r * m)
        self._keep(tape, "zrmn", (z, r, m, n))
        kept = z if self.update == "keep" else 1 - z
        return (kept * before[0] + (1 - kept) * n,)

    def _keep(self, tape: Tape, letters: str, values: Iterable[Tensor]) -> list[Tensor]:
        return [tape.keep(self.name(letter), value) for letter, value in zip(letters, values, strict=False)]
