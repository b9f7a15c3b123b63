"""What a typed line claims on a bench: which left side is meant, and which letter.

Knows what can be read; judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.derivations.steps import Step
from engine.errors import FormulaError
from engine.tape.index import At
from engine.tape.nodes import Node
from engine.tape.numbers import letters_of
from engine.tape.walk import put
from engine.working.bench import Bench
from engine.working.claim import Claim
from engine.working.reading import as_equation, loosely


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
    if equation.left is not None:
        return Claim(here, equation.left, equation.right, relation)
    steps = [here.derivation[line] for line in lines if line <= len(here.derivation.steps)]
    claims = [Claim(here, step.left, _relettered(equation.right, step), step.relation) for step in steps]
    true = [claim for claim in claims if claim.held()]
    alike = [claim for claim in reversed(claims) if claim.left.shape == claim.right.shape]
    return next(iter((*true, *alike, *reversed(claims))), None)


def _relettered(right: Node, step: Step) -> Node:
    """With the line's letter, where one other letter stands in its place."""
    letters = set(letters_of(right)) - {"T"}
    if step.span is None or len(letters) != 1 or step.span.letter in letters:
        return right
    return put(right, letters.pop(), At(step.span.letter))
