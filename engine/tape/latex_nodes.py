r"""How each kind of node is written in LaTeX, with the least brackets that are right.

`Printer` writes the nodes of one tree; `latex.py` is the door to it. Knows no lines and no spans.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial as fixed
from typing import Any

from engine.tape.index import At
from engine.tape.mirror import Upwards
from engine.tape.names import Letters, delta, is_sum, time_latex, written
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
from engine.tape.walk import put

# how tightly a piece holds together; a looser one inside a tighter one gets brackets
SUM, SIGN, BY_ELEMENTS, PRODUCT, POWER, ATOM = range(6)

_FUNCTIONS = {
    "tanh": r"\tanh",
    "sigmoid": r"\sigma",
    "relu": r"\operatorname{ReLU}",
    "exp": r"\exp",
    "log": r"\log",
    "identity": r"\operatorname{id}",
}

Piece = tuple[str, int]


def number_latex(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    above, below = abs(value.numerator), value.denominator
    return f"{sign}{above}" if below == 1 else rf"{sign}\frac{{{above}}}{{{below}}}"


def bracketed(text: str, opening: str = "(", closing: str = ")") -> str:
    """`text` in brackets, growing ones only where something is tall."""
    tall = any(piece in text for piece in (r"\frac", r"\left", r"\sum", r"\prod", r"\sqrt", r"\begin"))
    inside = f"{_apart(opening, text)}{text}"
    return rf"\left{opening}{inside}\right{closing}" if tall else f"{opening}{inside}{closing}"


def _apart(command: str, text: str) -> str:
    """A space where a command's name would run into a letter."""
    return " " if command[-1].isalpha() and text[:1].isalpha() else ""


class Printer:
    """Prints nodes with `letters` written as the times they stand for."""

    def __init__(self, letters: Letters, focus: Node | None) -> None:
        self._letters = letters
        self._focus = focus

    def text(self, node: Node) -> str:
        return self._piece(node)[0]

    def signed(self, term: Node) -> tuple[str, str]:
        """The sign of a term of a sum, and the term without it."""
        if isinstance(term, Neg):
            return "-", self._marked(term, self._in_sum(term.body))
        if isinstance(term, Fill):
            return "-" if term.value < 0 else "+", self._marked(term, number_latex(abs(term.value)))
        return "+", self._in_sum(term)

    def _piece(self, node: Node) -> Piece:
        text, tightness = _WRITERS[type(node)](self, node)
        return self._marked(node, text), tightness

    def _marked(self, node: Node, text: str) -> str:
        return rf"\focus{{{text}}}" if node is self._focus else text

    def _within(self, node: Node, tightness: int) -> str:
        text, own = self._piece(node)
        return text if own >= tightness else bracketed(text)

    def _at(self, index: str, time: At | None) -> Printer:
        """A printer of what stands inside a sum over `index`: for one time, or None: with the letter."""
        letters = {letter: meant for letter, meant in self._letters.items() if letter != index}
        if time is not None:
            letters[index] = self._moved(time)
        return Printer(letters, self._focus)

    def _moved(self, time: At) -> At:
        meant = self._letters.get(time.base)
        return time if meant is None else meant + time.shift

    # --- leaves ---

    def var(self, node: Var, mark: str = "") -> Piece:
        pieces = written(node.name, node.shape == NUMBER)
        tightness = POWER if pieces.raised or mark else ATOM
        return pieces.latex(time_latex(node.at, self._letters), mark), tightness

    def slope(self, node: Slope, mark: str = "") -> Piece:
        of = node.of
        if is_sum(of.name):
            pieces = delta(of.name)
            return pieces.latex(time_latex(of.at, self._letters), mark), POWER if pieces.raised else ATOM
        text = rf"\frac{{\partial L}}{{\partial {self.text(of)}}}"
        return (f"{bracketed(text)}^{{{mark}}}", POWER) if mark else (text, PRODUCT)

    def partial(self, node: Partial) -> Piece:
        plus = "" if node.held is None else "^{+}"
        by = self.text(node.by)
        if "1" not in node.by.shape:
            by = rf"\operatorname{{vec}}({by})"
        if node.of.shape == NUMBER and node.by.shape != NUMBER:  # a row, as no slope is
            by = rf"{by}^{{\top}}" if "1" not in node.by.shape else self.var(node.by, r"\top")[0]
        if node.held is not None and node.of.name == node.by.name:  # over many steps + would say: 0
            found = rf"\frac{{\partial {self.text(node.of)}}}{{\partial {by}}}"
            return rf"\left.{found}\right|_{{\text{{gates held}}}}", PRODUCT
        return rf"\frac{{\partial{plus} {self.text(node.of)}}}{{\partial {by}}}", PRODUCT

    def fill(self, node: Fill) -> Piece:
        value = node.value
        if node.shape == NUMBER or value == 0:
            tightness = SIGN if value < 0 else ATOM if value.denominator == 1 else PRODUCT
            return number_latex(value), tightness
        rows, columns = node.shape
        ones = (r"\mathbf{1}" if rows != "1" else "") + (r"\mathbf{1}^{\top}" if columns != "1" else "")
        if value == 1:
            return ones, PRODUCT if "1" not in node.shape else POWER if rows == "1" else ATOM
        return rf"{number_latex(value)} \, {ones}", SIGN if value < 0 else PRODUCT

    def eye(self, _: Eye) -> Piece:
        return "I", ATOM

    # --- sums and products ---

    def add(self, node: Add) -> Piece:
        text = ""
        for place, term in enumerate(node.terms):
            sign, body = self.signed(term)
            open_ended = isinstance(_plain(term), _BIG) and place < len(node.terms) - 1
            if open_ended:  # else what follows looks summed too
                body = bracketed(body)
            text += f" {sign} {body}" if place else ("-" if sign == "-" else "") + body
        return text, SUM

    def _in_sum(self, term: Node) -> str:
        return self.text(term) if isinstance(term, _BIG) else self._within(term, BY_ELEMENTS)

    def neg(self, node: Neg) -> Piece:
        return f"-{self._in_sum(node.body)}", SIGN

    def hadamard(self, node: Hadamard) -> Piece:
        """Numbers stand before a matrix, or after the last one, without a sign."""
        text, factors, last = "", node.factors, len(node.factors) - 1
        final = max((place for place, factor in enumerate(factors) if factor.shape != NUMBER), default=0)
        scaled = all(factor.shape == NUMBER for factor in factors[:-1])
        for place, factor in enumerate(factors):
            before = factors[place - 1]
            piece = self._factor(factor, place == last, PRODUCT if scaled and place == last else POWER)
            if place:
                by_elements = before.shape != NUMBER and place <= final
                text += r" \odot " if by_elements else _between(before, factor, piece)
            text += piece
        return text, BY_ELEMENTS if any(factor.shape != NUMBER for factor in factors[:final]) else PRODUCT

    def matmul(self, node: MatMul) -> Piece:
        if node.shape == NUMBER and all(isinstance(one, Fill) and one.value == 1 for one in node.factors):
            return node.factors[0].shape[1], ATOM  # 1ᵀ1: how many entries there are
        text = ""
        for place, factor in enumerate(node.factors):
            piece = self._factor(factor, place == len(node.factors) - 1, PRODUCT)
            text += (_between(node.factors[place - 1], factor, piece) if place else "") + piece
        return text, PRODUCT

    def _factor(self, factor: Node, final: bool, tightness: int) -> str:
        if final and isinstance(factor, _BIG):
            return self.text(factor)
        text, own = self._piece(factor)
        alone = isinstance(factor, Slope | Partial | Over | Fill) and own == PRODUCT  # a fraction
        return text if own >= tightness or alone else bracketed(text)

    def over(self, node: Over) -> Piece:
        return rf"\frac{{{self.text(node.above)}}}{{{self.text(node.below)}}}", PRODUCT

    def power(self, node: Power) -> Piece:
        mark = r"\odot " if node.shape != NUMBER else ""
        base = node.body
        if isinstance(base, Norm) and base is not self._focus:
            return f"{self.text(base)}^{{{node.exponent}}}", POWER
        return f"{self._within(base, ATOM)}^{{{mark}{node.exponent}}}", POWER

    def kron(self, node: Kron) -> Piece:
        left, right = self._within(node.left, POWER), self._within(node.right, POWER)
        return rf"{left} \otimes {right}", BY_ELEMENTS

    # --- functions ---

    def fn(self, node: Fn) -> Piece:
        if node.name == "sqrt" and not node.primed:
            body = node.body
            if isinstance(body, Power) and body.exponent == 2 and body is not self._focus:
                return bracketed(self.text(body.body), r"\lvert", r"\rvert"), ATOM
            return rf"\sqrt{{{self.text(node.body)}}}", ATOM
        if node.name == "min1" and not node.primed:
            return r"\min" + bracketed(rf"1, {self.text(node.body)}"), ATOM
        if node.name == "log" and isinstance(node.body, Var) and not node.primed:
            return rf"\log {self.text(node.body)}", PRODUCT
        name = _FUNCTIONS.get(node.name) or rf"\operatorname{{{node.name}}}"
        return name + ("'" if node.primed else "") + bracketed(self.text(node.body)), ATOM

    def called(self, node: Softmax | Diag, name: str) -> Piece:
        return rf"\operatorname{{{name}}}" + bracketed(self.text(node.body)), ATOM

    def transpose(self, node: Transpose) -> Piece:
        body = node.body
        if body is not self._focus and isinstance(body, Var):
            return self.var(body, r"\top")[0], POWER
        if body is not self._focus and isinstance(body, Slope):
            return self.slope(body, r"\top")[0], POWER
        return rf"{self._within(body, ATOM)}^{{\top}}", POWER

    def norm(self, node: Norm) -> Piece:
        return bracketed(self.text(node.body), r"\lVert", r"\rVert") + "_2", ATOM

    # --- matrices of matrices ---

    def stack(self, node: Stack) -> Piece:
        between = r" & " if node.shape[0] == "1" else r" \\ "
        return _matrix(between.join((self.text(node.above), self.text(node.below)))), ATOM

    def part(self, node: Part) -> Piece:
        return bracketed(self.text(node.body), "[", "]") + ("_h" if node.upper else "_x"), ATOM

    def beside(self, node: Beside) -> Piece:
        ends = (self._at(node.index, time).text(node.body) for time in (node.low, node.high))
        turned = node.body.shape[0] == "1" and node.body.shape[1] != "1"
        return _matrix((r" \\ \vdots \\ " if turned else r" & \cdots & ").join(ends)), ATOM

    def column_of(self, node: ColumnOf) -> Piece:
        time = time_latex(node.at, self._letters)
        turned = node.shape[0] == "1" and node.shape[1] != "1"
        body = (
            self.text(node.body) if isinstance(node.body, Var) else bracketed(self.text(node.body), "[", "]")
        )
        return f"{body}_{{{f'{time},:' if turned else f':,{time}'}}}", ATOM

    # --- over time ---

    def big(self, node: Sum | Prod | Upwards, sign: str) -> Piece:
        low, high = self._moved(node.low), self._moved(node.high)
        if low == high:
            return self._at(node.index, low)._piece(node.body)
        if low.base == high.base and low.shift > high.shift:
            return ("0" if sign == "sum" else "1" if node.shape == NUMBER else "I"), ATOM
        if isinstance(node, Prod) and node.shape == NUMBER and put(node.body, node.index, low) is node.body:
            base = self.text(node.body) if isinstance(node.body, Norm) else self._within(node.body, ATOM)
            return f"{base}^{{{_count(low, high)}}}", POWER
        body = self._at(node.index, None)._in_sum(node.body)
        return rf"\{sign}_{{{node.index}={low}}}^{{{high}}} {body}", SIGN


_BIG = (Sum, Prod, Upwards)


def _count(low: At, high: At) -> str:
    """How many times there are from `low` to `high`: T - j for j + 1 to T."""
    if low.base == high.base:
        return str(high.shift - low.shift + 1)
    less = low - 1
    if less == At(""):
        return str(high)
    return f"{high}-{less}" if not less.shift else f"{high}-({less})"


def _plain(node: Node) -> Node:
    return node.body if isinstance(node, Neg) else node


def _matrix(inside: str) -> str:
    return rf"\begin{{bmatrix}} {inside} \end{{bmatrix}}"


def _between(before: Node, factor: Node, piece: str) -> str:
    """A dot where factors would run together, a thin space beside a fraction or a sum, or a space."""
    if piece[0].isdigit() or (isinstance(before, Fn) and before.name == "log"):
        return r" \cdot "
    if isinstance(before, Fill) and isinstance(factor, Over):
        return r" \cdot "
    return r" \, " if _is_wide(before) or _is_wide(factor) else " "


def _is_wide(node: Node) -> bool:
    return isinstance(node, Partial | Over | Sum | Prod | Upwards) or (
        isinstance(node, Slope) and not is_sum(node.of.name)
    )


_WRITERS: dict[type[Node], Callable[[Printer, Any], Piece]] = {
    Var: Printer.var,
    Slope: Printer.slope,
    Partial: Printer.partial,
    Fill: Printer.fill,
    Eye: Printer.eye,
    Add: Printer.add,
    Neg: Printer.neg,
    MatMul: Printer.matmul,
    Hadamard: Printer.hadamard,
    Over: Printer.over,
    Power: Printer.power,
    Kron: Printer.kron,
    Fn: Printer.fn,
    Softmax: fixed(Printer.called, name="softmax"),
    Diag: fixed(Printer.called, name="diag"),
    Transpose: Printer.transpose,
    Norm: Printer.norm,
    Stack: Printer.stack,
    Part: Printer.part,
    Beside: Printer.beside,
    ColumnOf: Printer.column_of,
    Sum: fixed(Printer.big, sign="sum"),
    Prod: fixed(Printer.big, sign="prod"),
    Upwards: fixed(Printer.big, sign="prod"),
}
