"""Curves where T(n) is 0 or below it: gaps, not cliffs; what falls for good is kept."""

from __future__ import annotations

import math

from engine.recurrences.curves import curve
from engine.recurrences.magnitude import Magnitude, of_number
from engine.symbolic.expr import Sym
from engine.symbolic.formulas import formula

N = formula(Sym("n"))


def test_noise_in_place_of_zero_is_a_gap() -> None:
    def wave(x: float) -> Magnitude:
        return of_number(2.0 ** (x / 2) * (math.cos(x * math.pi / 4) + math.sin(x * math.pi / 4)))

    found = curve("T(n)", N, wave, (1.0, 40.0))
    exact = {x: y for x, y in zip(found.xs, found.ys, strict=True) if math.isfinite(y)}
    assert exact
    assert any(math.isnan(y) for y in found.ys)
    assert all(x % 8 in (0, 1, 2) for x in exact), "only where sine and cosine add up to more than 0"


def test_what_falls_is_kept() -> None:
    found = curve("T(n)", N, lambda x: of_number(10.0 ** (-9 * x)), (1.0, 30.0))
    assert [round(y) for y in found.ys] == [-9 * round(x) for x in found.xs]


def test_samples_are_whole_numbers() -> None:
    found = curve("T(n)", N, of_number, (1.0, 5000.0))
    assert all(x == int(x) for x in found.xs)
    assert len(set(found.xs)) == len(found.xs) > 30
