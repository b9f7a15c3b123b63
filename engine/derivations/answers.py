"""GradientJob -> Report, UnfoldJob -> Unfolded: the derivation, checked, with its numbers and opinions.

Nothing that could not be checked leaves here: a line that does not match the numbers turns the
whole answer into a Refusal.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.checking import expansion
from engine.checking.agreements import agreements, point
from engine.checking.world import World, drawn
from engine.counting.costs import costs
from engine.derivations import catalogue
from engine.derivations.derive import derive
from engine.derivations.lines import Telling
from engine.derivations.methods import methods
from engine.derivations.network import network
from engine.derivations.problem import given_numbers, problem, result
from engine.derivations.steps import Derivation
from engine.derivations.types_of_jobs import mistyped
from engine.errors import ConfigError
from engine.symbolic.jobs import GradientJob, UnfoldJob
from engine.symbolic.report import Agreement, Line, Refusal, Report, Status, Unfolded

_LOG = logging.getLogger(__name__)

GIVEN_WAY_OUT = "Give matrices that fit, or take random numbers."
_MISMATCH = "Our fault: a line of this derivation does not match its numbers, so none of it is shown."


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer with what its lines were told from."""

    telling: Telling
    report: Report


def answer(job: GradientJob) -> Report | Refusal:
    """The checked derivation of the gradient that `job` asks for."""
    told = _asked(job)
    return told if isinstance(told, Refusal) else told.report


def unfolded(asked: UnfoldJob) -> Unfolded | Refusal:
    """A line of the answer to `asked.job`, once for each time that it holds for."""
    refused = mistyped(asked)
    told = Refusal(*refused) if refused else _asked(asked.job)
    if isinstance(told, Refusal):
        return told
    lines = told.report.lines
    if not 1 <= asked.number <= len(lines):
        return Refusal(
            f"There is no line {asked.number}; the derivation has {len(lines)}.", "Choose one of its lines."
        )
    return Unfolded(asked.number, told.telling.unfolded(lines[asked.number - 1]))


def refusal(job: GradientJob) -> Refusal | None:
    """Why the job cannot be done as it stands; None if it can."""
    refused = catalogue.refused(job)
    return None if refused is None else Refusal(*refused)


def _asked(job: GradientJob) -> _Told | Refusal:
    return refusal(job) or _told(catalogue.cleaned(job))


@lru_cache(maxsize=8)
def _told(job: GradientJob) -> _Told | Refusal:
    """Of a valid job. Kept, since a line that is unfolded should not derive everything anew."""
    started = time.perf_counter()
    derivation = derive(job)
    try:
        telling = Telling(derivation, *_worlds(derivation), _one_unit(job))
    except ConfigError as error:
        return Refusal(str(error), GIVEN_WAY_OUT)
    checks = telling.checks()
    for number, check in enumerate(checks, start=1):
        if check is not None and not check.ok:
            _LOG.error("%r: line %d, %s: %r", job, number, derivation[number].rule, check)
            return Refusal(_MISMATCH, "Please report the choices that led here: it should not happen.")
    return _Told(telling, _report(telling, telling.lines(checks), started))


def _worlds(derivation: Derivation) -> tuple[World, World]:
    """The numbers that are shown, and those that every line is tried with.

    Given numbers are only shown: a network that does something has so many weights that its
    Jacobians at 8 points would take minutes. What is random is shown and tried alike.
    """
    job = replace(derivation.job, given=None)
    trials = World(job, derivation.program, drawn(job))
    return (shown_world(derivation) if derivation.job.given else trials), trials


def shown_world(derivation: Derivation) -> World:
    """The shown numbers alone. Raises ConfigError: given ones do not fit."""
    numbers = {name: array[:1] for name, array in drawn(derivation.job).items()}
    return World(derivation.job, derivation.program, numbers)


def _one_unit(job: GradientJob) -> Derivation | None:
    """The same derivation with all sizes 1, if the model has it with the same choices."""
    scalar = replace(job, scalar=True, rows=False, seed=0, given=None)
    return _derived(scalar) if not job.scalar and catalogue.cleaned(scalar) == scalar else None


@lru_cache(maxsize=32)
def _derived(job: GradientJob) -> Derivation:
    return derive(job)


def _report(telling: Telling, lines: tuple[Line, ...], started: float) -> Report:
    derivation, world = telling.derivation, telling.world
    job = derivation.job
    expanded = expansion.gradient(job, point(world)) if expansion.applies(job, world.last) else None
    ways = agreements(derivation, world, expanded.slope if expanded else None)
    numbers, matrices = given_numbers(world)
    return Report(
        title=catalogue.title(job),
        problem=problem(derivation, telling.letters),
        conventions=catalogue.conventions(job),
        numbers=numbers,
        lines=lines,
        result=result(derivation, telling.letters),
        summary=_summary(job, ways),
        status=Status.PROVEN,
        agreements=ways,
        methods=methods(job, expanded.operations if expanded else None),
        milliseconds=(time.perf_counter() - started) * 1000,
        network=network(job, world.last if catalogue.has_steps(job) else 0),
        costs=costs(job, derivation.program),
        matrices=matrices,
    )


def _summary(job: GradientJob, ways: tuple[Agreement, ...]) -> str:
    """One sentence for the command line and for screen readers."""
    first, *others = ways
    what = "norm " if "norm" in first.source else ""
    *some, last = ["the derivation", *(way.source.removesuffix(" (norm)") for way in others)]
    agree = "agree" if all(way.ok for way in ways) else "do not all agree"
    listed = f"{', '.join(some)} and {last}"
    return f"{catalogue.title(job)}: {what}{first.value:.6g} at the shown numbers; {listed} {agree}."
