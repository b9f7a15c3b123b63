"""RunConfig: every value in its bounds is taken, every other is named in a sentence."""

from __future__ import annotations

import dataclasses
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.combinations import clashes
from engine.config import MAX_TEXT, RunConfig, knob_of, problem_of, relevant
from engine.errors import ConfigError
from engine.history import Timeline, Turn

NUMBERS = [field for field in dataclasses.fields(RunConfig) if field.type in ("int", "float")]


def good(field: dataclasses.Field[Any]) -> st.SearchStrategy[Any]:
    knob = knob_of(field.name)
    if knob.choices:
        return st.sampled_from([value for value, _ in knob.choices])
    if field.type == "int":
        return st.integers(int(knob.low or 0), int(knob.high or 0))
    return st.floats(knob.low, knob.high) if field.type == "float" else st.text(max_size=50)


def bad(field: dataclasses.Field[Any]) -> st.SearchStrategy[Any]:
    knob = knob_of(field.name)
    strange: st.SearchStrategy[Any] = st.sampled_from(
        [None, True, [], {}, b"x", math.nan, math.inf, -math.inf]
    )
    if knob.choices:
        allowed = [value for value, _ in knob.choices]
        return strange | st.text().filter(lambda value: value not in allowed)
    if field.type == "str":
        return strange | st.just("x" * (MAX_TEXT + 1))
    assert knob.low is not None and knob.high is not None
    return (
        strange | st.text() | st.integers(max_value=math.ceil(knob.low) - 1) | st.integers(int(knob.high) + 1)
    )


@given(st.fixed_dictionaries({field.name: good(field) for field in dataclasses.fields(RunConfig)}))
def test_values_in_bounds_are_taken_as_they_are_but_for_pairs_that_clash(values: dict[str, Any]) -> None:
    assert not [name for name, value in values.items() if problem_of(name, value)]
    clashing = clashes(SimpleNamespace(**values))
    if not clashing:
        assert dataclasses.asdict(RunConfig(**values)) == values
        return
    with pytest.raises(ConfigError) as refused:
        RunConfig(**values)
    assert refused.value.problems == clashing
    labels = [knob_of(field.name).label for field in dataclasses.fields(RunConfig)]
    for problem in clashing:
        assert any(problem.startswith(f"{label} is ") for label in labels), "it begins with a knob"
        assert problem.endswith(".")


@given(st.data())
def test_each_value_out_of_bounds_is_named(data: st.DataObject) -> None:
    fields = data.draw(st.lists(st.sampled_from(dataclasses.fields(RunConfig)), min_size=1, unique=True))
    values = {field.name: data.draw(bad(field), field.name) for field in fields}
    with pytest.raises(ConfigError) as refused:
        RunConfig(**values)
    assert len(refused.value.problems) == len(fields)
    for problem in refused.value.problems:
        assert any(problem.startswith(knob_of(field.name).label) for field in fields)
        assert " must be " in problem
        assert problem.endswith(".")


@pytest.mark.parametrize("field", dataclasses.fields(RunConfig), ids=lambda field: field.name)
@pytest.mark.parametrize(
    "value",
    [10**400, -(10**400), 10**5000, "x" * 10**6, b"x" * 10**6, ["x" * 10**6], np.zeros(10**5)],
    ids=["400 digits", "-400 digits", "5000 digits", "text", "bytes", "list", "array"],
)
def test_a_value_of_any_size_is_refused_in_a_sentence(field: dataclasses.Field[Any], value: object) -> None:
    with pytest.raises(ConfigError) as refused:
        RunConfig(**{field.name: value})
    assert " must be " in str(refused.value)
    assert len(str(refused.value)) < 500


def test_a_huge_number_is_told_by_its_digits() -> None:
    assert problem_of("hidden", 10**400).startswith("Hidden units is a whole number of about 401 digits; ")


@pytest.mark.parametrize("field", dataclasses.fields(RunConfig), ids=lambda field: field.name)
def test_every_value_has_the_type_of_its_field(field: dataclasses.Field[Any]) -> None:
    """Whole numbers and NumPy's scalars stand for the numbers that they are."""
    kinds: dict[str, tuple[type, list[Any]]] = {
        "int": (int, [np.int64, np.int32, np.uint8]),
        "float": (float, [int, np.float64, np.float32, np.int64]),
        "str": (str, [np.str_]),
    }
    kind, takes = kinds[str(field.type)]
    knob = knob_of(field.name)
    good = knob.choices[0][0] if knob.choices else "ab" if kind is str else kind(knob.low or 0)
    if field.name == "learning_rate":
        good = 1.0  # its least is not whole
    for take in takes:
        found = getattr(RunConfig(**{field.name: take(good)}), field.name)
        assert type(found) is kind
        assert found == good
        assert repr(found) == repr(good), "as an exported script has it"


def test_a_rounded_number_is_looked_at_after_it_was_made_pythons() -> None:
    """The float32 nearest to the least rate is below it; NumPy itself says they are equal."""
    least = np.float32(1e-6)
    assert float(least) < 1e-6 <= least
    assert problem_of("learning_rate", least)
    with pytest.raises(ConfigError, match="Learning rate"):
        RunConfig(learning_rate=least)


def test_every_knob_has_help_and_bounds() -> None:
    for field in dataclasses.fields(RunConfig):
        assert knob_of(field.name).help.endswith((".", "?"))
    for field in NUMBERS:
        knob = knob_of(field.name)
        assert knob.low is not None and knob.high is not None
        assert knob.low <= getattr(RunConfig(), field.name) <= knob.high


@pytest.mark.parametrize(
    ("config", "heard", "deaf"),
    [
        (RunConfig(), {"layers", "peepholes", "text"}, {"gru_update", "activation", "lag", "momentum"}),
        (RunConfig(task="dates"), {"cell"}, {"layers", "dropout", "norm", "state"}),
        (RunConfig(task="skipgrams"), {"hidden"}, {"cell", "layers", "gru_reset"}),
        (RunConfig(cell="gru", task="latch"), {"gru_update", "lag"}, {"forget_bias", "text"}),
    ],
)
def test_only_knobs_with_a_say_are_relevant(config: RunConfig, heard: set[str], deaf: set[str]) -> None:
    assert all(relevant(config, name) for name in heard)
    assert not any(relevant(config, name) for name in deaf)


def test_a_rate_that_was_begun_as_a_whole_number_can_be_turned_to_a_fraction() -> None:
    timeline = Timeline.of(RunConfig(learning_rate=1, clip=np.float32(2)))  # as a loaded run does it
    timeline.replay([Turn(3, "learning_rate", 0.5), Turn(3, "clip", 0.25)])
    assert (timeline.at(3).learning_rate, timeline.at(3).clip) == (0.5, 0.25)
