"""What is not true of its line, judged: where it breaks, and which mistake it is.

A claim about what no line is about is judged here as well. Tries no other conventions.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.symbolic.report import Verdict
from engine.tape.numbers import letters_of
from engine.working import feedback
from engine.working.asked import Asked, aim
from engine.working.bench import Cases, Difference
from engine.working.claim import Claim
from engine.working.recognised import recognised, recognised_form, undone, without_sum
from engine.working.tried import cases_about, chosen


def on_wrong_of(claim: Claim, asked: Asked) -> Verdict:
    """The verdict on a claim that holds for no line with its left side, aimed at the one that it fits best.

    That is one of which it is with a mistake that we know, and first one about most times.
    """
    lines = claim.lines()
    meant = aim(list(lines), asked)
    ranked = sorted(lines, key=lambda line: (-lines[line].size, line != meant))
    verdicts = [on_wrong(claim, line) for line in ranked]
    return next((verdict for verdict in verdicts if verdict.mistake), verdicts[0])


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


def on_true_at_some_times(claim: Claim, line: int) -> Verdict:
    """The verdict on a claim about two times that holds for the line, but not at all its times."""
    cases = claim.everywhere() or {}
    true = claim.bench.agreeing(claim.left, claim.right, claim.relation, cases)
    return feedback.only_at(claim, line, chosen(cases, true), _difference(claim, cases))


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
    following = asked.known + 1
    try:
        cases = cases_about(claim.bench, claim.left, claim.right)
        claim.bench.value(claim.left, cases or {})
    except LookupError:  # not a quantity of this network
        cases = None
    if cases is None:
        return feedback.not_about(claim, following)
    if claim.holds(cases):
        return feedback.empty(claim) if claim.empty(cases) else feedback.beside(claim, following)
    return feedback.wrong(claim, 0, _difference(claim, cases), undone(claim, cases))


def _difference(claim: Claim, cases: Cases) -> Difference | None:
    if claim.left.shape != claim.right.shape:
        return None
    return claim.bench.difference(claim.left, claim.right, cases)
