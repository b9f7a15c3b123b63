"""Derivations with one mistake in them: the check of that line, or of a later one, has to turn red.

Every line of a catalogue of derivations is mutated wherever that gives an expression of the same
shape. What a mutated line says is all that it says: its other sides, which would give the mistake
away at once, are taken out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pytest

from engine.checking.world import World, drawn
from engine.derivations.catalogue import cleaned
from engine.derivations.derive import derive
from engine.derivations.rules import CATALOGUE
from engine.derivations.steps import Derivation, Step
from engine.symbolic.jobs import GradientJob
from engine.tape import makers as make
from engine.tape import nodes
from engine.tape.latex import latex
from engine.tape.makers import ShapeError
from engine.tape.nodes import Node, Slope, Var
from engine.tape.walk import children, remade

MOST = 150  # mutants of one derivation that are tried, spread over all kinds

JOBS = [
    GradientJob("rnn", "W_h"),
    GradientJob("rnn", "W_i", steps=4, outputs="each", loss="cross-entropy"),
    GradientJob("rnn", "W_h", steps=4, outputs="each", loss="whole", truncate=2, activation="sigmoid"),
    GradientJob("rnn", "h_0", steps=2, activation="relu"),
    GradientJob("rnn", "W_h", scalar=True, outputs="each"),
    GradientJob("lstm", "U_f"),
    GradientJob("lstm", "W_i", steps=4, gates="stacked", outputs="each", loss="cross-entropy"),
    GradientJob("lstm", "c_0", steps=2),
    GradientJob("gru", "U_n"),
    GradientJob("gru", "U_z", steps=4, reset="before", update="take", outputs="each"),
    GradientJob("birnn", "W_h_rev", outputs="each"),
    GradientJob("layers", "W_h1"),
    GradientJob("attention", "U_a"),
    GradientJob("attention", "W_h"),
    GradientJob("softmax", "s"),
    GradientJob("layernorm", "x"),
    GradientJob("batchnorm", "X"),
    GradientJob("clipping", "g_by_norm"),
    GradientJob("clipping", "g_by_value"),
]


# --- mistakes ---


def turned(node: Node) -> Iterator[Node]:
    """A transpose too few, or one too many."""
    if isinstance(node, nodes.Transpose):
        yield node.body
    elif isinstance(node, Var) and "1" not in node.shape:
        yield make.transpose(node)


def term_dropped(node: Node) -> Iterator[Node]:
    if isinstance(node, nodes.Add):
        yield from (
            make.add(*(term for term in node.terms if term is not left_out)) for left_out in node.terms
        )


def another_time(node: Node) -> Iterator[Node]:
    """h_t for h_{t-1}, δ_t for δ_{t+1}, and the other way round."""
    for by in (1, -1):
        if isinstance(node, Var) and node.at is not None:
            yield make.var(node.name, node.shape, node.at + by)
        elif isinstance(node, Slope) and node.of.at is not None:
            yield make.slope(make.var(node.of.name, node.shape, node.of.at + by))


def another_quantity(node: Node) -> Iterator[Node]:
    """Gates exchanged, a pre-activation for what is made of it, tanh taken twice."""
    exchanged = {"f": "i", "i": "f", "o": "f", "z": "r", "r": "z", "h": "a", "c": "m", "m": "c"}
    if isinstance(node, Var) and node.at is not None:
        if node.name in exchanged:
            yield make.var(exchanged[node.name], node.shape, node.at)
        if node.name in ("h", "n", "m"):
            yield make.fn("tanh", node)


def another_function(node: Node) -> Iterator[Node]:
    if isinstance(node, nodes.Fn):
        yield make.fn({"tanh": "sigmoid"}.get(node.name, "tanh"), node.body, node.primed)
        yield make.fn(node.name, node.body, not node.primed)


def factor_dropped(node: Node) -> Iterator[Node]:
    if isinstance(node, nodes.Hadamard):
        yield from (make.times(*node.factors[:-1]), make.times(*node.factors[1:]))
    if isinstance(node, nodes.MatMul):
        yield from (make.matmul(*node.factors[:-1]), make.matmul(*node.factors[1:]))


def sign_dropped(node: Node) -> Iterator[Node]:
    if isinstance(node, nodes.Neg):
        yield node.body


def another_bound(node: Node) -> Iterator[Node]:
    if isinstance(node, nodes.Sum | nodes.Prod):
        over = make.sum_over if isinstance(node, nodes.Sum) else make.prod_over
        yield over(node.body, node.index, node.low + 1, node.high)
        yield over(node.body, node.index, node.low, node.high - 1)


def another_number(node: Node) -> Iterator[Node]:
    if isinstance(node, nodes.Fill) and node.value:
        yield make.fill(node.value * 2, node.shape)


MISTAKES: tuple[Callable[[Node], Iterator[Node]], ...] = (
    turned,
    term_dropped,
    another_time,
    another_quantity,
    another_function,
    factor_dropped,
    sign_dropped,
    another_bound,
    another_number,
)


def everywhere(node: Node, mistake: Callable[[Node], Iterator[Node]]) -> Iterator[Node]:
    """`node` with the mistake made once, at each place where it can be made."""
    yield from mistake(node)
    parts = children(node)
    for place, part in enumerate(parts):
        for wrong in everywhere(part, mistake):
            try:
                yield remade(node, (*parts[:place], wrong, *parts[place + 1 :]))
            except ShapeError:  # nobody could have written that down
                continue


# --- mutants ---


@dataclass(frozen=True)
class Mutant:
    """A derivation whose line `number` says something else."""

    derivation: Derivation
    number: int
    mistake: str
    step: Step

    @property
    def steps(self) -> tuple[Step, ...]:
        place = self.number - 1
        return (*self.derivation.steps[:place], self.step, *self.derivation.steps[place + 1 :])


@lru_cache(maxsize=len(JOBS))
def derivation_of(job: GradientJob) -> Derivation:
    return derive(job)


@lru_cache(maxsize=len(JOBS))
def mutants(job: GradientJob) -> tuple[Mutant, ...]:
    """Of all equations; bounds stay true when they are made weaker."""
    found = []
    derivation = derivation_of(job)
    for number, step in enumerate(derivation.steps, start=1):
        if step.relation != "=" or not (step.span is None or step.span.times({"T": job.steps})):
            continue
        for mistake in MISTAKES:
            for wrong in dict.fromkeys(everywhere(step.after, mistake)):
                if wrong.shape == step.left.shape and wrong is not step.after:
                    found.append(Mutant(derivation, number, mistake.__name__, replace(step, chain=(wrong,))))
    return tuple(found)


def red(mutant: Mutant) -> bool:
    """Whether the check of the line, or of one after it, fails."""
    job = mutant.derivation.job
    world = World(job, mutant.derivation.program, drawn(job))
    for step in mutant.steps:
        world.bind(step)
    for step in mutant.steps[mutant.number - 1 :]:
        check = CATALOGUE[step.rule].checker(step, world)
        if check is not None and not check.ok:
            return True
    return False


def told(mutant: Mutant) -> str:
    step = mutant.step
    return f"line {mutant.number}, {mutant.mistake}: {latex(step.left)} = {latex(step.after)}"


ADDS_UP_TO_NOTHING = {
    (
        "layernorm",
        "mu",
    ): "distances from a mean add up to 0, and so does whatever is multiplied by them alike",
    ("batchnorm", "mu"): "as in layer norm",
    ("attention", "d"): "slopes of the scores of a softmax add up to 0, so the 1 in 1 - K ⊙ K says nothing",
}


def says_the_same(mutant: Mutant) -> bool:
    """Whether it is no mistake after all, for one of the reasons above."""
    left, model = mutant.step.left, mutant.derivation.job.model
    return isinstance(left, Slope) and (model, left.of.name) in ADDS_UP_TO_NOTHING


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{job.wrt}")
def test_every_mistake_turns_a_line_red(job: GradientJob) -> None:
    every = mutants(cleaned(job))
    chosen = [every[place] for place in np.random.default_rng(1).permutation(len(every))[:MOST]]
    survivors = [mutant for mutant in chosen if not red(mutant)]
    assert [told(mutant) for mutant in survivors if not says_the_same(mutant)] == []


def test_there_are_mistakes_of_every_kind() -> None:
    kinds = Counter(mutant.mistake for job in JOBS for mutant in mutants(cleaned(job)))
    assert kinds.keys() == {mistake.__name__ for mistake in MISTAKES}
    assert min(kinds.values()) > 20
    assert kinds.total() > 4000


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{job.wrt}")
def test_without_a_mistake_every_line_is_green(job: GradientJob) -> None:
    derivation = derivation_of(cleaned(job))
    world = World(derivation.job, derivation.program, drawn(derivation.job))
    for step in derivation.steps:
        world.bind(step)
    checks = [CATALOGUE[step.rule].checker(step, world) for step in derivation.steps]
    assert [check for check in checks if check is not None and not check.ok] == []
