"""Is a student's next line right? Judged by numbers, with the mistake or the convention by its name.

    asked.py               which line is asked for
    reading.py             what was typed, as trees; claimed.py: what it claims
    bench.py               the derivation with numbers; guarded.py: those that there are
    claim.py               what is said to be equal, tried out; tried.py: at which times
    true_lines.py          what is true: the next line, a later one, nothing new
    other_conventions.py   what is true in another book
    wrong_lines.py         what is wrong: where it breaks
    recognised.py          which mistake that is; mistakes.py: those that we know
    feedback.py            the sentences

Knows no window.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from engine.derivations import catalogue
from engine.derivations.types_of_jobs import mistyped
from engine.errors import ConfigError, FormulaError
from engine.symbolic.jobs import WorkingJob, gradient_of
from engine.symbolic.report import Judged, Verdict
from engine.working import feedback
from engine.working.asked import Asked, aim, asked_after
from engine.working.bench import Bench, bench
from engine.working.claim import Claim
from engine.working.claimed import claimed
from engine.working.other_conventions import conventions_of
from engine.working.reading import as_equation, understood
from engine.working.tried import cases_about
from engine.working.true_lines import on_true
from engine.working.wrong_lines import on_no_line, on_true_at_some_times, on_wrong_of


def judged(job: WorkingJob) -> Verdict:
    """What becomes of `job.text` as the line after the first `job.known` lines of the derivation.

    With `known` = 0 it may be any line. Lines that only a finer telling has may be left out. If only a
    right side was typed, the left side is that of the next line. Never raises for what is typed.
    """
    refused = _refused(job)
    if refused:
        return refused
    try:
        here = bench(catalogue.cleaned(gradient_of(job)))
    except ConfigError as error:  # given numbers that do not fit
        return replace(feedback.no_numbers(error), text=job.text)
    known = min(max(job.known, 0), len(here.derivation.steps))
    verdict = _read_and_judged(here, job.text, asked_after(here.derivation, known))
    return replace(verdict, text=job.text)


def _refused(job: WorkingJob) -> Verdict | None:
    mistake = mistyped(job)
    if mistake:
        return Verdict(Judged.UNREADABLE, " ".join(mistake))
    refused = catalogue.refused(gradient_of(job))
    return refused and Verdict(Judged.UNREADABLE, " ".join(refused), text=job.text)


def _read_and_judged(here: Bench, text: str, asked: Asked) -> Verdict:
    claim = claimed(here, text, asked.lines)
    try:
        understood(here.job, as_equation(text)[0])
    except FormulaError as error:
        if claim is None or not claim.held():  # it may hold after all: a vec is as long as a product
            verdict = _elsewhere(here, text, asked) or (claim and _misshapen(claim, asked))
            return verdict or feedback.unreadable(error)
    if claim is None:
        return feedback.finished()
    return replace(_judged(claim, text, asked), latex=feedback.written(claim))


def _misshapen(claim: Claim, asked: Asked) -> Verdict | None:
    """The verdict on sides of different shapes; None if no mistake that we know explains them."""
    verdict = on_wrong_of(claim, asked) if claim.lines() else None
    return replace(verdict, latex=feedback.written(claim)) if verdict and verdict.mistake else None


def _judged(claim: Claim, text: str, asked: Asked) -> Verdict:
    """The verdict on what can be read."""
    lines = claim.lines()
    if not lines and claim.turned().held():
        claim = claim.turned()
        lines = claim.lines()
    if not lines:
        return _of_no_line(claim, text, asked)
    held, meant = claim.held(), aim(list(lines), asked)
    if not held or held[-1] <= asked.known < meant:
        return _elsewhere(claim.bench, text, asked) or on_wrong_of(claim, asked)
    if claim.true_everywhere():
        return on_true(claim, held, asked)
    return _elsewhere(claim.bench, text, asked) or on_true_at_some_times(claim, aim(held, asked))


def _elsewhere(here: Bench, text: str, asked: Asked) -> Verdict | None:
    """The verdict if it is true under another convention, at times at which it is not true here."""
    ours = claimed(here, text, asked.lines)
    true_here = ours.true_cases() if ours else set()
    for convention, claim in conventions_of(here, text, asked.lines):
        if _is_true(claim, true_here, asked):
            lines = here.told(here.lines_of(claim.left))
            return feedback.other_convention(convention, aim(lines, asked) if lines else 0)
    return None


def _is_true(claim: Claim, true_here: AbstractSet[object], asked: Asked) -> bool:
    """Whether it says something, and that is true, at other times than those `true_here`."""
    lines = claim.lines()
    if not lines:
        cases = cases_about(claim.bench, claim.left, claim.right)
        return cases is not None and claim.holds(cases) and not claim.empty(cases)
    held = claim.held()
    if not claim.true_cases() - true_here or not claim.true_everywhere():
        return False
    return not claim.is_only_of(aim(held, asked), held) and not claim.empty(lines[held[-1]].cases)


def _of_no_line(claim: Claim, text: str, asked: Asked) -> Verdict:
    """A left side that the derivation does not have: true or not, it is not the next line."""
    verdict = on_no_line(claim, asked)
    return verdict if verdict.judged is Judged.SKIPS else _elsewhere(claim.bench, text, asked) or verdict
