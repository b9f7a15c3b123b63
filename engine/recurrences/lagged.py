"""T(n) = c_1 T(n-d_1) + c_2 T(n-d_2) + ... + f(n) with all c_i > 0 and an f of any kind: its class.

The equation sum of c_i r^-d_i = 1 has one positive root r. What f adds at place j is worth f(j) r^(n-j)
in the end, up to constant factors, so T(n) is of the class r^n (1 + sum of f(j) / r^j). (Graham,
Knuth, Patashnik, section 7.3; Feller, An introduction to probability theory, vol. 1, XIII.10.)
Takes what has no formula: beside several earlier terms log n, roots and factorials.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.growth.classes import Growth
from engine.growth.reading import NoGrowth, growth_of
from engine.recurrences.asymptotic import Asymptotic, Course
from engine.recurrences.characteristic import root_letter
from engine.recurrences.closed import characteristic_polynomial
from engine.recurrences.course import far_quotients
from engine.recurrences.factoring import factors, roots_of
from engine.recurrences.first import FirstValues
from engine.recurrences.interleaved import exact_root
from engine.recurrences.linear import spare_letters
from engine.recurrences.magnitude import magnitude, of_number
from engine.recurrences.methods import CHARACTERISTIC, UNROLLING
from engine.recurrences.normal import NotSolved, Pieces
from engine.recurrences.opening import first_order_conventions, opening
from engine.recurrences.solution import Solution
from engine.recurrences.starting import first_values
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.verify import agreement
from engine.symbolic.decimals import by_decimals
from engine.symbolic.evaluate import Letters, Number, evaluate, simple
from engine.symbolic.expr import ONE, Big, Expr, Num, Pow, Sym, minus, num, over, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.report import Agreement, Method
from engine.symbolic.surd import value_expr

MOST = 24  # places that it may look back
_NEAREST, _FARTHEST = 150, 600  # places beyond the start where T is held against its class
_LONGEST = (6, 24)  # the same, in times of the longest step back
_LARGEST = 1e280  # that T may be there, where it is a float
_SAMPLED = 60  # places at which the sign of f is looked at
_POINTS = 10
_DRIFT = 0.2  # of ln of the quotient, as in `verify.py`


@dataclass(frozen=True, slots=True)
class Lagged:
    """`lags`: distance -> factor, all above 0. `forcing` is f(n); `root` is r."""

    lags: Mapping[int, Fraction]
    forcing: Expr
    root: Expr | Decimal

    @property
    def single(self) -> bool:
        return len(self.lags) == 1


def form(problem: RecurrenceInput, pieces: Pieces) -> Lagged | None:  # noqa: ARG001 - as all families
    """Its normal form; None where a factor is negative or changes, or a step is not whole."""
    if pieces.odd is not None or pieces.histories or not pieces.pieces:
        return None
    lags: dict[int, Fraction] = {}
    for piece in pieces.pieces:
        lag = piece.lag
        if lag is None or lag.denominator > 1 or not 0 < lag <= MOST or piece.constant is None:
            return None
        lags[int(lag)] = lags.get(int(lag), Fraction(0)) + piece.constant
    lags = {lag: factor for lag, factor in sorted(lags.items()) if factor}
    if not lags or any(factor < 0 for factor in lags.values()):
        return None
    return Lagged(lags, pieces.forcing, _root(lags))


def _root(lags: Mapping[int, Fraction]) -> Expr | Decimal:
    """r, exactly where it is made of roots of fractions, else by its digits."""
    if len(lags) == 1:
        [(lag, factor)] = lags.items()
        return num(factor) if lag == 1 or factor == 1 else Pow(num(factor), num(Fraction(1, lag)))
    found = [(root, part) for part, _ in factors(characteristic_polynomial(lags)) for root in roots_of(part)]
    root, part = max(found, key=lambda item: (round(abs(item[0]), 12), item[0].real))
    value = exact_root(root.real, part)
    return value if isinstance(value, Decimal) else value_expr(value)


def solve(problem: RecurrenceInput, form: Lagged) -> tuple[Solution, ...]:
    """The class, by unrolling or by the root that decides.

    Raises:
        NotSolved: as `starting.first_values`; f has no class, or parts of different signs could cancel.
    """
    first = first_values(problem, max(form.lags), lambda place: _has_value(problem, form, place))
    return (_Class(problem, form, first).solution(),)


def _has_value(problem: RecurrenceInput, form: Lagged, place: int) -> bool:
    try:
        evaluate(form.forcing, Letters({problem.names.variable: Fraction(place)}))
    except OverflowError:
        return True
    except (ArithmeticError, ValueError):
        return False
    return True


class _Class:
    """One recurrence, its class found and held against its terms."""

    def __init__(self, problem: RecurrenceInput, form: Lagged, first: FirstValues) -> None:
        self.problem, self.form, self.first = problem, form, first
        self.n = Sym(problem.names.variable)
        _, self.j, self.m, *_ = spare_letters(problem.names)
        self.terms = Terms(problem, first.table)
        self.low = first.start + max(form.lags)
        self.sum = Big("sum", self._share(), self.j.name, num(self.low), self.n)
        self.sum_growth = self._sum_growth()
        self.growth = self._growth()
        self._check_signs()
        self.far = self._against_class()

    # --- the class ---

    def _share(self) -> Expr:
        """f(j) / r^j."""
        return over(put(self.form.forcing, self.n.name, self.j), self._grown(self.j))

    def _grown(self, n: Expr) -> Expr:
        """r^n."""
        root = self.form.root
        if root == ONE:
            return ONE
        if isinstance(root, Decimal):
            return Pow(num(by_decimals(root)), n)
        return Pow(root.base, over(n, num(max(self.form.lags)))) if isinstance(root, Pow) else Pow(root, n)

    def _sum_growth(self) -> Growth:
        if self.form.forcing == Num(Fraction(0)):
            return Growth()
        try:
            growth_of(self.form.forcing, self.n.name)
            found = growth_of(self.sum, self.n.name)
        except NoGrowth as why:
            raise NotSolved(f"How fast it grows could not be found. {why}") from None
        return max(found, Growth())

    def _growth(self) -> Growth:
        root, name = self.form.root, self.n.name
        fractions = isinstance(root, Num | Pow)
        try:
            if self.sum_growth == Growth():
                return Growth(root) if isinstance(root, Decimal) else growth_of(self._grown(self.n), name)
            if fractions:
                return growth_of(times(self._grown(self.n), self.sum_growth.expr(name)), name)
            return growth_of(self.form.forcing, name)  # it outgrows r^n, so its last part decides
        except NoGrowth as why:
            raise NotSolved(f"How fast it grows could not be found. {why}") from None

    def _check_signs(self) -> None:
        """Nothing may cancel: no first value and no f(n) is negative, and something is not 0."""
        pushes = [self._sign_of_f(self.low + i) for i in range(_SAMPLED)]
        values = self.first.values
        if min(pushes) < 0 or min(values) < 0:
            raise NotSolved(
                "First values or parts without the sequence are negative here, so parts could cancel; that "
                "is not solved beside these earlier terms.",
                "Try first values and an f that are not negative.",
            )
        every = math.gcd(*self.form.lags)
        idle = any(not any(values[rest::every]) for rest in range(every))
        if idle and not max(pushes):
            raise NotSolved("All first values of some part are 0, and nothing is added there.")

    def _sign_of_f(self, place: int) -> int:
        try:
            return magnitude(self.form.forcing, {self.n.name: place}).sign
        except (ArithmeticError, ValueError):
            return -1

    def _against_class(self) -> tuple[float, float]:
        """T over its class at two far places."""
        longest = max(self.form.lags)
        ends = [max(least, many * longest) for least, many in ((_NEAREST, 6), (_FARTHEST, 24))]
        near, far = (self.first.start + end // longest * longest for end in ends)
        for place in range(self.low, far + 1):
            value = self.terms.at(Fraction(place))
            if isinstance(value, float) and value > _LARGEST:
                near, far = near * place // far, place - 1
                break
        found = (self._quotient(near), self._quotient(far))
        if not all(quotient > 0 for quotient in found) or abs(math.log(found[1] / found[0])) > _DRIFT:
            raise NotSolved("Run far out, the terms do not show a class clearly, so none is claimed.")
        return found

    def _quotient(self, place: int) -> float:
        size = of_number(simple(self.terms.at(Fraction(place)))).log10
        return float(10.0 ** (size - magnitude(self.growth.expr(self.n.name), {self.n.name: place}).log10))

    # --- lines ---

    def solution(self) -> Solution:
        steps = Steps()
        lags, n = self.form.lags, self.n
        terms = (times(num(c), self.problem.term(minus(n, num(lag)))) for lag, c in lags.items())
        given, values = opening(steps, self.problem, plus(*terms, self.form.forcing), self.first)
        uses = [
            given,
            *values,
            self._by_steps(steps, given) if self.form.single else self._by_root(steps, given),
        ]
        if self.form.forcing != Num(Fraction(0)):
            uses.append(steps.add("weighed-sum", self.sum, growth=self.sum_growth, uses=(uses[-1],)))
        steps.add("driven", self.problem.term(n), growth=self.growth, uses=tuple(uses))
        return Solution(
            method=UNROLLING if self.form.single else CHARACTERISTIC,
            first=self.first,
            steps=steps.finished(),
            world=self._world(),
            closed=None,
            course=Asymptotic(Course.POSITIVE, self.growth),
            domain=None,
            everywhere=True,
            since=None,
            agreements=self._agreements(),
            methods=self._methods(),
            conventions=first_order_conventions(self.problem, self.first),
        )

    def _by_steps(self, steps: Steps, given: int) -> int:
        """T(d m + s) = c^m T(s) + sum of c^(m-i) f(d i + s)."""
        [(lag, factor)] = self.form.lags.items()
        start, i = num(self.first.start), self.j
        place = plus(times(num(lag), self.m), start)
        push = put(self.form.forcing, self.n.name, plus(times(num(lag), i), start))
        total = Big("sum", times(power(num(factor), minus(self.m, i)), push), i.name, ONE, self.m)
        right = plus(times(power(num(factor), self.m), self.problem.term(start)), total)
        facts = {"step": str(lag), "rest": str(self.first.start % lag)}
        return steps.add("in-steps", self.problem.term(place), right, uses=(given,), facts=facts)

    def _by_root(self, steps: Steps, given: int) -> int:
        r, top = root_letter(self.problem.names), max(self.form.lags)
        right = plus(*(times(num(c), power(r, num(top - lag))) for lag, c in self.form.lags.items()))
        facts = {"digits": f"{float(self._base()):.12f}".rstrip("0").rstrip("."), "r": r.name}
        return steps.add("positive-root", power(r, num(top)), right, uses=(given,), facts=facts)

    def _base(self) -> float:
        root = self.form.root
        return float(root) if isinstance(root, Decimal) else float(simple(evaluate(root, Letters({}))))

    # --- what is handed back ---

    def _world(self) -> TermsWorld:
        places = range(self.low + 1, self.low + 1 + _POINTS)
        r = root_letter(self.problem.names).name
        values: list[dict[str, Number]] = [
            {self.n.name: Fraction(place), self.m.name: Fraction(i + 1), r: self._base()}
            for i, place in enumerate(places)
        ]
        return TermsWorld(self.terms, values, self.n.name, self._far)

    def _far(self, step: Step) -> list[float]:
        if step.growth is None:
            return []
        return list(self.far) if step.rule == "driven" else far_quotients(self.sum, step.growth, self.n.name)

    def _agreements(self) -> tuple[Agreement, ...]:
        near, far = self.far
        return (
            Agreement("T over its class at a far n", near, 0.0, True),
            Agreement("T over its class, much farther out", far, abs(far / near - 1), True),
            agreement("terms of the recurrence", *([self.terms.at(Fraction(self.low))] * 2)),
        )

    def _methods(self) -> tuple[Method, ...]:
        if self.form.single:
            [lag] = self.form.lags
            return (Method(UNROLLING, True, f"It leads back in steps of {lag}, and a sum is left."),)
        return (Method(CHARACTERISTIC, True, "All factors are constant and positive: one root decides."),)
