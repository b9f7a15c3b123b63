"""Which named mistake a wrong expression is: the right one with that mistake has the same numbers.

Looked for in two ways: a mistake made in the right line, also with another line put into it, and
a mistake undone in what the student wrote. Knows no sentences of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from engine.derivations.steps import Step
from engine.tape.index import At, t
from engine.tape.makers import add
from engine.tape.nodes import Add, Node, Slope, Var
from engine.tape.numbers import Array, letters_of
from engine.tape.walk import put, walk
from engine.working.bench import Bench, Cases, equal, first_case
from engine.working.claim import Claim
from engine.working.mistake import swapped
from engine.working.mistakes import Mistake, mended, mistakes

_MISSING = (
    "Only some of the terms are here, $«wrong»$. Every path gives one, and they are added: it is $«right»$."
)
_MOST_TERMS = 6  # whose sums are tried
_MOST = 1500  # expressions that are tried; a line has 20 to 400 mistakes


def recognised(bench: Bench, sides: tuple[Node, ...], cases: Cases, yours: Array) -> Mistake | None:
    """The mistake that makes one of `sides` worth `yours` ([P, n, r, c]) in all cases."""
    tried: Iterator[Mistake] = itertools.islice(_candidates(bench, sides), _MOST)
    return _first_worth(yours, tried, bench.valuer(cases), set(sides))


def _first_worth(
    wanted: Array, tried: Iterator[Mistake], value: Callable[[Node], Array], seen: set[Node]
) -> Mistake | None:
    """The first mistake whose expression has this value; none of those that were seen."""
    for mistake in tried:
        if mistake.node not in seen:
            seen.add(mistake.node)
            try:
                found = value(mistake.node)
            except LookupError:  # a time or a slope that is not there
                continue
            if equal(found, wanted):
                return mistake
    return None


def recognised_form(claim: Claim, line: int) -> Mistake | None:
    """The mistake that makes a side of the line look like the right side of the claim, letter by letter.

    For what cannot be computed, as it asks for a time that is not there.
    """
    here, match = claim.bench, claim.lines()[line]
    own, yours = first_case(match.own), here.at_case(claim.right, first_case(match.cases))
    for side in here.derivation[line].chain:
        for mistake in mistakes(side, here.roles):
            if here.at_case(mistake.node, own) is yours:
                return mistake
    return None


def undone(claim: Claim, cases: Cases) -> Mistake | None:
    """The mistake without which the right side of the claim would be true."""
    here = claim.bench
    wanted = here.value(claim.left, cases)
    return _first_worth(wanted, mended(claim.right, here.roles), here.valuer(cases), set())


def without_sum(claim: Claim, line: int, loose: list[str]) -> Mistake | None:
    """The mistake, if the right side is what one step gives and only the sum over time is missing."""
    here, step = claim.bench, claim.bench.derivation[line]
    if len(loose) > 1:
        return None
    cases = {"t": np.arange(1, here.steps + 1)}
    yours = _value(here, put(claim.right, loose[0], t), cases)
    for side in step.chain:
        for mistake in mistakes(side, here.roles):
            if yours is not None and letters_of(mistake.node) - letters_of(step.left) - {"T"} == {"t"}:
                found = _value(here, mistake.node, cases)
                if found is not None and equal(found, yours):
                    return mistake
    return None


def _candidates(bench: Bench, sides: tuple[Node, ...]) -> Iterator[Mistake]:
    """Mistakes in the sides, then in what a line says of a slope in them, put in its place."""
    for side in sides:
        yield from mistakes(side, bench.roles)
        yield from _paths_left_out(side)
    for side in sides:
        for leaf in dict.fromkeys(part for part in walk(side) if isinstance(part, Slope)):
            said = _said_of(bench, leaf)
            for mistake in mistakes(said, bench.roles) if said is not None else ():
                whole = swapped(side, leaf, mistake.node)
                if whole is not None:
                    yield replace(mistake, node=whole)


def _paths_left_out(side: Node) -> Iterator[Mistake]:
    """With more than one term of a sum left out."""
    terms = side.terms if isinstance(side, Add) and len(side.terms) <= _MOST_TERMS else ()
    for count in range(1, len(terms) - 1):
        for kept in itertools.combinations(terms, count):
            left = add(*kept)
            yield Mistake("missing terms", _MISSING, left, side, left)


def _value(bench: Bench, node: Node, cases: Cases) -> Array | None:
    try:
        return bench.value(node, cases)
    except LookupError:  # a time or a slope that is not there
        return None


def _said_of(bench: Bench, leaf: Slope) -> Node | None:
    """The last side of a line about this slope, at its time."""
    for step in reversed(bench.derivation.steps):
        if isinstance(step.left, Slope) and step.left.of.name == leaf.of.name:
            return _moved(step, step.left.of, leaf.of)
    return None


def _moved(step: Step, of: Var, to: Var) -> Node | None:
    if of.at == to.at:
        return step.after
    if step.span is None or of.at is None or to.at is None:
        return None
    return put(step.after, step.span.letter, At(to.at.base, to.at.shift - of.at.shift))
