"""Whether arrays from a stranger can be what the learner of a config remembers.

First comes what can be said without a learner, which may have to load torch; then a learner is made,
and the arrays must be its own in name, shape and dtype (with `engine` "auto", in either precision).
Each function raises ValueError or an EngineError with a sentence. Knows nothing of files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from engine.combinations import model_of
from engine.config import RunConfig
from engine.errors import EngineError
from engine.models.catalogue import learner_of
from engine.models.memory import CARRY, OPTIMISER, THETA
from engine.models.model import Learner, Moment
from engine.optim import optimiser_of
from engine.snapshot import Array
from engine.tasks.catalogue import task_of
from engine.tensor_file import short

_SQUARES = ("rmsprop", "adam", "adamw")  # whose v is a mean of squares


def fitting(config: RunConfig, memory: Mapping[str, Array]) -> dict[str, Array]:
    """The memory, once a learner of its config has taken it for its own; in that learner's order.

    Raises:
        ValueError, EngineError: it is not of a run of this config; the sentence names the array.
    """
    found = dict(memory)
    _check_rule(config, found)
    learner = _learner(config, steps=0)
    expected = learner.memory()
    if set(found) > set(expected):  # a state carried from batch to batch
        expected = _learner(_shortest(config), steps=1).memory()
    if config.engine == "auto":  # float32 by the kernel, float64 where there is none
        found = _in_precision_of(expected, found)
    _check_arrays(found, expected)
    learner.recall({name: found[name] for name in expected})
    return learner.memory()


# --- without a learner -----------------------------------------------------------------------------


def _check_rule(config: RunConfig, found: Mapping[str, Array]) -> None:
    """What is there for any network, and whether its numbers are any that training leads to."""
    rule = [OPTIMISER + letter for letter in optimiser_of(config.optimiser, 1).memory()]
    for name in (THETA, *rule):
        if name not in found:
            raise ValueError(f"The array {name} is missing; the run of its config remembers it.")
    carries = model_of(config) == "recurrent"  # the others hand nothing on from batch to batch
    known = {THETA, *rule, *(name for name in found if carries and name.startswith(CARRY))}
    if strange := set(found) - known:
        raise ValueError(_strange(min(strange)))
    for name, array in found.items():
        if name in rule and array.ndim and array.shape != found[THETA].shape:
            raise ValueError(
                f"The array theta is of shape {found[THETA].shape} and {name} of {array.shape}; "
                "they must be the same."
            )
        _check_numbers(name, array, squares=name == f"{OPTIMISER}v" and config.optimiser in _SQUARES)


def _check_numbers(name: str, array: Array, squares: bool) -> None:
    good = np.isfinite(array) & (array >= 0) if squares else np.isfinite(array)
    if not good.all():
        allowed = "finite numbers of 0 or more" if squares else "finite numbers"
        raise ValueError(f"The array {name} has the value {array[~good].flat[0]}; it must hold {allowed}.")


def _strange(name: str) -> str:
    return f"It has an array {short(name)}, which the run of its config does not have."


# --- with one --------------------------------------------------------------------------------------


def _in_precision_of(expected: Mapping[str, Array], found: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays with as many bits as this machine calculates with: the run goes on, not bit for bit."""
    with np.errstate(over="ignore"):
        rounded = {
            name: array.astype(expected[name].dtype) if name in expected else array
            for name, array in found.items()
        }
    for name, array in rounded.items():
        if not np.isfinite(array).all():
            raise ValueError(f"The array {name} has numbers too large for the {array.dtype} of this machine.")
    return rounded


def _learner(config: RunConfig, steps: int) -> Learner:
    task = task_of(config)
    learner = learner_of(config, task)
    for step in range(1, steps + 1):
        with np.errstate(all="ignore"):
            learner.advance(task.batch(step), Moment(step, config))
    return learner


def _shortest(config: RunConfig) -> RunConfig:
    """The same network over as few time steps as can be: what it carries is of the same shape."""
    try:
        shortest = dataclasses.replace(config, length=2, lag=1, truncate=0)
        task_of(shortest)
    except EngineError:
        return config
    return shortest


def _check_arrays(found: Mapping[str, Array], expected: Mapping[str, Array]) -> None:
    for name, array in expected.items():
        if name not in found:
            raise ValueError(f"The array {name} is missing; the run of its config remembers it.")
        if found[name].shape != array.shape or found[name].dtype != array.dtype:
            raise ValueError(
                f"The array {name} is of shape {found[name].shape} and dtype {found[name].dtype}; "
                f"its config needs {array.shape} and {array.dtype}."
            )
    if strange := set(found) - set(expected):
        raise ValueError(_strange(min(strange)))
