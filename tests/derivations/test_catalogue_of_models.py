"""The catalogue of models: every choice is valid and told in words, what is wrong is refused."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.derivations.catalogue import (
    MODELS,
    MOST_STEPS,
    SHOWN_STEPS,
    cleaned,
    conventions,
    has_steps,
    options,
    parameters,
    refused,
    title,
)
from engine.derivations.models import BY_KEY
from engine.derivations.programs import named, program
from engine.symbolic.jobs import GradientJob

KEYS = [card.key for card in MODELS]
EACH = pytest.mark.parametrize("model", KEYS)
FIELDS = {field.name for field in fields(GradientJob)}

words = st.sampled_from(["", "W_h", "x", "U_f", "b_2", "each", "half", "softmax", "tanh", "keep", "∂"])
rubbish: st.SearchStrategy[GradientJob] = st.builds(
    GradientJob,
    model=st.sampled_from(KEYS) | words,
    wrt=words,
    steps=st.integers(-5, 200),
    scalar=st.booleans(),
    activation=words,
    outputs=words,
    loss=words | st.just("cross-entropy"),
    truncate=st.integers(-5, 200),
    gates=words | st.just("stacked"),
    update=words,
    reset=words,
    rows=st.booleans(),
    seed=st.integers(-2, 9),
)


@settings(max_examples=300)
@given(rubbish)
def test_whatever_is_cleaned_is_valid_and_cleaned_once_for_all(job: GradientJob) -> None:
    clean = cleaned(job)
    assert refused(clean) is None
    assert cleaned(clean) == clean
    assert clean.seed == max(0, job.seed)
    assert named(clean, clean.wrt)
    assert title(clean)
    if job.model in KEYS:
        assert clean.model == job.model


@settings(max_examples=300)
@given(rubbish)
def test_what_is_not_refused_stays_as_far_as_its_model_heeds_it(job: GradientJob) -> None:
    if refused(job) is None:
        clean = cleaned(job)
        for option in options(clean):
            assert getattr(clean, option.field) == getattr(job, option.field)
        assert clean.wrt == job.wrt
        assert not has_steps(job) or clean.steps == job.steps


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"model": "transformer"}, "transformer", "rnn, lstm"),
    ({"steps": 51}, "51", "1 to 50"),
    ({"steps": -1}, "-1", "0 to leave T a letter"),
    ({"truncate": 99}, "99", "0 for no truncation"),
    ({"seed": -3}, "-3", "0 or any"),
    ({"wrt": "W_q"}, "The RNN has no “W_q”", "W_h, W_i, b_h"),
    ({"model": "lstm", "wrt": "W_h"}, "The LSTM has no “W_h”", "U_f"),
    ({"model": "lstm", "gates": "stacked", "wrt": "U_f"}, "U_f", "W_f"),
    ({"activation": "swish"}, "swish", "tanh"),
    ({"outputs": "all"}, "all", "last or each"),
    ({"loss": "mse"}, "mse", "half, whole or cross-entropy"),
    ({"scalar": True, "loss": "cross-entropy"}, "softmax of one number", "squared error"),
    ({"model": "gru", "wrt": "U_z", "update": "both"}, "both", "keep or take"),
    ({"model": "gru", "wrt": "c_n", "reset": "before"}, "c_n", "U_n"),
    ({"model": "softmax", "wrt": "W"}, "Softmax with cross-entropy has no “W”", "Choose s."),
]


@pytest.mark.parametrize(("wrong", "said", "way_out"), WRONG, ids=lambda x: str(x)[:40])
def test_what_is_wrong_is_refused_with_its_value_and_a_way_out(
    wrong: dict[str, Any], said: str, way_out: str
) -> None:
    found = refused(GradientJob(**wrong))
    assert found is not None
    assert said in found[0]
    assert way_out in found[1]


def test_what_a_model_does_not_have_is_no_fault() -> None:
    assert refused(GradientJob("softmax", "s", steps=99, activation="swish", truncate=-7)) is None
    assert refused(GradientJob(gates="stacked", update="both")) is None


@EACH
def test_every_choice_of_every_option_is_a_valid_job_told_in_words(model: str) -> None:
    base = cleaned(GradientJob(model, steps=12))
    for option in options(base):
        assert option.field in FIELDS - {"model", "wrt", "steps", "seed", "given"}
        assert option.label
        assert option.tip.endswith(".")
        assert len(option.choices) > 1
        assert len({choice.label for choice in option.choices}) == len(option.choices)
        assert getattr(base, option.field) in [choice.value for choice in option.choices]
        for choice in option.choices:
            job = replace(base, **{option.field: choice.value})
            assert getattr(cleaned(job), option.field) == choice.value


@EACH
def test_every_choice_has_a_convention_of_its_own(model: str) -> None:
    base = cleaned(GradientJob(model, steps=12))
    for option in options(base):
        jobs = [cleaned(replace(base, **{option.field: choice.value})) for choice in option.choices]
        told = [conventions(job) for job in jobs]
        assert len(set(told)) == len(told), option.field
        for pairs in told:
            assert len({name for name, _ in pairs}) == len(pairs)
            assert all(name and choice for name, choice in pairs)


def test_conventions_that_are_no_options_are_told_too() -> None:
    told = dict(conventions(cleaned(GradientJob(steps=0, outputs="each", activation="relu", truncate=3))))
    assert f"T = {SHOWN_STEPS}" in told["T"]
    assert "sum of the L_t" in told["Outputs"]
    assert "derivative at 0 is 0" in told["Activation"]
    assert "where 3 divides t" in told["Truncated BPTT"]
    assert "columns of a matrix, one after another" in told["vec"]
    assert "1e-5" in dict(conventions(cleaned(GradientJob("batchnorm"))))["ε"]
    last = dict(conventions(cleaned(GradientJob("birnn", outputs="last"))))
    assert "x_T alone" in last["Output reads"]


@EACH
@pytest.mark.parametrize("scalar", [False, True])
def test_what_can_be_asked_for_is_there_and_named(model: str, scalar: bool) -> None:
    job = cleaned(GradientJob(model, scalar=scalar))
    found = parameters(job)
    assert {parameter.name for parameter in program(job).parameters} <= {one.key for one in found}
    assert len({one.label for one in found}) == len({one.latex for one in found}) == len(found)
    for one in found:
        assert refused(replace(job, wrt=one.key)) is None
        assert (one.shape == "number") == (named(job, one.key).shape == ("1", "1"))
    assert BY_KEY[model].first in [one.key for one in found]


def test_parameters_in_words() -> None:
    told = {one.key: one for one in parameters(cleaned(GradientJob("lstm")))}
    assert (told["W_i"].label, told["W_i"].shape) == ("weights from input to the input gate", "h × d")
    assert told["b_o"].label == "bias of the output gate"
    assert told["W_y"].label == "weights from state to output"
    stacked = {one.key: one for one in parameters(cleaned(GradientJob("lstm", gates="stacked")))}
    assert (stacked["W_f"].label, stacked["W_f"].shape) == ("weights of the forget gate", "h × h+d")
    keys = [one.key for one in parameters(cleaned(GradientJob("layers")))]
    assert keys == [
        "W_i1",
        "W_h1",
        "b_1",
        "W_i2",
        "W_h2",
        "b_2",
        "W_o",
        "b_o",
        "h1_0",
        "h2_0",
        "h1",
        "h2",
        "a1",
        "a2",
    ]
    two_ways = {one.key: one for one in parameters(cleaned(GradientJob("birnn")))}
    assert two_ways["h_rev_T+1"].latex == r"\overleftarrow{h}_{T+1}"


def test_what_was_asked_for_is_found_again_under_another_option() -> None:
    assert cleaned(GradientJob("lstm", "U_o", gates="stacked")).wrt == "W_o"
    assert cleaned(GradientJob("gru", "c_n", reset="before")).wrt == "U_z"
    one_unit = cleaned(GradientJob("lstm", "W_g", gates="stacked", scalar=True, rows=True))
    assert (one_unit.wrt, one_unit.gates, one_unit.rows) == ("W_g", "apart", False)


@pytest.mark.parametrize(
    ("steps", "window", "expected"), [(5, 0, [0, 1, 2, 3, 4]), (0, 0, [0, 1, 2, 3]), (4, 7, [0, 1, 2, 3, 7])]
)
def test_windows_are_shorter_than_the_whole_but_the_chosen_one_is_kept(
    steps: int, window: int, expected: list[int]
) -> None:
    found = {option.field: option for option in options(GradientJob(steps=steps, truncate=window))}
    assert [choice.value for choice in found["truncate"].choices] == expected


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (GradientJob(), "∂L/∂W_h of the RNN, T = 3"),
        (GradientJob("lstm", "a_f", steps=0), "∂L/∂a_f,t of the LSTM, any T"),
        (GradientJob("softmax", "s", loss="cross-entropy"), "∂L/∂s of softmax with cross-entropy"),
        (GradientJob("layernorm", "gamma"), "∂L/∂γ of layer norm"),
        (GradientJob("clipping", "g_by_norm"), "Gradient clipping: g clipped by norm"),
        (GradientJob("birnn", "h_rev_T+1", steps=MOST_STEPS), "∂L/∂h_rev,T+1 of the two-way RNN, T = 50"),
    ],
)
def test_titles(job: GradientJob, expected: str) -> None:
    assert title(job) == expected
