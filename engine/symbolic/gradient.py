"""BpttJob -> Report, AutogradJob -> Agreement: the derivation with its numbers, and who agrees with it.

The derivation's own last line gives the value; the engine's hand-written passes, SymPy, a
central difference and, in a process of its own, torch's autograd are asked for the same.
"""

from __future__ import annotations

import logging
import time

from engine.symbolic.bptt import MAX_STEPS, derive
from engine.symbolic.evaluate import evaluate
from engine.symbolic.explain import lines
from engine.symbolic.expr import Diff, Sym
from engine.symbolic.jobs import AutogradJob, BpttJob
from engine.symbolic.program import PARAMETERS, Numbers, Point, ProgramWorld, central_difference, drawn, leaf
from engine.symbolic.report import Agreement, Line, Method, Refusal, Report, Status
from engine.symbolic.steps import Step
from engine.symbolic.typeset import latex
from engine.symbolic.verify import agreement

_LOG = logging.getLogger(__name__)

_MISMATCH = "A line of our derivation does not match the numbers of the network, so none of it is shown."


def answer(job: BpttJob) -> Report | Refusal:
    """The checked derivation of the gradient that `job` asks for."""
    started = time.perf_counter()
    refusal = _refused(job)
    if refusal is not None:
        return refusal
    choices, steps = drawn(job), derive(job)
    checked = lines(steps, ProgramWorld(job, choices))
    agreements = _agreements(job, steps, choices[0])
    if not all(line.check is not None and line.check.ok for line in checked):
        _LOG.error("%s: %r", _MISMATCH, job)
        return Refusal(_MISMATCH, "Please report the choice that led here: it should not happen.")
    return _report(job, checked, agreements, choices[0], started)


def by_autograd(job: AutogradJob) -> Agreement | Refusal:
    """torch's gradient at the shown numbers, against the derivation's. Imports torch: slow the first time."""
    from engine.nets import scalar_rnn_gradient

    refusal = _refused(job.bptt)
    if refusal is not None:
        return refusal
    numbers = drawn(job.bptt)[0]
    found = scalar_rnn_gradient(numbers.values, numbers.xs, numbers.y, job.bptt.wrt, job.bptt.half_loss)
    return agreement("torch autograd", found, value_of(job.bptt, derive(job.bptt), numbers))


def value_of(job: BpttJob, steps: tuple[Step, ...], numbers: Numbers) -> float:
    """The derivation's final expression at `numbers`."""
    return float(evaluate(steps[-1].after, Point(numbers, job.half_loss)))


def _refused(job: BpttJob) -> Refusal | None:
    if not 1 <= job.steps <= MAX_STEPS:
        return Refusal(f"T = {job.steps} is outside 1 to {MAX_STEPS}.", f"Choose T from 1 to {MAX_STEPS}.")
    if job.wrt not in PARAMETERS:
        names = ", ".join(PARAMETERS)
        return Refusal(f"The network has no parameter “{job.wrt}”.", f"Choose one of {names}.")
    return None


def _agreements(job: BpttJob, steps: tuple[Step, ...], numbers: Numbers) -> tuple[Agreement, ...]:
    from engine.bptt import scalar_rnn_gradient
    from engine.symbolic.second_opinion import sympy_gradient

    reference = value_of(job, steps, numbers)
    difference = central_difference(numbers, job.half_loss, job.wrt)
    by_hand = scalar_rnn_gradient(numbers.values, numbers.xs, numbers.y, job.wrt, job.half_loss)
    return (
        agreement("derivation", reference, reference),
        agreement("hand-written BPTT", by_hand, reference),
        agreement("SymPy forwards in time", sympy_gradient(numbers, job.half_loss, job.wrt), reference),
        agreement("central difference", difference, reference, smallest=1e-3),  # it rounds at about 1e-11
    )


def _report(
    job: BpttJob,
    checked: tuple[Line, ...],
    agreements: tuple[Agreement, ...],
    numbers: Numbers,
    started: float,
) -> Report:
    name = "h₀" if job.wrt == "h_0" else job.wrt
    value = agreements[0].value
    agree = "agree" if all(found.ok for found in agreements) else "do not all agree"
    others = ", ".join(found.source for found in agreements[1:-1])
    return Report(
        title=f"∂L/∂{name} of the scalar RNN, T = {job.steps}",
        problem=_problem(job),
        conventions=_conventions(job),
        numbers=_shown(numbers),
        lines=checked,
        result=checked[-1].latex,
        summary=f"∂L/∂{name} = {value:.6g} at the shown numbers; the derivation, {others} and "
        f"{agreements[-1].source} {agree}.",
        status=Status.PROVEN,
        agreements=agreements,
        methods=_methods(job),
        milliseconds=(time.perf_counter() - started) * 1000,
    )


def _problem(job: BpttJob) -> str:
    factor = r"\tfrac{1}{2}" if job.half_loss else ""
    gradient = latex(Diff(Sym("L"), leaf(job.wrt)))
    return (
        r"\begin{aligned} h_t &= \tanh(w\,h_{t-1} + u\,x_t + b), \quad t = 1, \dots, "
        rf"{job.steps} \\[4pt] \hat{{y}} &= v\,h_{{{job.steps}}} + c, \qquad L = {factor}(\hat{{y}} - y)^2 "
        rf"\\[4pt] {gradient} &=\ ? \end{{aligned}}"
    )


def _conventions(job: BpttJob) -> tuple[tuple[str, str], ...]:
    factor = "with the factor 1/2" if job.half_loss else "without the factor 1/2"
    return (
        ("Loss", f"squared error {factor}, of the last output only"),
        ("∂⁺", "immediate derivative: earlier states held constant"),
        ("δₜ", "the derivative of L by aₜ, what goes into tanh"),
    )


def _shown(numbers: Numbers) -> tuple[tuple[str, float], ...]:
    parameters = [(latex(leaf(name)), numbers.values[name]) for name in PARAMETERS]
    inputs = [(f"x_{{{t}}}", x) for t, x in enumerate(numbers.xs, start=1)]
    return (*parameters, *inputs, ("y", numbers.y))


def _methods(job: BpttJob) -> tuple[Method, ...]:
    if job.wrt in ("v", "c"):
        return (
            Method("Chain rule", True, f"{job.wrt} is used once, after the last step: no sum over time."),
        )
    return (
        Method("Backwards through time", True, "One pass back gives every delta; its cost grows like T."),
        Method(
            "Expanding everything",
            False,
            "Written out in the parameters alone, the formula nests one tanh into the next and repeats each "
            "inner part many times.",
        ),
    )
