"""Functions of forms that are forms again: remainders, quotients, powers, logarithms and roots, rounded down.

What depends on a letter only by its remainder is tabulated and kept as a polynomial in the remainder;
what is known in no such way becomes an atom.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from fractions import Fraction

from engine.algorithms.forms import (
    ONE,
    ZERO,
    Form,
    as_form,
    letter,
    name_of,
    of_atom,
    period_of,
    residues,
)
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
    letters,
    num,
    over,
    power,
    put,
)

_GRID = 64  # residues that a function of several letters may be tabulated over


def mod(form: Form, period: int) -> Form:
    """form mod period for a whole-valued form, period >= 1."""
    table = tabulated(form, period, lambda value: value % period)
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
    return tabulated(form, period, lambda value: int(value % period == residue % period))


def _cycle(form: Form, period: int) -> tuple[list[Expr], int] | None:
    """The letters of `form`, and a length after which form mod `period` repeats in each."""
    bodies = set[Expr]()
    lengths = [period * math.lcm(*(factor.denominator for factor in form.terms.values()), 1)]
    for atom in form.atoms():
        if (cycle := period_of(atom)) and isinstance(atom, Call):
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
    return sorted(bodies, key=name_of), length


def tabulated(form: Form, period: int, function: Callable[[int], int]) -> Form | None:
    """function(form), which depends on form mod `period` only, as a polynomial in residues."""
    if (number := form.whole) is not None:
        return as_form(function(number))
    found = _cycle(form, period)
    if found is None:
        return None
    bodies, length = found
    names = [body.name for body in bodies if isinstance(body, Sym)]
    length = _shortest(form, names, length, function)
    if len(names) == 1:
        return _by_residue(form, names[0], length, function)
    total = ZERO
    for places in itertools.product(range(length), repeat=len(names)):
        value = form.value(dict(zip(names, places, strict=True)))
        if value.denominator != 1:
            return None
        if result := function(int(value)):
            product = as_form(result)
            for name, r in zip(names, places, strict=True):
                atom = Call("mod", Sym(name), num(length))
                product = product * residues(atom, [Fraction(int(r == s)) for s in range(length)])
            total = total + product
    return total


def _by_residue(form: Form, name: str, length: int, function: Callable[[int], int]) -> Form | None:
    values = [form.value({name: place}) for place in range(length)]
    if any(value.denominator != 1 for value in values):
        return None
    return residues(Call("mod", Sym(name), num(length)), [Fraction(function(int(value))) for value in values])


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
        elif len(key) == 1 and key[0][1] == 1 and factor.denominator == 1 and not period_of(key[0][0]):
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
    return len(atoms) == 1 and all(map(period_of, atoms))


def _periodic_power(base: Fraction, exponent: Form) -> Form:
    """base^(polynomial in x mod c): again a polynomial in x mod c, if all values are whole."""
    [atom] = exponent.atoms()
    values = list[Fraction]()
    for r in range(period_of(atom)):
        at = sum(
            (factor * Fraction(r) ** (key[0][1] if key else 0) for key, factor in exponent.terms.items()),
            Fraction(0),
        )
        if at.denominator != 1:
            return of_atom(Pow(num(base), exponent.expr()))
        values.append(base ** int(at))
    return residues(atom, values)


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
    if len(form.terms) == 2 and form.terms.get(()) == -1:  # b^x - 1 has the x digits b - 1
        exponent = floor_log(form + 1, base)
        if raised(Fraction(base), exponent) == form + 1:
            return exponent - 1
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


def atom_with(atom: Expr, name: str, value: Form) -> Form:
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


def power_with(form: Form, atom: Expr, exponent: int) -> Form:
    if exponent >= 0:
        return form**exponent
    return inverse(form) ** -exponent if isinstance(atom, Sym) else of_atom(power(form.expr(), num(exponent)))
