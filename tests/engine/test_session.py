"""A session with a clock of our own: which events follow which commands, and when."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine.config import RunConfig
from engine.messages import (
    Back,
    Branch,
    Branches,
    Change,
    Diverged,
    Event,
    Failed,
    GoTo,
    Moved,
    Pause,
    Progress,
    Resume,
    Sample,
    Sampled,
    Start,
    Started,
    Step,
    Stop,
    Switch,
)
from engine.session import MIN_GAP, Session
from engine.train import Run, parameter_count

SMALL = RunConfig(hidden=4, length=5, batch=2, engine="numpy")
EXPLODES = dataclasses.replace(SMALL, task="sine", cell="rnn", optimiser="sgd", learning_rate=100.0, clip=0.0)


class Desk:
    """A session with a clock that moves `tick` seconds at each step, and what it has said."""

    def __init__(self, *commands: object, tick: float = 0.001) -> None:
        self.events: list[Event] = []
        self.now = 0.0
        self.tick = tick
        self.session = Session(self.events.append, lambda: self.now)
        self.say(*commands)

    def say(self, *commands: object) -> None:
        for command in commands:
            self.session.obey(command)  # type: ignore[arg-type]  # one test says nonsense on purpose

    def work(self, steps: int) -> None:
        for _ in range(steps):
            if self.session.busy:
                self.now += self.tick
                self.session.advance()
                self.session.report()

    def pictures(self) -> list[Progress]:
        return [event for event in self.events if isinstance(event, Progress)]

    def last(self) -> Event:
        return self.events[-1]


def expected_losses(config: RunConfig, steps: int) -> list[float]:
    run = Run(config)
    return [run.advance() for _ in range(steps)]


def told(pictures: list[Progress]) -> list[float]:
    return [float(loss) for picture in pictures for loss in picture.snapshot.losses]


def test_a_new_run_is_paused_and_told_with_its_size_and_conventions() -> None:
    desk = Desk(Start(SMALL))
    assert not desk.session.busy
    [started] = desk.events
    assert isinstance(started, Started)
    assert (started.config, started.parameters) == (SMALL, parameter_count(SMALL))
    assert "Forget bias" in dict(started.conventions)


def test_training_tells_every_loss_once_in_order_at_most_thirty_times_a_second() -> None:
    desk = Desk(Start(SMALL), Resume())
    desk.work(500)  # half a second
    desk.say(Pause())
    desk.session.report()
    pictures = desk.pictures()
    assert told(pictures) == expected_losses(SMALL, 500)
    assert 13 <= len(pictures) <= 16
    assert [picture.running for picture in pictures] == [True] * (len(pictures) - 1) + [False]
    assert all(picture.snapshot.losses.size for picture in pictures)
    assert pictures[3].steps_per_second == pytest.approx(1000)
    assert pictures[-1].snapshot.step == 500


def test_slow_steps_are_told_one_by_one() -> None:
    desk = Desk(Start(SMALL), Resume(), tick=2 * MIN_GAP)
    desk.work(4)
    assert [picture.snapshot.losses.size for picture in desk.pictures()] == [1, 1, 1, 1]


def test_a_number_of_steps_then_pause() -> None:
    desk = Desk(Start(SMALL), Step(3))
    desk.work(10)
    [picture] = desk.pictures()
    assert (picture.snapshot.step, picture.running) == (3, False)
    assert told([picture]) == expected_losses(SMALL, 3)
    desk.say(Step())
    desk.work(10)
    assert desk.pictures()[-1].snapshot.step == 4
    assert desk.pictures()[-1].steps_per_second == pytest.approx(1000), "the pause does not count"


def test_steps_asked_for_quickly_are_all_done() -> None:
    desk = Desk(Start(SMALL), Step(3), Step(4))
    desk.work(20)
    assert told(desk.pictures()) == expected_losses(SMALL, 7)


def test_a_step_while_training_at_full_speed_ends_it() -> None:
    desk = Desk(Start(SMALL), Resume(), Step(2))
    desk.work(20)
    assert told(desk.pictures()) == expected_losses(SMALL, 2)


def test_saying_it_again_while_training_delays_no_picture() -> None:
    desk = Desk(Start(SMALL))
    for _ in range(100):
        desk.say(Resume())
        desk.work(1)
    assert len(desk.pictures()) >= 2


def test_a_pause_while_paused_says_nothing() -> None:
    desk = Desk(Start(SMALL), Step(1))
    desk.work(1)
    count = len(desk.events)
    desk.say(Pause())
    desk.session.report()
    assert len(desk.events) == count


def test_a_new_start_drops_the_old_run_and_its_losses() -> None:
    desk = Desk(Start(SMALL), Resume())
    desk.work(7)
    other = dataclasses.replace(SMALL, seed=2)
    desk.say(Start(other), Step(2))
    desk.work(2)
    assert told(desk.pictures()) == expected_losses(other, 2)


def test_a_changed_knob_acts_from_the_next_step() -> None:
    desk = Desk(Start(SMALL), Step(1))
    desk.work(1)
    desk.say(Change("learning_rate", 1e-6), Step(2))
    desk.work(2)
    run = Run(SMALL)
    run.advance()
    run.turn("learning_rate", 1e-6)
    assert desk.pictures()[-1].snapshot.losses.tolist() == [run.advance(), run.advance()]


def test_text_can_be_sampled_while_paused_and_while_training() -> None:
    desk = Desk(Start(SMALL), Sample(0.8, 20, 1), Resume())
    desk.work(3)
    desk.say(Sample(0.8, 20, 1))
    first, second = (event for event in desk.events if isinstance(event, Sampled))
    assert (first.step, second.step) == (0, 3)
    assert len(first.text) == len(second.text) == 20
    assert first.mean_log_probability == pytest.approx(-np.log(24), abs=0.5), "untrained: any of 24 letters"
    assert desk.session.busy


def test_a_run_that_explodes_is_paused_and_goes_on_with_a_lower_rate() -> None:
    desk = Desk(Start(EXPLODES), Resume())
    desk.work(1000)
    diverged = desk.last()
    assert not desk.session.busy
    assert isinstance(diverged, Diverged)
    losses = told(desk.pictures()) + diverged.snapshot.losses.tolist()
    assert diverged.step == diverged.snapshot.step == len(losses) + 1
    assert "Lower the learning rate" in diverged.advice
    assert np.isfinite(losses).all()
    desk.say(Change("learning_rate", 0.01), Step(5))
    desk.work(5)
    [moved] = [event for event in desk.events if isinstance(event, Moved)]
    assert moved.step == len(moved.losses) == diverged.sound + 1
    assert desk.pictures()[-1].snapshot.step == diverged.sound + 5
    assert desk.pictures()[-1].snapshot.losses.max() < 10


def test_exploding_right_after_a_picture_makes_no_empty_one() -> None:
    desk = Desk(Start(EXPLODES), Resume(), tick=1.0)
    desk.work(1000)
    assert isinstance(desk.last(), Diverged)
    assert all(picture.snapshot.losses.size for picture in desk.pictures())


@pytest.mark.parametrize("command", [Resume(), Step(2), Change("clip", 1.0), Sample(1.0, 5, 1)])
def test_without_a_run_there_is_a_sentence(command: object) -> None:
    desk = Desk(command)
    assert desk.events == [Failed("There is no run yet. Start one first.")]
    assert not desk.session.busy


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (Change("hidden", 3), "cannot be changed during a run"),
        (Change("clip", -1.0), "Clip norm is -1.0; it must be from 0 to 1000"),
        (Sample(-1.0, 5, 1), "The temperature is -1.0"),
        (Step(0), "0 steps cannot be done"),
        (Step("3"), "Step has '3' as its count"),  # type: ignore[arg-type]  # a pipe carries anything
        (Change("clip", None), "Change has None as its value"),  # type: ignore[arg-type]  # as above
        (Change("lag", float("nan")), "Lag is nan; it must be a whole number"),
        (GoTo(True), "GoTo has True as its step"),
        (Switch([]), "Switch has [] as its branch"),  # type: ignore[arg-type]  # as above
        (Start(None), "Start has None as its config"),  # type: ignore[arg-type]  # as above
        (None, "None is no command"),
        (Start(RunConfig(text="ab")), "The text has 2 characters"),
    ],
)
def test_bad_commands_are_answered_with_a_sentence_and_no_report(command: object, says: str) -> None:
    desk = Desk(Start(SMALL), command)
    failed = desk.last()
    assert isinstance(failed, Failed)
    assert says in failed.message
    assert failed.report == ""


def test_a_wave_has_no_text() -> None:
    desk = Desk(Start(dataclasses.replace(SMALL, task="sine")), Sample(1.0, 5, 1))
    failed = desk.last()
    assert isinstance(failed, Failed)
    assert "writes no text. Start one on the next character" in failed.message


def test_a_fault_of_ours_is_reported_once_and_the_session_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(Start(SMALL), Resume())
    monkeypatch.setattr(Run, "advance", lambda self: 1 / 0)
    desk.work(5)
    failed = [event for event in desk.events if isinstance(event, Failed)]
    assert len(failed) == 1
    assert "ZeroDivisionError" in failed[0].message
    assert "Traceback" in failed[0].report
    monkeypatch.undo()
    desk.say(Step(1))
    desk.work(1)
    assert desk.pictures()[-1].snapshot.step == 1
    desk.say("nonsense")
    assert isinstance(desk.last(), Failed)


def test_stop_ends_it() -> None:
    desk = Desk(Start(SMALL), Resume(), Stop())
    assert desk.session.over
    assert not desk.session.busy


def test_going_back_and_on_gives_the_same_losses_once_more() -> None:
    desk = Desk(Start(SMALL), Step(20))
    desk.work(20)
    desk.say(GoTo(12))
    moved = desk.last()
    assert isinstance(moved, Moved)
    assert (moved.step, moved.furthest) == (12, 20)
    assert moved.losses.tolist() == expected_losses(SMALL, 12)
    assert moved.snapshot is not None and moved.snapshot.step == 12
    desk.say(Step(8))
    desk.work(8)
    assert desk.pictures()[-1].snapshot.losses.tolist() == expected_losses(SMALL, 20)[12:]


def test_a_knob_turned_after_going_back_keeps_the_old_steps_in_a_branch() -> None:
    desk = Desk(Start(SMALL), Step(20))
    desk.work(20)
    desk.say(GoTo(12), Change("learning_rate", 0.3), Step(8))
    desk.work(8)
    [listed] = [event for event in desk.events if isinstance(event, Branches)]
    assert listed.current == 2
    assert [(one.number, one.steps) for one in listed.all] == [(1, 20), (2, 12)]
    desk.say(Switch(1))
    moved = desk.last()
    assert isinstance(moved, Moved)
    assert moved.losses.tolist() == expected_losses(SMALL, 20)
    assert moved.knobs == SMALL


def test_a_move_while_training_pauses_and_loses_no_loss() -> None:
    desk = Desk(Start(SMALL), Resume())
    desk.work(10)
    desk.say(Branch())
    assert not desk.session.busy
    assert told(desk.pictures()) == expected_losses(SMALL, 10)
    desk.say(GoTo(0))
    moved = desk.last()
    assert isinstance(moved, Moved)
    assert (moved.step, moved.snapshot, len(moved.losses)) == (0, None, 0)


def test_a_place_that_was_never_reached_is_the_last_one() -> None:
    desk = Desk(Start(SMALL), Step(3))
    desk.work(3)
    desk.say(GoTo(99))
    moved = desk.last()
    assert isinstance(moved, Moved)
    assert moved.step == 3


def test_every_undo_counts_however_fast_they_come() -> None:
    desk = Desk(Start(SMALL), Step(20))
    desk.work(20)
    desk.say(Back(), Back(), Back(2))
    moved = desk.last()
    assert isinstance(moved, Moved)
    assert moved.step == 16
    assert moved.losses.tolist() == expected_losses(SMALL, 16)
    desk.say(Back(99))
    moved = desk.last()
    assert isinstance(moved, Moved)
    assert moved.step == 0
