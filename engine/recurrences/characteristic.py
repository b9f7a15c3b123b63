"""T(n) = c_1 T(n-1) + ... + c_d T(n-d) + f(n), by the roots of the characteristic equation."""

from __future__ import annotations

from engine.recurrences.closed import Closed
from engine.recurrences.first import FirstValues
from engine.recurrences.normal import Shift
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.steps import Steps
from engine.symbolic.expr import ZERO, Expr, Sym, minus, num, plus, power, put, times
from engine.symbolic.formula import Names
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.surd import Value, value_expr
from engine.symbolic.typeset import latex


def constant_letters(names: Names, count: int) -> list[Sym]:
    """A, B, C, ... for the constants of the general solution, none that means something else."""
    return [Sym(letter) for letter in "ABCDEGHJKLMNPQ" if letter not in names][:count]


class Characteristic:
    """Writes the lines of one recurrence of higher order into `steps`."""

    def __init__(
        self, steps: Steps, problem: RecurrenceInput, shift: Shift, first: FirstValues, closed: Closed
    ) -> None:
        self._steps = steps
        self._problem = problem
        self._shift = shift
        self._first = first
        self._closed = closed
        self._n = Sym(problem.names.variable)
        self._letters = constant_letters(problem.names, len(closed.basis))
        self._special = exp_poly_expr(closed.particular, self._n)

    def solve(self, given: int, first: tuple[int, ...]) -> int:
        """From the recurrence (line `given`) and the first values to T(n); returns its line."""
        roots = tuple(self._root(root, count, given) for root, count in self._closed.roots)
        special = (self._particular(given),) if self._shift.function.terms else ()
        general = self._general((*roots, *special))
        constants = self._constants(general, first)
        return self._insert((general, *constants))

    def _root(self, root: Value, count: int, given: int) -> int:
        """The line that puts one root into the characteristic equation."""
        order = max(self._shift.lags)
        letter = Sym("r")
        right = plus(*(times(num(c), power(letter, num(order - lag))) for lag, c in self._shift.lags.items()))
        left = power(letter, num(order))
        shown = value_expr(root)
        facts = {
            "equation": f"{latex(left)} = {latex(right)}",
            "root": latex(shown),
            "often": "once" if count == 1 else f"{count} times",
        }
        sides = (put(left, "r", shown), put(right, "r", shown))
        return self._steps.add("characteristic-root", *sides, uses=(given,), facts=facts)

    def _particular(self, given: int) -> int:
        n = self._n
        back = [
            times(num(c), put(self._special, n.name, minus(n, num(lag))))
            for lag, c in self._shift.lags.items()
        ]
        right = plus(*back, self._shift.forcing)
        facts = {"special": latex(self._special)}
        return self._steps.add("particular", self._special, right, uses=(given,), facts=facts)

    def _general_at(self, place: Expr) -> Expr:
        members = [exp_poly_expr(member, place) for member in self._closed.basis]
        special = exp_poly_expr(self._closed.particular, place) if self._closed.particular.terms else ZERO
        return plus(
            *(times(letter, part) for letter, part in zip(self._letters, members, strict=True)), special
        )

    def _general(self, uses: tuple[int, ...]) -> int:
        letters = ", ".join(latex(letter) for letter in self._letters)
        left = self._problem.term(self._n)
        return self._steps.add(
            "general-solution", left, self._general_at(self._n), uses=uses, facts={"letters": letters}
        )

    def _constants(self, general: int, first: tuple[int, ...]) -> tuple[int, ...]:
        """One equation for each first value, then one line for each constant."""
        equations = []
        for line, place in zip(first, self._first.table, strict=True):
            facts = {"place": str(place)}
            right = self._at_number(place)
            equations.append(
                self._steps.add(
                    "fit-constant", self._problem.term(place), right, uses=(general, line), facts=facts
                )
            )
        values = [value_expr(constant) for constant in self._closed.constants]
        return tuple(
            self._steps.add("solve-constant", letter, value, uses=tuple(equations))
            for letter, value in zip(self._letters, values, strict=True)
        )

    def _at_number(self, place: int) -> Expr:
        """The general solution at a number, with what is known worked out: A + B, not A 2^0 + B 1^0."""
        parts = [
            times(value_expr(member(place)), letter)
            for member, letter in zip(self._closed.basis, self._letters, strict=True)
        ]
        special = value_expr(self._closed.particular(place))
        return plus(*parts, special)

    def _insert(self, uses: tuple[int, ...]) -> int:
        closed = exp_poly_expr(self._closed.function, self._n)
        return self._steps.add("insert-constants", self._problem.term(self._n), closed, uses=uses)
