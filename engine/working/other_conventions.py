"""Conventions under which a student's line may be true although it is not true here.

Books differ in a factor of the loss, in what z of a GRU keeps, in how a slope lies. A line that is
right in its own book deserves to hear which one. Some conventions are another job, with a derivation
of its own; others are another reading of the same line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from engine.derivations.catalogue import cleaned, options
from engine.errors import FormulaError
from engine.symbolic.jobs import GradientJob
from engine.tape.makers import ShapeError, partial, slope, transpose
from engine.tape.nodes import Fill, Node, Partial, Slope, Var
from engine.tape.numbers import Array, Times, Values
from engine.tape.walk import swap
from engine.working.bench import Bench, bench
from engine.working.claim import Claim
from engine.working.claimed import claimed
from engine.working.reading import as_equation, names, understood


class Convention(NamedTuple):
    """Its name, and a sentence on how it differs from ours."""

    name: str
    sentence: str


_JOBS: dict[tuple[str, object], Convention] = {
    ("loss", "whole"): Convention(
        "loss without the 1/2",
        "With the loss $\\lVert \\hat y - y \\rVert^2$, without the $\\tfrac12$ of this derivation, it is "
        "right: all gradients are then twice as large.",
    ),
    ("loss", "half"): Convention(
        "loss with the 1/2",
        "With the loss $\\tfrac12 \\lVert \\hat y - y \\rVert^2$ it is right. This derivation has no "
        "$\\tfrac12$ in its loss, so all gradients are twice as large.",
    ),
    ("update", "take"): Convention(
        "GRU z takes the new state",
        "Where $h_t = (1 - z_t) \\odot h_{t-1} + z_t \\odot n_t$ it is right. Here $z_t$ keeps the old "
        "state: $z_t$ and $1 - z_t$ change places.",
    ),
    ("update", "keep"): Convention(
        "GRU z keeps the old state",
        "Where $h_t = z_t \\odot h_{t-1} + (1 - z_t) \\odot n_t$ it is right. Here $z_t$ lets the new state "
        "in: $z_t$ and $1 - z_t$ change places.",
    ),
    ("reset", "before"): Convention(
        "GRU reset before the product",
        "Where the reset gate acts on the state before the product, $U_n (r_t \\odot h_{t-1})$, it is right. "
        "Here it acts after it: $r_t \\odot (U_n h_{t-1} + c_n)$.",
    ),
    ("reset", "after"): Convention(
        "GRU reset after the product",
        "Where the reset gate acts after the product, $r_t \\odot (U_n h_{t-1} + c_n)$, it is right. Here it "
        "acts on the state before it: $U_n (r_t \\odot h_{t-1})$.",
    ),
    ("gates", "stacked"): Convention(
        "one matrix a gate",
        "With one matrix for state and input together, $W [h_{t-1}; x_t] + b$, it is right. Here each gate "
        "has two: $W x_t + U h_{t-1} + b$.",
    ),
    ("gates", "apart"): Convention(
        "two matrices a gate",
        "With a matrix for the input and one for the state, $W x_t + U h_{t-1} + b$, it is right. Here each "
        "gate has one for both: $W [h_{t-1}; x_t] + b$.",
    ),
    ("rows", True): Convention(
        "vectors as rows",
        "With vectors as rows it is right: everything is transposed, $h_{t-1} W_h$ for $W_h h_{t-1}$. Here "
        "vectors are columns.",
    ),
    ("rows", False): Convention(
        "vectors as columns",
        "With vectors as columns it is right: everything is transposed, $W_h h_{t-1}$ for $h_{t-1} W_h$. "
        "Here vectors are rows.",
    ),
}
_DOWNHILL = Convention(
    "minus the gradient",
    "These are the gradients of $-L$: $y - \\hat y$ for $\\hat y - y$ points downhill, where a step of "
    "training goes. The derivation finds the gradients of $L$ itself; do not take the minus twice.",
)
_MEAN = Convention(
    "mean over time",
    "With the mean of the $L_t$ over the $T$ steps as the loss it is right: all gradients are then divided "
    "by $T$. Here $L$ is their sum.",
)
_STATES = Convention(
    "δ for the gradient of the state",
    "Where $\\delta_t$ stands for $\\partial L / \\partial h_t$, the gradient after the activation, it is "
    "right. Here $\\delta_t = \\partial L / \\partial a_t$, the gradient before it: $\\phi'(a_t)$ lies "
    "between.",
)
_LAYOUT = Convention(
    "derivatives transposed",
    "It is right where derivatives are written as the transpose of ours (numerator or denominator layout). "
    "Here $\\partial L / \\partial W$ has the shape of $W$, and entry $(i, j)$ of "
    "$\\partial u / \\partial v$ is $\\partial u_i / \\partial v_j$.",
)
_SQUARED = Convention(
    "squared error",
    "With the squared error as the loss it is right. Here the loss is the cross-entropy of a softmax: "
    "$\\hat y - y$ is its gradient by the scores $s$, and $-y / \\hat y$ that by $\\hat y$.",
)
_GATES_HELD = Convention(
    "gates held constant",
    "With the gates held constant it is right: that is $\\partial^+$, the direct way from state to state, "
    "which carries the gradient. The full Jacobian has more terms, as the gates depend on the earlier "
    "state, too.",
)
_IMMEDIATE = Convention(
    "immediate derivative",
    "It is right for the immediate derivative, $\\partial^+$: the direct way only, with the earlier states "
    "held constant. The total derivative also goes through them; for a parameter the two are equal at "
    "$t = 1$ only.",
)


def conventions_of(here: Bench, text: str, lines: Sequence[int]) -> Iterator[tuple[Convention, Claim]]:
    """Other conventions with what the text claims under them; see `claimed`.

    Those under which the text cannot be read are left out.
    """
    claim = claimed(here, text, lines)
    if claim is not None:
        yield from _other_readings(claim)
    readable = _is_readable(here, text)
    for convention, job in other_jobs(here.job):
        if readable and job.rows != here.job.rows:
            continue  # who writes rows writes products that do not fit with columns
        there = bench(job)
        other = claimed(there, text, _same_lines(here, there, lines))
        if other is not None:
            yield convention, other


def _is_readable(here: Bench, text: str) -> bool:
    try:
        understood(here.job, as_equation(text)[0])
    except FormulaError:
        return False
    return True


def _same_lines(here: Bench, there: Bench, lines: Sequence[int]) -> list[int]:
    """The lines of another derivation that say what these are about."""
    lefts = {here.derivation[line].left for line in lines if line <= len(here.derivation.steps)}
    return [line for line, step in enumerate(there.derivation.steps, 1) if step.left in lefts]


def other_jobs(job: GradientJob) -> Iterator[tuple[Convention, GradientJob]]:
    """The same gradient under other conventions that the catalogue has."""
    for (field, value), convention in _JOBS.items():
        choices = {option.field: [choice.value for choice in option.choices] for option in options(job)}
        other = cleaned(_with(job, field, value))
        if (
            value in choices.get(field, ())
            and value != getattr(job, field)
            and getattr(other, field) == value
        ):
            from_entropy = field == "loss" and job.loss == "cross-entropy"
            yield _SQUARED if from_entropy else convention, other


def _with(job: GradientJob, field: str, value: object) -> GradientJob:
    fields: dict[str, Any] = {"given": None, field: value}
    return replace(job, **fields)


def _other_readings(claim: Claim) -> Iterator[tuple[Convention, Claim]]:
    world, job = claim.bench.world, claim.bench.job
    changes = (
        (_STATES, _of_states(claim)),
        (_LAYOUT, _transposed(claim)),
        (_LAYOUT, _jacobians_transposed(claim)),
        _held(claim),
    )
    for convention, other in changes:
        if other is not None:
            yield convention, other
    yield _DOWNHILL, replace(claim, values=Scaled(world, -1.0))
    if job.outputs == "each" and claim.bench.steps > 1:
        yield _MEAN, replace(claim, values=Scaled(world, 1 / claim.bench.steps))


def _of_states(claim: Claim) -> Claim | None:
    """δ read as the slope of the state that the pre-activation becomes."""
    roles = claim.bench.roles
    states = {state.name for state in roles.states}

    def change(part: Node) -> Node | None:
        if isinstance(part, Slope) and part.of.name in roles.sums:
            after = roles.becomes(part.of)
            return slope(after) if after is not None and after.name in states else None
        return None

    left, right = swap(claim.left, change), swap(claim.right, change)
    return None if left is claim.left and right is claim.right else replace(claim, left=left, right=right)


def _transposed(claim: Claim) -> Claim | None:
    """The right side is the transpose of ours."""
    if not isinstance(claim.left, Slope | Partial) or "1" in claim.left.shape:
        return None
    return replace(claim, right=transpose(claim.right))


def _jacobians_transposed(claim: Claim) -> Claim | None:
    """Every Jacobian in it is the transpose of ours."""

    def change(part: Node) -> Node | None:
        return transpose(part) if isinstance(part, Partial) else None

    try:
        right = swap(claim.right, change)
    except ShapeError:
        return None
    if right is claim.right:
        return None
    left = claim.left
    return replace(claim, right=transpose(right) if isinstance(left, Partial) else right)


def _held(claim: Claim) -> tuple[Convention, Claim | None]:
    """A total derivative on the left read as an immediate one."""
    of_job, roles = names(claim.bench.job), claim.bench.roles
    states = {state.name for state in roles.states}
    left, convention = claim.left, _IMMEDIATE
    if isinstance(left, Partial) and left.held is None:
        if roles.gates and left.of.name == left.by.name in states:
            convention = _GATES_HELD
        immediate = partial(left.of, left.by, of_job.held(left.of, left.by))
        if immediate is not left and not _is_nothing(claim):
            return convention, replace(claim, left=immediate)
    return convention, None


def _is_nothing(claim: Claim) -> bool:
    """Whether the right side is 0, which is true of any direct way that there is not."""
    return isinstance(claim.right, Fill) and not claim.right.value


@dataclass(frozen=True, slots=True)
class Scaled:
    """Numbers with a loss that is `factor` times as large."""

    values: Values
    factor: float

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        found = self.values.of(leaf, times)
        scaled: Array = found * self.factor
        return scaled if isinstance(leaf, Slope) or _is_loss(leaf) else found

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        found = self.values.partial(leaf, of, by)
        scaled: Array = found * self.factor
        return scaled if _is_loss(leaf.of) else found

    def size(self, name: str) -> int:
        return self.values.size(name)


def _is_loss(leaf: Var) -> bool:
    """L itself; the L_t stay as they are."""
    return leaf.name == "L" and leaf.at is None
