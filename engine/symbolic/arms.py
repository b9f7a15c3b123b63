"""What the statements of a recurrence say together: one recurrence, its first values, and where it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.symbolic import vague
from engine.symbolic.conditions import MAX_INDEX, Condition
from engine.symbolic.cursor import Names
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import Big, Expr, Term, column, num, put, walk
from engine.symbolic.formula import Reader
from engine.symbolic.sides import ahead, has_term

_STRENGTH = ("", "Theta", "O", "o", "Omega", "omega")


class Arm(NamedTuple):
    """T(n) = `right` where `held`; `distance` is how far ahead of n the left side looks."""

    left: Term
    distance: int
    right: Expr
    held: Condition | None
    at: int


@dataclass(frozen=True, slots=True)
class Equation:
    """As `parser.RecurrenceInput`, which see; `bases` by index."""

    names: Names
    left: Term
    ahead: int
    right: Expr
    bases: dict[int, Fraction]
    first: int | None
    vague: str
    typed: Expr
    unknown: tuple[int, ...]
    notes: tuple[tuple[str, str], ...]
    bound: str


def together(
    reader: Reader,
    arms: Sequence[Arm],
    typed_bases: Sequence[tuple[Term, Expr]],
    holds: Condition | None,
    bound: str,
) -> Equation:
    """The recurrence. Raises FormulaError where something is missing, too much, or contradicts."""
    recurrence = _recurrence(reader, arms)
    values = _FirstValues(reader)
    for left, right in typed_bases:
        values.add(left, constant(left.place), right)
    others = [arm for arm in arms if arm is not recurrence]
    for arm in others:
        if arm.held is not None and not arm.held.otherwise:
            values.add_where(arm, arm.held)
    first = _first(reader, recurrence, holds, values)
    for arm in others:
        if arm.held is None or arm.held.otherwise:
            values.add_elsewhere(arm, first)
    return _told(reader, recurrence, first, values, bound)


def _recurrence(reader: Reader, arms: Sequence[Arm]) -> Arm:
    sequence, variable = reader.names
    found = [arm for arm in arms if has_term(arm.right)]
    if not found and arms:
        reader.fail(
            f"Right of = there is no {sequence}(...), so there is nothing to solve. A first value is "
            f"written {sequence}(0) = 1, not {sequence}({variable}) = 1.",
            arms[0].at,
        )
    if not found:
        reader.fail(f"The recurrence itself is missing: {sequence}({variable}) = ...")
    if len(found) > 1:
        reader.fail("One recurrence at a time: here a second one begins.", _start(found[1]))
    [recurrence] = found
    for term in _terms(recurrence.right):
        if ahead(term.place, variable) == recurrence.distance:
            _both_sides(reader, recurrence.left, term)
    return recurrence


def _start(arm: Arm) -> int:
    return arm.left.at if arm.left.at >= 0 else arm.at


def _terms(expr: Expr) -> list[Term]:
    return [part for part in walk(expr) if isinstance(part, Term)]


def _both_sides(reader: Reader, left: Term, term: Term) -> None:
    sequence, variable = reader.names
    earlier, hint = f"{sequence}({variable}-1)", ""
    if left.subscript:
        earlier = f"{sequence}_{{{variable}-1}}"
        hint = f" An index of more than one letter needs braces: {earlier}."
    reader.fail(
        f"{sequence}({variable}) stands on both sides, so it is explained by itself. On the right, earlier "
        f"terms should stand, such as {earlier}.{hint}",
        term.at,
    )


def _first(reader: Reader, arm: Arm, holds: Condition | None, values: _FirstValues) -> int | None:
    """The smallest n that the recurrence was said to hold for."""
    held = arm.held if arm.held is not None and not arm.held.shape else holds
    if held is None or held.shape:
        return None
    if held.otherwise:
        return max([*values.known, *values.unknown], default=-1) + 1 - arm.distance
    if not held.goes_on:
        reader.fail("The recurrence should hold from some number on, as in n >= 1.", held.at)
    return held.low


class _FirstValues:
    """First values as they are found; `unknown` are the places of those that are some constant."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.known: dict[int, Fraction] = {}
        self.unknown: set[int] = set()
        self.somewhere = False  # some were typed without saying where exactly

    def add(self, left: Term, index: Fraction | None, right: Expr) -> None:
        """T(index) = right."""
        reader = self._reader
        if index is None or index.denominator != 1 or not 0 <= index <= MAX_INDEX:
            reader.fail(f"First values stand at whole places from 0 to {MAX_INDEX}.", left.at)
        place = int(index)
        value = self._value(right)
        if value is None:
            if has_term(right) or reader.names.variable in {
                getattr(part, "name", "") for part in walk(right)
            }:
                reader.fail("A first value must be a number.", column(right))
            known = frozenset(part.index for part in walk(right) if isinstance(part, Big))
            if not vague.found(reader.text, right, known).name:
                reader.fail("A first value must be a whole number or a fraction.", column(right))
            self.unknown.add(place)
        elif self.known.setdefault(place, value) != value:
            reader.fail(f"Place {place} has two different first values.", left.at)

    def _value(self, right: Expr) -> Fraction | None:
        try:
            return constant(right)
        except (ZeroDivisionError, OverflowError):
            self._reader.fail("This first value is no number that can be worked with.", column(right))

    def add_where(self, arm: Arm, held: Condition) -> None:
        """T(n) = 1 for n <= 1: the same first value everywhere up to the bound, from 0."""
        reader = self._reader
        if held.shape:  # T(n) = 1 for n <= n_0
            self.somewhere = True
            return
        if held.goes_on:
            sequence, variable = reader.names
            reader.fail(
                f"For these {variable} there is no {sequence}(...) on the right, so nothing is to be solved.",
                arm.at,
            )
        high = held.high if held.high is not None else -1
        places = held.values or tuple(range(max(held.low or 0, -arm.distance), high + 1))
        if not places:
            reader.fail("This leaves no first value: count from 0.", held.at)
        for place in places:
            self._add_at(arm, place)

    def add_elsewhere(self, arm: Arm, first: int | None) -> None:
        """T(n) = 1 otherwise: wherever the recurrence does not hold and nothing else was said."""
        reader = self._reader
        if arm.held is None:
            reader.fail(
                "Right of = there is no term of the sequence, so there is nothing to solve. Say for which n "
                "this is the first value, such as: if n = 1.",
                arm.at,
            )
        if first is None:
            reader.fail("Say first for which n the recurrence holds, such as: if n > 0.", arm.held.at)
        for place in range(-arm.distance, first):
            if place + arm.distance not in {*self.known, *self.unknown}:
                self._add_at(arm, place)

    def _add_at(self, arm: Arm, place: int) -> None:
        variable = self._reader.names.variable
        term = Term(arm.left.name, num(place), arm.left.subscript, arm.at)
        self.add(term, Fraction(place + arm.distance), put(arm.right, variable, num(place)))


def _told(reader: Reader, arm: Arm, first: int | None, values: _FirstValues, bound: str) -> Equation:
    names = reader.names
    known = frozenset({names.variable, *(part.index for part in walk(arm.right) if isinstance(part, Big))})
    found = vague.found(reader.text, arm.right, known)
    name = max(found.name, bound, "Theta" if values.unknown or values.somewhere else "", key=_STRENGTH.index)
    if {found.name, bound} >= {"O", "Omega"}:
        reader.fail(
            "This is bounded only from above and only from below at once, so nothing follows.", arm.at
        )
    notes = _notes(reader, found, values, bound)
    unknown = tuple(sorted(values.unknown))
    bases = {} if unknown or values.somewhere else values.known
    return Equation(
        names, arm.left, arm.distance, found.expr, bases, first, name, arm.right, unknown, notes, bound
    )


_BOUNDS = {"O": "≤: only an upper bound follows", "Omega": "≥: only a lower bound follows"}


def _notes(
    reader: Reader, found: vague.Found, values: _FirstValues, bound: str
) -> tuple[tuple[str, str], ...]:
    sequence = reader.names.sequence
    notes = [(letter, "some positive number, so only the class is told") for letter in found.letters]
    if values.unknown:
        places = ", ".join(f"{sequence}({place})" for place in sorted(values.unknown))
        notes.append(("First values", f"{places}: some positive number, so only the class is told"))
    if values.somewhere:
        notes.append(("First values", "it is not said for which sizes they hold, so only the class is told"))
    if bound:
        notes.append(("Sign", _BOUNDS[bound]))
    return tuple(notes)
