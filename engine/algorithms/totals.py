"""One quantity summed over all calls of a recursion: its recurrence, solved, and its exact values.

The quantity is what a call contributes by itself: 1 (calls), executions of a line, built-in work.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Final

from engine.algorithms import fits
from engine.algorithms.fits import Atom, Fit, fitted
from engine.algorithms.functions import from_expr
from engine.algorithms.shape import Call, Shape, Table
from engine.errors import FormulaError
from engine.growth.classes import Growth
from engine.growth.reading import NoGrowth, growth_of
from engine.recurrences.families import solved
from engine.recurrences.normal import NotSolved
from engine.recurrences.solution import Solution
from engine.symbolic.evaluate import Letters, constant, evaluate
from engine.symbolic.expr import ZERO, Add, Big, Expr, Num, Sym, letters, num, plus, put, walk
from engine.symbolic.expr import Call as Call_
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.plain import plain

_FAR: Final = (*range(1, 131), *(2**k + d for k in range(8, 17) for d in (-1, 0, 1, 77)))
_MAX_BASES: Final = 10


@dataclass(frozen=True, slots=True)
class Total:
    """A quantity as a function of n, the size of the first call.

    Attributes:
        closed: its closed form; None where only the class is known.
        domain: what n has to be for `closed`, e.g. 2^m; None: any from `start` on.
        start: the smallest n that `closed` holds for.
        growth: its class; None where it has none, or where it is 0.
        recurrence: as it may be typed; "" where there is none.
        order: what stands in the Theta, where there are two sizes and so no `growth`.
    """

    closed: Expr | None
    domain: Expr | None
    start: int
    growth: Growth | None
    recurrence: str = ""
    order: Expr | None = None


Quantity = Callable[[Call], int]


class NoTotal(Exception):
    """Why a quantity is not solved, in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Totals:
    """Solves quantities over one table of calls. `shape` is what `shape.shape` found in it.

    `far`: calls of sizes that were not run, for what one call does to be held against.
    """

    def __init__(self, table: Table, shape: Shape, far: Table | None = None) -> None:
        self._table, self._known_calls = table, table | (far or {})
        self._shape = replace(shape, rules=tuple(rule for rule in shape.rules if rule.kind != "fixed"))
        self._fixed = tuple(rule.number for rule in shape.rules if rule.kind == "fixed")
        self.first = self._start()
        self._solved: list[tuple[dict[int, int], Total]] = []

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

    def values(self, quantity: Quantity) -> dict[int, int]:
        """The total at each size of the table, exactly."""
        return self._summed({size: quantity(call) for size, call in self._table.items()})

    def _summed(self, own: Mapping[int, int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for size in sorted(self._table):
            found[size] = own[size] + sum(found[child] for child in self._table[size].children)
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

    def total(self, quantity: Quantity) -> Total:
        """The quantity summed over all calls. Raises NoTotal."""
        own = {size: quantity(call) for size, call in self._known_calls.items()}
        if not any(own.values()):
            return Total(num(0), None, min(0, *own), None)
        known = self._from_known(own)
        if known is None:
            known = self._by_recurrence(own, self.values(quantity))
            self._solved.append((own, known))
        return known

    def _from_known(self, own: Mapping[int, int]) -> Total | None:
        """As a sum of multiples of what is solved already, if each call does that multiple of it."""
        known = [
            (values, total) for values, total in self._solved if total.closed is None or tidy(total.closed)
        ]
        markers = [Atom(values.__getitem__, Sym(str(place))) for place, (values, _) in enumerate(known)]
        choices = [*((atom,) for atom in markers), *itertools.combinations(markers, 2), tuple(markers)]
        fit = fitted(own, choices) if markers else None
        if fit is None:
            return None
        parts = [(factor, known[markers.index(atom)][1]) for factor, atom in fit.parts if factor]
        growth = max((total.growth for factor, total in parts if total.growth and factor > 0), default=None)
        less = max((total.growth for factor, total in parts if total.growth and factor < 0), default=None)
        if less is not None and (growth is None or less >= growth):
            return None  # the fastest terms may cancel
        domains = {total.domain for _, total in parts} - {None}
        if len(domains) > 1 or any(total.closed is None for _, total in parts):
            return Total(None, None, 0, growth, self._told(own))
        closed = sum((from_expr(total.closed or ZERO) * factor for factor, total in parts), from_expr(ZERO))
        start = max(total.start for _, total in parts)
        return Total(closed.expr(), next(iter(domains), None), start, growth, self._told(own))

    def _told(self, own: Mapping[int, int]) -> str:
        """The recurrence as text, where it has one that can be typed."""
        try:
            values = self._summed(own)
            inner = {size: value for size, value in own.items() if size >= self.first}
            forcing = self._with_fixed(inner, self._forcing(inner), values)
            return self._text(forcing, values) if forcing else ""
        except NoTotal:
            return ""

    def _by_recurrence(self, own: dict[int, int], values: dict[int, int]) -> Total:
        inner = {size: value for size, value in own.items() if size >= self.first}
        forcing = self._forcing(inner)
        if forcing is None:
            return self._between(inner, values)
        forcing = self._with_fixed(inner, forcing, values) or forcing
        text = self._text(forcing, values)
        at_all = self._at_all(forcing, values, text)
        if at_all is not None:
            return at_all
        try:
            solution = _solution(text)
        except NoTotal:
            return self._between(inner, values)
        if solution.closed is None or "T" in letters(solution.closed):
            return Total(None, None, 0, solution.course.growth, text)
        return Total(
            solution.closed, solution.domain, _earliest(solution, values), solution.course.growth, text
        )

    def _at_all(self, forcing: Fit, values: Mapping[int, int], text: str) -> Total | None:
        """Of a recursion on n/b alone, at every n: with floor(log_b n), one number between two powers of b.

        There both sides of the recurrence are sums of the same few functions, so that one formula that
        gives all of the many values far out is the solution. Where floor(n/2) is added in each call,
        there is none such; its class is that with n/2 in place of it.
        """
        base = self._halving()
        if not base:
            return None
        fit = fitted(self._far(values, forcing), fits.halving(base))
        if fit is not None:
            start = min(
                (size for size in range(1, self.first + 1) if fit.at(size) == values.get(size)), default=1
            )
            return Total(fit.expr, None, start, growth_or_none(fit.expr), text)
        forcing_about = forcing.smooth()
        about = fitted(self._far(values, forcing_about), fits.halving(base)) if forcing_about else None
        return None if about is None else Total(None, None, 0, growth_or_none(about.expr), text)

    def _forcing(self, own: dict[int, int]) -> Fit | None:
        if self._shape.history is not None:  # T(n) - T(n-1), so that the sum over earlier terms goes
            own = {size: own[size] - own[size - 1] for size in own if size - 1 in own}
        return fitted(own, fits.OF_ONE_CALL)

    def _with_fixed(
        self, inner: Mapping[int, int], forcing: Fit | None, values: Mapping[int, int]
    ) -> Fit | None:
        """Calls of a size that stays the same are a part of what one call does."""
        if not self._fixed or forcing is None:
            return forcing
        more = sum(values[size] for size in self._fixed)
        return fitted({size: value + more for size, value in inner.items()}, fits.OF_ONE_CALL)

    def _between(self, own: Mapping[int, int], values: Mapping[int, int]) -> Total:
        """Only the class, where what one call does changes between two numbers (with n's digits, say)."""
        low, high = min(own.values(), default=0), max(own.values(), default=0)
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
        if any(place not in values for place in self._fixed):
            raise NoTotal("its first values do not stand at 0, 1, 2, ...")
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
        _, (best, *_) = solved(parse_recurrence(text), proof=False)
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
    if isinstance(found, Fraction):
        return found
    try:
        near = float(found)  # a root that has cancelled, or one that never does
    except (TypeError, ValueError, OverflowError):
        return None
    return Fraction(round(near)) if abs(near - round(near)) < 1e-6 * max(1.0, abs(near)) else None


def shifted(closed: Expr, ahead: int) -> Expr:
    """The closed form at n + ahead."""
    return closed if not ahead else put(closed, "n", _ahead(ahead))


def _ahead(ahead: int) -> Expr:
    return plus(Sym("n"), num(ahead))


def growth_or_none(closed: Expr) -> Growth | None:
    """Its class; None where it is 0 or has none."""
    try:
        return growth_of(closed, "n")
    except NoGrowth:
        return None


def tidy(closed: Expr) -> bool:
    """Whether its terms can be sorted and added up: no roots such as those of Fibonacci's numbers."""
    return not any(
        (isinstance(part, Call_) and part.name == "sqrt") or isinstance(part, Big) for part in walk(closed)
    )


def joined(*parts: Expr) -> Expr:
    """The sum, like terms added up where that helps."""
    if all(map(tidy, parts)):
        return sum(map(from_expr, parts), from_expr(num(0))).expr()
    terms = [term for part in parts for term in (part.terms if isinstance(part, Add) else (part,))]
    numbers = sum(
        (constant(term) or Fraction(0) for term in terms if isinstance(constant(term), Fraction)), Fraction(0)
    )
    return plus(*(term for term in terms if not isinstance(constant(term), Fraction)), Num(numbers))


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
