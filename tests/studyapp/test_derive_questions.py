"""Questions: the newest of a kind and number is answered, what is forgotten is not."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from engine.symbolic.jobs import Job, RecurrenceJob
from studyapp.derive_questions import Questions
from studyapp.jobs import Jobs

JOB = RecurrenceJob("T(n) = T(n-1), T(0) = 1")


class _Tickets(QObject):
    """Answers when told to."""

    answered = Signal(int, object)
    slow = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Job] = []
        self.cancelled: list[int] = []

    def ask(self, job: Job) -> int:
        self.asked.append(job)
        return len(self.asked)

    def cancel(self, ticket: int) -> None:
        self.cancelled.append(ticket)


@pytest.fixture
def jobs(qapp: QApplication) -> _Tickets:
    return _Tickets()


@pytest.fixture
def questions(jobs: _Tickets) -> Questions:
    return Questions(cast("Jobs", jobs))


def heard(questions: Questions) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    questions.answered.connect(lambda *answer: found.append(answer))
    return found


def test_only_the_newest_of_a_kind_is_answered(jobs: _Tickets, questions: Questions) -> None:
    answers = heard(questions)
    questions.ask("unfold", JOB, 3)
    questions.ask("unfold", JOB, 4)
    questions.ask("unfold", JOB, 3)
    assert jobs.cancelled == [1]
    for ticket in (1, 2, 3):
        jobs.answered.emit(ticket, f"answer {ticket}")
    assert answers == [("unfold", 4, "answer 2"), ("unfold", 3, "answer 3")]


def test_what_is_forgotten_is_not_answered(jobs: _Tickets, questions: Questions) -> None:
    answers = heard(questions)
    questions.ask("derivation", JOB)
    questions.ask("opinion", JOB)
    assert questions.waiting("opinion")
    questions.forget("opinion", "gap")
    assert jobs.cancelled == [2]
    assert not questions.waiting("opinion")
    assert questions.waiting()
    jobs.answered.emit(2, "late")
    jobs.answered.emit(1, "right")
    jobs.answered.emit(1, "twice")
    jobs.answered.emit(99, "of another page")
    assert answers == [("derivation", 0, "right")]
    assert not questions.waiting()


def test_slowness_is_told_by_its_kind(jobs: _Tickets, questions: Questions) -> None:
    slow: list[str] = []
    questions.slow.connect(slow.append)
    questions.ask("derivation", JOB)
    jobs.slow.emit(1)
    jobs.slow.emit(7)
    assert slow == ["derivation"]
