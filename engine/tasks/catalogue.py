"""The task that a config names."""

from __future__ import annotations

from engine.config import RunConfig
from engine.tasks.characters import CharacterTask
from engine.tasks.series import SineTask
from engine.tasks.task import Task


def task_of(config: RunConfig) -> Task:
    """The task that `config` names; TaskError if nothing can be learnt from its text."""
    return SineTask.of(config) if config.task == "sine" else CharacterTask.of(config)
