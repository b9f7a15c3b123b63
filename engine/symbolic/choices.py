"""Gaps with choices, of any derivation: the right answer among wrong ones, each with what is wrong with it.

Shared by the exercises on gradients (`engine.working`) and on recurrences and code (`engine.practice`).
Knows lines as they are shown, and no trees.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from random import Random

from engine.symbolic.jobs import ExerciseJob
from engine.symbolic.report import Gap, Judged, Line, Verdict

BOX = r"\boxed{?}"
MOST_WRONG, FEWEST_WRONG = 3, 2


def choice(
    line: Line,
    kind: str,
    latex: str,
    prompt: str,
    right: str,
    wrong: Sequence[str],
    because: Sequence[str],
    random: Random,
) -> Gap:
    """With the choices shuffled."""
    pairs = [(right, ""), *zip(wrong, because, strict=True)]
    random.shuffle(pairs)
    choices, reasons = zip(*pairs, strict=True)
    return Gap(line.number, kind, latex, prompt, choices, choices.index(right), line.why, reasons)


def rule_gap(line: Line, lines: Sequence[Line], alike: Collection[str], random: Random) -> Gap | None:
    """Which rule allows the line? The wrong ones are rules of the lines around it.

    `alike`: rules that a line such as this may go by as well, so that they are no choices beside its own.
    None if too few others are left.
    """
    near = sorted(lines, key=lambda other: abs(other.number - line.number))
    wrong = {other.title: other.statement for other in near if other.rule not in {line.rule, *alike}}
    wrong.pop(line.title, None)
    titles = list(wrong)[:MOST_WRONG]
    if len(titles) < FEWEST_WRONG:
        return None
    because = [f"“{title}” says something else: ${wrong[title]}$." for title in titles]
    return choice(
        line, "rule", line.latex, "Which rule allows this line?", line.title, titles, because, random
    )


def chosen(gap: Gap, text: str) -> Verdict:
    """A choice, by its text."""
    if text not in gap.choices:
        return Verdict(Judged.UNREADABLE, "Choose one of the answers.")
    number = gap.choices.index(text)
    if number == gap.answer:
        return Verdict(Judged.RIGHT, gap.because)
    return Verdict(Judged.WRONG, gap.wrong[number])


def no_gap(number: int, count: int, text: str) -> Verdict:
    """There are fewer gaps than that."""
    sentence = f"There is no gap {number + 1}: the exercise has {count}."
    return Verdict(Judged.UNREADABLE, sentence, text=text)


def tidied(job: ExerciseJob) -> ExerciseJob:
    """The nearest exercise that there is."""
    kind = job.kind if job.kind in ("gaps", "order") else "gaps"
    return replace(job, kind=kind, level=min(max(job.level, 1), 3))
