"""Form: exact sums of products of letters and a few whole-valued functions of them.

The numbers that counts of loops are made of: polynomials with fractions in letters (sizes such as
n, loop variables such as i), in 2^i, i mod 2, floor(log_2 n), floor(sqrt n), H_n and sums that have
no formula. Whatever depends on i mod c only is kept as a polynomial in i mod c, so floor(i/c) is
(i - i mod c)/c and sums of it stay exact. Knows nothing of code.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from engine.algorithms.exact import TooLarge, Values, value_of
from engine.symbolic.expr import (
    Big,
    Call,
    Expr,
    Num,
    Pow,
    Sym,
    letters,
    neg,
    num,
    over,
    plus,
    power,
    times,
)
from engine.symbolic.plain import plain

Monomial = tuple[tuple[Expr, int], ...]  # (atom, exponent), in the order of `name_of`

MAX_TERMS = 400  # of one form; more than that is no answer for a reader


class Form:
    """A finite sum of fraction * product of atoms. Immutable; equal ones compare equal."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Monomial, Fraction]) -> None:
        self.terms = {key: value for key, value in terms.items() if value}
        if len(self.terms) > MAX_TERMS:
            raise TooLarge

    # --- arithmetic ---

    def __add__(self, other: Form | int | Fraction) -> Form:
        other = as_form(other)
        total = dict(self.terms)
        for key, value in other.terms.items():
            total[key] = total.get(key, Fraction(0)) + value
        return Form(total)

    __radd__ = __add__

    def __neg__(self) -> Form:
        return Form({key: -value for key, value in self.terms.items()})

    def __sub__(self, other: Form | int | Fraction) -> Form:
        return self + -as_form(other)

    def __rsub__(self, other: int | Fraction) -> Form:
        return as_form(other) - self

    def __mul__(self, other: Form | int | Fraction) -> Form:
        other = as_form(other)
        total = dict[Monomial, Fraction]()
        again = ZERO
        for (first, a), (second, b) in itertools.product(self.terms.items(), other.terms.items()):
            key = _joined(first, second)
            reduced = _reduced(key)
            if reduced is not None:
                again = again + reduced * (a * b)
            else:
                total[key] = total.get(key, Fraction(0)) + a * b
        return Form(total) + again

    __rmul__ = __mul__

    def __truediv__(self, divisor: int | Fraction) -> Form:
        return self * (1 / Fraction(divisor))

    def __pow__(self, exponent: int) -> Form:
        result = ONE
        for _ in range(exponent):
            result = result * self
        return result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __repr__(self) -> str:
        return f"Form({plain(self.expr())})"

    # --- looking inside ---

    @property
    def constant(self) -> Fraction | None:
        """Its value if it is a number."""
        if not self.terms:
            return Fraction(0)
        return self.terms.get(()) if len(self.terms) == 1 else None

    @property
    def whole(self) -> int | None:
        """Its value if it is a whole number."""
        value = self.constant
        return int(value) if value is not None and value.denominator == 1 else None

    def atoms(self) -> set[Expr]:
        return {atom for key in self.terms for atom, _ in key}

    def letters(self) -> set[str]:
        return set[str]().union(*(letters(atom) for atom in self.atoms()))

    def linear_in(self, name: str) -> tuple[Fraction, Form] | None:
        """(slope, rest) where this is slope * name + rest with a number for a slope; else None."""
        slope = self.terms.get(((Sym(name), 1),), Fraction(0))
        rest = self - letter(name) * slope
        return None if name in rest.letters() else (slope, rest)

    def put(self, name: str, value: Form) -> Form:
        """With the letter `name` replaced by `value`, everywhere."""
        from engine.algorithms.functions import atom_with, power_with  # they are made of forms

        if name not in self.letters():
            return self
        total = ZERO
        for key, factor in self.terms.items():
            product = as_form(factor)
            for atom, exponent in key:
                product = product * power_with(atom_with(atom, name, value), atom, exponent)
            total = total + product
        return total

    def value(self, values: Values) -> Fraction:
        """At these whole numbers, exactly. Raises ValueError or ZeroDivisionError where it has no value."""
        total, known = Fraction(0), dict[Expr, Fraction]()
        for key, factor in self.terms.items():
            product = factor
            for atom, exponent in key:
                if atom not in known:
                    known[atom] = value_of(atom, values)
                product *= known[atom] ** exponent
            total += product
        return total

    def expr(self) -> Expr:
        """As a tree, the fastest growing powers first."""
        ordered = sorted(self.terms.items(), key=lambda item: _rank(item[0]))
        return plus(*(_term_expr(key, factor) for key, factor in ordered))


def as_form(value: Form | int | Fraction) -> Form:
    return value if isinstance(value, Form) else Form({(): Fraction(value)})


ZERO, ONE = Form({}), Form({(): Fraction(1)})


def of_atom(atom: Expr) -> Form:
    return Form({((atom, 1),): Fraction(1)})


@lru_cache(maxsize=256)
def letter(name: str) -> Form:
    return of_atom(Sym(name))


# --- products --------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def name_of(atom: Expr) -> str:
    return plain(atom)


@lru_cache(maxsize=8192)
def _joined(first: Monomial, second: Monomial) -> Monomial:
    """The product of two monomials: exponents added, 2^i * 3^i made 6^i."""
    if not first or not second:
        return first or second
    exponents = dict[Expr, int]()
    bases = dict[Expr, Fraction]()
    for atom, exponent in (*first, *second):
        if isinstance(atom, Pow) and isinstance(atom.base, Num):
            bases[atom.exponent] = bases.get(atom.exponent, Fraction(1)) * atom.base.value**exponent
        else:
            exponents[atom] = exponents.get(atom, 0) + exponent
    for exponent_of, base in bases.items():
        if base != 1:
            exponents[Pow(num(base), exponent_of)] = 1
    kept = [(atom, exponent) for atom, exponent in exponents.items() if exponent]
    return tuple(sorted(kept, key=lambda pair: name_of(pair[0])))


def period_of(atom: Expr) -> int:
    """c of an atom `x mod c`, else 0."""
    match atom:
        case Call("mod", _, Num(value)):
            return int(value)
        case _:
            return 0


@lru_cache(maxsize=2048)
def _reduced(key: Monomial) -> Form | None:
    """A product with (x mod c)^e, e >= c, as lower powers; None if there is nothing to lower."""
    for place, (atom, exponent) in enumerate(key):
        period = period_of(atom)
        if period and exponent >= period:
            rest = Form({key[:place] + key[place + 1 :]: Fraction(1)})
            return residues(atom, [Fraction(r) ** exponent for r in range(period)]) * rest
    return None


def residues(atom: Expr, values: list[Fraction]) -> Form:
    """The polynomial in `atom` = x mod c that is values[r] where it is r."""
    total = dict[Monomial, Fraction]()
    for r, value in enumerate(values):
        for power_of, factor in enumerate(_lagrange(r, len(values))):
            key: Monomial = ((atom, power_of),) if power_of else ()
            total[key] = total.get(key, Fraction(0)) + value * factor
    return Form(total)


@lru_cache(maxsize=256)
def _lagrange(r: int, period: int) -> tuple[Fraction, ...]:
    """Coefficients of the polynomial that is 1 at r and 0 at the other residues."""
    product = [Fraction(1)]
    for other in range(period):
        if other != r:
            shifted = [Fraction(0), *product]
            stay = [*(-other * factor for factor in product), Fraction(0)]
            product = [(a + b) / (r - other) for a, b in zip(shifted, stay, strict=True)]
    return tuple(product)


# --- functions of forms ------------------------------------------------------------------------


# --- trees -------------------------------------------------------------------------------------


def _term_expr(key: Monomial, factor: Fraction) -> Expr:
    above = [power(atom, num(exponent)) for atom, exponent in key if exponent > 0]
    below = [power(atom, num(-exponent)) for atom, exponent in key if exponent < 0]
    size = abs(factor)
    if size.denominator != 1:
        below.insert(0, num(size.denominator))
    tree = over(times(num(size.numerator), *above), times(*below))
    return neg(tree) if factor < 0 else tree


def _rank(key: Monomial) -> tuple[float, float, str]:
    """To sort terms for a reader: exponentials, then high degrees; constants last."""
    exponential = sum(isinstance(atom, Pow) and isinstance(atom.exponent, Sym) for atom, _ in key)
    degree = sum(exponent * _degree(atom) for atom, exponent in key)
    return (-exponential, -degree, " ".join(name_of(atom) for atom, _ in key))


def _degree(atom: Expr) -> float:
    match atom:
        case Sym():
            return 1
        case Call("mod"):
            return -0.01
        case Call("floor", Call("log")):
            return 0.1
        case Call("floor", Call("sqrt")):
            return 0.5
        case Big():
            return 1.5
        case _:
            return 0.9


# --- numbers -----------------------------------------------------------------------------------
