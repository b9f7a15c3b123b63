"""Which knobs cannot be turned together, each with the reason and the way out.

Bounds of one knob are its own (`config`); here are the pairs. Reads a config by its names only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NATURAL = {"skipgrams": "skip-gram", "numbers": "encoder-decoder", "dates": "encoder-decoder"}
PAIRED = ("numbers", "dates", "reversal", "sorting")  # a source, then a target of another length
TURING = ("copy", "repeat-copy", "recall")
WRITING = ("characters", "words", "sentences", "melody", "pixels")  # the answer is the next input
FOLLOWING = ("characters", "words", "sine", "noisy", "table")  # one batch can go on where the last stopped


def model_of(config: Any) -> str:
    """The architecture of `config`, with "auto" resolved."""
    return NATURAL.get(config.task, "recurrent") if config.model == "auto" else str(config.model)


def clashes(config: Any) -> tuple[str, ...]:
    """One sentence for each rule that `config` breaks."""
    return tuple(sentence for rule in _RULES if (sentence := rule(config)))


def _model_and_task(c: Any) -> str:
    model = model_of(c)
    fits = {
        "recurrent": c.task != "skipgrams",
        "encoder-decoder": c.task in PAIRED,
        "attention": c.task in PAIRED,
        "skip-gram": c.task == "skipgrams",
        "ntm": c.task in TURING,
    }[model]
    tasks = {"encoder-decoder": PAIRED, "attention": PAIRED, "skip-gram": ("skipgrams",), "ntm": TURING}
    if fits:
        return ""
    if model == "recurrent":
        return "Model is recurrent and Task is skipgrams, which has no time steps; set Model to skip-gram."
    return f"Model is {model} and Task is {c.task}; {model} learns {', '.join(tasks[model])}."


def _jordan(c: Any) -> str:
    if c.cell != "jordan" or model_of(c) not in ("recurrent", "encoder-decoder", "attention"):
        return ""
    if model_of(c) != "recurrent":
        return f"Cell is jordan and Model is {model_of(c)}; the Jordan RNN is a recurrent network by itself."
    many = c.layers > 1 or c.direction == "both" or c.norm != "none" or c.state == "stateful" or c.truncate
    if many:
        return (
            "Cell is jordan, which has one layer in one direction, without normalisation, stateless "
            "and with whole BPTT; set Layers 1, Direction one, Normalisation none, Between batches "
            "stateless and Truncate BPTT 0."
        )
    return ""


def _forcing(c: Any) -> str:
    if c.teacher_forcing == 1 or c.direction != "both" or model_of(c) != "recurrent":
        return ""
    return (
        f"Teacher forcing is {c.teacher_forcing:g} and Direction is both; the backward network would have to "
        "read outputs that are not there yet: set Teacher forcing 1, or one direction."
    )


def _residual(c: Any) -> str:
    if c.residual == "yes" and c.layers == 1 and model_of(c) == "recurrent":
        return "Residual links is yes and Layers is 1; a link passes a layer above the first: set Layers 2."
    return ""


def _batch_norm(c: Any) -> str:
    if c.norm == "batch" and c.batch < 2:
        return "Normalisation is batch and Batch is 1; a batch of one has no spread: set Batch 2 or more."
    return ""


def _stateful(c: Any) -> str:
    if c.state != "stateful" or model_of(c) != "recurrent":
        return ""
    if c.task not in FOLLOWING:
        return (
            f"Between batches is stateful and Task is {c.task}, whose sequences do not follow each other; "
            f"use {', '.join(FOLLOWING)}, or stateless."
        )
    if c.direction == "both":
        return (
            "Between batches is stateful and Direction is both; the backward network starts at the end: "
            "use one direction, or stateless."
        )
    return ""


def _lag(c: Any) -> str:
    if c.task == "latch" and c.lag >= c.length:
        return f"Lag is {c.lag} and Time steps T is {c.length}; the lag must be less than T."
    return ""


def _truncate(c: Any) -> str:
    if c.truncate > c.length:
        return f"Truncate BPTT is {c.truncate} and Time steps T is {c.length}; at most T, or 0 for all."
    return ""


def _regulariser(c: Any) -> str:
    if not c.regulariser or model_of(c) != "recurrent":
        return ""
    plain = c.cell == "rnn" and c.layers == 1 and c.direction == "one" and c.norm == "none"
    return (
        ""
        if plain
        else (
            "Gradient regulariser is on; it is Pascanu's, of a plain RNN: set Cell rnn, Layers 1, "
            "Direction one and Normalisation none, or the regulariser to 0."
        )
    )


_RULES: tuple[Callable[[Any], str], ...] = (
    _model_and_task,
    _jordan,
    _forcing,
    _residual,
    _batch_norm,
    _stateful,
    _lag,
    _truncate,
    _regulariser,
)
