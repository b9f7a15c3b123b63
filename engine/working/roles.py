"""What the letters of a network stand for: which is a gate, a state, a weight of the output.

Read off a program, for those who judge what students write. Knows no mistakes and computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.tape.index import t
from engine.tape.makers import var
from engine.tape.nodes import Add, Fn, Hadamard, Node, Slope, Var
from engine.tape.program import Definition, Program
from engine.tape.walk import variables, walk

_READ_OUT = ("s", "yhat")


@dataclass(frozen=True, slots=True)
class Roles:
    """What the letters of one network stand for.

    Attributes:
        squashed: of a pre-activation, e.g. "a_f": the variable that it becomes and the function's name.
        gates: of a gate or a candidate, e.g. "f": its pre-activation "a_f"; empty where there are no two.
        sums: letters of pre-activations, whose slopes are deltas.
        states: what is handed on through time; `inputs`: x; `targets`: names of y.
        gated: of what is a product with a gate, e.g. "q" = r_t ⊙ h_{t-1}: it at time t, and without the gate.
        readers: names of the weights that a state is read out with; `biases`: of what is only added.
    """

    squashed: Mapping[str, tuple[Var, str]]
    gates: Mapping[str, str]
    sums: frozenset[str]
    states: tuple[Var, ...]
    inputs: tuple[Var, ...]
    targets: frozenset[str]
    gated: Mapping[str, Node]
    readers: frozenset[str]
    biases: frozenset[str]

    def becomes(self, a: Var) -> Var | None:
        """φ(a), at the time of `a`; None for what goes into no function."""
        found = self.squashed.get(a.name)
        return found and var(found[0].name, a.shape, a.at)

    def is_gate(self, name: str) -> bool:
        """Whether it opens and closes, from 0 to 1: a candidate has gates beside it, but is none."""
        return name in self.gates and self.squashed[self.gates[name]][1] == "sigmoid"

    def reads_out(self, term: Node) -> bool:
        """Whether `term` is what comes through the output at its own time."""
        outwards = (*_READ_OUT, "L")
        return any(
            leaf.of.name in outwards
            if isinstance(leaf, Slope)
            else isinstance(leaf, Var) and (leaf.name in self.readers or leaf.name in outwards)
            for leaf in walk(term)
        )


def roles(program: Program) -> Roles:
    """The roles of the letters of `program`."""
    definitions = [definition for definition, _ in program.definitions()]
    squashed = {found[0]: found[1:] for found in map(_squashing, definitions) if found}
    gates = {value.name: name for name, (value, _) in squashed.items() if name == f"a_{value.name}"}
    opening = {name for name in gates if squashed[gates[name]][1] == "sigmoid"}
    made = {definition.var.name: definition.var for definition in definitions}
    parameters = {parameter.name for parameter in program.parameters}
    read = [definition.value for definition in definitions if definition.var.name in _READ_OUT]
    return Roles(
        squashed,
        gates if len(gates) > 1 else {},
        frozenset(program.sums),
        tuple(made[name] for name in program.states if name in made),
        program.inputs,
        frozenset(target.name for target in program.targets),
        {name: rest for one in definitions for name, rest in _without_gate(one, opening)},
        frozenset(leaf.name for value in read for leaf in variables(value) if leaf.name in parameters),
        frozenset(name for definition in definitions for name in _added(definition.value)) & parameters,
    )


def _squashing(definition: Definition) -> tuple[str, Var, str] | None:
    match definition.value:
        case Fn(_, name, Var() as a, False):
            return a.name, definition.var, name
    return None


def _without_gate(definition: Definition, gates: set[str]) -> Iterator[tuple[str, Node]]:
    match definition.value:
        case Hadamard(_, (Var() as gate, rest)) if gate.name in gates and definition.var.at == t:
            yield definition.var.name, rest


def _added(value: Node) -> set[str]:
    terms = value.terms if isinstance(value, Add) else ()
    return {term.name for term in terms if isinstance(term, Var)}
