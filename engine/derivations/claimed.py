"""What a typed line claims on a bench: which left side is meant, what a ∂⁺ holds constant, which letter.

Knows what can be read; judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.derivations.bench import Bench
from engine.derivations.claim import Claim
from engine.derivations.reading import as_equation, loosely
from engine.derivations.steps import Step
from engine.derivations.typed import Equation
from engine.errors import FormulaError
from engine.tape.index import At
from engine.tape.makers import partial
from engine.tape.nodes import Node, Partial
from engine.tape.numbers import letters_of
from engine.tape.walk import put, swap


def claimed(here: Bench, text: str, lines: Sequence[int]) -> Claim | None:
    """The claim that `text` makes on a bench, its sides perhaps of different shapes.

    Without a left side that of one of `lines` is meant: one for which it is true, else the last of
    the same shape. None if it cannot be read there, or there is no such line.
    """
    try:
        text, relation = as_equation(text)
        equation = loosely(here.job, text)
    except FormulaError:
        return None
    claims = [claim for way in range(_ways(here)) for claim in _claims(here, equation, relation, lines, way)]
    held = [(claim, claim.held()) for claim in claims]
    asked = [claim for claim, true in held if set(lines) & set(true)]
    true = [claim for claim, true in held if true]
    alike = [claim for claim in reversed(claims) if claim.left.shape == claim.right.shape]
    meant = [claim for claim in alike if set(lines) & set(claim.lines())]
    return next(iter((*asked, *true, *meant, *alike, *reversed(claims))), None)


def _claims(
    here: Bench, equation: Equation, relation: str, lines: Sequence[int], way: int
) -> Iterator[Claim]:
    """What it claims: one thing, or one for each of the lines that its left side could be of."""
    right = _held_as_here(equation.right, here, way)
    if equation.left is not None:
        yield Claim(here, _held_as_here(equation.left, here, way), right, relation)
        return
    for line in lines:
        if line <= len(here.derivation.steps):
            step = here.derivation[line]
            yield Claim(here, step.left, _relettered(right, step), step.relation)


def _ways(here: Bench) -> int:
    """In how many ways a derivative can be meant."""
    return max((len(ways) for ways in here.meant.values()), default=1)


def _held_as_here(node: Node, here: Bench, way: int) -> Node:
    """A typed ∂⁺ does not say what is held constant: what the derivation holds, in one of its ways."""

    def change(part: Node) -> Node | None:
        if not isinstance(part, Partial):
            return None
        ways = here.meant.get((part.of.name, part.by.name), (part.held,))
        immediate = [held for held in ways if (held is None) == (part.held is None)] or ways
        return partial(part.of, part.by, immediate[min(way, len(immediate) - 1)])

    return swap(node, change)


def _relettered(right: Node, step: Step) -> Node:
    """With the line's letter, where one other letter stands in its place."""
    letters = set(letters_of(right)) - {"T"}
    if step.span is None or len(letters) != 1 or step.span.letter in letters:
        return right
    return put(right, letters.pop(), At(step.span.letter))
