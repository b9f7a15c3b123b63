"""A class n^p log^q n (log log n)^s ... with p of any kind, as a Growth."""

from __future__ import annotations

from fractions import Fraction

from engine.growth.classes import Exponent, Growth, from_log
from engine.growth.constants import Constant, constant, ln, numeric, of_value
from engine.growth.monomials import atom, merged
from engine.growth.series import Series
from engine.recurrences.akra_bazzi import Bounds
from engine.recurrences.drive import Drive
from engine.recurrences.split_exponent import SplitExponent
from engine.symbolic.decimals import by_decimals
from engine.symbolic.expr import Call, Expr, Sym, num, power, times
from engine.symbolic.surd import value_expr


def power_constant(p: SplitExponent) -> Constant:
    """p, exact where it is."""
    if p.exact is not None:
        return p.exact.constant
    if p.root is not None and p.ground is not None:
        return -ln(of_value(p.root)) / ln(constant(p.ground))
    return numeric(p.digits)


def power_expr(p: SplitExponent) -> Expr:
    """p as it is written: the letter p itself where it has no closed form."""
    if p.exact is not None:
        return p.exact.expr
    if p.root is not None and p.ground is not None:
        return Call("log", value_expr(1 / p.root), num(p.ground))
    return Sym("p")


def growth_of_bounds(bounds: Bounds, p: SplitExponent) -> Growth:
    power = power_constant(p) if bounds.power is None else bounds.power.constant
    growth = _growth(power, bounds.logs, bounds.loglogs, bounds.deep)
    return growth if bounds.power is not None or p.exact is not None else _Irrational(growth, p, bounds)


class _Irrational(Growth):
    """A class with a power that is a logarithm of a root, or known by its digits only."""

    def __init__(self, growth: Growth, p: SplitExponent, bounds: Bounds) -> None:
        super().__init__()
        self.log = growth.log
        self._p, self._bounds = p, bounds

    def expr(self, variable: str) -> Expr:
        known = power_expr(self._p) if self._p.is_exact else num(by_decimals(self._p.digits))
        logs = logarithms(self._bounds)
        shown = power(Sym(variable), known)
        return shown if logs.constant else times(shown, logs.expr(variable))


def growth_of_drive(drive: Drive) -> Growth:
    """The class of an f that is not `fast`."""
    return _growth(drive.power.constant, drive.logs, drive.loglogs, Fraction(0))


def under_logarithm(front: Exponent, bounds: Bounds, p: SplitExponent) -> Growth:
    """n^front times the class of `bounds` with log n for its letter: what n = 2^m makes of it."""
    power = power_constant(p) if bounds.power is None else bounds.power.constant
    return _growth(front.constant, power, bounds.logs, bounds.loglogs, bounds.deep)


def logarithms(bounds: Bounds) -> Growth:
    """The class without its power of n: what the integral adds to the leaves."""
    return _growth(constant(0), bounds.logs, bounds.loglogs, bounds.deep)


def _growth(power: Constant, *logs: Fraction | Constant) -> Growth:
    terms = [(power, atom((0, 1)))]
    for depth, q in enumerate(logs, start=2):
        terms.append((q if isinstance(q, Constant) else constant(q), atom((0, depth))))
    return from_log(Series(merged(terms)))


def approximately(p: SplitExponent) -> str:
    """p to twelve digits, for a sentence."""
    return f"{p.digits:.12f}".rstrip("0").rstrip(".")
