"""What can be left out of a line: its rule, a factor, an index. The wrong choices are named mistakes.

Every wrong choice is put into the line and tried out with numbers: what happens to be right is no
wrong choice. Knows no exercise as a whole.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from engine.derivations.steps import Step
from engine.derivations.typeset import step_latex
from engine.symbolic.choices import BOX, FEWEST_WRONG, MOST_WRONG, choice, rule_gap
from engine.symbolic.report import Gap, Line
from engine.tape import nodes
from engine.tape.index import At
from engine.tape.makers import slope, var
from engine.tape.nodes import Node, Slope, Var
from engine.tape.walk import children, walk
from engine.working.bench import Bench, Cases
from engine.working.feedback import shown, told
from engine.working.mistake import swapped
from engine.working.mistakes import Mistake, mistakes

_MARK = "□"  # stands for a time that is left out, until the line is LaTeX
DULL = ("factor 2", "wrong sign")  # of a factor or a line as a whole: nobody takes these


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


_ALIKE = (  # rules of which a line may go by either, so that they are no choices beside each other
    {"local-derivative", "function-derivative", "immediate-derivative", "immediate-state", "step-jacobian"},
    {"local-derivative", "direct-way-c", "direct-way-h"},
    {"through-matrix", "back-in-time", "paths-add", "truncated"},
    {"jacobian-bound", "product-bound", "vanishing", "exploding", "direct-product-c", "direct-product-h"},
    {"sum-of-products", "sum-over-losses", "paths-written-out", "insert", "sum-over-time", "written-out"},
    {"through-softmax", "cross-entropy-slope", "softmax-cross-entropy"},
    {"preactivation", "output", "logits", "reset-after"},
    {"state", "gate", "candidate", "cell-tanh"},
)


def rule(line: Line, lines: Sequence[Line], random: Random) -> Blank | None:
    """Which rule allows the line? None if all around are alike."""
    alike = set[str]().union(*(rules for rules in _ALIKE if line.rule in rules))
    gap = rule_gap(line, lines, alike, random)
    return None if gap is None else Blank(gap)


# --- factors ---


def factor_gap(here: Bench, line: Line, random: Random, typed: bool) -> Blank | None:
    """A factor is missing; None if there is none that one could ask for."""
    step = here.derivation[line.number]
    found = {part: _boxed(here, step, part) for part in dict.fromkeys(_factors(step.after))}
    parts = [part for part, latex in found.items() if latex.count(BOX) == 1]
    random.shuffle(parts)
    if typed:
        prompt = "Type what belongs in the box."
        gaps = (Gap(line.number, "factor", found[part], prompt, (), -1, line.why) for part in parts)
        return next((Blank(gap, part) for gap, part in zip(gaps, parts, strict=True)), None)
    return _chosen_factor(here, line, {part: found[part] for part in parts}, random)


def _chosen_factor(here: Bench, line: Line, parts: Mapping[Node, str], random: Random) -> Blank | None:
    """The factor for which most mistakes are plausible, among choices; `parts` with their gaps' LaTeX."""
    wrong = {part: _wrong_parts(here, here.derivation[line.number], part, random) for part in parts}
    part = max(wrong, key=lambda one: min(len(wrong[one]), MOST_WRONG), default=None)
    if part is None or len(wrong[part]) < FEWEST_WRONG:
        return None
    some = dict(itertools.islice(wrong[part].items(), MOST_WRONG))
    right, prompt = shown(here, part), "What belongs in the box?"
    gap = choice(line, "factor", parts[part], prompt, right, list(some), list(some.values()), random)
    return Blank(gap, part)


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


def _wrong_parts(here: Bench, step: Step, part: Node, random: Random) -> dict[str, str]:
    """LaTeX of what does not belong there -> the sentence about the mistake that it would be."""
    wrong = [
        mistake
        for mistake in mistakes(part, here.roles)
        if mistake.name not in DULL and not true_with(here, step, swapped(step.after, part, mistake.node))
    ]
    found: dict[str, str] = {}
    for mistake in different(wrong, random):
        found.setdefault(shown(here, mistake.node), told(here, mistake))
    found.pop(shown(here, part), None)
    return found


def different(found: list[Mistake], random: Random) -> list[Mistake]:
    """Shuffled, but one of each name first."""
    met: Counter[str] = Counter()
    ranked = []
    for mistake in random.sample(found, len(found)):
        ranked.append((met[mistake.name], mistake))
        met[mistake.name] += 1
    return [mistake for _, mistake in sorted(ranked, key=lambda one: one[0])]


def true_with(here: Bench, step: Step, side: Node | None) -> bool:
    """Whether the line would be true with this as its last side, or cannot be computed at all then.

    What fits no shape (None) is not true.
    """
    if side is None or side.shape != step.left.shape:
        return False
    cases = own_cases(here, step)
    try:
        if step.relation == "≤":
            return here.bounded(step.left, side, cases)
        return here.same(step.left, side, cases)
    except LookupError:
        return True


def fits(here: Bench, step: Step, part: Node, other: Node) -> bool:
    """Whether the last side is worth the same with `other` in place of the part."""
    whole = swapped(step.after, part, other)
    try:
        return whole is not None and here.same(step.after, whole, own_cases(here, step))
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
