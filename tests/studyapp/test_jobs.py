"""The bridge to the symbolic process: every ticket one answer, nothing waits, nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest
from job_children import obedient
from pytestqt.qtbot import QtBot

from engine.symbolic.jobs import GradientJob, OpinionJob, RecurrenceJob
from engine.symbolic.report import Agreement, Refusal, Report
from studyapp.jobs import Jobs

TARGETS = {"derive": obedient, "oracle": obedient}


class Answers(dict[int, object]):
    """What was answered, by ticket; an answer that comes twice is an error."""

    def take(self, ticket: int, answer: object) -> None:
        assert ticket not in self
        self[ticket] = answer


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def jobs(qtbot: QtBot, answers: Answers) -> Iterator[Jobs]:
    made = Jobs(TARGETS)
    made.answered.connect(answers.take)
    made.warm()
    qtbot.waitSignal(made.ready, timeout=10_000).wait()
    yield made
    made.close()


def test_every_ticket_gets_its_own_answer(jobs: Jobs, answers: Answers, qtbot: QtBot) -> None:
    tickets = {jobs.ask(RecurrenceJob("x" * length)): length for length in (3, 1, 2)}
    qtbot.waitUntil(lambda: len(answers) == 3, timeout=5000)
    assert {ticket: answers[ticket].value for ticket in tickets} == tickets  # type: ignore[attr-defined]


def test_asking_does_not_wait(jobs: Jobs, answers: Answers, qtbot: QtBot) -> None:
    ticket = jobs.ask(RecurrenceJob("sleep 60"))
    with qtbot.waitSignal(jobs.slow, timeout=8000) as slow:  # so the child is still at it
        pass
    assert slow.args == [ticket]
    assert not answers


def test_what_takes_longer_than_two_seconds_is_refused_and_the_next_goes_on(
    jobs: Jobs, answers: Answers, qtbot: QtBot
) -> None:
    endless, next_one = jobs.ask(RecurrenceJob("sleep 60")), jobs.ask(RecurrenceJob("four"))
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=8000)
    assert isinstance(answers[endless], Refusal)
    assert "2 seconds" in answers[endless].reason
    assert isinstance(answers[next_one], Agreement)


def test_a_child_that_dies_is_a_sentence_and_is_replaced(jobs: Jobs, answers: Answers, qtbot: QtBot) -> None:
    fatal = jobs.ask(RecurrenceJob("die"))
    qtbot.waitUntil(lambda: fatal in answers, timeout=5000)
    assert isinstance(answers[fatal], Refusal)
    again = jobs.ask(RecurrenceJob("four"))
    qtbot.waitUntil(lambda: again in answers, timeout=5000)
    assert isinstance(answers[again], Agreement)


def test_a_child_killed_while_idle_is_replaced_when_asked(jobs: Jobs, answers: Answers, qtbot: QtBot) -> None:
    pid = jobs.pid()
    assert pid is not None
    psutil.Process(pid).kill()
    ticket = jobs.ask(RecurrenceJob("four"))
    qtbot.waitUntil(lambda: ticket in answers, timeout=8000)
    if isinstance(answers[ticket], Refusal):  # it was sent into the closing pipe: the next one is served
        again = jobs.ask(RecurrenceJob("four"))
        qtbot.waitUntil(lambda: again in answers, timeout=8000)
        assert isinstance(answers[again], Agreement)
    assert jobs.pid() != pid


def test_a_cancelled_ticket_is_not_answered(jobs: Jobs, answers: Answers, qtbot: QtBot) -> None:
    first, second = jobs.ask(RecurrenceJob("sleep 0.2")), jobs.ask(RecurrenceJob("no"))
    third = jobs.ask(RecurrenceJob("four"))
    qtbot.wait(50)
    jobs.cancel(first)
    jobs.cancel(second)
    qtbot.waitUntil(lambda: third in answers, timeout=5000)
    qtbot.wait(100)
    assert set(answers) == {third}


def test_cancelling_what_takes_long_frees_the_lane(jobs: Jobs, answers: Answers, qtbot: QtBot) -> None:
    endless = jobs.ask(RecurrenceJob("sleep 60"))
    qtbot.waitSignal(jobs.slow, timeout=8000).wait()
    pid = jobs.pid()
    jobs.cancel(endless)
    assert not psutil.pid_exists(pid), "it is stopped now, not when its two seconds are up"
    ticket = jobs.ask(RecurrenceJob("four"))
    qtbot.waitUntil(lambda: ticket in answers, timeout=5000)
    assert endless not in answers


def test_a_slow_torch_does_not_hold_up_a_derivation(jobs: Jobs, answers: Answers, qtbot: QtBot) -> None:
    oracle = jobs.ask(OpinionJob(GradientJob()))  # its child has to start first
    derived = jobs.ask(RecurrenceJob("four"))
    qtbot.waitUntil(lambda: derived in answers, timeout=5000)
    qtbot.waitUntil(lambda: oracle in answers, timeout=8000)


def test_closing_leaves_no_process(qtbot: QtBot) -> None:
    made = Jobs(TARGETS)
    made.ask(RecurrenceJob("sleep 60"))
    made.ask(OpinionJob(GradientJob()))
    pids = [made.pid("derive"), made.pid("oracle")]
    made.close()
    assert not [pid for pid in pids if pid is not None and psutil.pid_exists(pid)]


def test_the_real_children_agree(qtbot: QtBot, answers: Answers) -> None:
    made = Jobs()
    made.answered.connect(answers.take)
    derived, oracle = made.ask(GradientJob()), made.ask(OpinionJob(GradientJob()))
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=30_000)
    report, torch = answers[derived], answers[oracle]
    made.close()
    assert isinstance(report, Report)
    assert isinstance(torch, Agreement)
    own = report.agreements[0].value
    assert torch.value == pytest.approx(own, rel=1e-9)
