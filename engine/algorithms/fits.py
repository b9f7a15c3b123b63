"""Exact fits: numbers at n = 0, 1, 2, ... -> a sum of a few known functions that gives every one of them.

Solved over fractions on the first points and held against all the others; no rounding. A fit
alone is a measurement: whoever uses one as more has to say why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Final

from engine.algorithms.gauss import unknowns
from engine.algorithms.whole import whole_log
from engine.symbolic.expr import Call, Expr, Mul, Num, Pow, Sym, num, plus, times

_LARGE: Final = 500  # beyond which nobody asks for a factorial
SPARE: Final = 3  # points beyond those that a fit is solved from, at least


@dataclass(frozen=True, slots=True)
class Atom:
    """A known function of n: its values and its tree."""

    at: Callable[[int], Fraction | int]
    expr: Expr


_N = Sym("n")
_TWO = num(2)


def power_of(degree: int) -> Atom:
    return Atom(lambda n: n**degree, num(1) if degree == 0 else _N if degree == 1 else Pow(_N, num(degree)))


def _log(base: int) -> Expr:
    return Call("floor", Call("log", _N, num(base)))


def log_of(base: int) -> Atom:
    return Atom(lambda n: whole_log(n, base), _log(base))


def power_of_log(base: int) -> Atom:
    return Atom(lambda n: base ** whole_log(n, base), Pow(num(base), _log(base)))


def n_log(base: int) -> Atom:
    return Atom(lambda n: n * whole_log(n, base), Mul((_N, _log(base))))


def exponential(base: int) -> Atom:
    return Atom(lambda n: Fraction(base) ** n, Pow(num(base), _N))


def n_exponential(base: int) -> Atom:
    return Atom(lambda n: n * Fraction(base) ** n, Mul((_N, Pow(num(base), _N))))


FACTORIAL: Final = Atom(lambda n: factorial(n) if n < _LARGE else 0, Call("factorial", _N))
HALF: Final = Atom(lambda n: n // 2, Call("floor", Mul((Num(Fraction(1, 2)), _N))))
ONE, N, SQUARE, CUBE = (power_of(degree) for degree in range(4))

OF_ONE_CALL: Final[tuple[tuple[Atom, ...], ...]] = (
    (ONE,), (ONE, N), (ONE, N, SQUARE), (ONE, HALF), (ONE, N, HALF), (ONE, N, SQUARE, CUBE), (ONE, log_of(2)),
    (ONE, N, SQUARE, HALF), (ONE, N, exponential(2)), (ONE, N, log_of(2)), (FACTORIAL,), (ONE, N, FACTORIAL),
)  # fmt: skip
"""What the work of one call may be, the plainest first."""


WHOLE_RUNS: Final[tuple[tuple[Atom, ...], ...]] = (
    (ONE,), (ONE, N), (ONE, N, SQUARE), (ONE, N, HALF), (ONE, N, SQUARE, CUBE), (ONE, log_of(2)),
    (ONE, N, SQUARE, HALF), (ONE, N, log_of(2)), (ONE, N, exponential(2)),
    (ONE, N, exponential(2), n_exponential(2)), (ONE, N, SQUARE, exponential(2), n_exponential(2)),
    (ONE, N, exponential(3)), (ONE, N, log_of(2), power_of_log(2), n_log(2)),
)  # fmt: skip
"""What a whole run may count where no recurrence says it."""


def halving(base: int) -> tuple[tuple[Atom, ...], ...]:
    """What totals of a recursion on n/base may be, at all n."""
    log, top = log_of(base), power_of_log(base)
    return (
        (ONE, log),
        (ONE, N),
        (ONE, N, log),
        (ONE, N, top),
        (ONE, N, top, log),
        (ONE, N, top, log, n_log(base)),
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """sum of factor * atom."""

    parts: tuple[tuple[Fraction, Atom], ...]

    def at(self, n: int) -> Fraction:
        return sum((factor * atom.at(n) for factor, atom in self.parts), Fraction(0))

    @property
    def expr(self) -> Expr:
        return plus(*(times(Num(factor), atom.expr) for factor, atom in reversed(self.parts) if factor))

    def smooth(self) -> Fit | None:
        """With n/2 in place of floor(n/2); None where that leaves nothing that grows."""
        parts = tuple((factor / 2, N) if atom is HALF else (factor, atom) for factor, atom in self.parts)
        rising = sum((factor for factor, atom in parts if atom is N), Fraction(0))
        return Fit(parts) if rising > 0 else None


def fitted(values: Mapping[int, int | Fraction], choices: Sequence[tuple[Atom, ...]]) -> Fit | None:
    """The first of `choices` that gives all of `values` exactly, with points to spare; else None."""
    places = sorted(values)
    for atoms in choices:
        if len(places) < len(atoms) + SPARE:
            continue
        try:
            fit = _solved(places, values, atoms)
            if fit is not None and all(fit.at(n) == values[n] for n in places):
                return fit
        except ValueError:  # a logarithm of 0: not at these places
            continue
    return None


def _solved(places: list[int], values: Mapping[int, int | Fraction], atoms: tuple[Atom, ...]) -> Fit | None:
    """From the first places that determine the factors."""
    rows = ([*(Fraction(atom.at(n)) for atom in atoms), Fraction(values[n])] for n in places)
    factors = unknowns(rows, len(atoms))
    return None if factors is None else Fit(tuple(zip(factors, atoms, strict=True)))
