"""Looking into a run's last step: against the gradient that the step itself found, in either arithmetic."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import parameters
from engine.config import RunConfig
from engine.errors import ConfigError, DivergenceError, TaskError
from engine.inside import beam_of, itemised_norms_of, itemised_of, jacobians_of
from engine.models.by_hand import ByHand
from engine.presets import preset_of
from engine.snapshot import Array
from engine.train import Run

SMALL: dict[str, Any] = {"length": 6, "batch": 3, "hidden": 5, "seed": 2}
BOTH = pytest.mark.parametrize("engine", ["auto", "numpy"])
RUNS = pytest.mark.parametrize(
    "knobs",
    [
        {"cell": "rnn"},
        {"cell": "lstm", "state": "stateful"},
        {"cell": "gru", "teacher_forcing": 0.5},
        {"cell": "lstm", "layers": 2, "dropout": 0.3, "state": "stateful"},
        {"task": "latch", "cell": "gru", "lag": 3},
    ],
)


def trained(steps: int = 7, **knobs: Any) -> Run:
    run = Run(RunConfig(**(SMALL | knobs)))
    run.go_to(steps)
    return run


def gradient_of(run: Run) -> dict[str, Array]:
    """What the last step found, from the learner's own memory of it."""
    learner: Any = run.learner
    if isinstance(learner, ByHand):
        assert learner._last is not None
        return parameters.named(learner._last[0].gradient, learner.shapes)
    return parameters.named(learner.kernel.unpacked("gradient"), learner.shapes)


@BOTH
@RUNS
def test_the_items_sum_to_the_gradient_of_the_last_step(knobs: dict[str, Any], engine: str) -> None:
    run = trained(engine=engine, clip=0.0, **knobs)
    found, expected = itemised_of(run), gradient_of(run)
    assert set(found) == set(expected)
    exact = run.learner.arithmetic.endswith("float64")
    for name, table in found.items():
        assert table.dtype == np.float64
        np.testing.assert_allclose(
            table.sum((0, 1)), expected[name], rtol=0, atol=1e-12 if exact else 2e-6, err_msg=name
        )


def test_the_step_is_the_last_one_though_a_knob_was_turned_since() -> None:
    run = trained(task="latch", cell="gru", lag=3, engine="numpy", clip=0.0)
    expected = {name: array.copy() for name, array in gradient_of(run).items()}
    run.turn("lag", 2)
    np.testing.assert_allclose(itemised_of(run)["W_hh"].sum((0, 1)), expected["W_hh"], rtol=0, atol=1e-12)


@BOTH
def test_norms_are_those_of_the_items(engine: str) -> None:
    run = trained(engine=engine)
    norms, tables = itemised_norms_of(run, ["W_hh"]), itemised_of(run, ["W_hh"])
    assert list(norms) == list(tables) == ["W_hh"]
    np.testing.assert_allclose(norms["W_hh"], np.linalg.norm(tables["W_hh"], axis=(2, 3)), rtol=1e-12)


@BOTH
def test_jacobians_of_a_plain_rnn_are_what_its_equation_says(engine: str) -> None:
    """∂h_t/∂h_{t-1} = diag(1 - h_t²) W_hh, from the picture of the step."""
    run = trained(cell="rnn", engine=engine)
    seen = run.snapshot([], 2)
    expected = (1 - seen.hidden**2)[:, :, None] * seen.weights["W_hh"]
    np.testing.assert_allclose(jacobians_of(run, 2).steps, expected, rtol=0, atol=1e-5)


def test_every_layer_and_direction_can_be_asked_for() -> None:
    run = trained(cell="gru", layers=2, direction="both")
    seen = [jacobians_of(run, 0, layer, reverse).steps for layer in (0, 1) for reverse in (False, True)]
    assert {steps.shape for steps in seen} == {(6, 5, 5)}
    assert not any(np.allclose(seen[0], other) for other in seen[1:])


@pytest.mark.parametrize(
    ("asked", "words"),
    [((3,), "Sequence 3"), ((0, 1), "Layer 1"), ((0, -1), "Layer -1"), ((0, 0, True), "one direction")],
)
def test_what_is_not_there_is_told(asked: tuple[Any, ...], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        jacobians_of(trained(1), *asked)


@pytest.mark.parametrize("knobs", [{"task": "skipgrams"}, {"task": "sine", "cell": "jordan"}])
def test_models_that_cannot_be_taken_apart_say_so(knobs: dict[str, Any]) -> None:
    run = trained(1, **knobs)
    for ask in (itemised_of, itemised_norms_of, jacobians_of):
        with pytest.raises(TaskError, match="recurrent network"):
            ask(run)


def test_before_the_first_step_there_is_nothing_to_look_into() -> None:
    with pytest.raises(TaskError, match="do one first"):
        itemised_of(Run(RunConfig(**SMALL)))


@BOTH
def test_a_beam_of_a_run_is_at_least_as_likely_as_its_greedy_text(engine: str) -> None:
    run = trained(30, hidden=16, engine=engine)
    greedy, wide = beam_of(run, 1, 8, "the "), beam_of(run, 6, 8, "the ")
    totals = [wide.nodes[leaf].total for leaf in wide.leaves]
    assert len(totals) == 6
    assert totals == sorted(totals, reverse=True)
    assert totals[0] >= greedy.nodes[greedy.leaves[0]].total
    assert len(greedy.text(greedy.leaves[0])) == 8


def test_a_sentence_ends_at_its_end_sign() -> None:
    run = trained(120, task="sentences", cell="gru", hidden=16, length=12, batch=16)
    found = beam_of(run, 4, 12)
    assert any(found.nodes[leaf].finished for leaf in found.leaves)
    assert all("<end>" not in found.text(leaf) for leaf in found.leaves)


def test_a_run_that_writes_nothing_has_no_beam() -> None:
    with pytest.raises(TaskError, match="writes no text"):
        beam_of(trained(1, task="latch", lag=3), 2, 5)


def test_a_step_that_exploded_is_refused_and_the_one_before_it_is_not() -> None:
    run = Run(preset_of("exploding").config)
    with pytest.raises(DivergenceError):
        run.go_to(100)
    with pytest.raises(TaskError, match="not finite"):
        jacobians_of(run)
    run.go_to(10)
    assert np.isfinite(jacobians_of(run).to_last_norms).all()
