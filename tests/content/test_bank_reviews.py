"""What a learner does in an evening: cards in order, answers, undo, also across restarts and clocks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.bank import NEW_PER_DAY, Bank
from content.clock import Moment
from content.errors import UnknownItem
from content.records import Due, Phase, Rating
from content.scheduler import Scheduler

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def due(bank: Bank, now: Moment, topics: tuple[str, ...] | None = None) -> Due:
    found = bank.next_due(now, topics)
    assert found is not None
    return found


def test_new_cards_come_in_the_order_of_the_course(bank: Bank, noon: Moment) -> None:
    met = []
    for _ in range(6):
        met.append(due(bank, noon).card.id)
        bank.answer(met[-1], Rating.EASY, noon, 100)
    assert met == ["gates-1", "gates-2", "gates-3", "loops-1", "loops-2", "loops-3"]
    assert bank.next_due(noon) is None
    assert bank.counts(noon).total == 0


def test_looking_changes_nothing(bank: Bank, noon: Moment, dump: Callable[[], list[str]]) -> None:
    before = dump()
    assert due(bank, noon) == due(bank, noon)
    bank.counts(noon), bank.progress(), bank.quiz(5, 1), bank.undo_label(), bank.topics()
    assert dump() == before


def test_learning_cards_come_back_when_their_minutes_are_over(bank: Bank, noon: Moment) -> None:
    bank.answer("gates-1", Rating.AGAIN, noon, 100)
    assert due(bank, noon.plus(59_000)).card.id == "gates-2"
    assert due(bank, noon.plus(60_000)).card.id == "gates-1"
    assert bank.counts(noon).next_ms == noon.utc_ms + MINUTE
    assert bank.counts(noon, ("loops",)).next_ms == 0
    assert bank.counts(noon.plus(MINUTE)).next_ms == 0


def test_learning_cards_come_early_when_nothing_else_is_left(bank: Bank, noon: Moment) -> None:
    for number in (2, 3):
        bank.answer(f"gates-{number}", Rating.EASY, noon, 100)
    bank.answer("gates-1", Rating.GOOD, noon, 100)
    assert due(bank, noon, ("gates",)).card.id == "gates-1"


@pytest.mark.parametrize("cards", [("loops-2", "gates-1"), ("gates-1", "loops-2")])
def test_reviews_come_before_new_cards_and_the_longest_overdue_first(
    bank: Bank, noon: Moment, cards: tuple[str, str]
) -> None:
    for day, card in enumerate(cards):
        bank.answer(card, Rating.EASY, noon.plus(day * DAY), 100)
    later = noon.plus(30 * DAY)
    assert bank.counts(later).review == 2
    for card in cards:
        assert due(bank, later).card.id == card
        bank.answer(card, Rating.GOOD, later, 100)
    assert due(bank, later).memory.phase is Phase.NEW


def test_a_review_is_due_from_4_in_the_morning_of_its_day(bank: Bank, noon: Moment) -> None:
    bank.answer("gates-1", Rating.EASY, noon, 100)  # in 8 days, says the button
    four = noon.plus(8 * DAY - 8 * HOUR)
    assert bank.counts(four.plus(-1)).review == 0
    assert bank.counts(four).review == 1
    assert due(bank, four).card.id == "gates-1"


def test_the_daily_limit_of_new_cards(bank: Bank, noon: Moment) -> None:
    bank.set_meta(NEW_PER_DAY, "2")
    assert bank.counts(noon).new == 2
    for card in ("gates-1", "gates-2"):
        bank.answer(card, Rating.EASY, noon, 100)
    assert bank.counts(noon).new == 0
    assert bank.next_due(noon) is None
    assert due(bank, noon.plus(DAY)).card.id == "gates-3"
    bank.set_meta(NEW_PER_DAY, "many")
    assert bank.counts(noon).new == 4


def test_an_answer_does_what_its_button_promised(
    bank: Bank, noon: Moment, memory: Callable[[str], dict[str, Any]]
) -> None:
    for rating in Rating:
        shown = due(bank, noon)
        promised = dataclasses.asdict(shown.prospects[rating - 1].memory)
        bank.answer(shown.card.id, rating, noon, 100)
        assert memory(shown.card.id) == promised | {"phase": promised["phase"].value}


def test_a_session_past_midnight_belongs_to_the_evening(bank: Bank, noon: Moment) -> None:
    night = noon.plus(13 * HOUR)
    bank.answer("gates-1", Rating.EASY, noon, 100)
    bank.answer("gates-2", Rating.EASY, night, 100)
    assert bank.history(3, night) == (0, 0, 2)
    assert bank.history(3, noon.plus(17 * HOUR)) == (0, 2, 0)


def test_streak(bank: Bank, noon: Moment) -> None:
    assert bank.streak(noon) == 0
    for day in (0, 1, 2, 4):
        bank.answer("gates-1", Rating.GOOD, noon.plus(day * DAY), 100)
    assert bank.streak(noon.plus(2 * DAY)) == 3
    assert bank.streak(noon.plus(3 * DAY)) == 3  # today may still be empty
    assert bank.streak(noon.plus(4 * DAY)) == 1
    assert bank.streak(noon.plus(9 * DAY)) == 0


def test_a_clock_put_back_neither_breaks_nor_hides_a_card(
    bank: Bank, noon: Moment, memory: Callable[[str], dict[str, Any]]
) -> None:
    bank.answer("gates-1", Rating.AGAIN, noon, 100)
    before = noon.plus(-3 * DAY)
    assert due(bank, before, ("gates",)).card.id in {"gates-1", "gates-2"}
    for card in ("gates-2", "gates-3"):
        bank.answer(card, Rating.EASY, before, -5)
    stuck = due(bank, before, ("gates",))
    assert stuck.card.id == "gates-1"
    bank.answer("gates-1", Rating.GOOD, before, 100)
    as_if_no_time = Scheduler().review(stuck.memory, Rating.GOOD, noon)
    assert memory("gates-1")["stability"] == as_if_no_time.stability


def test_undo_survives_a_restart_and_goes_further_back(
    opened: Callable[[], Bank], noon: Moment, dump: Callable[[], list[str]]
) -> None:
    bank = opened()
    states = [dump()]
    for number, (card, rating) in enumerate(
        [
            ("gates-1", Rating.GOOD),
            ("gates-1", Rating.GOOD),
            ("loops-1", Rating.AGAIN),
            ("gates-1", Rating.AGAIN),
        ]
    ):
        bank.answer(card, rating, noon.plus(number * 5 * DAY), 100)
        states.append(dump())
    assert bank.undo_label() == "Undo “Again” on About gates"
    for state in reversed(states[:-1]):
        bank = opened()
        changes = bank.undo(noon)
        assert changes is not None
        assert dump() == state
    assert bank.undo_label() == ""
    assert bank.undo(noon) is None


@settings(max_examples=25)
@given(
    answers=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(list(Rating)), st.integers(0, 20 * DAY)), max_size=12
    )
)
def test_undoing_every_answer_leaves_the_tables_as_they_were(
    bank: Bank, noon: Moment, dump: Callable[[], list[str]], answers: list[tuple[int, Rating, int]]
) -> None:
    ids = [f"{topic}-{n}" for topic in ("gates", "loops") for n in (1, 2, 3)]
    before, now = dump(), noon
    for index, rating, wait in answers:
        now = now.plus(wait)
        bank.answer(ids[index], rating, now, 100)
    for index, rating, _ in reversed(answers):
        changes = bank.undo(now)
        assert changes is not None
        assert changes.cards == (ids[index],)
        assert rating.name.capitalize() in changes.what
    assert dump() == before


def test_an_unknown_card_is_told_and_changes_nothing(
    bank: Bank, noon: Moment, dump: Callable[[], list[str]]
) -> None:
    before = dump()
    with pytest.raises(UnknownItem, match="no card with the id 'robert'"):
        bank.answer("robert", Rating.GOOD, noon, 100)
    assert dump() == before


def test_progress_counts_what_is_seen_and_known(bank: Bank, noon: Moment) -> None:
    bank.answer("gates-1", Rating.EASY, noon, 100)  # stability 8.3 days
    bank.answer("gates-2", Rating.AGAIN, noon, 100)
    gates, loops = bank.progress()
    assert (gates.topic, gates.unit_title, gates.cards, gates.seen, gates.known) == (
        "gates",
        "Basics",
        3,
        2,
        1,
    )
    assert (loops.cards, loops.seen, loops.known, loops.questions, loops.right) == (3, 0, 0, 3, 0)


def test_a_topic_filter_reaches_cards_and_counts(bank: Bank, noon: Moment) -> None:
    assert due(bank, noon, ("loops",)).card.id == "loops-1"
    assert bank.counts(noon, ("loops",)).new == 3
    assert bank.next_due(noon, ()) is None


def test_phases_of_one_card(bank: Bank, noon: Moment) -> None:
    seen = []
    for minute, rating in (
        (0, Rating.GOOD),
        (10, Rating.GOOD),
        (5 * 1440, Rating.AGAIN),
        (5 * 1440 + 10, Rating.GOOD),
    ):
        now = noon.plus(minute * MINUTE)
        seen.append(_phase(bank, now))
        bank.answer("gates-1", rating, now, 100)
    assert seen == [Phase.NEW, Phase.LEARNING, Phase.REVIEW, Phase.RELEARNING]


def _phase(bank: Bank, now: Moment) -> Phase:
    found = due(bank, now)
    assert found.card.id == "gates-1"
    return found.memory.phase
