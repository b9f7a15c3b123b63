"""Which questions a quiz is made of, and what becomes of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.bank import Bank
from content.clock import Moment
from content.errors import UnknownItem
from content.grading import grade
from content.quiz import Standing, choose
from content.records import Kind, Mark, Response

STANDINGS = st.lists(
    st.builds(
        Standing,
        id=st.integers(0, 10**6).map(str),
        topic=st.sampled_from("abcd"),
        tries=st.just(1),
        score=st.sampled_from([0.0, 0.5, 1.0]),
        last=st.integers(1, 1000),
    ),
    max_size=40,
    unique_by=lambda s: s.id,
)


@given(STANDINGS, st.integers(0, 15), st.integers())
def test_a_quiz_is_as_long_as_it_can_be_and_asks_nothing_twice(
    standings: list[Standing], count: int, seed: int
) -> None:
    chosen = choose(standings, count, seed)
    assert len(chosen) == min(count, len(standings))
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= set(standings)
    assert chosen == choose(standings, count, seed)


@given(STANDINGS, st.integers(1, 15), st.integers())
def test_unseen_and_wrong_ones_go_before_known_ones(standings: list[Standing], count: int, seed: int) -> None:
    chosen = choose(standings, count, seed)
    if any(s.known for s in chosen):
        assert {s for s in standings if not s.known} <= set(chosen)


@given(STANDINGS, st.integers(2, 15), st.integers())
def test_neighbours_come_from_different_topics_when_that_is_possible(
    standings: list[Standing], count: int, seed: int
) -> None:
    chosen = choose(standings, count, seed)
    topics = Counter(s.topic for s in chosen)
    if chosen and max(topics.values()) <= (len(chosen) + 1) // 2:
        assert all(a.topic != b.topic for a, b in pairwise(chosen))


def test_topics_share_a_quiz_evenly() -> None:
    standings = [Standing(f"{topic}{n}", topic) for topic in "abc" for n in range(20)]
    shares = Counter(s.topic for s in choose(standings, 9, 4))
    assert set(shares.values()) == {3}


def test_another_seed_asks_other_questions() -> None:
    standings = [Standing(f"{topic}{n}", topic) for topic in "abc" for n in range(20)]
    assert len({choose(standings, 9, seed) for seed in range(20)}) == 20


def test_what_was_known_longest_ago_comes_back_first() -> None:
    standings = [Standing(str(n), "a", 1, 1.0, last=n) for n in (5, 3, 9, 1)]
    assert {s.id for s in choose(standings, 2, 0)} == {"1", "3"}


def test_answers_move_what_a_quiz_asks(bank: Bank, noon: Moment) -> None:
    first = bank.quiz(3, 1)
    for question in first:
        right = next(n for n, option in enumerate(question.options) if option.right)
        mark = grade(question, Response((right,)))
        changes = bank.record_attempt(question, Response((right,)), mark, noon, 1000)
        assert changes.attempts == (question.id,)
    second = bank.quiz(3, 1)
    assert not {q.id for q in first} & {q.id for q in second}
    assert sum(p.right for p in bank.progress()) == 3
    assert bank.streak(noon) == 1
    wrong = next(n for n, option in enumerate(first[0].options) if not option.right)
    bank.record_attempt(first[0], Response((wrong,)), grade(first[0], Response((wrong,))), noon, 1000)
    assert first[0].id in {q.id for q in bank.quiz(4, 1)}
    assert sum(p.right for p in bank.progress()) == 2


def test_a_question_asked_again_has_new_numbers(
    opened: Callable[[], Bank], course: Any, noon: Moment
) -> None:
    course.questions["loops"] = [course.numeric("loops-n", "loops")]
    course.write()
    bank = opened()
    asked = set()
    for _ in range(20):
        (question,) = bank.quiz(1, 5, ("loops",))
        assert question.kind is Kind.NUMERIC
        assert question == bank.question("loops-n", question.seed)
        asked.add(question.ask)
        mark = grade(question, Response(text=str(question.answer)))
        assert mark.score == 1
        bank.record_attempt(question, Response(text=str(question.answer)), mark, noon, 1000)
    assert len(asked) == 20


def test_an_attempt_keeps_what_is_needed_to_see_it_again(
    bank: Bank, noon: Moment, dump: Callable[[], list[str]]
) -> None:
    question = bank.question("gates-q2", 17)
    bank.record_attempt(question, Response((1,)), Mark(True, 0.0, "", "why"), noon, 1234)
    (row,) = (line for line in dump() if line.startswith('INSERT INTO "attempt"'))
    for part in ("'gates-q2',17,", '{"chosen": [1], "text": ""}', "0.0,'why'", str(noon.utc_ms), "1234"):
        assert part in row


def test_what_could_not_be_read_is_not_stored(bank: Bank, noon: Moment) -> None:
    question = bank.question("gates-q2", 0)
    with pytest.raises(ValueError, match="not stored"):
        bank.record_attempt(question, Response(), grade(question, Response()), noon, 10)
    with pytest.raises(UnknownItem):
        bank.question("robert", 0)
    assert bank.streak(noon) == 0


def test_options_are_shuffled_by_the_seed(bank: Bank) -> None:
    orders = {tuple(o.text for o in bank.question("gates-q1", seed).options) for seed in range(40)}
    assert len(orders) == 6
