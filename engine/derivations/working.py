"""Is a student's next line right? Judged by numbers, with the mistake or the convention by its name.

    bench.py               the derivation with numbers
    claim.py               what is said to be equal, tried out
    other_conventions.py   whether it is true in another book
    recognised.py          which mistake it is; mistakes.py: those that we know
    feedback.py            the sentences

Knows no window.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine.derivations import feedback
from engine.derivations.bench import Bench, Cases, Difference, bench, equal, first_case
from engine.derivations.catalogue import cleaned, has_steps
from engine.derivations.claim import Claim, keys
from engine.derivations.other_conventions import claimed, conventions_of
from engine.derivations.reading import as_equation, understood
from engine.derivations.recognised import recognised, recognised_form, undone, without_sum
from engine.derivations.steps import COMPACT
from engine.errors import FormulaError
from engine.symbolic.jobs import WorkingJob
from engine.symbolic.report import Verdict
from engine.tape.numbers import letters_of

_ANOTHER_T = 6  # where T is a letter, a line has to hold for this T as well
_MOST_CASES = 64


class Asked(NamedTuple):
    """How many lines are known, and the numbers of those that may come next."""

    known: int
    lines: tuple[int, ...]


def judged(job: WorkingJob) -> Verdict:
    """What becomes of `job.text` as the line after the first `job.known` lines of the derivation.

    With `known` = 0 it may be any line. Lines that only a finer telling has may be left out. If only a
    right side was typed, the left side is that of the next line. Never raises for what is typed.
    """
    here = bench(cleaned(job.job))
    asked = _asked(here, min(max(job.known, 0), len(here.derivation.steps)))
    verdict = _read_and_judged(here, job.text, asked)
    return replace(verdict, text=job.text)


def _asked(here: Bench, known: int) -> Asked:
    """What may come next: the first line that every telling has, and the finer ones before it."""
    steps, following = here.derivation.steps, known + 1
    while following < len(steps) and steps[following - 1].level != COMPACT:
        following += 1
    return Asked(known, tuple(range(known + 1, min(following, len(steps)) + 1)))


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
    lines = claim.lines()
    verdict = _wrong(claim, _aim(list(lines), asked)) if lines else None
    return replace(verdict, latex=feedback.written(claim)) if verdict and verdict.mistake else None


def _judged(claim: Claim, text: str, asked: Asked) -> Verdict:
    """The verdict on what can be read."""
    lines = claim.lines()
    if not lines and claim.turned().held():
        claim = claim.turned()
        lines = claim.lines()
    if not lines:
        return _of_no_line(claim, text, asked)
    held, meant = claim.held(), _aim(list(lines), asked)
    if held and (meant <= asked.known or held[-1] > asked.known):
        return _true(claim, held, asked)
    return _elsewhere(claim.bench, text, asked) or _wrong(claim, meant)


def _aim(lines: list[int], asked: Asked) -> int:
    """Of several lines the one that is meant: the next, else the first after it, else the last before it."""
    later = [line for line in lines if line > asked.known]
    return later[0] if later else lines[-1]


def _true(claim: Claim, held: list[int], asked: Asked) -> Verdict:
    line = _aim(held, asked)
    if not _alike(claim, line):
        line = next((known for known in held if known <= asked.known and _alike(claim, known)), line)
    less = _less_than_it_seems(claim, line, held, asked)
    if less is not None:
        return less
    skipped = _skipped(claim, line, asked) if asked.known else ()
    if skipped:
        return feedback.skips(claim, line, skipped)
    return feedback.right(claim, line, _alike(claim, line))


def _less_than_it_seems(claim: Claim, line: int, held: list[int], asked: Asked) -> Verdict | None:
    """The verdict on what is true of the line's own case, but says nothing new, or too much."""
    if not _alike(claim, line) and claim.empty(claim.lines()[line].cases):
        return feedback.empty(claim)
    if line <= asked.known:
        return feedback.again(claim, line)
    if claim.relation == "≤" and not _is_this_bound(claim, line):
        return feedback.beside(claim, line)
    if _only_here(claim, line, held):
        return feedback.only_here(claim, line)
    return None if _true_of_another_length(claim) else feedback.only_for(claim, line)


def _alike(claim: Claim, line: int) -> bool:
    """Whether it is written as in the derivation, letters of times aside."""
    here, match = claim.bench, claim.lines()[line]
    step = here.derivation[line]
    own, yours = first_case(match.own), here.at_case(claim.right, first_case(match.cases))
    return any(here.at_case(side, own) is yours for side in step.chain)


def _is_this_bound(claim: Claim, line: int) -> bool:
    """Whether the right side is one of the line's, not some other bound."""
    here, match = claim.bench, claim.lines()[line]
    yours = here.value(claim.right, match.cases)
    return any(equal(here.value(side, match.own), yours) for side in here.derivation[line].chain)


def _only_here(claim: Claim, line: int, held: list[int]) -> bool:
    """Whether it is said of all times, and the line is about one of them, and at others it is wrong."""
    if claim.bench.derivation[line].span is not None or not letters_of(claim.left) - {"T"}:
        return False
    return any(other not in held for other in claim.lines())


def _true_of_another_length(claim: Claim) -> bool:
    """Where T is a letter: whether it holds for another T, too."""
    job = claim.bench.job
    if job.steps or not has_steps(job):
        return True
    other = bench(replace(job, steps=_ANOTHER_T))
    return bool(replace(claim, bench=other, values=None).held())


def _skipped(claim: Claim, line: int, asked: Asked) -> list[int]:
    """The lines before this one that it needs, or all of them if it needs none; finer ones do not count."""
    derivation, known = claim.bench.derivation, asked.known
    compact = {number for number, step in enumerate(derivation.steps, 1) if step.level == COMPACT}
    if line not in asked.lines:
        needed = _needed(claim.bench, line) & compact
        between = [number for number in range(known + 1, line) if number in compact]
        return [number for number in between if number in needed] or between
    given = set(keys(derivation[line].left)).union(*map(keys, derivation[line].chain))
    given |= {key for earlier in derivation.steps[:known] for key in keys(earlier.left)}
    found_by = {
        key: number for number in sorted(compact, reverse=True) for key in keys(derivation[number].left)
    }
    unknown = set(keys(claim.right)) - given
    return sorted({found_by[key] for key in unknown if found_by.get(key, 0) > line})


def _needed(here: Bench, line: int) -> set[int]:
    """All lines that it needs, and those that they need."""
    needed, waiting = set[int](), [line]
    while waiting:
        new = set(here.derivation[waiting.pop()].uses) - needed
        needed |= new
        waiting += new
    return needed


def _elsewhere(here: Bench, text: str, asked: Asked) -> Verdict | None:
    """The verdict if it is true under another convention, at times at which it is not true here."""
    ours = claimed(here, text, asked.lines)
    true_here = ours.true_cases() if ours else set()
    for convention, claim in conventions_of(here, text, asked.lines):
        held = claim.held()
        if claim.true_cases() - true_here and not claim.empty(claim.lines()[held[-1]].cases):
            lines = list(here.lines_of(claim.left))
            return feedback.other_convention(convention, _aim(lines, asked) if lines else 0)
    return None


def _wrong(claim: Claim, line: int) -> Verdict:
    here, match = claim.bench, claim.lines()[line]
    loose = sorted(letters_of(claim.right) - letters_of(claim.left) - {"T"})
    if loose:
        return feedback.loose(claim, line, loose[0], without_sum(claim, line, loose))
    step, mistake = here.derivation[line], undone(claim, match.cases)
    try:
        yours = here.value(claim.right, match.cases)
    except LookupError as missing:
        return feedback.not_there(claim, line, missing, mistake or recognised_form(claim, line))
    mistake = recognised(here, (*reversed(step.chain), step.left), match.own, yours) or mistake
    return feedback.wrong(claim, line, _difference(claim, match.cases), mistake)


def _of_no_line(claim: Claim, text: str, asked: Asked) -> Verdict:
    """A left side that the derivation does not have: true or not, it is not the next line."""
    bound = replace(claim, relation="≤") if claim.relation == "=" else claim
    if bound.held():
        return feedback.is_a_bound(bound, bound.held()[0])
    here, cases = claim.bench, _sensible(claim)
    if cases is None:
        return _elsewhere(here, text, asked) or feedback.not_about(claim, asked.known + 1)
    if claim.holds(cases):
        return feedback.empty(claim) if claim.empty(cases) else feedback.beside(claim, asked.known + 1)
    verdict = _elsewhere(here, text, asked)
    mistake = undone(claim, cases)
    return verdict or feedback.wrong(
        claim, min(asked.known + 1, len(here.derivation.steps)), _difference(claim, cases), mistake
    )


def _difference(claim: Claim, cases: Cases) -> Difference | None:
    if claim.left.shape != claim.right.shape:
        return None
    return claim.bench.difference(claim.left, claim.right, cases)


def _sensible(claim: Claim) -> Cases | None:
    """The cases in which both sides mean something; None if there are none."""
    letters = sorted((letters_of(claim.left) | letters_of(claim.right)) - {"T"})
    every = itertools.product(range(claim.bench.steps + 2), repeat=len(letters))
    kept = []
    for times in itertools.islice(every, _MOST_CASES):
        one = {letter: np.array([time]) for letter, time in zip(letters, times, strict=True)}
        try:
            claim.bench.value(claim.left, one)
            claim.bench.value(claim.right, one)
        except LookupError:
            continue
        kept.append(times)
    if not kept:
        return None
    return {letter: np.array([times[i] for times in kept]) for i, letter in enumerate(letters)}
