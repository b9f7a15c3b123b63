"""T(n) = a T(n/b) + f(n), by unrolling, which is the recursion tree level by level.

Level j has a^j nodes of size n/b^j and costs a^j f(n/b^j); below the last level stand the
leaves. With n a power of b there are log_b n levels, and everything is exact.
"""

from __future__ import annotations

from fractions import Fraction

from engine.growth.classes import log_of, power_of
from engine.recurrences.closed import Closed
from engine.recurrences.exppoly import exp_poly
from engine.recurrences.first import FirstValues
from engine.recurrences.linear import spare_letters
from engine.recurrences.normal import Scale
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.steps import Steps
from engine.symbolic.evaluate import raised
from engine.symbolic.expr import (
    ONE,
    ZERO,
    Big,
    Call,
    Div,
    Expr,
    Sym,
    Term,
    minus,
    num,
    plus,
    power,
    put,
    times,
)
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.surd import Surd, Value
from engine.symbolic.typeset import latex


def exponent_of(start: int, base: Fraction) -> int | None:
    """m with base^m = start; None if there is no such whole number from 0 on."""
    exponent = log_of(Fraction(start), base)
    whole = exponent.of is None and exponent.factor.denominator == 1 and exponent.factor >= 0
    return int(exponent.factor) if whole else None


class Levels:
    """How the pieces of one recurrence are written: places, levels, powers."""

    def __init__(self, problem: RecurrenceInput, scale: Scale) -> None:
        self._problem = problem
        self.n = Sym(problem.names.variable)
        self.k, self.j, self.m, *_ = spare_letters(problem.names)
        self.a, self.b = num(scale.factor), num(scale.divisor)
        self.forcing = scale.forcing if scale.function.terms else ZERO
        self.function = scale.function
        self.height: Expr = Call("log", self.n, self.b)

    def divided(self, count: Expr) -> Expr:
        """n / b^count."""
        if count == ZERO:
            return self.n
        if self.b.value.denominator == 1:
            return Div(self.n, power(self.b, count))
        return times(power(num(1 / self.b.value), count), self.n)

    def term(self, count: Expr) -> Term:
        return self._problem.term(self.divided(count))

    def f(self, count: Expr) -> Expr:
        return put(self.forcing, self.n.name, self.divided(count))

    def level(self, count: Expr) -> Expr:
        """a^count f(n / b^count): what level `count` costs."""
        return times(power(self.a, count), self.f(count))

    def tidy_level(self, count: Sym) -> Expr | None:
        """The same worked out, n (3/2)^j say; None where that needs more than fractions."""
        parts = []
        for (p, q), factor in sorted(self.function.terms.items(), reverse=True):
            shrink = raised(self.b.value, p)
            if not (isinstance(shrink, Fraction) and isinstance(factor, Fraction)):
                return None
            ratio = num(self.a.value / shrink)
            logs = power(minus(self.height, count), num(q))
            parts.append(times(num(factor), power(ratio, count), power(self.n, num(p)), logs))
        return plus(*parts)

    def power_of_n(self, rate: Value) -> Expr:
        """rate^(log_b n), written n^(log_b rate)."""
        if isinstance(rate, Surd):
            raise ArithmeticError("no rate here is a root")
        return power_of(self.n, log_of(rate, self.b.value))


class Tree:
    """Writes the lines of one division recurrence into `steps`."""

    def __init__(self, steps: Steps, problem: RecurrenceInput, levels: Levels, first: FirstValues) -> None:
        self._steps = steps
        self._offset = exponent_of(first.start, levels.b.value) or 0
        self._levels = levels
        self._left = problem.term(levels.n)
        self._start = problem.term(first.start)
        self._first = first

    def unroll(self, given: int) -> int:
        """Two substitutions and the pattern; returns its line."""
        pattern = self._pattern(self._substitutions(given))
        self._level_cost(pattern)
        return pattern

    def _substitutions(self, given: int) -> int:
        levels, last = self._levels, given
        for count in (1, 2):
            inner = plus(times(levels.a, levels.term(num(count + 1))), levels.f(num(count)))
            above = [levels.level(num(i)) for i in range(count - 1, -1, -1)]
            before = plus(times(power(levels.a, num(count)), inner), *above)
            below = times(power(levels.a, num(count + 1)), levels.term(num(count + 1)))
            facts = {"what": latex(levels.term(num(count))), "by": latex(inner)}
            chain = (before, plus(below, levels.level(num(count)), *above))
            last = self._steps.add("substitute-part", self._left, *chain, uses=(given, last), facts=facts)
        return last

    def _pattern(self, last: int) -> int:
        levels, k = self._levels, self._levels.k
        below = times(power(levels.a, k), levels.term(k))
        facts = {"k": latex(k)}
        right = plus(below, self._all_levels(minus(k, ONE)))
        return self._steps.add("tree-pattern", self._left, right, uses=(last,), facts=facts)

    def _all_levels(self, last: Expr) -> Expr:
        if self._levels.forcing == ZERO:
            return ZERO
        return Big("sum", self._levels.level(self._levels.j), self._levels.j.name, ZERO, last)

    def _level_cost(self, pattern: int) -> None:
        levels = self._levels
        cost = levels.level(levels.j)
        tidy = levels.tidy_level(levels.j)
        if tidy is None or tidy in (cost, ZERO):
            return
        facts = {"level": latex(levels.j), "nodes": latex(power(levels.a, levels.j))}
        facts["size"] = latex(levels.divided(levels.j))
        self._steps.add("level-cost", cost, tidy, uses=(pattern,), facts=facts)

    # --- down to the first value ---

    def reach(self, pattern: int, first: int, restricted: int, closed: Closed, verdict: str) -> int:
        """From the pattern to the closed form at powers of b.

        `restricted` is the line that restricts n to these, `verdict` names the rule of the sum.
        """
        levels = self._levels
        depth = minus(levels.height, num(self._offset))
        leaves = times(power(levels.a, depth), self._start)
        facts = {"k": latex(levels.k), "count": latex(depth), "start": latex(self._start)}
        right = plus(leaves, self._all_levels(minus(depth, ONE)))
        reached = self._steps.add("reach-leaves", self._left, right, uses=(pattern, restricted), facts=facts)
        turned = self._leaves(depth, reached)
        if levels.forcing == ZERO:
            return self._insert(closed, turned[1], ZERO, (reached, first, turned[0]))
        summed, value = self._sum(closed, depth, reached, verdict)
        return self._insert(closed, turned[1], value, (reached, first, turned[0], summed))

    def powers(self, doubt: str) -> int:
        """The restriction to powers of b; `doubt`: why the class may not hold for other n, "" if it does."""
        levels = self._levels
        value = times(num(self._first.start), power(levels.b, levels.m))
        facts = {"base": latex(levels.b), "doubt": doubt}
        return self._steps.add("powers-alone" if doubt else "powers-only", levels.n, value, facts=facts)

    def _leaves(self, depth: Expr, reached: int) -> tuple[int, Expr]:
        """a^depth as a power of n: the line (the one before, if there is nothing to say) and the power."""
        levels = self._levels
        count = power(levels.a, depth)
        turned = times(num(levels.a.value**-self._offset), levels.power_of_n(levels.a.value))
        if count == turned:
            return reached, turned
        return self._steps.add(
            "count-leaves", count, turned, uses=(reached,), facts={"a": latex(levels.a)}
        ), turned

    def _sum(self, closed: Closed, depth: Expr, reached: int, verdict: str) -> tuple[int, Expr]:
        levels = self._levels
        a = levels.a.value
        special = closed.particular
        value = special - exp_poly({a: (special(self._offset) / a**self._offset,)})
        shown = exp_poly_expr(value, levels.height, levels.power_of_n)
        total = self._all_levels(minus(depth, ONE))
        return self._steps.add(verdict, total, shown, uses=(reached,)), shown

    def _insert(self, closed: Closed, leaves: Expr, rest: Expr, uses: tuple[int, ...]) -> int:
        levels = self._levels
        inserted = plus(times(num(self._first.values[0]), leaves), rest)
        tidy = exp_poly_expr(closed.function, levels.height, levels.power_of_n)
        chain = (inserted,) if inserted == tidy else (inserted, tidy)
        return self._steps.add("insert-leaves", self._left, *chain, uses=uses)
