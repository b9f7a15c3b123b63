"""Exercises made of recurrences: one right choice each, the wrong ones wrong, the typed ones judged."""

from __future__ import annotations

from itertools import product

import pytest

from engine.practice.bench import Bench, bench
from engine.practice.exercises import judged, made
from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import ExerciseJob, GapJob, RecurrenceJob, WorkingJob
from engine.symbolic.report import Exercise, Judged, Refusal, Verdict

TEXTS = (
    "T(n) = 3T(n-1), T(0) = 1",
    "T(n) = 2T(n-1) + n, T(0) = 0",
    "T(n) = 2T(n/2) + n, T(1) = 1",
    "a_n = 5a_{n-1} - 6a_{n-2}, a_0 = 1, a_1 = 4",
)
ALL = list(product(TEXTS, ("gaps", "order"), (1, 2, 3)))


def exercise(text: str, kind: str, level: int, seed: int = 1) -> Exercise:
    found = made(ExerciseJob(RecurrenceJob(text), kind, level, seed))
    assert isinstance(found, Exercise)
    return found


@pytest.mark.parametrize(("text", "kind", "level"), ALL)
def test_every_gap_has_one_right_answer_and_reasons_for_the_others(text: str, kind: str, level: int) -> None:
    found = exercise(text, kind, level)
    assert len(found.gaps) >= 3
    for number, gap in enumerate(found.gaps):
        assert gap.because
        if gap.answer < 0:
            continue
        assert len(set(gap.choices)) == len(gap.choices)
        for place, choice in enumerate(gap.choices):
            verdict = judged(GapJob(found.asked, number, choice))
            assert (verdict.judged is Judged.RIGHT) == (place == gap.answer)
            assert bool(gap.wrong[place]) == (place != gap.answer)


def test_a_chosen_line_that_is_wrong_is_wrong_by_numbers() -> None:
    """Spoilt lines are held against the recurrence by the judge of typed lines."""
    found = exercise(TEXTS[0], "gaps", 3)
    assert all(gap.answer == -1 for gap in found.gaps)
    here = bench(RecurrenceJob(TEXTS[0]))
    assert isinstance(here, Bench)
    for number, gap in enumerate(found.gaps):
        assert gap.latex.count(r"\boxed{?}") == 1
        assert judged(GapJob(found.asked, number, "n^n^n")).judged in (Judged.WRONG, Judged.UNREADABLE)
        assert judged(GapJob(found.asked, number, "T(n) = 1")).judged is Judged.UNREADABLE


def test_a_typed_part_is_right_however_it_is_written() -> None:
    found = exercise(TEXTS[0], "gaps", 3)
    number, gap = next(
        (i, gap)
        for i, gap in enumerate(found.gaps)
        if gap.latex.endswith(r"T(n - 2) \end{aligned}") or "T(n - 2)" in gap.latex or "T(n - k)" in gap.latex
    )
    tries = (
        "3^2",
        "9",
        "T(n-2)",
        "n-2",
        "3^k",
        "T(n-k)",
        "n-k",
        "3",
        "9 T(n-2)",
        "3^k T(n-k)",
        "3*3",
        "T(n-3)",
        "3^3",
        "27",
        "n-3",
    )
    verdicts = [judged(GapJob(found.asked, number, text)) for text in tries]
    assert Judged.RIGHT in {verdict.judged for verdict in verdicts}, gap
    assert Judged.WRONG in {verdict.judged for verdict in verdicts}


def test_the_same_job_gives_the_same_exercise_and_another_seed_another() -> None:
    first, again, other = (exercise(TEXTS[2], "gaps", 2, seed) for seed in (1, 1, 2))
    assert first == again
    assert first.gaps != other.gaps


def test_what_is_not_solved_is_refused() -> None:
    bad = RecurrenceJob("T(n) = T(n)")
    assert isinstance(solve(ExerciseJob(bad, "gaps", 1, 1)), Refusal)
    verdict = solve(WorkingJob(bad, 0, "T(n) = 1"))
    assert isinstance(verdict, Verdict)
    assert verdict.judged is Judged.UNREADABLE
