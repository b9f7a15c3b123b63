"""The bounds of a step: never passed, and reached, so that no smaller γ would do."""

from __future__ import annotations

import numpy as np
import pytest

from engine.checking.drawing import drawn
from engine.derivations import rules
from engine.derivations.bounds import LARGEST_SLOPE
from engine.derivations.derive import derive
from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import Given, GradientJob, Rows
from engine.symbolic.report import Report

STEEPEST = {"tanh": (0, 0), "sigmoid": (0, 0.5), "relu": (1, 1), "identity": (0, 0)}  # an a, and φ(a)


def as_rows(matrix: np.ndarray) -> Rows:
    return tuple(tuple(float(entry) for entry in row) for row in matrix)


def resting(activation: str) -> tuple[GradientJob, np.ndarray]:
    """A network whose pre-activations are all where the activation is steepest."""
    job = GradientJob(activation=activation, steps=3)
    arrays = {name: array[0] for name, array in drawn(job).items()}
    W_h = arrays["W_h"]
    a, start = (np.full((3, 1), float(number)) for number in STEEPEST[activation])
    bias = a - W_h @ start  # so the state stays what it was
    matrices = {
        "W_h": W_h, "W_i": np.zeros((3, 2)), "b_h": bias, "h_0": start,
        "W_o": arrays["W_o"], "b_o": arrays["b_o"],
    }  # fmt: skip
    given = Given(
        "a test",
        tuple((name, as_rows(matrix)) for name, matrix in matrices.items()),
        ((0.0, 0.0),) * 3,
        ((0.3, 0.3),),
    )
    return GradientJob(activation=activation, steps=3, given=given), W_h


@pytest.mark.parametrize("activation", LARGEST_SLOPE)
def test_the_bound_of_a_step_is_reached(activation: str) -> None:
    job, W_h = resting(activation)
    report = solve(job)
    assert isinstance(report, Report)
    line = next(line for line in report.lines if line.rule == "jacobian-bound")
    most = float(LARGEST_SLOPE[activation]) * np.linalg.norm(W_h, 2)
    assert len(line.values) == 2
    for value in line.values:
        assert value.norm == pytest.approx(most, rel=1e-12)


@pytest.mark.parametrize(
    ("activation", "gamma"), [("sigmoid", r"\tfrac{1}{4}"), ("tanh", "1"), ("relu", "1")]
)
def test_the_sentence_says_the_number_of_the_line(activation: str, gamma: str) -> None:
    steps = [step for step in derive(GradientJob(activation=activation)).steps if "gamma" in step.facts]
    assert {step.rule for step in steps} == {"jacobian-bound", "product-bound", "vanishing", "exploding"}
    for step in steps:
        assert f"$\\gamma = {gamma}$" in rules.CATALOGUE[step.rule].sentence(step.facts)
