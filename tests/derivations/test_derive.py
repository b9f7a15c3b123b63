"""Derivations: every line of every job holds, and a derivation is short, and no more work for more steps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.derivations.catalogue import cleaned
from engine.derivations.derive import derive
from engine.derivations.network import lit, network
from engine.derivations.parameters import keys
from engine.derivations.programs import program
from engine.derivations.rules import CATALOGUE
from engine.derivations.steps import COMPACT, FINE, NORMAL
from engine.symbolic.jobs import GradientJob
from engine.tape.nodes import Fn, Partial, Slope, Var
from engine.tape.walk import walk
from tests.counted import calls
from tests.derivations.checking import red

MODELS = (
    "rnn",
    "lstm",
    "gru",
    "birnn",
    "layers",
    "attention",
    "softmax",
    "layernorm",
    "batchnorm",
    "clipping",
)
H, D, K = ("h", "1"), ("d", "1"), ("k", "1")


@st.composite
def jobs(draw: st.DrawFn) -> GradientJob:
    """Any job of the catalogue."""
    of = st.sampled_from
    steps = draw(of([0, 1, 2, 3, 5, 8]))
    job = cleaned(
        GradientJob(
            model=draw(of(MODELS)),
            steps=steps,
            scalar=draw(st.booleans()),
            activation=draw(of(["tanh", "sigmoid", "relu", "identity"])),
            outputs=draw(of(["last", "each"])),
            loss=draw(of(["half", "whole", "cross-entropy"])),
            truncate=draw(of([0, 0, 1, 2, 3])),
            gates=draw(of(["apart", "stacked"])),
            update=draw(of(["keep", "take"])),
            reset=draw(of(["after", "before"])),
            seed=draw(st.integers(1, 99)),
        )
    )
    return replace(job, wrt=draw(of(keys(job))))


# --- soundness ---


SATURATED = GradientJob(  # at one of its points a probability is 1 - 1.4e-8
    model="layers", wrt="W_i1", steps=8, activation="relu", outputs="last", loss="cross-entropy", seed=79
)


@settings(max_examples=80)
@example(SATURATED)
@given(jobs())
def test_every_line_of_every_derivation_holds(job: GradientJob) -> None:
    assert red(derive(job)) == []


@settings(max_examples=40)
@given(jobs())
def test_a_derivation_is_well_formed(job: GradientJob) -> None:
    derivation = derive(job)
    letters = {"T": job.steps or 4}
    for number, step in enumerate(derivation.steps, 1):
        assert step.chain
        assert all(side.shape == step.left.shape for side in step.chain)
        assert all(0 < used < number for used in step.uses)
        assert step.level in (COMPACT, NORMAL, FINE)
        assert step.relation in ("=", "≤")
        assert step.focus is None or step.focus in walk(step.after)
        assert step.span is None or step.span.times(letters) or job.truncate
        rule = CATALOGUE[step.rule]
        assert "«" not in rule.sentence(step.facts)
        assert "$$" not in rule.sentence(step.facts)
    assert derivation[derivation.answer].level == COMPACT


@settings(max_examples=40)
@given(jobs())
def test_the_answer_is_about_what_is_asked_for(job: GradientJob) -> None:
    derivation = derive(job)
    left = derivation[derivation.answer].left
    of = left.of if isinstance(left, Slope) else left
    assert isinstance(of, Var)
    assert job.wrt in (of.name, f"{of.name}_{of.at}")


@settings(max_examples=40)
@given(jobs())
def test_every_slope_in_a_line_has_a_line_of_its_own(job: GradientJob) -> None:
    derivation = derive(job)
    told = {step.left.of.name for step in derivation.steps if isinstance(step.left, Slope)}
    for step in derivation.steps:
        for side in step.chain:
            assert {node.of.name for node in walk(side) if isinstance(node, Slope)} <= told | {"L"}


def test_all_parameters_of_all_models_come_out() -> None:
    count = 0
    for model in MODELS:
        job = cleaned(GradientJob(model))
        for key in keys(job):
            count += 1
            assert derive(replace(job, wrt=key)).steps
    assert count > 60


@settings(max_examples=40)
@given(jobs())
def test_paths_light_something_of_the_picture(job: GradientJob) -> None:
    steps = job.steps or 4
    drawn_keys = {one.key for one in network(job, steps).places} | {
        one.key for one in network(job, steps).wires
    }
    for step in derive(job).steps:
        if isinstance(step.left, Slope) and step.left.of not in program(job).parameters:
            when = step.span.times({"T": steps})[:1] if step.span else [steps]
            assert not when or lit(step.path, when[0], steps) & drawn_keys, step


# --- length and work ---


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "layers", "birnn", "attention"])
def test_the_length_does_not_depend_on_the_number_of_steps(model: str) -> None:
    lengths = {len(derive(cleaned(GradientJob(model, steps=steps))).steps) for steps in (7, 12, 50)}
    assert len(lengths) == 1


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "attention"])
def test_fifty_steps_are_no_more_work_than_seven(model: str) -> None:
    """The milliseconds are the figure symbolic/derive-50 of benchmarks/symbolic.py."""
    few, many = (cleaned(GradientJob(model, steps=steps, outputs="each")) for steps in (7, 50))
    derive(few)
    derive(many)  # what is made once is there
    assert calls(lambda: derive(many)) < 1.1 * calls(lambda: derive(few))


def test_partial_derivatives_stand_before_the_lines_that_use_them() -> None:
    derivation = derive(GradientJob("lstm", "U_f"))
    for number, step in enumerate(derivation.steps, 1):
        if step.level == FINE and isinstance(step.left, Partial) and step.rule != "insert":
            assert any(number in later.uses for later in derivation.steps[number:])


def test_no_line_has_a_function_where_its_value_is_known() -> None:
    """Slopes of tanh and the sigmoid are told with the state, never with a primed function."""
    for model in ("rnn", "lstm", "gru"):
        for step in derive(cleaned(GradientJob(model))).steps:
            nodes = [node for side in step.chain for node in walk(side)]
            assert not any(isinstance(node, Fn) and node.primed for node in nodes)
