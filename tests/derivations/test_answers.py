"""Whole answers: every line checked, its numbers those of others, unfolded lines, refusals."""

from __future__ import annotations

import dataclasses
import itertools
import logging

import numpy as np
import pytest

from engine.checking import by_hand, torch_forwards
from engine.checking.agreements import agreement
from engine.checking.drawing import drawn, steps_of
from engine.checking.oracles import Array, forward
from engine.derivations import answers, catalogue, lines
from engine.derivations.derive import derive
from engine.derivations.steps import Derivation
from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import Given, GradientJob, OpinionJob, UnfoldJob
from engine.symbolic.report import Agreement, Check, Refusal, Report, Unfolded, Value
from engine.tape import makers
from engine.tape.index import At
from engine.tape.nodes import Add, Node, Slope, Sum, Transpose, Var
from engine.tape.walk import swap
from studyapp.commands import derive_words


def first_of(model: str) -> GradientJob:
    return catalogue.cleaned(GradientJob(model, wrt=""))


MODELS = [card.key for card in catalogue.MODELS]
EVERY = [
    dataclasses.replace(first_of(model), wrt=parameter.key)
    for model in MODELS
    for parameter in catalogue.parameters(first_of(model))
]


def report(job: GradientJob) -> Report:
    found = solve(job)
    assert isinstance(found, Report), found
    return found


def matrix(value: Value) -> Array:
    assert max(value.shape) <= 6, "all of it is shown"
    return np.array(value.rows)


@pytest.mark.parametrize("job", EVERY, ids=lambda job: f"{job.model}-{job.wrt}")
def test_every_line_holds_and_everybody_agrees(job: GradientJob) -> None:
    for steps in (1, 3) if catalogue.has_steps(job) else (job.steps,):
        found = report(dataclasses.replace(job, steps=steps))
        assert [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))
        assert all(line.check is None or line.check.ok for line in found.lines)
        assert all(use < line.number for line in found.lines for use in line.uses)
        assert len(found.agreements) >= 2
        assert all(way.ok for way in found.agreements), found.agreements
        assert found.title == catalogue.title(dataclasses.replace(job, steps=steps))
        assert "do not" not in found.summary


@pytest.mark.parametrize("model", MODELS)
def test_the_value_is_that_of_autograd(model: str) -> None:
    job = first_of(model)
    found = report(job)
    here = {name: array[0] for name, array in drawn(job).items()}
    theirs = torch_forwards.gradient(job, here, job.wrt)
    assert found.agreements[0].value == pytest.approx(float(np.linalg.norm(theirs)), rel=1e-9)
    opinion = solve(OpinionJob(job))
    assert isinstance(opinion, Agreement)
    assert opinion.ok
    assert opinion.value == pytest.approx(found.agreements[0].value, rel=1e-9)


@pytest.mark.parametrize("in_rows", [False, True])
def test_lines_show_what_the_oracle_computes(in_rows: bool) -> None:
    job = GradientJob("lstm", "U_f", 3, rows=in_rows)
    made = forward(job, drawn(job))
    shown = {
        line.latex.split("=")[0].strip(" &{}").removeprefix(r"\begin{aligned} "): line
        for line in report(job).lines
    }
    for name in "figocmh":
        line = next(line for left, line in shown.items() if left.startswith(name + "_"))
        assert [each.at for each in line.values] == ["t = 1", "t = 2", "t = 3"]
        for t, each in enumerate(line.values, start=1):
            wanted = made[name][0, t]
            np.testing.assert_allclose(matrix(each), wanted.T if in_rows else wanted, rtol=1e-12)
            assert each.norm == pytest.approx(np.linalg.norm(wanted))


def test_rows_and_bounds_are_written_as_such() -> None:
    columns, rows = report(GradientJob()), report(GradientJob(rows=True))
    assert columns.lines[0].latex == "a_t = W_h h_{t-1} + W_i x_t + b_h"
    assert rows.lines[0].latex == "a_t = h_{t-1} W_h + x_t W_i + b_h"
    assert rows.lines[0].shape == "row of h"
    assert rows.problem.startswith(r"\begin{aligned} a_t &= h_{t-1} W_h + x_t W_i + b_h,\quad t = 1, 2, 3")
    assert columns.problem.endswith(r"\frac{\partial L}{\partial W_h} &=\ ? \end{aligned}")
    assert columns.result == r"\frac{\partial L}{\partial W_h} = \sum_{t=1}^{3} \delta_t h_{t-1}^{\top}"
    bounds = [line.latex for line in columns.lines if line.rule == "jacobian-bound"]
    assert bounds
    assert all(r"\le" in latex for latex in bounds)


def test_what_is_new_in_a_line_is_in_focus() -> None:
    focused = [line for line in report(GradientJob("lstm", "U_f")).lines if line.focus]
    assert len(focused) > 5
    for line in focused:
        before, after = line.focus.split(r"\focus{", 1)
        assert line.latex.startswith(before), "only the last side is marked"
        assert line.focus.count(r"\focus{") >= 1
        assert len(after) > 1


def test_the_given_numbers_are_listed() -> None:
    job = GradientJob("rnn", "W_h", 2)
    found, arrays = report(job), drawn(job)
    listed = dict(found.matrices)
    np.testing.assert_array_equal(matrix(listed["W_h"]), arrays["W_h"][0])
    np.testing.assert_array_equal(matrix(listed["x_2"]), arrays["x"][0, 2])
    np.testing.assert_array_equal(matrix(listed["h_0"]), arrays["h"][0, 0])
    scalar = report(dataclasses.replace(job, scalar=True))
    assert not scalar.matrices
    assert dict(scalar.numbers)["x_1"] == drawn(dataclasses.replace(job, scalar=True))["x"][0, 1].item()


def test_a_network_of_one_unit_has_numbers_and_sympy_agrees() -> None:
    found = report(GradientJob(scalar=True, steps=2))
    assert "SymPy, written out" in [way.source for way in found.agreements]
    assert not any("norm" in way.source for way in found.agreements)
    assert all(line.shape == "" for line in found.lines)
    last = found.lines[-1]
    assert last.value is not None or last.values


def test_the_scalar_view_goes_along_where_the_network_has_one() -> None:
    with_one, without = report(GradientJob()), report(GradientJob(loss="cross-entropy"))
    twins = {line.latex for line in report(GradientJob(scalar=True)).lines}
    beside = [line.scalar for line in with_one.lines if line.scalar]
    assert len(beside) >= len(with_one.lines) * 2 // 3
    assert set(beside) <= twins
    assert not any(line.scalar for line in without.lines)


def test_t_stays_a_letter_or_is_a_number() -> None:
    letter, number = report(GradientJob(steps=0)), report(GradientJob(steps=3))
    assert any("T" in line.span for line in letter.lines)
    assert not any("T" in line.span for line in number.lines)
    assert "any T" in letter.title
    assert all(len(line.values) == line.unfolds for line in letter.lines if line.unfolds)


def test_unfolded_lines_are_those_of_their_times() -> None:
    job = GradientJob("rnn", "W_h", 4)
    found = report(job)
    line = next(line for line in found.lines if line.unfolds > 1)
    unfolded = solve(UnfoldJob(job, line.number))
    assert isinstance(unfolded, Unfolded)
    assert [each.span for each in unfolded.lines] == [value.at for value in line.values]
    assert [each.values for each in unfolded.lines] == [(value,) for value in line.values]
    assert all(each.number == line.number and not each.unfolds for each in unfolded.lines)
    assert len({each.latex for each in unfolded.lines}) == line.unfolds
    assert not any("_{t" in each.latex or "_t" in each.latex for each in unfolded.lines)


def test_a_single_line_unfolds_into_nothing_and_a_missing_one_is_refused() -> None:
    job = GradientJob()
    single = next(line for line in report(job).lines if not line.unfolds)
    assert solve(UnfoldJob(job, single.number)) == Unfolded(single.number, ())
    for number in (0, 999):
        refused = solve(UnfoldJob(job, number))
        assert isinstance(refused, Refusal)
        assert str(number) in refused.reason


def test_the_same_question_is_derived_once() -> None:
    answers._told.cache_clear()
    report(GradientJob(seed=77))
    solve(UnfoldJob(GradientJob(seed=77), 1))
    assert answers._told.cache_info().misses == 1


@pytest.mark.parametrize("steps", [12, 50])
@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "birnn", "layers", "attention"])
def test_long_sequences_are_checked_too(model: str, steps: int) -> None:
    found = report(dataclasses.replace(first_of(model), steps=steps))
    assert all(way.ok for way in found.agreements), found.agreements


OPTIONS = [
    dataclasses.replace(first_of(model), **dict(zip(fields, values, strict=True)))
    for model, fields, choices in (
        (
            "rnn",
            ("activation", "outputs", "loss"),
            (("sigmoid", "relu", "identity"), ("last", "each"), ("half", "whole", "cross-entropy")),
        ),
        ("rnn", ("truncate", "outputs", "steps"), ((1, 2, 3), ("last", "each"), (0, 4))),
        ("lstm", ("gates", "outputs", "truncate"), (("apart", "stacked"), ("last", "each"), (0, 2))),
        ("gru", ("update", "reset", "outputs"), (("keep", "take"), ("after", "before"), ("last", "each"))),
        ("gru", ("scalar", "truncate"), ((True, False), (0, 2))),
        ("birnn", ("outputs", "loss"), (("last", "each"), ("half", "cross-entropy"))),
        ("layers", ("outputs", "truncate"), (("last", "each"), (0, 2))),
    )
    for values in itertools.product(*choices)
]


@pytest.mark.parametrize(
    "job",
    OPTIONS,
    ids=lambda job: (
        f"{job.model}-{job.activation}-{job.outputs}-{job.loss}-{job.truncate}-{job.gates}-{job.update}-{job.reset}-{job.steps}-{job.scalar}"
    ),
)
def test_every_choice_holds(job: GradientJob) -> None:
    job = catalogue.cleaned(job)
    for told in (job, dataclasses.replace(job, rows=not job.scalar)):
        assert all(way.ok for way in report(told).agreements)


@pytest.mark.parametrize(
    ("job", "names"),
    [
        (GradientJob("jordan"), "jordan"),
        (GradientJob(steps=51), "51"),
        (GradientJob(steps=-1), "-1"),
        (GradientJob("lstm", "W_h"), "W_h"),
        (GradientJob(activation="swish"), "swish"),
        (GradientJob(scalar=True, loss="cross-entropy"), "softmax"),
        (GradientJob(steps=1, given=Given("a test", (), ((1.0,),), ((1.0,),))), "W_h"),
    ],
)
def test_what_is_refused(job: GradientJob, names: str) -> None:
    for asked in (job, UnfoldJob(job, 1), OpinionJob(job)):
        found = solve(asked)
        assert isinstance(found, Refusal)
        assert names in found.reason
        assert found.way_out


def test_a_line_that_does_not_hold_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole answer is refused, and the line is logged."""
    answers._told.cache_clear()
    held = lines.Telling.checks

    def broken(self: lines.Telling) -> tuple[Check | None, ...]:
        found = list(held(self))
        found[3] = Check("both sides", 8, 0.5, False)
        return tuple(found)

    monkeypatch.setattr(lines.Telling, "checks", broken)
    with caplog.at_level(logging.ERROR):
        found = solve(GradientJob())
    answers._told.cache_clear()
    assert isinstance(found, Refusal)
    assert "Our fault" in found.reason
    assert "line 4" in caplog.text


def test_t_is_as_long_as_the_numbers() -> None:
    assert steps_of(GradientJob(steps=0)) == catalogue.SHOWN_STEPS
    found = report(GradientJob(steps=0))
    assert found.network is not None
    assert found.network.steps == catalogue.SHOWN_STEPS


def given_rnn(h: int, T: int) -> tuple[GradientJob, dict[str, Array]]:
    """A network of h units that comes from elsewhere, with one-hot inputs of 5 and an output at each step."""
    rng = np.random.default_rng(h)
    shapes = {"W_h": (h, h), "W_i": (h, 5), "b_h": (h, 1), "W_o": (5, h), "b_o": (5, 1), "h_0": (h, 1)}
    arrays = {name: rng.normal(0, 0.5, shape) for name, shape in shapes.items()}
    x, y = np.eye(5)[rng.integers(0, 5, T)], np.eye(5)[rng.integers(0, 5, T)]
    rows = {name: tuple(map(tuple, array.tolist())) for name, array in (arrays | {"x": x, "y": y}).items()}
    given = Given("a test", tuple((name, rows[name]) for name in shapes), rows["x"], rows["y"])
    return GradientJob("rnn", "W_h", T, outputs="each", loss="cross-entropy", given=given), arrays


def test_given_numbers_are_shown_and_everybody_agrees_about_them() -> None:
    job, arrays = given_rnn(6, 3)
    found = report(job)
    np.testing.assert_array_equal(matrix(dict(found.matrices)["W_h"]), arrays["W_h"])
    first = next(line for line in found.lines if line.rule == "preactivation")
    x = np.array(job.given.inputs[0] if job.given else ())[:, None]
    wanted = arrays["W_h"] @ arrays["h_0"] + arrays["W_i"] @ x + arrays["b_h"]
    np.testing.assert_allclose(matrix(first.values[0]), wanted, rtol=1e-12)
    opinion = solve(OpinionJob(job))
    assert isinstance(opinion, Agreement)
    assert opinion.ok
    assert opinion.value == pytest.approx(found.agreements[0].value, rel=1e-9)
    assert all(way.ok for way in found.agreements)


def test_differences_at_some_entries_show_no_norm_of_all() -> None:
    """16 × 16 weights are too many to nudge each: the norm of a sample would look like a disagreement."""
    job, _ = given_rnn(16, 3)
    found = report(job)
    (sampled,) = [way for way in found.agreements if "160 of 256" in way.source]
    assert sampled.ok
    assert sampled.value is None
    assert "norm" not in sampled.source
    assert all(way.value is not None for way in found.agreements if way is not sampled)
    assert f"{sampled.source}: (relative error" in derive_words.words(found)
    assert "160 of 256" in found.summary


def test_huge_jacobians_have_no_values_but_unfold() -> None:
    job, _ = given_rnn(40, 8)
    found = report(job)
    (huge,) = [line for line in found.lines if line.rule == "immediate-derivative"]
    assert not huge.values
    unfolded = solve(UnfoldJob(job, huge.number))
    assert isinstance(unfolded, Unfolded)
    assert len(unfolded.lines) == huge.unfolds == 8
    assert not any(line.values for line in unfolded.lines)
    assert any(line.values for line in found.lines)


# --- mutations -----------------------------------------------------------------------------


def _as_it_lies(part: Node) -> Node | None:
    """A square matrix that is not transposed any more."""
    square = isinstance(part, Transpose) and part.shape[0] == part.shape[1] != "1"
    return part.body if square and isinstance(part, Transpose) else None


def _now(part: Node) -> Node | None:
    """h_t for h_{t-1}, δ_t for δ_{t+1}, and the other way round."""
    match part:
        case Var(_, name, At("t" | "k" | "j", shift) as time):
            return makers.var(name, part.shape, time + (1 if shift < 0 else -1))
        case Slope(_, Var(_, name, At("t", shift) as time)) if shift > 0:
            return makers.slope(makers.var(name, part.shape, time - 1))
    return None


def _not_squashed(part: Node) -> Node | None:
    """a_t for h_t = tanh(a_t)."""
    match part:
        case Var(_, "h", At(_, _) as time):
            return makers.var("a", part.shape, time)
    return None


def _shorter(part: Node) -> Node | None:
    """A sum without its first term, of times as well."""
    match part:
        case Add(_, terms):
            return makers.add(*terms[1:])
        case Sum(_, body, index, low, high):
            return makers.sum_over(body, index, low + 1, high)
    return None


SLIPS = (_as_it_lies, _now, _not_squashed, _shorter)


def slipped(derivation: Derivation) -> list[tuple[str, Derivation]]:
    """The derivation with one line changed in its last side, for each line and slip that changes it."""
    found = []
    for place, step in enumerate(derivation.steps):
        if step.relation != "=":
            continue  # a bound that is looser still holds
        for slip in SLIPS:
            wrong = swap(step.after, slip)
            if wrong is not step.after and wrong.shape == step.after.shape:
                changed = dataclasses.replace(step, chain=(*step.chain[:-1], wrong), focus=None)
                steps = (*derivation.steps[:place], changed, *derivation.steps[place + 1 :])
                found.append((f"{step.rule}, {slip.__name__}", dataclasses.replace(derivation, steps=steps)))
    return found


@pytest.mark.parametrize(
    ("model", "wrt"),
    [("rnn", "W_h"), ("lstm", "U_f"), ("gru", "U_n"), ("birnn", "W_h_rev"), ("attention", "W_i")],
)
def test_any_slip_in_any_line_turns_the_answer_into_a_refusal(
    model: str, wrt: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = catalogue.cleaned(GradientJob(model, wrt, outputs="each"))  # so that every time step matters
    slips = slipped(derive(job))
    assert len(slips) > 8
    assert len({name.split(", ")[1] for name, _ in slips}) >= (3 if model != "rnn" else 4)
    unnoticed = []
    for name, wrong in slips:
        monkeypatch.setattr(answers, "derive", lambda _job, wrong=wrong: wrong)
        answers._told.cache_clear()
        if not isinstance(answers.answer(job), Refusal):
            unnoticed.append(name)
    answers._told.cache_clear()
    assert not unnoticed
    assert caplog.text.count("line") >= len(slips)


# --- opinions that differ ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "reference", "error", "ok"),
    [
        ([[3.0, 4.0]], [[3.0, 4.0]], 0.0, True),
        ([[3.0, 4.4]], [[3.0, 4.0]], 0.4 / 4.4, False),
        ([[3.0, 1e-9]], [[3.0, 2e-9]], 1e-9 / 3e-6, False),  # relative to a millionth of the largest
        ([[3.0, 1e-17]], [[3.0, 0.0]], 1e-17 / 3e-6, True),
        ([[0.0]], [[0.0]], 0.0, True),
        ([[float("nan")]], [[1.0]], float("nan"), False),
    ],
)
def test_an_opinion_is_as_far_off_as_its_worst_entry(
    found: list[list[float]], reference: list[list[float]], error: float, ok: bool
) -> None:
    said = agreement("somebody", np.array(found), np.array(reference))
    assert said.error == pytest.approx(error, nan_ok=True)
    assert said.ok == ok
    single = np.size(found) == 1
    assert said.source == ("somebody" if single else "somebody (norm)")
    assert said.value == pytest.approx(float(np.linalg.norm(found)), nan_ok=True)


def test_who_disagrees_is_shown_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    job = GradientJob(seed=5)
    wrong = by_hand.gradient(job, {name: array[0] for name, array in drawn(job).items()}, "W_h") + 1e-5
    monkeypatch.setattr(by_hand, "gradient", lambda *_: wrong)
    answers._told.cache_clear()
    found = report(job)
    answers._told.cache_clear()
    assert [way.ok for way in found.agreements] == [True, False, True]
    assert "do not all agree" in found.summary
