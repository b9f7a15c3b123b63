"""A typed formula -> summands as `hyper.py` has them; whatever is of no such kind becomes their `other`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from engine.recurrences.exppoly import ExpPoly
from engine.recurrences.factoring import factors
from engine.recurrences.forcing import as_exp_poly
from engine.recurrences.hyper import HALF, Hyper
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
)
from engine.symbolic.surd import Surd

_MOST = 24  # summands of one function
_SPREAD = 40  # the largest |α|, and the longest power that is taken apart


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
        return _to_number(call.body, HALF, variable)
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
