"""Mistakes made in right lines: every one changes something, none is ever accepted, most hear their name."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from engine.symbolic.jobs import GradientJob, WorkingJob
from engine.symbolic.report import Judged
from engine.tape.gru import gru
from engine.tape.lstm import lstm
from engine.tape.nodes import Slope, Var
from engine.tape.plain import plain
from engine.tape.rnn import rnn
from engine.tape.two_ways import two_ways
from engine.tape.walk import walk
from engine.working.bench import bench
from engine.working.gaps import own_cases
from engine.working.judging import judged
from engine.working.mistakes import mistakes
from engine.working.roles import roles

JOBS = [
    GradientJob(),
    GradientJob(outputs="each", wrt="b_h", activation="sigmoid"),
    GradientJob(model="lstm", wrt="U_f"),
    GradientJob(model="gru", wrt="U_n"),
]


def test_roles_are_read_off_the_program() -> None:
    found = roles(lstm())
    assert set(found.gates) == {"f", "i", "g", "o"}
    assert found.squashed["c"][0].name == "m"
    assert [state.name for state in found.states] == ["h", "c"]
    assert found.readers == {"W_y", "b_y"}
    assert roles(gru()).gates == {"z": "a_z", "r": "a_r", "n": "a_n"}
    assert not roles(rnn()).gates
    assert not roles(two_ways()).gates
    assert roles(rnn(activation="relu")).squashed["a"][1] == "relu"
    assert roles(rnn()).biases == {"b_h", "b_o"}


def test_every_mistake_is_another_expression_and_comes_once() -> None:
    for job in JOBS:
        here = bench(job)
        for step in here.derivation.steps:
            made = [mistake.node for mistake in mistakes(step.after, here.roles)]
            assert step.after not in made
            assert len(set(made)) == len(made)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{job.wrt}")
def test_no_line_with_a_mistake_in_it_is_accepted(job: GradientJob) -> None:
    """Wrong is what differs in other numbers, too: another seed, another T."""
    here, other = bench(job), bench(replace(job, steps=5, seed=8))
    dice = random.Random(3)  # noqa: S311 - a test draws what it likes
    named: Counter[bool] = Counter()
    for line, step in enumerate(here.derivation.steps, 1):
        found = [one for one in mistakes(step.after, here.roles) if one.node.shape == step.left.shape]
        for mistake in dice.sample(found, min(4, len(found))):
            text = f"{plain(step.left, here.letters)} {step.relation} {plain(mistake.node, here.letters)}"
            if step.relation != "=" or len(text) > 250 or "_{-" in text or _is_true(other, step, mistake):
                continue
            verdict = judged(WorkingJob(job, line - 1, text))
            assert verdict.judged in (Judged.WRONG, Judged.CONVENTION), (text, verdict)
            assert "«" not in verdict.sentence
            assert verdict.sentence.count("$") % 2 == 0
            named[bool(verdict.mistake) or verdict.judged is Judged.CONVENTION] += 1
    assert named[True] > 40
    assert named[False] <= named[True] / 50


def _is_true(here, step, mistake) -> bool:
    """Whether the line holds with the mistake in it, at other numbers."""
    if isinstance(step.left, Var | Slope):
        same = [one for one in here.derivation.steps if one.left == step.left and one.span == step.span]
        if not same:
            return True  # a line of this T only
    try:
        return here.same(step.left, mistake.node, own_cases(here, step))
    except LookupError:
        return False


@pytest.mark.parametrize("program", [lstm(), gru()], ids=["lstm", "gru"])
def test_a_candidate_is_not_called_a_gate(program) -> None:
    """n and g go through tanh: 1 - n is nothing that a gate leaves, and n for z no mix-up of two gates."""
    met, candidates = roles(program), {"g", "n"}
    assert not any(met.is_gate(name) for name in candidates)
    said = [one for made, _ in program.definitions() for one in mistakes(made.value, met)]
    for one in said:
        if "gate and what it leaves" in one.why:
            assert not any(isinstance(leaf, Var) and leaf.name in candidates for leaf in walk(one.right))
        if one.why.startswith("The gates are"):
            both = [
                leaf.name for node in (one.right, one.wrong) for leaf in walk(node) if isinstance(leaf, Var)
            ]
            changed = {name for name in both if both.count(name) == 1}
            assert not candidates & changed, one
    assert {one.name for one in said} >= {"z for 1 - z", "gates swapped"}


GRU = GradientJob("gru", "U_n")
SOFTMAX, NORM = GradientJob("softmax", "s"), GradientJob("layernorm", "x")
NAMED = [
    (SOFTMAX, "dL/ds = yhat", "missing target", "target is left out"),
    (SOFTMAX, "dL/ds = -y", "missing output", "output is left out"),
    (SOFTMAX, "dyhat/ds = diag(yhat ⊙ (1 - yhat))", "softmax by elements", "more than a diagonal"),
    (GradientJob(), "dL/dyhat = yhat", "missing target", r"\hat{y} - y"),
    (GradientJob(), "dL/dh_T = W_o^T yhat", "missing target", "target is left out"),
    (GradientJob(loss="cross-entropy"), "dL/ds = yhat", "missing target", "target is left out"),
    (GradientJob(), "a_t = W_h h_{t-1} + W_i x_t", "missing bias", "b_h"),
    (GradientJob(), "yhat = W_o h_T", "missing bias", "b_o"),
    (GradientJob(), "dh_k/dh_{k-1} = diag(1 - h_{k-1}^2) W_h", "h_{k-1} for h_k", "derivative of a function"),
    (GradientJob(), "delta_t = dL/dh_t ⊙ (1 - h_{t-1}^2)", "h_{t-1} for h_t", "derivative of a function"),
    (GradientJob(activation="relu"), "delta_t = dL/dh_t ⊙ relu'(a_{t-1})", "a_{t-1} for a_t",
     "derivative of a function"),
    (GradientJob("lstm", "U_f"), "delta_{f,t} = f_{t-1} ⊙ (1 - f_{t-1}) ⊙ dL/df_t", "f_{t-1} for f_t",
     "derivative of a function"),
    (GradientJob("lstm", "U_f"), "dL/dU_f = sum_{t=1}^T delta_{f,t} c_{t-1}^T", "c_{t-1} for h_{t-1}",
     "Two states"),
    (GradientJob("lstm", "U_f"), "c_t = c_{t-1} + i_t ⊙ g_t", "missing gate", r"f_t \odot c_{t-1}"),
    (GRU, "a_{n,t} = W_n x_t + U_n h_{t-1} + c_n + b_n", "missing gate", r"r_t \odot q_t"),
    (replace(GRU, reset="before"), "a_{n,t} = W_n x_t + U_n h_{t-1} + b_n", "missing gate", "q_t"),
    (NORM, "var = sum((x - mu)^2)/(h - 1)", "h - 1 for h", "from a sample"),
    (GradientJob("batchnorm", "X"), "var = sum((X - mu)^2)/(m - 1)", "m - 1 for m", "from a sample"),
]  # fmt: skip


@pytest.mark.parametrize(("job", "text", "name", "said"), NAMED)
def test_what_students_often_write_hears_its_name(job: GradientJob, text: str, name: str, said: str) -> None:
    verdict = judged(WorkingJob(job, 0, text))
    assert (verdict.judged, verdict.mistake) == (Judged.WRONG, name), verdict
    assert said in verdict.sentence
    assert "came in" not in verdict.sentence
