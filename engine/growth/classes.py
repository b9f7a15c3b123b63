"""Growth: a class of functions up to constant factors, compared exactly and printed as Theta.

A class is kept as the terms of ln f that tend to infinity. Those of f and g are subtracted;
if nothing is left, f and g are of the same class, else the leading term says which one is
larger, without rounding wherever that can be done. Knows nothing of recurrences.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import total_ordering

from engine.growth import constants
from engine.growth.constants import Constant, constant, ln, numeric, of_value
from engine.growth.exponents import Exponent, by_digits, log_of, power_of, rational
from engine.growth.monomials import ONE as M_ONE
from engine.growth.monomials import Monomial, atom, merged
from engine.growth.naming import named, natural, tame
from engine.growth.numbers import value_of
from engine.growth.series import Series
from engine.growth.sizes import decided
from engine.symbolic.expr import Expr, Sym, put
from engine.symbolic.findings import Formula
from engine.symbolic.plain import plain
from engine.symbolic.surd import Surd, Value
from engine.symbolic.sympy_text import sympy_text
from engine.symbolic.typeset import bracketed, latex

__all__ = ["Exponent", "Growth", "by_digits", "compare_values", "from_log", "log_of", "power_of", "rational"]

_N, _LOG, _LOG_LOG = atom((0, 0)), atom((0, 1)), atom((0, 2))
_LETTER = "n"


@total_ordering
class Growth:
    """base^n * n^power * (log n)^logs, up to a constant factor; base > 0. Others come from `from_log`.

    Attributes:
        log: ln f; its constant term is that of f itself, and may be missing.
    """

    __slots__ = ("_shown", "log")

    def __init__(
        self,
        base: Value | Decimal = Fraction(1),
        power: Exponent = Exponent(Fraction(0)),  # noqa: B008 - frozen
        logs: Fraction = Fraction(0),
    ) -> None:
        """A base given by its digits is a root without a closed form; 40 digits are enough."""
        number = numeric(base) if isinstance(base, Decimal) else of_value(base)
        terms = ((ln(number), _N), (power.constant, _LOG), (constant(logs), _LOG_LOG))
        self.log = Series(merged(terms))
        self._shown: Expr | None = None

    def compare(self, other: Growth) -> int:
        """-1 if this grows more slowly, 1 if faster, 0 if both are the same class.

        Raises `series.Undecided` where one is not known closely enough for that.
        """
        if self._shown is not None and self._shown == other._shown:
            return 0
        return decided(self.log - other.log)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Growth) and self.compare(other) == 0

    def __lt__(self, other: Growth) -> bool:
        return self.compare(other) < 0

    def __hash__(self) -> int:
        return hash(len(self._terms()))  # coefficients may be written differently and yet be equal

    def __repr__(self) -> str:
        return f"Growth({self.text(_LETTER)})"

    def __mul__(self, other: Growth) -> Growth:
        return from_log(self.log + other.log)

    # --- its parts -------------------------------------------------------------------------

    def _terms(self) -> tuple[tuple[Constant, Monomial], ...]:
        return tuple(term for term in self.log.terms if term[1].compare(M_ONE) > 0)

    def _coefficient(self, monomial: Monomial) -> Constant:
        return next((own for own, own_of in self.log.terms if own_of == monomial), constants.ZERO)

    @property
    def simple(self) -> bool:
        """Whether it is base^n * n^power * (log n)^logs and nothing beside that."""
        return all(monomial in (_N, _LOG, _LOG_LOG) for _, monomial in self._terms())

    @property
    def base(self) -> Value:
        """Exact, or near it where the base is known by its digits only."""
        number = constants.exp(self._coefficient(_N))
        value = value_of(number)
        return Fraction(number.decimal()) if value is None else value

    @property
    def power(self) -> Exponent:
        number = self._coefficient(_LOG)
        known = number.fraction
        if known is not None:
            return rational(known)
        return _as_logarithm(number) or by_digits(number.decimal())

    @property
    def logs(self) -> Fraction:
        number = self._coefficient(_LOG_LOG)
        known = number.fraction
        return Fraction(number.decimal()) if known is None else known

    @property
    def constant(self) -> bool:
        """Whether it is Theta(1)."""
        return not self._terms()

    @property
    def vague(self) -> bool:
        """Whether it is not known up to a constant factor, such as ceil(log n)!."""
        return self.log.error is not None and self.log.error.compare(M_ONE) > 0

    # --- its names -------------------------------------------------------------------------

    def expr(self, variable: str) -> Expr:
        """The simplest function of the class; its logarithm has no base, as none matters."""
        terms = self._terms()
        if self._shown is not None and (self.vague or not tame(terms)):
            return put(self._shown, _LETTER, Sym(variable))
        return named(terms, variable)

    def formula(self, variable: str) -> Formula:
        """The simplest function of the class; for SymPy with the natural logarithm."""
        expr = self.expr(variable)
        return Formula(latex(expr), plain(expr), sympy_text(natural(expr)))

    def theta(self, variable: str) -> str:
        """LaTeX, e.g. \\Theta\\left(n \\log n\\right)."""
        return rf"\Theta{bracketed(latex(self.expr(variable)))}"

    def text(self, variable: str) -> str:
        """Plain text, e.g. Θ(n log n), for the command line and screen readers."""
        return f"Θ({plain(self.expr(variable))})"


def from_log(log: Series, shown: Expr | None = None) -> Growth:
    """The class of e^log. `shown` is a formula in the letter n for it, where one was typed."""
    growth = Growth()
    growth.log, growth._shown = log, shown
    return growth


def _as_logarithm(number: Constant) -> Exponent | None:
    """factor * ln a / ln b as an exponent; None for others."""
    if len(number.parts) != 1 or len(number.parts[0][0]) != 2:
        return None
    product, factor = number.parts[0]
    powers = {times: item for item, times in product}
    above, below = powers.get(Fraction(1)), powers.get(Fraction(-1))
    if above is None or below is None or not all(a.name == f"ln {a.prime}" for a in (above, below)):
        return None
    found = log_of(Fraction(above.prime), Fraction(below.prime))
    return Exponent(found.factor * factor, found.of, found.base)


def compare_values(first: Value, second: Value) -> int:
    """-1, 0 or 1 for two exact positive numbers, also of different √d: those are never equal."""
    if isinstance(first, Surd) and isinstance(second, Surd) and first.d != second.d:
        return of_value(first).compare(of_value(second))
    return (first > second) - (first < second)
