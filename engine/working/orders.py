"""Which line comes next? The right one among lines that cannot come yet, and lines with a mistake.

A line can come next if all that it uses is there. Where several can, only one of them is among the
choices. Knows no exercise as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from engine.derivations.steps import Step
from engine.derivations.typeset import step_latex
from engine.symbolic.report import Line
from engine.tape.latex import span_latex
from engine.working.bench import Bench
from engine.working.feedback import told
from engine.working.gaps import BOX, DULL, Blank, choice, different, true_with
from engine.working.mistakes import mistakes

_CHOICES = {1: 3, 2: 4, 3: 5}  # by level
_TOO_EARLY = {1: 2, 2: 2, 3: 1}  # how many of the wrong ones are right lines, but later ones


def next_line(here: Bench, line: Line, lines: Sequence[Line], level: int, random: Random) -> Blank | None:
    """The gap in which `line` comes next, after all lines before it; None if no wrong choice is plausible."""
    right = _latex(here, here.derivation[line.number])
    early, most = list(_too_early(here, line.number, lines)), _TOO_EARLY[level]
    spoilt = _spoilt(here, line.number, random)
    wrong = dict([*early[:most], *spoilt, *early[most:]][: _CHOICES[level] - 1])
    wrong.pop(right, None)
    if not wrong:
        return None
    prompt = "Which line comes next?"
    return Blank(choice(line, "line", BOX, prompt, right, list(wrong), list(wrong.values()), random))


def _too_early(here: Bench, number: int, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Later lines that need one that is not there yet, with the reason."""
    left = here.derivation[number].left
    for later in lines:
        missing = [use for use in later.uses if use >= number]
        if later.number > number and missing and here.derivation[later.number].left is not left:
            needed = here.derivation[missing[0]]
            wanted = step_latex(replace(needed, chain=()), here.letters, here.job.rows)
            reason = f"It is true, but it needs ${wanted}$, which is not there yet."
            yield _latex(here, here.derivation[later.number]), reason


def _spoilt(here: Bench, number: int, random: Random) -> list[tuple[str, str]]:
    """The line with a mistake in it, and the mistake's sentence."""
    step = here.derivation[number]
    wrong = [
        mistake
        for mistake in mistakes(step.after, here.roles)
        if mistake.node.shape == step.left.shape
        and mistake.name not in DULL
        and not true_with(here, step, mistake.node)
    ]
    return [
        (_latex(here, replace(step, chain=(mistake.node,))), told(here, mistake))
        for mistake in different(wrong, random)
    ]


def _latex(here: Bench, step: Step) -> str:
    """The line with its last side only, and its times."""
    latex = step_latex(replace(step, chain=step.chain[-1:]), here.letters, here.job.rows)
    times = span_latex(step.span, here.letters) if step.span else ""
    return rf"{latex} \qquad {times}" if times else latex
