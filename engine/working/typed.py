r"""A student's next line -> trees of the tape language, or an error with a column.

    dL/dh_t = W_h^T delta_{t+1} + W_o^T (yhat_t - y_t)        \frac{\partial L}{\partial h_t} = ...
    dL/dW_h = sum_{t=1}^{T} delta_t h_{t-1}^T                 delta_t = dL/dh_t ⊙ (1 - h_t²)

    sum      term { (+|-) term }
    term     product { (⊙|⊗) product }
    product  factor { [*|/] factor }         side by side is a matrix product; left to right
    factor   atom { ^ exponent | ' | ᵀ }
    atom     number | name | slope | function | bracket | [above; below] | sum or product over time

Matrices are multiplied where their shapes fit; by * also element by element where only that fits.
Reading never runs anything and ends within milliseconds. Window-safe.
"""

from __future__ import annotations

import itertools
import re
from contextlib import suppress
from dataclasses import dataclass, replace

from engine.errors import FormulaError
from engine.symbolic.tokens import Token
from engine.tape import makers
from engine.tape.index import At
from engine.tape.nodes import Node
from engine.tape.plain import plain
from engine.working.typed_atoms import STARTS, Atoms
from engine.working.typed_joins import (
    MOST_POWER,
    Misfit,
    Product,
    by_elements,
    is_literal,
    kronecker,
    ones,
    plus,
    quotient,
    raised,
    repeated,
    sized,
    spread,
    told,
)
from engine.working.typed_rows import joined
from engine.working.typed_tokens import tokens
from engine.working.vocabulary import LETTERS, Entry, Vocabulary, vocabulary

__all__ = ["Equation", "Vocabulary", "read", "vocabulary"]

_OF_ENTRIES = re.compile(r"sum_\{?([a-z])\b.*?y_\{?(?:[a-z],)?\1\b.*?(?:log|ln)")
_LONG = 100  # tokens; a longer line is not read again with letters exchanged
_MOST_IDENTITIES = 20  # with more of them in a line, only one size is tried
_WORDS_BETWEEN = ("for", "where", "with", "if", "when", "and", "all")


@dataclass(frozen=True, slots=True)
class Equation:
    """What was typed: `left` = `right`; `left` is None where only one side was."""

    left: Node | None
    right: Node


def read(text: str, known: Vocabulary) -> Equation:
    """Read one line.

    Raises:
        FormulaError: with the column and a sentence, whatever the text holds.
    """
    text = joined(text)
    found, first = tokens(text), None
    for size in known.sizes:  # of an I that does not say its own: the first with which all fits
        reader = _Reader(text, list(found), known)
        reader.identity = size
        try:
            return reader.equation()
        except FormulaError as error:
            first = first or _better(error, reader, found)
            if not reader.bare_identity or sum(token.text == "I" for token in found) > _MOST_IDENTITIES:
                break
    raise first or FormulaError("There is nothing here to read about.", text, 0)


def _better(error: FormulaError, reader: _Reader, found: list[Token]) -> FormulaError:
    """The same with a better reason, where there is one."""
    text, known = error.text, reader.known
    if _OF_ENTRIES.search(text) and "yhat" in known.entries:
        y, yhat = (plain(known.entries[name].shown()) for name in ("y", "yhat"))
        reason = f"Sums over the entries of a column are not read: write {y}^T log({yhat}) for this one."
        return FormulaError(reason, text, error.column)
    pair = _mixed_up(reader, found) if reader.misfits and len(found) <= _LONG else None
    if pair is None:
        return error
    first, second = (told(entry.shown(), known) for entry in pair)
    reason = f"{first} and {second} are mixed up: the other way round the line fits."
    return FormulaError(reason, text, error.column)


def _mixed_up(failed: _Reader, found: list[Token]) -> tuple[Entry, Entry] | None:
    """Two weights that the line has, with which it could be read if they were exchanged."""
    weights = [one for one in failed.known.entries.values() if one.once and "1" not in one.shape]
    for one, other in itertools.permutations(weights, 2):
        if one.name in failed.met and one.shape != other.shape:
            names = {**failed.known.entries, one.name: other, other.name: one}
            reader = _Reader(failed.text, list(found), replace(failed.known, entries=names))
            reader.identity = failed.identity
            with suppress(FormulaError):
                reader.equation()
                if {one.name, other.name} <= reader.met:
                    return one, other
    return None


class _Reader(Atoms):
    """Reads by recursive descent; the loosest first."""

    def equation(self) -> Equation:
        if self.next.kind == "end":
            self.fail("Nothing is typed yet. Try dL/dh_t = ..., or only what it is equal to.")
        one = self.sum()
        if self.next.kind != "=":
            self._end()
            return Equation(None, sized(one, self.known))
        sign = self.take()
        other = self.sum()
        self._end()
        left, right = sized(one, self.known), sized(other, self.known)
        fitting = spread(right, left.shape, self.known)
        if fitting is None:
            turned = " Is a transpose missing?" if left.shape == right.shape[::-1] else ""
            sides = f"{told(left, self.known)} cannot equal {told(right, self.known)}"
            self.fail(f"{sides}: their shapes differ.{turned}", sign.at)
        return Equation(left, fitting)

    def _end(self) -> None:
        token = self.next
        if token.kind == "=":
            self.fail("One line has one equals sign; here is a second one.")
        if token.text in _WORDS_BETWEEN:
            self.fail(f"Leave out “{token.text} ...”: a line is read for all times at which it can hold.")
        if token.kind != "end":
            self.fail(f"“{token.text}” cannot stand here; a sign such as + or the end should.")

    # --- signs ---

    def sum(self) -> Node:
        with self.deeper():
            found = self._signed_term()
            while self.next.kind in ("+", "-"):
                sign = self.take()
                term = self.term()
                shown = makers.neg(term) if sign.kind == "-" else term
                found = self.made(sign.at, plus, found, shown, self.known)
        return found

    def _signed_term(self) -> Node:
        if self.next.kind not in ("+", "-"):
            return self.term()
        minus = self.take().kind == "-"
        return makers.neg(self.term()) if minus else self.term()

    def term(self) -> Node:
        found = self._product()
        while self._is_by_elements() or self.next.kind == "⊗":
            sign = self.take()
            join = kronecker if sign.kind == "⊗" else by_elements
            found = self.made(sign.at, join, found, self._product(), self.known)
        return found

    def _is_by_elements(self) -> bool:
        """⊙, or a small o that stands alone."""
        alone = self.next.kind == "word" and self.next.text == "o" and self.ahead().kind in STARTS
        return self.next.kind == "⊙" or alone

    def _product(self) -> Node:
        found = Product(self._factor_with_sign(), self.known)
        while True:
            token = self.next
            if token.kind == "*":
                self.take()
                self._push(found, self._factor_with_sign(), token, True)
            elif token.kind == "/":
                self.take()
                below = self._factor_with_sign()
                found = Product(self.made(token.at, quotient, found.whole(), below, self.known), self.known)
            elif self._is_factor(token):
                if token.kind == "number" and not self._is_row_of_ones():
                    self.fail(f"Put a sign between what stands here and {token.text}: * or ^ or +.")
                self._push(found, self._factor(), token, False)
            else:
                return found.whole()

    def _is_row_of_ones(self) -> bool:
        """1ᵀ, which may stand behind a matrix as no other number may."""
        after = self.ahead(2 + self.kinds("number", "^", "("))
        return self.next.text == "1" and self.ahead().kind == "^" and after.text == "T"

    def _push(self, product: Product, factor: Node, token: Token, by_sign: bool) -> None:
        try:
            product.push(factor, by_sign)
        except (Misfit, makers.ShapeError) as misfit:
            self.misfits = True
            self.fail(str(misfit), token.at)

    def _is_factor(self, token: Token) -> bool:
        if token.kind in ("‖", "|"):
            return not self.bars
        return token.kind in STARTS and token.text not in _WORDS_BETWEEN and not self._is_by_elements()

    def _factor_with_sign(self) -> Node:
        if self.next.kind not in ("-", "+"):
            return self._factor()
        with self.deeper():
            minus = self.take().kind == "-"
            found = self._factor_with_sign()
        return makers.neg(found) if minus else found

    def _factor(self) -> Node:
        found = self.atom()
        while True:
            token = self.next
            if token.kind == "'":
                self.take()
                found = makers.transpose(self._ones(found))
            elif token.kind == "^":
                self.take()
                found = self._raised(found, token)
            elif self.kinds("_", "(", ":", ","):
                found = self._column(found)
            else:
                return found

    def _column(self, matrix: Node) -> Node:
        """K_{:,t}."""
        opening = [self.take() for _ in range(4)][1]
        time = self.time()
        self.close(opening, ")")
        return makers.column_of(matrix, time)

    def _raised(self, body: Node, sign: Token) -> Node:
        """A transpose or a power."""
        if self._is_of_steps():
            return self.made(sign.at, repeated, body, *self._steps())
        by_elements, exponent = self._exponent()
        if exponent is None:
            return makers.transpose(self._ones(body))
        if exponent == 1:
            return body
        body = sized(body, self.known)
        if body.shape[0] == body.shape[1] != "1" and not by_elements:
            self.fail(
                "A power of a matrix can mean two things: write the product out, or ^{⊙2} for by elements.",
                sign.at,
            )
        least = -MOST_POWER if is_literal(body) else 2  # 10^{-8}
        if exponent != -1 and not least <= exponent <= MOST_POWER:
            self.fail(f"Powers are read from 2 to {MOST_POWER}, and -1. For a root write sqrt(...).", sign.at)
        return self.made(sign.at, raised, body, exponent)

    def _is_of_steps(self) -> bool:
        """Whether the exponent is a number of steps: {t-j}, {T-1}."""
        first = self.ahead()
        timed = first.kind == "number" or first.text in LETTERS
        return self.next.kind == "(" and timed and self.ahead(2).kind in ("-", "+")

    def _steps(self) -> tuple[At, At]:
        """j and t of t - j."""
        opening = self.take()
        high, low = self.letter_or_number(), At("", 0)
        while self.next.kind in ("-", "+"):
            sign, token = self.take(), self.next
            if token.kind == "number":
                more = self._whole_number()
                high = high + (more if sign.kind == "+" else -more)
            elif sign.kind == "-" and token.text in LETTERS and not low.base:
                low = At(self.take().text)
            else:
                self.fail("A number of steps should follow ^, such as {t-j} or {T-1}.", token.at)
        self.close(opening, ")")
        return low, high

    def _ones(self, body: Node) -> Node:
        """1ᵀ is a row of ones."""
        return ones(self.known) if body is makers.ONE and not self.known.small else body

    def _exponent(self) -> tuple[bool, int | None]:
        """Whether by elements, and the number; None for T."""
        opening = self.take() if self.next.kind == "(" else None
        by_elements = self.next.kind == "⊙" and bool(self.take())
        minus = self.next.kind == "-" and bool(self.take())
        token = self.take()
        number: int | None = None
        if token.kind == "number" and token.text.isdigit():
            number = -int(token.text) if minus else int(token.text)
        elif token.text not in ("T", "'") or by_elements or minus:
            self.fail("Behind ^ a T for the transpose or a whole number should follow.", token.at)
        if opening is not None:
            self.close(opening, ")")
        return by_elements, number
