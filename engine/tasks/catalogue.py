"""The task that a config names."""

from __future__ import annotations

from collections.abc import Callable

from engine.config import RunConfig
from engine.tasks.characters import CharacterTask
from engine.tasks.pairs import PairTask
from engine.tasks.series import SineTask
from engine.tasks.spelling import DATES, NUMBERS
from engine.tasks.task import Task

FACTORIES: dict[str, Callable[[RunConfig], Task]] = {
    "characters": CharacterTask.of,
    "sine": SineTask.of,
    "numbers": lambda config: PairTask.of(config, NUMBERS),
    "dates": lambda config: PairTask.of(config, DATES),
}


def task_of(config: RunConfig) -> Task:
    """The task that `config` names; TaskError if nothing can be learnt from its text."""
    return FACTORIES[config.task](config)
