"""T(n) = c_1 T(n-1) + ... + c_d T(n-d) + f(n): solves, tells and checks.

First order is told by unrolling, higher order by the characteristic equation; the opening
and the closing lines (constants that vanish, induction, class) are the same for both.
"""

from __future__ import annotations

import math
from fractions import Fraction

from engine.recurrences.asymptotic import Asymptotic, asymptotic, quotients
from engine.recurrences.characteristic import Characteristic, constant_letters, real_basis, root_letter
from engine.recurrences.closed import Closed, holds
from engine.recurrences.first import FirstValues, for_shift
from engine.recurrences.forcing import as_exp_poly
from engine.recurrences.linear import Unrolling, spare_letters
from engine.recurrences.methods import CHARACTERISTIC, UNROLLING
from engine.recurrences.normal import MAX_LAG, Contradiction, NotSolved, Pieces, Shift
from engine.recurrences.opening import class_line, conventions, opening
from engine.recurrences.second_opinion import sympy_value
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.solution import Solution
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.turning import size_as_float
from engine.recurrences.verify import agreement, close
from engine.symbolic.expr import Expr, Sym, minus, num, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.report import Agreement, Method
from engine.symbolic.surd import value_expr
from engine.symbolic.typeset import latex

_POINTS = 24  # at which every line is tried
_TERMS = 60  # that the closed form is held against
_DIGITS = 200  # that T may reach there: formulas with roots are evaluated in floats
_SHOWN = 8  # places after the first value: the n whose values are shown


def form(problem: RecurrenceInput, pieces: Pieces) -> Shift | None:
    """c_1 .. c_d and f, where all factors are fractions and f is an exp-poly; else None.

    Raises:
        NotSolved: it looks too far back.
    """
    if pieces.odd is not None or pieces.histories or not pieces.pieces:
        return None
    lags: dict[int, Fraction] = {}
    for piece in pieces.pieces:
        lag = piece.lag
        if lag is None or lag.denominator > 1 or lag <= 0 or piece.constant is None:
            return None
        if lag > MAX_LAG:
            raise NotSolved(
                f"It looks back {lag} places, which is more than is solved here.", column=piece.term.at
            )
        lags[int(lag)] = lags.get(int(lag), Fraction(0)) + piece.constant
    lags = {lag: factor for lag, factor in sorted(lags.items()) if factor}
    function = as_exp_poly(pieces.forcing, problem.names.variable)
    return Shift(lags, pieces.forcing, function) if lags and function is not None else None


def solve(problem: RecurrenceInput, shift: Shift) -> tuple[Solution, ...]:
    """The solution of a recurrence in this normal form.

    Raises:
        NotSolved: as `first.for_shift` and `closed.solve`, or because the numbers contradict us.
    """
    first, closed = for_shift(problem, shift)
    terms = Terms(problem, first.table)
    _verify(terms, shift, first, closed)
    ways = (UNROLLING, CHARACTERISTIC) if max(shift.lags) == 1 else (CHARACTERISTIC,)
    return tuple(_solution(problem, shift, first, closed, terms, way) for way in ways)


def _solution(
    problem: RecurrenceInput, shift: Shift, first: FirstValues, closed: Closed, terms: Terms, way: str
) -> Solution:
    lines = _Lines(problem, shift, first, closed, way)
    return Solution(
        method=way,
        first=first,
        steps=lines.written(),
        world=_world(problem, first, closed, terms),
        closed=lines.formula,
        course=lines.course,
        domain=None,
        everywhere=True,
        since=first.start if first.start > 1 or first.note else None,
        agreements=_agreements(shift, first, closed, terms),
        methods=_methods(problem, shift),
        conventions=conventions(problem, first, closed),
    )


class _Lines:
    """The derivation, from the recurrence to the class."""

    def __init__(
        self, problem: RecurrenceInput, shift: Shift, first: FirstValues, closed: Closed, way: str
    ) -> None:
        self._problem, self._shift, self._first, self._closed = problem, shift, first, closed
        self._way = way
        self._n = Sym(problem.names.variable)
        self._steps = Steps()
        self.course: Asymptotic = asymptotic(closed.function)
        self.formula = exp_poly_expr(closed.function, self._n)

    def written(self) -> tuple[Step, ...]:
        problem, shift, first, closed = self._problem, self._shift, self._first, self._closed
        given, values = opening(self._steps, problem, self._right_side(), first)
        if self._way == UNROLLING:
            found = Unrolling(self._steps, problem, shift, first, closed).unroll(given, values)
            self._vanishing_constant(found, values)
        else:
            found = Characteristic(self._steps, problem, shift, first, closed).solve(given, values)
        proven = self._induction((given, *values, found))
        class_line(self._steps, problem, self.course, (found, proven))
        return self._steps.finished()

    def _right_side(self) -> Expr:
        n = self._n
        back = [times(num(c), self._problem.term(minus(n, num(lag)))) for lag, c in self._shift.lags.items()]
        return plus(*back, self._shift.forcing)

    def _vanishing_constant(self, found: int, first: tuple[int, ...]) -> None:
        """Says so where the first value is just the one that cancels a^n, and that changes the class."""
        [constant], [power_of_a], start = self._closed.constants, self._closed.basis, self._first.start
        usual, here = asymptotic(power_of_a).growth, self.course.growth
        if constant != 0 or usual is None or here is None or usual.compare(here) <= 0:
            return
        a = num(self._shift.lags[1])
        factor = minus(self._problem.term(start), value_expr(self._closed.particular(start)))
        rest = exp_poly_expr(self._closed.particular, self._n)
        whole = plus(times(factor, power(a, minus(self._n, num(start)))), rest)
        facts = {"factor": latex(factor), "power": latex(power(a, self._n))}
        self._steps.add(
            "vanishing-constant", self._problem.term(self._n), whole, uses=(found, *first), facts=facts
        )

    def _induction(self, uses: tuple[int, ...]) -> int:
        n = self._n
        back = [
            times(num(c), put(self.formula, n.name, minus(n, num(lag))))
            for lag, c in self._shift.lags.items()
        ]
        right = plus(*back, self._shift.forcing)
        return self._steps.add("induction", self.formula, right, uses=uses)


# --- checks --------------------------------------------------------------------------------


def _verify(terms: Terms, shift: Shift, first: FirstValues, closed: Closed) -> None:
    """The closed form against the recurrence's own terms, exactly, and against the recurrence for all n."""
    places = range(first.start, first.start + _TERMS)
    values = terms.through([Fraction(place) for place in places])
    same = all(close(closed.function(place), value) for place, value in zip(places, values, strict=True))
    if not same or not holds(shift.lags, shift.function, closed.function):
        raise Contradiction(
            "The formula that was found does not give the terms of the recurrence, so it is not shown."
        )


def _world(problem: RecurrenceInput, first: FirstValues, closed: Closed, terms: Terms) -> TermsWorld:
    """Many values of n, the shown one first, each with some k that stays within reach of the first value."""
    n, k = problem.names.variable, spare_letters(problem.names)[0].name
    order = len(closed.basis)
    lowest = first.start + max(3, order)
    steepest = max(size_as_float(root) for root, _ in closed.roots)
    most = _POINTS if order == 1 else _POINTS // 2  # numbers with roots take longer
    count = min(most, int(_DIGITS / math.log10(max(steepest, 10.0))))
    shown = first.start + _SHOWN
    places = [shown, *(place for place in range(lowest, lowest + count) if place != shown)]
    letters = constant_letters(problem.names, order)
    basis = real_basis(closed, Sym(n))
    constants = {letter.name: value for letter, (_, value) in zip(letters, basis, strict=False)}
    r = root_letter(problem.names).name
    values = [
        {
            n: Fraction(place),
            k: Fraction(3 if i == 0 else 1 + i % (place - first.start)),
            r: Fraction(2 + i),
            **constants,
        }
        for i, place in enumerate(places)
    ]

    def far(step: Step) -> list[float]:
        return quotients(closed.function, step.growth) if step.growth is not None else []

    return TermsWorld(terms, values, n, far)


def _agreements(shift: Shift, first: FirstValues, closed: Closed, terms: Terms) -> tuple[Agreement, ...]:
    """Independent ways to T at the shown n."""
    place = first.start + _SHOWN
    reference = closed.function(place)
    found = [agreement("closed form", reference, reference)]
    found.append(agreement("terms of the recurrence", terms.at(Fraction(place)), reference))
    other = sympy_value(shift, first, place)
    if other is not None:
        found.append(agreement("SymPy's sum", other, reference))
    return tuple(found)


def _methods(problem: RecurrenceInput, shift: Shift) -> tuple[Method, ...]:
    name, n = problem.names
    if max(shift.lags) == 1:
        return (
            Method(UNROLLING, True, f"{name}({n}-1) can be replaced again and again, and a pattern shows."),
            Method(CHARACTERISTIC, True, f"Its one root is {shift.lags[1]}; it leads to the same formula."),
        )
    unrolling = (
        f"With {len(shift.lags)} terms on the right each substitution brings more terms, not a pattern."
    )
    if len(shift.lags) == 1:
        unrolling = (
            f"It would reach only every {max(shift.lags)}th place, so it would need a case for each rest."
        )
    return (
        Method(CHARACTERISTIC, True, "All factors are constant, so its roots give every solution."),
        Method(UNROLLING, False, unrolling),
    )
