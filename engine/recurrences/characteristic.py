"""T(n) = c_1 T(n-1) + ... + c_d T(n-d) + f(n), by the roots of the characteristic equation."""

from __future__ import annotations

from fractions import Fraction

from engine.recurrences.closed import Closed, characteristic_polynomial
from engine.recurrences.factoring import factors
from engine.recurrences.first import FirstValues
from engine.recurrences.normal import Shift
from engine.recurrences.show import exp_poly_expr, polynomial_expr
from engine.recurrences.steps import Steps
from engine.recurrences.turning import angle_expr, raised_size, real_and_imaginary, size_of, turns, wave
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import ZERO, Expr, Sym, minus, num, plus, power, put, times
from engine.symbolic.formula import Names
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.surd import Surd, Value, value_expr
from engine.symbolic.typeset import latex


def constant_letters(names: Names, count: int) -> list[Sym]:
    """A, B, C, ... for the constants of the general solution, none that means something else."""
    return [Sym(letter) for letter in "ABCDEGHJKLMNPQ" if letter not in names][:count]


def root_letter(names: Names) -> Sym:
    """The unknown of the characteristic equation."""
    return next(Sym(letter) for letter in "rxzs" if letter not in names)


def real_basis(closed: Closed, n: Sym) -> list[tuple[Expr, Value]]:
    """The basis as functions of n with their constants: of two conjugate powers a cosine and a sine."""
    found: list[tuple[Expr, Value]] = []
    for member, constant in zip(closed.basis, closed.constants, strict=True):
        [(rate, poly)] = member.terms.items()
        if not isinstance(rate, Surd) or not turns(rate):
            found.append((exp_poly_expr(member, n), constant))
            continue
        cosine, sine = real_and_imaginary((constant,))
        above = Surd(rate.p, abs(rate.q), rate.d)
        name, value = ("cos", cosine[0]) if rate.q > 0 else ("sin", -sine[0])
        found.append(
            (times(power(n, num(len(poly) - 1)), raised_size(above, n), wave(name, above, n)), value)
        )
    return found


class Characteristic:
    """Writes the lines of one recurrence into `steps`."""

    def __init__(
        self, steps: Steps, problem: RecurrenceInput, shift: Shift, first: FirstValues, closed: Closed
    ) -> None:
        self._steps = steps
        self._problem = problem
        self._shift = shift
        self._first = first
        self._closed = closed
        self._n = Sym(problem.names.variable)
        self._r = root_letter(problem.names)
        self._letters = constant_letters(problem.names, len(closed.basis))
        self._basis = real_basis(closed, self._n)
        self._special = exp_poly_expr(closed.particular, self._n)

    def solve(self, given: int, first: tuple[int, ...]) -> int:
        """From the recurrence (line `given`) and the first values to T(n); returns its line."""
        real = [(root, count) for root, count in self._closed.roots if not turns(root)]
        roots = [self._root(root, count, given) for root, count in real]
        if len(real) < len(self._closed.roots):
            roots.append(self._complex_roots(given))
        special = (self._particular(given),) if self._shift.function.terms else ()
        general = self._general((*roots, *special))
        constants = self._constants(general, first)
        return self._insert((general, *constants))

    def _equation(self) -> tuple[Expr, Expr]:
        """r^d and c_1 r^(d-1) + ... + c_d."""
        order, r = max(self._shift.lags), self._r
        parts = (times(num(c), power(r, num(order - lag))) for lag, c in self._shift.lags.items())
        return power(r, num(order)), plus(*parts)

    def _root(self, root: Value, count: int, given: int) -> int:
        """The line that puts one root into the characteristic equation."""
        left, right = self._equation()
        shown = value_expr(root)
        facts = {
            "equation": f"{latex(left)} = {latex(right)}",
            "root": latex(shown),
            "often": "once" if count == 1 else f"{count} times",
        }
        sides = (put(left, self._r.name, shown), put(right, self._r.name, shown))
        return self._steps.add("characteristic-root", *sides, uses=(given,), facts=facts)

    def _complex_roots(self, given: int) -> int:
        """The line that takes the polynomial apart; its quadratics without real roots are in the sentence."""
        left, right = self._equation()
        parts = factors(characteristic_polynomial(self._shift.lags))
        product = times(
            *(power(polynomial_expr(tuple(part[::-1]), self._r), num(count)) for part, count in parts)
        )
        above = [root for root, _ in self._closed.roots if isinstance(root, Surd) and turns(root)]
        facts = {
            "equation": f"{latex(left)} = {latex(right)}",
            "roots": ", ".join(f"${_polar(root)}$" for root in above if root.q > 0),
        }
        return self._steps.add("complex-roots", minus(left, right), product, uses=(given,), facts=facts)

    def _particular(self, given: int) -> int:
        n = self._n
        back = [
            times(num(c), put(self._special, n.name, minus(n, num(lag))))
            for lag, c in self._shift.lags.items()
        ]
        right = plus(*back, self._shift.forcing)
        facts = {"special": latex(self._special)}
        return self._steps.add("particular", self._special, right, uses=(given,), facts=facts)

    def _general(self, uses: tuple[int, ...]) -> int:
        letters = ", ".join(latex(letter) for letter in self._letters)
        left = self._problem.term(self._n)
        parts = (times(letter, part) for letter, (part, _) in zip(self._letters, self._basis, strict=True))
        special = self._special if self._closed.particular.terms else ZERO
        return self._steps.add(
            "general-solution", left, plus(*parts, special), uses=uses, facts={"letters": letters}
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
        return tuple(
            self._steps.add("solve-constant", letter, value_expr(value), uses=tuple(equations))
            for letter, (_, value) in zip(self._letters, self._basis, strict=True)
        )

    def _at_number(self, place: int) -> Expr:
        """The general solution at a number, with what is known worked out: A + B, not A 2^0 + B 1^0."""
        parts = [
            times(_worked_out(member, self._n, place), letter)
            for (member, _), letter in zip(self._basis, self._letters, strict=True)
        ]
        special = value_expr(self._closed.particular(place))
        return plus(*parts, special)

    def _insert(self, uses: tuple[int, ...]) -> int:
        closed = exp_poly_expr(self._closed.function, self._n)
        return self._steps.add("insert-constants", self._problem.term(self._n), closed, uses=uses)


def _worked_out(member: Expr, n: Sym, place: int) -> Expr:
    """`member` at a number: the value where it is exact, else as it stands."""
    value = evaluate(member, Letters({n.name: Fraction(place)}))
    return put(member, n.name, num(place)) if isinstance(value, float) else value_expr(value)


def _polar(root: Surd) -> str:
    """r (cos θ ± i sin θ), LaTeX."""
    angle = angle_expr(root)
    size = latex(value_expr(size_of(root)))
    front = "" if size == "1" else size
    return rf"{front}\left(\cos {latex(angle)} \pm i \sin {latex(angle)}\right)"
