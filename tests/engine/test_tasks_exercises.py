"""Exercises in symbols: each row is read and answered again by plain Python."""

from __future__ import annotations

import functools
import operator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.catalogue import task_of
from engine.tasks.task import GO, PAD, Pairs

NAMES = ("copy", "repeat-copy", "recall", "parity", "latch", "reversal", "sorting")
LEAST = {
    "copy": 3, "repeat-copy": 6, "recall": 6, "reversal": 3, "sorting": 3, "caption": 24, "parity": 2
}  # fmt: skip
sizes = {"length": st.integers(8, 100), "size": st.integers(1, 20), "seed": st.integers(0, 2**31 - 1)}


def rows(name: str, length: int, size: int, seed: int, **more: int) -> list[tuple[list[str], dict[int, str]]]:
    """Of each sequence of a batch: the symbols read, and step -> the symbol asked for there."""
    task = task_of(RunConfig(task=name, length=length, batch=size, seed=seed, **more))
    batch = task.batch(3)
    assert batch.inputs.shape == (length, size, task.inputs)
    assert batch.targets.shape == (length, size, task.outputs)
    assert set(np.unique(batch.weights)) <= {0.0, 1.0}
    found = []
    for b in range(size):
        wanted = task.labels(batch.targets[:, b])
        asked = {int(t): wanted[t] for t in np.flatnonzero(batch.weights[:, b])}
        found.append((list(task.input_labels(batch.inputs[:, b])), asked))
    return found


@settings(max_examples=40)
@given(**sizes)
def test_copy_asks_for_what_was_read_after_its_sign(length: int, size: int, seed: int) -> None:
    for read, asked in rows("copy", length, size, seed):
        n = read.index(">")
        assert n >= 1
        assert set(read[:n]) <= set("abcdefgh")
        assert set(read[n + 1 :]) <= {"·"}
        assert asked == {n + 1 + j: symbol for j, symbol in enumerate(read[:n])}


@settings(max_examples=40)
@given(**sizes)
def test_repeat_copy_asks_as_often_as_its_sign_says_and_for_an_end(length: int, size: int, seed: int) -> None:
    for read, asked in rows("repeat-copy", length, size, seed):
        (n,) = (place for place, symbol in enumerate(read) if symbol.endswith("×"))
        assert n >= 1
        assert set(read[:n]) <= set("abcdefgh")
        assert set(read[n + 1 :]) <= {"·"}
        answer = [*(read[:n] * int(read[n][0])), "."]
        assert asked == {n + 1 + j: symbol for j, symbol in enumerate(answer)}


@settings(max_examples=40)
@given(**sizes)
def test_recall_asks_for_the_value_that_followed_the_key(length: int, size: int, seed: int) -> None:
    for read, asked in rows("recall", length, size, seed):
        q = read.index("?")
        known = dict(zip(read[0:q:2], read[1:q:2], strict=True))
        assert len(known) == q // 2 >= 2, "no key comes twice"
        assert set(known) <= set("abcdefgh")
        assert set(known.values()) <= set("0123456789")
        assert set(read[q + 2 :]) <= {"·"}
        assert asked == {q + 1: known[read[q + 1]]}


@settings(max_examples=40)
@given(**sizes)
def test_parity_is_the_exclusive_or_of_the_bits_so_far(length: int, size: int, seed: int) -> None:
    for read, asked in rows("parity", length, size, seed):
        bits = [int(symbol) for symbol in read]
        assert asked == {t: str(functools.reduce(operator.xor, bits[: t + 1])) for t in range(length)}


@settings(max_examples=40)
@given(data=st.data(), **sizes)
def test_latch_asks_for_the_first_bit_after_the_lag(
    data: st.DataObject, length: int, size: int, seed: int
) -> None:
    lag = data.draw(st.integers(1, length - 1))
    for read, asked in rows("latch", length, size, seed, lag=lag):
        assert read[0] in ("0", "1")
        assert [t for t, symbol in enumerate(read) if symbol == "?"] == [lag]
        assert set(read[1:lag] + read[lag + 1 :]) <= {"x", "y"}
        assert asked == {lag: read[0]}


def test_the_lag_can_be_turned_while_a_network_learns() -> None:
    near, far = (task_of(RunConfig(task="latch", length=60, lag=lag, batch=64)) for lag in (3, 59))
    assert (near.inputs, near.outputs, near.symbols) == (far.inputs, far.outputs, far.symbols)
    assert np.array_equal(near.batch(5).inputs[0], far.batch(5).inputs[0])
    assert 16 < near.batch(5).inputs[0, :, near.symbols.index("1")].sum() < 48


@pytest.mark.parametrize(("name", "order"), [("reversal", lambda s: s[::-1]), ("sorting", sorted)])
@settings(max_examples=25)
@given(**(sizes | {"length": st.integers(3, 100)}))
def test_reversal_and_sorting_as_rows(name: str, order, length: int, size: int, seed: int) -> None:
    for read, asked in rows(name, length, size, seed):
        n = read.index("<go>")
        assert 1 <= n <= (length - 1) // 2
        answer = [*order(read[:n]), "<end>"]
        assert asked == {n + j: symbol for j, symbol in enumerate(answer)}


@pytest.mark.parametrize(("name", "order"), [("reversal", lambda s: s[::-1]), ("sorting", sorted)])
@pytest.mark.parametrize("model", ["encoder-decoder", "attention"])
def test_reversal_and_sorting_as_pairs(name: str, order, model: str) -> None:
    task = task_of(RunConfig(task=name, model=model, length=21, batch=50))
    pairs = task.batch(2)
    assert isinstance(pairs, Pairs)
    for source, target in zip(pairs.source.T, pairs.target.T, strict=True):
        read = [task.symbols[place] for place in source if place != PAD]
        named = [task.answers[place] for place in target if place != PAD]
        assert named == [*order(read), "<end>"]
        assert GO not in target
    lengths = (pairs.source != PAD).sum(axis=0)
    assert set(lengths) == set(range(1, 11)), "all lengths up to the longest are drawn"


@pytest.mark.parametrize("name", NAMES)
def test_exercises_depend_on_seed_and_step_only(name: str) -> None:
    def read(seed: int, step: int) -> np.ndarray:
        return task_of(RunConfig(task=name, seed=seed)).batch(step).inputs

    one = task_of(RunConfig(task=name, seed=3))
    one.batch(1)
    assert np.array_equal(one.batch(7).inputs, read(3, 7))
    assert not np.array_equal(read(3, 7), read(3, 8))
    assert not np.array_equal(read(3, 7), read(4, 7))


@pytest.mark.parametrize("name", NAMES)
def test_exercises_are_one_hot_and_say_where(name: str) -> None:
    task = task_of(RunConfig(task=name, length=20))
    batch = task.batch(1)
    assert task.kind == "sequences"
    assert task.inputs == len(task.symbols) == len(set(task.symbols))
    assert task.outputs == len(task.answers)
    assert np.array_equal(batch.inputs.argmax(axis=2), batch.tokens)
    for one_hot in (batch.inputs, batch.targets):
        assert (one_hot.max(axis=2) == 1).all()
        assert (one_hot.sum(axis=2) == 1).all()


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_the_least_length_works_and_one_less_is_refused_in_words(name: str, least: int) -> None:
    batch = task_of(RunConfig(task=name, length=least, batch=64)).batch(1)
    assert batch.weights.sum() >= 64
    if least > 2:
        with pytest.raises(
            TaskError, match=f"Time steps T is {least - 1}.*Set Time steps T to {least} or more"
        ):
            task_of(RunConfig(task=name, length=least - 1))


def test_all_lengths_that_fit_are_drawn() -> None:
    drawn = [row for seed in range(8) for row in rows("copy", 9, 64, seed)]
    assert {read.index(">") for read, _ in drawn} == {1, 2, 3, 4}
    drawn = [row for seed in range(8) for row in rows("repeat-copy", 14, 64, seed)]
    fit = {(n, r) for r in (1, 2, 3) for n in range(1, 14) if n + 1 + r * n + 1 <= 14}
    assert {
        (place, int(read[place][0])) for read, _ in drawn for place in range(14) if "×" in read[place]
    } == fit
    drawn = [row for seed in range(8) for row in rows("recall", 18, 64, seed)]
    assert {read.index("?") // 2 for read, _ in drawn} == set(range(2, 9))
