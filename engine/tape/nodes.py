"""The tape language: matrices as trees of shape-checked nodes, each made once.

Every node is a matrix and has a shape, two names of sizes: a column vector is ("h", "1"), a
number ("1", "1"). With all sizes "1" the same nodes are the scalar view of a network. Equal
nodes are one object (hash-consing), so `is` is equality and shared parts are stored once.

Nodes are made by `makers.py`, which checks shapes and drops what nobody writes. Nothing here
computes, prints or differentiates. Knows neither NumPy nor SymPy: the window reads these.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from engine.tape.index import At

Shape = tuple[str, str]  # rows, columns: "h", "d", "k", "T", "1", or a sum such as "h+d"
NUMBER: Shape = ("1", "1")

_made: WeakValueDictionary[tuple[Any, ...], Node] = WeakValueDictionary()


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Node:
    """A matrix; subclasses say of what kind. Compare with `is` or `==`: both mean the same."""

    shape: Shape


N = TypeVar("N", bound=Node)


def once(node: N) -> N:
    """The one node that is equal to `node`: every maker returns through here."""
    fields = tuple(getattr(node, name) for name in type(node).__match_args__)
    return _made.setdefault((type(node), *fields), node)  # type: ignore[return-value] # the type is in the key


@dataclass(frozen=True, eq=False, slots=True)
class Var(Node):
    """A quantity of the network: h_{t-1}, W_h, x_t. `at` is None where it has no time."""

    name: str
    at: At | None


@dataclass(frozen=True, eq=False, slots=True)
class Slope(Node):
    """dL/d(of), in the shape of `of`. Of a pre-activation a it is written delta."""

    of: Var


@dataclass(frozen=True, eq=False, slots=True)
class Partial(Node):
    """d(of)/d(by): entry (i, j) is the slope of of_i by by_j; matrices are read column after column (vec).

    Attributes:
        held: None: the total derivative. Else an immediate one, ∂⁺: the network's variables with
            these names are held constant on the way ("h" for earlier states, gates for the LSTM's line).
    """

    of: Var
    by: Var
    held: tuple[str, ...] | None


@dataclass(frozen=True, eq=False, slots=True)
class Fill(Node):
    """A matrix with the same number everywhere; of NUMBER shape, that number."""

    value: Fraction


@dataclass(frozen=True, eq=False, slots=True)
class Eye(Node):
    """The identity."""


@dataclass(frozen=True, eq=False, slots=True)
class Add(Node):
    """A sum of two or more terms of one shape."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Neg(Node):
    body: Node


@dataclass(frozen=True, eq=False, slots=True)
class MatMul(Node):
    """A product of two or more matrices, left to right."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Hadamard(Node):
    """A product by elements; a number among the factors multiplies every element."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Over(Node):
    """A quotient by elements; `below` may be a number."""

    above: Node
    below: Node


@dataclass(frozen=True, eq=False, slots=True)
class Power(Node):
    """By elements, to a whole power >= 2 or to -1."""

    body: Node
    exponent: int


@dataclass(frozen=True, eq=False, slots=True)
class Fn(Node):
    """A function of every element: tanh, sigmoid, relu, identity, exp, log, sqrt; or its slope, as tanh'.

    "min1" is min(1, .); the slope of relu is 1 above 0, else 0.
    """

    name: str
    body: Node
    primed: bool


@dataclass(frozen=True, eq=False, slots=True)
class Softmax(Node):
    """Of a column."""

    body: Node


@dataclass(frozen=True, eq=False, slots=True)
class Transpose(Node):
    body: Node


@dataclass(frozen=True, eq=False, slots=True)
class Diag(Node):
    """The diagonal matrix of a column."""

    body: Node


@dataclass(frozen=True, eq=False, slots=True)
class Norm(Node):
    """Of a column its length, of a matrix its largest singular value: ‖.‖₂."""

    body: Node


@dataclass(frozen=True, eq=False, slots=True)
class Stack(Node):
    """Two columns, one above the other: [h; x]."""

    above: Node
    below: Node


@dataclass(frozen=True, eq=False, slots=True)
class Part(Node):
    """The upper or the lower rows of a column that has the sizes of a Stack."""

    body: Node
    upper: bool


@dataclass(frozen=True, eq=False, slots=True)
class Beside(Node):
    """Columns side by side, one a time: [h_1 .. h_T] is Beside(h_j) for j = 1 .. T."""

    body: Node
    index: str
    low: At
    high: At


@dataclass(frozen=True, eq=False, slots=True)
class ColumnOf(Node):
    """One column of such a matrix."""

    body: Node
    at: At


@dataclass(frozen=True, eq=False, slots=True)
class Kron(Node):
    """The Kronecker product."""

    left: Node
    right: Node


@dataclass(frozen=True, eq=False, slots=True)
class Sum(Node):
    """Of `body` for `index` = low .. high; zero where that is empty."""

    body: Node
    index: str
    low: At
    high: At


@dataclass(frozen=True, eq=False, slots=True)
class Prod(Node):
    """Of `body` for `index` = high down to low, the latest on the left; the identity where that is empty."""

    body: Node
    index: str
    low: At
    high: At
