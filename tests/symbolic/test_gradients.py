"""The derivation of BPTT against autograd, the hand-written passes and differences; and its mutations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.nets import scalar_rnn_gradient as autograd_gradient
from engine.symbolic import bptt, gradient
from engine.symbolic.dispatch import solve
from engine.symbolic.expr import ONE, Add, Big, Diff, Expr, Mul, Num, Pow, Sym, num, plus, swap, times
from engine.symbolic.jobs import AutogradJob, BpttJob
from engine.symbolic.program import PARAMETERS, ProgramWorld, drawn, leaf
from engine.symbolic.report import Agreement, Refusal, Report
from engine.symbolic.rules import CATALOGUE
from engine.symbolic.steps import Step

JOBS = [
    BpttJob(steps, wrt, half, seed=10 * steps + half)
    for wrt in PARAMETERS
    for steps in range(1, 7)
    for half in (True, False)
]
NAMES = [f"{job.wrt}-T{job.steps}-{'half' if job.half_loss else 'whole'}" for job in JOBS]


def report(job: BpttJob) -> Report:
    found = solve(job)
    assert isinstance(found, Report), found
    return found


@pytest.mark.parametrize("job", JOBS, ids=NAMES)
def test_every_line_holds_and_everybody_agrees(job: BpttJob) -> None:
    found = report(job)
    assert all(line.check is not None and line.check.ok and line.check.points == 8 for line in found.lines)
    sources = [way.source for way in found.agreements]
    assert sources == ["derivation", "hand-written BPTT", "SymPy forwards in time", "central difference"]
    assert all(way.ok for way in found.agreements)
    numbers = drawn(job)[0]
    value = found.agreements[0].value
    expected = autograd_gradient(numbers.values, numbers.xs, numbers.y, job.wrt, job.half_loss)
    assert value == pytest.approx(expected, rel=1e-9, abs=1e-15)
    assert found.lines[-1].value == pytest.approx(value, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("wrt", PARAMETERS)
def test_the_oracle_process_job(wrt: str) -> None:
    found = solve(AutogradJob(BpttJob(4, wrt)))
    assert isinstance(found, Agreement)
    assert found.source == "torch autograd"
    assert found.ok
    assert found.error < 1e-9


def test_the_shape_of_a_derivation() -> None:
    """T = 3 for w: 6 forward lines, output, loss, then back; one delta and one immediate part a time."""
    rules = [line.rule for line in report(BpttJob(3, "w")).lines]
    assert rules[:8] == ["preactivation", "state"] * 3 + ["output", "loss"]
    for rule, times_used in [
        ("delta", 3),
        ("back-in-time", 2),
        ("immediate-preactivation", 3),
        ("step-jacobian", 2),
    ]:
        assert rules.count(rule) == times_used
    assert rules[-2:] == ["sum-of-products", "insert"]
    assert rules.count("sum-over-time") == 1


def test_the_boxed_sum() -> None:
    latex = {line.rule: line.latex for line in report(BpttJob(3, "w")).lines}
    assert latex["sum-of-products"] == (
        r"\frac{\partial L}{\partial w} = \sum_{j=1}^{3} \frac{\partial L}{\partial \hat{y}}\, "
        r"\frac{\partial \hat{y}}{\partial h_{3}}\, \left(\prod_{k=j + 1}^{3} "
        r"\frac{\partial h_{k}}{\partial h_{k - 1}}\right)\, \frac{\partial^{+} h_{j}}{\partial w}"
    )


def test_names_stay() -> None:
    """Nothing is expanded: one tanh a line at most, and only where a state is defined."""
    for line in report(BpttJob(6, "w")).lines:
        assert line.latex.count(r"\tanh") == (line.rule == "state")


def test_conventions_and_numbers_are_shown() -> None:
    found = report(BpttJob(2, "u", half_loss=False, seed=3))
    assert ("Loss", "squared error without the factor 1/2, of the last output only") in found.conventions
    assert [name for name, _ in found.numbers] == ["w", "u", "b", "v", "c", "h_{0}", "x_{1}", "x_{2}", "y"]


def test_another_seed_gives_other_numbers() -> None:
    assert report(BpttJob(2, seed=1)).numbers != report(BpttJob(2, seed=2)).numbers
    assert report(BpttJob(2, seed=1)).numbers == report(BpttJob(2, seed=1)).numbers


@pytest.mark.parametrize("job", [BpttJob(0), BpttJob(7), BpttJob(2, "q"), BpttJob(-1, "w")])
def test_what_is_refused(job: BpttJob) -> None:
    for asked in (job, AutogradJob(job)):
        found = solve(asked)
        assert isinstance(found, Refusal)
        assert found.reason
        assert found.way_out


# --- mutations -----------------------------------------------------------------------------


def checked(step: Step, job: BpttJob) -> bool:
    check = CATALOGUE[step.rule].checker(step, ProgramWorld(job, drawn(job)))
    assert check is not None
    return check.ok


def with_after(step: Step, after: Expr) -> Step:
    return replace(step, chain=(*step.chain[:-1], after))


def _flip_slope(part: Expr) -> Expr | None:
    """1 - h^2 -> 1 + h^2."""
    match part:
        case Add((Num(), inner)) if isinstance(getattr(inner, "body", None), Pow):
            return plus(ONE, inner.body)
    return None


def _later_state(part: Expr) -> Expr | None:
    """h_{t-1} -> h_t: the usual slip of one."""
    match part:
        case Sym("h", Num(value)):
            return Sym("h", num(value + 1 if value < 3 else value - 1))
    return None


def _wrong_lines(step: Step) -> list[Expr]:
    after = step.after
    wrong = [swap(after, _flip_slope), swap(after, _later_state), times(num(2), after), plus(after, ONE)]
    if isinstance(after, Add):
        wrong += [Add(after.terms[1:]) if len(after.terms) > 2 else after.terms[-1], after.terms[0]]
    if isinstance(after, Mul):
        wrong += [Mul(after.factors[1:]), Mul(after.factors[:-1])]
    if isinstance(after, Big):
        wrong += [replace(after, low=plus(after.low, ONE)), replace(after, high=plus(after.high, num(-1)))]
    return [mutation for mutation in wrong if mutation != after]


@pytest.mark.parametrize("wrt", PARAMETERS)
def test_each_changed_line_fails_its_check(wrt: str) -> None:
    job = BpttJob(3, wrt)
    kinds = set()
    for step in bptt.derive(job):
        assert checked(step, job)
        for mutation in _wrong_lines(step):
            assert not checked(with_after(step, mutation), job), (step.rule, mutation)
            kinds.add(step.rule)
    assert kinds == {step.rule for step in bptt.derive(job)}


def test_each_side_of_a_line_is_checked() -> None:
    """A wrong middle of the chain is found as well as a wrong end."""
    job = BpttJob(3, "w")
    for step in bptt.derive(job):
        for place in range(len(step.chain)):
            chain = [*step.chain[:place], plus(step.chain[place], ONE), *step.chain[place + 1 :]]
            assert not checked(replace(step, chain=tuple(chain)), job)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("slope", lambda t: plus(ONE, Pow(bptt.state(t), num(2)))),
        ("slope", lambda t: ONE),
        ("slope", lambda t: plus(ONE, times(num(-1), bptt.state(t)))),
        ("state", lambda t: Sym("h", num(t + 1) if isinstance(t, int) else t)),
    ],
)
def test_a_slip_in_the_derivation_becomes_a_refusal(
    name: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bptt, name, wrong)
    found = solve(BpttJob(3, "w"))
    assert isinstance(found, Refusal)


def test_last_term_only_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mistake that the notes warn of: taking only the last use of w."""
    job = BpttJob(3, "w")
    steps = bptt.derive(job)
    [whole] = [step for step in steps if step.rule == "sum-over-time"]
    assert isinstance(whole.after, Add)
    assert not checked(with_after(whole, whole.after.terms[-1]), job)
    shortened = (*steps[:-1], with_after(steps[-1], steps[-1].after.terms[0]))
    monkeypatch.setattr(gradient, "derive", lambda _job: shortened)
    assert isinstance(solve(job), Refusal)


def test_the_oracle_knows_derivatives_it_was_not_told() -> None:
    """The nudged program against central differences of itself, for the parts that lines speak of."""
    job = BpttJob(3, "w", seed=5)
    [point, *_] = ProgramWorld(job, drawn(job)).points(bptt.derive(job)[0])
    total = point.derivative(Diff(Sym("L"), leaf("w")))
    shares = sum(
        point.letter(bptt.delta(t)) * point.derivative(Diff(bptt.pre(t), leaf("w"), immediate=True))
        for t in (1, 2, 3)
    )
    assert total == pytest.approx(shares, rel=1e-12)
