"""Words: how a text is cut into them, windows that follow each other, vocabularies."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.tasks.catalogue import task_of
from engine.tasks.data_words import STORY
from engine.tasks.reading import MAX_WORDS, UNKNOWN, Vocabulary, sentences_of, tokenised
from engine.tasks.windows import window_starts
from engine.tasks.words import WordTask


def test_words_and_marks_are_cut_apart() -> None:
    assert tokenised('"Don’t stop," says Anna-Lena.') == [
        '"',
        "don’t",
        "stop",
        ",",
        '"',
        "says",
        "anna-lena",
        ".",
    ]
    assert sentences_of("One, two! Three?\n\n4.5 is five...  ") == [
        ["one", "two"],
        ["three"],
        ["4", "5", "is", "five"],
    ]


def test_the_story_fits_the_knobs() -> None:
    tokens = tokenised(STORY)
    assert 300 <= len(tokens) <= 600
    assert len(set(tokens)) <= MAX_WORDS
    for length in (2, 100):
        one = task_of(RunConfig(task="words", length=length))
        assert isinstance(one, WordTask)
        assert one.note == ""
        one.batch(1)


def test_each_window_of_words_stands_in_the_text() -> None:
    one = task_of(RunConfig(task="words", length=7, batch=20))
    batch = one.batch(4)
    story = " ".join(tokenised(STORY))
    for b in range(20):
        read, named = one.input_labels(batch.inputs[:, b]), one.labels(batch.targets[:, b])
        assert " ".join([*read, named[-1]]) in story
        assert read[1:] == named[:-1]
    assert np.array_equal(batch.tokens, batch.inputs.argmax(axis=2))
    assert not batch.own[0].any()
    assert batch.own[1:].all()


@pytest.mark.parametrize("name", ["characters", "words"])
@pytest.mark.parametrize("batch_size", [1, 4])
def test_stateful_windows_follow_each_other(name: str, batch_size: int) -> None:
    """What one batch asked for last, the next reads first, until `fresh` says that all begins again."""
    one = task_of(RunConfig(task=name, length=9, batch=batch_size, state="stateful"))
    batches = [one.batch(step) for step in range(1, 300)]
    assert batches[0].fresh
    for before, after in pairwise(batches):
        follows = np.array_equal(after.tokens[0], before.targets[-1].argmax(axis=1))
        assert follows or after.fresh
        if after.fresh:
            assert np.array_equal(after.tokens, batches[0].tokens), "a new round begins where the first did"
    fresh = [step for step, batch in enumerate(batches) if batch.fresh]
    assert len(fresh) > 2
    rounds = {b - a for a, b in pairwise(fresh)}
    assert len(rounds) == 1
    assert rounds.pop() > 1


@given(data=st.data(), size=st.integers(1, 9), length=st.integers(2, 20))
def test_stateful_windows_stay_in_the_text_and_use_up_their_parts(
    data: st.DataObject, size: int, length: int
) -> None:
    total = data.draw(st.integers(2 * length, 400))
    rounds = [window_starts(total, length, size, step, stateful=True, seed=0) for step in range(1, total + 2)]
    steps = next(n for n in range(1, total + 1) if rounds[n][1])
    starts = np.array([starts for starts, _ in rounds[:steps]])
    assert starts.min() == 0
    assert starts.max() + length + 1 <= total
    if size > 1:
        assert total - 1 - (starts[:, -1].max() + length) < length, (
            "no further window fits into the last part"
        )
    assert (np.diff(starts, axis=0) == length).all()


def test_too_many_words_become_unknown_and_it_is_said_how_many() -> None:
    often = [f"w{n}" for n in range(MAX_WORDS)]
    text = " ".join(often * 2 + ["rare", "rarer", "rarest"])
    one = task_of(RunConfig(task="words", text=text))
    assert isinstance(one, WordTask)
    assert set(one.symbols) == {UNKNOWN, *often}
    assert "3 rare words became <unk>" in one.note
    assert [one.symbols[code] for code in one.windows.codes[-3:]] == [UNKNOWN] * 3
    assert task_of(RunConfig(task="words", text=" ".join(often * 2))).note == ""


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1))
def test_a_vocabulary_gives_each_word_its_place(tokens: list[str]) -> None:
    vocabulary = Vocabulary.of(tokens, ("<pad>",))
    assert [vocabulary.words[code] for code in vocabulary.codes(tokens)] == tokens
    assert vocabulary.words == ("<pad>", *sorted(set(tokens)))
