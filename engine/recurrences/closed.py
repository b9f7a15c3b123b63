"""The closed form of a linear recurrence with constant factors, exactly.

T(n) = sum of c_i T(n-i) + f(n) is solved by p(n) + sum of A_i n^j r^n, where p is one
particular solution, r are the roots of the characteristic equation and the A_i are fixed
by the first values (Graham, Knuth, Patashnik: Concrete Mathematics, section 7.3).
Knows nothing of steps or of how it is explained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.exppoly import ONE, ZERO, ExpPoly, apply, exp_poly, particular
from engine.recurrences.factoring import factors
from engine.recurrences.normal import NotSolved
from engine.recurrences.turning import root_of_negative, size_as_float, turns
from engine.symbolic.surd import Surd, Value, square_root, surd

Root = tuple[Value, int]  # a root of the characteristic equation and how often it occurs


class RootsNotExact(NotSolved):
    """The roots are no numbers p + q √d with one d."""


@dataclass(frozen=True)
class Closed:
    """A solved recurrence.

    Attributes:
        particular: one solution of the recurrence, whatever its first values.
        basis: the solutions n^j r^n of the recurrence without f, fastest growing first.
        constants: what they are multiplied by.
        function: particular + sum of constants * basis; satisfies recurrence and first values.
    """

    roots: tuple[Root, ...]
    particular: ExpPoly
    basis: tuple[ExpPoly, ...]
    constants: tuple[Value, ...]
    function: ExpPoly


def solve(lags: Mapping[int, Fraction], forcing: ExpPoly, first: int, values: Sequence[Fraction]) -> Closed:
    """The closed form with T(first), T(first + 1), ... = values, as many as the largest lag.

    Raises:
        RootsNotExact: the roots are not made of one square root.
    """
    roots = characteristic_roots(lags)
    basis = tuple(
        exp_poly({root: (*(ZERO,) * power, ONE)}) for root, times in roots for power in reversed(range(times))
    )
    special = particular(lags, forcing)
    places = range(first, first + len(values))
    wanted = [value - special(place) for place, value in zip(places, values, strict=True)]
    constants = _linear_system([[member(place) for member in basis] for place in places], wanted)
    function = special
    for constant, member in zip(constants, basis, strict=True):
        function += member.scaled(constant)
    return Closed(roots, special, basis, tuple(constants), function)


def holds(lags: Mapping[int, Fraction], forcing: ExpPoly, function: ExpPoly) -> bool:
    """Whether `function` satisfies the recurrence for every n: decided, not sampled."""
    return not (apply(lags, function) - forcing).terms


# --- roots ---------------------------------------------------------------------------------


def characteristic_roots(lags: Mapping[int, Fraction]) -> tuple[Root, ...]:
    """The roots of r^d = c_1 r^(d-1) + ... + c_d, largest size first.

    Raises:
        RootsNotExact: as `solve`.
    """
    order = max(lags)
    if order == 1:
        return ((lags[1], 1),)
    found = factors(characteristic_polynomial(lags))
    roots = [(root, times) for factor, times in found for root in _roots_of(factor)]
    if len({root.d for root, _ in roots if isinstance(root, Surd)}) > 1:
        raise RootsNotExact("The roots of the characteristic equation hold different square roots.")
    return tuple(sorted(roots, key=_fastest_first))


def _fastest_first(item: Root) -> tuple[float, bool, float]:
    root, _ = item
    if turns(root) and isinstance(root, Surd):
        return -size_as_float(root), True, -float(root.q)
    return -size_as_float(root), False, -float(root)


def characteristic_polynomial(lags: Mapping[int, Fraction]) -> list[Fraction]:
    """Coefficients of r^d - c_1 r^(d-1) - ... - c_d, highest power first."""
    return [ONE] + [-lags.get(lag, ZERO) for lag in range(1, max(lags) + 1)]


def _roots_of(factor: list[Fraction]) -> list[Value]:
    if len(factor) == 2:
        return [-factor[1] / factor[0]]
    if len(factor) > 3:
        raise RootsNotExact("The characteristic equation has roots that square roots cannot write.")
    a, b, c = factor
    inside = b * b - 4 * a * c
    root = root_of_negative(inside) if inside < 0 else square_root(inside)
    if not isinstance(root, Surd):  # it is irrational, else the factor would fall apart
        raise ArithmeticError("a factor was left that is none")
    step = surd(root.p / (2 * a), root.q / (2 * a), root.d)
    return [step + -b / (2 * a), -step + -b / (2 * a)]


# --- constants -----------------------------------------------------------------------------


def _linear_system(rows: list[list[Value]], wanted: list[Value]) -> list[Value]:
    """The solution of a square system that has exactly one, by elimination."""
    table = [[*row, value] for row, value in zip(rows, wanted, strict=True)]
    for place in range(len(table)):
        pivot = next(i for i in range(place, len(table)) if table[i][place] != 0)
        table[place], table[pivot] = table[pivot], table[place]
        scale = table[place][place]
        table[place] = [value / scale for value in table[place]]
        for i, row in enumerate(table):
            if i != place and row[place] != 0:
                factor = row[place]
                table[i] = [a - factor * b for a, b in zip(row, table[place], strict=True)]
    return [row[-1] for row in table]
