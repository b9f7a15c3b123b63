"""θ as torch tensors, and the tape of a forward pass: every intermediate by its name, to be read later.

The models that autograd differentiates share it. Arrays go in and come out in NumPy, in the dtype
of θ; torch is loaded by whoever imports this file, so only the training process may. Knows no model.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.parameters import Shapes
from engine.snapshot import Array

torch.set_num_threads(1)  # the matrices are tiny: a second thread would cost more than it does

Weights = dict[str, Tensor]


class Tape:
    """One forward pass being recorded.

    Attributes:
        weights: name -> tensor; all of them are views of one flat θ, so that one call finds dL/dθ.
    """

    def __init__(self, theta: Array, shapes: Shapes) -> None:
        """Copies θ [n]: what is on the tape stays as it was when the weights move on."""
        self._theta = torch.tensor(theta, requires_grad=True)
        self.weights = cut(self._theta, shapes)
        self._kept: defaultdict[str, list[Tensor]] = defaultdict(list)
        self._slopes: defaultdict[str, list[Tensor]] = defaultdict(list)

    def blank(self) -> Tape:
        """Another tape over the same weights, with nothing on it."""
        other = copy(self)
        other._kept, other._slopes = defaultdict(list), defaultdict(list)
        return other

    def keep(self, name: str, value: Tensor) -> Tensor:
        """Note the next time step of `name`, [B, ...]; returns it, so that the equation reads on.

        A bit of Python at each step of the way back lets a waiting Pause be heard: autograd goes
        all of it in one call.
        """
        if name.endswith("h") and value.requires_grad:
            value.register_hook(_take_breath)  # type: ignore[no-untyped-call]  # torch has no types for it
        self._kept[name].append(value)
        return value

    def gradient(self, loss: Tensor, names: Iterable[str]) -> Array:
        """dL/dθ [n], and on the same way back the slopes of `names`."""
        wanted = [(name, value) for name in names for value in self._kept[name]]
        leaves = [self._theta, *(value for _, value in wanted)]
        found, *slopes = torch.autograd.grad(loss, leaves, allow_unused=True)
        for (name, value), slope in zip(wanted, slopes, strict=True):
            self._slopes[name].append(torch.zeros_like(value) if slope is None else slope)
        gradient: Array = found.numpy()
        return gradient

    def names(self) -> tuple[str, ...]:
        return tuple(self._kept)

    def values(self, name: str, sequence: int) -> Array:
        """[T, ...] of one sequence, in the order of time; asks for a name that was kept."""
        return _of_sequence(self._kept, name, sequence)

    def batch(self, name: str) -> Array:
        """[T, B, ...] of all sequences, in the order in which they were kept."""
        return numbers(torch.stack(self._kept[name]))

    def slopes(self, name: str, sequence: int) -> Array:
        """[T, ...] dL/d(name) of one sequence through all paths; zeros where no path leads to the loss."""
        return _of_sequence(self._slopes, name, sequence)


def _of_sequence(kept: Mapping[str, list[Tensor]], name: str, sequence: int) -> Array:
    """In the order of time: what a backward network kept came last time step first."""
    values = kept[name][::-1] if name.endswith("_reverse") else kept[name]
    return numbers(torch.stack([value[sequence] for value in values]))


def _take_breath(_gradient: Tensor) -> None:
    """Python sees to its signals before it runs this."""


def cut(theta: Tensor, shapes: Shapes) -> Weights:
    """θ [n] cut into tensors of these shapes, all views of it."""
    parts = torch.split(theta, [math.prod(shape) for shape in shapes.values()])
    return {name: part.view(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)}


def tensor(array: NDArray[Any]) -> Tensor:
    """A tensor of its own with the numbers of `array`, which may be read-only or a view of any stride."""
    return torch.from_numpy(array.copy())


def numbers(value: Tensor) -> Array:
    """An array of its own."""
    found: Array = value.detach().numpy().copy()
    return found
