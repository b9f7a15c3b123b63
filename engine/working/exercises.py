"""Exercises made of derivations: gaps to fill, lines to put in order; and what was typed, judged.

    gaps.py        what can be left out of a line
    orders.py      which line comes next

The same job gives the same exercise. Knows no window.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from engine.derivations.answers import answer
from engine.derivations.catalogue import cleaned
from engine.derivations.steps import FINE, Step
from engine.derivations.types_of_jobs import mistyped
from engine.errors import FormulaError
from engine.symbolic.choices import chosen, no_gap, tidied
from engine.symbolic.jobs import ExerciseJob, GapJob, gradient_of
from engine.symbolic.report import Exercise, Judged, Line, Refusal, Verdict
from engine.tape.index import At
from engine.tape.names import shape_words, time_latex
from engine.tape.nodes import Node, Var
from engine.working import feedback, gaps, orders
from engine.working.bench import Bench, bench
from engine.working.gaps import Blank
from engine.working.mistake import swapped
from engine.working.reading import understood
from engine.working.recognised import recognised

MOST_GAPS = 10
_FORWARD = 1  # lines of the forward pass that are asked for


@dataclass(frozen=True, slots=True)
class _Made:
    exercise: Exercise
    blanks: tuple[Blank, ...]


def made(job: ExerciseJob) -> Exercise | Refusal:
    """The exercise; a Refusal where there is no such derivation."""
    refused = mistyped(job)
    found = Refusal(*refused) if refused else _made(tidied(job))
    return found.exercise if isinstance(found, _Made) else found


@lru_cache(maxsize=16)
def _made(job: ExerciseJob) -> _Made | Refusal:
    report = answer(gradient_of(job))
    if isinstance(report, Refusal):
        return report
    here = bench(cleaned(gradient_of(job)))
    random = Random(repr((job.kind, job.level, job.seed)))  # noqa: S311 - an exercise is no secret
    found: list[Blank] = []
    for line in _wanted(here, report.lines, random):
        blank = _blank(here, line, report.lines, job, random) if len(found) < MOST_GAPS else None
        found += [blank] if blank is not None else []
    blanks = tuple(sorted(found, key=lambda blank: blank.gap.line))
    return _Made(Exercise(job, report.lines, tuple(blank.gap for blank in blanks)), blanks)


def _wanted(here: Bench, lines: Sequence[Line], random: Random) -> list[Line]:
    """The lines in the order in which gaps are looked for: one of the forward pass, then those that
    every telling has, then the finer ones, then the rest of the forward pass."""
    mixed = random.sample(lines, len(lines))
    forward = [line for line in mixed if isinstance(here.derivation[line.number].left, Var)]
    backward = sorted((line for line in mixed if line not in forward), key=lambda line: line.level == FINE)
    return [*forward[:_FORWARD], *backward, *forward[_FORWARD:]]


def _blank(here: Bench, line: Line, lines: Sequence[Line], job: ExerciseJob, random: Random) -> Blank | None:
    if job.kind == "order":
        return orders.next_line(here, line, lines, job.level, random)
    if job.level == 1:
        return gaps.rule(line, lines, random)
    if job.level == 2:
        factor = gaps.factor_gap(here, line, random, typed=False) if random.random() < 0.7 else None
        return factor or gaps.rule(line, lines, random)
    index = gaps.index_gap(here, line, random) if random.random() < 0.35 else None
    return index or gaps.factor_gap(here, line, random, typed=True)


# --- what was typed ---


def judged(job: GapJob) -> Verdict:
    """What becomes of `job.text` in its gap. Never raises for what is typed."""
    refused = mistyped(job)
    if refused:
        return Verdict(Judged.UNREADABLE, " ".join(refused))
    found = _made(tidied(job.exercise))
    if isinstance(found, Refusal):
        return Verdict(Judged.UNREADABLE, found.reason, text=job.text)
    if not 0 <= job.gap < len(found.blanks):
        return no_gap(job.gap, len(found.blanks), job.text)
    blank, here = found.blanks[job.gap], bench(cleaned(gradient_of(job.exercise)))
    verdict = _judged(here, blank, job.text)
    return replace(verdict, text=job.text, line=blank.gap.line)


def _judged(here: Bench, blank: Blank, text: str) -> Verdict:
    if blank.part is None or blank.gap.choices:
        return chosen(blank.gap, text)
    typed = _index if blank.gap.kind == "index" else _factor
    try:
        return typed(here, blank.part, blank.gap.line, text)
    except FormulaError as error:
        return feedback.unreadable(error)


def _factor(here: Bench, part: Node, line: int, text: str) -> Verdict:
    equation = understood(here.job, text)
    if equation.left is not None:
        raise FormulaError("Type only what belongs in the box, without “=”.", text, text.find("="))
    yours = equation.right
    if gaps.fits(here, here.derivation[line], part, yours):
        return Verdict(Judged.RIGHT, f"${feedback.shown(here, yours)}$ it is.", feedback.shown(here, yours))
    return _wrong(here, part, yours, line)


def _wrong(here: Bench, part: Node, yours: Node, line: int) -> Verdict:
    """The verdict on a line with `yours` in place of the part."""
    step, latex = here.derivation[line], feedback.shown(here, yours)
    whole = swapped(step.after, part, yours)
    if whole is None or whole.shape != step.left.shape:
        there, typed = shape_words(part.shape), shape_words(yours.shape)
        return Verdict(Judged.WRONG, f"It does not fit: a {there} belongs there, this is a {typed}.", latex)
    cases = gaps.own_cases(here, step)
    try:
        mistake = recognised(here, (step.after,), cases, here.value(whole, cases))
    except LookupError:
        return Verdict(Judged.WRONG, "Something in it is not there at that time.", latex)
    if mistake is None:
        return Verdict(Judged.WRONG, "With that the two sides of the line differ.", latex)
    return Verdict(Judged.WRONG, feedback.told(here, mistake), latex, mistake=mistake.name)


# --- indices ---

_INDEX = re.compile(r"[\s{(_]*(?:(tau|[A-Za-z])\s*(?:([-+−])\s*([0-9]{1,3}))?|([0-9]{1,3}))[\s})]*")


def _index(here: Bench, leaf: Node, line: int, text: str) -> Verdict:
    typed, step = _read_index(text), here.derivation[line]
    right = gaps.time_of(leaf)
    yours = gaps.at_time(leaf, typed)
    if right is not None and _same_time(here, step, typed, right):
        return Verdict(Judged.RIGHT, f"${feedback.shown(here, yours)}$ it is.", time_latex(typed, {}))
    verdict = _wrong(here, leaf, yours, line)
    return replace(verdict, latex=time_latex(typed, {}))


def _read_index(text: str) -> At:
    """Raises FormulaError."""
    found = _INDEX.fullmatch(text)
    if found is None:
        raise FormulaError("Type an index alone: a letter or a number, such as t, t-1, T or 2.", text, 0)
    letter, sign, shift, number = found.groups()
    if number:
        return At("", int(number))
    return At(letter, int(shift or 0) * (1 if sign == "+" else -1))


def _same_time(here: Bench, step: Step, first: At, second: At) -> bool:
    """Whether both are the same time, for all times of the line."""
    numbers = here.letters  # T, if it is one
    every = step.span.times({"T": here.steps}) if step.span else [0]
    letter = step.span.letter if step.span else "t"

    def values(time: At) -> list[object]:
        known = [{**numbers, **({letter: n} if step.span else {})} for n in every]
        return [time.number(one) if not time.base or time.base in one else time for one in known]

    return values(first) == values(second)
