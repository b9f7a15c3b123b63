"""ByHand: the learner over any model in NumPy: one look, one clip, one update.

Weights are replaced, never written to, so a picture of a step costs nothing until it is asked
for. Knows no model and no task.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine import parameters
from engine.clipping import clip, global_norm
from engine.config import RunConfig
from engine.interrupt import breakable
from engine.models.memory import THETA, carry_in, optimiser_in, packed
from engine.models.model import Look, Model, Moment, Outcome, Picture
from engine.optim import Optimiser, optimiser_of, restored
from engine.parameters import Shapes
from engine.schedules import rate
from engine.snapshot import Array

WEIGHTS = 0  # which stream of random numbers draws them


class ByHand:
    """A model with its weights, its optimiser and the state that it carries from batch to batch."""

    def __init__(self, config: RunConfig, model: Model) -> None:
        self.model = model
        self._rule = config.optimiser
        self._theta = model.initial(config, np.random.default_rng((config.seed, WEIGHTS)))
        self._optimiser: Optimiser = optimiser_of(config.optimiser, len(self._theta))
        self._carry: tuple[Array, ...] = ()
        self._last: tuple[Look, Array] | None = None  # the last step, and the θ that it ran with

    slow = True

    @property
    def arithmetic(self) -> str:
        return self.model.arithmetic

    @property
    def shapes(self) -> Shapes:
        return self.model.shapes

    @property
    def weights(self) -> dict[str, Array]:
        return parameters.named(self._theta, self.shapes)

    def advance(self, batch: Any, moment: Moment) -> Outcome:
        """One step; when its numbers are not finite, nothing is replaced but what `picture` shows."""
        knobs = moment.knobs
        carry = () if getattr(batch, "fresh", True) else self._carry
        with breakable():
            look = self.model.look(self._theta, batch, Moment(moment.step, knobs, carry))
        self._last = (look, self._theta)
        norm = global_norm(look.gradient)
        gradient = clip(look.gradient, norm, knobs.clip, knobs.clip_by)
        theta, optimiser = self._optimiser.update(self._theta, gradient, rate(knobs, moment.step), knobs)
        measured = math.isfinite(look.loss) and math.isfinite(norm)
        finite = measured and bool(np.isfinite(theta).all()) and optimiser.finite
        if finite:
            self._theta, self._optimiser, self._carry = theta, optimiser, look.carry
        return Outcome(look.loss, norm, finite)

    def picture(self, sequence: int = 0) -> tuple[Picture, dict[str, Array]]:
        """The last step, and the weights before its update; asks for a step done before."""
        assert self._last is not None, "a picture shows a step, and none has been done"  # noqa: S101 - ours to keep
        look, theta = self._last
        weights = parameters.named(theta, self.shapes)
        return look.picture(sequence), {name: array.copy() for name, array in weights.items()}

    def gradients(self) -> dict[str, Array]:
        assert self._last is not None, "no step has been done"  # noqa: S101 - ours to keep
        return parameters.named(self._last[0].gradient.copy(), self.shapes)

    def memory(self) -> dict[str, Array]:
        return packed(self._theta.copy(), self._optimiser.memory(), self._carry)

    def recall(self, memory: Mapping[str, Array]) -> None:
        self._theta = memory[THETA].copy()
        self._optimiser = restored(self._rule, optimiser_in(memory))
        self._carry = carry_in(memory)
