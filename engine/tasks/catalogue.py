"""The task that a config names."""

from __future__ import annotations

from collections.abc import Callable

from engine.config import RunConfig
from engine.tasks.adding import AddingTask
from engine.tasks.bank import bank_task
from engine.tasks.characters import CharacterTask
from engine.tasks.copying import COPY, REPEAT_COPY
from engine.tasks.exercises import ExerciseTask
from engine.tasks.glyphs import CaptionTask
from engine.tasks.melody import MelodyTask
from engine.tasks.pairs import PairTask
from engine.tasks.pixels import PixelTask
from engine.tasks.recall import RECALL
from engine.tasks.remembering import PARITY, latch
from engine.tasks.reordering import reversal, sorting
from engine.tasks.sentences import sentence_task
from engine.tasks.sentiment import sentiment_task
from engine.tasks.series import SineTask
from engine.tasks.skipgrams import SkipGramTask
from engine.tasks.spelling import DATES, NUMBERS
from engine.tasks.tables import TableTask
from engine.tasks.tagging import tagging_task
from engine.tasks.task import Task
from engine.tasks.words import WordTask

FACTORIES: dict[str, Callable[[RunConfig], Task]] = {
    "characters": CharacterTask.of,
    "words": WordTask.of,
    "sentences": sentence_task,
    "sentiment": sentiment_task,
    "tagging": tagging_task,
    "bank": bank_task,
    "sine": SineTask.of,
    "noisy": SineTask.of,
    "table": TableTask.of,
    "caption": CaptionTask.of,
    "melody": MelodyTask.of,
    "numbers": lambda config: PairTask.of(config, NUMBERS),
    "dates": lambda config: PairTask.of(config, DATES),
    "reversal": reversal,
    "copy": lambda config: ExerciseTask.of(config, COPY),
    "repeat-copy": lambda config: ExerciseTask.of(config, REPEAT_COPY),
    "recall": lambda config: ExerciseTask.of(config, RECALL),
    "sorting": sorting,
    "adding": AddingTask.of,
    "parity": lambda config: ExerciseTask.of(config, PARITY),
    "latch": lambda config: ExerciseTask.of(config, latch(config.lag)),
    "pixels": PixelTask.of,
    "skipgrams": SkipGramTask.of,
}


def task_of(config: RunConfig) -> Task:
    """The task that `config` names; TaskError if nothing can be learnt from its text."""
    return FACTORIES[config.task](config)
