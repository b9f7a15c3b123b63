"""Claims of the presets in engine/presets/language.py; see `claims`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from claims import Held, Trained, alone, beside

from engine.models.word2vec import analogy, nearest
from engine.sample_text import SAMPLE_TEXT
from engine.tasks.data_sentences import SENTENCES
from engine.tasks.sentences import log_probability
from engine.writing import stepper_of, written

WORDS = set(SAMPLE_TEXT.split())
FRUITS = ("pear", "pair")
TOWNS = ("paris", "berlin", "rome", "madrid", "athens")


def _known(trained: Trained, temperature: float) -> tuple[float, float]:
    """The share of written words that stand in the text, and -ln p a symbol as the network sees it."""
    found = written(trained.run, length=600, temperature=temperature, seed=1)
    words = found.text.split()
    return sum(word in WORDS for word in words) / len(words), -float(found.log_probabilities.mean())


@alone("language-model")
def language_model(mine: Trained) -> Iterator[Held]:
    yield Held("loss", mine.loss, high=0.5)
    yield Held(
        "largest difference of a sum of outputs from 1",
        float(abs(mine.seen.outputs.sum(axis=1) - 1).max()),
        high=1e-5,
    )
    yield Held("known words at temperature 1", _known(mine, 1.0)[0], 0.5)


@alone("temperature")
def temperature(mine: Trained) -> Iterator[Held]:
    cold, warm, hot = (_known(mine, T) for T in (0.2, 1.0, 2.0))
    yield Held("known words at 0.2", cold[0], 0.9)
    yield Held("nats a letter at 0.2", cold[1], high=0.25)
    yield Held("nats a letter at 1", warm[1], cold[1], hot[1])
    yield Held("known words at 2", hot[0], high=0.5)
    yield Held("nats a letter at 2", hot[1], 1.0)


@alone("next-word")
def next_word(mine: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.8)


@alone("pear-salad")
def pear_salad(mine: Trained) -> Iterator[Held]:
    task, stepper = mine.run.task, stepper_of(mine.run)
    pear, pair = (log_probability(stepper, task, f"the apple and {fruit} salad").total for fruit in FRUITS)
    yield Held(
        "times they stand in the text", sum(f"apple and {fruit} salad" in SENTENCES for fruit in FRUITS), 0, 0
    )
    yield Held("ln P of the pear", pear)
    yield Held("more than ln P of the pair", pear - pair, 2.0)


@alone("word-vectors")
def word_vectors(mine: Trained) -> Iterator[Held]:
    vectors, words = mine.run.weights["W_in"], mine.run.task.symbols
    beside_paris = [word for word, _ in nearest(vectors, words, "paris", 3)]
    yield Held("towns among the 3 nearest to paris", sum(word in TOWNS for word in beside_paris), 2)
    ((queen, _),) = analogy(vectors, words, "man", "king", "woman")
    yield Held(f"king - man + woman = {queen}", float(queen == "queen"), 1)


@beside("stateful")
def stateful(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("loss", mine.loss)
    yield Held("times that, stateless", other.loss / mine.loss, 2.0)


@alone("numbers")
def numbers(mine: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.8)
    yield Held("numbers in the context", mine.named["context"].size, 32, 32)
    S = mine.named["encoder.h"].shape[0]
    yield Held("of a source of", S, 2)


@alone("translation")
def translation(mine: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.85)
    fed, wanted = mine.named["fed"].argmax(axis=1), mine.seen.wanted.argmax(axis=1)
    yield Held("steps that do not read the last true symbol", float((fed[1:] != wanted[:-1]).sum()), 0, 0)


@beside("attention")
def attention(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.95)
    yield Held("with one context", other.right, high=0.85)
    yield Held(
        "largest difference of a row of weights from 1",
        float(abs(mine.named["attention"].sum(axis=1) - 1).max()),
        high=1e-9,
    )


@alone("pixels")
def pixels(mine: Trained) -> Iterator[Held]:
    light = np.mean([mine.run.task.batch(step).targets[:, :, 1].mean() for step in range(1, 101)])
    yield Held("right", mine.right, 0.9)
    yield Held("share of light pixels", float(light), 0.6, 0.8)


@beside("ntm")
def ntm(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.95)
    yield Held("LSTM", other.right, high=0.7)
    for head in ("read", "write"):
        missed = abs(mine.named[f"{head}_weights"].sum(axis=1) - 1).max()
        yield Held(f"largest difference of a {head} address from 1", float(missed), high=1e-9)
