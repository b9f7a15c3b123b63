"""T(n) = p(n) T(n-1) + q(n) T(n-2) of which one order can be split off: D(n) = (n-1) (D(n-1) + D(n-2)).

With p(n) = u(n) + v and q(n) = -v u(n-1) for a number v, the difference T(n) - u(n) T(n-1) is v times
the one before, so it is known, and what is left is of first order. (Graham, Knuth, Patashnik, section
5.3, does so for derangements.)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.first import FirstValues
from engine.recurrences.forcing import as_exp_poly
from engine.recurrences.normal import NotSolved, Pieces
from engine.recurrences.opening import opening
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.solution import Solution
from engine.recurrences.starting import first_values
from engine.recurrences.steps import Steps
from engine.recurrences.summation import FirstOrder, Found, first_order
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import ONE, ZERO, Expr, Sym, minus, num, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.typeset import latex

_TRIED = tuple(Fraction(v) for v in (-1, 1, -2, 2))  # for v


@dataclass(frozen=True, slots=True)
class Lowered:
    """`one`, `two`: p and q; `split`: u; `rate`: v."""

    one: Expr
    two: Expr
    split: Expr
    rate: Fraction


def form(problem: RecurrenceInput, pieces: Pieces) -> Lowered | None:
    """u and v, where p or q changes with n and there is nothing else on the right; else None."""
    others = pieces.odd is not None or pieces.histories or pieces.forcing != ZERO
    if others or {piece.lag for piece in pieces.pieces} != {1, 2}:
        return None
    if all(piece.constant is not None for piece in pieces.pieces):
        return None
    variable = problem.names.variable
    one, two = (plus(*(piece.factor for piece in pieces.pieces if piece.lag == lag)) for lag in (1, 2))
    for rate in _TRIED:
        split = minus(one, num(rate))
        earlier = put(split, variable, minus(Sym(variable), ONE))
        rest = as_exp_poly(plus(two, times(num(rate), earlier)), variable)
        if rest is not None and not rest.terms:
            return Lowered(one, two, _tidy(split, variable), rate)
    return None


def _tidy(split: Expr, variable: str) -> Expr:
    """u as one would write it: n for n - 1 + 1."""
    function = as_exp_poly(split, variable)
    return split if function is None else exp_poly_expr(function, Sym(variable))


def solve(problem: RecurrenceInput, form: Lowered) -> tuple[Solution, ...]:
    """By the summation factor, once the order is 1.

    Raises:
        NotSolved: as `starting.first_values`, or what is left is of no known kind.
    """
    first = first_values(problem, 2, lambda place: _has_value(problem, form, place))
    variable = problem.names.variable
    begin, second = first.values
    at = Letters({variable: Fraction(first.start + 1)})
    factor = evaluate(form.split, at)
    if not isinstance(factor, Fraction):
        raise NotSolved("The factors have no exact values at the start.")
    gap = second - factor * begin
    n = Sym(variable)
    forcing = times(num(gap), power(num(form.rate), minus(n, num(first.start + 1)))) if gap else ZERO
    left = first_order(form.split, forcing, variable)
    if left is None:
        raise NotSolved("What is left after one order is split off is of no kind that is solved.")
    return (_Found(problem, form, left, first).by_summation(),)


def _has_value(problem: RecurrenceInput, form: Lowered, place: int) -> bool:
    at = Letters({problem.names.variable: Fraction(place)})
    try:
        evaluate(form.one, at)
        evaluate(form.two, at)
    except (ArithmeticError, ValueError):
        return False
    return True


class _Found(Found):
    """The same as any of first order, with the line that leads there."""

    def __init__(
        self, problem: RecurrenceInput, lowered: Lowered, form: FirstOrder, first: FirstValues
    ) -> None:
        self._lowered = lowered
        super().__init__(problem, form, first)

    def _open(self, steps: Steps) -> tuple[int, tuple[int, ...]]:
        n, term, lowered = self.n, self.problem.term, self._lowered
        back, further = term(minus(n, ONE)), term(minus(n, num(2)))
        right = plus(times(lowered.one, back), times(lowered.two, further))
        given, values = opening(steps, self.problem, right, self.first)
        facts = {"u": latex(lowered.split), "v": latex(num(lowered.rate))}
        once = plus(times(self.form.factor, back), self.form.forcing)
        line = steps.add("lower-order", term(n), once, uses=(given, *values), facts=facts)
        return line, values
