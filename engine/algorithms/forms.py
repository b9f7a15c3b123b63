"""Form: exact sums of products of letters and a few whole-valued functions of them.

The numbers that counts of loops are made of: polynomials with fractions in letters (sizes such as
n, loop variables such as i), in 2^i, i mod 2, floor(log_2 n), floor(sqrt n), H_n and sums that have
no formula. Whatever depends on i mod c only is kept as a polynomial in i mod c, so floor(i/c) is
(i - i mod c)/c and sums of it stay exact. Knows nothing of code.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter
from typing import Any

from engine.algorithms.whole import root_floor, whole_log
from engine.symbolic.expr import (
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
    children,
    letters,
    neg,
    num,
    over,
    plus,
    power,
    put,
    swap,
    times,
)
from engine.symbolic.plain import plain

Monomial = tuple[tuple[Expr, int], ...]  # (atom, exponent), in the order of `_key`
Values = Mapping[str, int]

MAX_SUMMED = 5000  # terms of a sum that is added up
MAX_TERMS = 400  # of one form; more than that is no answer for a reader
_GRID = 64  # residues that a function of several letters may be tabulated over


class TooLarge(ArithmeticError):
    """A form has grown beyond what anybody would read."""


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
        if name not in self.letters():
            return self
        total = ZERO
        for key, factor in self.terms.items():
            product = as_form(factor)
            for atom, exponent in key:
                product = product * _raised(_atom_with(atom, name, value), atom, exponent)
            total = total + product
        return total

    def value(self, values: Values) -> Fraction:
        """At these whole numbers, exactly. Raises ValueError or ZeroDivisionError where it has no value."""
        total, known = Fraction(0), dict[Expr, Fraction]()
        for key, factor in self.terms.items():
            for atom, exponent in key:
                if atom not in known:
                    known[atom] = value_of(atom, values)
                factor *= known[atom] ** exponent
            total += factor
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
def _key(atom: Expr) -> str:
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
    return tuple(sorted(kept, key=lambda pair: _key(pair[0])))


def _period(atom: Expr) -> int:
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
        period = _period(atom)
        if period and exponent >= period:
            rest = Form({key[:place] + key[place + 1 :]: Fraction(1)})
            return _residues(atom, [Fraction(r) ** exponent for r in range(period)]) * rest
    return None


def _residues(atom: Expr, values: list[Fraction]) -> Form:
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


def mod(form: Form, period: int) -> Form:
    """form mod period for a whole-valued form, period >= 1."""
    table = _tabulated(form, period, lambda value: value % period)
    return table if table is not None else of_atom(Call("mod", form.expr(), num(period)))


def floor_div(form: Form, divisor: int) -> Form:
    """floor(form / divisor), for a whole-valued form and divisor >= 1."""
    if divisor == 1:
        return form
    if _cycle(form, divisor) is None:
        return floor_of(form, as_form(divisor))
    return (form - mod(form, divisor)) / divisor


def floor_of(above: Form, below: Form) -> Form:
    """floor(above / below), by itself where nothing simplifies."""
    number = below.whole
    if number is not None and number > 0 and above.constant is not None:
        return as_form(math.floor(above.constant / number))
    if above == below:
        return ONE
    inner = _quotient_atom(above)
    if inner is not None:  # floor(floor(a / b) / c) = floor(a / (b c))
        return floor_of(inner[0], inner[1] * below)
    return of_atom(Call("floor", over(above.expr(), below.expr())))


def _quotient_atom(form: Form) -> tuple[Form, Form] | None:
    """(a, b) of a form that is floor(a / b)."""
    if len(form.terms) != 1:
        return None
    [(key, factor)] = form.terms.items()
    match key:
        case ((Call("floor", Div(above, below)), 1),) if factor == 1:
            return from_expr(above), from_expr(below)
        case _:
            return None


def indicator(form: Form, period: int, residue: int) -> Form | None:
    """1 where form mod period is `residue`, else 0; None where that cannot be tabulated."""
    return _tabulated(form, period, lambda value: int(value % period == residue % period))


def _cycle(form: Form, period: int) -> tuple[list[Expr], int] | None:
    """The letters of `form`, and a length after which form mod `period` repeats in each."""
    bodies = set[Expr]()
    lengths = [period * math.lcm(*(factor.denominator for factor in form.terms.values()), 1)]
    for atom in form.atoms():
        if (cycle := _period(atom)) and isinstance(atom, Call):
            bodies.add(atom.body)
            lengths.append(cycle)
        elif isinstance(atom, Sym):
            bodies.add(atom)
        else:
            return None
    length = math.lcm(*lengths)
    negative = any(exponent < 0 for key in form.terms for _, exponent in key)
    if negative or not all(isinstance(body, Sym) for body in bodies) or length ** len(bodies) > _GRID:
        return None
    return sorted(bodies, key=_key), length


def _tabulated(form: Form, period: int, function: Callable[[int], int]) -> Form | None:
    """function(form), which depends on form mod `period` only, as a polynomial in residues."""
    if (number := form.whole) is not None:
        return as_form(function(number))
    found = _cycle(form, period)
    if found is None:
        return None
    bodies, length = found
    names = [body.name for body in bodies if isinstance(body, Sym)]
    length = _shortest(form, names, length, function)
    total = ZERO
    for places in itertools.product(range(length), repeat=len(names)):
        value = form.value(dict(zip(names, places, strict=True)))
        if value.denominator != 1:
            return None
        if result := function(int(value)):
            product = as_form(result)
            for name, r in zip(names, places, strict=True):
                atom = Call("mod", Sym(name), num(length))
                product = product * _residues(atom, [Fraction(int(r == s)) for s in range(length)])
            total = total + product
    return total


def _shortest(form: Form, names: list[str], length: int, function: Callable[[int], int]) -> int:
    """The smallest divisor of `length` after which function(form) repeats in every letter."""
    table = {
        places: function(math.floor(form.value(dict(zip(names, places, strict=True)))))
        for places in itertools.product(range(length), repeat=len(names))
    }
    for candidate in range(1, length):
        if length % candidate == 0 and all(
            value == table[tuple(place % candidate for place in places)] for places, value in table.items()
        ):
            return candidate
    return length


def raised(base: Fraction, exponent: Form) -> Form:
    """base^exponent, taken apart along the exponent's terms where its factors are whole."""
    result, rest = ONE, ZERO
    for key, factor in exponent.terms.items():
        if not key:
            if factor.denominator != 1:
                return of_atom(Pow(num(base), exponent.expr()))
            result = result * base ** int(factor)
        elif len(key) == 1 and key[0][1] == 1 and factor.denominator == 1 and not _period(key[0][0]):
            result = result * _power_atom(base ** int(factor), key[0][0])
        else:
            rest = rest + Form({key: factor})
    if not rest.terms:
        return result
    return (
        result * _periodic_power(base, rest)
        if _all_periodic(rest)
        else of_atom(Pow(num(base), exponent.expr()))
    )


def _power_atom(base: Fraction, atom: Expr) -> Form:
    return ONE if base == 1 else of_atom(Pow(num(base), atom))


def _all_periodic(form: Form) -> bool:
    atoms = form.atoms()
    return len(atoms) == 1 and all(map(_period, atoms))


def _periodic_power(base: Fraction, exponent: Form) -> Form:
    """base^(polynomial in x mod c): again a polynomial in x mod c, if all values are whole."""
    [atom] = exponent.atoms()
    values = list[Fraction]()
    for r in range(_period(atom)):
        at = sum(
            (factor * Fraction(r) ** (key[0][1] if key else 0) for key, factor in exponent.terms.items()),
            Fraction(0),
        )
        if at.denominator != 1:
            return of_atom(Pow(num(base), exponent.expr()))
        values.append(base ** int(at))
    return _residues(atom, values)


def floor_log(form: Form, base: int) -> Form:
    """floor(log_base(form)) for a form that is at least 1."""
    if (number := form.constant) is not None and number >= 1:
        return as_form(whole_log(number, base))
    if len(form.terms) == 1:
        [(key, factor)] = form.terms.items()
        if len(key) == 1 and isinstance(key[0][0], Pow) and key[0][0].base == num(base) and factor == 1:
            return from_expr(key[0][0].exponent)
        steps = whole_log(factor, base) if factor >= 1 else 0
        if factor > 1 and factor == base**steps:
            return floor_log(Form({key: Fraction(1)}), base) + steps
    return of_atom(Call("floor", Call("log", form.expr(), num(base))))


def floor_root(form: Form, degree: int) -> Form:
    """floor(form^(1/degree)) for a form that is not negative."""
    if (number := form.whole) is not None and number >= 0:
        return as_form(root_floor(number, degree))
    if len(form.terms) == 1:
        [(key, factor)] = form.terms.items()
        root = root_floor(int(factor), degree) if factor.denominator == 1 and factor > 0 else 0
        if root**degree == factor and all(isinstance(a, Sym) and e > 0 and e % degree == 0 for a, e in key):
            return Form({tuple((atom, exponent // degree) for atom, exponent in key): Fraction(root)})
    inside = Call("sqrt", form.expr()) if degree == 2 else Pow(form.expr(), num(Fraction(1, degree)))
    return of_atom(Call("floor", inside))


# --- trees -------------------------------------------------------------------------------------


def from_expr(expr: Expr) -> Form:  # noqa: PLR0911 - one case a node
    """The form that `expr` is; what it does not know becomes an atom."""
    match expr:
        case Num(value):
            return as_form(value)
        case Sym(name):
            return letter(name)
        case Neg(body):
            return -from_expr(body)
        case Add(terms):
            return sum(map(from_expr, terms), ZERO)
        case Mul(factors):
            return math.prod(map(from_expr, factors), start=ONE)
        case Div(above, Num(value)):
            return from_expr(above) / value
        case Pow(Num(value), exponent):
            return raised(value, from_expr(exponent))
        case Pow(base, Num(value)) if value.denominator == 1 and value >= 0:
            return from_expr(base) ** int(value)
        case Pow(base, Num(value)) if value == -1:
            return inverse(from_expr(base))
        case Call():
            return _from_call(expr)
        case _:
            return of_atom(expr)


def inverse(form: Form) -> Form:
    """1 / form, by itself where it has several terms."""
    if len(form.terms) == 1:
        [(key, factor)] = form.terms.items()
        if all(isinstance(atom, Sym) for atom, _ in key):
            return Form({tuple((atom, -exponent) for atom, exponent in key): 1 / factor})
    return of_atom(Pow(form.expr(), num(-1)))


def _from_call(call: Call) -> Form:
    match call:
        case Call("mod", body, Num(value)):
            return mod(from_expr(body), int(value))
        case Call("floor", Call("log", body, Num(base))):
            return floor_log(from_expr(body), int(base))
        case Call("floor", Call("sqrt", body)):
            return floor_root(from_expr(body), 2)
        case Call("floor", Pow(body, Num(value))) if value.numerator == 1:
            return floor_root(from_expr(body), value.denominator)
        case Call("floor", Div(above, below)):
            over_, under = from_expr(above), from_expr(below)
            number = under.whole
            return floor_div(over_, number) if number else floor_of(over_, under)
        case _:
            return of_atom(call)


def _atom_with(atom: Expr, name: str, value: Form) -> Form:
    if isinstance(atom, Sym):
        return value if atom.name == name else of_atom(atom)
    if name not in letters(atom):
        return of_atom(atom)
    if isinstance(atom, Big):
        return of_atom(_big_with(atom, name, value))
    return from_expr(put(atom, name, value.expr()))


def _big_with(big: Big, name: str, value: Form) -> Big:
    """A sum with a letter replaced: not the one it counts with."""
    tree = value.expr()
    body = big.body if name == big.index else put(big.body, name, tree)
    return Big(big.kind, body, big.index, put(big.low, name, tree), put(big.high, name, tree))


def _raised(form: Form, atom: Expr, exponent: int) -> Form:
    if exponent >= 0:
        return form**exponent
    return inverse(form) ** -exponent if isinstance(atom, Sym) else of_atom(power(form.expr(), num(exponent)))


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
    return (-exponential, -degree, " ".join(_key(atom) for atom, _ in key))


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


def value_of(expr: Expr, values: Values) -> Fraction:  # noqa: PLR0911, C901 - one case a node
    """The exact value of a tree with these whole numbers for letters; floors are never off by one."""
    match expr:
        case Num(value):
            return value
        case Sym(name):
            return Fraction(values[name])
        case Neg(body):
            return -value_of(body, values)
        case Add(terms):
            return sum((value_of(term, values) for term in terms), Fraction(0))
        case Mul(factors):
            return math.prod((value_of(factor, values) for factor in factors), start=Fraction(1))
        case Div(above, below):
            return value_of(above, values) / value_of(below, values)
        case Pow(base, exponent):
            return _power_value(value_of(base, values), value_of(exponent, values))
        case Big():
            return _big_value(expr, values)
        case Call():
            return _call_value(expr, values)
        case _:
            raise ValueError(f"{expr!r} has no exact value")


def _big_value(big: Big, values: Values) -> Fraction:
    used = tuple((name, values[name]) for name in sorted(letters(big)))
    return _added_up(big, used)


@lru_cache(maxsize=4096)
def _added_up(big: Big, used: tuple[tuple[str, int], ...]) -> Fraction:
    values = dict(used)
    places = range(math.ceil(value_of(big.low, values)), math.floor(value_of(big.high, values)) + 1)
    if len(places) > MAX_SUMMED:
        raise TooLarge
    body, inner = _closure(big.body), dict[str, Any](values)
    total: int | Fraction = 0
    for place in places:
        inner[big.index] = place
        total += body(inner)
    return Fraction(total)


@lru_cache(maxsize=256)
def _closure(expr: Expr) -> Callable[[dict[str, Any]], Any]:  # noqa: PLR0911 - one case a node
    """`expr` as a function of whole numbers, without fractions as long as it goes: sums have many terms."""
    match expr:
        case Num(value):
            number = int(value) if value.denominator == 1 else value
            return lambda values: number
        case Sym(name):
            return itemgetter(name)
        case Neg(body):
            inner = _closure(body)
            return lambda values: -inner(values)
        case Add(parts):
            terms = [_closure(part) for part in parts]
            return lambda values: sum(term(values) for term in terms)
        case Mul(parts):
            factors = [_closure(part) for part in parts]
            return lambda values: math.prod(factor(values) for factor in factors)
        case Call("floor", Div(above, below)):
            first, second = _closure(above), _closure(below)
            return lambda values: first(values) // second(values)
        case Call("floor", Call("log", body, Num(base))):
            inside, number_of = _closure(body), int(base)
            return lambda values: whole_log(inside(values), number_of)
        case Pow(Num(base), exponent) if base.denominator == 1:
            power_of = _closure(exponent)
            return lambda values: _power_value(base, Fraction(power_of(values))).numerator
        case _:
            return lambda values: value_of(expr, values)


def _power_value(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > 20_000:
        raise ValueError(f"{base}^{exponent} has no exact value here")
    return base ** int(exponent)


def _call_value(call: Call, values: Values) -> Fraction:  # noqa: PLR0911 - one case a function
    match call:
        case Call("floor", Call("log", body, Num(base))):
            return Fraction(whole_log(value_of(body, values), int(base)))
        case Call("floor", Call("sqrt", body)):
            return Fraction(root_floor(math.floor(value_of(body, values)), 2))
        case Call("floor", Pow(body, Num(value))) if value.numerator == 1:
            return Fraction(root_floor(math.floor(value_of(body, values)), value.denominator))
    of = value_of(call.body, values)
    second = value_of(call.base, values) if call.base is not None else Fraction(0)
    match call.name:
        case "floor":
            return Fraction(math.floor(of))
        case "ceil":
            return Fraction(math.ceil(of))
        case "mod":
            return of % second
        case "max":
            return max(of, second)
        case "min":
            return min(of, second)
        case "harmonic":
            return sum((Fraction(1, k) for k in range(1, int(of) + 1)), Fraction(0))
        case "factorial" if 0 <= of <= 1000:
            return Fraction(math.factorial(int(of)))
        case _:
            raise ValueError(f"{call.name} of {of} has no exact value")


def renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    """`expr` with its letters renamed, those that sums count with included."""

    def change(part: Expr) -> Expr | None:
        match part:
            case Sym(name) if name in names:
                return Sym(names[name])
            case Big(kind, body, index, low, high) if index in names:
                return Big(
                    kind, renamed(body, names), names[index], renamed(low, names), renamed(high, names)
                )
            case _:
                return None

    return swap(expr, change)


def depends(atoms: Iterable[Expr], name: str) -> bool:
    return any(name in letters(atom) for atom in atoms)


def depth(expr: Expr) -> int:
    return 1 + max(map(depth, children(expr)), default=0)
