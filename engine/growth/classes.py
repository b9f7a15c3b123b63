"""Classes of growth base^n * n^power * log^q n, compared exactly and printed as Theta.

Bases are exact numbers, powers are fractions or logarithms such as log_2 3; two classes are
compared base first, then power, then logarithm, without rounding wherever that can be done.
Knows nothing of recurrences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache, total_ordering

from engine.symbolic.evaluate import bits, exact_root
from engine.symbolic.expr import ONE, Call, Expr, Pow, Sym, num, over, power, times
from engine.symbolic.plain import plain
from engine.symbolic.surd import Surd, Value, value_expr
from engine.symbolic.typeset import bracketed, latex

_DIGITS = 60  # of the tie break between two logarithms with nothing in common


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Exponent:
    """`factor` * log_base(of), or just `factor` where `of` is None; made by `rational` and `log_of`."""

    factor: Fraction
    of: Fraction | None = None
    base: Fraction | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exponent) and self.compare(other) == 0

    def __lt__(self, other: Exponent) -> bool:
        return self.compare(other) < 0

    def __hash__(self) -> int:
        return hash(round(float(self), 9))

    def __float__(self) -> float:
        return float(self._decimal())

    def compare(self, other: Exponent) -> int:
        """-1, 0 or 1. Exact where either is a fraction or both are the same logarithm."""
        if (self.of, self.base) == (other.of, other.base):
            return _sign(self.factor - other.factor)
        if other.of is None:
            return self._compare_fraction(other.factor)
        if self.of is None:
            return -other._compare_fraction(self.factor)
        return _sign(self._decimal() - other._decimal())

    def _compare_fraction(self, value: Fraction) -> int:
        """factor log_b a against p/q: a^(q factor) against b^p, in whole numbers where they stay small."""
        ratio = value / self.factor
        if self.of is None or self.base is None or abs(ratio.numerator) + ratio.denominator > 1000:
            return _sign(self._decimal() - Decimal(value.numerator) / value.denominator)
        side = _sign(self.of**ratio.denominator - self.base**ratio.numerator)
        return side if self.factor > 0 else -side

    def _decimal(self) -> Decimal:
        with localcontext() as context:
            context.prec = _DIGITS
            factor = Decimal(self.factor.numerator) / self.factor.denominator
            if self.of is None or self.base is None:
                return factor
            return factor * _ln(self.of) / _ln(self.base)

    @property
    def expr(self) -> Expr:
        if self.of is None or self.base is None:
            return num(self.factor)
        return times(num(self.factor), Call("log", num(self.of), num(self.base)))


def rational(value: Fraction | int) -> Exponent:
    return Exponent(Fraction(value))


@lru_cache(maxsize=1024)
def log_of(value: Fraction, base: Fraction) -> Exponent:
    """log_base(value) for value, base > 0, base != 1, in lowest terms: log_4 9 is log_2 3, log_4 8 is 3/2."""
    if value == 1:
        return rational(0)
    if value < 1 or base < 1:  # kept with both above 1, so that equal ones look equal and signs are plain
        turned = log_of(max(value, 1 / value), max(base, 1 / base))
        return replace(turned, factor=turned.factor * (-1 if (value < 1) != (base < 1) else 1))
    (root, times_in_value), (ground, times_in_base) = _core(value), _core(base)
    factor = Fraction(times_in_value, times_in_base)
    if root == ground:
        return rational(factor)
    return Exponent(factor, root, ground)


def power_of(letter: Sym, exponent: Exponent) -> Expr:
    """letter^exponent the way one writes it: with a root for 1/2, below a line if negative."""
    if exponent.of is not None:
        return power(letter, exponent.expr)
    if exponent.factor < 0:
        return over(ONE, power_of(letter, rational(-exponent.factor)))
    return Call("sqrt", letter) if exponent.factor == Fraction(1, 2) else power(letter, exponent.expr)


def _core(value: Fraction) -> tuple[Fraction, int]:
    """value = root^k with the largest k."""
    found, divisor = 1, 2
    while divisor <= bits(value):
        root = exact_root(value, divisor)
        if root is None or root == 1:
            divisor += 1 if divisor == 2 else 2  # composite ones find nothing that their factors left
        else:
            value, found = root, found * divisor
    return value, found


def _ln(value: Fraction) -> Decimal:
    return Decimal(value.numerator).ln() - Decimal(value.denominator).ln()


def _sign(value: Fraction | Decimal) -> int:
    return (value > 0) - (value < 0)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Growth:
    """base^n * n^power * (log n)^logs, up to a constant factor; base > 0."""

    base: Value = Fraction(1)
    power: Exponent = Exponent(Fraction(0))
    logs: Fraction = Fraction(0)

    def compare(self, other: Growth) -> int:
        """-1 if this grows more slowly, 1 if faster, 0 if both are the same class."""
        bases = compare_values(self.base, other.base)
        return bases or self.power.compare(other.power) or _sign(self.logs - other.logs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Growth) and self.compare(other) == 0

    def __lt__(self, other: Growth) -> bool:
        return self.compare(other) < 0

    def __hash__(self) -> int:
        return hash((self.base, self.power, self.logs))

    def expr(self, variable: str) -> Expr:
        """The simplest function of the class; its logarithm has no base, as none matters."""
        n = Sym(variable)
        logarithm = Pow(Call("log", n), num(self.logs)) if self.logs != 1 else Call("log", n)
        factors = [power_of(n, self.power), power(value_expr(self.base), n)]
        return times(*factors, *([logarithm] if self.logs else []))

    def theta(self, variable: str) -> str:
        """LaTeX, e.g. \\Theta\\left(n \\log n\\right)."""
        return rf"\Theta{bracketed(latex(self.expr(variable)))}"

    def text(self, variable: str) -> str:
        """Plain text, e.g. Θ(n log n), for the command line and screen readers."""
        return f"Θ({plain(self.expr(variable))})"


def compare_values(first: Value, second: Value) -> int:
    """-1, 0 or 1 for two exact positive numbers, also of different √d: those are never equal."""
    if isinstance(first, Surd) and isinstance(second, Surd) and first.d != second.d:
        return _sign(_decimal(first) - _decimal(second))
    return (first > second) - (first < second)


def _decimal(value: Surd) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        p, q = (Decimal(part.numerator) / part.denominator for part in (value.p, value.q))
        return p + q * Decimal(value.d).sqrt()
