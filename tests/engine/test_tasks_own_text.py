"""The student's own text: read in every form that is promised, else refused in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import MAX_TEXT, RunConfig
from engine.errors import TaskError
from engine.tasks.catalogue import FACTORIES, task_of
from engine.tasks.examples import PADDING, ExampleTask

OWN_TEXT = ("characters", "words", "sentences", "sentiment", "tagging", "skipgrams")


def task(name: str, **knobs: object) -> ExampleTask:
    found = task_of(RunConfig(task=name, **knobs))
    assert isinstance(found, ExampleTask)
    return found


@pytest.mark.parametrize("name", FACTORIES)
def test_batches_depend_on_seed_and_step_only(name: str) -> None:
    def batch(seed: int, step: int) -> np.ndarray:
        made = task_of(RunConfig(task=name, seed=seed)).batch(step)
        return next(getattr(made, part) for part in ("inputs", "source", "centre") if hasattr(made, part))

    try:
        once = batch(3, 7)
    except TaskError:
        pytest.skip("needs the student's own text")
    assert np.array_equal(once, batch(3, 7))
    assert not np.array_equal(once, batch(3, 8))
    assert not np.array_equal(once, batch(4, 7))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("characters", "x", "1 character; with 24 time steps it needs at least 48"),
        ("characters", "abc\n" * 20 + "ab\x07", r"control character \\x07 in line 21, column 3"),
        ("words", "x", "1 word, punctuation included; with 24 time steps it needs at least 48"),
        ("words", "  \n\t ", "0 words"),
        ("words", "no " * 60, "repeats the single word 'no'"),
        ("words", "a\x00b", r"control character \\x00 in line 1, column 2"),
        ("sentences", "one line only", "at least two different sentences.* it has 1"),
        ("sentences", "again.\nagain.", "it has 1"),
        ("sentences", "?!", "it has 0"),
        ("sentences", "word " * 101 + "\nword", "needs 102: .*100 is the most: shorten it"),
        ("sentiment", "x", "Line 1 of the text is 'x'. Each line must be a label"),
        ("sentiment", "positive,good\n,bad", "Line 2 of the text is ',bad'"),
        ("sentiment", "a label of thirty-one characters,good", "Line 1"),
        ("sentiment", "positive\tgood\nnegative\t", "Line 2"),
        ("sentiment", "positive,good\npositive,nice", "has 1 label, 'positive'; it needs at least two"),
        ("sentiment", " ", "has 0 labels"),
        ("sentiment", "\n".join(f"{n},good" for n in range(11)), "has 11 labels in 11 lines; at most 10"),
        ("tagging", "x", "Line 1 of the text has 'x', which is no word with a tag"),
        ("tagging", "the/DET\n\nbird/", "Line 3 of the text has 'bird/'"),
        ("tagging", "a/X b/X", "1 different tag; it must have from 2 to 30"),
        ("tagging", " ".join(f"a/T{n}" for n in range(31)), "31 different tags"),
        ("skipgrams", "x", "1 different word and 0 pairs of neighbours"),
        ("skipgrams", "a b", "2 different words and 2 pairs"),
        ("skipgrams", "a. b. c.", "3 different words and 0 pairs"),
    ],
)
def test_own_text_that_cannot_be_learnt_from_is_refused_in_words(name: str, text: str, says: str) -> None:
    with pytest.raises(TaskError, match=says):
        task_of(RunConfig(task=name, text=text))


def test_own_sentences_with_labels_are_read_in_both_forms() -> None:
    for text in (
        "label,text\nup,so good\ndown,so bad",
        'up,"so good"\n\ndown\tso bad\n',
        "up\tso good\r\ndown, so bad",
    ):
        one = task("sentiment", text=text)
        assert one.answers == ("down", "up")
        tokens, wanted, _ = one.table[:, -1]
        assert [one.symbols[code] for code in tokens] == ["good", "bad"]
        assert [one.answers[code] for code in wanted] == ["up", "down"]
    commas = task("sentiment", text="up,good, so good\ndown,bad")
    assert [commas.symbols[code] for code in commas.table[0, -4:, 0]] == ["good", ",", "so", "good"]


def test_own_tags_are_read_up_to_the_last_stroke() -> None:
    one = task("tagging", text="The/DET 1/2/NUM\nbird/NOUN")
    assert one.symbols == (PADDING, "1/2", "bird", "the")
    assert one.answers == ("DET", "NOUN", "NUM")


@pytest.mark.parametrize("name", OWN_TEXT)
@pytest.mark.parametrize(
    "line",
    ["{0}\tw{0} so w{1} it/X", "up,{0} w{1}\ndown/X b/Y", "a/X b{0}/Y c{1}/X\n", "a", "word" * 999 + " "],
    ids=lambda line: line[:12],
)
def test_the_longest_text_allowed_is_read_or_refused_in_words(name: str, line: str) -> None:
    text = "\n".join(line.format(n % 9, n % 5000) for n in range(MAX_TEXT // len(line)))[:MAX_TEXT]
    try:
        task_of(RunConfig(task=name, text=text)).batch(1)
    except TaskError as refused:
        assert 20 < len(str(refused)) < 400


texts = st.text(max_size=200) | st.text("ab/,\t\n\"'.<> XY\r\ufeff", max_size=200)
forms: tuple[Callable[[str], str], ...] = (str, lambda t: f"a\t{t}\nb\t{t}", lambda t: f"{t}/X b/Y\nc/{t}")


@settings(max_examples=300)
@given(name=st.sampled_from(OWN_TEXT), text=texts, form=st.sampled_from(forms), length=st.integers(2, 40))
def test_no_text_breaks_a_loader(name: str, text: str, form: Callable[[str], str], length: int) -> None:
    config = RunConfig(task=name, text=form(text), length=length, batch=3)
    try:
        one = task_of(config)
    except TaskError as refused:
        assert str(refused).endswith((".", "film", "VERB"))
        return
    batch = one.batch(1)
    if name == "skipgrams":
        assert batch.negatives.max() < one.inputs
    else:
        assert batch.inputs.shape == (length, 3, one.inputs)
        assert batch.targets.shape == (length, 3, one.outputs)
        assert len(one.labels(batch.targets[:, 0])) == length
        assert batch.weights is None or (batch.weights.sum(axis=0) >= 1).all()


def test_unknown_characters_are_named_with_their_place_and_what_is_allowed() -> None:
    one = task_of(RunConfig())
    assert "".join(one.symbols[code] for code in one.codes_of("the cat")) == "the cat"
    assert len(one.codes_of("")) == 0
    with pytest.raises(
        TaskError, match=r"never seen 'Q', number 3 of the characters. It knows ↵ ␣ , \. a c d"
    ):
        one.codes_of("a Quiz")


def test_a_word_that_looks_like_a_sign_is_no_second_one() -> None:
    one = task("tagging", text="<pad>/X a/Y")
    assert one.symbols == (PADDING, "a")


@pytest.mark.parametrize("text", ["\ufeffab\nab\n", "ab\r\nab\r\n", "ab\rab\r"], ids=repr)
def test_line_ends_and_the_mark_of_a_file_are_the_same_everywhere(text: str) -> None:
    assert task_of(RunConfig(text=text, length=3)).symbols == ("\n", "a", "b")
