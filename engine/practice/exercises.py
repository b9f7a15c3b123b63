"""Exercises made of recurrences and counts: gaps to fill, lines to put in order; what was typed, judged.

The same job gives the same exercise. Knows no window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from engine.errors import FormulaError
from engine.practice import feedback, gaps, orders
from engine.practice.bench import Bench, bench
from engine.practice.gaps import Blank
from engine.practice.judging import spoken
from engine.practice.mistakes import exchanged, mistakes
from engine.practice.reading import read
from engine.symbolic.choices import chosen, no_gap, rule_gap, tidied
from engine.symbolic.expr import Expr
from engine.symbolic.jobs import CodeJob, ExerciseJob, GapJob, RecurrenceJob
from engine.symbolic.report import Exercise, Judged, Line, Refusal, Verdict
from engine.symbolic.typeset import latex

MOST_GAPS = 10
_GIVEN = ("recurrence", "first-value", "assumed-first-value")  # lines that were typed, not derived


@dataclass(frozen=True, slots=True)
class _Made:
    exercise: Exercise
    blanks: tuple[Blank, ...]
    here: Bench


def made(job: ExerciseJob) -> Exercise | Refusal:
    """The exercise; a Refusal where there is no such derivation."""
    found = _made(tidied(job))
    return found.exercise if isinstance(found, _Made) else found


@lru_cache(maxsize=16)
def _made(job: ExerciseJob) -> _Made | Refusal:
    if not isinstance(job.job, RecurrenceJob | CodeJob):
        raise TypeError(f"{job.job!r} is no recurrence and no code")
    here = bench(job.job)
    if isinstance(here, Refusal):
        return here
    random = Random(repr((job.kind, job.level, job.seed)))  # noqa: S311 - an exercise is no secret
    wanted = [line for line in here.lines if line.rule not in _GIVEN]
    found: list[Blank] = []
    for line in random.sample(wanted, len(wanted)):
        blank = _blank(here, line, job, random) if len(found) < MOST_GAPS else None
        found += [blank] if blank is not None else []
    blanks = tuple(sorted(found, key=lambda blank: blank.gap.line))
    return _Made(Exercise(job, here.lines, tuple(blank.gap for blank in blanks)), blanks, here)


def _blank(here: Bench, line: Line, job: ExerciseJob, random: Random) -> Blank | None:
    lines: Sequence[Line] = here.lines
    if job.kind == "order":
        return orders.next_line(here, line, lines, job.level, random)
    if job.level == 1:
        return _rule(line, lines, random)
    if job.level == 2:
        return gaps.part_gap(here, line, random, typed=False) or _rule(line, lines, random)
    return gaps.part_gap(here, line, random, typed=True)


def _rule(line: Line, lines: Sequence[Line], random: Random) -> Blank | None:
    gap = rule_gap(line, lines, (), random)
    return None if gap is None else Blank(gap)


# --- what was typed ---


def judged(job: GapJob) -> Verdict:
    """What becomes of `job.text` in its gap. Never raises for what is typed."""
    found = _made(tidied(job.exercise))
    if isinstance(found, Refusal):
        return Verdict(Judged.UNREADABLE, found.reason, text=job.text)
    if not 0 <= job.gap < len(found.blanks):
        return no_gap(job.gap, len(found.blanks), job.text)
    blank = found.blanks[job.gap]
    try:
        verdict = _judged(found.here, blank, job.text)
    except FormulaError as error:
        verdict = Verdict(Judged.UNREADABLE, error.reason, column=error.column)
    except (ArithmeticError, ValueError):
        verdict = feedback.too_large()
    return replace(verdict, text=job.text, line=blank.gap.line)


def _judged(here: Bench, blank: Blank, text: str) -> Verdict:
    if blank.part is None or blank.gap.choices:
        return chosen(blank.gap, text)
    typed = read(text, here.names, spoken(here))
    if typed.left is not None or len(typed.sides) != 1:
        raise FormulaError("Type only what belongs in the box, without “=”.", text, max(text.find("="), 0))
    return _filled(here, blank, blank.part, typed.sides[0])


def _filled(here: Bench, blank: Blank, part: Expr, yours: Expr) -> Verdict:
    step, shown = here.steps[blank.gap.line - 1], latex(yours)
    side = exchanged(step.after, part, yours)
    try:
        if here.same(step.left, side):
            return Verdict(Judged.RIGHT, f"${shown}$ it is.", shown)
    except KeyError:
        return replace(feedback.no_number(), latex=shown)
    slip = next((one for one in mistakes(part) if one.side != part and _same(here, one.side, yours)), None)
    return replace(feedback.wrong(slip, here.difference(step.left, side)), latex=shown)


def _same(here: Bench, first: Expr, second: Expr) -> bool:
    try:
        return here.same(first, second)
    except (KeyError, FormulaError, ArithmeticError, ValueError):
        return False
