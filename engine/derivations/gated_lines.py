"""The direct way through time of LSTM and GRU, with the gates held, against the full Jacobian.

LSTM: d⁺c_t/dc_{t-1} = diag(f_t), the constant error carousel (Hochreiter & Schmidhuber 1997; Gers et al.
2000). GRU: d⁺h_t/dh_{t-1} = diag(z_t), or diag(1 - z_t) where z takes the new state (Cho et al. 2014;
Chung et al. 2014).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.derivations.dependence import Dependence
from engine.derivations.flow import moved
from engine.derivations.sheet import Sheet
from engine.derivations.steps import NORMAL
from engine.tape.index import At, Span, at, first, last, t
from engine.tape.jacobian import jacobian
from engine.tape.makers import add, eye, matmul, partial, prod_over, var
from engine.tape.nodes import Node, Var
from engine.tape.program import Definition, Program
from engine.tape.tidy import tidy
from engine.tape.walk import put, variables

J, K = At("j"), At("k")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a gated network carries through time.

    Attributes:
        name: the state with the direct way.
        first: earliest t for which all of dh_t/dh_{t-1} is in the network.
        path: places and wires of the direct way.
    """

    name: str
    first: int
    path: tuple[str, ...]


CARRIED: Mapping[str, Carried] = {
    "lstm": Carried("c", 2, ("c@t-1>c@t", "c@t")),
    "gru": Carried("h", 1, ("h@t-1>h@t", "h@t")),
}


class Gated:
    """Writes the lines about what `carried` does in one network."""

    def __init__(self, program: Program, sheet: Sheet, dependence: Dependence, carried: Carried) -> None:
        self._program, self._sheet, self._dependence = program, sheet, dependence
        self._carried = carried
        self._made = program.definition(carried.name)
        self._held = dependence.held(self._state(t), self._state(t - 1))

    def _state(self, when: At) -> Var:
        return var(self._carried.name, self._made.var.shape, when)

    def write(self, steps: int, whole: bool) -> None:
        """`whole`: slopes pass through all steps, so there are products of them."""
        self._direct()
        if steps == 0 or steps >= self._carried.first:
            self._full()
        if whole and steps != 1:
            self._product()

    def _direct_value(self) -> Node:
        found = jacobian(self._made, self._state(t - 1))
        if found is None:
            raise TypeError("The direct way has no Jacobian: the program of the network must have changed.")
        return found

    def _direct(self) -> None:
        left = partial(self._state(t), self._state(t - 1), self._held)
        span = Span("t", first, last)
        needs = (self._made.var,)
        self._sheet.add(
            f"direct-way-{self._carried.name}",
            left,
            self._direct_value(),
            span=span,
            needs=needs,
            path=self._carried.path,
        )

    def _product(self) -> None:
        left = partial(self._state(last), self._state(J), self._held)
        one = put(partial(self._state(t), self._state(t - 1), self._held), t.base, K)
        value = put(self._direct_value(), t.base, K)
        sides = (prod_over(one, "k", J + 1, last), prod_over(value, "k", J + 1, last))
        span = Span("j", first, last - 1, falling=True)
        self._sheet.add(
            f"direct-product-{self._carried.name}", left, *sides, span=span, path=self._carried.path
        )

    def _full(self) -> None:
        """The direct way plus everything that goes through gates."""
        left = partial(self._state(t), self._state(t - 1))
        around = _Through(self._program, self._state(t - 1), self._dependence)
        value = tidy(add(self._direct_value(), *around.others(self._made)))
        span = Span("t", at(self._carried.first), last)
        direct = partial(self._state(t), self._state(t - 1), self._held)
        needs = (direct, *around.used)
        self._sheet.add(
            f"full-jacobian-{self._carried.name}", left, value, span=span, needs=needs, level=NORMAL
        )


class _Through:
    """Jacobians by one earlier state, through all definitions of a step."""

    def __init__(self, program: Program, by: Var, dependence: Dependence) -> None:
        self._by, self._dependence = by, dependence
        self._definitions = {definition.var.name: definition for definition, _ in program.definitions()}
        self.used: list[Var] = []
        self._known: dict[Var, Node | None] = {}

    def others(self, made: Definition) -> Iterator[Node]:
        """What goes from the state to `made`, but not directly."""
        for leaf in variables(made.value):
            if leaf is not self._by:
                yield from self._by_way_of(made, leaf)

    def _by_way_of(self, made: Definition, leaf: Var) -> Iterator[Node]:
        inner = self._of(leaf)
        if inner is not None:
            outer = jacobian(made, leaf) or partial(made.var, leaf, self._dependence.held(made.var, leaf))
            yield matmul(outer, inner)

    def _of(self, leaf: Var) -> Node | None:
        """d(leaf)/d(state); None where it does not depend on it."""
        if leaf not in self._known:
            self._known[leaf] = self._found(leaf)
        return self._known[leaf]

    def _found(self, leaf: Var) -> Node | None:
        if leaf is self._by:
            return eye(leaf.shape[0])
        definition = self._definitions.get(leaf.name)
        if definition is None or leaf.at is None or not self._is_later(leaf):
            return None
        made = moved(definition, t.base, leaf.at)
        parts = [part for inner in variables(made.value) for part in self._by_way_of(made, inner)]
        if parts:
            self.used.append(leaf)
        return add(*parts) if parts else None

    def _is_later(self, leaf: Var) -> bool:
        """Whether it is computed after the state: in its own step, or in the next."""
        return leaf.at is not None and self._by.at is not None and leaf.at.shift >= self._by.at.shift
