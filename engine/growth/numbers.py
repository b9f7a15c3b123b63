"""An exact constant as a formula: 3/2, sqrt(5), log_2 3, (1 + sqrt 5)/2; digits where there is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from engine.growth import constants
from engine.growth.constants import Atom, Constant, Product, TooComplex
from engine.growth.exponents import log_of, rounded
from engine.symbolic.expr import Call, Expr, Pow, Sym, num, plus, power, times
from engine.symbolic.surd import Surd, surd, value_expr

_MOST_PARTS = 3
_LONG = 64  # bits of a number that is still written out


def constant_expr(value: Constant) -> Expr:
    """`value` as one writes it; where that would be long, the first digits and dots."""
    known = value.fraction
    if known is not None:
        return num(known)
    found = _with_logarithms(value) or _quadratic(value) or _summed(value)
    return found if found is not None else digits_expr(value.decimal())


def digits_expr(value: Decimal) -> Expr:
    return rounded(value)


def simple_base(exponent: Constant) -> Expr | None:
    """e^exponent where that is a fraction, has square roots in it, or is known by its digits; else None."""
    try:
        base = constants.exp(exponent)
    except TooComplex:
        return None
    known = base.fraction
    if known is not None:
        return num(known) if _is_short(known) else None
    if len(base.parts) == 1 and len(base.parts[0][0]) == 1 and base.parts[0][0][0][0].name.startswith("≈"):
        return digits_expr(base.decimal())
    return _quadratic(base)


def power_of_prime(own: Constant) -> tuple[Expr, Constant] | None:
    """p and f with e^own = p^f, f a fraction: own is f ln p. Else None."""
    if len(own.parts) != 1:
        return None
    product, factor = own.parts[0]
    if len(product) != 1 or product[0][1] != 1 or not product[0][0].name.startswith("ln "):
        return None
    return num(product[0][0].prime), constants.constant(factor)


def value_of(number: Constant) -> Fraction | Surd | None:
    """The number as a fraction or as p + q √d; None for others."""
    known = number.fraction
    if known is not None:
        return known
    p, q, d = Fraction(0), Fraction(0), 0
    for product, factor in number.parts:
        if not product:
            p = factor
            continue
        if d or any(atom.name != f"{atom.prime}^" or times_ != Fraction(1, 2) for atom, times_ in product):
            return None
        d, q = 1, factor
        for atom, _ in product:
            d *= atom.prime
    return surd(p, q, d)


def _quadratic(number: Constant) -> Expr | None:
    value = value_of(number)
    return value_expr(value) if value is not None else None


def _with_logarithms(number: Constant) -> Expr | None:
    """Fractions and f ln a / ln b with one b: as one logarithm to that base, or after the fraction."""
    whole, top, bottom = Fraction(0), Fraction(1), None
    for product, factor in number.parts:
        found = _quotient_of_logarithms(product)
        if not product:
            whole = factor
        elif found is None or factor.denominator != 1 or bottom not in (None, found[1]):
            return _one_quotient(number)
        else:
            top, bottom = top * Fraction(found[0]) ** factor.numerator, found[1]
    if bottom is None or not _is_short(top):
        return None
    if whole.denominator == 1 and abs(whole) <= 8:
        whole, top = Fraction(0), top * Fraction(bottom) ** whole.numerator
    return plus(log_of(top, Fraction(bottom)).expr, num(whole)) if _is_short(top) else None


def _one_quotient(number: Constant) -> Expr | None:
    if len(number.parts) != 1:
        return None
    product, factor = number.parts[0]
    found = _quotient_of_logarithms(product)
    if found is None:
        return None
    return times(num(factor), Call("log", num(found[0]), num(found[1])))


def _quotient_of_logarithms(product: Product) -> tuple[int, int] | None:
    if len(product) != 2:
        return None
    powers = {times_: atom for atom, times_ in product}
    above, below = powers.get(Fraction(1)), powers.get(Fraction(-1))
    if above is None or below is None or not all(atom.name == f"ln {atom.prime}" for atom in (above, below)):
        return None
    return above.prime, below.prime


def _summed(number: Constant) -> Expr | None:
    """Up to three parts, each as a product with names that may be shown."""
    if len(number.parts) > _MOST_PARTS:
        return None
    pieces = [_part(Constant((part,))) for part in number.parts]
    if any(piece is None for piece in pieces):
        return None
    return plus(*(piece for piece in pieces if piece is not None))


def _part(number: Constant) -> Expr | None:
    known = number.fraction
    return num(known) if known is not None else _one_quotient(number) or _product(number)


def _product(number: Constant) -> Expr | None:
    """One product of atoms with names that may be shown."""
    if len(number.parts) != 1:
        return None
    product, factor = number.parts[0]
    pieces = [_atom_expr(atom, times_) for atom, times_ in product]
    if any(piece is None for piece in pieces):
        return None
    return times(num(factor), *(piece for piece in pieces if piece is not None))


def _atom_expr(atom: Atom, exponent: Fraction) -> Expr | None:
    if atom.name == "e":
        return Call("exp", num(exponent))
    if atom.name == "π":
        return Call("sqrt", Sym("π")) if exponent == Fraction(1, 2) else power(Sym("π"), num(exponent))
    if atom.name == f"{atom.prime}^":
        root = exponent == Fraction(1, 2)
        return Call("sqrt", num(atom.prime)) if root else Pow(num(atom.prime), num(exponent))
    if atom.name == f"ln {atom.prime}":
        return power(Call("ln", num(atom.prime)), num(exponent))
    return None


def _is_short(value: Fraction) -> bool:
    return max(value.numerator.bit_length(), value.denominator.bit_length()) <= _LONG
