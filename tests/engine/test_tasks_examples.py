"""Rows of sentences: probability, sentiment, tags, banks; and the probability of a sentence by hand."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pytest

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.catalogue import task_of
from engine.tasks.data_bank import WHICH
from engine.tasks.data_sentences import SENTENCES
from engine.tasks.data_sentiment import LABELLED
from engine.tasks.data_tagging import TAGGED
from engine.tasks.examples import PADDING, ExampleTask
from engine.tasks.sentences import END_OF_SENTENCE, log_probability

ROWS = ("sentences", "sentiment", "tagging", "bank")


def task(name: str, **knobs: object) -> ExampleTask:
    found = task_of(RunConfig(task=name, **knobs))
    assert isinstance(found, ExampleTask)
    return found


def shown(name: str, step: int, b: int, **knobs: object) -> list[tuple[str, str]]:
    """Sequence b as (word, answer or "" where none is asked), without padding."""
    one = task(name, **knobs)
    batch = one.batch(step)
    words, answers = one.input_labels(batch.inputs[:, b]), one.labels(batch.targets[:, b])
    asked = batch.weights[:, b]
    return [
        (word, answer if at else "")
        for word, answer, at in zip(words, answers, asked, strict=True)
        if word != PADDING
    ]


@pytest.mark.parametrize("name", ROWS)
def test_rows_are_one_hot_and_padded_where_nothing_is_asked(name: str) -> None:
    one = task(name, batch=50)
    batch = one.batch(2)
    assert batch.inputs.shape == (24, 50, one.inputs)
    assert batch.targets.shape == (24, 50, one.outputs)
    for rows in (batch.inputs, batch.targets):
        assert (np.sort(rows, axis=2)[..., -1] == 1).all()
        assert (rows.sum(axis=2) == 1).all()
    assert np.array_equal(batch.inputs.argmax(axis=2), batch.tokens)
    assert set(batch.weights.ravel()) == {0.0, 1.0}
    pad = batch.tokens == 0
    assert one.symbols[0] == PADDING
    assert not batch.weights[pad].any()
    turns = np.diff(pad.astype(int), axis=0)
    assert (turns >= 0).all() if name != "sentiment" else (turns <= 0).all(), "pads stand at one end"
    assert (one.note, one.joint, one.kind, one.loss) == ("", " ", "sequences", "cross-entropy")


def test_a_sentence_is_read_after_an_end_and_asked_for_up_to_its_own() -> None:
    known = set(SENTENCES.splitlines())
    for b in range(16):
        row = shown("sentences", 1, b)
        words = [word for word, _ in row]
        assert [answer for _, answer in row] == [*words[1:], END_OF_SENTENCE]
        assert words[0] == END_OF_SENTENCE
        assert " ".join(words[1:]) in known
    batch = task("sentences").batch(1)
    expected = batch.weights > 0
    expected[0] = False
    assert np.array_equal(batch.own, expected)


def test_the_sentences_teach_pear_and_pair_without_the_question_itself() -> None:
    lines = SENTENCES.splitlines()
    assert len(lines) == len(set(lines)) == 60
    assert not [line for line in lines if "apple and pear salad" in line or "and pair" in line]
    assert {"pear", "pair", "salad", "poor"} <= set(SENTENCES.split())


class Bigrams:
    """A Stepper whose outputs are the logarithms of counted pairs of words (plus one): an oracle by hand."""

    def __init__(self, one: ExampleTask) -> None:
        self.places = {word: place for place, word in enumerate(one.symbols)}
        self.counts = np.ones((one.outputs, one.outputs))
        for line in SENTENCES.splitlines():
            words = [END_OF_SENTENCE, *line.split(), END_OF_SENTENCE]
            for a, b in pairwise(words):
                self.counts[self.places[a], self.places[b]] += 1

    def start(self) -> tuple[np.ndarray, ...]:
        return (np.zeros(1),)

    def feed(self, state: tuple[np.ndarray, ...], place: int) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        return (state[0] + 1,), np.log(self.counts[place])


def test_the_probability_of_a_sentence_is_the_product_of_its_words() -> None:
    one = task("sentences")
    bigrams = Bigrams(one)
    scored = log_probability(bigrams, one, "The apple and pear salad.")
    words = [END_OF_SENTENCE, "the", "apple", "and", "pear", "salad", END_OF_SENTENCE]
    by_hand = 1.0
    for a, b in pairwise(words):
        row = bigrams.counts[bigrams.places[a]]
        by_hand *= row[bigrams.places[b]] / row.sum()
    assert scored.words == tuple(words[1:])
    assert scored.total == pytest.approx(math.log(by_hand))
    assert scored.ln_p.shape == (6,)
    assert np.exp(scored.candidates).sum(axis=1) == pytest.approx(np.ones(6))
    assert scored.total > log_probability(bigrams, one, "the apple and pair salad").total


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("the aple salad", r"never seen 'aple', number 2 of the words. Did you mean apple\?"),
        (" ... ", "has no words"),
        ("the xylophone", "number 2 of the words. It knows .* the "),
    ],
)
def test_an_unknown_word_is_named_with_those_nearest(sentence: str, says: str) -> None:
    one = task("sentences")
    with pytest.raises(TaskError, match=says):
        log_probability(Bigrams(one), one, sentence)


def test_sentiment_is_asked_at_the_last_step_only() -> None:
    known = {sentence: label for label, sentence in LABELLED}
    batch = task("sentiment", length=12).batch(1)
    assert (batch.weights[-1] == 1).all()
    assert not batch.weights[:-1].any()
    for b in range(16):
        row = shown("sentiment", 1, b, length=12)
        assert row[-1][1] == known[" ".join(word for word, _ in row)]


def test_praise_and_blame_are_balanced_and_not_turns_them() -> None:
    assert len(LABELLED) == len({sentence for _, sentence in LABELLED}) == 120
    assert Counter(label for label, _ in LABELLED) == {"positive": 60, "negative": 60}
    labels = {sentence: label for label, sentence in LABELLED}
    turned = [
        (s, s.replace(" was ", " was not ")) for s in labels if s.replace(" was ", " was not ") in labels
    ]
    pairs = [(plain, other) for plain, other in turned if plain != other]
    assert len(pairs) > 30
    assert all(labels[plain] != labels[other] for plain, other in pairs)


def test_each_word_is_asked_for_its_own_tag() -> None:
    known = set(TAGGED.splitlines())
    for b in range(16):
        row = shown("tagging", 3, b)
        assert " ".join(f"{word}/{tag}" for word, tag in row) in known
    assert task("tagging").answers == ("ADJ", "ADV", "CONJ", "DET", "NOUN", "NUM", "PREP", "PRON", "VERB")
    tags = defaultdict(set)
    for part in TAGGED.split():
        word, tag = part.split("/")
        tags[word].add(tag)
    assert len(known) == 80
    assert sum(len(each) > 1 for each in tags.values()) >= 20, "many words have two tags"


def test_what_stands_up_to_bank_leaves_both_banks_equally_likely() -> None:
    """The best guess from everything up to "bank" is right in exactly half of the sentences."""
    assert len(WHICH) == len(set(WHICH)) == 120
    answers = defaultdict(Counter)
    for label, sentence in WHICH:
        before, bank, after = sentence.partition(" bank ")
        assert bank
        assert after
        assert "bank" not in (before + after).split()
        answers[before][label] += 1
    assert sum(max(counts.values()) for counts in answers.values()) == len(WHICH) / 2
    after = defaultdict(set)
    for label, sentence in WHICH:
        after[sentence.partition(" bank ")[2]].add(label)
    assert all(len(labels) == 1 for labels in after.values()), "and what comes after it tells"


def test_bank_is_asked_at_the_word_itself() -> None:
    known = set(WHICH)
    for b in range(16):
        row = shown("bank", 5, b)
        asked = [(word, answer) for word, answer in row if answer]
        assert [word for word, _ in asked] == ["bank"]
        assert (asked[0][1], " ".join(word for word, _ in row)) in known


@pytest.mark.parametrize(
    ("name", "needed"), [("sentences", 10), ("sentiment", 9), ("tagging", 7), ("bank", 10)]
)
def test_a_row_too_short_for_a_sentence_is_refused_with_the_length_needed(name: str, needed: int) -> None:
    task(name, length=needed).batch(1)
    with pytest.raises(
        TaskError, match=f"T is {needed - 1}.* needs {needed}: .*Set Time steps T to {needed}"
    ):
        task(name, length=needed - 1)


def test_a_typed_sentence_is_read_with_marks_passed_over_and_unknown_words_named() -> None:
    one = task("sentiment")
    assert [one.symbols[code] for code in one.codes_of("Not bad, at all!")] == ["not", "bad", "at", "all"]
    with pytest.raises(TaskError, match=r"never seen 'gooder', number 3 of the words"):
        one.codes_of("it was gooder")
