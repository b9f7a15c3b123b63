"""Exact real constants: sums of fraction * product of ln 2, ln 3, √5, 2^(1/3), e, π and the like.

Two that look different are held against each other with 80 digits, so that (√2 √3 - √6) is 0 too;
those that look alike are told apart or found equal without rounding. Knows no letters of size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from engine.symbolic.surd import Surd, Value

DIGITS = 80
_SAME = Decimal(10) ** -60  # relative to the largest part: below this a sum of parts is 0
_SAME_ROUGHLY = Decimal(10) ** -35  # where a number is known by its digits only
_ROUGHLY = "≈"
_WIDE = Context(prec=DIGITS, Emax=10**17, Emin=-(10**17))
_MOST = 40  # parts of one constant
_TRIAL = 1000  # primes below this are divided out of a number

EULER = Decimal(
    "0.57721566490153286060651209008240243104215933593992359880576723488486772677766467093694706329"
)
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803")


class TooComplex(ArithmeticError):
    """A constant of too many parts, or too large to write down."""


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """One irrational number: `name` tells which, e.g. "ln 2", "2^"; a root is written (2^)^(1/2)."""

    name: str
    value: Decimal = field(compare=False)
    prime: int = field(default=0, compare=False)  # of "ln p" and of "p^"
    of: Constant | None = field(default=None, compare=False)  # of "ln(...)": what it is the logarithm of


Product = tuple[tuple[Atom, Fraction], ...]  # atoms with their powers, sorted


@dataclass(frozen=True, slots=True)
class Constant:
    """The sum of `parts`; made by `constant`, `ln`, `root` and arithmetic."""

    parts: tuple[tuple[Product, Fraction], ...]

    def __add__(self, other: Constant) -> Constant:
        total = dict(self.parts)
        for product, factor in other.parts:
            total[product] = total.get(product, Fraction(0)) + factor
        return _made(total)

    def __neg__(self) -> Constant:
        return Constant(tuple((product, -factor) for product, factor in self.parts))

    def __sub__(self, other: Constant) -> Constant:
        return self + (-other)

    def __mul__(self, other: Constant) -> Constant:
        total: dict[Product, Fraction] = {}
        for first, a in self.parts:
            for second, b in other.parts:
                product, factor = _joined(first, second)
                total[product] = total.get(product, Fraction(0)) + a * b * factor
        return _made(total)

    def __truediv__(self, other: Constant) -> Constant:
        return self * other.to(Fraction(-1))

    def times(self, factor: Fraction | int) -> Constant:
        return _made({product: factor * own for product, own in self.parts})

    @property
    def fraction(self) -> Fraction | None:
        """The number as a fraction, or None."""
        if not self.parts:
            return Fraction(0)
        return self.parts[0][1] if len(self.parts) == 1 and not self.parts[0][0] else None

    def to(self, exponent: Fraction) -> Constant:
        """self^exponent; self must be positive unless the exponent is whole. Raises ZeroDivisionError."""
        if not self.parts:
            if exponent < 0:
                raise ZeroDivisionError
            return ONE if exponent == 0 else ZERO
        if len(self.parts) == 1:
            return _power_of_part(*self.parts[0], exponent)
        if exponent.denominator == 1 and 0 <= exponent <= 8:
            return _repeated(self, int(exponent))
        conjugate = _conjugate(self) if exponent == -1 else None
        return conjugate if conjugate is not None else _power_of_sum(self, exponent)

    def decimal(self) -> Decimal:
        """80 digits."""
        return _decimal(self)

    def __float__(self) -> float:
        return float(self.decimal())

    def sign(self) -> int:
        """-1, 0 or 1."""
        return _sign(self)

    def compare(self, other: Constant) -> int:
        return 0 if self.parts == other.parts else (self - other).sign()


def constant(value: Fraction | int) -> Constant:
    return Constant((((), Fraction(value)),) if value else ())


ZERO, ONE = constant(0), constant(1)


def of_value(value: Value) -> Constant:
    """A fraction or p + q √d as a constant."""
    if not isinstance(value, Surd):
        return constant(value)
    return constant(value.p) + constant(value.q) * constant(value.d).to(Fraction(1, 2))


def numeric(value: Decimal) -> Constant:
    """A number that is known by its digits only, 40 of them at least."""
    return _atomic(f"{_ROUGHLY}{abs(value)}", value)


def _atomic(name: str, value: Decimal, of: Constant | None = None) -> Constant:
    """One number as an atom. Its sign is taken off, so that powers of it are real."""
    if value == 0:
        return ZERO
    if of is not None and value < 0:
        of = of.to(Fraction(-1))  # ln x taken without its sign is ln(1/x)
    atom = Atom(name, abs(value), of=of)
    return Constant(((((atom, Fraction(1)),), Fraction(-1 if value < 0 else 1)),))


E = _atomic("e", _WIDE.exp(Decimal(1)))
GAMMA, CIRCLE = _atomic("γ", EULER), _atomic("π", PI)


@lru_cache(maxsize=1024)
def ln(number: Constant) -> Constant:
    """ln of a positive constant. Raises ValueError for others."""
    if number.sign() <= 0:
        raise ValueError("logarithm of what is not positive")
    if len(number.parts) > 1:
        return _atomic(f"ln({_name(number)})", _WIDE.ln(number.decimal()), number)
    [(product, factor)] = number.parts
    total = ZERO
    for prime, times in _factors(factor):
        total = total + _ln_of_prime(prime).times(times)
    for atom, exponent in product:
        total = total + _ln_of_atom(atom).times(exponent)
    return total


@lru_cache(maxsize=1024)
def exp(number: Constant) -> Constant:
    """e^number: 3 for ln 3. Raises TooComplex where it is too large to write down."""
    result = ONE
    for product, factor in number.parts:
        result = result * _exp_of_part(product, factor)
    return result


# --- parts ---------------------------------------------------------------------------------


def _made(parts: Mapping[Product, Fraction]) -> Constant:
    kept = tuple(sorted((product, factor) for product, factor in parts.items() if factor))
    if len(kept) > _MOST:
        raise TooComplex("too many parts")
    return Constant(kept)


@lru_cache(maxsize=4096)
def _joined(first: Product, second: Product) -> tuple[Product, Fraction]:
    """The product of two products; whole powers of primes go into the fraction."""
    if not first or not second:
        return first or second, Fraction(1)
    powers = dict(first)
    for atom, exponent in second:
        powers[atom] = powers.get(atom, Fraction(0)) + exponent
    factor, kept = Fraction(1), []
    for atom, exponent in powers.items():
        left = exponent
        if atom.name.endswith("^") and atom.prime:
            whole = exponent.numerator // exponent.denominator
            factor *= _whole_power(Fraction(atom.prime), whole)
            left -= whole
        if left:
            kept.append((atom, left))
    return tuple(sorted(kept)), factor


def _whole_power(base: Fraction, exponent: int) -> Fraction:
    if abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length()) > 10_000:
        raise TooComplex("too large a power")
    return base**exponent


def _power_of_part(product: Product, factor: Fraction, exponent: Fraction) -> Constant:
    if exponent.denominator == 1:
        result = constant(_whole_power(factor, exponent.numerator))
    elif factor < 0:
        raise ValueError("root of a negative number")
    else:
        result = ONE
        for prime, times in _factors(factor):
            result = result * _root(prime, times * exponent)
    for atom, own in product:
        result = result * _atom_power(atom, own * exponent)
    return result


def _atom_power(atom: Atom, exponent: Fraction) -> Constant:
    if atom.name.endswith("^") and atom.prime:
        return _root(atom.prime, exponent)
    return Constant(((((atom, exponent),), Fraction(1)),)) if exponent else ONE


def _root(prime: int, exponent: Fraction) -> Constant:
    whole = exponent.numerator // exponent.denominator
    factor, left = _whole_power(Fraction(prime), whole), exponent - whole
    atom = Atom(f"{prime}^", Decimal(prime), prime)
    return Constant(((((atom, left),) if left else (), factor),))


def _repeated(number: Constant, times: int) -> Constant:
    result = ONE
    for _ in range(times):
        result = result * number
    return result


def _conjugate(number: Constant) -> Constant | None:
    """1 / (p + q √d) with fractions p and q, or None."""
    if len(number.parts) != 2 or number.parts[0][0]:
        return None
    (_, p), (product, q) = number.parts
    root = Constant(((product, q),))
    square = (root * root).fraction
    if square is None or p * p == square:
        return None
    return (constant(p) - root).times(1 / (p * p - square))


def _power_of_sum(number: Constant, exponent: Fraction) -> Constant:
    """A sum to a power, as an atom; the first factor is taken out, so that multiples look alike."""
    sign = number.sign()
    if sign == 0:
        raise ZeroDivisionError
    if sign < 0 and exponent.denominator != 1:
        raise ValueError("root of a negative number")
    first = abs(number.parts[0][1]) * sign
    inner = number.times(1 / first)
    atom = Atom(f"({_name(inner)})", inner.decimal())
    return _power_of_part((), first, exponent) * Constant(((((atom, exponent),), Fraction(1)),))


def _name(number: Constant) -> str:
    pieces = []
    for product, factor in number.parts:
        atoms = "".join(f" {atom.name}^{exponent}" for atom, exponent in product)
        pieces.append(f"{factor}{atoms}")
    text = " + ".join(pieces)
    if len(text) > 2000:
        raise TooComplex("too long a constant")
    return text


@lru_cache(maxsize=1024)
def _factors(number: Fraction) -> tuple[tuple[int, int], ...]:
    """(prime, times) pairs; what is left after small primes stands as if it were a prime."""
    found: dict[int, int] = {}
    for part, side in ((number.numerator, 1), (number.denominator, -1)):
        left, divisor = part, 2
        while divisor <= _TRIAL and divisor * divisor <= left:
            while left % divisor == 0:
                left //= divisor
                found[divisor] = found.get(divisor, 0) + side
            divisor += 1 if divisor == 2 else 2
        if left > 1:
            found[left] = found.get(left, 0) + side
    return tuple((prime, times) for prime, times in sorted(found.items()) if times)


@lru_cache(maxsize=1024)
def _ln_of_prime(prime: int) -> Constant:
    atom = Atom(f"ln {prime}", _WIDE.ln(Decimal(prime)), prime)
    return Constant(((((atom, Fraction(1)),), Fraction(1)),))


def _ln_of_atom(atom: Atom) -> Constant:
    if atom.name.endswith("^") and atom.prime:
        return _ln_of_prime(atom.prime)
    if atom.name == "e":
        return ONE
    return _atomic(f"ln({atom.name})", _WIDE.ln(atom.value), _atom_power(atom, Fraction(1)))


def _exp_of_part(product: Product, factor: Fraction) -> Constant:
    if not product:
        return _power_of_part(*E.parts[0], factor)
    if len(product) == 1 and product[0][1] == 1 and product[0][0].prime:
        return _root(product[0][0].prime, factor)
    if len(product) == 1 and product[0][1] == 1 and product[0][0].of is not None:
        return product[0][0].of.to(factor)
    value = _WIDE.multiply(_decimal(Constant(((product, Fraction(1)),))), _quotient(factor))
    if abs(value) > 10**6:
        raise TooComplex("too large a power")
    return _atomic(f"exp({_name(Constant(((product, factor),)))})", _WIDE.exp(value))


# --- digits --------------------------------------------------------------------------------


def _quotient(value: Fraction) -> Decimal:
    return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def _part_value(product: Product, factor: Fraction) -> Decimal:
    value = _quotient(factor)
    for atom, exponent in product:
        value = _WIDE.multiply(value, _atom_value(atom, exponent))
    return value


@lru_cache(maxsize=4096)
def _atom_value(atom: Atom, exponent: Fraction) -> Decimal:
    with localcontext(_WIDE):
        return atom.value ** _quotient(exponent)


@lru_cache(maxsize=4096)
def _decimal(number: Constant) -> Decimal:
    with localcontext(_WIDE):
        return sum((_part_value(*part) for part in number.parts), Decimal(0))


@lru_cache(maxsize=4096)
def _sign(number: Constant) -> int:
    if not number.parts:
        return 0
    if len(number.parts) == 1:
        return 1 if number.parts[0][1] > 0 else -1  # every atom is positive
    sizes = [_part_value(*part) for part in number.parts]
    with localcontext(_WIDE):
        total = sum(sizes, Decimal(0))
        same = _SAME_ROUGHLY if _ROUGHLY in _name(number) else _SAME
        if abs(total) <= same * max(map(abs, sizes)):
            return 0
    return 1 if total > 0 else -1
