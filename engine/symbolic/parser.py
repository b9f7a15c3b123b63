"""A student's text -> a recurrence, or an error with a column. No SymPy: the window reads it.

    T(n) = 2T(n/2) + n log n, T(1) = 1        a_n = 3a_{n-1}; a_0 = 1
    f(n+1) = 2 f(n) + 1 for n >= 0, f(0) = f(1) = 1

Statements are split by commas, semicolons, line ends or words such as "and" and "with".
Nothing is rewritten here: the echo shows what was typed, as it was understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from engine.errors import FormulaError
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import Add, Expr, Neg, Num, Sym, Term, column, walk
from engine.symbolic.formula import FUNCTIONS, KEYWORDS, Names, Reader
from engine.symbolic.tokens import Token, tokens
from engine.symbolic.typeset import latex, name_latex, number_latex

MAX_INDEX = 1000  # of a first value
_MAX_NAME = 8
_BREAKS = (",", ";")
_BREAK_WORDS = ("and", "with", "where", "given")
_CONDITION_WORDS = ("for", "if", "when", "all")
_OTHERWISE = ("otherwise", "else")
_RELATIONS = ("<", "<=", ">", ">=", "=")


@dataclass(frozen=True, slots=True)
class Base:
    """A first value: T(index) = value."""

    index: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class RecurrenceInput:
    """A recurrence as it was typed.

    Attributes:
        text: what was typed.
        left: the term that is defined; its place is `variable`, or that plus a whole number `ahead`.
        right: what it is said to equal; at least one term of the sequence is in it.
        bases: first values by rising index; none if none was typed.
        first: smallest value of `variable` for which the recurrence was said to hold, or None;
            the term that is defined there is `first` + `ahead`.
    """

    text: str
    names: Names
    left: Term
    ahead: int
    right: Expr
    bases: tuple[Base, ...]
    first: int | None

    @property
    def latex(self) -> str:
        """The problem typeset, for display style."""
        text = f"{latex(self.left)} = {latex(self.right)}"
        if self.first is not None:
            text += rf" \quad \text{{for }} {name_latex(self.names.variable)} \ge {self.first}"
        return text + "".join(rf",\quad {self.base_latex(base)}" for base in self.bases)

    @property
    def first_defined(self) -> int | None:
        """The first place that the recurrence was said to define, or None."""
        return None if self.first is None else self.first + self.ahead

    def base_latex(self, base: Base) -> str:
        return f"{latex(self.term(base.index))} = {number_latex(base.value)}"

    def term(self, place: int | Expr) -> Term:
        """T at `place`, written as the student writes it."""
        where = Num(Fraction(place)) if isinstance(place, int) else place
        return Term(self.left.name, where, self.left.subscript)


def parse_recurrence(text: str) -> RecurrenceInput:
    """Read a recurrence and its first values; well under a millisecond for anything.

    Raises:
        FormulaError: with the column and a sentence, whatever the text holds.
    """
    return _Statements(text).read()


def echo(text: str) -> str:
    """LaTeX of the recurrence in `text`, as it is understood.

    Raises:
        FormulaError: as `parse_recurrence`.
    """
    return parse_recurrence(text).latex


@dataclass(slots=True)
class _Condition:
    """variable `relation` bound."""

    relation: str
    bound: int
    at: int


class _Statements:
    """Reads statement by statement and keeps what they say."""

    def __init__(self, text: str) -> None:
        found = tokens(text)
        self._names = _names(text, found)
        self._reader = Reader(text, found, self._names)
        self._recurrence: tuple[Term, int, Expr] | None = None
        self._bases: dict[int, Fraction] = {}
        self._first: int | None = None

    def read(self) -> RecurrenceInput:
        while self._skip_breaks():
            self._statement()
        if self._recurrence is None:
            sequence, variable = self._names
            self._reader.fail(f"The recurrence itself is missing: {sequence}({variable}) = ...")
        left, ahead, right = self._recurrence
        bases = tuple(Base(index, value) for index, value in sorted(self._bases.items()))
        return RecurrenceInput(self._reader.text, self._names, left, ahead, right, bases, self._first)

    def _skip_breaks(self) -> bool:
        """Go to the next statement; False at the end."""
        reader = self._reader
        while reader.next.kind in _BREAKS or reader.next.text in _BREAK_WORDS:
            reader.take()
        return reader.next.kind != "end"

    def _statement(self) -> None:
        reader = self._reader
        start = reader.next.at
        sides = [reader.sum()]
        if reader.next.kind in _RELATIONS and reader.next.kind != "=":
            self._hold(self._relation(sides[0], start))
            return
        if self._is_otherwise(sides[0], start):
            return
        while reader.next.kind == "=":
            reader.take()
            sides.append(reader.sum())
        condition = self._condition()
        self._end_of_statement()
        if len(sides) == 1:
            reader.fail("An equals sign should follow.", reader.next.at)
        for left in sides[:-1]:
            self._equation(left, sides[-1], condition, start)

    def _is_otherwise(self, value: Expr, start: int) -> bool:
        """T(n) = 3T(n-1) if n > 0, 1 otherwise: the value just below where the recurrence begins to hold."""
        reader = self._reader
        if reader.next.kind == "," and reader.after_next.text in _OTHERWISE:
            reader.take()
        if reader.next.text not in _OTHERWISE:
            return False
        if self._first is None or self._recurrence is None:
            reader.fail("Say first for which n the recurrence holds, such as: if n > 0.")
        reader.take()
        index = Fraction(self._first - 1 + self._recurrence[1])
        self._base(Term(self._names.sequence, Num(index), at=start), index, value)
        return True

    def _end_of_statement(self) -> None:
        token = self._reader.next
        if token.kind not in (*_BREAKS, "end") and token.text not in _BREAK_WORDS:
            self._reader.fail(f"“{token.text}” cannot stand here.")

    def _condition(self) -> _Condition | None:
        reader = self._reader
        if reader.next.text not in _CONDITION_WORDS:
            return None
        while reader.next.text in _CONDITION_WORDS:
            reader.take()
        start = reader.next.at
        return self._relation(reader.sum(), start)

    def _relation(self, left: Expr, start: int) -> _Condition:
        reader = self._reader
        relation = reader.take().kind
        value = constant(reader.sum()) if relation in _RELATIONS else None
        if not isinstance(left, Sym) or value is None or value.denominator != 1 or abs(value) > MAX_INDEX:
            variable = self._names.variable
            reader.fail(f"A condition should look like {variable} > 0 or {variable} >= 2.", start)
        return _Condition(relation, int(value), start)

    def _hold(self, condition: _Condition) -> None:
        """The recurrence itself holds under `condition`."""
        if condition.relation not in (">", ">="):
            self._reader.fail("The recurrence should hold from some number on, as in n >= 1.", condition.at)
        self._first = condition.bound + (condition.relation == ">")

    def _equation(self, left: Expr, right: Expr, condition: _Condition | None, start: int) -> None:
        sequence, variable = self._names
        if not isinstance(left, Term):
            self._reader.fail(f"Left of = should stand {sequence}({variable}) or {sequence}(0).", start)
        index = constant(left.place)
        if index is not None:
            self._base(left, index, right)
            return
        ahead = _ahead(left.place, variable)
        if ahead is None:
            self._reader.fail(f"On the left, {sequence} can be of {variable} or of {variable} + 1.", left.at)
        if condition is not None and condition.relation not in (">", ">="):
            self._first_values(condition, right)
            return
        if condition is not None:
            self._hold(condition)
        self._recur(left, ahead, right)

    def _recur(self, left: Term, ahead: int, right: Expr) -> None:
        if self._recurrence is not None:
            self._reader.fail("One recurrence at a time: here a second one begins.", left.at)
        if not any(isinstance(part, Term) for part in walk(right)):
            sequence, variable = self._names
            self._reader.fail(
                f"Right of = there is no {sequence}(...), so there is nothing to solve. A first value is "
                f"written {sequence}(0) = 1, not {sequence}({variable}) = 1.",
                column(right),
            )
        self._recurrence = (left, ahead, right)

    def _first_values(self, condition: _Condition, right: Expr) -> None:
        """T(n) = 1 for n <= 1: the same first value everywhere up to the bound, from 0."""
        last = condition.bound - (condition.relation == "<")
        start = last if condition.relation == "=" else 0
        if last < 0:
            self._reader.fail("This leaves no first value: count from 0.", condition.at)
        for index in range(start, last + 1):
            self._base(
                Term(self._names.sequence, Num(Fraction(index)), at=condition.at), Fraction(index), right
            )

    def _base(self, left: Term, index: Fraction, right: Expr) -> None:
        value = constant(right)
        if value is None:
            self._reader.fail("A first value must be a number.", column(right))
        if index.denominator != 1 or not 0 <= index <= MAX_INDEX:
            self._reader.fail(f"First values stand at whole places from 0 to {MAX_INDEX}.", left.at)
        if self._bases.setdefault(int(index), value) != value:
            self._reader.fail(f"Place {index} has two different first values.", left.at)


def _ahead(place: Expr, variable: str) -> int | None:
    """c of a place n + c; None for anything else."""
    match place:
        case Sym(name) if name == variable:
            return 0
        case Add((Sym(), Num(value)) | (Num(value), Sym())) if value.denominator == 1:
            return int(value)
        case Add((Sym(), Neg(Num(value)))) if value.denominator == 1:
            return -int(value)
        case _:
            return None


def _names(text: str, found: list[Token]) -> Names:
    """The sequence and its variable: the first word that begins a statement and has a letter as place."""
    for before, token, opening, *places in zip(
        [None, *found], found, found[1:], found[2:], found[3:], strict=False
    ):
        if not _starts_statement(before) or token.kind != "word" or opening.kind not in ("(", "_"):
            continue
        inner = places[1] if places[0].kind == "(" else places[0]
        if inner.kind == "word" and inner.text != token.text:
            _check_names(text, token, inner)
            return Names(token.text, inner.text)
    return _fail_nameless(text, found)


def _starts_statement(before: Token | None) -> bool:
    return before is None or before.kind in (*_BREAKS, "=") or before.text in _BREAK_WORDS


def _check_names(text: str, sequence: Token, variable: Token) -> None:
    taken = {*FUNCTIONS, *KEYWORDS, "frac"}
    if sequence.text in taken or len(sequence.text) > _MAX_NAME:
        raise FormulaError(f"“{sequence.text}” cannot be the name of the sequence; T can.", text, sequence.at)
    if len(variable.text) > 1:
        raise FormulaError("The variable should be one letter, such as n.", text, variable.at)


def _fail_nameless(text: str, found: list[Token]) -> NoReturn:
    if found[0].kind == "end":
        raise FormulaError("Nothing is typed yet. Try T(n) = 2T(n-1) + 1, T(0) = 1.", text, 0)
    raise FormulaError("Begin with what is defined, such as T(n) = 2T(n/2) + n.", text, found[0].at)
