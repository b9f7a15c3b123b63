"""The smallest pieces of a typed line: numbers, names, functions, brackets, slopes, sums over time.

What stands between them is read in `typed.py`, which this calls back for whatever is in brackets.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from typing import NoReturn

from engine.symbolic.tokens import Token
from engine.tape import makers
from engine.tape.index import At, first, last
from engine.tape.nodes import NUMBER, Node
from engine.working.typed_joins import HOLE, Misfit, is_literal, kronecker, number, ones, quotient, sized
from engine.working.typed_slopes import Slopes
from engine.working.vocabulary import LETTERS

MOST_SUMS = 3
STARTS = ("number", "word", "(", "[", "∂", "‖", "|")  # kinds of tokens that a factor begins with

_FUNCTIONS = {
    "tanh": "tanh", "sigma": "sigmoid", "sigmoid": "sigmoid", "relu": "relu", "exp": "exp", "log": "log",
    "ln": "log", "sqrt": "sqrt", "identity": "identity", "phi": "phi",
}  # fmt: skip
_CALLED: dict[str, Callable[[Node], Node]] = {
    "softmax": makers.softmax,
    "diag": makers.diag,
    "norm": makers.norm,
    "transpose": makers.transpose,
}
_OVER_TIME = ("sum", "prod", "columns")
_ORDER = {"t": 2.0, "T": 3.0}  # of times whose letters differ; any other letter runs below t


class Atoms(Slopes, ABC):
    """Reads one atom at a time."""

    bars = 0  # how many ‖ or | are open
    identity = ""  # the size of an I that does not say it
    bare_identity = False  # whether there was one
    misfits = False  # whether shapes did not fit
    sums = 0  # how many sums and products over time are open

    @abstractmethod
    def sum(self) -> Node:
        """A whole expression."""

    @abstractmethod
    def term(self) -> Node:
        """All up to the next + or -."""

    def made(self, at: int, make: Callable[..., Node], *parts: object) -> Node:
        """What a maker gives; what it refuses is told at that column."""
        try:
            return make(*parts)
        except (Misfit, makers.ShapeError) as misfit:
            self.misfits = True
            self.fail(f"{str(misfit).rstrip('.')}.", at)

    def atom(self) -> Node:  # noqa: PLR0911 - one case a kind of token
        token = self.take()
        match token.kind:
            case "number":
                return self.made(token.at, number, Fraction(token.text))
            case "word":
                return self._word(token)
            case "∂":
                return self.derivative(token)
            case "(":
                return self._group(token)
            case "[":
                return self._stacked(token)
            case "‖" | "|":
                return self._between_bars(token)
        return self._unexpected(token)

    def _unexpected(self, token: Token) -> NoReturn:
        if token.kind == "end":
            self.fail("The line stops too early: a name, a number or a bracket should follow.", token.at)
        self.fail(f"Before “{token.text}” a name, a number or a bracket is missing.", token.at)

    def _group(self, opening: Token) -> Node:
        found = self.sum()
        self.close(opening, ")")
        return found

    def _in_brackets(self, after: Token) -> Node:
        if self.next.kind != "(":
            self.fail(f"After “{after.text}” it should say of what, in brackets: {after.text}(...).")
        return sized(self._group(self.take()), self.known)

    def _stacked(self, opening: Token) -> Node:
        """[a], [a; b] or in rows [a, b], and with _h or _x behind it one of these parts."""
        found = sized(self.sum(), self.known)
        if self.next.kind == ("," if self.known.rows else ";"):
            sign = self.take()
            found = self.made(sign.at, makers.stack, found, sized(self.sum(), self.known))
        self.close(opening, "]")
        if self.next.kind != "_" or self.kinds("_", "(", ":"):
            return found
        sign = self.take()
        name = self._group_word()
        if name not in ("h", "x", "d"):
            self.fail(
                "Behind the bracket h or x should follow: the part of the state, or of the input.", sign.at
            )
        return self.made(sign.at, makers.part, found, name == "h")

    def _group_word(self) -> str:
        """One word, in brackets or not."""
        opening = self.take() if self.next.kind == "(" else None
        word = self.take().text
        if opening is not None:
            self.close(opening, ")")
        return word

    def _between_bars(self, opening: Token) -> Node:
        """‖x‖, with _2 or without; |x| of a number, and of a column its length."""
        self.bars += 1
        body = sized(self.sum(), self.known)
        if self.next.kind != opening.kind:
            self.fail(f"“{opening.text}” is never closed by another one.", opening.at)
        self.take()
        self.bars -= 1
        if self.kinds("_", "number"):
            self.take()
            self.take()
        by_elements = body.shape == NUMBER or not self.known.loss  # |g_i| where gradients are clipped
        if opening.kind == "|" and by_elements:
            return makers.fn("sqrt", makers.power(body, 2))
        return makers.norm(body)

    # --- words ---

    def _word(self, token: Token) -> Node:  # noqa: PLR0911 - one case a kind of word
        word = token.text
        if self.known.spreads and self._is_of_norms(word):
            return self._of_norms(token)
        if word in _OVER_TIME:
            return self._over_time(token)
        if word in ("frac", "min", "ones", "I", "J", "column", "kron") and self.known.find(word) is None:
            return self._special(token)
        if word in _CALLED:
            return self.made(token.at, _CALLED[word], self._in_brackets(token))
        if word in _FUNCTIONS and self._is_function(word):
            return self._function(token)
        if self.is_differential(token, self.next):
            return self.derivative(token)
        if (weights := self._weights(word)) is not None:
            self.take()
            return makers.column_of(makers.transpose(weights), self.time())
        return self.quantity(token, word)

    def _weights(self, word: str) -> Node | None:
        """The column of one number a time that `word` is, where one of them is meant: alpha of alpha_t."""
        entry = self.known.find(word)
        is_row = entry is not None and entry.once and entry.shape == ("T", "1")
        return entry.at(None) if entry and is_row and self.next.kind == "_" else None

    def _special(self, token: Token) -> Node:  # noqa: PLR0911 - one case a word
        match token.text:
            case "frac":
                return self._fraction(token)
            case "min":
                return self._min(token)
            case "ones":
                size = self._size()
                return makers.ONE if self.known.small else ones(self.known, size or HOLE)
            case "I":
                return makers.eye("1" if self.known.small else self._size() or self._identity())
            case "J":
                return self.jacobian(token)
            case "column":
                if self.next.kind != "_":
                    self.fail("Say which column, such as column_t(K).")
                self.take()
                time = self.time()
                return makers.column_of(self._in_brackets(token), time)
        opening = self.take()
        if opening.kind != "(":
            self.fail("After “kron” two matrices should follow: kron(A, B).", opening.at)
        left = self.sum()
        self._comma()
        right = self.sum()
        self.close(opening, ")")
        return kronecker(left, right, self.known)

    def _is_of_norms(self, word: str) -> bool:
        """Whether it is a sum or mean of all rows, or how many there are: a size."""
        is_size = word in ("h", "m") and self.known.find(word) is None
        return is_size or (word in ("sum", "mean") and self.next.kind == "(")

    def _of_norms(self, token: Token) -> Node:
        """1ᵀ x for sum(x); 1ᵀ1 for a size, as the programs of norms write it."""
        if token.text in ("h", "m"):
            column = makers.fill(1, (token.text, "1"))
            return makers.matmul(makers.transpose(column), column)
        body = self._in_brackets(token)
        ones = makers.fill(1, ("1", body.shape[0]))
        added = makers.matmul(ones, body)
        return (
            added if token.text == "sum" else makers.over(added, makers.matmul(ones, makers.transpose(ones)))
        )

    def _comma(self) -> None:
        token = self.take()
        if token.kind != ",":
            self.fail("Here a comma should stand.", token.at)

    def _size(self) -> str:
        """The size below ones_h or I_h; empty for none."""
        if self.next.kind != "_":
            return ""
        sign = self.take()
        name = self._group_word()
        sizes = [size for size in self.known.sizes if size != "1"]
        if name not in sizes:
            self.fail(f"“{name}” is no size here. There are {', '.join(sizes)}.", sign.at)
        return name

    def _identity(self) -> str:
        """The size of an I that does not say it."""
        self.bare_identity = True
        return self.identity

    def _fraction(self, token: Token) -> Node:
        if self.next.kind == "(" and self.is_differential(self.ahead(), self.ahead(2)):
            return self.typeset_derivative(token)
        if self.next.kind == "number" and len(self.next.text) == 2 and self.next.text.isdigit():  # \frac12
            above, below = map(makers.fill, map(int, self.take().text))
            return self.made(token.at, quotient, above, below, self.known)
        with self.deeper():
            parts = [self.atom(), self.atom()]
        return self.made(token.at, quotient, *parts, self.known)

    def _min(self, token: Token) -> Node:
        opening = self.take()
        if opening.kind != "(":
            self.fail("After “min” it should say of what: min(1, ...).", opening.at)
        one = self.sum()
        if not is_literal(one) or not makers.is_one(one):
            self.fail("Here min is read as min(1, ...) only.", token.at)
        self._comma()
        body = sized(self.sum(), self.known)
        self.close(opening, ")")
        return makers.fn("min1", body)

    # --- functions ---

    def _is_function(self, word: str) -> bool:
        """Whether a function's name is meant: sigma^2 and sigma_eps are quantities of layer norm."""
        return word != "sigma" or (
            self.next.kind != "_" and not (self.next.kind == "^" and "var" in self.known.entries)
        )

    def _function(self, token: Token) -> Node:
        name = _FUNCTIONS[token.text]
        if name == "phi":
            name = self.known.activation
            if not name:
                self.fail("What phi is here is not one function. Write tanh or sigma.", token.at)
        primed = self.next.kind == "'" and bool(self.take())
        exponent = self._power_of_function()
        body = makers.fn(name, self._argument(token), primed)
        return makers.power(body, exponent)

    def _power_of_function(self) -> int:
        """The 2 of tanh^2(a)."""
        if not (self.kinds("^", "number") or self.kinds("^", "(", "number", ")")):
            return 1
        self.take()
        opening = self.take() if self.next.kind == "(" else None
        token = self.take()
        if token.text not in tuple("23456789"):
            self.fail("Powers of a function are read from 2 to 9.", token.at)
        if opening is not None:
            self.close(opening, ")")
        return int(token.text)

    def _argument(self, token: Token) -> Node:
        """What is in brackets, or one name."""
        if self.next.kind not in STARTS:
            self.fail(f"After “{token.text}” it should say of what, such as {token.text}(...).")
        with self.deeper():
            return sized(self.atom(), self.known)

    # --- over time ---

    def _over_time(self, token: Token) -> Node:
        """Sum, product or columns, each with its bounds."""
        letter, low, high = "", first, last
        for _ in range(2):
            if self.next.kind == "_" and not letter:
                self.take()
                letter, low = self._bound(low)
            elif self.next.kind == "^":
                self.take()
                high = self.time()
        if not letter:
            self.fail(f"Say over what: {token.text}_{{t=1}}^{{T}} ...")
        with self.deeper():
            self.sums += 1
            if self.sums > MOST_SUMS:
                self.fail(
                    f"More than {MOST_SUMS} sums and products inside each other are not read.", token.at
                )
            body = sized(self.term(), self.known)
            self.sums -= 1
        if _above(low, high, self.known.steps):
            low, high = high, low
        if token.text == "columns":
            if low != first:
                self.fail("Columns are counted from 1.", token.at)
            return makers.beside(body, letter, low, high, str(high))
        make = makers.sum_over if token.text == "sum" else makers.prod_over
        return self.made(token.at, make, body, letter, low, high)

    def _bound(self, low: At) -> tuple[str, At]:
        """t, {t} or {t=1}."""
        opening = self.take() if self.next.kind == "(" else None
        token = self.take()
        if token.kind != "word" or token.text not in LETTERS or token.text == "T":
            self.fail("Here a letter for the time should stand, such as t or j.", token.at)
        if opening is not None:
            if self.next.kind == "=":
                self.take()
                low = self.time_inside()
            self.close(opening, ")")
        return token.text, low


def _above(low: At, high: At, steps: int) -> bool:
    """Whether the bounds stand the other way round: the product from T, or its number, down to j + 1."""
    if low.base == high.base:
        return low.shift > high.shift + 1
    return _height(low, steps) > _height(high, steps)


def _height(time: At, steps: int) -> float:
    """How late it is, among times of other letters; a number above 1 is later than j, T than t."""
    if time.base:
        return _ORDER.get(time.base, 1.0)
    return 2.5 if time.shift == steps else 0.0 if time.shift <= 1 else 1.5
