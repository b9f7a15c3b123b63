"""The class of a form: in one letter by `engine.growth`, in several by the terms that no other one outgrows.

Sums without a formula are compared with the same sum without its floors, which is off by less than
one a term.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from engine.algorithms.forms import ZERO, Form, as_form, letter, period_of
from engine.algorithms.functions import from_expr
from engine.algorithms.sums import total
from engine.growth.classes import Growth
from engine.growth.reading import NoGrowth, growth_of
from engine.symbolic.expr import (
    ONE,
    Add,
    Big,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    letters,
    minus,
    num,
    over,
    plus,
    power,
    swap,
    times,
)
from engine.symbolic.findings import Formula
from engine.symbolic.formulas import formula

_MAX_PERIOD = 24


@dataclass(frozen=True)
class Order:
    """A class of growth; `tree` is its simplest function."""

    tree: Expr
    formula: Formula


@lru_cache(maxsize=512)
def order_of(form: Form, names: tuple[str, ...], which: str = "") -> Order:
    """The class of `form` in the sizes `names`; `which` as for `in_one`. Raises NoGrowth."""
    used = tuple(name for name in names if name in form.letters())
    if not used:
        return Order(ONE, formula(ONE))
    if len(used) > 1:
        tree = _in_several(form, used)
        return Order(tree, formula(tree))
    [name] = used
    growth = in_one(form, name, which)
    return Order(growth.expr(name), growth.formula(name))


@lru_cache(maxsize=512)
def in_one(form: Form, name: str, which: str = "") -> Growth:
    """The class in the one size that stands in it. Raises NoGrowth.

    Where it differs with the remainder of the size, `which` says whether the "worst" or "best" is meant.
    """
    growths = [_in_one(part, name) for part in by_residue(form)]
    if all(growth == growths[0] for growth in growths):
        return growths[0]
    if not which:
        raise NoGrowth("It grows differently for different remainders of the size.")
    return max(growths) if which == "worst" else min(growths)


def swings(form: Form, names: tuple[str, ...]) -> bool:
    """Whether its class differs with the remainder of the size."""
    used = [name for name in names if name in form.letters()]
    if len(used) != 1:
        return False
    try:
        in_one(form, used[0])
    except NoGrowth:
        return len(by_residue(form)) > 1
    return False


def by_residue(form: Form) -> list[Form]:
    """`form` for each remainder of the size that it depends on, as a form without it."""
    periods = {atom: period_of(atom) for atom in form.atoms() if period_of(atom)}
    if not periods:
        return [form]
    length = math.lcm(*periods.values())
    if length > _MAX_PERIOD or not all(isinstance(a, Call) and isinstance(a.body, Sym) for a in periods):
        raise NoGrowth("It depends on remainders in a way that is not known here.")
    found = dict[Form, None]()
    for r in range(length):
        part = ZERO
        for key, factor in form.terms.items():
            rest = tuple((atom, exponent) for atom, exponent in key if atom not in periods)
            value = math.prod((r % periods[atom]) ** exponent for atom, exponent in key if atom in periods)
            part = part + Form({rest: factor * value})
        found[part] = None
    return list(found)


def _in_one(form: Form, name: str) -> Growth:
    bigs = [atom for atom in form.atoms() if isinstance(atom, Big)]
    if not bigs:
        return growth_of(form.expr(), name)
    try:
        return _of_smoothed(form, name)
    except NoGrowth:
        return _of_smoothed(_shifted(form), name)


def _shifted(form: Form) -> Form:
    """`form` with its sums counted from one place later: sums of log(i + 1) become those of log i."""
    result = ZERO
    for key, factor in form.terms.items():
        product = as_form(factor)
        for atom, exponent in key:
            moved = _moved(atom) if isinstance(atom, Big) else atom
            product = product * Form({((moved, exponent),): Fraction(1)})
        result = result + product
    return result


def _moved(big: Big) -> Big:
    body = from_expr(big.body).put(big.index, letter(big.index) - 1)
    low, high = from_expr(big.low) + 1, from_expr(big.high) + 1
    return Big(big.kind, body.expr(), big.index, low.expr(), high.expr())


def _of_smoothed(form: Form, name: str) -> Growth:
    high, low = smoothed(form)
    above, below = growth_of(high.expr(), name), growth_of(low.expr(), name)
    if above != below:
        raise NoGrowth("The sums in it cannot be compared with integrals closely enough.")
    return above


# --- sums without a formula ----------------------------------------------------------------------


def smoothed(form: Form) -> tuple[Form, Form]:
    """(above, below) `form`: its sums with their floors taken away, and one less for each term."""
    high, low = ZERO, ZERO
    for key, factor in form.terms.items():
        above, below = as_form(factor), as_form(factor)
        for atom, exponent in key:
            if not isinstance(atom, Big):
                part = Form({((atom, exponent),): Fraction(1)})
                above, below = above * part, below * part
                continue
            body, terms = _without_floors(atom)
            above, below = above * body**exponent, below * (body - terms) ** exponent
        if factor < 0:
            above, below = below, above
        high, low = high + above, low + below
    return high, low


def _without_floors(big: Big) -> tuple[Form, Form]:
    """(the sum with its floors taken away, how much they took at most)."""
    bound = list[Expr]()

    def change(part: Expr) -> Expr | None:
        if isinstance(part, Call) and part.name == "floor" and big.index in letters(part):
            bound.append(part)
            return _plain(part.body)
        return None

    body = swap(big.body, change)
    low, high = from_expr(big.low), from_expr(big.high)
    smooth = _summed(body, big.index, low, high)
    return smooth, high - low + 1


def _plain(body: Expr) -> Expr:
    """What a floor was taken of, quotients and logarithms of them taken apart."""
    match body:
        case Div(Div(above, first), second):
            return _plain(Div(above, times(first, second)))
        case Div(Add(terms), below):
            return plus(*(times(term, power(below, num(-1))) for term in terms))
        case Div(above, below):
            return times(above, power(below, num(-1)))
        case Call("log", Div(above, below), base):
            return minus(_log(above, base), _log(below, base))
        case Call("log", inner, base):
            return _log(inner, base)
    return body


def _log(body: Expr, base: Expr | None) -> Expr:
    if isinstance(body, Call) and body.name == "floor":
        return _plain(Call("log", body.body, base))
    return Call("log", body, base)


def _summed(body: Expr, index: str, low: Form, high: Form) -> Form:
    form = _apart(body, index)
    return total(form, index, low, high)


def _apart(body: Expr, index: str) -> Form:
    """Products of powers of the index and of numbers to its power, as a form."""
    match body:
        case Add(terms):
            return sum((_apart(term, index) for term in terms), ZERO)
        case Neg(inner):
            return -_apart(inner, index)
        case Mul(factors):
            return math.prod((_apart(factor, index) for factor in factors), start=as_form(1))
        case Pow(Pow(Num(base), exponent), Num(minus_one)) if minus_one == -1:
            return from_expr(Pow(num(1 / base), exponent))
        case Pow(Sym(name), Num(exponent)) if exponent.denominator == 1:
            return Form({((Sym(name), int(exponent)),): Fraction(1)})
        case _:
            return from_expr(body)


# --- several letters -----------------------------------------------------------------------------

_Class = dict[str, tuple[Fraction, Fraction, Fraction]]  # letter -> (base of its exponential, power, logs)


def _in_several(form: Form, names: tuple[str, ...]) -> Expr:
    """The sum of the terms that no other term outgrows, without their factors."""
    kept = list[_Class]()
    for key, factor in form.terms.items():
        if factor < 0:
            continue
        mine = dict.fromkeys(names, (Fraction(1), Fraction(0), Fraction(0)))
        for atom, exponent in key:
            _multiply(mine, atom, exponent, names)
        if any(_within(mine, other) for other in kept):
            continue
        kept = [other for other in kept if not _within(other, mine)] + [mine]
    if not kept:
        raise NoGrowth("No term of it is positive.")
    kept.sort(key=lambda one: [one[name] for name in names], reverse=True)
    found = plus(*(_tree(one) for one in kept))
    return (_difference(form) or found) if _cancels(form, found, names) else found


def _cancels(form: Form, found: Expr, names: tuple[str, ...]) -> bool:
    """Whether terms taken away make it far less than `found` where all sizes are alike: n - m."""
    if all(factor > 0 for factor in form.terms.values()) or form.letters() & {*_exponents(form)}:
        return False
    alike = dict.fromkeys(names, 10**6)
    try:
        return form.value(alike) * 1000 < from_expr(found).value(alike)
    except (ValueError, ArithmeticError):
        return False


def _exponents(form: Form) -> set[str]:
    return {name for atom in form.atoms() if isinstance(atom, Pow) for name in letters(atom.exponent)}


def _difference(form: Form) -> Expr | None:
    """n - m of 2 n - 2 m + 3; None for what is not linear: textbooks give n m for (n - m) m."""
    parts = {key: factor for key, factor in form.terms.items() if key}
    if any(len(key) > 1 or not isinstance(key[0][0], Sym) or key[0][1] != 1 for key in parts):
        return None
    largest = max(parts.values())
    first = sorted(parts.items(), key=lambda part: -part[1])
    return plus(*(Form({key: factor / largest}).expr() for key, factor in first))


def _multiply(into: _Class, atom: Expr, exponent: int, names: tuple[str, ...]) -> None:
    used = [name for name in names if name in letters(atom)]
    if not used:
        return
    if len(used) > 1:
        _quotient(into, atom, exponent)
        return
    [name] = used
    base, degree, logs = into[name]
    match atom:
        case Sym():
            into[name] = (base, degree + exponent, logs)
        case Call("mod"):
            pass
        case Pow(Num(value), Sym()):
            into[name] = (base * value, degree, logs)
        case Call("floor", Call("log", Sym())) | Call("harmonic", Sym()):
            into[name] = (base, degree, logs + exponent)
        case Call("floor", Call("log", Add((Sym(), Num())))):
            into[name] = (base, degree, logs + exponent)
        case Call("floor", Call("sqrt", Sym())):
            into[name] = (base, degree + Fraction(exponent, 2), logs)
        case Call("floor", Div(Sym(), Num())):
            into[name] = (base, degree + exponent, logs)
        case _:
            raise NoGrowth("A function stands in it that is not known in several sizes.")


def _quotient(into: _Class, atom: Expr, exponent: int) -> None:
    """n/k of floor(n/k) and floor((n - 1)/k)."""
    match atom:
        case Call("floor", Div(Sym(above) | Add((Sym(above), Num())), Sym(below))):
            for name, change in ((above, exponent), (below, -exponent)):
                base, degree, logs = into[name]
                into[name] = (base, degree + change, logs)
        case _:
            raise NoGrowth("A function of several sizes at once stands in it.")


def _within(first: _Class, second: _Class) -> bool:
    """Whether `first` is at most `second` in each letter."""
    return all(first[name] <= second[name] for name in first)


def _tree(one: _Class) -> Expr:
    factors, below = list[Expr](), list[Expr]()
    for name, (base, degree, logs) in one.items():
        place = Sym(name)
        if base != 1:
            factors.append(Pow(num(base), place))
        if degree < 0:
            below.append(power(place, num(-degree)))
        elif degree:
            factors.append(Call("sqrt", place) if degree == Fraction(1, 2) else power(place, num(degree)))
        if logs:
            factors.append(power(Call("log", place), num(logs)))
    return over(times(*factors), times(*below)) if below else times(*factors)
