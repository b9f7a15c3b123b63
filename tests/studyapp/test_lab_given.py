"""The Lab's numbers in a derivation: its slopes are those that the Lab itself computed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.config import RunConfig
from engine.derivations import answers
from engine.errors import ConfigError
from engine.snapshot import Snapshot
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Report
from engine.train import Run
from studyapp import lab_given

SMALL = RunConfig(task="sine", hidden=3, length=5, batch=2, seed=4)
CELLS = {
    "rnn": replace(SMALL, cell="rnn"),
    "relu": replace(SMALL, cell="rnn", activation="relu", biases="one"),
    "lstm": replace(SMALL, cell="lstm"),
    "gru": replace(SMALL, cell="gru"),
    "gru, books": replace(SMALL, cell="gru", gru_update="take", gru_reset="before", biases="one"),
    "gru, reset before": replace(SMALL, cell="gru", gru_reset="before"),
    "symbols": replace(SMALL, cell="lstm", task="characters", length=6),
    "asked at the end": replace(SMALL, cell="gru", task="adding", length=6),
    "truncated": replace(SMALL, cell="rnn", truncate=2),
    "as float32": replace(SMALL, cell="lstm", engine="auto"),
}


def pictured(config: RunConfig) -> Snapshot:
    """The run after some steps, so that biases are no longer zero."""
    if config.engine == "auto" and config is not CELLS["as float32"]:
        config = replace(config, engine="numpy")
    run = Run(config)
    for _ in range(5):
        run.advance()
    return run.snapshot([])


def slopes(job: GradientJob, wrt: str) -> NDArray[np.float64]:
    """The derivation's dL/d(wrt)_t as [T, h]."""
    report = answers.answer(replace(job, wrt=wrt))
    assert isinstance(report, Report), report
    found: dict[int, NDArray[np.float64]] = {}
    wanted = rf"\frac{{\partial L}}{{\partial {wrt}_"
    delta = r"\delta_"
    for line in report.lines:
        left = line.latex.removeprefix(r"\begin{aligned} ")
        if left.startswith((wanted, delta)) and line.level < 2:
            for value in line.values:
                time = value.at.rpartition(" ")[2] or str(job.steps)
                found.setdefault(int(time), np.array(value.rows)[:, 0])
    return np.array([found[t] for t in range(1, job.steps + 1)])


@pytest.mark.parametrize("kind", CELLS)
def test_slopes_are_those_of_the_lab(kind: str) -> None:
    config, snapshot = CELLS[kind], pictured(CELLS[kind])
    job = lab_given.job(config, snapshot)
    assert job.given is not None
    assert f"step {snapshot.step}" in job.given.source
    error = snapshot.outputs - snapshot.wanted
    share = snapshot.named["dz_o"][-1] / error[-1]  # the Lab's mean: the same share for every output
    assert share == pytest.approx(share[0])
    tight = 1e-5 if kind == "as float32" else 1e-9
    np.testing.assert_allclose(slopes(job, "h") * share[0], snapshot.dh, rtol=tight, atol=tight * 1e-3)


def test_the_slope_of_the_pre_activation_too() -> None:
    snapshot = pictured(CELLS["rnn"])
    job = lab_given.job(CELLS["rnn"], snapshot)
    share = (snapshot.named["dz_o"] / (snapshot.outputs - snapshot.wanted))[0, 0]
    np.testing.assert_allclose(slopes(job, "a") * share, snapshot.named["da_h"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"layers": 2}, "2 layers"),
        ({"direction": "both", "model": "recurrent"}, "both directions"),
        ({"norm": "layer"}, "normalisation"),
        ({"cell": "lstm", "peepholes": "yes"}, "peepholes"),
        ({"task": "adding", "length": 60}, "at most 50"),
        ({"task": "copy"}, "Sine forecast, Next character or Parity"),
        ({"cell": "jordan"}, "another one"),
    ],
)
def test_what_no_derivation_writes_is_refused_with_the_way_out(change: dict[str, object], words: str) -> None:
    config = replace(SMALL, **change)  # type: ignore[arg-type] # knobs of all types
    with pytest.raises(ConfigError, match=words):
        lab_given.job(config, pictured(config))


def test_of_a_long_sequence_the_first_steps_are_taken() -> None:
    config = replace(SMALL, cell="rnn", length=60, truncate=55)
    snapshot = pictured(config)
    job = lab_given.job(config, snapshot)
    assert (job.steps, job.outputs, job.truncate) == (50, "each", 0)
    assert job.given is not None
    assert job.given.source.endswith("the first 50 of 60 time steps")
    np.testing.assert_array_equal(np.array(job.given.inputs), snapshot.named["x"][:50])
    np.testing.assert_array_equal(np.array(job.given.targets), snapshot.wanted[:50])
    assert isinstance(answers.answer(job), Report)


def test_a_lab_without_a_step_is_refused() -> None:
    with pytest.raises(ConfigError, match="no step yet"):
        lab_given.job(None, None)


def test_a_run_that_exploded_is_refused() -> None:
    snapshot = pictured(SMALL)
    broken = {name: array * np.nan for name, array in snapshot.weights.items()}
    with pytest.raises(ConfigError, match="exploded"):
        lab_given.job(SMALL, replace(snapshot, weights=broken))
