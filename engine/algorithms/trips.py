"""How often a loop goes round: the first t at which a form in t falls below 0.

Each rule here inverts one kind of course exactly: falling by a constant, growing by a factor, halved
with rounding, squared, polynomial. What falls in no known way is refused by name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from engine.algorithms.counts import Around, Unsolved
from engine.algorithms.forms import ZERO, Form, as_form, letter
from engine.algorithms.functions import floor_div, floor_log, floor_of, floor_root
from engine.symbolic.expr import Call, Div, Expr, Num, Pow, Sym, letters

_ENDLESS = "its condition never becomes false: nothing in it comes closer to the end"


class Endless(Unsolved):
    """The loop goes round for ever."""

    def __init__(self) -> None:
        super().__init__(_ENDLESS)


@dataclass(frozen=True, slots=True)
class Trips:
    """`count` where `begins` >= 0 holds before the first pass; else none. Not `exact`: at most that."""

    count: Form
    begins: Form
    exact: bool = True


def trips_while(form: Form, index: str, around: Around) -> Trips:
    """How many t = 0, 1, ... pass before form(t) >= 0 fails. Raises Unsolved, Endless."""
    begins = form.put(index, ZERO)
    if index not in form.letters():
        if around.sign(form) == -1:
            return Trips(ZERO, begins)
        raise Endless
    linear = form.linear_in(index)
    if linear is not None:
        return _falling(linear, begins)
    atom = _one_atom(form, index)
    if atom is not None:
        found = _through(form, atom, index, begins, around)
        if found is not None:
            return found
    variable = _variable_slope(form, index)
    if variable is not None:
        slope, rest = variable
        if around.sign(-slope - 1) == 1:
            return Trips(floor_of(rest, -slope) + 1, begins)
    found = _polynomial(form, index, begins)
    if found is None:
        raise Unsolved("how its condition changes from pass to pass has no formula that is known here")
    return found


def trips_below(form: Form, index: str, around: Around) -> Trips:
    """The same for form(t) > 0 where form is factor / b^t - rest, of whole numbers."""
    atom = _one_atom(form, index)
    if isinstance(atom, Pow) and isinstance(atom.base, Num) and atom.exponent == Sym(index):
        factor, rest = _split(form, atom)
        turned = 1 / atom.base.value
        if turned.denominator == 1 and turned > 1 and around.sign(-rest - 1) == 1:
            return Trips(floor_log(_over(factor - 1, -rest), int(turned)) + 1, factor - 1 + rest)
    raise Unsolved("how its condition changes from pass to pass has no formula that is known here")


def _falling(linear: tuple[Fraction, Form], begins: Form) -> Trips:
    slope, rest = linear
    if slope > 0:
        raise Endless
    scale = math.lcm(slope.denominator, *(factor.denominator for factor in rest.terms.values()))
    return Trips(floor_div(rest * scale, int(-slope * scale)) + 1, begins)


def _one_atom(form: Form, index: str) -> Expr | None:
    """The one thing in `form` that `index` stands in, if that is no bare letter and has no powers."""
    atoms = {atom for atom in form.atoms() if index in letters(atom)}
    if len(atoms) != 1:
        return None
    [atom] = atoms
    plain = all(exponent == 1 for key in form.terms for a, exponent in key if a == atom)
    return None if isinstance(atom, Sym) or not plain else atom


def _split(form: Form, atom: Expr) -> tuple[Form, Form]:
    """(factor, rest) with form = factor * atom + rest."""
    factor, rest = dict[tuple[tuple[Expr, int], ...], Fraction](), ZERO
    for key, value in form.terms.items():
        if any(a == atom for a, _ in key):
            factor[tuple((a, e) for a, e in key if a != atom)] = value
        else:
            rest = rest + Form({key: value})
    return Form(factor), rest


def _through(form: Form, atom: Expr, index: str, begins: Form, around: Around) -> Trips | None:
    """Where form is rest - factor * b^t, or factor * floor(x / b^t) - rest."""
    factor, rest = _split(form, atom)
    match atom:
        case Pow(Num(base), exponent) if base > 1 and base.denominator == 1 and exponent == Sym(index):
            if around.sign(-factor - 1) == 1:  # factor b^t <= rest
                return Trips(floor_log(_over(rest, -factor), int(base)) + 1, begins)
            _refuse_growing(factor, around)
        case Pow(Num(base), exponent) if 0 < base < 1 and exponent == Sym(index):
            turned = 1 / base
            if turned.denominator == 1 and around.sign(factor - 1) == 1 and around.sign(-rest - 1) == 1:
                return Trips(floor_log(_over(factor, -rest), int(turned)) + 1, begins)
        case Pow(Num(base), Pow(Num(two), exponent)) if base > 1 and two == 2 and exponent == Sym(index):
            if around.sign(-factor - 1) == 1 and base.denominator == 1:  # squared each time
                inner = floor_log(_over(rest, -factor), int(base))
                return Trips(floor_log(inner, 2) + 1, begins)
            _refuse_growing(factor, around)
        case Call("floor", Div(above, Pow(Num(base), exponent))) if exponent == Sym(index):
            from engine.algorithms.functions import from_expr

            least = -rest
            if factor.constant == 1 and base.denominator == 1:
                if around.sign(least - 1) != 1:
                    raise Endless
                return Trips(floor_log(_over(from_expr(above), least), int(base)) + 1, begins)
    return None


def _refuse_growing(factor: Form, around: Around) -> None:
    if around.sign(factor) == 1:
        raise Endless


def _over(above: Form, below: Form) -> Form:
    """above / below inside a logarithm, where only the floor of it matters."""
    number = below.constant
    if number is not None and number > 0:
        return above / number
    return floor_of(above, below)


def _variable_slope(form: Form, index: str) -> tuple[Form, Form] | None:
    """(slope, rest) where the slope is a form without `index`."""
    slope, rest = _split(form, Sym(index))
    if any(exponent > 1 for key in form.terms for a, exponent in key if a == Sym(index)):
        return None
    return None if index in slope.letters() | rest.letters() else (slope, rest)


def _polynomial(form: Form, index: str, begins: Form) -> Trips | None:
    """Where form is rest - (polynomial in t): (t + a)^k and squares completed."""
    degrees = {dict(key).get(Sym(index), 0) for key in form.terms}
    degree = max(degrees)
    by_power = [ZERO] * (degree + 1)
    for key, value in form.terms.items():
        place = dict(key).get(Sym(index), 0)
        if place < 0:
            return None
        by_power[place] = by_power[place] + Form({tuple((a, e) for a, e in key if a != Sym(index)): value})
    numbers = [part.constant for part in by_power[1:]]
    if any(index in part.letters() for part in by_power) or any(number is None for number in numbers):
        return None
    known = [number for number in numbers if number is not None]
    top = -known[-1]
    if top <= 0:
        raise Endless
    if degree == 2:
        return Trips(_square_root(top, -known[0], by_power[0]) + 1, begins)
    offset = -known[-2] / (top * degree)
    constant = by_power[0]
    turned = -((letter(index) + offset) ** degree) * top
    missing = form - constant - turned
    if offset.denominator == 1 and missing.constant is not None:
        return Trips(floor_root(_down(constant + missing.constant, top), degree) - int(offset) + 1, begins)
    if all(number <= 0 for number in known):  # the other powers only make it end sooner
        return Trips(floor_root(_down(constant, top), degree) + 1, begins, exact=False)
    return None


def _down(form: Form, divisor: Fraction) -> Form:
    scale = math.lcm(*(factor.denominator for factor in form.terms.values()), 1)
    return floor_div(form * scale * divisor.denominator, int(divisor.numerator * scale))


def _square_root(a: Fraction, b: Fraction, c: Form) -> Form:
    """The greatest t with a t^2 + b t <= c, for a > 0: floor((sqrt(b^2 + 4 a c) - b) / (2 a))."""
    scale = math.lcm(a.denominator, b.denominator, *(f.denominator for f in c.terms.values()))
    whole_a, whole_b, whole_c = int(a * scale), int(b * scale), c * scale
    if whole_b % 2 == 0:  # a t^2 + 2 (b/2) t <= c
        half = whole_b // 2
        root = floor_root(whole_c * whole_a + half * half, 2)
        return _floor(root - half, whole_a)
    root = floor_root(whole_c * (4 * whole_a) + whole_b * whole_b, 2)
    return _floor(root - whole_b, 2 * whole_a)


def _floor(form: Form, divisor: int) -> Form:
    return form if divisor == 1 else floor_of(form, as_form(divisor))
