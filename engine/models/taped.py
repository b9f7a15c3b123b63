"""θ as torch tensors, and the tape of a forward pass: every intermediate by its name, to be read later.

The models that autograd differentiates share it. Arrays go in and come out in NumPy, in the dtype
of θ; torch is loaded by whoever imports this file, so only the training process may. Knows no model.
"""

from __future__ import annotations

import math
from collections import defaultdict
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

    def blank(self) -> Tape:
        """Another tape over the same weights, with nothing on it."""
        other = copy(self)
        other._kept = defaultdict(list)
        return other

    def keep(self, name: str, value: Tensor) -> Tensor:
        """Note the next time step of `name`, [B, ...]; returns it, so that the equation reads on."""
        self._kept[name].append(value)
        return value

    def gradient(self, loss: Tensor) -> Array:
        """dL/dθ [n]; the tape stays readable."""
        found: Array = torch.autograd.grad(loss, self._theta, retain_graph=True)[0].numpy()
        return found

    def names(self) -> tuple[str, ...]:
        return tuple(self._kept)

    def values(self, name: str, sequence: int) -> Array:
        """[T, ...] of one sequence, in the order of time; asks for a name that was kept."""
        return numbers(torch.stack([value[sequence] for value in self._in_time(name)]))

    def slopes(self, loss: Tensor, name: str, sequence: int) -> Array:
        """[T, ...] dL/d(name) of one sequence through all paths; zeros where no path leads to the loss."""
        kept = self._in_time(name)
        found = torch.autograd.grad(loss, kept, retain_graph=True, allow_unused=True)
        pairs = zip(found, kept, strict=True)
        return numbers(torch.stack([(torch.zeros_like(v) if d is None else d)[sequence] for d, v in pairs]))

    def _in_time(self, name: str) -> list[Tensor]:
        """What a backward network kept came last time step first."""
        return self._kept[name][::-1] if name.endswith("_reverse") else self._kept[name]


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
