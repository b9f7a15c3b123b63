"""Conditions on the size: for n > 1, if n = 0 or n = 1, 2 <= n < 5, n a power of 2, otherwise.

Reads them from a `Reader` and says for which n they hold; what that is good for, `parser.py` knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from engine.symbolic.evaluate import constant
from engine.symbolic.formula import Reader

MAX_INDEX = 1000  # of a first value

_LEADS = (
    *("for", "if", "when", "all", "every", "any", "each", "whenever", "provided", "that", "unless"),
    *("For", "If", "When"),
)
_FILLERS = ("integer", "integers", "natural", "positive", "numbers", "whole", "number", "the", "case")
_RELATIONS = ("<", "<=", ">", ">=", "=", "!=")
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
OTHERWISE = ("otherwise", "else")


@dataclass(frozen=True, slots=True)
class Condition:
    """The n for which something holds.

    Attributes:
        values: these; empty where it is a range.
        low, high: bounds of a range, both included; None: no bound there.
        at: the column where the condition begins.
        otherwise: for all other n than those of the conditions beside it.
        shape: only n of a certain kind, such as powers of 2; nothing is said of where it begins.
    """

    at: int
    values: tuple[int, ...] = ()
    low: int | None = None
    high: int | None = None
    otherwise: bool = False
    shape: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it holds from some n on, without end."""
        return self.low is not None and self.high is None and not self.values


def follows(reader: Reader) -> bool:
    """Whether a condition comes next, perhaps behind a comma, a & or an opening bracket."""
    step = 0
    while reader.ahead(step).kind in (",", "&", "(") or reader.ahead(step).text == ":":
        step += 1
    token, after = reader.ahead(step), reader.ahead(step + 1)
    if token.text in (*_LEADS, *OTHERWISE):
        return True
    variable = reader.names.variable
    if token.text == variable and token.kind == "word":
        return after.kind in _RELATIONS or after.text in ("is", "in") or (step > 0 and after.text == "a")
    return token.kind == "number" and after.kind in ("<", "<=") and reader.ahead(step + 2).text == variable


def condition(reader: Reader) -> Condition:
    """The condition that `follows`.

    Raises:
        FormulaError: it is none that is understood.
    """
    while reader.next.kind in (",", "&") or reader.next.text == ":":
        reader.take()
    opening = reader.take() if reader.next.kind == "(" else None
    at = reader.next.at
    found = _condition(reader, at)
    if opening is not None:
        reader.close(opening)
    return found


def _condition(reader: Reader, at: int) -> Condition:
    if reader.accept(*OTHERWISE):
        return Condition(at, otherwise=True)
    while reader.next.text in (*_LEADS, *_FILLERS):
        if reader.take().text == "unless":
            reader.fail("“unless” is not read. Say for which n it holds, such as: if n > 0.", at)
    if _is_shape(reader):
        return _shape(reader, at)
    found = _relation(reader, at)
    while reader.next.text == "or" or (reader.next.text == "and" and _same_again(reader)):
        both = reader.take().text == "and"
        other = _condition(reader, at)
        found = _narrowed(reader, found, other) if both else _either(reader, found, other)
    return found


def _same_again(reader: Reader) -> bool:
    """Whether the "and" that comes next joins another condition, not another statement."""
    after = reader.ahead(1)
    variable = reader.names.variable
    if after.text != variable:
        return after.kind == "number" and reader.ahead(3).text == variable
    return reader.ahead(2).kind in _RELATIONS or reader.ahead(2).text in ("is", "a", "in")


def _narrowed(reader: Reader, first: Condition, second: Condition) -> Condition:
    if second.shape or first.shape:
        return first if second.shape else second
    if first.values or second.values:
        reader.fail("Only bounds such as n > 1 and n <= 5 can be joined by “and”.", first.at)
    lows = [low for low in (first.low, second.low) if low is not None]
    highs = [high for high in (first.high, second.high) if high is not None]
    return Condition(first.at, (), max(lows, default=None), min(highs, default=None))


def _either(reader: Reader, first: Condition, second: Condition) -> Condition:
    if not first.values or not second.values:
        reader.fail("Only single values such as n = 0 or n = 1 can be joined by “or”.", first.at)
    return Condition(first.at, (*first.values, *second.values))


# --- relations -----------------------------------------------------------------------------


def _relation(reader: Reader, at: int) -> Condition:
    """n >= 2, 1 < n, 1 <= n < 5, n = 0, n = 0, 1, n = 1, 2, ..., n in {0, 1}."""
    left = None if _is_variable(reader) else _bound(reader, at)
    found = Condition(at)
    if left is not None:
        found = _bounded(reader, found, _MIRRORED.get(reader.next.kind, ""), left)
        if not _is_variable(reader):
            _fail(reader, at)
    reader.take()
    if reader.next.text in ("=", "in"):
        return _listed(reader, at)
    if left is None or reader.next.kind in _RELATIONS:
        found = _bounded(reader, found, reader.next.kind, None)
    return found


def _is_variable(reader: Reader) -> bool:
    return reader.next.kind == "word" and reader.next.text == reader.names.variable


def _is_variable_at(reader: Reader, step: int) -> bool:
    return reader.ahead(step).text == reader.names.variable


def _bounded(reader: Reader, so_far: Condition, relation: str, bound: int | None) -> Condition:
    """`so_far`, and variable `relation` bound; the relation comes next, the bound behind it if None."""
    if relation not in _RELATIONS:
        _fail(reader, so_far.at)
    reader.take()
    value = _bound(reader, so_far.at) if bound is None else bound
    match relation:
        case "<" | "<=":
            return Condition(so_far.at, (), so_far.low, value - (relation == "<"))
        case ">" | ">=":
            return Condition(so_far.at, (), value + (relation == ">"), so_far.high)
        case "=":
            return Condition(so_far.at, (value,))
        case _:
            return _unequal(reader, so_far.at, value)


def _unequal(reader: Reader, at: int, value: int) -> Condition:
    """n != 0 leaves n >= 1; other values leave gaps."""
    if value not in (0, 1):
        reader.fail("Say for which n it holds, such as n >= 2.", at)
    return Condition(at, (), value + 1)


def _bound(reader: Reader, at: int) -> int:
    if reader.next.kind not in ("number", "-", "("):
        _fail(reader, at)
    value = constant(reader.power() if reader.next.kind != "-" else reader.sum())
    if value is None or abs(value) > MAX_INDEX:
        _fail(reader, at)
    if value.denominator != 1:
        value = Fraction(-(-value.numerator // value.denominator))
    return int(value)


def _listed(reader: Reader, at: int) -> Condition:
    """= 0, 1 or in {0, 1}; 1, 2, 3, ... goes on for ever."""
    reader.take()
    opening = reader.take() if reader.next.kind == "(" else None
    values = [_bound(reader, at)]
    while reader.next.kind == "," and _goes_on(reader):
        reader.take()
        if reader.accept("dots"):
            return _open(reader, at, values)
        values.append(_bound(reader, at))
    if opening is not None:
        reader.close(opening)
    return Condition(at, tuple(values))


def _goes_on(reader: Reader) -> bool:
    """Whether another index follows the comma, not a value such as in n = 1, 2T(n-1) otherwise."""
    first, second, third, fourth = (reader.ahead(step) for step in (1, 2, 3, 4))
    if first.kind == "dots":
        return True
    if first.kind != "number" or (
        second.kind not in (",", ")", "end", ";") and second.text not in ("and", "or")
    ):
        return False
    return not (third.text == reader.names.variable and fourth.kind in _RELATIONS)


def _open(reader: Reader, at: int, values: list[int]) -> Condition:
    """Behind the dots of 1, 2, ..."""
    if reader.next.kind == "," and reader.ahead(1).kind == "number" and _goes_on(reader):
        reader.take()
        return Condition(at, (), values[0], _bound(reader, at))
    return Condition(at, (), values[0])


def _fail(reader: Reader, at: int) -> NoReturn:
    variable = reader.names.variable
    reader.fail(f"A condition should look like {variable} > 0 or {variable} >= 2.", at)


# --- kinds of n ----------------------------------------------------------------------------


def _is_shape(reader: Reader) -> bool:
    """n is a power of 2, n a power of b, n = 2^k, n in N, n >= n_0, some constant c."""
    if not _is_variable(reader):
        return reader.next.text in ("some", "constant", "constants")
    if reader.ahead(1).kind in _RELATIONS and reader.ahead(2).text in reader.constants:
        return True
    if reader.ahead(1).kind in _RELATIONS and _is_variable_at(reader, 2) and reader.ahead(3).kind == "_":
        return True
    if reader.ahead(1).text == "in" and reader.ahead(2).kind == "word":
        return True
    if reader.ahead(1).text in ("is", "a") or reader.ahead(1).text in ("even", "odd"):
        return True
    powered = reader.ahead(2).kind == "number" and reader.ahead(3).kind == "^"
    return reader.ahead(1).kind == "=" and powered and _has_letter(reader)


def _has_letter(reader: Reader) -> bool:
    inside = reader.ahead(5) if reader.ahead(4).kind == "(" else reader.ahead(4)
    return inside.kind == "word"


def _shape(reader: Reader, at: int) -> Condition:
    while reader.next.kind not in (",", ";", "end", ")", "&") and reader.next.text not in ("and", "with"):
        if reader.take().text in ("even", "odd"):
            reader.fail("Different rules for even and odd sizes are not solved.", at)
    return Condition(at, shape=True)
