"""T(n) = a T(n-1) + f(n), by unrolling: substitute, see the pattern, reach the first value, sum up.

The sum is evaluated exactly (`closed.py`, `exppoly.py`); here it is told, line by line.
"""

from __future__ import annotations

from engine.recurrences.closed import Closed
from engine.recurrences.exppoly import ONE as RATE_ONE
from engine.recurrences.exppoly import ExpPoly, constant_function, exp_poly, particular
from engine.recurrences.first import FirstValues
from engine.recurrences.normal import Shift
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.steps import Steps
from engine.symbolic.expr import (
    ONE,
    ZERO,
    Big,
    Expr,
    Pow,
    Sym,
    Term,
    is_negative,
    minus,
    neg,
    num,
    plus,
    power,
    put,
    times,
)
from engine.symbolic.formula import Names
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.typeset import latex


def spare_letters(names: Names) -> list[Sym]:
    """Letters to count with that mean nothing else here, k and j before others."""
    return [Sym(letter) for letter in "kjmipq" if letter not in names]


class Unrolling:
    """Writes the lines of one first-order recurrence into `steps`."""

    def __init__(
        self, steps: Steps, problem: RecurrenceInput, shift: Shift, first: FirstValues, closed: Closed
    ) -> None:
        self._steps = steps
        self._problem = problem
        self._first = first
        self._closed = closed.function
        self._a = num(shift.lags[1])
        self._forcing = shift.forcing if shift.function.terms else ZERO
        self._function = shift.function
        self._n = Sym(problem.names.variable)
        self._k, self._j, *_ = spare_letters(problem.names)
        self._is_constant = self._function.is_constant and bool(self._function.terms)
        self._front, self._body, self._summed = self._split_front()

    def _split_front(self) -> tuple[Expr, Expr, ExpPoly]:
        """f as (a factor that is kept in front of the sum, what is summed, and that as a function)."""
        if self._is_constant:
            return exp_poly_expr(self._function, self._n), ONE, constant_function(RATE_ONE)
        if is_negative(self._forcing):
            return num(-1), neg(self._forcing), self._function.scaled(-RATE_ONE)
        return ONE, self._forcing, self._function

    def unroll(self, given: int, first: tuple[int, ...]) -> int:
        """From the recurrence (line `given`) and the first value (line `first`) to T(n); returns its line."""
        pattern = self._pattern(self._substitutions(given))
        reached = self._reach(pattern)
        if not self._has_sum:
            return self._insert(self._left_behind(self._count), (reached, *first))
        summed, value = self._sum(reached)
        return self._insert(times(self._front, value), (reached, *first, summed))

    # --- pieces ---

    def _term(self, back: Expr | int) -> Term:
        return self._problem.term(minus(self._n, num(back) if isinstance(back, int) else back))

    def _f(self, back: Expr | int) -> Expr:
        return put(self._forcing, self._n.name, self._term(back).place)

    def _weighted(self, count: int) -> Expr:
        """a^count f(n - count): what one substitution leaves behind."""
        return times(power(self._a, num(count)), self._f(count))

    @property
    def _count(self) -> Expr:
        """How many substitutions lead to the first value."""
        return minus(self._n, num(self._first.start))

    @property
    def _has_sum(self) -> bool:
        return bool(self._function.terms) and not (self._a == ONE and self._is_constant)

    def _left_behind(self, count: Expr) -> Expr:
        """What `count` substitutions have left behind: a sum, unless there is nothing to sum."""
        if not self._function.terms:
            return ZERO
        return times(self._front, count if not self._has_sum else self._sum_of(count))

    def _sum_of(self, count: Expr) -> Big:
        """f(n) + a f(n-1) + ... with `count` summands, without what is kept in front."""
        if self._a == ONE:
            body = put(self._body, self._n.name, self._j)
            low = num(self._first.start + 1) if count == self._count else plus(self._n, neg(count), ONE)
            return Big("sum", body, self._j.name, low, self._n)
        earlier = put(self._body, self._n.name, minus(self._n, self._j))
        body = times(Pow(self._a, self._j), earlier)
        last = minus(self._n, num(self._first.start + 1)) if count == self._count else minus(count, ONE)
        return Big("sum", body, self._j.name, ZERO, last)

    # --- lines ---

    def _substitutions(self, given: int) -> int:
        last = given
        for count in (1, 2):
            inner = plus(times(self._a, self._term(count + 1)), self._f(count))
            behind = [self._weighted(i) for i in range(count - 1, -1, -1)]
            before = plus(times(power(self._a, num(count)), inner), *behind)
            ahead = times(power(self._a, num(count + 1)), self._term(count + 1))
            facts = {"what": latex(self._term(count)), "by": latex(inner)}
            chain = (before, plus(ahead, self._weighted(count), *behind))
            last = self._steps.add("substitute", self._term(0), *chain, uses=(given, last), facts=facts)
        return last

    def _pattern(self, last: int) -> int:
        right = plus(times(power(self._a, self._k), self._term(self._k)), self._left_behind(self._k))
        return self._steps.add("pattern", self._term(0), right, uses=(last,), facts={"k": latex(self._k)})

    def _reach(self, pattern: int) -> int:
        start = self._problem.term(self._first.start)
        right = plus(times(power(self._a, self._count), start), self._left_behind(self._count))
        facts = {"k": latex(self._k), "count": latex(self._count), "start": latex(start)}
        return self._steps.add("reach-start", self._term(0), right, uses=(pattern,), facts=facts)

    def _sum(self, reached: int) -> tuple[int, Expr]:
        a, start = self._a.value, self._first.start
        special = particular({1: a}, self._summed)
        value = exp_poly_expr(special - exp_poly({a: (special(start) / a**start,)}), self._n)
        facts = {"special": latex(exp_poly_expr(special, self._n)), "a": latex(self._a), "n": latex(self._n)}
        rule = "geometric-sum" if self._is_constant else self._sum_rule()
        line = self._steps.add(rule, self._sum_of(self._count), value, uses=(reached,), facts=facts)
        return line, value

    def _sum_rule(self) -> str:
        return "power-sum" if self._a == ONE and set(self._function.terms) == {RATE_ONE} else "weighted-sum"

    def _insert(self, left_behind: Expr, uses: tuple[int, ...]) -> int:
        from_start = times(num(self._first.values[0]), power(self._a, self._count))
        inserted = plus(from_start, left_behind)
        closed = exp_poly_expr(self._closed, self._n)
        chain = (inserted,) if inserted == closed else (inserted, closed)
        return self._steps.add("insert-first", self._term(0), *chain, uses=uses)
