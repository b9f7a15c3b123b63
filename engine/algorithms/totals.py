"""One quantity summed over all calls of a recursion: its recurrence, solved, and its exact values.

The quantity is what a call contributes by itself: 1 (calls), executions of a line, built-in work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from engine.algorithms import fits
from engine.algorithms.fits import Fit, fitted
from engine.algorithms.shape import Call, Shape, Table
from engine.errors import FormulaError
from engine.growth.classes import Growth
from engine.recurrences.answers import solutions_of
from engine.recurrences.normal import NotSolved
from engine.recurrences.solution import Solution
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import Expr, Sym, letters, num, put
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.plain import plain

_FAR: Final = (*range(1, 131), *(2**k + d for k in range(8, 17) for d in (-1, 0, 1, 77)))
_MAX_BASES: Final = 8


@dataclass(frozen=True, slots=True)
class Total:
    """A quantity as a function of n, the size of the first call.

    Attributes:
        closed: its closed form; None where only the class is known.
        domain: what n has to be for `closed`, e.g. 2^m; None: any from `start` on.
        start: the smallest n that `closed` holds for.
        growth: its class; None where it has none, or where it is 0.
        recurrence: as it may be typed; "" where there is none.
    """

    closed: Expr | None
    domain: Expr | None
    start: int
    growth: Growth | None
    recurrence: str = ""


class NoTotal(Exception):
    """Why a quantity is not solved, in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Totals:
    """Solves quantities over one table of calls. `shape` is what `shape.shape` found in it."""

    def __init__(self, table: Table, shape: Shape) -> None:
        self._table = table
        self._shape = shape
        self.first = self._start()

    def _start(self) -> int:
        """The size from which the recurrence is stated: its first values then stand at 0, 1, 2, ..."""
        shape, sizes = self._shape, sorted(self._table)
        first = shape.first
        if shape.rules and all(rule.kind == "over" for rule in shape.rules):
            floor = 1 if all(rule.offset in (0, rule.number - 1) for rule in shape.rules) else 0
            while any(rule.at(first) < floor for rule in shape.rules):
                first += 1
            return first
        lag = max((rule.number for rule in shape.rules if rule.kind == "minus"), default=1)
        return max(first, lag, sizes[0] + lag if sizes[0] >= 0 else lag)

    # --- values ----------------------------------------------------------------------------

    def values(self, quantity: Callable[[Call], int]) -> dict[int, int]:
        """The total at each size of the table, exactly."""
        found: dict[int, int] = {}
        for size in sorted(self._table):
            call = self._table[size]
            found[size] = quantity(call) + sum(found[child] for child in call.children)
        return found

    def _far(self, values: Mapping[int, int], forcing: Fit) -> dict[int, Fraction]:
        """The total at sizes far out, by the recurrence."""
        known: dict[int, Fraction] = {
            size: Fraction(value) for size, value in values.items() if size < self.first
        }

        def at(size: int) -> Fraction:
            if size not in known:
                known[size] = forcing.at(size) + sum(at(rule.at(size)) for rule in self._shape.rules)
            return known[size]

        return {size: at(size) for size in _FAR}

    # --- solving ---------------------------------------------------------------------------

    def total(self, quantity: Callable[[Call], int]) -> Total:
        """The quantity summed over all calls. Raises NoTotal."""
        values = self.values(quantity)
        own = {size: quantity(call) for size, call in self._table.items() if size >= self.first}
        if not any(values.values()):
            return Total(num(0), None, 0, None)
        forcing = self._forcing(own)
        if forcing is None:
            return self._between(own, values)
        text = self._text(forcing, values)
        solution = _solution(text)
        base = self._halving()
        if solution.domain is not None or solution.closed is None:
            fit = fitted(self._far(values, forcing), fits.halving(base)) if base else None
            if fit is not None:
                start = min(
                    (size for size in range(1, self.first + 1) if fit.at(size) == values.get(size)), default=1
                )
                return Total(fit.expr, None, start, solution.course.growth, text)
        if solution.closed is None or "T" in letters(solution.closed):
            return Total(None, None, 0, solution.course.growth, text)
        return Total(
            solution.closed, solution.domain, _earliest(solution, values), solution.course.growth, text
        )

    def _forcing(self, own: dict[int, int]) -> Fit | None:
        if self._shape.history is not None:  # T(n) - T(n-1), so that the sum over earlier terms goes
            own = {size: own[size] - own[size - 1] for size in own if size - 1 in own}
        return fitted(own, fits.OF_ONE_CALL)

    def _between(self, own: Mapping[int, int], values: Mapping[int, int]) -> Total:
        """Only the class, where what one call does changes between two numbers (with n's digits, say)."""
        low, high = min(own.values()), max(own.values())
        recent = [own[size] for size in sorted(own)[-4:]]
        if low < 1 or high > 4 * low or max(recent) > 4 * min(recent):
            raise NoTotal("what one call does by itself follows no pattern that is known here")
        one = Fit(((Fraction(1), fits.ONE),))
        text = self._text(one, values)
        return Total(None, None, 0, _solution(text).course.growth, text)

    def _halving(self) -> int:
        """b where every child is about s / b; else 0."""
        numbers = {rule.number for rule in self._shape.rules if rule.kind == "over"}
        return numbers.pop() if len(numbers) == 1 and all(r.kind == "over" for r in self._shape.rules) else 0

    def _text(self, forcing: Fit, values: Mapping[int, int]) -> str:
        """The recurrence as it may be typed."""
        shape, first = self._shape, self.first
        if shape.repeated is not None:
            factor = f"(n{shape.repeated:+d})" if shape.repeated else "n"
            terms, places = f"{factor} T(n-1)", [first - 1]
        elif shape.history is not None:
            terms, places = f"{shape.history + 1} T(n-1)", [first]
        else:
            counts: dict[str, int] = {}
            for rule in shape.rules:
                counts[rule.text("n")] = counts.get(rule.text("n"), 0) + 1
            terms = " + ".join(f"{count if count > 1 else ''}T({place})" for place, count in counts.items())
            lag = max((rule.number for rule in shape.rules if rule.kind == "minus"), default=0)
            places = list(range(first - lag, first)) if lag else self._leaves()
        more = plain(forcing.expr)
        more = "" if more == "0" else f" - {more[1:]}" if more.startswith("-") else f" + {more}"
        if len(places) > _MAX_BASES or any(place < 0 or place not in values for place in places):
            raise NoTotal("its first values do not stand at 0, 1, 2, ...")
        bases = "".join(f", T({place}) = {values[place]}" for place in places)
        return f"T(n) = {terms}{more}{bases}"

    def _leaves(self) -> list[int]:
        reached = {
            rule.at(size) for rule in self._shape.rules for size in range(self.first, 12 * self.first + 60)
        }
        return sorted(size for size in reached if size < self.first)


@lru_cache(maxsize=256)
def _solution(text: str) -> Solution:
    try:
        _, (best, *_) = solutions_of(parse_recurrence(text))
    except NotSolved as why:
        raise NoTotal(why.reason) from why
    except (FormulaError, ArithmeticError, ValueError) as error:
        raise NoTotal(f"the recurrence {text} is not solved") from error
    return best


def _earliest(solution: Solution, values: Mapping[int, int]) -> int:
    """The smallest n >= 0 from which on the closed form gives the values."""
    start = max(solution.start, 0)
    while start - 1 in values and start > 0 and value(solution.closed, start - 1) == values[start - 1]:
        start -= 1
    return start


def value(closed: Expr | None, n: int) -> Fraction | None:
    """The closed form at n; None where it has no exact or near whole value there."""
    if closed is None:
        return None
    try:
        found = evaluate(closed, Letters({"n": Fraction(n)}))
    except (ArithmeticError, ValueError, KeyError):
        return None
    if isinstance(found, float):
        return Fraction(round(found)) if abs(found - round(found)) < 1e-6 * max(1.0, abs(found)) else None
    exact = found if isinstance(found, Fraction) else Fraction(str(found)) if isinstance(found, int) else None
    return exact if exact is not None else _of_surd(found)


def _of_surd(found: object) -> Fraction | None:
    try:
        near = float(found)  # type: ignore[arg-type] # a surd whose roots cancel
    except (TypeError, ValueError, OverflowError):
        return None
    return Fraction(round(near)) if abs(near - round(near)) < 1e-6 * max(1.0, abs(near)) else None


def shifted(closed: Expr, ahead: int) -> Expr:
    """The closed form at n + ahead."""
    return closed if not ahead else put(closed, "n", _ahead(ahead))


def _ahead(ahead: int) -> Expr:
    from engine.symbolic.expr import plus

    return plus(Sym("n"), num(ahead))


def within(domain: Expr | None, numbers: Iterable[int]) -> list[int]:
    """Those of `numbers` that `domain` (a formula of one letter, such as 2^m) gives."""
    if domain is None:
        return list(numbers)
    [letter] = letters(domain)
    given = set[int]()
    for power in range(12):
        try:
            given.add(int(evaluate(domain, Letters({letter: Fraction(power)}))))  # type: ignore[arg-type] # whole
        except (ArithmeticError, ValueError):
            break
    return [number for number in numbers if number in given]
