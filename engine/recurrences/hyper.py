"""Summands of first-order recurrences: c r^n q^(n(n+1)/2) n!^k times powers of n + α and one more function.

Running products (T(n) = n T(n-1) and the like) and what is added on the way are both of this
shape, so dividing one by the other is exact and factorials cancel. Half-whole α are kept apart:
(1/2)(3/2)...(n - 1/2) is (2n)!/(4^n n!). Knows nothing of recurrences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

from engine.recurrences.exppoly import ExpPoly
from engine.recurrences.factoring import factors
from engine.recurrences.forcing import as_exp_poly
from engine.symbolic.evaluate import Letters, constant, evaluate
from engine.symbolic.expr import (
    ONE,
    Add,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    letters,
    num,
    over,
    plus,
    power,
    put,
    times,
)
from engine.symbolic.surd import Surd

_MOST = 24  # summands of one function
_SPREAD = 40  # the largest |α|, and the longest power that is taken apart
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Hyper:
    """factor * rate^n * square^(n(n+1)/2) * n!^factorials * h(n)^halves * prod (n + α)^powers[α] * other.

    h(n) = (1/2)(3/2)...(n - 1/2); `other` is a function of n such as log n, or 1.
    """

    factor: Fraction = Fraction(1)
    rate: Fraction = Fraction(1)
    square: Fraction = Fraction(1)
    factorials: int = 0
    halves: int = 0
    powers: Mapping[Fraction, Fraction] = field(default_factory=dict)
    other: Expr = ONE

    def times(self, other: Hyper) -> Hyper:
        powers = dict(self.powers)
        for shift, exponent in other.powers.items():
            powers[shift] = powers.get(shift, Fraction(0)) + exponent
        return Hyper(
            self.factor * other.factor,
            self.rate * other.rate,
            self.square * other.square,
            self.factorials + other.factorials,
            self.halves + other.halves,
            {shift: exponent for shift, exponent in powers.items() if exponent},
            times(self.other, other.other),
        )

    def inverse(self) -> Hyper | None:
        """1 over it; None where it is 0 or has another function in it."""
        if not self.factor or self.other != ONE:
            return None
        powers = {shift: -exponent for shift, exponent in self.powers.items()}
        return Hyper(1 / self.factor, 1 / self.rate, 1 / self.square, -self.factorials, -self.halves, powers)

    @property
    def plain(self) -> bool:
        """Whether it is rational: no factorials, no powers of numbers, no other functions, no roots."""
        whole = all(exponent.denominator == 1 for exponent in self.powers.values())
        return whole and self.geometric and self.rate == 1

    @property
    def geometric(self) -> bool:
        """Whether it has neither factorials nor other functions."""
        return self.square == 1 and not self.factorials and not self.halves and self.other == ONE

    def expr(self, n: Expr) -> Expr:
        """As one writes it, with `n` put in."""
        top, bottom = _shown(self, n)
        front = num(abs(self.factor.numerator))
        whole = over(times(front, *top), times(num(self.factor.denominator), *bottom))
        whole = times(whole, put(self.other, "n", n)) if self.other != ONE else whole
        return times(num(-1), whole) if self.factor < 0 else whole

    def moved(self, by: int) -> Hyper:
        """n -> self(n + by), for one without `other` and `square`; factorials become n! again."""
        powers = {shift + by: exponent for shift, exponent in self.powers.items()}
        found = Hyper(self.factor * self.rate**by, self.rate, Fraction(1), powers=powers)
        for _ in range(abs(self.factorials)):
            found = found.times(_rising(by, Fraction(0), self.factorials))
        for _ in range(abs(self.halves)):
            found = found.times(_rising(by, -_HALF, self.halves))
        return replace(found, factorials=self.factorials, halves=self.halves)


def _rising(by: int, offset: Fraction, sign: int) -> Hyper:
    """(n + by)! / n! as powers, or one over it; for halves with their offset."""
    up = range(1, by + 1) if by > 0 else range(by + 1, 1)
    exponent = Fraction((1 if by > 0 else -1) * (1 if sign > 0 else -1))
    powers: dict[Fraction, Fraction] = {}
    for step in up:
        powers[step + offset] = powers.get(step + offset, Fraction(0)) + exponent
    return Hyper(powers=powers)


def _shown(hyper: Hyper, n: Expr) -> tuple[list[Expr], list[Expr]]:
    """Factors above and below the line."""
    above, below = list[Expr](), list[Expr]()
    factorials, powers = _merged(replace(hyper, factorials=hyper.factorials - hyper.halves))
    for shift, exponent in sorted(powers.items()):
        letter = plus(n, num(shift)) if shift >= 0 else plus(n, times(num(-1), num(-shift)))
        side = above if exponent > 0 else below
        side.append(Call("sqrt", letter) if abs(exponent) == _HALF else power(letter, num(abs(exponent))))
    for moved, count in factorials:
        letter = plus(n, num(moved)) if moved >= 0 else plus(n, times(num(-1), num(-moved)))
        (above if count > 0 else below).append(power(Call("factorial", letter), num(abs(count))))
    rate: Fraction = hyper.rate
    if hyper.halves:
        double = Call("factorial", times(num(2), n))
        (above if hyper.halves > 0 else below).append(power(double, num(abs(hyper.halves))))
        rate = Fraction(rate * Fraction(1, 4) ** hyper.halves)
    if rate != 1:
        upside = 0 < rate.numerator == 1 and rate.denominator > 1
        side, base = (below, 1 / rate) if upside else (above, rate)
        side.append(Pow(num(base), n))
    if hyper.square != 1:
        upside = hyper.square < 1
        side, base = (below, 1 / hyper.square) if upside else (above, hyper.square)
        side.append(Pow(num(base), over(times(n, plus(n, ONE)), num(2))))
    return above, below


def _merged(hyper: Hyper) -> tuple[list[tuple[int, int]], dict[Fraction, Fraction]]:
    """n! with its neighbours taken in: n! / n is (n - 1)!."""
    powers, shift, count = dict(hyper.powers), 0, hyper.factorials
    if abs(count) != 1:
        return ([(0, count)] if count else []), powers
    while powers.get(Fraction(shift + 1)) == count:
        shift += 1
        del powers[Fraction(shift)]
    while shift <= 0 and powers.get(Fraction(shift)) == -count:
        del powers[Fraction(shift)]
        shift -= 1
    return [(shift, count)], powers


# --- reading -------------------------------------------------------------------------------


def read(expr: Expr, variable: str) -> list[Hyper] | None:
    """`expr` as a sum of these, or None. The letter inside `other` is n, whatever `variable` is."""
    function = as_exp_poly(expr, variable)
    if function is not None:
        return _of_exp_poly(function)
    found = _read(expr, variable)
    return None if found is None or len(found) > _MOST else _joined(found)


def _of_exp_poly(function: ExpPoly) -> list[Hyper] | None:
    found = []
    for rate, poly in function.terms.items():
        if isinstance(rate, Surd) or any(isinstance(c, Surd) for c in poly):
            return None
        found += [
            Hyper(c, rate, powers={Fraction(0): Fraction(i)} if i else {})
            for i, c in enumerate(poly)
            if isinstance(c, Fraction) and c
        ]
    return found


def _joined(found: list[Hyper]) -> list[Hyper]:
    """Without those that cancel."""
    total: dict[object, Hyper] = {}
    for hyper in found:
        key = replace(hyper, factor=Fraction(1), powers={}), tuple(sorted(hyper.powers.items()))
        text = repr(key)
        known = total.get(text)
        total[text] = hyper if known is None else replace(hyper, factor=known.factor + hyper.factor)
    return [hyper for hyper in total.values() if hyper.factor]


def _read(expr: Expr, variable: str) -> list[Hyper] | None:  # noqa: PLR0911 - one case a node
    if variable not in letters(expr):
        value = constant(expr)
        return [Hyper(value)] if value is not None else [Hyper(other=expr)] if not letters(expr) else None
    match expr:
        case Sym():
            return [Hyper(powers={Fraction(0): Fraction(1)})]
        case Neg(body):
            return _product([[Hyper(Fraction(-1))], read(body, variable)])
        case Add(parts):
            found = [read(part, variable) for part in parts]
            return None if None in found else [hyper for part in found for hyper in part or ()]
        case Mul(parts):
            return _product([read(part, variable) for part in parts])
        case Div(above, below):
            return _product([read(above, variable), _below(below, variable)])
        case Pow(base, exponent):
            return _power(base, exponent, variable)
        case Call():
            return _call(expr, variable)
        case _:
            return [Hyper(other=put(expr, variable, Sym("n")))]


def _product(parts: list[list[Hyper] | None]) -> list[Hyper] | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    found = [Hyper()]
    for part in known:
        if len(found) * len(part) > _MOST:
            return None
        found = _joined([a.times(b) for a, b in product(found, part)])
    return found


def _below(expr: Expr, variable: str) -> list[Hyper] | None:
    """1 over `expr`: of one summand, or of a polynomial that is a product of n + α."""
    single = as_factor(expr, variable)
    inverse = None if single is None else single.inverse()
    if inverse is not None:
        return [inverse]
    if single is not None:
        return None
    found = read(expr, variable)
    if found is not None and len(found) == 1 and found[0].factor:
        [hyper] = found
        rest = replace(hyper, other=ONE).inverse()
        return None if rest is None else [replace(rest, other=over(ONE, hyper.other))]
    return None


def as_factor(  # noqa: PLR0911 - one return a shape
    expr: Expr, variable: str
) -> Hyper | None:
    """`expr` as one summand without another function: polynomials as products of n + α; else None."""
    match expr:
        case Mul(parts):
            found = [as_factor(part, variable) for part in parts]
            total = Hyper()
            for part in found:
                if part is None:
                    return None
                total = total.times(part)
            return total
        case Div(above, below):
            top, bottom = as_factor(above, variable), as_factor(below, variable)
            turned = None if bottom is None else bottom.inverse()
            return None if top is None or turned is None else top.times(turned)
        case Neg(body):
            inner = as_factor(body, variable)
            return None if inner is None else replace(inner, factor=-inner.factor)
    function = as_exp_poly(expr, variable)
    if function is not None:
        return _as_product(function)
    common = _over_common(expr, variable)
    if common is not None:
        return common
    found_sum = _read(expr, variable)
    if found_sum is not None and len(found_sum) == 1 and found_sum[0].other == ONE:
        return found_sum[0]
    return None


def _over_common(expr: Expr, variable: str) -> Hyper | None:
    """1 - 2/n and the like as (n - 2)/n."""
    if not isinstance(expr, Add):
        return None
    parts = [as_factor(part, variable) for part in expr.terms]
    known = [part for part in parts if part is not None and part.plain]
    if len(known) < len(parts):
        return None
    below: dict[Fraction, Fraction] = {}
    for part in known:
        for shift, exponent in part.powers.items():
            below[shift] = max(below.get(shift, Fraction(0)), -exponent)
    cleared = Hyper(powers={shift: exponent for shift, exponent in below.items() if exponent})
    above = plus(*(part.times(cleared).expr(Sym(variable)) for part in known))
    function = as_exp_poly(above, variable)
    top, bottom = None if function is None else _as_product(function), cleared.inverse()
    return None if top is None or bottom is None else top.times(bottom)


def _as_product(function: ExpPoly) -> Hyper | None:
    """A polynomial times r^n as a product of n + α; None where it does not fall apart so."""
    if len(function.terms) != 1:
        return None
    [(rate, poly)] = function.terms.items()
    values = [c for c in poly if isinstance(c, Fraction)]
    if isinstance(rate, Surd) or len(values) < len(poly):
        return None
    powers: dict[Fraction, Fraction] = {}
    for factor, count in factors(values[::-1]) if len(values) > 1 else []:
        if len(factor) != 2 or abs(factor[1]) > _SPREAD:
            return None
        powers[factor[1]] = powers.get(factor[1], Fraction(0)) + count
    return Hyper(values[-1], rate, powers=powers)


def _power(base: Expr, exponent: Expr, variable: str) -> list[Hyper] | None:
    value = constant(exponent)
    if value is not None:
        return _to_number(base, value, variable)
    ground = constant(base)
    quadratic = as_exp_poly(exponent, variable)
    as_typed = [Hyper(other=put(Pow(base, exponent), variable, Sym("n")))]
    if ground is None or not ground or quadratic is None or quadratic.degree > 2:
        return as_typed
    c, b, a = (*quadratic.terms.get(Fraction(1), ()), Fraction(0), Fraction(0), Fraction(0))[:3]
    if set(quadratic.terms) - {Fraction(1)} or any(isinstance(v, Surd) for v in (a, b, c)):
        return as_typed
    pieces = [Fraction(str(v)) for v in (2 * a, b - a, c)]
    if any(piece.denominator > 1 or abs(piece) > _SPREAD for piece in pieces):
        return as_typed
    square, rate, factor = (ground ** int(piece) for piece in pieces)
    return [Hyper(factor, rate, square)]


def _to_number(  # noqa: PLR0911 - one return a shape
    base: Expr, exponent: Fraction, variable: str
) -> list[Hyper] | None:
    single = as_factor(base, variable)
    if single is not None and (exponent.denominator == 1 or single == replace(Hyper(), powers=single.powers)):
        if single.factorials and exponent.denominator > 1:
            return None
        powers = {shift: own * exponent for shift, own in single.powers.items()}
        if exponent.denominator > 1:
            return [Hyper(powers=powers)]
        whole = int(exponent)
        if abs(whole) > _SPREAD or (whole < 0 and not single.factor):
            return None
        return [
            Hyper(
                single.factor**whole,
                single.rate**whole,
                single.square**whole,
                single.factorials * whole,
                single.halves * whole,
                powers,
            )
        ]
    inner = read(base, variable)
    if inner is not None and len(inner) == 1 and inner[0] == Hyper(other=inner[0].other):
        return [Hyper(other=power(inner[0].other, num(exponent)))]
    if exponent.denominator == 1 and 1 < exponent <= 6:
        return _product([inner] * int(exponent))
    return [Hyper(other=power(put(base, variable, Sym("n")), num(exponent)))]


def _call(call: Call, variable: str) -> list[Hyper] | None:
    if call.name == "factorial":
        return _factorial(call.body, variable)
    if call.name == "sqrt":
        return _to_number(call.body, _HALF, variable)
    if call.name in ("log", "ln"):
        split = _logarithm(call, variable)
        if split is not None:
            return split
    return [Hyper(other=put(call, variable, Sym("n")))]


def _factorial(body: Expr, variable: str) -> list[Hyper] | None:
    """(n + k)!, and (2n)! by way of the halves."""
    line = as_exp_poly(body, variable)
    if line is None or set(line.terms) != {Fraction(1)} or line.degree != 1:
        return [Hyper(other=Call("factorial", put(body, variable, Sym("n"))))]
    offset, slope = line.terms[Fraction(1)]
    if slope == 1 and isinstance(offset, Fraction) and offset.denominator == 1 and abs(offset) <= _SPREAD:
        return [Hyper(factorials=1).moved(int(offset))]
    if slope == 2 and offset == 0:
        return [Hyper(rate=Fraction(4), factorials=1, halves=1)]
    return [Hyper(other=Call("factorial", put(body, variable, Sym("n"))))]


def _logarithm(call: Call, variable: str) -> list[Hyper] | None:
    """log(c n^k) as log c + k log n."""
    inner = as_factor(call.body, variable)
    if inner is None or not inner.plain or len(inner.powers) != 1 or inner.factor <= 0:
        return None
    [(shift, exponent)] = inner.powers.items()
    letter = plus(Sym("n"), num(shift)) if shift >= 0 else plus(Sym("n"), Neg(num(-shift)))
    found = [Hyper(exponent, other=replace(call, body=letter))]
    if inner.factor != 1:
        front = evaluate(replace(call, body=Num(inner.factor)), Letters({}))
        constant_log = Hyper(other=replace(call, body=Num(inner.factor)))
        found.append(Hyper(front) if isinstance(front, Fraction) else constant_log)
    return found
