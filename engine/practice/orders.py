"""Which line comes next? The right one among later ones and ones with a slip in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from engine.practice.bench import Bench
from engine.practice.feedback import told
from engine.practice.gaps import Blank, true_with
from engine.practice.mistakes import mistakes
from engine.recurrences.explain import step_latex
from engine.symbolic.choices import BOX, choice
from engine.symbolic.report import Line

_CHOICES = {1: 3, 2: 4, 3: 5}  # by level


def next_line(here: Bench, line: Line, lines: Sequence[Line], level: int, random: Random) -> Blank | None:
    """The gap in which `line` comes next, after all before it; None if no wrong choice is plausible."""
    early, spoilt = list(_too_early(here, line, lines)), list(_spoilt(here, line))
    random.shuffle(spoilt)
    wrong = dict([*spoilt[: _CHOICES[level] - 2], *early[:1], *spoilt[_CHOICES[level] - 2 :], *early[1:]])
    wrong.pop(line.latex, None)
    some = list(wrong.items())[: _CHOICES[level] - 1]
    if not some:
        return None
    texts, reasons = [text for text, _ in some], [why for _, why in some]
    return Blank(choice(line, "line", BOX, "Which line comes next?", line.latex, texts, reasons, random))


def _too_early(here: Bench, line: Line, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Later lines that need one that is not there yet."""
    for later in lines:
        needed = [number for number in later.uses if number >= line.number]
        if later.number > line.number and needed:
            title = here.lines[needed[0] - 1].title
            yield later.latex, f"It is true, but it needs “{title}”, which is not there yet."


def _spoilt(here: Bench, line: Line) -> Iterator[tuple[str, str]]:
    """The line with a slip in it, and the slip's sentence."""
    step = here.steps[line.number - 1]
    if not step.chain or step.growth is not None:
        return
    seen = set[str]()
    for slip in mistakes(step.after):
        if slip.name not in seen and not true_with(here, step.left, slip.side):
            seen.add(slip.name)
            yield (
                step_latex(replace(step, chain=(*step.chain[:-1], slip.side)), here.names.variable),
                told(slip),
            )
