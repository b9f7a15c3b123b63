"""A tree of the tape language as plain text, as one types it: `dL/dW_h = sum_{t=1}^{T} delta_t h_{t-1}ᵀ`.

For the command line and screen readers; `engine.working.typed` reads it back. Two matrices side
by side are a matrix product, ⊙ is by elements, ones_h a column of ones. Knows no LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.tape.index import At
from engine.tape.mirror import Upwards
from engine.tape.names import Letters, as_times, is_sum, time_latex
from engine.tape.nodes import (
    NUMBER,
    Add,
    Beside,
    ColumnOf,
    Diag,
    Eye,
    Fill,
    Fn,
    Hadamard,
    Kron,
    MatMul,
    Neg,
    Node,
    Norm,
    Over,
    Part,
    Partial,
    Power,
    Prod,
    Slope,
    Softmax,
    Stack,
    Sum,
    Transpose,
    Var,
)

# how tightly a piece holds together; a looser one inside a tighter one gets brackets
SUM, SIGN, BY_ELEMENTS, PRODUCT, FACTOR, ATOM = range(6)

_BIG = (Sum, Prod, Upwards, Beside)
_CALLED = {"sigmoid": "sigma"}

Piece = tuple[str, int]


def plain(node: Node, letters: Mapping[str, int] | None = None) -> str:
    """`node` as text; `letters` are numbers to write for letters, e.g. {"T": 3}."""
    return _piece(node, as_times(letters or {}))[0]


def plain_name(name: str, number: bool = False) -> str:
    """A name as it is typed; in a network of one unit the weights are lower case."""
    return name[0].lower() + name[1:] if number and name[0] in "WU" else name


def _name(name: str, number: bool, at: At | None, letters: Letters) -> str:
    shown = plain_name(name, number)
    if at is None:
        return shown
    time = time_latex(at, letters)
    letter, _, below = shown.removesuffix("_rev").partition("_")
    if below:
        return f"{letter}_{{{below},{time}}}"
    return f"{shown}_{time}" if re.fullmatch(r"\w+", time) else f"{shown}_{{{time}}}"


def _leaf(node: Var, letters: Letters) -> str:
    return _name(node.name, node.shape == NUMBER, node.at, letters)


def _piece(node: Node, letters: Letters) -> Piece:
    return _WRITERS[type(node)](node, letters)


def _within(node: Node, tightness: int, letters: Letters) -> str:
    text, own = _piece(node, letters)
    return text if own >= tightness else f"({text})"


# --- leaves ---


def _var(node: Var, letters: Letters) -> Piece:
    return _leaf(node, letters), ATOM


def _slope(node: Slope, letters: Letters) -> Piece:
    if is_sum(node.of.name):
        return _name("delta" + node.of.name[1:], False, node.of.at, letters), ATOM
    return f"dL/d{_leaf(node.of, letters)}", FACTOR


def _partial(node: Partial, letters: Letters) -> Piece:
    turned = "ᵀ" if node.of.shape == NUMBER and node.by.shape != NUMBER else ""
    plus = "" if node.held is None else "⁺"
    by = _leaf(node.by, letters) if "1" in node.by.shape else f"vec({_leaf(node.by, letters)})"
    return f"d{plus}{_leaf(node.of, letters)}/d{by}{turned}", FACTOR


def _fill(node: Fill, _: Letters) -> Piece:
    value, (rows, columns) = node.value, node.shape
    tightness = SIGN if value < 0 else ATOM if value.denominator == 1 else PRODUCT
    if node.shape == NUMBER or value == 0:
        return str(value), tightness
    ones = " ".join((f"ones_{rows}",) * (rows != "1") + (f"ones_{columns}ᵀ",) * (columns != "1"))
    return (ones, PRODUCT if "1" not in node.shape else FACTOR) if value == 1 else (
        f"{value} {ones}", min(tightness, PRODUCT)
    )  # fmt: skip


def _eye(node: Eye, _: Letters) -> Piece:
    return f"I_{node.shape[0]}", ATOM


# --- sums and products ---


def _add(node: Add, letters: Letters) -> Piece:
    text, last = "", len(node.terms) - 1
    only_numbers = all(isinstance(term, Fill) for term in node.terms)
    for place, term in enumerate(node.terms):
        negative = isinstance(term, Neg) or (isinstance(term, Fill) and term.value < 0)
        body = term.body if isinstance(term, Neg) else term
        if isinstance(body, Fill) and not only_numbers:
            shown = str(abs(body.value))
        elif isinstance(body, _BIG) and place == last:
            shown = _piece(body, letters)[0]
        else:
            shown = _within(body, BY_ELEMENTS, letters).removeprefix("-")
        text += (" - " if negative else " + ") + shown if place else "-" * negative + shown
    return text, SUM


def _neg(node: Neg, letters: Letters) -> Piece:
    body = node.body
    return "-" + (
        _piece(body, letters)[0] if isinstance(body, _BIG) else _within(body, BY_ELEMENTS, letters)
    ), SIGN


def _matmul(node: MatMul, letters: Letters) -> Piece:
    return " ".join(_factors(node.factors, letters)), PRODUCT


def _factors(factors: tuple[Node, ...], letters: Letters) -> list[str]:
    """Each in brackets where it needs them; what sums to its right may stand open at the end."""
    last = len(factors) - 1
    return [
        _piece(factor, letters)[0]
        if (place == last and isinstance(factor, _BIG)) or (not place and _is_fraction(factor))
        else _within(factor, FACTOR, letters)
        for place, factor in enumerate(factors)
    ]


def _is_fraction(node: Node) -> bool:
    return isinstance(node, Fill) and node.shape == NUMBER and node.value > 0


def _hadamard(node: Hadamard, letters: Letters) -> Piece:
    """Numbers stand in front of a matrix as they are, where that cannot be read as a matrix product."""
    *numbers, final = node.factors
    scaled = all(number.shape == NUMBER for number in numbers) and final.shape[0] != "1"
    shown = _factors(node.factors, letters)
    if scaled and isinstance(final, MatMul):
        shown[-1] = _piece(final, letters)[0]
    if (scaled or node.shape == NUMBER) and not any(factor[0].isdigit() for factor in shown[1:]):
        return " ".join(shown), PRODUCT
    return " ⊙ ".join(_factors(node.factors, letters)), BY_ELEMENTS


def _over(node: Over, letters: Letters) -> Piece:
    return f"{_within(node.above, FACTOR, letters)} / {_within(node.below, ATOM, letters)}", PRODUCT


def _power(node: Power, letters: Letters) -> Piece:
    by_elements = node.shape != NUMBER and node.shape[0] == node.shape[1]
    exponent = f"{{⊙{node.exponent}}}" if by_elements else str(node.exponent)
    return f"{_within(node.body, ATOM, letters)}^{exponent}", FACTOR


def _kron(node: Kron, letters: Letters) -> Piece:
    return f"{_within(node.left, FACTOR, letters)} ⊗ {_within(node.right, FACTOR, letters)}", BY_ELEMENTS


# --- functions ---


def _fn(node: Fn, letters: Letters) -> Piece:
    body = _piece(node.body, letters)[0]
    if node.name == "min1" and not node.primed:
        return f"min(1, {body})", ATOM
    mark = "'" if node.primed else ""
    return f"{_CALLED.get(node.name, node.name)}{mark}({body})", ATOM


def _softmax(node: Softmax, letters: Letters) -> Piece:
    return f"softmax({_piece(node.body, letters)[0]})", ATOM


def _diag(node: Diag, letters: Letters) -> Piece:
    return f"diag({_piece(node.body, letters)[0]})", ATOM


def _transpose(node: Transpose, letters: Letters) -> Piece:
    return f"{_within(node.body, ATOM, letters)}ᵀ", FACTOR


def _norm(node: Norm, letters: Letters) -> Piece:
    return f"norm({_piece(node.body, letters)[0]})", ATOM


# --- matrices of matrices, and over time ---


def _stack(node: Stack, letters: Letters) -> Piece:
    between = ", " if node.shape[0] == "1" else "; "
    return f"[{between.join(_piece(part, letters)[0] for part in (node.above, node.below))}]", ATOM


def _part(node: Part, letters: Letters) -> Piece:
    return f"[{_piece(node.body, letters)[0]}]_{'h' if node.upper else 'x'}", ATOM


def _column_of(node: ColumnOf, letters: Letters) -> Piece:
    return f"column_{{{time_latex(node.at, letters)}}}({_piece(node.body, letters)[0]})", ATOM


def _big(node: Sum | Prod | Upwards | Beside, letters: Letters) -> Piece:
    low, high = (time_latex(time, letters) for time in (node.low, node.high))
    inside = {letter: meant for letter, meant in letters.items() if letter != node.index}
    body = (
        _piece(node.body, inside)[0]
        if isinstance(node.body, _BIG)
        else _within(node.body, BY_ELEMENTS, inside)
    )
    word = {Sum: "sum", Beside: "columns"}.get(type(node), "prod")
    return f"{word}_{{{node.index}={low}}}^{{{high}}} {body}", SIGN


_WRITERS: dict[type[Node], Callable[[Any, Letters], Piece]] = {
    Var: _var,
    Slope: _slope,
    Partial: _partial,
    Fill: _fill,
    Eye: _eye,
    Add: _add,
    Neg: _neg,
    MatMul: _matmul,
    Hadamard: _hadamard,
    Over: _over,
    Power: _power,
    Kron: _kron,
    Fn: _fn,
    Softmax: _softmax,
    Diag: _diag,
    Transpose: _transpose,
    Norm: _norm,
    Stack: _stack,
    Part: _part,
    Beside: _big,
    ColumnOf: _column_of,
    Sum: _big,
    Prod: _big,
    Upwards: _big,
}
