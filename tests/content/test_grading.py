"""Marks: right, wrong, half right and unreadable, with the words that help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.grading import grade
from content.records import Kind, Mark, Mistake, Option, Question, Response

RIGHT, WRONG = Option("Yes", True, "It is so."), Option("No", False, "It is not.")


def question(kind: Kind, *options: Option) -> Question:
    return Question("q", "t", "T", kind, 0, "?", "!", options=options)


def numeric(answer: float, tolerance: float = 0.001, *mistakes: Mistake, unit: str = "") -> Question:
    return Question(
        "q",
        "t",
        "T",
        Kind.NUMERIC,
        0,
        "?",
        "!",
        answer=answer,
        tolerance=tolerance,
        mistakes=mistakes,
        unit=unit,
    )


def typed(question: Question, text: str) -> Mark:
    return grade(question, Response(text=text))


CHOICE = question(Kind.CHOICE, WRONG, RIGHT, Option("Perhaps", False, "It is certain."))


def test_choice() -> None:
    assert grade(CHOICE, Response((1,))) == Mark(True, 1.0, "It is so.")
    wrong = grade(CHOICE, Response((2,)))
    assert (wrong.valid, wrong.score, wrong.mistake) == (True, 0.0, "It is certain.")
    assert wrong.feedback == "It is certain.\n\nRight is: Yes\n\nIt is so."


@pytest.mark.parametrize("chosen", [(), (0, 1), (7,), (-1,)])
def test_a_choice_that_is_none_is_not_scored(chosen: tuple[int, ...]) -> None:
    mark = grade(CHOICE, Response(chosen))
    assert not mark.valid
    assert mark.feedback.endswith(".")


@pytest.mark.parametrize(
    ("chosen", "score"),
    [((0, 1), 1), ((0,), 0.5), ((0, 2), 0), ((0, 1, 2), 0.5), ((0, 1, 2, 3), 0), ((2,), 0), ((0, 0, 1), 1)],
)
def test_partial_credit(chosen: tuple[int, ...], score: float) -> None:
    options = (RIGHT, Option("Also", True, "So is this."), WRONG, Option("Nor", False, "Neither."))
    mark = grade(question(Kind.MULTIPLE, *options), Response(chosen))
    assert (mark.valid, mark.score) == (True, score)
    if score < 1:
        assert f"{round(100 * score)}%" in mark.feedback
        assert mark.mistake
    for index, option in enumerate(options):
        assert (option.why in mark.feedback) == ((index in chosen) != option.right)


def test_ticking_nothing_is_not_scored() -> None:
    assert not grade(question(Kind.MULTIPLE, RIGHT, WRONG), Response()).valid


@given(st.lists(st.booleans(), min_size=1, max_size=6).filter(any), st.sets(st.integers(0, 5)))
def test_partial_credit_is_full_only_for_the_exact_set(rights: list[bool], chosen: set[int]) -> None:
    options = [Option(str(n), right, "why") for n, right in enumerate(rights)]
    mark = grade(question(Kind.MULTIPLE, *options), Response(tuple(chosen)))
    if not chosen or max(chosen) >= len(options):
        assert not mark.valid
        return
    assert 0 <= mark.score <= 1
    assert (mark.score == 1) == (chosen == {n for n, right in enumerate(rights) if right})


@pytest.mark.parametrize("text", ["0.731", "0.7311", "0.732", "0,731", ".7310585786300049", "7.31e-1"])
def test_within_the_tolerance_is_right(text: str) -> None:
    mark = typed(numeric(0.7310585786300049), text)
    assert (mark.valid, mark.score, mark.feedback) == (True, 1.0, "Right: 0.731.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.762", "That is the tanh."),
        ("-0.731", "the sign is not"),
        ("0.735", "rounded"),
        ("73.1", "factor of 100"),
        ("0.00731", "factor of 100"),
        ("0.4", ""),
    ],
)
def test_a_wrong_number_is_told_apart(text: str, words: str) -> None:
    mark = typed(numeric(0.7310585786, 0.001, Mistake(0.76159, "That is the tanh.")), text)
    assert (mark.valid, mark.score) == (True, 0.0)
    assert words in mark.mistake
    assert bool(mark.mistake) == bool(words)
    assert mark.feedback.endswith("The answer is 0.731.")


def test_a_mistake_of_the_question_goes_before_general_slips() -> None:
    assert typed(numeric(0.5, 0.001, Mistake(-0.5, "Own words.")), "-0.5").mistake == "Own words."


def test_whole_numbers_are_exact_and_show_their_unit() -> None:
    ask = numeric(140, 0.0, Mistake(136, "Counted from 1."), unit="bytes")
    assert typed(ask, "140").feedback == "Right: 140 bytes."
    assert typed(ask, "140.0 bytes").score == 1
    assert typed(ask, "141").score == 0
    assert typed(ask, "141").mistake == ""
    assert typed(ask, "136").mistake == "Counted from 1."
    assert typed(numeric(2**50, 0.0), str(2**50)).score == 1
    assert typed(numeric(2**50, 0.0), str(2**50 + 2)).score == 0


@pytest.mark.parametrize("text", ["", "half", "9**9**9", "1,225", "x" * 10_000])
def test_what_cannot_be_read_is_not_scored(text: str) -> None:
    mark = typed(numeric(1225, 0.0), text)
    assert (mark.valid, mark.score) == (False, 0.0)
    assert mark.feedback.endswith(".")


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_an_answer_rounded_as_asked_is_right(answer: float, decimals: int) -> None:
    assert typed(numeric(answer, 10.0**-decimals), f"{answer:.{decimals}f}").score == 1


@given(st.text(max_size=80))
def test_nothing_that_is_typed_raises(text: str) -> None:
    for ask in (numeric(0.5), numeric(3, 0.0), CHOICE):
        mark = grade(ask, Response(text=text))
        assert mark.valid or mark.score == 0


@pytest.mark.parametrize(("answer", "words"), [(-3.0, "−3 bytes"), (-0.25, "−0.250 bytes"), (4.0, "4 bytes")])
def test_the_answer_is_told_with_a_minus_sign(answer: float, words: str) -> None:
    assert typed(numeric(answer, unit="bytes"), "9000").feedback == f"The answer is {words}."
    assert typed(numeric(answer, unit="bytes"), words).score == 1.0
