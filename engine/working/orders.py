"""Which line comes next? The right one among lines that cannot come yet, and lines with a mistake.

A line can come next if at one of its times all is there that its last side, the one that is shown, asks
for: families that need each other are computed time by time. Where several lines can come next, only the
right one is among the choices. Knows no exercise as a whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from engine.derivations.steps import Step
from engine.derivations.typeset import step_latex
from engine.symbolic.choices import BOX, choice
from engine.symbolic.report import Line
from engine.tape.index import at
from engine.tape.latex import span_latex
from engine.tape.nodes import Beside, Node, Partial, Prod, Slope, Sum, Var
from engine.tape.walk import children, put
from engine.working.bench import Bench
from engine.working.feedback import shown, told
from engine.working.gaps import DULL, Blank, different, true_with
from engine.working.mistakes import mistakes

_CHOICES = {1: 3, 2: 4, 3: 5}  # by level
_TOO_EARLY = {1: 2, 2: 2, 3: 1}  # how many of the wrong ones are right lines, but later ones


def next_line(here: Bench, line: Line, lines: Sequence[Line], level: int, random: Random) -> Blank | None:
    """The gap in which `line` comes next, after all lines before it; None if no wrong choice is plausible."""
    right = _latex(here, here.derivation[line.number])
    most = _TOO_EARLY[level]
    early = list(itertools.islice(_too_early(here, line.number, lines), _CHOICES[level] - 1))
    spoilt = _spoilt(here, line.number, random)
    wrong = dict([*early[:most], *spoilt, *early[most:]][: _CHOICES[level] - 1])
    wrong.pop(right, None)
    if not wrong:
        return None
    prompt = "Which line comes next?"
    return Blank(choice(line, "line", BOX, prompt, right, list(wrong), list(wrong.values()), random))


def _too_early(here: Bench, number: int, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Later lines that cannot be computed yet at any of their times, with the reason."""
    left = here.derivation[number].left
    for later in lines:
        step = here.derivation[later.number]
        if later.number > number and step.left is not left and (needed := _needed(here, step, number)):
            reason = (
                f"It is true, but it needs ${shown(here, needed[0])}$, which is not there yet{needed[1]}."
            )
            yield _latex(here, step), reason


def _needed(here: Bench, step: Step, number: int) -> tuple[Node, str] | None:
    """What the last side asks for that no line before that number says, whichever time the line begins with;
    and at which times, where it is some only. None where a step of it could be computed."""
    times = [{step.span.letter: n} for n in step.span.times({"T": here.steps})] if step.span else [{}]
    side = put(step.after, "T", at(here.steps)) if here.letters else step.after  # as it is printed
    late = [_late(here, _instances(side, {"T": here.steps, **time}), number) for time in times]
    always = [leaf for leaf in late[0] if all(leaf in one for one in late)] if late else []
    return (always[0], "" if all(one[always[0]] for one in late) else " for all times") if always else None


def _late(here: Bench, asked: Iterator[tuple[Node, Node]], number: int) -> dict[Node, bool]:
    """The leaves of which a time is found in no line before that number; and whether every time is."""
    missing: dict[Node, list[bool]] = {}
    for leaf, at_time in asked:
        places = here.lefts.get(at_time, ())
        missing.setdefault(leaf, []).append(bool(places) and all(place.line >= number for place in places))
    return {leaf: all(found) for leaf, found in missing.items() if any(found)}


def _instances(node: Node, times: Mapping[str, int]) -> Iterator[tuple[Node, Node]]:
    """Every leaf as it stands there, and at the time that is meant; in a sum or product at each."""
    match node:
        case Var() | Slope() | Partial():
            at_time: Node = node
            for letter, number in times.items():
                at_time = put(at_time, letter, at(number))
            yield node, at_time
        case Beside(_, body, index, low, high):  # only its ends are printed
            for end in (low, high):
                yield from _instances(put(body, index, end), times)
        case Sum(_, body, index, low, high) | Prod(_, body, index, low, high) if low == high:
            yield from _instances(put(body, index, low), times)
        case Sum(_, body, index, low, high) | Prod(_, body, index, low, high):
            for number in range(low.number(times), high.number(times) + 1):
                yield from _instances(body, {**times, index: number})
        case _:
            for part in children(node):
                yield from _instances(part, times)


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
