"""A formula -> its class of growth, or why it has none.

What swings (sin n, (-1)^n, n mod 3) and what rounding hides (2^(2^ceil(log log n))) is tried at its
ends: if these are of different classes, the function has a `Range` and no class.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from engine.growth.classes import Growth, from_log
from engine.growth.constants import TooComplex
from engine.growth.nodes import Reader
from engine.growth.series import Series, Undecided
from engine.growth.shown import simplest
from engine.growth.sizes import Size, log, sign_of
from engine.symbolic.expr import Call, Expr, letters, walk

_MOST_SWINGS = 3
_MOST_NODES = 400


class NoGrowth(Exception):
    """A function without a class. `reason` is a sentence, `way_out` what to try instead."""

    def __init__(self, reason: str, way_out: str = "", column: int = -1) -> None:
        super().__init__(reason)
        self.reason, self.way_out, self.column = reason, way_out, column


@dataclass(frozen=True, slots=True)
class Range:
    """Where the values of a function lie: between two classes, both reached again and again.

    Attributes:
        low, high: None: 0, at infinitely many n (`high`: 0 from some n on).
        reached: whether the ends are known to be reached; if not, they are only bounds.
        swings: what swings, as formulas; empty for a function that has one class.
    """

    low: Growth | None
    high: Growth | None
    reached: bool = True
    swings: tuple[Expr, ...] = ()

    @property
    def one(self) -> Growth | None:
        """The class, if it is one."""
        if self.low is None or self.high is None:
            return None
        return self.high if self.low is self.high or same(self.low, self.high) else None


def same(first: Growth, second: Growth) -> bool:
    """Whether both are known to be of one class."""
    try:
        return first.compare(second) == 0
    except Undecided:
        return False


def growth_of(expr: Expr, variable: str) -> Growth:
    """The class of `expr` for large whole `variable`. Raises NoGrowth."""
    found = range_of(expr, variable)
    if found.high is None:
        raise NoGrowth("It is 0 for all large n, so it has no class of growth.")
    one = found.one
    if one is None:
        raise NoGrowth(
            "It swings between different sizes for ever, so no one class describes it.",
            "Bound it from both sides instead, with O and Ω.",
        )
    return one


@lru_cache(maxsize=256)
def range_of(expr: Expr, variable: str) -> Range:
    """Where the values of `expr` lie. Raises NoGrowth."""
    _refuse(expr, variable)
    reader = Reader(variable)
    try:
        first = reader.read(expr)
        if not reader.swings:
            growth = _growth(first, expr, variable)
            return Range(growth, growth)
    except Undecided as why:
        if not is_rounded(expr):
            raise _undecided(why) from None
        reader.round_ends()
    except TooComplex:
        raise NoGrowth("The numbers in it are too large or too many.", "Try smaller numbers.") from None
    except (ValueError, ArithmeticError):
        if not reader.swings:
            raise NoGrowth(*_NOT_POSITIVE) from None
    return _between(expr, reader)


def is_rounded(expr: Expr) -> bool:
    """Whether a floor or a ceiling is in it."""
    return any(isinstance(part, Call) and part.name in ("floor", "ceil") for part in walk(expr))


def rounded_range(expr: Expr, variable: str) -> Range:
    """Where its values lie when each rounding is tried at both ends. Raises NoGrowth."""
    reader = Reader(variable)
    reader.round_ends()
    return _between(expr, reader)


_NOT_POSITIVE = (
    "It is negative, or not defined, for large n; a class of growth is for what is positive there.",
    "Take its absolute value, or change the sign.",
)


def _refuse(expr: Expr, variable: str) -> None:
    others = sorted(letters(expr) - {variable, "e", "π", "pi"})
    if others:
        raise NoGrowth(
            f"It has the letter {others[0]} beside {variable}, and growth is told for one letter.",
            f"Put a number in place of {others[0]}.",
        )
    if sum(1 for _ in walk(expr)) > _MOST_NODES:
        raise NoGrowth("The formula is too long.", "Try a shorter one.")


def _undecided(why: Undecided) -> NoGrowth:
    return NoGrowth(f"Its growth cannot be decided: {why}.", "Simplify it by hand and try again.")


def _growth(size: Size, expr: Expr, variable: str) -> Growth:
    """The class of one function. Raises NoGrowth."""
    try:
        if isinstance(size, Series) and size.zero:
            raise NoGrowth("It is 0 for all large n, so it has no class of growth.")
        if sign_of(size) < 0:
            raise NoGrowth(*_NOT_POSITIVE)
        return from_log(log(size), simplest(expr, variable))
    except Undecided as why:
        raise _undecided(why) from None


def _between(expr: Expr, reader: Reader) -> Range:
    """The lowest and the highest of all ends of what swings."""
    found: list[Growth | None] = []
    done: set[tuple[int, ...]] = set()
    for _ in range(2):  # what swings may show only when an outer part is at another end
        swings = tuple(reader.swings)
        if len(swings) > _MOST_SWINGS:
            raise NoGrowth("Too much in it swings to tell how it grows.", "Try a simpler function.")
        for ends in product((-1, 0, 1), repeat=len(swings)):
            if ends not in done:
                done.add(ends)
                found.append(_at(expr, reader, dict(zip(swings, ends, strict=True))))
        if tuple(reader.swings) == swings:
            break
    return _ordered(found, not reader.coarse, swings)


def _at(expr: Expr, reader: Reader, ends: dict[Expr, int]) -> Growth | None:
    try:
        size = reader.read(expr, ends)
        if isinstance(size, Series) and size.zero:
            return None
        if sign_of(size) < 0:
            raise NoGrowth(*_CHANGES)
        return from_log(log(size))
    except Undecided as why:
        raise _undecided(why) from None
    except TooComplex:
        raise NoGrowth("The numbers in it are too large or too many.", "Try smaller numbers.") from None
    except (ValueError, ArithmeticError):
        raise NoGrowth(*_CHANGES) from None


_CHANGES = (
    "It is negative, or not defined, again and again; a class of growth is for what stays positive.",
    "Take its absolute value, or add something that keeps it positive.",
)


def _ordered(found: list[Growth | None], reached: bool, swings: tuple[Expr, ...]) -> Range:
    low, high = found[0], found[0]
    try:
        for growth in found[1:]:
            if growth is None or (low is not None and growth < low):
                low = growth
            if growth is not None and (high is None or growth > high):
                high = growth
    except Undecided as why:
        raise _undecided(why) from None
    return Range(low, high, reached, swings)
