"""A network as a forward program: definitions, in the order in which they are computed.

A block is done once, or for every time of its span, upwards or downwards. What a definition
needs is computed before it, or given: parameters, inputs, targets and first states. The loss
is the last definition. `local.py` differentiates definitions, `numbers.py` runs the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.tape.index import Span
from engine.tape.nodes import Node, Var


@dataclass(frozen=True, slots=True)
class Definition:
    """`var` = `value`.

    Attributes:
        kind: key of the rule that says what it is: "preactivation", "state", "gate", "candidate",
            "cell-state", "hidden-state", "output", "softmax", "loss", "total-loss", "scores", ...
        facts: what the rule's sentence asks for by name, LaTeX.
    """

    var: Var
    value: Node
    kind: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """Definitions that are computed together, once (`span` None) or for each time of `span`."""

    definitions: tuple[Definition, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """A network.

    Attributes:
        blocks: in the order of computing; the loss is defined last.
        loss: the number that is differentiated; None where the program has no loss (clipping).
        parameters: what can be learned, in the order in which a reader expects it.
        starts: states before the first step, e.g. h_0.
        inputs, targets: given for each time (an `at`), or once.
        sums: letters of pre-activations, whose slopes are called delta.
        states: letters of what is handed on through time.
        window: k of truncated BPTT: a slope passes from time t + 1 to t only where k does not divide t;
            0: everywhere.
    """

    blocks: tuple[Block, ...]
    loss: Var | None
    parameters: tuple[Var, ...]
    starts: tuple[Var, ...] = ()
    inputs: tuple[Var, ...] = ()
    targets: tuple[Var, ...] = ()
    sums: tuple[str, ...] = ("a",)
    states: tuple[str, ...] = ("h",)
    window: int = 0

    def definitions(self) -> Iterator[tuple[Definition, Span | None]]:
        """Every definition with the span it is computed for, in order."""
        for block in self.blocks:
            for definition in block.definitions:
                yield definition, block.span

    def definition(self, name: str) -> Definition:
        """The (first) definition of the variable called `name`. Raises KeyError."""
        for definition, _ in self.definitions():
            if definition.var.name == name:
                return definition
        raise KeyError(name)
