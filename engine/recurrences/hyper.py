"""Summands of first-order recurrences: c r^n q^(n(n+1)/2) n!^k times powers of n + α and one more function.

Running products (T(n) = n T(n-1) and the like) and what is added on the way are both of this
shape, so dividing one by the other is exact and factorials cancel. Half-whole α are kept apart:
(1/2)(3/2)...(n - 1/2) is (2n)!/(4^n n!). Knows nothing of recurrences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from engine.symbolic.expr import (
    ONE,
    Call,
    Expr,
    Pow,
    num,
    over,
    plus,
    power,
    put,
    times,
)

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Hyper:
    """factor * rate^n * square^(n(n+1)/2) * n!^factorials * h(n)^halves * prod (n + α)^powers[α] * other.

    h(n) = (1/2)(3/2)...(n - 1/2); `other` is a function of n such as log n, or 1.
    """

    factor: Fraction = Fraction(1)
    rate: Fraction = Fraction(1)
    square: Fraction = Fraction(1)
    factorials: int = 0
    halves: int = 0
    powers: Mapping[Fraction, Fraction] = field(default_factory=dict)
    other: Expr = ONE

    def times(self, other: Hyper) -> Hyper:
        powers = dict(self.powers)
        for shift, exponent in other.powers.items():
            powers[shift] = powers.get(shift, Fraction(0)) + exponent
        return Hyper(
            self.factor * other.factor,
            self.rate * other.rate,
            self.square * other.square,
            self.factorials + other.factorials,
            self.halves + other.halves,
            {shift: exponent for shift, exponent in powers.items() if exponent},
            times(self.other, other.other),
        )

    def inverse(self) -> Hyper | None:
        """1 over it; None where it is 0 or has another function in it."""
        if not self.factor or self.other != ONE:
            return None
        powers = {shift: -exponent for shift, exponent in self.powers.items()}
        return Hyper(1 / self.factor, 1 / self.rate, 1 / self.square, -self.factorials, -self.halves, powers)

    @property
    def plain(self) -> bool:
        """Whether it is rational: no factorials, no powers of numbers, no other functions, no roots."""
        whole = all(exponent.denominator == 1 for exponent in self.powers.values())
        return whole and self.geometric and self.rate == 1

    @property
    def geometric(self) -> bool:
        """Whether it has neither factorials nor other functions."""
        return self.square == 1 and not self.factorials and not self.halves and self.other == ONE

    def expr(self, n: Expr) -> Expr:
        """As one writes it, with `n` put in."""
        top, bottom = _shown(self, n)
        front = num(abs(self.factor.numerator))
        whole = over(times(front, *top), times(num(self.factor.denominator), *bottom))
        whole = times(whole, put(self.other, "n", n)) if self.other != ONE else whole
        return times(num(-1), whole) if self.factor < 0 else whole

    def moved(self, by: int) -> Hyper:
        """n -> self(n + by), for one without `other` and `square`; factorials become n! again."""
        powers = {shift + by: exponent for shift, exponent in self.powers.items()}
        found = Hyper(self.factor * self.rate**by, self.rate, Fraction(1), powers=powers)
        for _ in range(abs(self.factorials)):
            found = found.times(_rising(by, Fraction(0), self.factorials))
        for _ in range(abs(self.halves)):
            found = found.times(_rising(by, -HALF, self.halves))
        return replace(found, factorials=self.factorials, halves=self.halves)


def _rising(by: int, offset: Fraction, sign: int) -> Hyper:
    """(n + by)! / n! as powers, or one over it; for halves with their offset."""
    up = range(1, by + 1) if by > 0 else range(by + 1, 1)
    exponent = Fraction((1 if by > 0 else -1) * (1 if sign > 0 else -1))
    powers: dict[Fraction, Fraction] = {}
    for step in up:
        powers[step + offset] = powers.get(step + offset, Fraction(0)) + exponent
    return Hyper(powers=powers)


def _shown(hyper: Hyper, n: Expr) -> tuple[list[Expr], list[Expr]]:
    """Factors above and below the line."""
    above, below = list[Expr](), list[Expr]()
    factorials, powers = _merged(replace(hyper, factorials=hyper.factorials - hyper.halves))
    for shift, exponent in sorted(powers.items()):
        letter = plus(n, num(shift)) if shift >= 0 else plus(n, times(num(-1), num(-shift)))
        side = above if exponent > 0 else below
        side.append(Call("sqrt", letter) if abs(exponent) == HALF else power(letter, num(abs(exponent))))
    for moved, count in factorials:
        letter = plus(n, num(moved)) if moved >= 0 else plus(n, times(num(-1), num(-moved)))
        (above if count > 0 else below).append(power(Call("factorial", letter), num(abs(count))))
    rate: Fraction = hyper.rate
    if hyper.halves:
        double = Call("factorial", times(num(2), n))
        (above if hyper.halves > 0 else below).append(power(double, num(abs(hyper.halves))))
        rate = Fraction(rate * Fraction(1, 4) ** hyper.halves)
    if rate != 1:
        upside = 0 < rate.numerator == 1 and rate.denominator > 1
        side, base = (below, 1 / rate) if upside else (above, rate)
        side.append(Pow(num(base), n))
    if hyper.square != 1:
        upside = hyper.square < 1
        side, base = (below, 1 / hyper.square) if upside else (above, hyper.square)
        side.append(Pow(num(base), over(times(n, plus(n, ONE)), num(2))))
    return above, below


def _merged(hyper: Hyper) -> tuple[list[tuple[int, int]], dict[Fraction, Fraction]]:
    """n! with its neighbours taken in: n! / n is (n - 1)!."""
    powers, shift, count = dict(hyper.powers), 0, hyper.factorials
    if abs(count) != 1:
        return ([(0, count)] if count else []), powers
    while powers.get(Fraction(shift + 1)) == count:
        shift += 1
        del powers[Fraction(shift)]
    while shift <= 0 and powers.get(Fraction(shift)) == -count:
        del powers[Fraction(shift)]
        shift -= 1
    return [(shift, count)], powers
