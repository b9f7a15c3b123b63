"""Tasks: what the batches hold, that they can be replayed, and which texts are refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.errors import TaskError
from engine.sample_text import SAMPLE_TEXT
from engine.tasks.catalogue import task_of
from engine.tasks.characters import MAX_VOCABULARY, CharacterTask
from engine.tasks.reading import visible
from engine.tasks.series import SineTask
from engine.tasks.task import Task

plain = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")
texts = st.text(plain, min_size=12, max_size=80).filter(
    lambda text: len(set(text)) > 1 and text[0] != "\ufeff"
)


@settings(max_examples=60)
@given(text=texts, step=st.integers(1, 10**6), seed=st.integers(0, 2**31 - 1))
def test_each_sequence_is_a_window_of_the_text_and_targets_are_one_ahead(
    text: str, step: int, seed: int
) -> None:
    length = len(text) // 3
    task = CharacterTask.of(RunConfig(text=text, length=max(2, length), batch=3, seed=seed))
    batch = task.batch(step)
    assert batch.inputs.shape == batch.targets.shape == (task.windows.length, 3, len(set(text)))
    for b in range(3):
        read = "".join(task.vocabulary[place] for place in batch.inputs[:, b].argmax(axis=1))
        named = "".join(task.vocabulary[place] for place in batch.targets[:, b].argmax(axis=1))
        assert read + named[-1] in text
        assert read[1:] == named[:-1]
    assert (np.sort(batch.inputs, axis=2)[:, :, -1] == 1).all()
    assert (batch.inputs.sum(axis=2) == 1).all()


def test_windows_reach_both_ends_of_the_text() -> None:
    task = CharacterTask.of(RunConfig(text="abcdefgh", length=4, batch=64))
    starts = {"".join(task.labels(task.batch(step).inputs[:, b])) for step in (1, 2) for b in range(64)}
    assert starts == {"abcd", "bcde", "cdef", "defg"}


@pytest.mark.parametrize("task", ["characters", "sine"])
def test_a_batch_depends_on_seed_and_step_only(task: str) -> None:
    def batch(seed: int, step: int) -> np.ndarray:
        return task_of(RunConfig(task=task, seed=seed)).batch(step).inputs

    one: Task = task_of(RunConfig(task=task, seed=3))
    one.batch(1)
    assert np.array_equal(one.batch(7).inputs, batch(3, 7))
    assert not np.array_equal(batch(3, 7), batch(3, 8))
    assert not np.array_equal(batch(3, 7), batch(4, 7))


def test_a_wave_is_two_sines_and_its_target_is_one_ahead() -> None:
    """A sum of two sines obeys x_{t+4} + x_t = a (x_{t+3} + x_{t+1}) + b x_{t+2} for some a, b."""
    batch = SineTask.of(RunConfig(task="sine", length=40, batch=5)).batch(2)
    assert np.array_equal(batch.inputs[1:], batch.targets[:-1])
    assert np.abs(batch.inputs).max() <= 1
    for x in batch.inputs[:, :, 0].T:
        sides = np.stack([x[3:-1] + x[1:-3], x[2:-2]], axis=1)
        fit, *_ = np.linalg.lstsq(sides, x[4:] + x[:-4], rcond=None)
        np.testing.assert_allclose(sides @ fit, x[4:] + x[:-4], atol=1e-9)
    assert len({round(float(x), 6) for x in batch.inputs[0, :, 0]}) == 5, "each sequence has its own wave"


def test_labels_can_be_seen() -> None:
    task = CharacterTask.of(RunConfig(text="a b\n\tc" * 3, length=4))
    assert task.labels(np.eye(len(task.vocabulary))) == ("⇥", "↵", "␣", "a", "b", "c")
    assert visible("\x00") == "\\x00"
    assert visible("\ud800") == "\\ud800"
    assert SineTask(4, 1, 0).labels(np.array([[0.123], [-1.0]])) == ("0.12", "-1.00")


def test_the_sample_text_fits_any_length_of_the_knob() -> None:
    assert 600 <= len(SAMPLE_TEXT) <= 1500
    for length in (2, 100):
        task_of(RunConfig(length=length)).batch(1)


@pytest.mark.parametrize(
    ("text", "length", "says"),
    [
        ("too short", 5, "9 characters; with 5 time steps it needs at least 10"),
        ("   " * 20, 5, "repeats a single character"),
        ("".join(map(chr, range(0x4E00, 0x4E00 + MAX_VOCABULARY + 1))), 5, "257 different characters"),
    ],
)
def test_texts_that_cannot_be_learnt_from_are_refused_in_words(text: str, length: int, says: str) -> None:
    with pytest.raises(TaskError, match=says) as refused:
        task_of(RunConfig(text=text, length=length))
    assert "Use a" in str(refused.value)


def test_the_shortest_and_the_widest_text_are_accepted() -> None:
    task_of(RunConfig(text="too short!", length=5)).batch(1)
    task_of(RunConfig(text="".join(map(chr, range(0x4E00, 0x4E00 + MAX_VOCABULARY))), length=5)).batch(1)
