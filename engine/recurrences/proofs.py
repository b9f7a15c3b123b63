"""Substitution proofs: T(n) <= c g(n) - d h(n) and T(n) >= c' g(n) - d' h(n), by induction.

The hypothesis is put in for the terms on the right; what comes out must not be above (below) the
hypothesis itself. Where it just fails by a slower part, the hypothesis is strengthened by that
part (Cormen, Leiserson, Rivest, Stein: Introduction to Algorithms, section 4.3). The constants
are looked for among small ones, and tried at many n, small ones and far out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.recurrences.asymptotic import Course
from engine.recurrences.methods import PROOF
from engine.recurrences.normal import NotSolved, Pieces
from engine.recurrences.opening import opening
from engine.recurrences.solution import Solution
from engine.recurrences.steps import Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.symbolic.evaluate import Letters, Number, evaluate, simple
from engine.symbolic.expr import ONE, Call, Expr, Sym, Term, minus, num, over, put, swap, times, walk
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.report import Method
from engine.symbolic.typeset import latex

_SMALL = ((1, 8), (1, 6), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4))
_LARGE = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 30, 50, 100)
_CONSTANTS = (*(Fraction(a, b) for a, b in _SMALL), *map(Fraction, _LARGE))
_LESSER = tuple(Fraction(d) for d in (0, 1, 2, 3, 4, 6, 8, 12, -1, -2, -3, -4, -6))
_NEAR = 32  # n from the first one on that are tried
_FAR = tuple(int(10 ** (k / 2)) for k in range(4, 19))
_STARTS = 5  # places the induction may start later
_SLACK = 1e-9
_POINTS = 10
_FEWEST = 8  # n that the step is tried at


@dataclass(frozen=True, slots=True)
class Bound:
    """T(n) <= (or >=) `expr` for n >= `start`: c g(n) - d h(n)."""

    upper: bool
    expr: Expr
    start: int
    factor: Fraction


@dataclass(frozen=True, slots=True)
class _At:
    """What is needed at one n: g, h, and the right side with g, h and 0 for T."""

    g: float
    h: float
    of_g: float
    of_h: float
    of_0: float


def proven(problem: RecurrenceInput, pieces: Pieces, solution: Solution) -> Solution | None:
    """The class of `solution` proven by substitution; None where no such proof was found."""
    growth = solution.course.growth
    if growth is None or growth.constant or solution.course.course is not Course.POSITIVE or problem.ahead:
        return None
    if not _rises_with_terms(pieces) or not _runs_everywhere(pieces):
        return None
    found = _Search(problem, growth.expr(problem.names.variable), solution)
    try:
        upper, lower = found.bound(upper=True), found.bound(upper=False)
    except (NotSolved, ArithmeticError, ValueError):
        return None  # other ways have solved it; a first value further out stands in the way of this one
    return None if upper is None or lower is None else _told(problem, solution, upper, lower)


def _rises_with_terms(pieces: Pieces) -> bool:
    """Whether larger terms on the right make the right side larger: all factors are positive numbers."""
    known = all(piece.constant is not None and piece.constant > 0 for piece in pieces.pieces)
    return bool(pieces.pieces) and known and pieces.odd is None and not pieces.histories


def _runs_everywhere(pieces: Pieces) -> bool:
    """Whether the recurrence can be run at every whole n: by whole steps, or rounded."""
    places = [piece.place for piece in pieces.pieces]
    return all(place is not None and (place.slope == 1 or place.rounding) for place in places)


class _Search:
    """Looks for constants."""

    def __init__(self, problem: RecurrenceInput, g: Expr, solution: Solution) -> None:
        self._problem, self._g = problem, g
        self._n = Sym(problem.names.variable)
        self._first = solution.first.start
        self._calls = [part for part in walk(problem.right) if isinstance(part, Term)]
        self._terms = solution.run or Terms(problem, solution.first.table)

    def bound(self, *, upper: bool) -> Bound | None:
        """The simplest that holds: without a lesser part before with one."""
        for h in (None, ONE, self._n, Call("log", self._n), over(self._g, self._n)):
            for start in range(self._first, self._first + _STARTS):
                table = self._table(h, start)
                if table is None:
                    continue
                constants = self._constants(table, start, h is not None, upper)
                if constants is not None:
                    c, d = constants
                    lesser = times(num(d), h) if h is not None else num(0)
                    return Bound(upper, minus(times(num(c), self._g), lesser), start, c)
        return None

    def _constants(
        self, table: Sequence[tuple[int, _At]], start: int, lesser: bool, upper: bool
    ) -> tuple[Fraction, Fraction] | None:
        bases = [(self._value(n), at) for n, at in table if self._reach(n) < start]
        later = [at for n, at in table if self._reach(n) >= start]
        if len(later) < _FEWEST:
            return None
        for c in _CONSTANTS if upper else reversed(_CONSTANTS):
            for d in _LESSER[1:] if lesser else _LESSER[:1]:
                cf, df, sign = float(c), float(d), 1 if upper else -1
                slack = [(sign * (cf * at.g - df * at.h - value), value) for value, at in bases]
                holds = all(left >= -_SLACK * abs(value) for left, value in slack)
                if holds and all(_steps_on(at, cf, df, sign) for at in later):
                    return c, d
        return None

    def _value(self, place: int) -> float:
        self._terms.through([Fraction(i) for i in range(self._first, place + 1)])
        return float(self._terms.at(Fraction(place)))

    def _reach(self, n: int) -> int:
        """The earliest place that T(n) is worked out from."""
        at = Letters({self._n.name: Fraction(n)})
        return min(int(simple(evaluate(term.place, at))) for term in self._calls)

    def _table(self, h: Expr | None, start: int) -> list[tuple[int, _At]] | None:
        """At n near the start and far out, as far as floats go; None where g or h has no value."""
        found = []
        near = range(start, start + _NEAR)
        for n in (*near, *(far for far in _FAR if far > start + _NEAR)):
            try:
                found.append((n, self._at(n, h, base=self._reach(n) < start)))
            except OverflowError:
                break
            except (ArithmeticError, ValueError):
                return None
        return found

    def _at(self, n: int, h: Expr | None, base: bool) -> _At:
        g_value, h_value = self._function(self._g)(Fraction(n)), self._function(h)(Fraction(n))
        if base:
            return _At(float(simple(g_value)), float(simple(h_value)), 0.0, 0.0, 0.0)
        of_0 = self._right(n, lambda _: Fraction(0))
        of_g = self._right(n, self._function(self._g)) - of_0
        of_h = self._right(n, self._function(h)) - of_0 if h is not None else 0.0
        return _At(float(simple(g_value)), float(simple(h_value)), of_g, of_h, of_0)

    def _function(self, expr: Expr | None) -> Callable[[Number], Number]:
        if expr is None:
            return lambda _: Fraction(0)
        return lambda place: evaluate(expr, Letters({self._n.name: float(simple(place))}))  # fast

    def _right(self, n: int, terms: Callable[[Number], Number]) -> float:
        return float(simple(evaluate(self._problem.right, _Guess(self._n.name, Fraction(n), terms))))


class _Guess(Letters):
    """A `Meaning` with a function in place of the sequence."""

    def __init__(self, name: str, value: Number, terms: Callable[[Number], Number]) -> None:
        super().__init__({name: value})
        self._terms = terms

    def term(self, place: Number) -> Number:
        return self._terms(place)


def _steps_on(at: _At, c: float, d: float, sign: int) -> bool:
    """Whether the right side, with the hypothesis put in, keeps to it."""
    hypothesis = c * at.g - d * at.h
    stepped = c * at.of_g - d * at.of_h + at.of_0
    return sign * (hypothesis - stepped) >= -_SLACK * (abs(hypothesis) + abs(stepped) + abs(at.of_0))


# --- lines ---------------------------------------------------------------------------------


def _told(problem: RecurrenceInput, solution: Solution, upper: Bound, lower: Bound) -> Solution:
    steps, n = Steps(), Sym(problem.names.variable)
    given, values = opening(steps, problem, problem.right, solution.first)
    uses = []
    for bound in (upper, lower):
        rule = "upper" if bound.upper else "lower"
        sign = "≤" if bound.upper else "≥"
        facts = {"bound": latex(bound.expr), "start": str(bound.start)}
        claim = steps.add(
            f"{rule}-claim", problem.term(n), bound.expr, uses=(given, *values), facts=facts, relation=sign
        )
        inserted = swap(problem.right, _putting(bound.expr, n.name))
        uses += [claim, steps.add(f"{rule}-step", inserted, bound.expr, uses=(given, claim), relation=sign)]
    growth = solution.course.growth
    steps.add("class", problem.term(n), growth=growth, uses=tuple(uses))
    start, term = max(upper.start, lower.start), f"{problem.names.sequence}({n.name})"
    said = f"{plain(lower.expr)} ≤ {term} ≤ {plain(upper.expr)} for {n.name} ≥ {start}."
    return replace(
        solution,
        method=PROOF,
        steps=steps.finished(),
        world=_world(problem, solution, start),
        methods=(Method(PROOF, True, f"By induction {said}"),),
    )


def _putting(bound: Expr, name: str) -> Callable[[Expr], Expr | None]:
    """What puts `bound` in for each term of the sequence."""
    return lambda part: put(bound, name, part.place) if isinstance(part, Term) else None


def _world(problem: RecurrenceInput, solution: Solution, start: int) -> TermsWorld:
    n, order = problem.names.variable, len(solution.first.values)
    places = [2 * start + order + i for i in range(_POINTS)]
    terms = solution.run or Terms(problem, solution.first.table)
    terms.through([Fraction(place) for place in range(solution.first.start, places[-1] + 1)])
    return TermsWorld(terms, [{n: Fraction(place)} for place in places], n, solution.world.far)
