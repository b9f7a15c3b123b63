"""The compact telling: about a third of the lines, and none of them hangs in the air."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.derivations.catalogue import MODELS, cleaned, conventions, parameters
from engine.derivations.compact import in_short
from engine.derivations.derive import derive
from engine.derivations.steps import COMPACT, Derivation, Step
from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Report
from engine.tape.nodes import Slope, Var
from engine.tape.walk import walk

JOBS = [
    cleaned(replace(base, wrt=one.key))
    for card in MODELS
    for outputs, steps, truncate in (("last", 3, 0), ("each", 0, 0), ("each", 6, 2))
    for base in [cleaned(GradientJob(card.key, wrt="", outputs=outputs, steps=steps, truncate=truncate))]
    if card.key != "clipping"
    for one in parameters(base)
]


def compact(derivation: Derivation) -> list[tuple[int, Step]]:
    return [(number, derivation[number]) for number in sorted(in_short(derivation))]


@pytest.mark.parametrize(
    "job", JOBS, ids=lambda job: f"{job.model}-{job.wrt}-{job.outputs}-{job.steps}-{job.truncate}"
)
def test_has_the_answer_and_every_slope_in_its_lines(job: GradientJob) -> None:
    derivation = derive(job)
    told = compact(derivation)
    assert derivation.answer in [number for number, _ in told]
    assert not any(isinstance(step.left, Var) for _, step in told), "the problem has the definitions"
    said = {step.left.of.name for _, step in told if isinstance(step.left, Slope)}
    used = {
        node.of.name
        for _, step in told
        for side in step.chain
        for node in walk(side)
        if isinstance(node, Slope)
    }
    notation = {name for name in used if name.startswith("a")} if "δ" in dict(conventions(job)) else set()
    inside = {"q"} if job.model == "gru" else set()  # of the candidate, as its delta is
    assert used <= said | notation | inside


@pytest.mark.parametrize("model", [card.key for card in MODELS if card.key not in ("clipping", "birnn")])
def test_is_a_third_of_the_lines_at_most(model: str) -> None:
    derivation = derive(cleaned(GradientJob(model, wrt="")))
    assert 1 <= len(compact(derivation)) <= 0.4 * len(derivation.steps)


def test_lines_have_the_level_of_the_telling_they_are_in() -> None:
    report, derivation = solve(GradientJob()), derive(GradientJob())
    assert isinstance(report, Report)
    assert {line.number for line in report.lines if line.level == COMPACT} == in_short(derivation)
    assert all(line.level >= derivation[line.number].level for line in report.lines)


def test_of_the_plain_network_these_eight_lines() -> None:
    assert [step.rule for _, step in compact(derive(GradientJob()))] == [
        "squared-error-slope",
        "through-matrix",
        "back-in-time",
        "through-function",
        "sum-over-time",
        "step-jacobian",
        "sum-of-products",
        "vanishing",
    ]


def test_of_a_gate_its_own_chain() -> None:
    told = [step.left for _, step in compact(derive(GradientJob("lstm", "U_f")))]
    names = [left.of.name for left in told if isinstance(left, Slope)]
    assert names == ["yhat", "h", "h", "m", "c", "c", "f", "a_f", "U_f"]


@pytest.mark.parametrize("wrt", ["g_by_norm", "g_by_value"])
def test_of_clipping_the_definition_stays(wrt: str) -> None:
    derivation = derive(cleaned(GradientJob("clipping", wrt)))
    assert derivation.answer in [number for number, _ in compact(derivation)]
