"""Numbers for the lines about several fractions of n: the recurrence run as typed, near and far out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from engine.growth.classes import Growth
from engine.recurrences.akra_bazzi import Judgement, class_quotients, integral
from engine.recurrences.magnitude import magnitude
from engine.recurrences.normal import NotSolved
from engine.recurrences.split_exponent import SplitExponent
from engine.recurrences.split_form import Splits
from engine.recurrences.split_start import Start
from engine.recurrences.steps import Step
from engine.recurrences.terms import TermsWorld
from engine.recurrences.whole_run import TooFar, WholeRun
from engine.symbolic.evaluate import Letters, Number, bits, evaluate
from engine.symbolic.expr import Expr
from engine.symbolic.parser import RecurrenceInput

_TOPS = ((36, 18, 9), (26, 13, 6), (17, 9, 4), (7, 5, 2))  # powers of 2 by which n goes beyond the start
_TOPS_EVEN = ((60, 30, 15), *_TOPS)
_FLAT = 1e-3  # relative to T / n^p: an integral that changes by less has converged
_BETWEEN = (1.0, 1.19, 1.41, 1.68)  # several n in a doubling, where T need not rise evenly
_LONGEST = 400_000  # bits of an n that is worked out
_LARGEST = 280  # decimal digits that a float holds, with room to spare
_SHOWN = (16, 1, 2, 3, 5, 9, 27, 60, 101, 250)  # whole n beyond the start, the shown one first
_FAR_DIGITS = (120, 240)  # of n^2 f there
_APART = (1e6, 1e60)  # n at which another class than the one that was found shows itself
_SWAYING, _WAVES = (10**5, 10**9), 200  # near and far n, and how many of them, for an f with sin n in it
_FASTEST = 100_000  # n for an f such as 2^(√n)


class SplitNumbers:
    """What is worked out in floats about one recurrence; each part once."""

    def __init__(self, problem: RecurrenceInput, form: Splits, start: Start, p: SplitExponent) -> None:
        self._problem, self._form, self._start, self._p = problem, form, start, p

    def f(self, place: float) -> float:
        """f at the whole number next to `place`."""
        point = Letters({self._problem.names.variable: Fraction(round(place))})
        return float(evaluate(self._form.forcing, point))

    def against_integral(self) -> list[float]:
        """T over n^p (A + B integral) at two n, the second far beyond the first. Raises NotSolved.

        A and B are taken from the far one and one much nearer; so at the far one it is 1.
        """
        for tops in _TOPS_EVEN if self._is_even else _TOPS:
            try:
                return self._fitted([self._mean(self._places(top)) for top in tops])
            except (TooFar, OverflowError):
                continue
        raise NotSolved(
            "So many different places are reached from one n, or the numbers grow so fast, that the class "
            "cannot be checked far out.",
            "Try smaller numbers.",
        )

    def _fitted(self, points: Sequence[tuple[float, float]]) -> list[float]:
        """`points` are (integral, T / n^p), the farthest first."""
        (far, high), (middle, between), (near, low) = points
        if abs(far - near) <= _FLAT * (abs(low) + abs(near)):
            return [between / high, 1.0]
        slope = (high - low) / (far - near)
        return [between / (low + slope * (middle - near)), 1.0]

    @property
    def _is_even(self) -> bool:
        """Whether few places are reached: all s are powers of one number."""
        return len(self._form.weights) == 1 or self._p.ground is not None

    def against_forcing(self) -> list[float]:
        """|T| over |f| at two n, for an f that outgrows all powers. Raises NotSolved."""
        far = self._farthest()
        places = [self._start.last + max(2, (far - self._start.last) * 2 // 3), far]
        run = WholeRun(self._problem, self._start.known, self._start.last)
        return [abs(float(value) / self.f(n)) for n, value in zip(places, run.values(places), strict=True)]

    def _farthest(self) -> int:
        """An n at which f and T are still floats."""
        n = self._start.last + 4
        while n < _FASTEST and self._fits(n * 5 // 4):
            n = n * 5 // 4
        if not self._fits(n):
            raise NotSolved("The numbers grow too fast to check the class with.", "Try a slower f.")
        return n

    def _fits(self, n: int) -> bool:
        try:
            return math.isfinite(self.f(n) * 1e8)
        except OverflowError:
            return False

    def _places(self, top: int) -> list[int]:
        low = max(self._start.last, 1)
        if top * math.log10(2) * max(1.0, abs(float(self._p.digits)), self._steepest) > _LARGEST:
            raise TooFar("no float holds it")
        if not self._is_even:
            return [low * 2**top]
        ground = self._p.ground or 1 / self._form.weights[0][1]  # T over its class repeats itself with each
        times = max(1, round(top / math.log2(ground)))
        if times * bits(ground) > _LONGEST:
            raise TooFar("so many steps lead down from there")
        power = Fraction(low) * ground**times
        return [math.floor(power * Fraction(part)) for part in _BETWEEN]

    @property
    def _steepest(self) -> float:
        return float(self._form.drive.power) if self._form.drive is not None else 0.0

    def _mean(self, places: Sequence[int]) -> tuple[float, float]:
        """The integral, and T over n^p; both in the mean over `places`."""
        p, low = float(self._p.digits), float(self._start.last + 1)
        run = WholeRun(self._problem, self._start.known, self._start.last)
        over = [float(value) / float(n) ** p for n, value in zip(places, run.values(places), strict=True)]
        sums = [0.0] if self._form.drive is None else [integral(self.f, p, low, float(n)) for n in places]
        return math.fsum(sums) / len(sums), math.fsum(over) / len(over)


def split_world(
    problem: RecurrenceInput,
    form: Splits,
    start: Start,
    p: SplitExponent,
    judgement: Judgement,
    checked: Sequence[float],
    growth: Growth,
) -> TermsWorld:
    """The world of the lines; `checked`: the quotients of T far out over `growth`, worked out before."""
    variable = problem.names.variable
    run = WholeRun(problem, start.known, start.last, exact=True)
    values: list[dict[str, Number]] = [
        {variable: Fraction(start.last + more), "p": float(p.digits)} for more in _SHOWN
    ]

    def far(step: Step) -> Sequence[float]:
        if step.growth is None:
            return ()
        if step.rule.startswith("integral-") and form.drive is not None:
            return class_quotients(p, form.drive, judgement)
        if step.rule in ("forcing-class", "perturbation"):
            waves = form.drive is not None and form.drive.waves and step.rule == "forcing-class"
            steep = abs(float(form.drive.power)) if form.drive is not None else 0.0
            ends = [10.0 ** (digits / (steep + 2)) for digits in _FAR_DIGITS]
            places = [range(n, n + _WAVES) for n in _SWAYING] if waves else [[n] for n in ends]
            return [_mean(step.left, step.growth.expr(variable), variable, around) for around in places]
        return [one * _times_more(growth, step.growth, n) for one, n in zip(checked, _APART, strict=True)]

    return TermsWorld(run, values, variable, far)


def _times_more(first: Growth, second: Growth, place: float) -> float:
    """The first class over the second one at `place`; 1 where they are the same."""
    if first == second:
        return 1.0
    logs = (magnitude(growth.expr("n"), {"n": place}).log10 for growth in (first, second))
    apart = next(logs) - next(logs)
    return 10.0**apart if abs(apart) < _LARGEST else math.inf


def _mean(above: Expr, below: Expr, variable: str, places: Sequence[float]) -> float:
    """|above / below| in the mean over `places`."""
    points = [Letters({variable: Fraction(place)}) for place in places]
    return math.fsum(abs(_ratio(evaluate(above, at), evaluate(below, at))) for at in points) / len(points)


def _ratio(above: Number, below: Number) -> float:
    """Divided before it is rounded, where both are exact: each alone may be too large for a float."""
    if isinstance(above, Fraction) and isinstance(below, Fraction):
        return float(above / below)
    return float(above) / float(below)
