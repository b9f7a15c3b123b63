"""T(n) = c(n) (T(s) + ... + T(n-1)) + f(n), by telescoping: divide by c, subtract the line before.

What is left is of first order, T(n) = (c(n)/c(n-1) + c(n)) T(n-1) + g(n), and `summation.py` takes
it from there. Quicksort is 2/n times the sum, plus n - 1 (Cormen, Leiserson, Rivest, Stein:
Introduction to Algorithms, problem 7-3; Graham, Knuth, Patashnik, eq. 2.12).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from engine.recurrences.first import FirstValues
from engine.recurrences.hyper import Hyper
from engine.recurrences.hyper_reading import as_factor, read
from engine.recurrences.methods import SUMMATION, TELESCOPING
from engine.recurrences.normal import NotSolved, Pieces, straight_line
from engine.recurrences.opening import opening
from engine.recurrences.solution import Solution
from engine.recurrences.starting import first_values
from engine.recurrences.steps import Steps
from engine.recurrences.summation import FirstOrder, Found, first_order
from engine.recurrences.tidying import added, collected
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import (
    ONE,
    ZERO,
    Add,
    Big,
    Expr,
    Mul,
    Sym,
    Term,
    letters,
    minus,
    num,
    over,
    plus,
    put,
    times,
)
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.report import Method
from engine.symbolic.typeset import latex


@dataclass(frozen=True, slots=True)
class History:
    """`factor` c(n), sum of T(i) for i = `low` .. n - 1, `forcing` f(n) with what else stands in the sum."""

    factor: Expr
    low: int
    forcing: Expr


def form(problem: RecurrenceInput, pieces: Pieces) -> History | None:
    """c(n), the sum's start and f(n); None where something else is summed up.

    Raises:
        NotSolved: the sum does not end at n - 1.
    """
    if pieces.odd is not None or pieces.pieces or not pieces.histories:
        return None
    factor: Expr = ZERO
    low: int | None = None
    forcing = pieces.forcing
    for history in pieces.histories:
        found = _sum_of_terms(problem, history.total)
        if found is None or (low is not None and found[1] != low):
            return None
        times_term, low, rest = found
        factor = plus(factor, times(history.factor, num(times_term)))
        forcing = plus(forcing, times(history.factor, rest)) if rest != ZERO else forcing
    return None if low is None else History(factor, low, forcing)


def _sum_of_terms(problem: RecurrenceInput, total: Big) -> tuple[Fraction, int, Expr] | None:
    """(c, low, rest) of a sum over i of c T(i) + g(i), for all i from low to n - 1.

    T(n-1-i) for i from 0 is the same sum the other way round.
    """
    n = problem.names.variable
    ends = straight_line(total.low, n), straight_line(total.high, n)
    body = total.body
    terms = body.terms if isinstance(body, Add) else (body,)
    factor, rest, low = Fraction(0), list[Expr](), set[int]()
    for term in terms:
        bare, scale = _bare(term)
        if bare is None:
            rest.append(term)
            continue
        reached = _reached(bare.place, total.index, ends, n)
        if reached is None:
            return None
        factor += scale
        low.add(reached)
    if len(low) != 1 or not factor:
        return None
    others = _constant_sum(replace(total, body=plus(*rest)), total, n) if rest else ZERO
    return factor, low.pop(), others


def _constant_sum(others: Expr, total: Big, n: str) -> Expr:
    """A sum of numbers is their number times one."""
    if not isinstance(others, Big) or total.index in letters(others.body) or n in letters(others.body):
        return others
    return times(others.body, plus(minus(total.high, total.low), ONE))


def _bare(term: Expr) -> tuple[Term | None, Fraction]:
    """T(...) and the number in front of it."""
    match term:
        case Term():
            return term, Fraction(1)
        case Mul((first, Term() as last)):
            value = straight_line(first, "n")
            return (last, value[1]) if value is not None and value[0] == 0 else (None, Fraction(0))
        case _:
            return None, Fraction(0)


_Line = tuple[Fraction, Fraction]


def _reached(place: Expr, index: str, ends: tuple[_Line | None, _Line | None], n: str) -> int | None:
    """The first place of a sum that runs through all places up to n - 1; None for others."""
    if ends[0] is None or ends[1] is None:
        return None
    tops = []
    for end in ends:
        at = plus(times(num(end[0]), Sym(n)), num(end[1])) if end is not None else ZERO
        tops.append(straight_line(put(place, index, at), n))
    step = straight_line(put(place, n, ZERO), index)
    if step is None or abs(step[0]) != 1 or None in tops:
        return None
    whole = sorted((top for top in tops if top is not None), key=lambda top: (top[0], top[1]))
    low, high = whole
    if low[0] != 0 or low[1].denominator > 1 or high != (Fraction(1), Fraction(-1)):
        return None
    return int(low[1])


def solve(problem: RecurrenceInput, form: History) -> tuple[Solution, ...]:
    """The solution by telescoping.

    Raises:
        NotSolved: as `summation.solve`, or the difference is of no kind that is solved.
    """
    n = Sym(problem.names.variable)
    first = _first_values(problem, form, n)
    reduced = _reduced(form, n)
    if reduced is None:
        raise NotSolved(
            "Subtracting the line before leaves a recurrence of first order whose factor is no product of n "
            "plus numbers, and that one is not solved.",
            column=-1,
        )
    found = Telescoped(problem, form, first, reduced)
    return (found.solution(),)


def _first_values(problem: RecurrenceInput, form: History, n: Sym) -> FirstValues:
    """All of them in a row, from the sum's start on."""
    if not problem.bases:
        return first_values(problem, 1, lambda place: place > form.low and _has_value(form, n, place))
    given = {base.index: base.value for base in problem.bases}
    start = form.low if form.low in given or min(given) < form.low else min(given)
    if start not in given and start - 1 in given:
        start -= 1  # a sum that is empty at first
    if start > form.low or start not in given:
        name = problem.names.sequence
        missing = f"{name}({form.low}) = 1"
        raise NotSolved(f"The sum begins with {name}({form.low}), which is not given.", f"Add {missing}.")
    values = [given[start]]
    while start + len(values) in given:
        values.append(given[start + len(values)])
    return FirstValues(start, tuple(values))


def _has_value(form: History, n: Sym, place: int) -> bool:
    at = Letters({n.name: Fraction(place)})
    try:
        return evaluate(form.factor, at) != 0 and evaluate(form.forcing, at) is not None
    except OverflowError:
        return True
    except (ArithmeticError, ValueError):
        return False


def _reduced(form: History, n: Sym) -> FirstOrder | None:
    """T(n) = (c(n)/c(n-1) + c(n)) T(n-1) + f(n) - f(n-1) c(n)/c(n-1)."""
    c = as_factor(form.factor, n.name)
    if c is None or c.square != 1 or not c.factor:
        return None
    before = c.moved(-1).inverse()
    earlier = read(put(form.forcing, n.name, minus(n, ONE)), n.name)
    if before is None or earlier is None:
        return None
    quotient = c.times(before)
    less = [part.times(quotient) for part in earlier]
    forcing = added(form.forcing, *(times(num(-1), part.expr(n)) for part in less))
    factor = plus(quotient.expr(n), c.expr(n))
    found = first_order(factor, forcing, n.name)
    if found is None:
        return None
    neat = collected(Hyper(), forcing, n)
    return replace(found, factor=found.ratio.expr(n), forcing=forcing if neat is None else neat)


class Telescoped(Found):
    """The recurrence of first order that is left, told from the sum on."""

    def __init__(
        self, problem: RecurrenceInput, history: History, first: FirstValues, reduced: FirstOrder
    ) -> None:
        self._history = history
        super().__init__(problem, reduced, first)

    def _begin(self) -> tuple[int, Fraction]:
        """The first place that the recurrence itself gives, as the difference holds from the next one on."""
        start = self.first.start + len(self.first.values)
        value = self.terms.at(Fraction(start))
        if not isinstance(value, Fraction):
            raise NotSolved("The first values are no fractions, so there is no exact formula.")
        return start, value

    def solution(self) -> Solution:
        """Told with the summation factor after the telescoping."""
        return replace(self.by_summation(), method=TELESCOPING, methods=(*self._own_methods(),))

    def _own_methods(self) -> tuple[Method, ...]:
        name, n = self.problem.names
        return (
            Method(
                TELESCOPING, True, f"The line for {n}-1 has the same sum but {name}({n}-1), so it drops out."
            ),
            Method(SUMMATION, True, "It solves the recurrence of first order that telescoping leaves."),
        )

    def _open(self, steps: Steps) -> tuple[int, tuple[int, ...]]:
        n, i, history = self.n, self.j, self._history
        term = self.problem.term(minus(n, ONE))
        total = Big("sum", self.problem.term(i), i.name, num(history.low), minus(n, ONE))
        right = plus(times(history.factor, total), history.forcing)
        given, values = opening(steps, self.problem, right, self.first)
        before = put(history.factor, n.name, minus(n, ONE))
        rest = put(history.forcing, n.name, minus(n, ONE))
        drop = plus(term, over(minus(term, rest), before))
        facts = {"earlier": latex(term)}
        line = steps.add("history-before", total, drop, uses=(given,), facts=facts)
        simple = plus(times(self.form.factor, term), self.form.forcing)
        line = steps.add("telescoped", self.problem.term(n), simple, uses=(given, line), facts={})
        facts = {"place": str(self.start)}
        start = steps.add(
            "first-computed",
            self.problem.term(self.start),
            num(self.value),
            uses=(given, *values),
            facts=facts,
        )
        return line, (*values, start)
