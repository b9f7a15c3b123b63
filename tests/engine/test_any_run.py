"""Any knobs that are allowed together make a run that trains, can be looked at, and goes back exactly."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig, knob_of
from engine.errors import ConfigError, DivergenceError, TaskError
from engine.train import Run

SIZES = {"hidden": (1, 9), "length": (2, 34), "batch": (1, 5)}
RATES = {"learning_rate": (1e-4, 0.1), "gain": (0.2, 2.0), "regulariser": (0.0, 1.0), "l2": (0.0, 0.1)}


def values(field: dataclasses.Field[Any]) -> st.SearchStrategy[Any]:
    knob = knob_of(field.name)
    if knob.choices:
        return st.sampled_from([value for value, _ in knob.choices])
    if field.type == "str":
        return st.just("")
    low, high = SIZES.get(field.name) or RATES.get(field.name) or (knob.low or 0, knob.high or 0)
    return st.integers(int(low), int(high)) if field.type == "int" else st.floats(low, high)


def started(knobs: dict[str, Any]) -> Run | None:
    """The run of these knobs, or None where they are refused in words."""
    try:
        return Run(RunConfig(**knobs))
    except (ConfigError, TaskError) as refused:
        assert str(refused).endswith(".")
        return None


def drawn(draw: st.DrawFn, task: str) -> dict[str, Any]:
    """Some knobs away from their defaults, so that not every draw is an impossible pair."""
    fields = [f for f in dataclasses.fields(RunConfig) if f.name not in ("task", *SIZES)]
    chosen = draw(st.lists(st.sampled_from(fields), unique_by=lambda f: f.name, max_size=6))
    sizes = [f for f in dataclasses.fields(RunConfig) if f.name in SIZES]
    return {"task": task} | {f.name: draw(values(f)) for f in (*sizes, *chosen)}


@pytest.mark.parametrize("task", [task for task, _ in knob_of("task").choices])
@settings(max_examples=12)
@given(data=st.data())
def test_a_run_trains_and_shows_itself_and_goes_back(task: str, data: st.DataObject) -> None:
    knobs = data.draw(st.composite(drawn)(task))
    run = started(knobs)
    if run is None:
        return
    try:
        losses = [run.advance() for _ in range(3)]
    except DivergenceError:
        assert np.isfinite(run.losses).all()
        return
    shown = run.snapshot(losses)
    steps = len(shown.hidden)
    assert all(math.isfinite(loss) for loss in losses)
    assert len(shown.outputs) == len(shown.targets) == len(shown.predictions) == len(shown.dh) == steps
    assert all(len(gate) == steps for gate in shown.gates.values())
    assert all(np.isfinite(weights).all() for weights in shown.weights.values())
    run.go_to(1)
    run.go_to(3)
    assert run.losses.tolist() == losses
    again = run.snapshot([])
    assert all(np.array_equal(again.weights[name], shown.weights[name]) for name in shown.weights)
    assert all(np.array_equal(again.named[name], shown.named[name], equal_nan=True) for name in shown.named)
