"""(question, response) -> Mark. Pure: the same answer always gets the same mark.

A wrong answer is told apart as far as it can be: the question's own mistakes first, then slips
that any number can suffer from. Knows neither bank nor generators.
"""

from __future__ import annotations

import math

from content.number_input import NotANumber, read_number
from content.placeholders import shown
from content.records import Kind, Mark, Option, Question, Response

_ROUNDING = 10  # this many tolerances off still looks like rounding on the way


def grade(question: Question, response: Response) -> Mark:
    """What cannot be read comes back as not valid, with a sentence; nothing a learner enters raises."""
    if question.kind is Kind.NUMERIC:
        return _numeric(question, response.text)
    chosen = set(response.chosen)
    if not chosen <= set(range(len(question.options))):
        return Mark(False, 0.0, "That is none of the options.")
    if question.kind is Kind.CHOICE:
        return _choice(question, sorted(chosen))
    return _multiple(question, chosen)


def _choice(question: Question, chosen: list[int]) -> Mark:
    if len(chosen) != 1:
        return Mark(False, 0.0, "Choose one answer.")
    option = question.options[chosen[0]]
    if option.right:
        return Mark(True, 1.0, option.why)
    right = next(other for other in question.options if other.right)
    return Mark(True, 0.0, f"{option.why}\n\nRight is: {right.text}\n\n{right.why}", option.why)


def _multiple(question: Question, chosen: set[int]) -> Mark:
    """(rightly ticked - wrongly ticked) / right ones, not below 0: ticking everything earns nothing much."""
    if not chosen:
        return Mark(False, 0.0, "Tick at least one answer.")
    right = {index for index, option in enumerate(question.options) if option.right}
    hits, extra, missed = chosen & right, chosen - right, right - chosen
    score = max(0.0, (len(hits) - len(extra)) / len(right))
    if not extra and not missed:
        return Mark(True, 1.0, "All of them, and nothing else.")
    lines = [f"{len(hits)} of {len(right)} found, {len(extra)} ticked wrongly: {_in_percent(score)}."]
    lines += [f"Ticked wrongly: {_told(question.options[index])}" for index in sorted(extra)]
    lines += [f"Missed: {_told(question.options[index])}" for index in sorted(missed)]
    first = question.options[min(extra or missed)].why
    return Mark(True, score, "\n\n".join(lines), first)


def _told(option: Option) -> str:
    return f"“{option.text.strip().rstrip('.')}”: {option.why}"


def _in_percent(score: float) -> str:
    return f"{round(100 * score)}%"


def _numeric(question: Question, text: str) -> Mark:
    try:
        given = read_number(text, question.unit)
    except NotANumber as error:
        return Mark(False, 0.0, str(error))
    right = _answer_in_words(question)
    if _near(given, question.answer, question.tolerance):
        return Mark(True, 1.0, f"Right: {right}.")
    why = _mistake(question, given)
    return Mark(True, 0.0, f"{why}\n\nThe answer is {right}.".lstrip(), why)


def _mistake(question: Question, given: float) -> str:
    """The mistake behind a wrong number, in words; empty if none is recognised."""
    for mistake in question.mistakes:
        if _near(given, mistake.value, question.tolerance):
            return mistake.why
    answer, tolerance = question.answer, question.tolerance
    if _near(-given, answer, tolerance):
        return "The size is right, the sign is not."
    if tolerance and abs(given - answer) <= _ROUNDING * tolerance:
        return "Nearly: it looks as if something was rounded too early, or too much."
    if _near(given, 100 * answer, 100 * tolerance) or _near(100 * given, answer, tolerance):
        return (
            "The digits are right, but it is off by a factor of 100: a share and a percentage were mixed up."
        )
    return ""


def _near(given: float, value: float, tolerance: float) -> bool:
    """Within the tolerance, and a little more for the last bits of a float; tolerance 0 means exactly."""
    slack = 1e-9 * tolerance + 1e-12 * abs(value) if tolerance else 0.0
    return abs(given - value) <= tolerance + slack


def _answer_in_words(question: Question) -> str:
    """As many decimals as the tolerance lets matter."""
    answer = question.answer
    if answer == round(answer):
        text = shown(round(answer))
    else:
        text = (
            shown(answer, max(0, math.ceil(-math.log10(question.tolerance))))
            if question.tolerance
            else str(answer)
        )
    return f"{text.replace('-', '−')} {question.unit}".rstrip()
