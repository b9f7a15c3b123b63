"""The class of a formula in several independent sizes: n m + m^2 + n is Theta(n m + m^2).

All sizes are 1 or larger and free of each other, so that no term may go unless another one is
as large in each of them. What does not fall apart into one size each, such as min(n, m),
stands as a size of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.growth import constants
from engine.growth.classes import Growth, from_log
from engine.growth.constants import Constant, constant
from engine.growth.reading import NoGrowth, growth_of
from engine.growth.series import Undecided, of_constant
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
    letters,
    num,
    over,
    plus,
    times,
)

_MOST = 200  # products
_LARGEST_POWER = 6


@dataclass(frozen=True, slots=True)
class _Product:
    """`factor` * the growths of `sizes` * what is `left` as it stands.

    Attributes:
        exact: nothing was left out of it, so that it may cancel against others.
    """

    factor: Constant
    sizes: tuple[tuple[str, Growth], ...] = ()
    left: tuple[Expr, ...] = ()
    exact: bool = True

    def __mul__(self, other: _Product) -> _Product:
        sizes = dict(self.sizes)
        for letter, growth in other.sizes:
            sizes[letter] = sizes[letter] * growth if letter in sizes else growth
        left = (*self.left, *other.left)
        exact = self.exact and other.exact
        return _Product(self.factor * other.factor, tuple(sorted(sizes.items(), key=_letter)), left, exact)

    def within(self, other: _Product) -> bool:
        """Whether it is as small as `other` in every size."""
        ours, theirs = dict(self.sizes), dict(other.sizes)
        if not set(self.left) <= set(other.left):
            return False
        one = Growth()
        return all(ours.get(letter, one) <= theirs.get(letter, one) for letter in {*ours, *theirs})

    def expr(self, order: Sequence[str]) -> Expr:
        """As a formula: the fastest factors first, equal ones as the letters are in `order`."""
        sizes = sorted(self.sizes, key=lambda item: order.index(item[0]) if item[0] in order else len(order))
        sizes.sort(key=lambda item: item[1], reverse=True)
        shown = (growth.expr(letter) for letter, growth in sizes if not growth.constant)
        below = [part.below for part in self.left if isinstance(part, Div) and part.above == ONE]
        above = [part for part in self.left if not (isinstance(part, Div) and part.above == ONE)]
        return over(times(*shown, *above), times(*below))


def _letter(item: tuple[str, Growth]) -> str:
    return item[0]


def dominant(expr: Expr, sizes: Sequence[str]) -> Expr:
    """The simplest formula of the class of `expr` in the letters `sizes`. Raises NoGrowth."""
    there = sorted(letters(expr) & set(sizes))
    if len(there) <= 1:
        letter = there[0] if there else (sizes[0] if sizes else "n")
        return growth_of(expr, letter).expr(letter)
    try:
        products = _merged(_products(expr))
        largest = [one for one in products if not _is_below(one, products)]
    except Undecided as why:
        raise NoGrowth(f"Its growth cannot be decided: {why}.", "Simplify it by hand.") from None
    if any(product.factor.sign() < 0 for product in largest):
        raise NoGrowth("It is negative for some sizes, or has parts that may cancel.")
    if not largest:
        raise NoGrowth("It is 0 for all sizes.")
    return plus(*(product.expr(sizes) for product in largest))


def _is_below(product: _Product, all_of_them: list[_Product]) -> bool:
    """Whether a positive one is as large in every size."""
    return any(
        other is not product and other.factor.sign() > 0 and product.within(other) for other in all_of_them
    )


def _merged(products: Iterable[_Product]) -> list[_Product]:
    """Those of the same sizes added up."""
    found: list[_Product] = []
    for product in products:
        at = next((k for k, other in enumerate(found) if _alike(product, other)), None)
        if at is None:
            found.append(product)
            continue
        exact = product.exact and found[at].exact
        opposite = product.factor.sign() * found[at].factor.sign() < 0
        if opposite and not exact:
            raise Undecided("parts of the same size are subtracted")
        found[at] = replace(found[at], factor=found[at].factor + product.factor, exact=exact)
    return [product for product in found if product.factor.sign()]


def _alike(first: _Product, second: _Product) -> bool:
    return sorted(map(repr, first.left)) == sorted(map(repr, second.left)) and (
        first.within(second) and second.within(first)
    )


# --- taking apart --------------------------------------------------------------------------


def _products(expr: Expr) -> list[_Product]:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value):
            return [_Product(constant(value))] if value else []
        case Neg(body):
            return [replace(product, factor=-product.factor) for product in _products(body)]
        case Add(terms):
            return [product for term in terms for product in _products(term)]
        case Mul(factors):
            return _times([_products(factor) for factor in factors])
        case Pow(base, Num(value)) if value.denominator == 1 and 0 < value <= _LARGEST_POWER:
            return _times([_products(base)] * int(value))
    if len(letters(expr)) <= 1:
        return [_single(expr)]
    match expr:
        case Div(above, below):
            return _times([_products(above), _power_of(below, Fraction(-1))])
        case Pow(base, Num(value)):
            return _power_of(base, value)
        case Pow(base, exponent) if not letters(base):
            return _times([[_single_or_left(Pow(base, part))] for part in _summands(exponent)])
        case _:
            return _called(expr)


def _called(expr: Expr) -> list[_Product]:
    match expr:
        case Call("sqrt", body):
            return _power_of(body, Fraction(1, 2))
        case Call("max", body, base) if base is not None:
            return _roughly([*_products(body), *_products(base)])
        case Call("floor" | "ceil", body):
            return _roughly(_products(body))
        case Call("log" | "ln" | "harmonic" as name, body):
            return _logarithms("log" if name == "harmonic" else name, _products(body))
    return [_Product(constants.ONE, (), (expr,))]


def _times(factors: list[list[_Product]]) -> list[_Product]:
    found = [_Product(constants.ONE)]
    for factor in factors:
        found = [a * b for a in found for b in factor]
        if len(found) > _MOST:
            raise NoGrowth("It has too many parts.", "Multiply fewer sums.")
    return found


def _power_of(expr: Expr, exponent: Fraction) -> list[_Product]:
    """(a + b)^c is within constant factors of a^c + b^c for c > 0; 1/(a + b) is left as it stands."""
    products = _merged(_products(expr))
    if any(product.factor.sign() < 0 for product in products) or (exponent < 0 and len(products) > 1):
        shown = Pow(expr, num(exponent)) if exponent != -1 else Div(ONE, expr)
        return [_Product(constants.ONE, (), (shown,))]
    return _roughly([_raised(product, exponent) for product in products])


def _raised(product: _Product, exponent: Fraction) -> _Product:
    power = constant(exponent)
    sizes = tuple((letter, from_log(growth.log.scaled(power))) for letter, growth in product.sizes)
    left = tuple(Pow(part, num(exponent)) for part in product.left)
    return _Product(constants.ONE, sizes, left, exact=False)


def _roughly(products: list[_Product]) -> list[_Product]:
    return [replace(product, exact=False) for product in products]


def _logarithms(name: str, products: list[_Product]) -> list[_Product]:
    """log(n m) = log n + log m, and log(n + m) is within constant factors of log n + log m."""
    found = []
    for product in _merged(products):
        if product.factor.sign() < 0 or product.left:
            raise Undecided("it has the logarithm of a difference")
        for letter, growth in product.sizes:
            if growth > Growth():
                found.append(_single(Call(name, growth.expr(letter))))
    return _roughly(found)


def _summands(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case Add(terms):
            return tuple(part for term in terms for part in _summands(term))
        case Neg(body):
            return tuple(Neg(part) for part in _summands(body))
    return (expr,)


def _single_or_left(expr: Expr) -> _Product:
    return _single(expr) if len(letters(expr)) <= 1 else _Product(constants.ONE, (), (expr,))


def _single(expr: Expr) -> _Product:
    """A factor in one size; its constant is kept apart, so that equal products may cancel."""
    name = next(iter(letters(expr)), "")
    growth = growth_of(expr, name or "n")
    limit, terms = constants.ONE, growth.log
    known = terms.error is None and not growth.vague
    if known:
        middle = next(
            (own for own, monomial in terms.terms if not monomial.powers and not monomial.tower), None
        )
        if middle is not None:
            limit = constants.exp(middle)
            terms = terms - of_constant(middle)
    sizes = ((name, from_log(terms, expr if growth.vague else None)),) if name else ()
    return _Product(limit, sizes, (), exact=known)
