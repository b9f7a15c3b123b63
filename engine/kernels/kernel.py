"""Kernel: one network with all its buffers, stepped by the compiled library.

The arrays that `value` gives are views of what the kernel computes with: nothing is copied and
nothing is recorded twice. Sizes are fixed when it is made. Knows nothing of tasks or configs.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.kernels import door
from engine.kernels.layout import Floats, Layout, aligned
from engine.kernels.net import BUFFERS, CELLS, CLIPS, LOSSES, OPTIMISERS, UPDATES, Net

STACKED = {"rnn": ("h",), "lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}


@dataclass(frozen=True, slots=True)
class Rule:
    """How a gradient becomes a step, as `engine.optim` has it.

    Attributes:
        optimiser: "sgd", "momentum", "nesterov", "rmsprop", "adam" or "adamw".
        clip: limit of the gradient's norm, or with `clip_by` "value" of each entry; 0 is none.
        l2: weight decay.
    """

    optimiser: str = "adam"
    rate: float = 0.001
    clip: float = 0.0
    clip_by: str = "norm"
    l2: float = 0.0
    momentum: float = 0.9
    alpha: float = 0.99
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-8


class Kernel:
    """One network of one layer. θ begins at zeros; `theta` is set before the first step.

    Attributes:
        layout: its sizes.
        loss_kind: "cross-entropy" or "half squared error".
    """

    def __init__(
        self,
        layout: Layout,
        loss: str = "cross-entropy",
        update: str = "keep",
        truncate: int = 0,
        library: door.Library | None = None,
    ) -> None:
        """`update` is the GRU's convention, "keep" or "take"; no gradient crosses each `truncate`th step.

        Raises:
            NoKernelError: no `library` is given and none can be loaded.
            ValueError: there is no such loss or update, or `truncate` is negative.
        """
        if truncate < 0:
            raise ValueError(f"truncate is {truncate}; it must be 0 or more.")
        self.layout, self.loss_kind = layout, loss
        self.library = library or door.load()
        self._buffers: dict[str, Any] = {
            name: aligned(size, np.int32 if name in ("tokens", "labels") else np.float32)
            for name, size in _sizes(layout).items()
        }
        self._net = Net(
            cell=CELLS.index(layout.cell),
            take=UPDATES.index(update),
            loss_kind=LOSSES.index(loss),
            truncate=truncate,
            **{name: getattr(layout, name) for name in ("T", "B", "I", "H", "V", "Hp", "Vp", "G", "n_theta")},
            **{name: getattr(layout, name) for name in ("ld_x", "ld_g", "ld_h", "ld_v", "ld_d")},
            **{name: buffer.ctypes.data for name, buffer in self._buffers.items()},
        )
        self._net.room[:] = [self._buffers[name].size for name in BUFFERS]
        self._by_address = {buffer.ctypes.data: buffer for buffer in self._buffers.values()}
        self.address = ctypes.addressof(self._net)
        self._first, self._last = (
            tuple(self._time(part)[t, :, : layout.H] for part in self._parts) for t in (0, -1)
        )
        self.rule = Rule()

    # --- θ and what the optimiser remembers ------------------------------------------------------

    @property
    def theta(self) -> Floats:
        """[n] in the order of `engine.parameters`, a copy."""
        return self.unpacked("theta")

    @theta.setter
    def theta(self, flat: Any) -> None:
        self.pack("theta", flat)

    def unpacked(self, name: str) -> Floats:
        """[n] a copy of "theta", "theta_next" (before the last update), "gradient", "first" or "second"."""
        found: Floats = self._by_address[getattr(self._net, name)][self.layout.places]
        return found

    def pack(self, name: str, flat: Any) -> None:
        """The opposite of `unpacked`; `flat` [n] of any float type."""
        self._by_address[getattr(self._net, name)][self.layout.places] = flat

    @property
    def updates(self) -> int:
        """How many updates were made."""
        return int(self._net.updates)

    @updates.setter
    def updates(self, count: int) -> None:
        self._net.updates = count

    @property
    def rule(self) -> Rule:
        return self._rule

    @rule.setter
    def rule(self, rule: Rule) -> None:
        self._rule = rule
        self._net.optimiser = OPTIMISERS.index(rule.optimiser)
        self._net.clip_by = CLIPS.index(rule.clip_by)
        for name in ("rate", "clip", "l2", "momentum", "alpha", "beta_1", "beta_2", "epsilon"):
            setattr(self._net, name, getattr(rule, name))

    @property
    def keeps(self) -> bool:
        """The GRU's z near 1 keeps the old state."""
        return not self._net.take

    # --- the batch -------------------------------------------------------------------------------

    def read(self, inputs: Any = None, tokens: Any = None) -> None:
        """Inputs [T, B, d], or their places [T, B] where each is one-hot.

        Raises:
            IndexError: a place is not a whole number from 0 to d - 1.
        """
        self._net.with_tokens = int(tokens is not None)
        if tokens is not None:
            self._tokens[:] = _places(tokens, self.layout.I)
        else:
            self.inputs[:] = inputs

    @property
    def inputs(self) -> Floats:
        """[T, B, d] the view of what is read, where tokens are not."""
        return self._time("x")[..., : self.layout.I]

    def replace(self, t: int, sequences: NDArray[np.bool_], places: Any) -> None:
        """Other `places` at time step t, one for each of the `sequences` [B] that are true.

        Raises:
            IndexError: a place is not a whole number from 0 to d - 1, or there is no such time step.
        """
        self._tokens[t, sequences] = _places(places, self.layout.I)

    @property
    def tokens(self) -> NDArray[np.int32]:
        """[T, B] the places that are read, where inputs are not: a view for looking at; `replace` writes."""
        found = self._tokens
        found.flags.writeable = False  # the kernel goes wherever a token sends it
        return found

    @property
    def with_tokens(self) -> bool:
        return bool(self._net.with_tokens)

    def want(self, targets: Any = None, labels: Any = None, weights: Any = None) -> None:
        """Targets [T, B, k] of the squared error, labels [T, B] of the cross-entropy; weights [T, B] or None.

        Raises:
            IndexError: a label is not a whole number from 0 to k - 1.
        """
        if labels is not None:
            self._buffers["labels"][:] = _places(labels, self.layout.V).ravel()
        if targets is not None:
            self._time("targets")[..., : self.layout.V] = targets
        self._net.with_weights = int(weights is not None)
        if weights is not None:
            self._buffers["w"][:] = weights.ravel()

    @property
    def state(self) -> tuple[Floats, ...]:
        """The state after the last time step, each part [B, h], copies."""
        return tuple(part.copy() for part in self._last)

    @property
    def start(self) -> tuple[Floats, ...]:
        """The state before the first time step, each part [B, h], copies."""
        return tuple(part.copy() for part in self._first)

    def begin(self, state: tuple[Any, ...] = ()) -> None:
        """The state before the first time step, each part [B, h]; () for zeros."""
        for place, part in enumerate(self._first):
            part[...] = state[place] if state else 0

    # --- work ------------------------------------------------------------------------------------

    def forward(self) -> float:
        """Forward and the loss, which it returns."""
        self.library.forward(self.address)
        return self.loss

    def passes(self) -> float:
        """Forward, loss, which it returns, and backward; no update."""
        self.library.passes(self.address)
        return self.loss

    def train(self, steps: int = 1) -> int:
        """That many training steps on the same batch; stops at one that cannot be made. How many were."""
        return self.library.train(self.address, steps)

    def update(self) -> None:
        """The update alone, by the gradient that `passes` left."""
        self.library.update(self.address)

    def forward_at(self, t: int) -> Floats:
        """Time step t = 0, 1, ... alone, after those before it: its z [B, k], a view. IndexError beyond T."""
        if not 0 <= t < self.layout.T:
            raise IndexError(f"time step {t} where 0 to {self.layout.T - 1} are")
        self.library.forward_at(self.address, t)
        z: Floats = self.value("outputs")[t]
        return z

    @property
    def loss(self) -> float:
        return float(self._net.loss)

    @property
    def norm(self) -> float:
        """‖g‖₂ of the last step, before clipping."""
        return float(self._net.norm)

    @property
    def finite(self) -> bool:
        """The last step was all numbers; when not, its update was not made."""
        return bool(self._net.finite)

    # --- everything that a step computed ---------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """What `value` knows: letters of the cell, "da_" before each gate's letter, dh, dz, outputs."""
        letters = STACKED[self.layout.cell]
        extras = {"rnn": (), "lstm": ("c", "tanh_c", "dc"), "gru": ("m", "dm")}[self.layout.cell]
        gates = letters if self.layout.cell != "rnn" else ()
        return ("h", *gates, *extras, "dh", *(f"da_{q}" for q in letters), "outputs", "dz")

    def value(self, name: str) -> Floats:
        """[T, B, n] the view of one of `names`."""
        cell, H, Hp = self.layout.cell, self.layout.H, self.layout.Hp
        letters = STACKED[cell]
        if name in ("outputs", "dz"):
            return self._time(name)[..., : self.layout.V]
        if name in ("h", "c"):
            return self._time(name)[1:, :, :H]
        if name in letters:
            return self._time("gates")[..., letters.index(name) * Hp :][..., :H]
        if name == "dm" or name.startswith("da_"):
            place = 2 if name == "dm" else letters.index(name[3:])
            if name == "da_n":
                place = 3
            return self._time("da")[..., place * Hp :][..., :H]
        return self._time(name)[..., :H]

    @property
    def _tokens(self) -> NDArray[np.int32]:
        found: NDArray[np.int32] = self._buffers["tokens"].reshape(self.layout.T, self.layout.B)
        return found

    @property
    def _parts(self) -> tuple[str, ...]:
        return ("h", "c") if self.layout.cell == "lstm" else ("h",)

    def _time(self, name: str) -> Floats:
        steps = self.layout.T + (name in ("h", "c"))
        found: Floats = self._buffers[name].reshape(steps, self.layout.B, -1)
        return found


def train_many(kernels: list[Kernel], steps: int) -> None:
    """`steps` steps of each, one network after the other; two threads may do a share each."""
    addresses = (ctypes.c_void_p * len(kernels))(*(kernel.address for kernel in kernels))
    kernels[0].library.train_many(addresses, len(kernels), steps)


def _places(places: Any, below: int) -> Any:
    found = np.asarray(places)
    if found.dtype.kind not in "iu":
        raise IndexError(f"places of type {found.dtype} where whole numbers from 0 to {below - 1} are")
    if found.astype(np.int64, copy=False).view(np.uint64).max(initial=0) >= below:  # negative ones are huge
        raise IndexError(f"places from {found.min()} to {found.max()} where 0 to {below - 1} are")
    return found


def _sizes(layout: Layout) -> dict[str, int]:
    """How many numbers each buffer holds; those that the cell has no use for hold a few."""
    rows, more, line = layout.T * layout.B, (layout.T + 1) * layout.B, 16
    theta, lstm, gru = layout.n_theta, layout.cell == "lstm", layout.cell == "gru"
    return {
        **dict.fromkeys(
            ("theta", "first", "second", "theta_next", "first_next", "second_next", "gradient"), theta
        ),
        "W_hh_t": layout.Hp * layout.ld_g,
        "W_o_t": layout.Hp * layout.ld_v,
        "bias": layout.ld_g,
        "x": rows * layout.ld_x,
        "w": rows,
        "targets": rows * layout.ld_v,
        "tokens": rows,
        "labels": rows,
        "h": more * layout.ld_h,
        "c": more * layout.ld_h if lstm else line,
        "gates": rows * layout.ld_g,
        "tanh_c": rows * layout.ld_h if lstm else line,
        "m": rows * layout.ld_h if gru else line,
        "outputs": rows * layout.ld_v,
        "dz": rows * layout.ld_v,
        "dh": rows * layout.ld_h,
        "dc": rows * layout.ld_h if lstm else line,
        "da": rows * layout.ld_d,
    }
