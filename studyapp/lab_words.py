"""What the Lab says about tasks and models, and which of them show what. Pure: no Qt."""

from __future__ import annotations

import math

from engine.combinations import WRITING, model_of
from engine.config import RunConfig, knob_of
from engine.snapshot import Snapshot

VALUES = ("sine", "noisy", "table", "adding")  # tasks that foretell a number
WRITING_MODELS = ("recurrent",)  # models that can be read symbol by symbol
NOT_GUESSED = ("skip-gram",)  # models whose loss is not -ln p of one answer

_TASKS = {
    "characters": "It reads a text and names the next character.",
    "words": "It reads a text and names the next word.",
    "sentences": "It reads sentences and learns how likely each next word is, so how likely a sentence is.",
    "sentiment": "It reads a sentence and says after its last word whether it is positive or negative.",
    "tagging": "It reads a sentence and names the part of speech of every word.",
    "bank": "It says, where “bank” stands, whether it is the one of a river or of money.",
    "sine": "It reads two added sines, drawn anew for each sequence, and foretells the next value.",
    "noisy": "It reads a series with noise and foretells the next value.",
    "table": "It reads a series of your own and foretells the next value; the curve is in deviations.",
    "caption": "It sees one 8x8 image at the first time step and describes it letter by letter.",
    "melody": "It hears a mood and plays a melody note by note.",
    "numbers": "It reads a number in words and writes it in digits.",
    "dates": "It reads a date as people write it and writes it as year-month-day.",
    "reversal": "It reads letters, then says them in reverse order.",
    "copy": "It reads symbols, then says them again in the same order.",
    "repeat-copy": "It reads symbols and a number, then says them so many times.",
    "recall": "It reads pairs and a key, then says what belongs to the key.",
    "sorting": "It reads symbols, then says them in order.",
    "adding": "Two numbers of a long row are marked; at the end it says their sum.",
    "parity": "It says at each step whether the number of ones so far is odd.",
    "latch": "The first symbol must be remembered until it is asked for, some steps later.",
    "pixels": "It reads an 8x8 image row by row and foretells the next pixel.",
    "skipgrams": "It learns a vector for each word from the words beside it.",
}
_KEYS = "Click a column, or use ← → and ↑ ↓, to look at another time step or unit."

_MODELS = {
    "attention": "Press E for the attention: which letters it looks at while it writes.",
    "ntm": "Press E for its memory, and for where it reads and writes.",
    "skip-gram": "Press E for the vectors and their scores.",
}


def hint(config: RunConfig) -> str:
    """What this run does and how to look around."""
    return f"{_TASKS[config.task]} {_MODELS.get(model_of(config), _KEYS)}"


def writes(config: RunConfig) -> bool:
    """Whether the network of this run can write text."""
    return config.task in WRITING and model_of(config) in WRITING_MODELS and config.direction == "one"


def summary(config: RunConfig, parameters: int) -> str:
    """What is trained, in one line."""
    model = model_of(config)
    name = dict(knob_of("model").choices)[model]
    cell = dict(knob_of("cell").choices)[config.cell]
    network = {"recurrent": cell, "skip-gram": name, "ntm": name}.get(model, f"{name} of {cell} cells")
    layers = f", {config.layers} layers" if model == "recurrent" and config.layers > 1 else ""
    ways = ", both ways" if config.direction == "both" and model in ("recurrent", "attention") else ""
    return f"{network}, {config.hidden} units{layers}{ways}, {parameters:,} parameters"


def state_title(config: RunConfig) -> str:
    """What the rows of the large heat map are."""
    return "Word vectors" if model_of(config) == "skip-gram" else "Hidden state over time"


def guessing(config: RunConfig, shown: Snapshot) -> tuple[float, str] | None:
    """The loss of guessing at random among all answers, with words for it; None where that means nothing."""
    kinds = shown.outputs.shape[1]
    if config.task in VALUES or model_of(config) in NOT_GUESSED or kinds < 2:
        return None
    return math.log(kinds), f"uniform guessing: ln {kinds} = {math.log(kinds):.2f}"
