"""Back, forward again, and into branches: held against runs that never went back."""

from __future__ import annotations

import dataclasses
import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.branches import MOST, Family
from engine.checkpoint import load, save
from engine.config import RunConfig
from engine.errors import ConfigError, DivergenceError
from engine.history import Keyframes, Timeline
from engine.interrupt import BrokenOff
from engine.train import Run, compare

SMALL = RunConfig(hidden=4, length=6, batch=2, engine="numpy")
DROPS = dataclasses.replace(SMALL, layers=2, dropout=0.3)
STATEFUL = dataclasses.replace(SMALL, state="stateful", cell="gru")
KERNEL = dataclasses.replace(SMALL, engine="auto")
EXPLODES = dataclasses.replace(SMALL, task="sine", cell="rnn", optimiser="sgd", learning_rate=100.0, clip=0.0)


def forward(config: RunConfig, steps: int, turns: dict[int, tuple[str, float]] | None = None) -> Run:
    """A run that never looked back; `turns` says after which steps a knob was turned."""
    run = Run(config)
    for step in range(steps):
        if turns and step in turns:
            run.turn(*turns[step])
        run.advance()
    return run


def same(left: Run, right: Run) -> bool:
    """Bit for bit: the losses so far, and all that the next step depends on."""
    ours, theirs = left.learner.memory(), right.learner.memory()
    return (
        left.step == right.step
        and left.losses.tobytes() == right.losses.tobytes()
        and ours.keys() == theirs.keys()
        and all(ours[name].tobytes() == theirs[name].tobytes() for name in ours)
    )


@pytest.mark.parametrize(
    "config", [SMALL, DROPS, STATEFUL, KERNEL], ids=["plain", "dropout", "stateful", "auto"]
)
@settings(max_examples=5)
@given(places=st.lists(st.integers(0, 45), min_size=1, max_size=4))
def test_any_place_is_that_of_a_run_that_never_went_back(config: RunConfig, places: list[int]) -> None:
    run = forward(config, 45)
    for place in places:
        run.go_to(place)
        assert same(run, forward(config, place))
    run.go_to(45)
    assert same(run, forward(config, 45))


def test_knobs_are_turned_again_on_the_way() -> None:
    turns = {10: ("learning_rate", 0.1), 40: ("clip", 0.5), 41: ("learning_rate", 0.002)}
    run = forward(SMALL, 60, turns)
    for place in (5, 10, 11, 40, 41, 50, 60):
        run.go_to(place)
        assert same(run, forward(SMALL, place, turns))
    run.go_to(10)
    assert run.now.learning_rate == 0.1, "turned after ten steps, so it is so there"
    run.go_to(9)
    assert run.now == SMALL


def test_a_turn_after_going_back_begins_another_future() -> None:
    run = forward(SMALL, 50)
    run.back(20)
    run.turn("learning_rate", 0.2)
    assert run.furthest == 30
    for _ in range(20):
        run.advance()
    assert same(run, forward(SMALL, 50, {30: ("learning_rate", 0.2)}))


def test_the_picture_of_a_step_is_there_again() -> None:
    run = Run(SMALL)
    pictures = [(run.advance(), run.snapshot([]))[1] for _ in range(40)]
    for step in (40, 7, 33, 32, 1):
        run.go_to(step)
        seen = run.snapshot([])
        assert seen.step == step
        assert np.array_equal(seen.hidden, pictures[step - 1].hidden)
        assert seen.gradient_norm == pictures[step - 1].gradient_norm
        assert all(np.array_equal(seen.weights[n], w) for n, w in pictures[step - 1].weights.items())


def test_a_branch_leaves_its_origin_alone() -> None:
    run = forward(SMALL, 30)
    twin = run.branch()
    assert same(run, twin)
    twin.turn("learning_rate", 0.5)
    for _ in range(10):
        twin.advance()
    assert same(run, forward(SMALL, 30))
    for _ in range(10):
        run.advance()
    assert same(run, forward(SMALL, 40))
    found = compare(run, twin)
    assert found.forked == 31, "the knob acts on the update of step 31, so its loss is still common"
    assert (len(found.left), len(found.right)) == (9, 9)
    assert [[turn.name for turn in side] for side in found.turned] == [[], ["learning_rate"]]
    by_hand = sum(((run.weights[n] - twin.weights[n]) ** 2).sum() for n in run.weights)
    assert found.distance == pytest.approx(math.sqrt(by_hand))


def test_an_explosion_can_be_looked_at_and_gone_back_from() -> None:
    run = Run(EXPLODES)
    with pytest.raises(DivergenceError) as told:
        for _ in range(1000):
            run.advance()
    assert run.exploded is not None
    assert run.exploded.step == told.value.step == run.step + 1
    broken = run.snapshot([])
    assert broken.step == run.exploded.step
    assert (
        not math.isfinite(broken.gradient_norm)
        or not np.isfinite(run.exploded.loss)
        or broken.gradient_norm > 1e3
    )
    assert "Exploded at step" in str(told.value) and "gradient norm" in str(told.value)
    steps = run.step
    run.back(2)
    assert run.exploded is None
    assert same(run, forward(EXPLODES, steps - 2))


def test_going_on_after_an_explosion_takes_up_after_the_last_sound_step() -> None:
    run = Run(EXPLODES)
    losses = []
    with pytest.raises(DivergenceError) as told:
        while True:
            losses.append(run.advance())
    sound = max(step for step, loss in enumerate(losses) if loss <= losses[0])
    assert told.value.sound == sound
    run.turn("learning_rate", 0.1)
    run.advance()
    assert run.step == sound + 1
    assert same(run, forward(EXPLODES, sound + 1, {sound: ("learning_rate", 0.1)}))


def test_the_lag_can_be_turned_while_it_trains() -> None:
    latch = dataclasses.replace(SMALL, task="latch", length=12, lag=3)
    run = forward(latch, 20, {10: ("lag", 9)})
    assert run.now.lag == 9
    run.go_to(5)
    assert run.now.lag == 3
    with pytest.raises(ConfigError, match="lag must be less than T"):
        run.turn("lag", 12)
    assert run.now.lag == 3


def test_bad_places_are_refused() -> None:
    run = forward(SMALL, 3)
    with pytest.raises(ConfigError, match="0 or more"):
        run.go_to(-1)
    run.back(10)
    assert run.step == 0


# --- frames and timelines by themselves ----------------------------------------------------------


def frame(step: int, size: int = 1000) -> dict[str, np.ndarray]:
    return {"theta": np.full(size // 8, float(step))}


@given(steps=st.integers(1, 3000), budget=st.integers(20, 200))
@settings(max_examples=30)
def test_frames_stay_within_their_budget_and_no_place_is_far(steps: int, budget: int) -> None:
    frames = Keyframes(budget=budget * 1000, spacing=4)
    frames.keep(0, frame(0))
    for step in range(1, steps + 1):
        if frames.wants(step):
            frames.keep(step, frame(step))
    assert frames.size <= budget * 1000
    for place in {0, 1, steps // 3, steps // 2, steps - 1, steps}:
        found, memory = frames.before(place)
        assert 0 <= place - found < 2 * frames.spacing
        assert memory["theta"][0] == found
    assert frames.spacing <= max(4, 4 * steps / budget * 2), "not thinner than the budget asks for"


def test_a_long_run_keeps_its_frames_in_the_bound_that_is_promised() -> None:
    """10,000 steps of an LSTM with H = 32, T = 25 on 32 symbols: its θ, m and v in float64."""
    size = 3 * (4 * 32 * (32 + 32 + 2) + 32 * 33)
    frames = Keyframes()
    frames.keep(0, {"all": np.zeros(size)})
    for step in range(1, 10_001):
        if frames.wants(step):
            frames.keep(step, {"all": np.zeros(size)})
    for step in range(9_000, 9_400):
        frames.keep_near(step, {"all": np.zeros(size)})
    assert frames.size < 100 * 2**20
    assert frames.spacing <= 128


def test_cut_frames_are_gone() -> None:
    frames = Keyframes(spacing=2)
    for step in (0, 2, 4, 6):
        frames.keep(step, frame(step))
    frames.keep_near(5, frame(5))
    frames.cut(4)
    assert frames.before(100)[0] == 4
    assert frames.size == 3 * 1000


def test_a_timeline_knows_every_turn() -> None:
    line = Timeline.of(SMALL)
    faster = dataclasses.replace(SMALL, learning_rate=0.5)
    line.turn(10, faster)
    line.turn(10, dataclasses.replace(faster, clip=2.0))
    assert line.at(9) == SMALL
    assert (line.at(10).learning_rate, line.at(10).clip) == (0.5, 2.0)
    assert [(turn.step, turn.name) for turn in line.turns(10)] == [(10, "learning_rate"), (10, "clip")]
    assert line.turns(9) == ()
    line.cut(9)
    assert line.at(100) == SMALL


# --- the family of branches ----------------------------------------------------------------------


def test_branches_are_listed_with_what_makes_them_differ() -> None:
    family = Family(forward(SMALL, 20))
    family.fork()
    family.run.turn("learning_rate", 0.3)
    for _ in range(10):
        family.run.advance()
    told = family.told()
    assert told.current == 2
    first, second = told.all
    assert (first.number, first.steps, first.forked) == (1, 20, 20)
    assert (second.steps, second.turned) == (30, ("learning_rate 0.3 after step 20",))
    family.switch(1)
    assert same(family.run, forward(SMALL, 20))
    with pytest.raises(ConfigError, match="no branch 9; there are 1, 2"):
        family.switch(9)


def test_there_are_not_endlessly_many_branches() -> None:
    family = Family(forward(SMALL, 2))
    with pytest.raises(ConfigError, match=f"{MOST} branches already"):
        for _ in itertools.count():
            family.fork()
    assert len(family.told().all) == MOST


@pytest.mark.parametrize(
    "config", [SMALL, DROPS, STATEFUL, KERNEL], ids=["plain", "dropout", "stateful", "auto"]
)
def test_a_run_goes_on_from_its_file_as_if_it_had_never_stopped(config: RunConfig, tmp_path: Path) -> None:
    turns = {10: ("learning_rate", 0.1), 20: ("clip", 0.5)}
    run = forward(config, 30, turns)
    save(tmp_path / "run", run.checkpoint())
    loaded = Run.of(load(tmp_path / "run"))
    assert same(loaded, run) and loaded.now == run.now and not loaded.seen
    for _ in range(10):
        assert loaded.advance() == run.advance()
    assert same(loaded, run)
    loaded.go_to(15)
    assert same(loaded, forward(config, 15, turns)), "the way back leads beyond the file"


# --- broken off ----------------------------------------------------------------------------------


class Breaks:
    """Lets some looks pass, then breaks off, as an urgent command does."""

    def __init__(self, run: Run, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = after
        model = run.learner.model  # type: ignore[attr-defined]  # of a run in NumPy
        look = model.look

        def broken(*words: object) -> object:
            if self.left == 0:
                raise BrokenOff
            self.left -= 1
            return look(*words)

        monkeypatch.setattr(model, "look", broken)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_way_back_that_is_broken_off_leaves_all_as_it_was(
    after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = {10: ("learning_rate", 0.1)}
    run = forward(SMALL, 50, turns)
    run._frames._near.clear()  # so that several steps have to be done anew
    with monkeypatch.context() as patch:
        Breaks(run, after, patch)
        with pytest.raises(BrokenOff):
            run.go_to(45)
    assert same(run, forward(SMALL, 50, turns)) and run.now.learning_rate == 0.1
    assert not run.seen, "the last numbers computed are those of another place"
    run.go_to(45)
    assert same(run, forward(SMALL, 45, turns))


def test_a_retreat_that_is_broken_off_keeps_the_knobs_that_were_turned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = forward(dataclasses.replace(EXPLODES, learning_rate=0.01), 30)
    run.turn("learning_rate", 100.0)
    with pytest.raises(DivergenceError) as told:
        while True:
            run.advance()
    assert told.value.sound > 2
    run.turn("learning_rate", 0.001)
    run.turn("clip", 1.0)
    run._frames._near.clear()
    with monkeypatch.context() as patch:
        Breaks(run, 0, patch)
        with pytest.raises(BrokenOff):
            run.advance()
    assert run.exploded is not None
    assert (run.now.learning_rate, run.now.clip) == (0.001, 1.0)
    run.advance()
    assert run.step == told.value.sound + 1
    assert (run.now.learning_rate, run.now.clip) == (0.001, 1.0)


def test_a_step_that_is_broken_off_changes_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    run = forward(dataclasses.replace(SMALL, task="reversal", length=9), 5)
    before = run.snapshot([])
    with monkeypatch.context() as patch:
        Breaks(run, 0, patch)
        with pytest.raises(BrokenOff):
            run.advance()
    after = run.snapshot([])
    assert np.array_equal(after.wanted, before.wanted)
    assert before.asked is not None and after.asked is not None
    assert np.array_equal(after.asked, before.asked)


def test_each_sequence_of_a_picture_knows_what_was_asked_of_it() -> None:
    run = forward(dataclasses.replace(SMALL, task="reversal", length=15, batch=6), 3)
    batch = run.task.batch(3)
    for sequence in range(6):
        shown = run.snapshot([], sequence)
        assert shown.asked is not None
        assert np.array_equal(shown.asked, batch.weights[:, sequence] > 0)


def test_a_step_before_the_explosion_is_sound_only_if_it_was_before_the_way_back_too() -> None:
    """Back to before the last sound step, and off with another rate: the sound step lies before it."""
    run = forward(dataclasses.replace(EXPLODES, learning_rate=0.01), 30)
    run.go_to(4)
    run.turn("learning_rate", 100.0)
    with pytest.raises(DivergenceError) as told:
        while True:
            run.advance()
    losses = run.losses
    assert told.value.sound == max(step for step, loss in enumerate(losses) if loss <= losses[0])


def test_a_run_without_a_budget_goes_back_over_its_start() -> None:
    run = Run(SMALL, budget=0)
    for _ in range(70):
        run.advance()
    size = sum(array.nbytes for array in run.learner.memory().values())
    assert run.memory_used <= size
    run.go_to(50)
    assert same(run, forward(SMALL, 50))


def test_whole_knobs_are_turned_to_whole_numbers_only() -> None:
    run = Run(dataclasses.replace(SMALL, task="latch", length=12, lag=3))
    run.turn("lag", 5.0)
    assert run.now.lag == 5
    for value in (7.9, math.nan, math.inf, -1):
        with pytest.raises(ConfigError, match="Lag is"):
            run.turn("lag", value)
    assert run.now.lag == 5


def test_only_runs_of_one_network_are_compared() -> None:
    with pytest.raises(ConfigError, match="same weights"):
        compare(Run(SMALL), Run(dataclasses.replace(SMALL, hidden=5)))
