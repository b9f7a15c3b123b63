"""ByHand: a step is made whole or not at all."""

from __future__ import annotations

import numpy as np
import pytest

from engine.config import RunConfig
from engine.models.by_hand import ByHand
from engine.models.catalogue import model_for
from engine.models.model import Moment
from engine.tasks.catalogue import task_of


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"])
def test_a_step_after_which_the_optimiser_remembers_infinities_is_not_made(optimiser: str) -> None:
    """The gradient is about 1e200: θ and the gradient are numbers, its square is none."""
    config = RunConfig(
        task="sine",
        cell="rnn",
        activation="identity",
        init="orthogonal",
        gain=10,
        length=100,
        hidden=16,
        batch=4,
        clip=0,
        engine="numpy",
        optimiser=optimiser,
        learning_rate=1e-6,
    )
    task = task_of(config)
    learner = ByHand(config, model_for(config, task))
    before = learner.memory()
    with np.errstate(all="ignore"):
        outcome = learner.advance(task.batch(1), Moment(1, config))
    after = learner.memory()
    assert 1e154 < outcome.norm < np.inf
    assert all(np.isfinite(array).all() for array in after.values())
    assert outcome.finite == (optimiser in ("sgd", "momentum", "nesterov"))
    unchanged = all(np.array_equal(array, after[name]) for name, array in before.items())
    assert unchanged == (not outcome.finite)
