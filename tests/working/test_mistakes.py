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
