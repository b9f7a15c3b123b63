"""The task that a config names."""

from __future__ import annotations

from collections.abc import Callable

from engine.config import RunConfig
from engine.tasks.bank import bank_task
from engine.tasks.characters import CharacterTask
from engine.tasks.pairs import PairTask
from engine.tasks.sentences import sentence_task
from engine.tasks.sentiment import sentiment_task
from engine.tasks.series import SineTask
from engine.tasks.skipgrams import SkipGramTask
from engine.tasks.spelling import DATES, NUMBERS
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
    "numbers": lambda config: PairTask.of(config, NUMBERS),
    "dates": lambda config: PairTask.of(config, DATES),
    "skipgrams": SkipGramTask.of,
}


def task_of(config: RunConfig) -> Task:
    """The task that `config` names; TaskError if nothing can be learnt from its text."""
    return FACTORIES[config.task](config)
