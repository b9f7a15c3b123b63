"""What is not true of its line, judged: where it breaks, and which mistake it is.

A claim about what no line is about is judged here as well. Tries no other conventions.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from engine.symbolic.report import Verdict
from engine.tape.numbers import letters_of
from engine.working import feedback
from engine.working.asked import Asked
from engine.working.bench import Cases, Difference
from engine.working.claim import Claim
from engine.working.recognised import recognised, recognised_form, undone, without_sum

_MOST_CASES = 64


def on_wrong(claim: Claim, line: int) -> Verdict:
    """The verdict on a claim that does not hold for the line with its left side."""
    here, match = claim.bench, claim.lines()[line]
    loose = sorted(letters_of(claim.right) - letters_of(claim.left) - {"T"})
    if loose:
        return _loose(claim, line, loose)
    step, mistake = here.derivation[line], undone(claim, match.cases)
    try:
        yours = here.value(claim.right, match.cases)
    except LookupError as missing:
        return feedback.not_there(claim, line, missing, mistake or recognised_form(claim, line))
    mistake = recognised(here, (*reversed(step.chain), step.left), match.own, yours) or mistake
    return feedback.wrong(claim, line, _difference(claim, match.cases), mistake)


def _loose(claim: Claim, line: int, letters: list[str]) -> Verdict:
    """The right side has letters that the left side does not have: it has many values, here the first."""
    cases = {**claim.lines()[line].cases, **{letter: np.array([1]) for letter in letters}}
    try:
        difference = _difference(claim, cases)
    except LookupError:
        difference = None
    return feedback.loose(claim, line, letters[0], difference, without_sum(claim, line, letters))


def on_no_line(claim: Claim, asked: Asked) -> Verdict:
    """The verdict on a claim whose left side no line has: true or not, it is not the next line."""
    bound = replace(claim, relation="≤")
    if claim.relation == "=" and bound.held():
        return feedback.is_a_bound(bound, bound.held()[0])
    cases, following = _sensible(claim), asked.known + 1
    if cases is None:
        return feedback.not_about(claim, following)
    if claim.holds(cases):
        return feedback.empty(claim) if claim.empty(cases) else feedback.beside(claim, following)
    last = len(claim.bench.derivation.steps)
    return feedback.wrong(claim, min(following, last), _difference(claim, cases), undone(claim, cases))


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
