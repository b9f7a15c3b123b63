"""Pairs: what is drawn is right by another road, and the two encodings say the same."""

from __future__ import annotations

import re
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.catalogue import task_of
from engine.tasks.pairs import SIGNS, PairTask, as_sequences, encoded
from engine.tasks.spelling import DATES, FIRST_YEAR, NUMBERS, STYLES, spelt, written
from engine.tasks.task import END, GO, PAD, Pairs

VALUES = {
    word: value
    for values, words in (
        (range(10), "zero one two three four five six seven eight nine"),
        (range(10, 20), "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        (range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety"),
    )
    for value, word in zip(values, words.split(), strict=True)
}


def understood(words: list[str]) -> int:
    """Number words read from left to right, as a person adds them up."""
    total = last = 0
    for word in words:
        if word == "thousand":
            total, last = last * 1000, 0
        elif word == "hundred":
            last *= 100
        elif word != "and":
            last += VALUES[word]
    return total + last


FORMATS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %y", "%d-%b-%y", "%d/%m/%Y", "%d.%m.%Y", "%d.%m.%y")


def test_every_number_is_spelt_so_that_it_can_be_read_back() -> None:
    assert all(understood(spelt(number)) == number for number in range(10_000))
    assert len({tuple(spelt(number)) for number in range(10_000)}) == 10_000
    assert all(spelt(n).count("and") == (n > 100 and n % 100 > 0) for n in range(10_000))
    assert " ".join(spelt(305)) == "three hundred and five"
    assert " ".join(spelt(9099)) == "nine thousand and ninety nine"
    assert max(len(spelt(number)) for number in range(10_000)) == NUMBERS.longest[0]
    assert {word for number in range(10_000) for word in spelt(number)} == set(NUMBERS.source)


@pytest.mark.parametrize("style", range(len(STYLES)))
def test_every_day_is_written_so_that_the_library_reads_it_back(style: int) -> None:
    for ordinal in range(date(FIRST_YEAR, 1, 1).toordinal(), date(2050, 1, 1).toordinal(), 13):
        day = date.fromordinal(ordinal)
        text = written(day, style)
        read = datetime.strptime(text, FORMATS[style]).date()
        if "%y" in FORMATS[style] and read.year >= 2050:  # the library's century turns in 1969
            read = read.replace(year=read.year - 100)
        assert read == day
        assert len(text) <= DATES.longest[0]
        assert set(text) <= set(DATES.source)


@pytest.mark.parametrize("name", ["numbers", "dates"])
@pytest.mark.parametrize("model", ["encoder-decoder", "attention"])
def test_pairs_hold_a_source_and_the_right_target(name: str, model: str) -> None:
    task = task_of(RunConfig(task=name, model=model, batch=40))
    assert isinstance(task, PairTask)
    assert task.kind == "pairs"
    pairs = task.batch(5)
    assert isinstance(pairs, Pairs)
    assert pairs.source.shape == (task.pairing.longest[0], 40)
    assert pairs.target.shape == (task.pairing.longest[1] + 1, 40)
    for source, target in zip(pairs.source.T, pairs.target.T, strict=True):
        assert_padded(source)
        assert_padded(target)
        assert list(target).count(END) == 1
        assert GO not in target
        parts = [task.symbols[place] for place in source if place != PAD]
        answer = task.answer_of(target)
        if name == "numbers":
            assert understood(parts) == int(answer)
            assert answer == str(int(answer))
        else:
            assert date.fromisoformat(answer).strftime("%y") in "".join(parts)
        assert list(task.codes_of(task.joint.join(parts))) == [place for place in source if place != PAD]


def assert_padded(codes: np.ndarray) -> None:
    """Pads stand at the end and nowhere else."""
    assert re.fullmatch("x+p*", "".join("p" if code == PAD else "x" for code in codes))


@settings(max_examples=60)
@given(data=st.data(), forced=st.booleans())
def test_a_row_is_source_then_go_then_target(data: st.DataObject, forced: bool) -> None:
    letters = st.text("abcde", min_size=1, max_size=6)
    texts = data.draw(st.lists(st.tuples(letters, letters), min_size=1, max_size=5))
    symbols = (*SIGNS, *"abcde")
    source = encoded([s for s, _ in texts], symbols, 6)
    target = encoded([[*t, SIGNS[END]] for _, t in texts], symbols, 7)
    batch = as_sequences(Pairs(source, target), 13 + data.draw(st.integers(0, 3)), len(symbols), forced)
    assert batch.tokens is not None
    assert batch.weights is not None
    assert np.array_equal(batch.inputs.argmax(axis=2), batch.tokens)
    for b, (s, t) in enumerate(texts):
        n, m = len(s), len(t) + 1
        read = "".join("#>.abcde"[place] for place in batch.tokens[:, b])
        assert read.rstrip("#") == s + ">" + (t if forced else "")
        asked = batch.weights[:, b].nonzero()[0]
        assert list(asked) == list(range(n, n + m))
        named = "".join("#>.abcde"[place] for place in batch.targets[asked, b].argmax(axis=1))
        assert named == t + "."
        assert set(batch.weights[:, b]) <= {0.0, 1.0}
        if forced:
            assert batch.own is not None
            assert list(batch.own[:, b].nonzero()[0]) == list(asked[1:])
        else:
            assert batch.own is None
    assert (batch.targets.sum(axis=2) == 1).all()


@pytest.mark.parametrize(("name", "needed"), [("numbers", 12), ("dates", 29)])
def test_a_recurrent_network_gets_rows_if_they_fit(name: str, needed: int) -> None:
    task = task_of(RunConfig(task=name, model="recurrent", length=needed, batch=30))
    assert task.kind == "sequences"
    assert task.symbols == task.answers
    assert task.inputs == task.outputs == len(task.symbols) == len(set(task.symbols))
    batch = task.batch(1)
    assert batch.inputs.shape == batch.targets.shape == (needed, 30, task.inputs)
    pairs = task.pairs(1)
    assert batch.weights.sum() == (pairs.target != PAD).sum()
    with pytest.raises(TaskError, match=f"Set Time steps T to {needed} or more"):
        task_of(RunConfig(task=name, model="recurrent", length=needed - 1))


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("numbers", "three hundert", r"never seen 'hundert', number 2 .* mean hundred\?"),
        ("numbers", "", "0 words; it must have from 1 to 7"),
        ("numbers", "one " * 8, "8 words"),
        ("dates", "5 March 2021!", r"never seen '!', number 13 of the source\. It knows 0 1 2"),
        ("dates", "the fifth day of March, 2021", "28 characters; it must have from 1 to 18"),
    ],
)
def test_a_source_that_was_never_learnt_is_refused_in_words(name: str, source: str, says: str) -> None:
    task = task_of(RunConfig(task=name))
    assert isinstance(task, PairTask)
    with pytest.raises(TaskError, match=says):
        task.codes_of(source)


def test_a_source_is_read_as_people_type_it() -> None:
    task = task_of(RunConfig(task="numbers"))
    assert isinstance(task, PairTask)
    assert task.input_labels(np.eye(task.inputs)[task.codes_of(" Ninety-Nine ")]) == ("ninety", "nine")


def test_all_sizes_of_numbers_are_drawn_alike() -> None:
    task = task_of(RunConfig(task="numbers", batch=64))
    assert isinstance(task, PairTask)
    answers = [task.answer_of(codes) for step in range(1, 31) for codes in task.pairs(step).target.T]
    share = np.bincount([len(answer) for answer in answers], minlength=5)[1:] / len(answers)
    assert share == pytest.approx([0.25] * 4, abs=0.05)
    assert {"0", "9"} <= set(answers)


def test_all_years_and_days_are_drawn() -> None:
    task = task_of(RunConfig(task="dates", batch=64))
    assert isinstance(task, PairTask)
    answers = {task.answer_of(codes) for step in range(1, 41) for codes in task.pairs(step).target.T}
    assert {answer[:4] for answer in answers} == {str(year) for year in range(1950, 2050)}
    assert {answer[8:] for answer in answers} == {f"{day:02}" for day in range(1, 32)}


@pytest.mark.parametrize("name", ["numbers", "dates"])
def test_pairs_depend_on_seed_and_step_only(name: str) -> None:
    def source(seed: int, step: int) -> np.ndarray:
        return task_of(RunConfig(task=name, seed=seed)).batch(step).source

    one = task_of(RunConfig(task=name, seed=3))
    one.batch(1)
    assert np.array_equal(one.batch(7).source, source(3, 7))
    assert not np.array_equal(source(3, 7), source(3, 8))
    assert not np.array_equal(source(3, 7), source(4, 7))
