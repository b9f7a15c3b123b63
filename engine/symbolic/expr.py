"""The tree of a formula: what a student typed, or what a line of a derivation says.

Plain frozen values. Nothing here computes, rewrites behind your back, or knows SymPy: the
window builds these trees at every key. `typeset.py` prints them, `evaluate.py` puts numbers
in. The node classes keep what was written (n + n stays n + n); the lower-case makers at the
end (`plus`, `times`, `power`, ...) are for derivations and drop what nobody writes: + 0, * 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Num:
    """An exact number. `at` is the column it was read from, here and below; -1 if we made it."""

    value: Fraction
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Sym:
    """A letter: n, k, a."""

    name: str
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the sequence that a recurrence defines: T(n-1), or a_{n-1} if `subscript`."""

    name: str
    place: Expr
    subscript: bool = False
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Neg:
    body: Expr


@dataclass(frozen=True, slots=True)
class Add:
    terms: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Mul:
    factors: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Div:
    above: Expr
    below: Expr


@dataclass(frozen=True, slots=True)
class Pow:
    base: Expr
    exponent: Expr


@dataclass(frozen=True, slots=True)
class Call:
    """A named function of `body`, or of `body` and a second argument, which sits in `base`.

    Of one: sqrt, floor, ceil, abs, factorial, ln, exp, cos, sin, harmonic (H_n), logstar (log*, of
    base 2), and log, to base 2. Of two: log to `base`, max, min, mod (`body` mod `base`), binomial
    (`body` over `base`). Theta, O, Omega, o and omega stand for any function of the class of `body`.
    """

    name: str
    body: Expr
    base: Expr | None = None
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Big:
    """A sum (`kind` "sum") or product ("prod") of `body` for whole `index` from `low` to `high`.

    Empty when `high` < `low`: then 0, or 1.
    """

    kind: str
    body: Expr
    index: str
    low: Expr
    high: Expr


Expr = Num | Sym | Term | Neg | Add | Mul | Div | Pow | Call | Big


# --- looking around ------------------------------------------------------------------------


def children(expr: Expr) -> tuple[Expr, ...]:  # noqa: PLR0911 - one case a node
    """The parts that `expr` is made of, left to right."""
    match expr:
        case Term(place=place):
            return (place,)
        case Neg(body):
            return (body,)
        case Add(parts) | Mul(parts):
            return parts
        case Div(first, second) | Pow(first, second):
            return (first, second)
        case Call(body=body, base=base):
            return (body,) if base is None else (base, body)
        case Big(body=body, low=low, high=high):
            return (low, high, body)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """`expr` and everything below it, parents first, left to right."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def letters(expr: Expr) -> set[str]:
    """Names of the letters that are free in `expr`: not those that a sum binds."""
    if isinstance(expr, Big):
        inner = letters(expr.body) - {expr.index}
        return inner | letters(expr.low) | letters(expr.high)
    if isinstance(expr, Sym):
        return {expr.name}
    return set[str]().union(*(letters(child) for child in children(expr)))


def column(expr: Expr) -> int:
    """Where in the typed text `expr` begins, or -1."""
    return next((at for part in walk(expr) if (at := getattr(part, "at", -1)) >= 0), -1)


def swap(expr: Expr, change: Callable[[Expr], Expr | None]) -> Expr:  # noqa: PLR0911 - one case a node
    """`expr` with each part for which `change` returns something replaced by that."""
    new = change(expr)
    if new is not None:
        return new
    match expr:
        case Term(place=place):
            return replace(expr, place=swap(place, change))
        case Neg(body):
            return Neg(swap(body, change))
        case Add(parts):
            return Add(tuple(swap(part, change) for part in parts))
        case Mul(parts):
            return Mul(tuple(swap(part, change) for part in parts))
        case Div(above, below):
            return Div(swap(above, change), swap(below, change))
        case Pow(base, exponent):
            return Pow(swap(base, change), swap(exponent, change))
        case Call(body=body, base=base):
            return replace(expr, body=swap(body, change), base=base and swap(base, change))
        case Big(body=body, low=low, high=high):
            return replace(expr, body=swap(body, change), low=swap(low, change), high=swap(high, change))
        case _:
            return expr


def put(expr: Expr, name: str, value: Expr) -> Expr:
    """`expr` with the letter `name` replaced by `value`."""
    letter = Sym(name)
    return swap(expr, lambda part: value if part == letter else None)


# --- makers for derivations ----------------------------------------------------------------


def num(value: int | Fraction) -> Num:
    return Num(Fraction(value))


ZERO, ONE = num(0), num(1)


def is_negative(expr: Expr) -> bool:
    """Whether `expr` is written with a minus sign in front."""
    return isinstance(expr, Neg) or (isinstance(expr, Num) and expr.value < 0)


def neg(body: Expr) -> Expr:
    match body:
        case Num(value):
            return num(-value)
        case Neg(inner):
            return inner
        case _:
            return Neg(body)


def plus(*terms: Expr) -> Expr:
    """The sum, without zeros."""
    kept = tuple(term for term in terms if term != ZERO)
    return Add(kept) if len(kept) > 1 else kept[0] if kept else ZERO


def minus(first: Expr, second: Expr) -> Expr:
    return plus(first, neg(second))


def times(*factors: Expr) -> Expr:
    """The product, without ones; a sign is pulled to the front."""
    kept = list[Expr]()
    for factor in factors:
        positive = neg(factor) if is_negative(factor) else factor
        kept.extend(positive.factors if isinstance(positive, Mul) else (positive,))
    negative = sum(map(is_negative, factors)) % 2 == 1
    if ZERO in kept:
        return ZERO
    kept = [factor for factor in kept if factor != ONE]
    product: Expr = Mul(tuple(kept)) if len(kept) > 1 else kept[0] if kept else ONE
    return neg(product) if negative else product


def over(above: Expr, below: Expr) -> Expr:
    return above if below == ONE else Div(above, below)


def power(base: Expr, exponent: Expr) -> Expr:
    if exponent == ZERO or base == ONE:
        return ONE
    return base if exponent == ONE else Pow(base, exponent)
