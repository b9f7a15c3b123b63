"""What is true, judged: whether it is the next line, a later one, an old one, or says nothing.

Knows what a claim holds for; finds no mistakes.
"""

from __future__ import annotations

from dataclasses import replace

from engine.derivations.catalogue import has_steps
from engine.derivations.steps import COMPACT
from engine.symbolic.report import Verdict
from engine.working import feedback
from engine.working.asked import Asked, aim
from engine.working.bench import Bench, Difference, bench, equal, first_case
from engine.working.claim import Claim, keys

_ANOTHER_T = 6  # where T is a letter, a line has to hold for this T as well


def on_true(claim: Claim, held: list[int], asked: Asked) -> Verdict:
    """The verdict on a claim that holds for the lines `held`."""
    line = aim(held, asked)
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
        many = claim.is_of_many_steps()
        return feedback.beside(claim, asked.known + 1) if many else feedback.again(claim, line)
    if claim.relation == "≤" and not _is_this_bound(claim, line):
        return feedback.beside(claim, line)
    if claim.is_only_of(line, held):
        return feedback.only_here(claim, line, _elsewhen(claim, held))
    return None if _true_of_another_length(claim) else feedback.only_for(claim, line)


def _is_this_bound(claim: Claim, line: int) -> bool:
    """Whether the right side is one of the line's, not some other bound."""
    here, match = claim.bench, claim.lines()[line]
    yours = here.value(claim.right, match.cases)
    return any(equal(here.value(side, match.own), yours) for side in here.derivation[line].chain)


def _alike(claim: Claim, line: int) -> bool:
    """Whether it is written as in the derivation, letters of times aside."""
    here, match = claim.bench, claim.lines()[line]
    step = here.derivation[line]
    own, yours = first_case(match.own), here.at_case(claim.right, first_case(match.cases))
    return any(here.at_case(side, own) is yours for side in step.chain)


def _elsewhen(claim: Claim, held: list[int]) -> Difference | None:
    """Where it breaks at other times than those of the line that it is true for."""
    for line, match in claim.lines().items():
        if line not in held:
            try:
                return claim.bench.difference(claim.left, claim.right, match.cases)
            except LookupError:  # something is not there at that time
                continue
    return None


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
