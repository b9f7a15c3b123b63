"""Is a student's next line about a recurrence or a count right? Judged by numbers.

A line is true if its sides agree wherever the derivation itself was tried; which line it is, its
shape tells (`meaning.py`); what is wrong with one that is not, the slips that we know.
"""

from __future__ import annotations

from dataclasses import replace

from engine.errors import FormulaError
from engine.growth.reading import NoGrowth, growth_of
from engine.practice import feedback
from engine.practice.bench import Bench, bench
from engine.practice.meaning import alike, is_about, lines_like, shape
from engine.practice.mistakes import Mistake, mistakes
from engine.practice.reading import Typed, read
from engine.recurrences.steps import Step
from engine.symbolic.expr import Call, Expr, letters
from engine.symbolic.jobs import CodeJob, RecurrenceJob, WorkingJob
from engine.symbolic.report import Judged, Refusal, Verdict

MOST_SLIPS = 400  # that are tried on a wrong line


def judged(job: WorkingJob) -> Verdict:
    """What becomes of `job.text` as the line after the first `job.known` lines.

    With `known` = 0 it may be any line. Without a left side it has that of the next line. Never
    raises for what is typed.
    """
    if not isinstance(job.job, RecurrenceJob | CodeJob):
        raise TypeError(f"{job.job!r} is no recurrence and no code")
    here = bench(job.job)
    if isinstance(here, Refusal):
        return Verdict(Judged.UNREADABLE, f"{here.reason} {here.way_out}", text=job.text)
    known = min(max(job.known, 0), len(here.steps))
    try:
        verdict = _judged(here, job.text, known)
    except FormulaError as error:
        verdict = Verdict(Judged.UNREADABLE, error.reason, column=error.column)
    except (ArithmeticError, ValueError):
        verdict = feedback.too_large()
    return replace(verdict, text=job.text)


def _judged(here: Bench, text: str, known: int) -> Verdict:
    typed = read(text, here.names, spoken(here))
    if typed.left is None and known >= len(here.steps):
        return feedback.finished()
    left = here.steps[known].left if typed.left is None else typed.left
    claim = typed.claim
    verdict = _of_sides(here, left, typed, known) if claim is None else _of_class(here, left, claim, known)
    return replace(verdict, latex=feedback.written(left, typed.sides))


def spoken(here: Bench) -> set[str]:
    """The letters that the derivation uses."""
    sides = (side for step in here.steps for side in (step.left, *step.chain))
    return set[str]().union(*(letters(side) for side in sides))


# --- equations -----------------------------------------------------------------------------


def _of_sides(here: Bench, left: Expr, typed: Typed, known: int) -> Verdict:
    try:
        wrong = next((side for side in typed.sides if not here.same(left, side)), None)
    except KeyError:
        return feedback.no_number()
    if wrong is not None:
        return _of_wrong(here, left, wrong, known)
    side = typed.sides[-1]
    if feedback.same(left, side):
        return feedback.empty(left)
    return _of_true(here, left, side, known)


def _of_true(here: Bench, left: Expr, side: Expr, known: int) -> Verdict:
    found = lines_like(here, left, side)
    later = [number for number in found if number > known]
    if not found:
        return feedback.beside(here, known)
    if not later:
        return feedback.again(here, found[-1])
    number = later[0]
    skipped = [step for step in range(known + 1, number) if known and _matters(here, step)]
    if skipped:
        return feedback.skips(here, number, skipped)
    return feedback.right(here, number, alike(here.steps[number - 1], side))


def _matters(here: Bench, number: int) -> bool:
    """Whether one should have written the line: not a first value, which was given."""
    return here.steps[number - 1].rule not in ("first-value", "assumed-first-value")


def _of_wrong(here: Bench, left: Expr, side: Expr, known: int) -> Verdict:
    if not is_about(here, left):
        return feedback.not_about(here, left, known)
    number, slip = _slip(here, left, side, known)
    difference = here.difference(left, side)
    verdict = feedback.wrong(slip, difference)
    return replace(verdict, line=number)


def _slip(here: Bench, left: Expr, side: Expr, known: int) -> tuple[int, Mistake | None]:
    """The line that was meant, and the one slip that explains what was typed instead of it."""
    following = [
        (number, step)
        for number, step in enumerate(here.steps, start=1)
        if number > known and feedback.same(step.left, left) and step.chain
    ]
    slips = [(number, slip) for number, step in following for slip in mistakes(step.after)][:MOST_SLIPS]
    slips.sort(key=lambda one: shape(one[1].side) != shape(side))  # those that look like it first
    for number, slip in slips:
        if _explains(here, slip, side):
            return number, slip
    return (following[0][0] if following else 0), None


def _explains(here: Bench, slip: Mistake, side: Expr) -> bool:
    return _equal(here, slip.side, side)


# --- classes -------------------------------------------------------------------------------


def _of_class(here: Bench, left: Expr, claim: Call, known: int) -> Verdict:
    """T(n) = Theta(g), n^2 = Theta(g): against the class that the derivation finds for that left side."""
    number, step = _class_of(here, left, known)
    if step is None or step.growth is None:
        return feedback.no_class()
    try:
        typed = growth_of(claim.body, here.names.variable)
    except NoGrowth as why:
        return Verdict(Judged.UNREADABLE, why.reason)
    return replace(
        feedback.of_class(claim, typed.compare(step.growth), step.growth, here.names.variable), line=number
    )


def _class_of(here: Bench, left: Expr, known: int) -> tuple[int, Step | None]:
    """The next line, or else the last, that says in which class `left` is, and its number.

    What equals the left side of such a line at all numbers is of its class as well.
    """
    classes = [(number, step) for number, step in enumerate(here.steps, start=1) if step.growth is not None]
    alike = [(number, step) for number, step in classes if feedback.same(step.left, left)]
    equal = alike or [(number, step) for number, step in classes if _equal(here, step.left, left)]
    later = [one for one in equal if one[0] > known]
    return later[0] if later else equal[-1] if equal else (0, None)


def _equal(here: Bench, first: Expr, second: Expr) -> bool:
    try:
        return here.same(first, second)
    except (KeyError, FormulaError, ArithmeticError, ValueError):
        return False
