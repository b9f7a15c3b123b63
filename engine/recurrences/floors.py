"""Iterating with floors: formulas that hold at every n, roundings included.

    T(n) = a T(⌊n/b⌋) + c, T(⌈n/b⌉)         there are ⌊log_b n⌋ or ⌈log_b n⌉ steps, whatever n
    T(n) = T(⌊n/2⌋) + T(⌈n/2⌉) + u n + v    T(n+1) - T(n) satisfies one of the above

(Graham, Knuth, Patashnik: Concrete Mathematics, section 3.3 and exercise 3.34.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.growth.classes import Growth, log_of, rational
from engine.recurrences import divide, splits
from engine.recurrences.asymptotic import Asymptotic, Course
from engine.recurrences.first import FirstValues
from engine.recurrences.magnitude import magnitude
from engine.recurrences.methods import UNROLLING
from engine.recurrences.normal import Contradiction, NotSolved, Pieces, apart, straight_line
from engine.recurrences.opening import conventions, opening
from engine.recurrences.solution import Solution
from engine.recurrences.splits import at_n
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import TermsWorld
from engine.recurrences.verify import agreement
from engine.recurrences.whole_run import WholeRun
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import ONE, Call, Expr, Pow, Sym, minus, num, over, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.report import Agreement, Method
from engine.symbolic.typeset import latex

_HELD = 70  # whole n at which the formula is held against the recurrence
_FAR = (130, 260)  # powers of 2, about, near which the class is held against the formula


@dataclass(frozen=True, slots=True)
class Floors:
    """One of the two kinds: `halves` for the second, with u = slope and v = constant."""

    halves: bool
    factor: Fraction
    divisor: int
    rounding: str
    slope: Fraction
    constant: Fraction
    first: Fraction


def form(problem: RecurrenceInput, pieces: Pieces) -> Floors | None:
    """Its normal form, or None."""
    if pieces.odd is not None or pieces.histories or not pieces.pieces or problem.ahead:
        return None
    line = straight_line(pieces.forcing, problem.names.variable)
    places = [piece.place for piece in pieces.pieces if piece.place is not None]
    factors = [piece.constant for piece in pieces.pieces if piece.constant is not None]
    if line is None or not len(places) == len(factors) == len(pieces.pieces):
        return None
    slopes = {place.slope for place in places}
    if any(place.offset or not place.rounding for place in places) or len(slopes) > 1:
        return None
    divisor = 1 / max(slopes) if max(slopes) > 0 else Fraction(0)
    roundings = sorted(place.rounding for place in places)
    first = _first(problem, (factors[0], line[1]) if roundings == ["floor"] else None)
    return None if first is None else _of_kind(divisor, roundings, factors, line, first)


def _of_kind(
    divisor: Fraction,
    roundings: list[str],
    factors: list[Fraction],
    line: tuple[Fraction, Fraction],
    first: Fraction,
) -> Floors | None:
    """Two halves rounded both ways, or one part alone."""
    if divisor.denominator > 1 or divisor < 2:
        return None
    if roundings == ["ceil", "floor"] and set(factors) == {1} and divisor == 2:
        return Floors(True, Fraction(2), 2, "", *line, first) if line[0] >= 0 else None
    single = len(factors) == 1 and not line[0] and factors[0] >= 1
    if not single or (roundings == ["floor"] and divisor != 2):
        return None
    return Floors(False, factors[0], int(divisor), roundings[0], *line, first)


def _first(problem: RecurrenceInput, step: tuple[Fraction, Fraction] | None) -> Fraction | None:
    """T(1): typed, assumed, or from T(0) by `step` (a, c), where 1/b is rounded down to 0; else None."""
    given = {base.index: base.value for base in problem.bases}
    if not given:
        return Fraction(1)
    if not set(given) <= {0, 1}:
        return None
    if 1 in given:
        return given[1]
    return None if step is None else step[0] * given[0] + step[1]


def solve(problem: RecurrenceInput, floors: Floors) -> tuple[Solution, ...]:
    """By iterating, and by the tree at powers of b. Raises NotSolved."""
    closed, growth = _closed(problem, floors), _growth(floors)
    run = WholeRun(problem, {1: floors.first}, 1, exact=True)
    variable = problem.names.variable
    places = [*range(1, _HELD), 1000, 2**20 - 1, 2**20, 3**12, 10**9]
    values = {place: evaluate(closed, Letters({variable: Fraction(place)})) for place in places}
    if any(value != run.at(Fraction(place)) for place, value in values.items()):
        raise Contradiction("The formula that was found does not give the terms, so it is not shown.")
    derived = bool(problem.bases) and all(base.index != 1 for base in problem.bases)
    note = "from the value at 0, as 1/2 rounded down is 0" if derived else ""
    first = FirstValues(1, (floors.first,), assumed=not problem.bases, note=note)
    told = Solution(
        method=UNROLLING,
        first=first,
        steps=_steps(problem, floors, first, closed, growth).finished(),
        world=_world(problem, run, closed, floors.divisor),
        closed=closed,
        course=Asymptotic(Course.POSITIVE, growth),
        domain=None,
        everywhere=True,
        since=None,
        agreements=_agreements(closed, run, variable),
        methods=(Method(UNROLLING, True, "Iterating with floors: the steps are counted for every n."),),
        conventions=conventions(problem, first, None),
        run=run,
    )
    return (told, *_others(problem))


def _others(problem: RecurrenceInput) -> tuple[Solution, ...]:
    """The tree and the theorems, which say less but also apply."""
    try:
        scale = divide.form(problem, apart(problem))
        return splits.beside(problem) if scale is None else divide.solve(problem, scale)
    except Contradiction:
        raise
    except NotSolved:
        return ()


def _levels(problem: RecurrenceInput, floors: Floors) -> Expr:
    """⌊log_b n⌋ or ⌈log_b n⌉."""
    name = "ceil" if floors.rounding == "ceil" else "floor"
    return Call(name, Call("log", Sym(problem.names.variable), num(floors.divisor)))


def _closed(problem: RecurrenceInput, floors: Floors) -> Expr:
    depth, n = _levels(problem, floors), Sym(problem.names.variable)
    u, v, t, a = floors.slope, floors.constant, floors.first, floors.factor
    if floors.halves:
        rise = num(t + 2 * u + v)
        return plus(times(num(u), n, depth), times(num(-2 * u), Pow(num(2), depth)), times(rise, n), num(-v))
    if a == 1:
        return plus(times(num(v), depth), num(t))
    share = v / (a - 1)
    return plus(times(num(t + share), power(num(a), depth)), num(-share))


def _growth(floors: Floors) -> Growth:
    """The class. Raises NotSolved where constants cancel or turn T negative."""
    u, v, t, a = floors.slope, floors.constant, floors.first, floors.factor
    if floors.halves and u > 0:
        return Growth(power=rational(1), logs=Fraction(1))
    leading = t + v if floors.halves else v if a == 1 else t + v / (a - 1)
    if leading <= 0:
        raise NotSolved("The first value cancels what grows fastest, or T is negative.")
    if floors.halves:
        return Growth(power=rational(1))
    return Growth(logs=Fraction(1)) if a == 1 else Growth(power=log_of(a, Fraction(floors.divisor)))


# --- lines ---------------------------------------------------------------------------------


def _steps(
    problem: RecurrenceInput, floors: Floors, first: FirstValues, closed: Expr, growth: Growth
) -> Steps:
    steps, n = Steps(), Sym(problem.names.variable)
    given, firsts = opening(steps, problem, at_n(problem), first)
    depth = _levels(problem, floors)
    facts = {"depth": latex(depth), "n": latex(n), "b": str(floors.divisor)}
    uses: tuple[int, ...] = (given, *firsts)
    if floors.halves:
        half = Call("floor", over(n, num(2)))
        rise = minus(problem.term(plus(n, ONE)), problem.term(n))
        below = plus(minus(problem.term(plus(half, ONE)), problem.term(half)), num(floors.slope))
        difference = steps.add("halves-difference", rise, below, uses=(given,), facts=facts)
        start = floors.first + 2 * floors.slope + floors.constant
        risen = plus(num(start), times(num(floors.slope), depth))
        uses = (*uses, steps.add("floor-steps", rise, risen, uses=(difference, *firsts), facts=facts))
    done = steps.add("every-n", problem.term(n), closed, uses=uses, facts=facts)
    steps.add("class", problem.term(n), growth=growth, uses=(done,))
    return steps


def _world(problem: RecurrenceInput, run: WholeRun, closed: Expr, divisor: int) -> TermsWorld:
    variable = problem.names.variable
    values = [{variable: Fraction(place)} for place in (13, 2, 3, 4, 5, 7, 8, 9, 100, 1023, 1024, 1025)]

    ends = [1.5 * float(divisor ** round(bits / math.log2(divisor))) for bits in _FAR]  # alike between powers

    def far(step: Step) -> Sequence[float]:
        if step.growth is None:
            return ()
        shape = step.growth.expr(variable)
        sizes = ((magnitude(closed, {variable: n}), magnitude(shape, {variable: n})) for n in ends)
        return [10.0 ** (own.log10 - other.log10) for own, other in sizes]

    return TermsWorld(run, values, variable, far)


def _agreements(closed: Expr, run: WholeRun, variable: str) -> tuple[Agreement, ...]:
    value = evaluate(put(closed, variable, num(1000)), Letters({}))
    return (
        agreement("closed form", value, value),
        agreement("terms of the recurrence", run.at(Fraction(1000)), value),
    )
