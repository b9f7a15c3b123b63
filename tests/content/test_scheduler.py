"""The scheduler against py-fsrs, fed with whole days; its steps and words against the plain reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.clock import Moment
from content.records import Memory, Phase, Rating
from content.scheduler import Scheduler, wait_in_words

DAY_MS = 86_400_000
NOON = Moment(20_000 * DAY_MS + 12 * 3_600_000)
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(list(Rating)),
        st.one_of(st.just(0), st.integers(0, 40), st.integers(0, 3000)),
        st.integers(0, 15 * 60),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=600)
@given(history=HISTORIES)
@example(history=[(Rating.GOOD, 0, 0), (Rating.GOOD, 0, 10), (Rating.AGAIN, 9, 0), (Rating.HARD, 0, 10)])
def test_every_state_and_interval_equals_py_fsrs(history: list[tuple[Rating, int, int]]) -> None:
    """py-fsrs counts 24 h periods, so it is given each study day's midnight; we get the real hours."""
    ours, memory, day = Scheduler(), Memory(), 20_000
    oracle = fsrs.Scheduler(enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    for rating, gap, minutes in history:
        day += gap
        midnight = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)
        card, _ = oracle.review_card(card, fsrs.Rating(rating), midnight)
        now = Moment(day * DAY_MS + 5 * 3_600_000 + minutes * 60_000)
        memory = ours.review(memory, rating, now)

        assert memory.stability == pytest.approx(card.stability, rel=1e-9, abs=1e-9)
        assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9, abs=1e-9)
        assert memory.phase.name == card.state.name.upper()
        assert memory.step == (card.step or 0)
        wait = card.due - midnight
        if memory.phase is Phase.REVIEW:
            assert memory.due_day - day == wait.days
        else:
            assert memory.due_ms - now.utc_ms == wait.total_seconds() * 1000


@given(stability=st.floats(0.01, 1e6), days=st.integers(0, 40_000))
def test_recall_equals_py_fsrs(stability: float, days: int) -> None:
    then = datetime(1990, 1, 1, tzinfo=UTC)
    card = fsrs.Card(
        card_id=1, state=fsrs.State.Review, stability=stability, difficulty=5.0, last_review=then
    )
    oracle = fsrs.Scheduler().get_card_retrievability(card, then + timedelta(days=days))
    assert Scheduler().recall(stability, days) == pytest.approx(oracle, abs=1e-12)


def test_recall_is_90_percent_after_as_many_days_as_the_stability() -> None:
    assert Scheduler().recall(17.0, 17.0) == pytest.approx(0.9, abs=1e-12)


def test_a_session_past_midnight_is_the_same_study_day() -> None:
    evening = Moment(20_000 * DAY_MS + 23 * 3_600_000)
    night = evening.plus(2 * 3_600_000)
    after_rollover = evening.plus(6 * 3_600_000)
    learnt = Scheduler().review(Memory(), Rating.EASY, evening)
    same = Scheduler().review(learnt, Rating.AGAIN, night)
    next_day = Scheduler().review(learnt, Rating.AGAIN, after_rollover)
    assert same.last_day == learnt.last_day == next_day.last_day - 1
    assert same.stability != next_day.stability


@given(history=HISTORIES, back=st.integers(1, 400))
def test_a_clock_that_went_back_counts_as_no_time(history: list[tuple[Rating, int, int]], back: int) -> None:
    memory = Memory()
    for number, (rating, _, _) in enumerate(history):
        memory = Scheduler().review(memory, rating, NOON.plus(number * DAY_MS))
    last = Moment(memory.last_day * DAY_MS + 12 * 3_600_000)
    earlier = Scheduler().review(memory, Rating.GOOD, last.plus(-back * DAY_MS))
    same_day = Scheduler().review(memory, Rating.GOOD, last)
    assert (earlier.stability, earlier.difficulty) == (same_day.stability, same_day.difficulty)


def test_lapses_are_counted_for_known_cards_only() -> None:
    memory = Memory()
    for rating in (Rating.AGAIN, Rating.AGAIN, Rating.EASY, Rating.AGAIN, Rating.AGAIN, Rating.GOOD):
        memory = Scheduler().review(memory, rating, NOON)
    assert (memory.reviews, memory.lapses, memory.phase) == (6, 1, Phase.REVIEW)


def test_the_four_buttons_of_a_new_card() -> None:
    waits = [prospect.wait for prospect in Scheduler().prospects(Memory(), NOON)]
    assert waits == ["1 min", "6 min", "10 min", "8 d"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 d"),
        (29, "29 d"),
        (30, "1.0 mo"),
        (64, "2.1 mo"),
        (364, "12.0 mo"),
        (365, "1.0 y"),
        (36500, "99.9 y"),
    ],
)
def test_waits_in_words(days: int, words: str) -> None:
    assert wait_in_words(Memory(phase=Phase.REVIEW, due_day=NOON.study_day + days), NOON) == words
