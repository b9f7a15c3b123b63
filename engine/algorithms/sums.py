"""Exact closed forms of sums of forms: Faulhaber, geometric, periodic, over floor(log i), 1/i.

`total(form, "i", low, high)` is the sum for i = low, ..., high, right wherever high >= low - 1; whoever
asks guards empty ranges. A sum without a closed form stays a sum, as an atom of the result.
Sources: Graham, Knuth, Patashnik, Concrete Mathematics, section 2.5 (powers), 2.6 (finite calculus),
3.5 (sums with floors, by the ranges where the floor is constant).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb, lcm

from engine.algorithms.exact import TooLarge
from engine.algorithms.forms import ZERO, Form, Monomial, as_form, letter, of_atom, period_of
from engine.algorithms.functions import floor_div, floor_log, floor_root, raised, tabulated
from engine.symbolic.expr import Big, Call, Expr, Num, Pow, Sym, letters

_TABLES = 40_000  # entries of tables of remainders that one sum may take
_V = "\0v"  # the constant value of a floor on one of its ranges; no letter that anybody types


def total(form: Form, index: str, low: Form, high: Form) -> Form:
    """The sum of `form` for index = low, ..., high; right for high >= low - 1."""
    free, groups = _grouped(form, index)
    result = free * (high - low + 1)
    for kind, part in groups.items():
        result = result + _sum_of(kind, part, index, low, high)
    return result


def _grouped(form: Form, index: str) -> tuple[Form, dict[str, Form]]:
    """The terms without `index`, and the others by how they are summed."""
    free, groups = ZERO, dict[str, Form]()
    for key, factor in form.terms.items():
        part = Form({key: factor})
        if index not in part.letters():
            free = free + part
        else:
            kind = _kind(key, index)
            groups[kind] = groups.get(kind, ZERO) + part
    return free, groups


def _kind(key: Monomial, index: str) -> str:
    """How a term is summed: "plain", "harmonic", "steps" (floors of i), "moved" or "none"."""
    kinds = set[str]()
    for atom, exponent in key:
        if index in letters(atom):
            kinds.add(_atom_kind(atom, exponent, index))
    for kind in ("none", "moved", "steps"):
        if kind in kinds:
            return "none" if "harmonic" in kinds else kind
    if "harmonic" in kinds:
        alone = sum(index in letters(atom) for atom, _ in key) == 1
        return "harmonic" if alone else "none"
    return "plain"


def _atom_kind(atom: Expr, exponent: int, index: str) -> str:
    place = Sym(index)
    match atom:
        case Sym():
            return "plain" if exponent > 0 else "harmonic" if exponent == -1 else "none"
        case Pow(Num(), inner) if inner == place:
            return "plain"
        case Call("mod", inner, Num()) if inner == place:
            return "plain"
        case Pow(Num(), inner) | inner if _is_steps(inner, place):
            return "steps"
        case Pow(Num(), inner) | inner if _inside(inner) is not None:
            return "moved" if _shift(inner, index) is not None else "none"
        case _:
            return "none"


def _is_steps(atom: Expr, place: Sym) -> bool:
    """Whether it is floor(log_b i) or floor(i^(1/k))."""
    match atom:
        case Call("floor", Call("log", body, Num())) | Call("floor", Call("sqrt", body)):
            return body == place
        case Call("floor", Pow(body, Num(value))):
            return body == place and value.numerator == 1
        case _:
            return False


def _inside(atom: Expr) -> Form | None:
    """x of floor(log_b x) or floor(x^(1/k))."""
    from engine.algorithms.functions import from_expr

    match atom:
        case Call("floor", Call("log", body, Num())) | Call("floor", Call("sqrt", body)):
            return from_expr(body)
        case Call("floor", Pow(body, Num(value))) if value.numerator == 1:
            return from_expr(body)
        case _:
            return None


def _shift(atom: Expr, index: str) -> tuple[int, Form] | None:
    """(1 or -1, c) where what the floor is of is c + i or c - i."""
    inside = _inside(atom)
    linear = inside.linear_in(index) if inside is not None else None
    if linear is None or abs(linear[0]) != 1:
        return None
    return int(linear[0]), linear[1]


def _sum_of(kind: str, form: Form, index: str, low: Form, high: Form) -> Form:
    if kind == "plain":
        return _plain(form, index, high + 1) - _plain(form, index, low)
    if kind == "harmonic":
        return _harmonic(form, index, low, high)
    if kind == "steps":
        return _steps(form, index, low, high)
    if kind == "moved":
        return _moved(form, index, low, high)
    return unsummed(form, index, low, high)


def unsummed(form: Form, index: str, low: Form, high: Form) -> Form:
    """The sum as it stands, what does not count along in front of it."""
    result = ZERO
    for key, factor in form.terms.items():
        outer = tuple((atom, exponent) for atom, exponent in key if index not in letters(atom))
        inner = tuple((atom, exponent) for atom, exponent in key if index in letters(atom))
        body = Form({inner: Fraction(1)}).expr()
        atom = of_atom(Big("sum", body, index, low.expr(), high.expr()))
        result = result + atom * Form({outer: factor})
    return result


# --- powers, exponentials, residues ------------------------------------------------------------


def _plain(form: Form, index: str, end: Form) -> Form:
    """The sum for index = 0, ..., end - 1 of a polynomial in i, b^i and i mod c; for end < 0 continued."""
    groups = dict[tuple[int, Fraction, Monomial], Form]()
    for key, factor in form.terms.items():
        degree, base, period, rest = 0, Fraction(1), Form({(): factor}), dict[Expr, int]()
        for atom, exponent in key:
            if index not in letters(atom):
                rest[atom] = exponent
            elif isinstance(atom, Sym):
                degree = exponent
            elif isinstance(atom, Pow) and isinstance(atom.base, Num):
                base = atom.base.value
            else:
                period = period * Form({((atom, exponent),): Fraction(1)})
        alike = (degree, base, tuple(rest.items()))
        groups[alike] = groups.get(alike, ZERO) + period
    result = ZERO
    for (degree, base, outer), period in groups.items():
        cycle = lcm(*map(period_of, period.atoms()))
        if len(groups) * cycle**2 > _TABLES:
            raise TooLarge
        if cycle == 1:
            inner = _power_sum(degree, base, end) * period
        else:
            inner = _periodic(degree, base, period, cycle, index, end)
        result = result + Form({outer: Fraction(1)}) * inner
    return result


def _power_sum(degree: int, base: Fraction, end: Form) -> Form:
    """The sum of i^degree base^i for i = 0, ..., end - 1."""
    if base == 1:
        return sum((end**k * factor for k, factor in enumerate(faulhaber(degree))), ZERO)
    solved = _geometric(degree, base)
    at_end = sum((end**k * factor for k, factor in enumerate(solved)), ZERO)
    return raised(base, end) * at_end - solved[0]


@lru_cache(maxsize=64)
def faulhaber(degree: int) -> tuple[Fraction, ...]:
    """Coefficients, in powers of m, of the sum of i^degree for i = 0, ..., m - 1."""
    # S(m + 1) - S(m) = m^degree, read off power by power from the top
    found = [Fraction(0)] * (degree + 2)
    for k in range(degree + 1, 0, -1):
        wanted = Fraction(int(k - 1 == degree))
        have = sum((found[j] * comb(j, k - 1) for j in range(k + 1, degree + 2)), Fraction(0))
        found[k] = (wanted - have) / k
    return tuple(found)


@lru_cache(maxsize=64)
def _geometric(degree: int, base: Fraction) -> tuple[Fraction, ...]:
    """The polynomial P with base P(m + 1) - P(m) = m^degree: base^m P(m) - P(0) is the sum."""
    found = [Fraction(0)] * (degree + 1)
    for k in range(degree, -1, -1):
        wanted = Fraction(int(k == degree))
        have = base * sum((found[j] * comb(j, k) for j in range(k + 1, degree + 1)), Fraction(0))
        found[k] = (wanted - have) / (base - 1)
    return tuple(found)


def _periodic(degree: int, base: Fraction, period: Form, cycle: int, index: str, end: Form) -> Form:
    """The sum for i < end of i^degree base^i times a function of i mod cycle, residue by residue."""
    result = ZERO
    if degree == 0 and base == 1:
        found = _turns(period, cycle, index, end)
        if found is not None:
            return found
    for r in range(cycle):
        weight = period.value({index: r})
        if weight:
            count = floor_div(end + (cycle - 1 - r), cycle)  # how many i < end are r, c + r, 2c + r, ...
            for k in range(degree + 1):
                factor = weight * comb(degree, k) * Fraction(cycle) ** k * Fraction(r) ** (degree - k)
                if factor:
                    result = result + _power_sum(k, base**cycle, count) * (factor * base**r)
    return result


def _turns(period: Form, cycle: int, index: str, end: Form) -> Form | None:
    """The same for degree 0: whole turns, and the rest of one. None where that has no table."""
    weights = [period.value({index: r}) for r in range(cycle)]
    scale = lcm(*(weight.denominator for weight in weights))
    one_turn = sum(weights, Fraction(0)) * scale
    before = [int(sum(weights[:r], Fraction(0)) * scale * cycle - one_turn * r) for r in range(cycle)]
    rest = tabulated(end, cycle, lambda value: before[value % cycle])
    return None if rest is None else (end * one_turn + rest) / (scale * cycle)


# --- 1/i ---------------------------------------------------------------------------------------


def _harmonic(form: Form, index: str, low: Form, high: Form) -> Form:
    outer = form * letter(index)
    before = low.whole
    if before is not None and before >= 1:
        known = sum((Fraction(1, k) for k in range(1, before)), Fraction(0))
        return outer * (of_atom(Call("harmonic", high.expr())) - known)
    return outer * (of_atom(Call("harmonic", high.expr())) - of_atom(Call("harmonic", (low - 1).expr())))


# --- floors that are constant on ranges ----------------------------------------------------------


def _steps(form: Form, index: str, low: Form, high: Form) -> Form:
    """Sums with floor(log_b i) or floor(i^(1/k)): range by range, each with the floor a constant."""
    floors = {_core(atom) for atom in form.atoms() if index in letters(atom)} - {None}
    if len(floors) != 1:
        return unsummed(form, index, low, high)
    floor = next(iter(floors))
    if floor is None:
        return unsummed(form, index, low, high)
    first = low.whole
    if first is None:
        return _up_to(form, index, floor, high) - _up_to(form, index, floor, low - 1)
    least = _least(floor)
    if first < least:
        return unsummed(form, index, low, high)
    skipped = sum((_at(form, index, k) for k in range(least, first)), ZERO)
    return _up_to(form, index, floor, high) - skipped


def _core(atom: Expr) -> Expr | None:
    match atom:
        case Call("floor"):
            return atom
        case Pow(Num(), Call("floor") as inner):
            return inner
        case _:
            return None


def _least(floor: Expr) -> int:
    """The first i that the floor is defined for: 1 for a logarithm, 0 for a root."""
    match floor:
        case Call("floor", Call("log")):
            return 1
        case _:
            return 0


def _at(form: Form, index: str, place: int) -> Form:
    return form.put(index, as_form(place))


def _start(floor: Expr, value: Form) -> Form:
    """The first i at which the floor is `value`."""
    match floor:
        case Call("floor", Call("log", _, Num(base))):
            return raised(base, value)
        case Call("floor", Pow(_, Num(part))):
            return value**part.denominator
        case _:
            return value**2


def _value_at(floor: Expr, place: Form) -> Form:
    match floor:
        case Call("floor", Call("log", _, Num(base))):
            return floor_log(place, int(base))
        case Call("floor", Pow(_, Num(part))):
            return floor_root(place, part.denominator)
        case _:
            return floor_root(place, 2)


def _up_to(form: Form, index: str, floor: Expr, high: Form) -> Form:
    """The sum for i = 1 (of a root: 0), ..., high: whole ranges, then the one that high is in."""
    constant = _with_constant(form, floor)
    value, last = letter(_V), _value_at(floor, high)
    least = 0
    whole = total(constant, index, _start(floor, value), _start(floor, value + 1) - 1)
    ranges = total(whole, _V, as_form(least), last - 1)
    rest = total(constant, index, _start(floor, value), high).put(_V, last)
    return ranges + rest


def _with_constant(form: Form, floor: Expr) -> Form:
    """`form` with its floor replaced by the letter of its constant value."""
    result = ZERO
    for key, factor in form.terms.items():
        product = as_form(factor)
        for atom, exponent in key:
            if atom == floor:
                product = product * letter(_V) ** exponent
            elif isinstance(atom, Pow) and isinstance(atom.base, Num) and atom.exponent == floor:
                product = product * raised(atom.base.value, letter(_V)) ** exponent
            else:
                product = product * Form({((atom, exponent),): Fraction(1)})
        result = result + product
    return result


def _moved(form: Form, index: str, low: Form, high: Form) -> Form:
    """Sums with floor(log(c + i)) or floor(log(c - i)): counted with c + i or c - i instead."""
    shifts = {
        _shift(core, index)
        for atom in form.atoms()
        if index in letters(atom) and (core := _core(atom)) is not None
    }
    plain_letters = all(core is not None for core in map(_core, ()))
    if len(shifts) != 1 or not plain_letters:
        return unsummed(form, index, low, high)
    [shift] = shifts
    if shift is None:
        return unsummed(form, index, low, high)
    sign, offset = shift
    turned = form.put(index, (letter(index) - offset) * sign)
    ends = (low + offset, high + offset) if sign > 0 else (offset - high, offset - low)
    if turned == form:
        return unsummed(form, index, low, high)
    return total(turned, index, *ends)
