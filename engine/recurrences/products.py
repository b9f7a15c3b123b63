"""T(n) = c T(n-1)^p T(n-2)^q ...: logarithms turn products of terms into sums.

With T > 0, S = log T obeys S(n) = log c + p S(n-1) + q S(n-2), which `closed.py` solves, once for
each number that the first values and c are made of: T(n) = c^(u(n)) t_0^(v(n)) t_1^(w(n)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.asymptotic import Asymptotic, Course
from engine.recurrences.closed import Closed
from engine.recurrences.closed import solve as solve_linear
from engine.recurrences.course import course_of, far_quotients
from engine.recurrences.exppoly import constant_function, exp_poly
from engine.recurrences.first import FirstValues
from engine.recurrences.linear import spare_letters
from engine.recurrences.methods import CHARACTERISTIC, UNROLLING
from engine.recurrences.normal import MAX_LAG, Contradiction, NotSolved, Pieces, has_term, straight_line
from engine.recurrences.opening import class_line, first_order_conventions, opening
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.solution import Solution
from engine.recurrences.starting import first_values
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.verify import agreement, close
from engine.symbolic.evaluate import Letters, Number, constant, evaluate
from engine.symbolic.expr import (
    ONE,
    Call,
    Div,
    Expr,
    Mul,
    Num,
    Pow,
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
from engine.symbolic.report import Agreement, Method
from engine.symbolic.surd import Surd

_BITS = 4000
_PLACES = 12
_MOST = 6  # |exponent| of a term
_WRONG = "The formula that was found does not give the terms of the recurrence, so it is not shown."


@dataclass(frozen=True, slots=True)
class Product:
    """`front` c > 0 and lag -> exponent."""

    front: Fraction
    exponents: Mapping[int, Fraction]


def form(problem: RecurrenceInput, pieces: Pieces) -> Product | None:
    """c and the exponents, where the right side is one product of powers of terms; else None."""
    if pieces.odd is None or pieces.pieces or pieces.histories or pieces.forcing != num(0):
        return None
    front, exponents = [Fraction(1)], dict[int, Fraction]()
    if not _collect(problem.right, Fraction(1), front, exponents, problem):
        return None
    kept = {lag: exponent for lag, exponent in sorted(exponents.items()) if exponent}
    return Product(front[0], kept) if kept and front[0] > 0 else None


def _collect(  # noqa: PLR0911 - one return a node
    expr: Expr,
    times_up: Fraction,
    front: list[Fraction],
    exponents: dict[int, Fraction],
    problem: RecurrenceInput,
) -> bool:
    """Multiply expr^times_up in; False where it is no product."""
    if not has_term(expr):
        value = constant(expr)
        if value is None or value <= 0 or times_up.denominator > 1 or abs(times_up) > _MOST:
            return False
        front[0] *= value ** int(times_up)
        return True
    match expr:
        case Term(place=place):
            line = straight_line(place, problem.names.variable)
            lag = None if line is None or line[0] != 1 else problem.ahead - line[1]
            if lag is None or lag.denominator > 1 or not 0 < lag <= MAX_LAG:
                return False
            exponents[int(lag)] = exponents.get(int(lag), Fraction(0)) + times_up
            return True
        case Mul(parts):
            return all(_collect(part, times_up, front, exponents, problem) for part in parts)
        case Div(above, below):
            return _collect(above, times_up, front, exponents, problem) and _collect(
                below, -times_up, front, exponents, problem
            )
        case Pow(base, exponent) if (value := constant(exponent)) is not None and abs(value) <= _MOST:
            return _collect(base, times_up * value, front, exponents, problem)
        case Call("sqrt", body):
            return _collect(body, times_up / 2, front, exponents, problem)
        case _:
            return False


def solve(problem: RecurrenceInput, form: Product) -> tuple[Solution, ...]:
    """The closed form by logarithms.

    Raises:
        NotSolved: a first value is not above 0.
    """
    first = first_values(problem, max(form.exponents), lambda _: True)
    if not problem.bases:
        first = FirstValues(first.start, (Fraction(2),) * len(first.values), assumed=True)  # 1 would stay 1
    if any(value <= 0 for value in first.values):
        raise NotSolved(
            "Logarithms need first values above 0, and one of them is not.",
            "With a value of 0 all later terms are 0; of negative ones, take the sizes.",
        )
    return (_Powers(problem, form, first).solution(),)


class _Powers:
    """T as a product of powers of known numbers."""

    def __init__(self, problem: RecurrenceInput, form: Product, first: FirstValues) -> None:
        self.problem, self.form, self.first = problem, form, first
        self.n = Sym(problem.names.variable)
        self.terms = Terms(problem, first.table)
        self.closed = self._formula()
        self.places = self._verified()
        constant_base = isinstance(self.closed, Num)
        self.course = (
            Asymptotic(Course.POSITIVE, course_of(self.closed, self.n.name).growth)
            if constant_base
            else course_of(self.closed, self.n.name)
        )

    def _exponent(self, values: tuple[Fraction, ...], forcing: int) -> Closed:
        return solve_linear(
            self.form.exponents, constant_function(Fraction(forcing)), self.first.start, values
        )

    def _formula(self) -> Expr:
        """Each different base, to the power of its own linear recurrence."""
        order = len(self.first.values)
        bases: dict[Fraction, tuple[int, tuple[Fraction, ...]]] = {}
        front = self.form.front
        for base in {front, *self.first.values} - {Fraction(1)}:
            start = tuple(Fraction(int(value == base)) for value in self.first.values)
            bases[base] = (int(base == front), start)
        parts = []
        for base, (forcing, start) in sorted(bases.items()):
            function = self._exponent(start or (Fraction(0),) * order, forcing).function
            if any(isinstance(rate, Surd) and rate.d < 0 for rate in function.terms):
                raise NotSolved("The exponents turn round and round, so there is no simple formula.")
            if function != exp_poly({}):
                parts.append(power(num(base), exp_poly_expr(function, self.n)))
        return times(*parts) if parts else ONE

    def _verified(self) -> list[int]:
        """Places up to which T is short, all held against the terms."""
        found = []
        for place in range(self.first.start, self.first.start + _PLACES):
            value = self.terms.at(Fraction(place))
            if isinstance(value, Fraction) and max(value.numerator, value.denominator).bit_length() > _BITS:
                break
            at = Letters({self.n.name: Fraction(place)})
            if not close(evaluate(self.closed, at), value):
                raise Contradiction(_WRONG)
            found.append(place)
        if len(found) < len(self.first.values) + 2:
            raise NotSolved("The terms grow too fast to check a formula with.", "Try smaller first values.")
        return found

    def solution(self) -> Solution:
        steps, n = Steps(), self.n
        factors = [
            power(self.problem.term(minus(n, num(lag))), num(exponent))
            for lag, exponent in self.form.exponents.items()
        ]
        given, values = opening(steps, self.problem, times(num(self.form.front), *factors), self.first)
        logs = [
            times(num(exponent), Call("ln", self.problem.term(minus(n, num(lag)))))
            for lag, exponent in self.form.exponents.items()
        ]
        front = Call("ln", num(self.form.front)) if self.form.front != 1 else num(0)
        log = steps.add("logarithms", Call("ln", self.problem.term(n)), plus(*logs, front), uses=(given,))
        line = steps.add("powers-back", self.problem.term(n), self.closed, uses=(log, *values))
        earlier = [
            power(put(self.closed, n.name, minus(n, num(lag))), num(exponent))
            for lag, exponent in self.form.exponents.items()
        ]
        right = times(num(self.form.front), *earlier)
        proven = steps.add("induction", self.closed, right, uses=(given, *values, line))
        class_line(steps, self.problem, self.course, (line, proven))
        return Solution(
            method=UNROLLING if set(self.form.exponents) == {1} else CHARACTERISTIC,
            first=self.first,
            steps=steps.finished(),
            world=self._world(),
            closed=self.closed,
            course=self.course,
            domain=None,
            everywhere=True,
            since=self.first.start if self.first.start > 1 or self.first.note else None,
            agreements=self._agreements(),
            methods=self._methods(),
            conventions=first_order_conventions(self.problem, self.first),
        )

    def _world(self) -> TermsWorld:
        order = len(self.first.values)
        places = self.places[order:]
        shown = places[min(2, len(places) - 1)]
        k = spare_letters(self.problem.names)[0].name
        values: list[dict[str, Number]] = [
            {self.n.name: Fraction(place), k: Fraction(1)}
            for place in (shown, *(place for place in places if place != shown))
        ]

        def far(step: Step) -> list[float]:
            return [] if step.growth is None else far_quotients(self.closed, step.growth, self.n.name)

        return TermsWorld(self.terms, values, self.n.name, far)

    def _agreements(self) -> tuple[Agreement, ...]:
        place = self.places[-1]
        value = self.terms.at(Fraction(place))
        reference = evaluate(self.closed, Letters({self.n.name: Fraction(place)}))
        return (
            agreement("closed form", reference, reference),
            agreement("terms of the recurrence", value, reference),
        )

    def _methods(self) -> tuple[Method, ...]:
        name, n = self.problem.names
        log = f"ln {name}({n})"
        if set(self.form.exponents) == {1}:
            return (
                Method(UNROLLING, True, f"The exponents of what {name}({n}-1) is made of are multiplied."),
            )
        return (Method(CHARACTERISTIC, True, f"{log} obeys a linear recurrence with constant factors."),)
