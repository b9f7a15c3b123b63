"""Mistakes with letters: a time off by one, one gate or state for another, the input for the state."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from engine.tape.index import At
from engine.tape.makers import fill, minus, partial, slope, times, var
from engine.tape.nodes import Add, Fill, Hadamard, Neg, Node, Partial, Slope, Var
from engine.tape.walk import put, swap, walk
from engine.working.mistake import Kind, Told, always, called, without
from engine.working.roles import Roles


def _another_time(part: Node, _: Roles) -> Iterator[Node | None]:
    for shift in (1, -1):
        match part:
            case Var(shape, name, At() as time):
                yield var(name, shape, time + shift)
            case Slope(_, Var(shape, name, At() as time)):
                yield slope(var(name, shape, time + shift))


def _told_time(right: Node, wrong: Node, roles: Roles) -> Told:
    name = f"{called(wrong)} for {called(right)}"
    if isinstance(right, Slope):
        return name, (
            "The gradient comes back along the arrows of the network, from the place that was fed: that is "
            "$«right»$, not $«wrong»$."
        )
    if any(state.name == right.name for state in roles.states if isinstance(right, Var)):
        return name, (
            "Look at which state stands in the forward line: a step works with the state that came in, "
            "$h_{t-1}$, and makes $h_t$. Here it is $«right»$, not $«wrong»$."
        )
    return name, "It is off by one step: $«right»$, not $«wrong»$. Follow the arrows of the network."


def _another_gate(part: Node, roles: Roles) -> Iterator[Node | None]:
    """The value of one gate for that of another, or a quantity that belongs to the one for the other's."""
    for first, second in itertools.permutations(roles.gates, 2):
        match part:
            case Var(shape, name, time) if _of_gate(name, first):
                yield var(_renamed(name, first, second), shape, time)
            case Slope(_, Var(shape, name, time)) if _of_gate(name, first):
                yield slope(var(_renamed(name, first, second), shape, time))


def _gates_exchanged(part: Node, roles: Roles) -> Iterator[Node | None]:
    """The whole expression with two gates exchanged, or with one in place of the other."""
    for kinds in ((Var, Slope, Partial), (Var,)):
        for first, second in itertools.combinations(roles.gates, 2):
            yield renamed(part, {first: second, second: first}, kinds)
    for first, second in itertools.permutations(roles.gates, 2):
        yield renamed(part, {first: second}, (Var, Slope, Partial))


def renamed(node: Node, gates: Mapping[str, str], kinds: tuple[type[Node], ...]) -> Node:
    """With the gates, and all that belongs to them, in place of one another in leaves of these kinds."""

    def change(part: Node) -> Node | None:
        if not isinstance(part, kinds):
            return None
        match part:
            case Var():
                return leaf(part)
            case Slope(_, of):
                return slope(leaf(of))
            case Partial(_, of, by, held):
                return partial(leaf(of), leaf(by), held)
        return None

    def leaf(of: Var) -> Var:
        for first, second in gates.items():
            if _of_gate(of.name, first):
                return var(_renamed(of.name, first, second), of.shape, of.at)
        return of

    return swap(node, change)


def _of_gate(name: str, gate: str) -> bool:
    return name == gate or (name[1:] == f"_{gate}" and name[0] in "aWUb")


def _renamed(name: str, first: str, second: str) -> str:
    return name[: len(name) - len(first)] + second


def _told_gates(right: Node, wrong: Node, roles: Roles) -> Told:
    pairs = [
        (a, b) for a, b in zip(walk(right), walk(wrong), strict=False) if a is not b and not _has_parts(a)
    ]
    detail = ", ".join(dict.fromkeys(f"{called(b)} for {called(a)}" for a, b in pairs[:2]))
    named = [gate for pair in pairs for leaf in pair for gate in _gates_of(leaf, roles)]
    what = "The gates" if all(map(roles.is_gate, named)) else "A gate and the candidate"
    return "gates swapped", f"{what} are mixed up ({detail}): it is $«right»$, not $«wrong»$."


def _gates_of(leaf: Node, roles: Roles) -> list[str]:
    """The gates and candidates that a leaf belongs to."""
    match leaf:
        case Var():
            of = [leaf]
        case Slope():
            of = [leaf.of]
        case Partial():
            of = [leaf.of, leaf.by]
        case _:
            of = []
    return [gate for gate in roles.gates for one in of if _of_gate(one.name, gate)]


def _has_parts(node: Node) -> bool:
    return not isinstance(node, Var | Slope | Partial)


def _gate_for_rest(part: Node, roles: Roles) -> Iterator[Node | None]:
    """z for 1 - z and the other way round."""
    match part:
        case Add(_, (Fill(_, value), Neg(_, Var() as gate))) if value == 1 and roles.is_gate(gate.name):
            yield gate
        case Var(shape, name, _) if roles.is_gate(name):
            yield minus(fill(1, shape), part)


def _input_for_state(part: Node, roles: Roles) -> Iterator[Node | None]:
    if isinstance(part, Var) and part.at is not None:
        for state, x in itertools.product(roles.states, roles.inputs):
            if part.name == state.name:
                yield put(x, "t", part.at + 1)
            elif part.name == x.name:
                yield put(state, "t", part.at - 1)


def _told_input(right: Node, wrong: Node, _: Roles) -> Told:
    return f"{called(wrong)} for {called(right)}", (
        "The gradient of a weight has in it what that weight was multiplied by in the forward line: "
        "$«right»$, not $«wrong»$."
    )


def _another_state(part: Node, roles: Roles) -> Iterator[Node | None]:
    """The cell for the hidden state, one layer's for the other's."""
    if isinstance(part, Var) and part.at is not None and part.name in {state.name for state in roles.states}:
        for state in roles.states:
            if state.name != part.name and state.shape == part.shape:
                yield var(state.name, part.shape, part.at)


def _told_state(right: Node, wrong: Node, _: Roles) -> Told:
    return f"{called(wrong)} for {called(right)}", (
        "Two states are mixed up: it is $«right»$, not $«wrong»$. Look at which of them the forward line has."
    )


def _no_gate(part: Node, roles: Roles) -> Iterator[Node | None]:
    """r ⊙ q as q, also where the product has a name of its own."""
    match part:
        case Hadamard(_, factors):
            for gate in factors:
                if isinstance(gate, Var) and roles.is_gate(gate.name):
                    yield times(*without(factors, gate))
        case Var(_, name, At() as time) if name in roles.gated:
            yield put(roles.gated[name], "t", time)


def _slope_of_another(part: Node, roles: Roles) -> Iterator[Node | None]:
    """dL/df where dL/da_f belongs is a missing σ'; here it is the other way round."""
    if isinstance(part, Slope):
        for name, (after, _) in roles.squashed.items():
            if after.name == part.of.name:
                yield slope(var(name, part.shape, part.of.at))


def _told_slope(right: Node, wrong: Node, _: Roles) -> Told:
    return f"{called(wrong)} for {called(right)}", (
        "Two gradients are mixed up: before the function and after it. It is $«right»$, not $«wrong»$."
    )


KINDS = (
    Kind(_another_time, _told_time, both_ways=True),
    Kind(_input_for_state, _told_input, both_ways=True),
    Kind(_another_state, _told_state, both_ways=True),
    Kind(_another_gate, _told_gates, both_ways=True),
    Kind(_gates_exchanged, _told_gates, both_ways=True, whole=True),
    Kind(
        _gate_for_rest,
        always(
            "z for 1 - z",
            "The gate and what it leaves are mixed up: it is $«right»$, not $«wrong»$. Put 1 into the gate "
            "and see what the line says then.",
        ),
    ),
    Kind(
        _no_gate,
        always(
            "missing gate",
            "A gate is left out, which lets only a part through: it is $«right»$, not $«wrong»$.",
        ),
    ),
    Kind(_slope_of_another, _told_slope),
)
