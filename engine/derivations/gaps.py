"""What can be left out of a line: its rule, a factor, an index. The wrong choices are named mistakes.

Every wrong choice is put into the line and tried out with numbers: what happens to be right is no
wrong choice. Knows no exercise as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from engine.derivations.bench import Bench, Cases, equal
from engine.derivations.feedback import shown, told
from engine.derivations.mistake import swapped
from engine.derivations.mistakes import mistakes
from engine.derivations.rules import CATALOGUE
from engine.derivations.steps import Step
from engine.derivations.typeset import step_latex
from engine.symbolic.report import Gap, Line
from engine.tape import nodes
from engine.tape.index import At
from engine.tape.makers import slope, var
from engine.tape.nodes import Node, Slope, Var
from engine.tape.walk import children, walk

BOX = r"\boxed{?}"
_MARK = "□"  # stands for a time that is left out, until the line is LaTeX
_MOST_WRONG = 3
_FEWEST_WRONG = 2


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap, and what belongs in it.

    Attributes:
        part: the factor, or the leaf whose time is left out; None for a rule or a whole line.
    """

    gap: Gap
    part: Node | None = None


def own_cases(here: Bench, step: Step) -> Cases:
    """All times of the line."""
    return {step.span.letter: np.array(step.span.times({"T": here.steps}))} if step.span else {}


# --- rules ---


def rule_gap(line: Line, lines: Sequence[Line], random: Random) -> Blank:
    """Which rule allows the line? The wrong ones are rules of the lines around it."""
    near = sorted(lines, key=lambda other: abs(other.number - line.number))
    wrong = list(dict.fromkeys(other.title for other in near if other.title != line.title))[:_MOST_WRONG]
    told_by = {CATALOGUE[other.rule].title: CATALOGUE[other.rule].statement for other in lines}
    because = [f"“{title}” says something else: ${told_by[title]}$." for title in wrong]
    prompt = "Which rule allows this line?"
    return Blank(choice(line, "rule", line.latex, prompt, line.title, wrong, because, random))


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


# --- factors ---


def factor_gap(here: Bench, line: Line, random: Random, typed: bool) -> Blank | None:
    """A factor is missing; None if there is none that one could ask for."""
    step = here.derivation[line.number]
    found = list(dict.fromkeys(_factors(step.after)))
    random.shuffle(found)
    for part in found:
        latex = _boxed(here, step, part)
        if latex.count(BOX) != 1:
            continue
        if typed:
            prompt = "Type what belongs in the box."
            return Blank(Gap(line.number, "factor", latex, prompt, (), -1, line.why), part)
        wrong = _wrong_parts(here, step, part)
        if len(wrong) >= _FEWEST_WRONG:
            some = dict(random.sample(list(wrong.items()), min(_MOST_WRONG, len(wrong))))
            prompt = "What belongs in the box?"
            right = shown(here, part)
            gap = choice(line, "factor", latex, prompt, right, list(some), list(some.values()), random)
            return Blank(gap, part)
    return None


def _factors(node: Node) -> Iterator[Node]:
    """Parts that one can ask for: factors that are no sums, and slopes of functions."""
    for whole in walk(node):
        if isinstance(whole, nodes.MatMul | nodes.Hadamard):
            for part in children(whole):
                plain = part.body if isinstance(part, nodes.Transpose | nodes.Diag) else part
                if isinstance(plain, Var | Slope | nodes.Fn) or _is_slope(plain):
                    yield part
        elif isinstance(whole, nodes.Add | nodes.Sum) and not _is_slope(whole):
            yield from (part for part in children(whole) if isinstance(part, Slope))


def _is_slope(node: Node) -> bool:
    """1 - h², or 1 - f."""
    return isinstance(node, nodes.Add) and len(node.terms) == 2 and isinstance(node.terms[0], nodes.Fill)


def _boxed(here: Bench, step: Step, part: Node) -> str:
    """The line with a box in place of the part, in its last side."""
    text = step_latex(replace(step, focus=part), here.letters, here.job.rows, focused=True)
    while (start := text.find(r"\focus{")) >= 0:
        end = _closing(text, start + len(r"\focus"))
        text = text[:start] + BOX + text[end + 1 :]
    for bracketed in (rf"\left({BOX}\right)", f"({BOX})"):
        text = text.replace(bracketed, BOX)
    return text


def _closing(text: str, start: int) -> int:
    """Where the brace that opens at `start` is closed."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place
    return len(text) - 1


def _wrong_parts(here: Bench, step: Step, part: Node) -> dict[str, str]:
    """LaTeX of what does not belong there -> the mistake that it would be."""
    found: dict[str, str] = {}
    for mistake in mistakes(part, here.roles):
        latex = shown(here, mistake.node)
        if latex not in found and latex != shown(here, part) and not fits(here, step, part, mistake.node):
            found[latex] = told(here, mistake)
    return found


def fits(here: Bench, step: Step, part: Node, other: Node) -> bool:
    """Whether the line is true with `other` in place of the part."""
    whole = swapped(step.after, part, other)
    if whole is None or whole.shape != step.left.shape:
        return False
    cases = own_cases(here, step)
    try:
        return equal(here.value(step.left, cases), here.value(whole, cases))
    except LookupError:
        return False


# --- indices ---


def index_gap(here: Bench, line: Line, random: Random) -> Blank | None:
    """The time of one leaf is missing; None if no leaf has one."""
    step = here.derivation[line.number]
    leaves = [leaf for leaf in dict.fromkeys(walk(step.after)) if time_of(leaf) is not None]
    random.shuffle(leaves)
    for leaf in leaves:
        whole = swapped(step.after, leaf, at_time(leaf, At(_MARK)))
        if whole is None:
            continue
        latex = step_latex(replace(step, chain=(*step.chain[:-1], whole)), here.letters, here.job.rows)
        latex = re.sub(f"_{_MARK}", f"_{{{_MARK}}}", latex).replace(_MARK, BOX)
        if latex.count(BOX) == 1:
            prompt = "Type the index that belongs in the box, such as $t-1$."
            return Blank(Gap(line.number, "index", latex, prompt, (), -1, line.why), leaf)
    return None


def time_of(leaf: Node) -> At | None:
    of = leaf.of if isinstance(leaf, Slope) else leaf
    return of.at if isinstance(of, Var) else None


def at_time(leaf: Node, time: At) -> Node:
    """The same quantity, or its slope, at another time."""
    if isinstance(leaf, Slope):
        return slope(var(leaf.of.name, leaf.of.shape, time))
    return var(leaf.name, leaf.shape, time) if isinstance(leaf, Var) else leaf
