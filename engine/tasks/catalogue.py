"""The task that a config names. Only the file of that task is loaded: a run should be ready at once."""

from __future__ import annotations

import importlib
from operator import attrgetter
from typing import Any

from engine.config import RunConfig
from engine.tasks.task import Task

FACTORIES: dict[
    str, tuple[str, ...]
] = {  # "file:name" of what makes the task of a config, and what it is given
    "characters": ("characters:CharacterTask.of",),
    "words": ("words:WordTask.of",),
    "sentences": ("sentences:sentence_task",),
    "sentiment": ("sentiment:sentiment_task",),
    "tagging": ("tagging:tagging_task",),
    "bank": ("bank:bank_task",),
    "sine": ("series:SineTask.of",),
    "noisy": ("series:SineTask.of",),
    "table": ("tables:TableTask.of",),
    "caption": ("glyphs:CaptionTask.of",),
    "melody": ("melody:MelodyTask.of",),
    "numbers": ("pairs:PairTask.of", "spelling:NUMBERS"),
    "dates": ("pairs:PairTask.of", "spelling:DATES"),
    "reversal": ("reordering:reversal",),
    "copy": ("exercises:ExerciseTask.of", "copying:COPY"),
    "repeat-copy": ("exercises:ExerciseTask.of", "copying:REPEAT_COPY"),
    "recall": ("exercises:ExerciseTask.of", "recall:RECALL"),
    "sorting": ("reordering:sorting",),
    "adding": ("adding:AddingTask.of",),
    "parity": ("exercises:ExerciseTask.of", "remembering:PARITY"),
    "latch": ("remembering:latch_task",),
    "pixels": ("pixels:PixelTask.of",),
    "skipgrams": ("skipgrams:SkipGramTask.of",),
}


def task_of(config: RunConfig) -> Task:
    """The task that `config` names; TaskError if nothing can be learnt from its text."""
    factory, *given = map(_loaded, FACTORIES[config.task])
    made: Task = factory(config, *given)
    return made


def _loaded(place: str) -> Any:
    """What "file:name" says, from the files beside this one."""
    file, name = place.split(":")
    return attrgetter(name)(importlib.import_module(f"engine.tasks.{file}"))
