"""A small Neural Turing Machine: a controller with a memory that it reads and writes by attention.

One read head and one write head over a memory M of N places, each a vector of M_WIDTH numbers.
Each step, from x_t and the last reading r_{t-1}, an LSTM makes h_t, and a head makes from h_t

    key k = tanh(..),  strength β = softplus(..),  gate g = σ(..),
    shift s = softmax(..) over -1, 0, +1,  sharpness γ = 1 + softplus(..);
    the write head besides erase e = σ(..) and add a = tanh(..)

The address w_t of a head, over the memory as it was before the step:

    content     w^c(i) = softmax_i(β K[k, M_{t-1}(i)]),  K[u, v] = u·v / (|u| |v|)        (5, 6)
    gated       w^g = g w^c + (1 - g) w_{t-1}                                             (7)
    shifted     w~(i) = Σ_j w^g(j) s(i - j), round the circle                              (8)
    sharpened   w_t(i) = w~(i)^γ / Σ_j w~(j)^γ                                             (9)

Then the memory is written, and what was written is read:

    M_t(i) = M_{t-1}(i) ⊙ (1 - w_t(i) e_t) + w_t(i) a_t                                  (3, 4)
    r_t = Σ_i w_t(i) M_t(i)                                                                (2)
    z_t = W_o [h_t, r_t] + b_o

(Graves, Wayne & Danihelka 2014; the numbers are its equations. The squashing functions, the
output and the start are ours, see `TuringMachine`.) Autograd does the way back. Knows no task.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import softplus

from engine.config import RunConfig
from engine.losses import share_right
from engine.models.addressing import SHIFTS, content, gated, reading, sharpened, shifted, written
from engine.models.model import Look, Moment, Picture
from engine.models.start import start
from engine.models.taped import Tape, Weights, numbers, tensor
from engine.models.taped_cells import SHOWN, State, TapedCell
from engine.parameters import Shapes
from engine.snapshot import Array
from engine.tasks.task import Batch, Task

N, M_WIDTH = 16, 8  # places of the memory, and numbers in each
HEADS = ("read", "write")
_SLOPES = {
    "controller.h": "controller.dh",
    "controller.c": "controller.dc",
    "memory": "dmemory",
    "read": "dread",
}
_ADDRESS = M_WIDTH + 1 + 1 + len(SHIFTS) + 1  # rows of k, β, g, s and γ of one head


class Machine(NamedTuple):
    """The state between two steps."""

    controller: State
    address: Tensor  # [B, 2, N] of the read head and the write head
    memory: Tensor  # [B, N, M_WIDTH]
    reading: Tensor  # [B, M_WIDTH]


class TuringMachine:
    """θ: controller.W_ih .., the heads' W_head, b_head, W_write, b_write, the output's W_o, b_o, and M_0.

    The memory starts at M_0 [N, M_WIDTH], which is learnt; both heads start at place 0, r_0 = 0.
    In a Picture, hidden and gates are the controller's. `named`:

        controller.h, c, f, i, g, o, dh, dc [T, h]
        read_weights, write_weights [T, N]           w_t; and on the way to it
        read_content, read_gated, read_shifted [T, N]    and the same with write_
        read_key [T, M_WIDTH], read_beta, read_gate, read_gamma [T, 1], read_shift [T, 3]   and write_
        erase, add [T, M_WIDTH]
        memory, dmemory [T, N, M_WIDTH]              M_t, after writing
        read, dread [T, M_WIDTH]                     r_t
        z [T, k]
    """

    arithmetic = "torch autograd, float64"

    def __init__(self, config: RunConfig, task: Task) -> None:
        self.controller = TapedCell("lstm", "controller")
        self.softmax = task.loss == "cross-entropy"
        d, h, k = task.inputs, config.hidden, task.outputs
        self.hidden = h
        self.shapes: Shapes = {
            **self.controller.shapes(d + M_WIDTH, h),
            "W_head": (len(HEADS) * _ADDRESS, h),
            "b_head": (len(HEADS) * _ADDRESS,),
            "W_write": (2 * M_WIDTH, h),
            "b_write": (2 * M_WIDTH,),
            "W_o": (k, h + M_WIDTH),
            "b_o": (k,),
            "M_0": (N, M_WIDTH),
        }

    def initial(self, config: RunConfig, rng: np.random.Generator) -> Array:
        return start(self.shapes, config, rng)

    def look(self, theta: Array, batch: Batch, moment: Moment) -> Look:  # noqa: ARG002 - no live knob of a model acts
        """Forward, loss, backward."""
        tape = Tape(theta, self.shapes)
        inputs = tensor(batch.inputs)
        machine = self.start(tape.weights, inputs.shape[1])
        zs = []
        for x in inputs:
            machine, z = self.step(tape, x, machine)
            zs.append(z)
        z = torch.stack(zs)
        loss = self._loss(z, batch)
        gradient = tape.gradient(loss, _SLOPES)
        return Look(loss.item(), gradient, (), lambda b: self._picture(tape, batch, b))

    def start(self, weights: Weights, batch: int) -> Machine:
        """The machine before the first step, B times."""
        memory = weights["M_0"].expand(batch, N, M_WIDTH)
        address = torch.zeros(batch, len(HEADS), N, dtype=memory.dtype)
        address[:, :, 0] = 1
        state = self.controller.start(memory.new_zeros(batch, self.hidden))
        return Machine(state, address, memory, memory.new_zeros(batch, M_WIDTH))

    def step(self, tape: Tape, x: Tensor, before: Machine) -> tuple[Machine, Tensor]:
        """Read x [B, d]: the machine after it, and z [B, k]."""
        w = tape.weights
        controller = self.controller.step(tape, torch.cat((x, before.reading), dim=1), before.controller)
        h = controller[0]
        address = _addressed(tape, h @ w["W_head"].T + w["b_head"], before)
        e, a = (h @ w["W_write"].T + w["b_write"]).chunk(2, dim=1)
        erase, add = tape.keep("erase", e.sigmoid()), tape.keep("add", a.tanh())
        memory = tape.keep("memory", written(before.memory, address[:, 1], erase, add))
        r = tape.keep("read", reading(memory, address[:, 0]))
        z = tape.keep("z", torch.cat((h, r), dim=1) @ w["W_o"].T + w["b_o"])
        return Machine(controller, address, memory, r), z

    def _loss(self, z: Tensor, batch: Batch) -> Tensor:
        """The loss of `engine.losses`, in torch: Σ w L / Σ w over the positions asked for."""
        targets = tensor(batch.targets)
        each = -(targets * z.log_softmax(dim=2)) if self.softmax else 0.5 * (z - targets) ** 2
        if batch.weights is None:
            return each.sum(dim=2).mean()
        weights = tensor(batch.weights)
        return (each.sum(dim=2) * weights).sum() / weights.sum()

    def _picture(self, tape: Tape, batch: Batch, b: int) -> Picture:
        named: dict[str, Array] = {}
        for name in tape.names():
            if name.startswith("heads."):
                of_heads = tape.values(name, b)
                named |= {f"{head}_{name[6:]}": of_heads[:, i].copy() for i, head in enumerate(HEADS)}
            else:
                named[name] = tape.values(name, b)
        for name, slope in _SLOPES.items():
            named[slope] = tape.slopes(name, b)
        z = tensor(named["z"])
        return Picture(
            inputs=batch.inputs[:, b].copy(),
            wanted=batch.targets[:, b].copy(),
            outputs=numbers(z.softmax(dim=1) if self.softmax else z),
            hidden=named["controller.h"],
            dh=named["controller.dh"],
            gates={letter: named[f"controller.{letter}"] for letter in SHOWN["lstm"]},
            named=named,
            right=share_right(tape.batch("z"), batch.targets, batch.weights) if self.softmax else None,
        )


def _addressed(tape: Tape, a: Tensor, before: Machine) -> Tensor:
    """w_t [B, 2, N] of both heads, from the a [B, rows of W_head] that the controller asks with."""
    rows = a.view(len(a), len(HEADS), _ADDRESS)
    k, b, g, s, c = torch.split(rows, [M_WIDTH, 1, 1, len(SHIFTS), 1], dim=2)

    def keep(name: str, value: Tensor) -> Tensor:
        return tape.keep(f"heads.{name}", value)

    by_content = keep("content", content(keep("key", k.tanh()), keep("beta", softplus(b)), before.memory))
    past = keep("gated", gated(keep("gate", g.sigmoid()), by_content, before.address))
    moved = keep("shifted", shifted(past, keep("shift", s.softmax(dim=2))))
    return keep("weights", sharpened(moved, keep("gamma", 1 + softplus(c))))
