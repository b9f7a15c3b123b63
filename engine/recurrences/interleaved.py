"""Linear recurrences whose roots are not made of one square root: T(n-1) + T(n-2) + T(n-3), 2 T(n-3) + 1.

Where all lags have a common divisor g, T falls apart into g sequences, one for each rest of n by
g, and each has a recurrence of its own, often one with a formula. Where there is no formula, the
class is still exact but for the digits of its base: the shortest recurrence that the terms really
satisfy (Massey 1969) has just those roots that are not cancelled by the first values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from engine.growth.classes import Growth, rational
from engine.growth.reading import growth_of
from engine.recurrences.asymptotic import Asymptotic, Course
from engine.recurrences.characteristic import root_letter
from engine.recurrences.closed import RootsNotExact, characteristic_polynomial, characteristic_roots
from engine.recurrences.closed import solve as solve_exactly
from engine.recurrences.exppoly import ExpPoly, exp_poly
from engine.recurrences.factoring import factors, roots_of
from engine.recurrences.first import FirstValues
from engine.recurrences.linear import spare_letters
from engine.recurrences.magnitude import of_number
from engine.recurrences.methods import CHARACTERISTIC, UNROLLING
from engine.recurrences.normal import Contradiction, NotSolved, Shift
from engine.recurrences.opening import class_line, first_order_conventions, opening
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.solution import Solution
from engine.recurrences.starting import first_values
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.verify import agreement, close
from engine.symbolic.evaluate import Letters, Number, evaluate
from engine.symbolic.expr import ZERO, Call, Expr, Pow, Sym, minus, num, over, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.report import Agreement, Method
from engine.symbolic.surd import Surd, Value, value_expr
from engine.symbolic.typeset import latex

_TERMS = 60
_DIGITS = 60
_SAME = 1e-9  # relative: roots of one size
_FAR = (60, 120)  # times g
_SHOWN = 8
_POINTS = 12
_WRONG = "The formula that was found does not give the terms of the recurrence, so it is not shown."


@dataclass(frozen=True, slots=True)
class Leading:
    """The root that decides: base^n n^degree. A Decimal has its digits only; `equation` is its polynomial."""

    base: Value | Decimal
    degree: int
    equation: tuple[Fraction, ...]
    turning: bool


def solve(problem: RecurrenceInput, shift: Shift) -> tuple[Solution, ...]:
    """The class, and a formula where the parts have one.

    Raises:
        NotSolved: as `starting.first_values`, or two roots of one size are left.
    """
    first = first_values(problem, max(shift.lags), lambda _: True)
    return (_Interleaved(problem, shift, first.start, Terms(problem, first.table)).solution(first),)


# --- what the terms satisfy ----------------------------------------------------------------


def shortest(values: Sequence[Fraction]) -> list[Fraction]:
    """c_1, c_2, ... of the shortest v(n) = c_1 v(n-1) + ... that `values` satisfy (Berlekamp, Massey)."""
    found, old, old_gap, since = [Fraction(1)], [Fraction(1)], Fraction(1), 1
    length = 0
    for i, _ in enumerate(values):
        gap = sum((found[j] * values[i - j] for j in range(min(length, len(found) - 1) + 1)), Fraction(0))
        if gap == 0:
            since += 1
            continue
        kept = list(found)
        step = gap / old_gap
        found += [Fraction(0)] * (len(old) + since - len(found))
        for j, c in enumerate(old):
            found[j + since] -= step * c
        if 2 * length <= i:
            length, old, old_gap, since = i + 1 - length, kept, gap, 1
        else:
            since += 1
    return [-c for c in (found + [Fraction(0)] * length)[1 : length + 1]]


def leading(values: Sequence[Fraction]) -> Leading | None:
    """The root that decides how `values` grow; None where they are 0 from some place on.

    Raises:
        NotSolved: it cannot be told which one it is.
    """
    lags = {i: c for i, c in enumerate(shortest(values), start=1) if c}
    if not lags:
        return None
    polynomial = characteristic_polynomial(lags)
    found: list[tuple[complex, int, list[Fraction]]] = []
    for factor, times_in in factors(polynomial):
        found += [(root, times_in, factor) for root in roots_of(factor)]
    top = max(abs(root) for root, _, _ in found)
    most = max(count for root, count, _ in found if abs(root) > top * (1 - _SAME))
    leaders = [item for item in found if abs(item[0]) > top * (1 - _SAME) and item[1] == most]
    root, count, factor = leaders[0]
    if len(leaders) > 1 or abs(root.imag) > _SAME * top:
        return Leading(Decimal(top), count - 1, tuple(factor), True)
    return Leading(exact_root(root.real, factor), count - 1, tuple(factor), False)


def exact_root(root: float, factor: Sequence[Fraction]) -> Value | Decimal:
    """The root of `factor` near `root`: exact up to degree 2, else by its digits (Newton)."""
    if len(factor) == 2:
        return -factor[1] / factor[0]
    if len(factor) == 3:
        lags = {lag: -c / factor[0] for lag, c in enumerate(factor) if lag and c}
        roots = [value for value, _ in characteristic_roots(lags)]
        return min(roots, key=lambda value: abs(float(value) - root))
    with localcontext() as context:
        context.prec = _DIGITS
        x = Decimal(root)
        for _ in range(8):
            value, slope = Decimal(0), Decimal(0)
            for c in factor:
                value, slope = (
                    value * x + Decimal(c.numerator) / Decimal(c.denominator),
                    slope * x + value,
                )
            x -= value / slope
        return +x


# --- the solution --------------------------------------------------------------------------


class _Interleaved:
    """One recurrence, part by part."""

    def __init__(self, problem: RecurrenceInput, shift: Shift, start: int, terms: Terms) -> None:
        self.problem, self.shift, self.start, self.terms = problem, shift, start, terms
        self.n = Sym(problem.names.variable)
        self.k, _, self.m, *_ = spare_letters(problem.names)
        self.every = math.gcd(*shift.lags)
        self.values = [self._term(start + i) for i in range(_TERMS)]
        self.leads = [leading(self.values[rest :: self.every]) for rest in range(self.every)]
        self.parts = self._parts()
        self.closed = None if self.parts is None else self._together(self.parts)
        self._verify()
        self.course = self._course()

    def _term(self, place: int) -> Fraction:
        value = self.terms.at(Fraction(place))
        if not isinstance(value, Fraction):
            raise NotSolved("The terms are no fractions, so it cannot be told how they grow.")
        return value

    def _rest(self, index: int) -> int:
        """Which rest by g the part has that begins `index` after the start."""
        return (self.start + index) % self.every

    def _parts(self) -> dict[int, ExpPoly] | None:
        """rest -> the function of m with T(g m + rest); None where one has no formula."""
        g, found = self.every, dict[int, ExpPoly]()
        if g == 1:
            return None
        lags = {lag // g: factor for lag, factor in self.shift.lags.items()}
        for index in range(g):
            rest = self._rest(index)
            begins = (self.start + index) // g
            values = tuple(self.values[index::g][: max(lags)])
            try:
                closed = solve_exactly(lags, _every(self.shift.function, g, rest), begins, values)
            except RootsNotExact:
                return None
            found[rest] = closed.function
        return found

    def _together(self, parts: dict[int, ExpPoly]) -> Expr | None:
        """One formula with n mod g and floor(n/g)."""
        g = self.every
        rest, whole = Call("mod", self.n, num(g)), Call("floor", over(self.n, num(g)))
        rates = {rate for part in parts.values() for rate in part.terms}
        pieces = []
        for rate in sorted(rates, key=lambda value: -abs(float(value))):
            if isinstance(rate, Surd) and rate.d < 0:
                return None
            degree = max(len(part.terms.get(rate, ())) for part in parts.values())
            for exponent in reversed(range(degree)):
                column = [_coefficient(parts[r], rate, exponent) for r in range(g)]
                factor = _through(column, rest)
                if factor != ZERO:
                    shape = (power(whole, num(exponent)), power(value_expr(rate), whole))
                    pieces.append(times(factor, *shape))
        return plus(*pieces)

    def _verify(self) -> None:
        if self.closed is None:
            return
        for index, value in enumerate(self.values):
            at = Letters({self.n.name: Fraction(self.start + index)})
            if not close(evaluate(self.closed, at), value):
                raise Contradiction(_WRONG)

    def _course(self) -> Asymptotic:
        present = [lead for lead in self.leads if lead is not None]
        if not present:
            return Asymptotic(Course.ZERO, None)
        growths = [self._growth(lead) for lead in present]
        highest = max(growths)
        if any(lead.turning for lead in present):
            return Asymptotic(Course.TURNING, None, highest)
        if len(present) < len(self.leads) or any(growth != highest for growth in growths):
            return Asymptotic(Course.UNEVEN, None, highest)
        signs = {(value > 0) - (value < 0) for value in self.values[-2 * self.every :]}
        course = (
            Course.ALTERNATING if len(signs) > 1 else Course.POSITIVE if signs == {1} else Course.NEGATIVE
        )
        return Asymptotic(course, highest)

    def _growth(self, lead: Leading) -> Growth:
        """base^(n/g) n^degree."""
        n, g = self.n, self.every
        if isinstance(lead.base, Decimal) or (isinstance(lead.base, Surd) and g > 1):
            with localcontext() as context:
                context.prec = _DIGITS
                root = abs(_decimal(lead.base)) ** (Decimal(1) / g)
            return Growth(root, rational(lead.degree))
        base = value_expr(-lead.base if float(lead.base) < 0 else lead.base)
        shape = times(power(n, num(lead.degree)), Pow(base, over(n, num(g))))
        return growth_of(shape, n.name)

    # --- lines ---

    def solution(self, first: FirstValues) -> Solution:
        steps = Steps()
        n = self.n
        right = plus(
            *(times(num(c), self.problem.term(minus(n, num(lag)))) for lag, c in self.shift.lags.items()),
            self.shift.forcing,
        )
        given, values = opening(steps, self.problem, right, first)
        uses: tuple[int, ...] = (given, *values)
        if self.parts is not None and self.closed is not None:
            uses = self._told_by_parts(steps, given, values)
        else:
            uses = (*uses, *self._told_by_root(steps, given))
        class_line(steps, self.problem, self.course, uses)
        return Solution(
            method=UNROLLING if self._single else CHARACTERISTIC,
            first=first,
            steps=steps.finished(),
            world=self._world(),
            closed=self.closed,
            course=self.course,
            domain=None,
            everywhere=True,
            since=first.start if first.start > 1 or first.note else None,
            agreements=self._agreements(),
            methods=self._methods(),
            conventions=first_order_conventions(self.problem, first),
        )

    @property
    def _single(self) -> bool:
        return len(self.shift.lags) == 1

    def _told_by_parts(self, steps: Steps, given: int, values: tuple[int, ...]) -> tuple[int, ...]:
        lines = []
        for rest, part in sorted((self.parts or {}).items()):
            place = plus(times(num(self.every), self.m), num(rest))
            facts = {"step": str(self.every), "rest": str(rest)}
            formula = exp_poly_expr(part, self.m)
            lines.append(
                steps.add("every-step", self.problem.term(place), formula, uses=(given, *values), facts=facts)
            )
        closed = self.closed or ZERO
        facts = {"step": str(self.every)}
        line = steps.add("put-together", self.problem.term(self.n), closed, uses=tuple(lines), facts=facts)
        return (line,)

    def _told_by_root(self, steps: Steps, given: int) -> tuple[int, ...]:
        lead = next((lead for lead in self.leads if lead is not None), None)
        if lead is None or not isinstance(lead.base, Decimal) or lead.turning or self.every > 1:
            return ()
        r = root_letter(self.problem.names)
        *lower, last = lead.equation[1:]
        top = len(lead.equation) - 1
        right = plus(*(times(num(-c), power(r, num(top - 1 - i))) for i, c in enumerate(lower)), num(-last))
        facts = {"digits": f"{lead.base:.12f}".rstrip("0"), "r": latex(r)}
        return (steps.add("numeric-root", power(r, num(top)), right, uses=(given,), facts=facts),)

    def _world(self) -> TermsWorld:
        r, lead = root_letter(self.problem.names).name, self.leads[0]
        base = float(lead.base) if lead is not None else 1.0
        lowest = self.start + max(self.shift.lags) + 1
        places = [self.start + _SHOWN, *range(lowest, lowest + _POINTS)]
        values: list[dict[str, Number]] = [
            {self.n.name: Fraction(place), self.m.name: Fraction(-(-place // self.every)), r: base}
            for place in dict.fromkeys(places)
        ]
        return TermsWorld(self.terms, values, self.n.name, self._far)

    def _far(self, step: Step) -> list[float]:
        if step.growth is None:
            return []
        base, power_of = float(step.growth.base), float(step.growth.power)
        found = []
        far = [self.start + count * self.every for count in _FAR]  # of the same rest
        self.terms.through([Fraction(place) for place in range(self.start + _TERMS, far[-1] + 1)])
        for place in far:
            size = of_number(self._term(place)).log10
            found.append(10 ** (size - place * math.log10(base) - power_of * math.log10(place)))
        return found

    def _agreements(self) -> tuple[Agreement, ...]:
        value = self._term(self.start + _SHOWN)
        found = [agreement("terms of the recurrence", value, value)]
        if self.closed is not None:
            at = Letters({self.n.name: Fraction(self.start + _SHOWN)})
            found.append(agreement("closed form", evaluate(self.closed, at), value))
        return tuple(found)

    def _methods(self) -> tuple[Method, ...]:
        name, n = self.problem.names
        if self._single:
            return (
                Method(
                    UNROLLING, True, f"It leads from {name}({n}) in steps of {self.every} to a first value."
                ),
                Method(CHARACTERISTIC, False, "Its roots are no numbers made of one square root here."),
            )
        exact = "all of it is exact" if self.closed is not None else "its largest root is known by its digits"
        return (Method(CHARACTERISTIC, True, f"All factors are constant; {exact}."),)


def _decimal(value: Value | Decimal) -> Decimal:
    """With as many digits as the context has."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Surd):
        parts = [Decimal(part.numerator) / part.denominator for part in (value.p, value.q)]
        return parts[0] + parts[1] * Decimal(value.d).sqrt()
    return Decimal(value.numerator) / value.denominator


def _every(function: ExpPoly, g: int, rest: int) -> ExpPoly:
    """m -> function(g m + rest)."""
    moved = function.shifted(rest)
    return exp_poly(
        {
            rate**g: tuple(c * Fraction(g) ** power_of for power_of, c in enumerate(poly))
            for rate, poly in moved.terms.items()
        }
    )


def _coefficient(part: ExpPoly, rate: Value, exponent: int) -> Value:
    poly = part.terms.get(rate, ())
    return poly[exponent] if exponent < len(poly) else Fraction(0)


def _through(column: Sequence[Value], rest: Expr) -> Expr:
    """The polynomial in `rest` that takes these values at 0, 1, 2, ..."""
    coefficients: list[Value] = [Fraction(0)] * len(column)
    for i, value in enumerate(column):
        basis: list[Fraction] = [Fraction(1)]
        for j in range(len(column)):
            if j != i:
                scale = Fraction(1, i - j)
                raised = [Fraction(0), *basis]
                lowered = [*(-j * c for c in basis), Fraction(0)]
                basis = [(a + b) * scale for a, b in zip(raised, lowered, strict=True)]
        coefficients = [c + value * b for c, b in zip(coefficients, basis, strict=True)]
    function = exp_poly({Fraction(1): tuple(coefficients)})
    if not function.terms:
        return ZERO
    letter = Sym("x")
    return put(exp_poly_expr(function, letter), "x", rest)
