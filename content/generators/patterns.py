"""Input-output patterns: tasks and their pattern, counts of steps, and reading off an answer.

Given first, computed after the semicolon; names that begin with the wanted value's name are typical
wrong numbers.

pattern_of_task
    the number `task` of our list; texts task_text, right (its pattern), why_right, and three other patterns
    wrong1..3 with why_wrong1..3; ours (the other name) with why_ours, not_ours1..3 with why_not1..3
pattern_lengths
    n inputs, m outputs; steps of an encoder-decoder that also writes an end sign: reading = n, writing
    = m + 1, steps = reading + writing; steps_without_end (= n + m), steps_longest (= the larger of both),
    steps_product (= n m)
labels_kept
    n words, a network with an output at each step, and how it is used: kept (1 of them, sequence to
    vector), ignored = n - 1, tagged = n; ignored_all (= n). So many texts of n words: labels, one for each;
    labels_each_word (= n texts), labels_one (= 1)
caption_steps
    words of a caption: steps = words + 1 with the end sign, fed = words, own words fed back after the start;
    steps_without_end (= words), steps_two_signs (= words + 2)
encoder_context
    units h, n source words; context = h numbers, all_states = n h; context_all (= n h), context_words (= n)
sentiment_answer
    last state h1 h2, weights v1 v2, bias b; z, yhat = sigmoid(z), label 1 or 0 (border 1/2); yhat_by_tanh,
    yhat_without_sigmoid (= z), yhat_without_bias, label_without_bias, label_other (= 1 - label)
entity_tag
    texts: sentence, word of it, right tag, why_right, wrong1..3 with why_wrong1..3
"""

from __future__ import annotations

import math

from content.generators.domain import Generator, Span
from content.placeholders import Values

_WEIGHT = Span(-15, 15, places=1, zero=False)
_STATE = Span(-9, 9, places=1, zero=False)

_NAMES = {  # pattern -> what it is, the other name, what that is
    "one to one": ("one input and one output, both of fixed size", "no sequence at all", "no time steps"),
    "one to many": (
        "one input, a sequence of outputs",
        "vector to sequence",
        "one vector in, a sequence out",
    ),
    "many to one": (
        "a sequence of inputs, one output",
        "sequence to vector",
        "all outputs but the last are ignored",
    ),
    "many to many, equal lengths": (
        "one output for each input",
        "sequence to sequence",
        "one output at each input step",
    ),
    "many to many, different lengths": (
        "first all inputs are read, then outputs are written, as many as it takes",
        "encoder-decoder",
        "sequence to vector, then vector to sequence",
    ),
}

_TASKS = (
    ("A photo is assigned to one of ten kinds of animals.", "one to one"),
    ("From a patient's age, weight and blood pressure one risk is computed.", "one to one"),
    ("A picture gets a caption of several words.", "one to many"),
    ("From the name of a genre a melody is written, note by note.", "one to many"),
    ("From a single first note a piano piece is composed.", "one to many"),
    ("From one topic word a four-line poem is written.", "one to many"),
    ("A film review is judged as positive or negative.", "many to one"),
    ("From a week of sensor readings it is decided whether a machine will fail.", "many to one"),
    ("The language of a sentence is recognised.", "many to one"),
    ("A recording of a bird is assigned to its species.", "many to one"),
    ("A DNA sequence is judged as coding or not coding.", "many to one"),
    ("Each word of a sentence gets its part of speech.", "many to many, equal lengths"),
    ("Each frame of a video gets a label of what happens in it.", "many to many, equal lengths"),
    (
        "For each day the price of the following day is predicted, along a series.",
        "many to many, equal lengths",
    ),
    ("All names of people and places in a text are marked, word by word.", "many to many, equal lengths"),
    ("An English sentence is translated into Urdu.", "many to many, different lengths"),
    ("A long article is summarised in two sentences.", "many to many, different lengths"),
    ("A spoken sentence is written down as text.", "many to many, different lengths"),
    ("A question is answered with a whole sentence.", "many to many, different lengths"),
)

_OUTSIDE = "O (no entity)"
_TAGS = ("PERSON", "PLACE", "TIME", "ORGANISATION", _OUTSIDE)
_SENTENCES = (
    ("Amina flies to Lahore on Monday", ("PERSON", _OUTSIDE, _OUTSIDE, "PLACE", _OUTSIDE, "TIME")),
    ("At 6pm Jonas left Berlin", (_OUTSIDE, "TIME", "PERSON", _OUTSIDE, "PLACE")),
    ("UNESCO met in Paris yesterday", ("ORGANISATION", _OUTSIDE, _OUTSIDE, "PLACE", "TIME")),
    ("Tomorrow Mei visits Siemens", ("TIME", "PERSON", _OUTSIDE, "ORGANISATION")),
    ("Call Noor near Karachi after noon", (_OUTSIDE, "PERSON", _OUTSIDE, "PLACE", _OUTSIDE, "TIME")),
)
_WORDS = [
    (sentence, word, tag)
    for sentence, tags in _SENTENCES
    for word, tag in zip(sentence.split(), tags, strict=True)
]


def _pattern_of_task(task: int) -> Values:
    text, right = _TASKS[task]
    others = [name for name in _NAMES if name != right]
    others = [others[(task + k) % len(others)] for k in range(3)]
    what, ours, ours_what = _NAMES[right]
    return {
        "task_text": text,
        "right": right,
        "why_right": what,
        **{f"wrong{n}": name for n, name in enumerate(others, 1)},
        **{f"why_wrong{n}": _NAMES[name][0] for n, name in enumerate(others, 1)},
        "ours": ours,
        "why_ours": ours_what,
        **{f"not_ours{n}": _NAMES[name][1] for n, name in enumerate(others, 1)},
        **{f"why_not{n}": _NAMES[name][2] for n, name in enumerate(others, 1)},
    }


def _pattern_lengths(n: int, m: int) -> Values:
    reading, writing = len(range(n)), len([*range(m), "end"])
    return {
        "reading": reading,
        "writing": writing,
        "steps": reading + writing,
        "steps_without_end": n + m,
        "steps_longest": max(n, m + 1),
        "steps_product": n * m,
    }


def _labels_kept(n: int, texts: int) -> Values:
    outputs = list(range(n))
    kept = len(outputs[-1:])
    return {
        "kept": kept,
        "ignored": len(outputs[:-1]),
        "tagged": len(outputs),
        "ignored_all": n,
        "labels": texts * kept,
        "labels_each_word": texts * len(outputs),
        "labels_one": kept,
    }


def _caption_steps(words: int) -> Values:
    written = [*range(words), "end"]
    return {
        "steps": len(written),
        "fed": len(written[:-1]),
        "steps_without_end": words,
        "steps_two_signs": words + 2,
    }


def _encoder_context(h: int, n: int) -> Values:
    import numpy as np

    from engine.bptt import unroll
    from engine.cells import Gru

    cell = Gru()
    weights = {name: np.zeros(shape) for name, shape in cell.shapes(1, h).items()}
    hidden = unroll(cell, weights, np.zeros((n, 1, 1))).hidden
    return {
        "context": hidden[-1].size,
        "all_states": hidden[1:].size,
        "context_all": n * h,
        "context_words": n,
    }


def _sentiment_answer(h1: float, h2: float, v1: float, v2: float, b: float) -> Values:
    from content.worked.functions import function

    sigmoid = function("sigmoid")
    z = v1 * h1 + v2 * h2 + b
    return {
        "z": z,
        "yhat": float(sigmoid(z)),
        "label": int(z > 0),
        "label_without_bias": int(z - b > 0),
        "label_other": int(z <= 0),
        "yhat_by_tanh": math.tanh(z),
        "yhat_without_sigmoid": z,
        "yhat_without_bias": float(sigmoid(z - b)),
    }


def _entity_tag(place: int) -> Values:
    sentence, word, tag = _WORDS[place]
    others = [name for name in _TAGS if name != tag]
    others = [others[(place + k) % len(others)] for k in range(3)]
    return {
        "sentence": sentence,
        "word": word,
        "right": tag,
        "why_right": _WHY[tag],
        **{f"wrong{n}": name for n, name in enumerate(others, 1)},
        **{f"why_wrong{n}": _WHY[name] for n, name in enumerate(others, 1)},
    }


_WHY = {
    "PERSON": "That tag is for names of people.",
    "PLACE": "That tag is for towns, countries, buildings.",
    "TIME": "That tag is for days and times.",
    "ORGANISATION": "That tag is for companies and institutions.",
    _OUTSIDE: "That tag is for all words that name nothing, verbs and little words among them.",
}


def _clearly(h1: float, h2: float, v1: float, v2: float, b: float) -> bool:
    return 0.1 <= abs(v1 * h1 + v2 * h2 + b) <= 3


GENERATORS = (
    Generator("pattern_of_task", {"task": Span(0, len(_TASKS) - 1)}, _pattern_of_task),
    Generator("pattern_lengths", {"n": Span(3, 20), "m": Span(3, 20)}, _pattern_lengths, lambda n, m: n != m),
    Generator("labels_kept", {"n": Span(4, 60), "texts": Span(2, 40)}, _labels_kept),
    Generator("caption_steps", {"words": Span(4, 30)}, _caption_steps),
    Generator("encoder_context", {"h": Span(8, 128, step=8), "n": Span(5, 25)}, _encoder_context),
    Generator(
        "sentiment_answer",
        {"h1": _STATE, "h2": _STATE, "v1": _WEIGHT, "v2": _WEIGHT, "b": _STATE},
        _sentiment_answer,
        _clearly,
    ),
    Generator("entity_tag", {"place": Span(0, len(_WORDS) - 1)}, _entity_tag),
)
