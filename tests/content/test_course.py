"""The course that is shipped: complete, right by its own check, and marked as its authors meant."""

from __future__ import annotations

from collections import Counter

import pytest

from content.__main__ import main
from content.course import QuestionSource, question_data, question_from
from content.grading import grade
from content.loader import read_course
from content.placeholders import shown
from content.records import Kind, Response
from content.variants import variant

COURSE = read_course()
NUMERIC = [q for q in COURSE.questions if q.kind is Kind.NUMERIC]
LSTM = ["lstm-motivation", "lstm-states", "lstm-equations", "forget-gate"]
LSTM += ["input-gate-and-cell-update", "output-gate", "pointwise-operations"]
COMPLEXITY = ["big-o-rules", "logarithmic-loops", "digit-loops", "fibonacci-recursion"]
COMPLEXITY += ["power-set", "linear-recurrences", "warm-up-exercises"]


def test_two_whole_units_with_cards_and_questions_of_three_kinds() -> None:
    assert {topic.id for topic in COURSE.topics} >= {*LSTM, *COMPLEXITY}
    assert len(COURSE.cards) >= 60
    kinds = Counter(question.kind for question in COURSE.questions)
    assert sum(kinds.values()) >= 40
    assert all(kinds[kind] for kind in Kind)


def test_the_check_finds_nothing() -> None:
    assert main(["check"]) == 0


def test_every_topic_can_be_practised() -> None:
    for topic in COURSE.topics:
        assert any(source.card.topic == topic.id for source in COURSE.cards), topic.id
        assert any(question.topic == topic.id for question in COURSE.questions), topic.id


def test_every_claim_of_a_topic_is_asked_for_somewhere() -> None:
    asked = {claim for source in COURSE.cards for claim in source.card.claims}
    asked |= {claim for question in COURSE.questions for claim in question.claims}
    assert {claim for topic in COURSE.topics for claim in topic.claims} <= asked


@pytest.mark.parametrize("source", NUMERIC, ids=lambda q: q.id)
def test_the_answer_typed_as_asked_is_right_and_each_mistake_is_recognised(source: QuestionSource) -> None:
    for seed in range(0, 50, 5):
        question = variant(source, "Title", seed)
        typed = shown(question.answer, source.decimals or 0)
        assert grade(question, Response(text=typed)).score == 1, (seed, typed)
        for mistake in question.mistakes:
            mark = grade(question, Response(text=repr(mistake.value)))
            assert (mark.valid, mark.score) == (True, 0), (seed, mistake)
            first = next(m for m in question.mistakes if abs(m.value - mistake.value) <= question.tolerance)
            assert mark.mistake == first.why


@pytest.mark.parametrize("source", COURSE.questions, ids=lambda q: q.id)
def test_no_placeholder_is_left_and_a_trip_through_json_changes_nothing(source: QuestionSource) -> None:
    import json

    assert question_from(json.loads(json.dumps(question_data(source)))) == source
    question = variant(source, "Title", 7)
    told = [question.ask, question.solution, question.hint, *(m.why for m in question.mistakes)]
    assert not [text for text in told if "<<" in text and ">>" in text]
    for index, option in enumerate(question.options):
        if source.kind is Kind.CHOICE:
            assert grade(question, Response((index,))).score == option.right


def test_show_prints_a_card_and_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", COURSE.cards[0].card.id]) == 0
    assert main(["show", NUMERIC[0].id, "--seed", "3"]) == 0
    assert f"answer {variant(NUMERIC[0], '', 3).answer!r}" in capsys.readouterr().out
    assert main(["show", "robert"]) == 1
