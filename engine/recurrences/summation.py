"""T(n) = a(n) T(n-1) + f(n), by a summation factor: divide by a(1) a(2) ... a(n), and it is a sum.

Takes what `shift.py` does not: factors that change with n, and f that is no sum of powers (log n,
1/n, n!, sqrt n, ...). With a constant factor it is also told as unrolling.
(Graham, Knuth, Patashnik: Concrete Mathematics, section 2.2.)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.course import course_of, far_quotients
from engine.recurrences.first import FirstValues
from engine.recurrences.hyper import Hyper
from engine.recurrences.hyper_reading import as_factor, read
from engine.recurrences.linear import spare_letters
from engine.recurrences.methods import SUMMATION, UNROLLING
from engine.recurrences.normal import Contradiction, NotSolved, Pieces
from engine.recurrences.opening import class_line, first_order_conventions, opening
from engine.recurrences.partial_sums import Summed, summed
from engine.recurrences.refusals import negative_base
from engine.recurrences.solution import Solution
from engine.recurrences.starting import first_values
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.tidying import added, multiplied_out
from engine.recurrences.verify import agreement, close
from engine.symbolic.evaluate import Letters, Number, evaluate
from engine.symbolic.expr import ONE, ZERO, Big, Expr, Num, Sym, minus, num, over, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.report import Agreement, Method
from engine.symbolic.typeset import latex

_TERMS = 40  # that the closed form is held against, at most
_FEWEST = 6
_BITS = 3000  # that a term may have there
_POINTS = 14  # at which every line is tried
_SHOWN = 5  # places after the first value: the n whose values are shown
_HALF = Fraction(1, 2)
_WRONG = "The formula that was found does not give the terms of the recurrence, so it is not shown."


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """`factor` a(n), `forcing` f(n) as typed; `product` U(n) = a(n) U(n-1); `ratio`, `parts`: both read."""

    factor: Expr
    forcing: Expr
    ratio: Hyper
    product: Hyper
    parts: tuple[Hyper, ...]


def form(problem: RecurrenceInput, pieces: Pieces) -> FirstOrder | None:
    """a(n) and f(n), where all terms are T(n-1) and a(n) is a product of n + α and numbers; else None.

    Raises:
        NotSolved: f has values at some n only.
    """
    if pieces.odd is not None or pieces.histories or not pieces.pieces:
        return None
    if any(piece.lag != 1 for piece in pieces.pieces):
        return None
    factor = plus(*(piece.factor for piece in pieces.pieces))
    found = first_order(factor, pieces.forcing, problem.names.variable)
    unread = () if found is None else (part.other for part in found.parts)
    if any(negative_base(problem, put(part, "n", Sym(problem.names.variable))) for part in unread):
        raise negative_base(problem, pieces.forcing) or NotSolved("It has no values at some n.")
    return found


def constant_form(problem: RecurrenceInput, pieces: Pieces) -> FirstOrder | None:
    """The same where a(n) is a number."""
    found = form(problem, pieces)
    return found if found is not None and isinstance(found.factor, Num) else None


def first_order(factor: Expr, forcing: Expr, variable: str) -> FirstOrder | None:
    """The form with these, or None where a(n) or f(n) is of no such kind."""
    ratio = as_factor(factor, variable)
    product = None if ratio is None else running_product(ratio)
    parts = read(forcing, variable)
    if ratio is None or product is None or parts is None or not ratio.factor:
        return None
    return FirstOrder(_simple_factor(factor, ratio), forcing, ratio, product, tuple(parts))


def _simple_factor(factor: Expr, ratio: Hyper) -> Expr:
    """A factor that is a number after all, as a number."""
    return num(ratio.factor) if ratio == Hyper(ratio.factor) else factor


def running_product(ratio: Hyper) -> Hyper | None:
    """U with U(n) = ratio(n) U(n-1): n! for n, (n + 1) for (n + 1)/n; None where there is no such formula."""
    if ratio.square != 1 or ratio.factorials or ratio.halves or ratio.other != ONE:
        return None
    found = Hyper(rate=ratio.factor, square=ratio.rate)
    for shift, exponent in ratio.powers.items():
        if exponent.denominator > 1 or (shift - _HALF).denominator > 2 or shift.denominator > 2:
            return None
        whole = Hyper(factorials=1) if shift.denominator == 1 else Hyper(halves=1)
        by = int(shift) if shift.denominator == 1 else int(shift + _HALF)
        step = whole.moved(by) if exponent > 0 else whole.moved(by).inverse()
        for _ in range(abs(int(exponent))):
            found = found if step is None else found.times(step)
    return found


def solve(problem: RecurrenceInput, form: FirstOrder) -> tuple[Solution, ...]:
    """One solution by the summation factor, and by unrolling where a(n) is a number.

    Raises:
        NotSolved: as `starting.first_values`, or the class could not be found.
    """
    first = first_values(problem, 1, lambda place: _has_value(problem, form, place))
    return solve_from(problem, form, first)


def solve_from(problem: RecurrenceInput, form: FirstOrder, first: FirstValues) -> tuple[Solution, ...]:
    """The same from known first values."""
    found = Found(problem, form, first)
    told = [found.by_summation()]
    if isinstance(form.factor, Num):
        told.insert(0, found.by_unrolling())
    return tuple(told)


def _has_value(problem: RecurrenceInput, form: FirstOrder, place: int) -> bool:
    at = Letters({problem.names.variable: Fraction(place)})
    try:
        evaluate(form.factor, at)
        evaluate(form.forcing, at)
    except OverflowError:
        return True
    except (ArithmeticError, ValueError):
        return False
    return True


class Found:
    """One recurrence solved, to be told."""

    def __init__(self, problem: RecurrenceInput, form: FirstOrder, first: FirstValues) -> None:
        self.problem, self.form, self.first = problem, form, first
        self.n, self.j = Sym(problem.names.variable), spare_letters(problem.names)[1]
        self.k = spare_letters(problem.names)[0]
        self.terms = Terms(problem, first.table)
        self.start, self.value = self._start()
        self.sum = self._summed()
        inside = added(self._front(), self.sum.closed)
        self.closed = multiplied_out(form.product, inside, self.n)
        self._verify()
        self.holds_from = self._reach()
        self.course = course_of(self.closed, self.n.name)

    # --- numbers ---

    def _start(self) -> tuple[int, Fraction]:
        """Where the formula starts: after the last place where a(n) is 0, as what was before has no say."""
        start, value = self._begin()
        zeros = [-shift for shift, power_of in self.form.ratio.powers.items() if power_of > 0]
        late = [int(zero) for zero in zeros if zero.denominator == 1 and zero > start]
        if not late:
            return start, value
        fresh = self.terms.through([Fraction(place) for place in range(start, max(late) + 1)])[-1]
        if not isinstance(fresh, Fraction):
            raise NotSolved(
                f"{self.problem.names.sequence}({max(late)}) is no fraction, and all depends on it."
            )
        return max(late), fresh

    def _begin(self) -> tuple[int, Fraction]:
        """The place that a step to the next one can be made from, and its value."""
        return self.first.start, self.first.values[0]

    def _summed(self) -> Summed:
        turned = self.form.product.inverse()
        if turned is None:
            raise NotSolved("The factor in front is 0.")
        return summed([part.times(turned) for part in self.form.parts], self.start + 1, self.n, self.j)

    def _unit(self) -> Fraction:
        """U at the start."""
        value = evaluate(self.form.product.expr(num(self.start)), Letters({}))
        if not isinstance(value, Fraction) or not value:
            raise NotSolved("The product of the factors has no value at the start.")
        return value

    def _front(self) -> Expr:
        return num(self.value / self._unit())

    def _verify(self) -> None:
        """The closed form against the recurrence's own terms, as far as they stay short."""
        for place in range(self.start, self.start + _TERMS):
            value = self.terms.at(Fraction(place))
            long = isinstance(value, Fraction) and value.numerator.bit_length() > _BITS
            if long and place >= self.start + _FEWEST:
                break
            if not close(self.at(place), value):
                raise Contradiction(_WRONG)

    def _reach(self) -> int:
        """The smallest n that the formula holds for: often one before the place where it was begun."""
        place = self.start
        while place > self.first.start and self._fits(place - 1):
            place -= 1
        return place

    def _fits(self, place: int) -> bool:
        try:
            return close(self.at(place), self.terms.at(Fraction(place)))
        except (ArithmeticError, ValueError):
            return False

    def at(self, place: int) -> Number:
        return evaluate(self.closed, Letters({self.n.name: Fraction(place)}))

    # --- lines ---

    def by_summation(self) -> Solution:
        problem, n, product = self.problem, self.n, self.form.product
        steps, back = Steps(), self.problem.term(minus(self.n, ONE))
        given, values = self._open(steps)
        unit, before = product.expr(n), product.expr(minus(n, ONE))
        term = problem.term(n)
        facts = {"product": latex(unit), "factor": latex(self.form.factor)}
        divided = plus(over(back, before), over(self.form.forcing, unit))
        last = steps.add("summation-factor", over(term, unit), divided, uses=(given,), facts=facts)
        start = problem.term(self.start)
        added_up = plus(over(start, num(self._unit())), self._sum_typed())
        last = steps.add("added-up", over(term, unit), added_up, uses=(last,), facts={"start": latex(start)})
        return self._finish(steps, given, values, last, SUMMATION)

    def by_unrolling(self) -> Solution:
        problem, n, a = self.problem, self.n, self.form.factor
        steps = Steps()
        given, values = self._open(steps)
        inner = plus(times(a, problem.term(minus(n, num(2)))), self._f(minus(n, ONE)))
        once = plus(times(a, inner), self.form.forcing)
        facts = {"what": latex(problem.term(minus(n, ONE))), "by": latex(inner)}
        last = steps.add("substitute", problem.term(n), once, uses=(given,), facts=facts)
        last = steps.add(
            "pattern", problem.term(n), self._unrolled(self.k), uses=(last,), facts={"k": latex(self.k)}
        )
        count, start = minus(n, num(self.start)), problem.term(self.start)
        facts = {"k": latex(self.k), "count": latex(count), "start": latex(start)}
        reached = plus(times(power(a, count), start), self._unrolled_sum(count, self.start + 1))
        last = steps.add("reach-start", problem.term(n), reached, uses=(last,), facts=facts)
        return self._finish(steps, given, values, last, UNROLLING)

    def _open(self, steps: Steps) -> tuple[int, tuple[int, ...]]:
        n = self.n
        right = plus(times(self.form.factor, self.problem.term(minus(n, ONE))), self.form.forcing)
        given, values = opening(steps, self.problem, right, self.first)
        if self.start > self.first.start:
            facts = {"place": str(self.start)}
            line = steps.add(
                "zero-factor",
                self.problem.term(self.start),
                num(self.value),
                uses=(given, *values),
                facts=facts,
            )
            values = (*values, line)
        return given, values

    def _f(self, place: Expr) -> Expr:
        return put(self.form.forcing, self.n.name, place)

    def _unrolled(self, count: Sym) -> Expr:
        rest = self.problem.term(minus(self.n, count))
        return plus(times(power(self.form.factor, count), rest), self._unrolled_sum(count, None))

    def _unrolled_sum(self, count: Expr, low: int | None) -> Expr:
        """f(n) + a f(n-1) + ... with `count` summands, j counting places."""
        if not self.form.parts:
            return ZERO
        weight = power(self.form.factor, minus(self.n, self.j))
        first = plus(minus(self.n, count), ONE) if low is None else num(low)
        return Big("sum", times(weight, self._f(self.j)), self.j.name, first, self.n)

    def _sum_typed(self) -> Expr:
        if not self.form.parts:
            return ZERO
        body = over(self._f(self.j), self.form.product.expr(self.j))
        return Big("sum", body, self.j.name, num(self.start + 1), self.n)

    def _finish(self, steps: Steps, given: int, values: tuple[int, ...], last: int, method: str) -> Solution:
        n = self.n
        uses: list[int] = [last, *values]
        if self.form.parts:
            rule = "open-sum" if self.sum.open else self.sum.how[0] + "-closed"
            typed = self._sum_typed()
            if typed != self.sum.closed:
                uses.append(steps.add(rule, typed, self.sum.closed, uses=(last,)))
        line = steps.add("insert-sum", self.problem.term(n), self.closed, uses=tuple(uses))
        earlier = put(self.closed, n.name, minus(n, ONE))
        right = plus(times(self.form.factor, earlier), self.form.forcing)
        proven = steps.add("induction", self.closed, right, uses=(given, *values, line))
        class_line(steps, self.problem, self.course, (line, proven))
        return self._solution(steps.finished(), method)

    # --- what is handed back ---

    def _solution(self, steps: tuple[Step, ...], method: str) -> Solution:
        place = self.holds_from
        since = place if place > min(1, self.first.start) or self.first.note else None
        return Solution(
            method=method,
            first=self.first,
            steps=steps,
            world=self._world(),
            closed=self.closed,
            course=self.course,
            domain=None,
            everywhere=True,
            since=since,
            agreements=self._agreements(),
            methods=self._methods(),
            conventions=first_order_conventions(self.problem, self.first),
        )

    def _world(self) -> TermsWorld:
        shown = self.start + _SHOWN
        places = [shown, *(p for p in range(self.start + 2, self.start + 2 + _POINTS) if p != shown)]
        values = [
            {self.n.name: Fraction(p), self.k.name: Fraction(2 if i == 0 else 1 + i % (p - self.start))}
            for i, p in enumerate(self._short(places))
        ]

        def far(step: Step) -> list[float]:
            return [] if step.growth is None else far_quotients(self.closed, step.growth, self.n.name)

        return TermsWorld(self.terms, values, self.n.name, far)

    def _short(self, places: list[int]) -> list[int]:
        """Those where T is not too long for many lines."""
        found: list[int] = []
        for place in places:
            value = self.terms.at(Fraction(place))
            if not found or not isinstance(value, Fraction) or value.numerator.bit_length() < _BITS:
                found.append(place)
        return found

    def _agreements(self) -> tuple[Agreement, ...]:
        place = self.start + _SHOWN
        reference = self.at(place)
        return (
            agreement("closed form", reference, reference),
            agreement("terms of the recurrence", self.terms.at(Fraction(place)), reference),
        )

    def _methods(self) -> tuple[Method, ...]:
        name, n = self.problem.names
        unit = plain(self.form.product.expr(self.n))
        by_factor = f"Divided by {unit}, {name}({n}) and {name}({n}-1) are alike, and the rest is a sum."
        if self.form.product == Hyper():
            by_factor = "The factor is 1, so there is nothing to divide by: differences are added up."
        found = [Method(SUMMATION, True, by_factor)]
        if isinstance(self.form.factor, Num):
            found.append(
                Method(UNROLLING, True, f"{name}({n}-1) can be replaced again and again, and a sum is left.")
            )
        return tuple(found)
