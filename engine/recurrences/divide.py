"""T(n) = a T(n/b) + f(n): solves, tells and checks.

Two ways that must agree: the recursion tree, exact at powers of b (there T is a first-order
linear recurrence in log_b n), and the master theorem. Where the tree's sum has no exact form
here, the theorem alone gives the class, and the terms far out have the last word.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from engine.growth.classes import Growth, log_of, rational
from engine.recurrences import master
from engine.recurrences.asymptotic import Asymptotic, Course, along_powers, asymptotic, quotients
from engine.recurrences.closed import Closed
from engine.recurrences.closed import solve as solve_linear
from engine.recurrences.exppoly import ExpPoly
from engine.recurrences.first import FirstValues, for_scale, forcing_at
from engine.recurrences.forcing import as_power_log
from engine.recurrences.methods import CHARACTERISTIC, MASTER, TREE
from engine.recurrences.normal import Contradiction, NotSolved, Pieces, Scale
from engine.recurrences.opening import class_line, conventions, opening
from engine.recurrences.rounding import off_powers
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.solution import Solution
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.tree import Levels, Tree, exponent_of
from engine.recurrences.verify import Pairs, agreement, close, settles
from engine.symbolic.expr import Expr, minus, num, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.report import Agreement, Method

_TERMS = 60  # powers of b at which the closed form is held against the terms, at most
_BITS = 4000  # that the numbers may reach there
_BETWEEN = 100  # whole n at which f must not be negative, for a class that holds at all n
_SHOWN = 3  # the shown n is n_0 b^3
_LEAVES = 0.03  # share of T that leaves may have far out where the levels decide
_SLOPE = 0.05  # how far a measured exponent may be off
_LARGEST = 280  # decimal digits of T that a float holds, with room to spare


@dataclass(frozen=True)
class _Found:
    """What is known about one recurrence before it is told."""

    problem: RecurrenceInput
    scale: Scale
    first: FirstValues
    terms: Terms
    closed: Closed | None
    course: Asymptotic
    verdict: master.Verdict
    levels: Levels
    off_powers: Pairs

    def place(self, count: int) -> Fraction:
        """n_0 b^count."""
        return self.first.start * self.scale.divisor**count


def form(problem: RecurrenceInput, pieces: Pieces) -> Scale | None:
    """a, b and f, where all terms are T(n/b) and f is made of powers and logarithms; else None.

    Raises:
        NotSolved: a is not above 0.
    """
    places = [piece.place for piece in pieces.pieces if piece.place is not None]
    factors = [piece.constant for piece in pieces.pieces if piece.constant is not None]
    whole = pieces.odd is None and not pieces.histories and len(places) == len(factors) == len(pieces.pieces)
    slopes = {place.slope for place in places}
    if not whole or len(slopes) != 1 or any(place.offset for place in places):
        return None
    [slope] = slopes
    if not 0 < slope < 1:
        return None
    if sum(factors) <= 0:
        at = pieces.pieces[0].term.at
        raise NotSolved("The factors of the terms on the right do not add up to more than 0.", column=at)
    function = as_power_log(pieces.forcing, problem.names.variable, 1 / slope)
    rounded = " and ".join(sorted({place.rounding for place in places} - {""}, reverse=True))
    return (
        None
        if function is None
        else Scale(sum(factors, Fraction(0)), 1 / slope, rounded, pieces.forcing, function)
    )


def solve(problem: RecurrenceInput, scale: Scale) -> tuple[Solution, ...]:
    """The solution of a recurrence in this normal form.

    Raises:
        NotSolved: neither way applies (the gap of the master theorem, say), or the numbers contradict us.
    """
    _refuse_fractions(scale)
    first = for_scale(problem, scale)
    terms = Terms(problem, first.table)
    closed = _closed_form(scale, first, terms)
    verdict, pairs = _verdict(problem, scale, first, terms)
    course = _course(scale, closed, verdict)
    levels = Levels(problem, scale)
    found = _Found(problem, scale, first, terms, closed, course, verdict, levels, pairs)
    if closed is None:
        _refuse_large_start(found)
    steps, formula = _steps(found)
    solution = Solution(
        method=TREE if closed is not None else MASTER,
        first=first,
        steps=steps,
        world=_world(found),
        closed=formula,
        course=course,
        domain=_powers(found) if closed else None,
        everywhere=verdict.case > 0,
        since=None,
        agreements=_agreements(found),
        methods=_methods(found),
        conventions=_all_conventions(found),
    )
    return (solution,)


def _refuse_fractions(scale: Scale) -> None:
    """No rounding that is there at every n: 2n/3 is whole at no power of 3/2."""
    if scale.rounding and scale.divisor.denominator > 1:
        raise NotSolved(
            f"n/b is rounded, and b = {scale.divisor} is no whole number: at its powers there would still be "
            "something to round.",
            "Leave the rounding out; then it is solved for every power of b.",
        )


def _verdict(
    problem: RecurrenceInput, scale: Scale, first: FirstValues, terms: Terms
) -> tuple[master.Verdict, Pairs]:
    """What the master theorem says, if T at n off the powers, run with real rounding, does not object."""
    verdict = master.judge(scale, _is_positive(problem, scale, first), problem.names.variable)
    if not verdict.case:
        return verdict, ()
    pairs = off_powers(problem, scale, first, terms)
    if settles(pairs):
        return verdict, pairs
    return master.Verdict(0, reason="Run with real rounding, other n do not keep to one class."), pairs


def _closed_form(scale: Scale, first: FirstValues, terms: Terms) -> Closed | None:
    """T(b^k) as a function of k, checked at _TERMS powers; None where it is not made of fractions."""
    offset, along = exponent_of(first.start, scale.divisor), scale.function.along_powers()
    if offset is None or along is None:
        return None
    closed = solve_linear({1: scale.factor}, along, offset, first.values)
    places = [scale.divisor**k for k in range(offset, offset + _count(scale))]
    values = terms.through(places)
    if not all(close(closed.function(k), value) for k, value in enumerate(values, start=offset)):
        if any(isinstance(value, float) for value in values):  # roots in f, and yet a formula of fractions
            raise NotSolved(
                "Parts of f(n) with roots cancel, but roots are worked out rounded, so the terms of the "
                "recurrence cannot be told from that rounding far out.",
                "Leave out the parts that cancel.",
            )
        raise Contradiction(
            "The formula that was found does not give the terms of the recurrence, so it is not shown."
        )
    return closed


def _count(scale: Scale) -> int:
    """How many powers of b to try: 60, but fewer where the numbers get long."""
    each = math.log2(scale.divisor) * max(1.0, scale.function.steepest) + math.log2(
        max(2.0, float(scale.factor))
    )
    return max(8, min(_TERMS, int(_BITS / each)))


def _is_positive(problem: RecurrenceInput, scale: Scale, first: FirstValues) -> bool:
    """Whether T and f are nowhere negative, at powers of b far out and between them, and T is not 0."""
    powers = [first.start * scale.divisor**k for k in range(1, _count(scale))]
    between = [Fraction(first.start + i) for i in range(1, _BETWEEN)]
    values = [forcing_at(problem, scale, place) for place in (*powers, *between)]
    return min(first.values[0], *values) >= 0 and max(first.values[0], *values[: len(powers)]) > 0


def _course(scale: Scale, closed: Closed | None, verdict: master.Verdict) -> Asymptotic:
    """How T grows, from both ways where both apply."""
    if closed is None:
        if verdict.growth is None:
            raise NotSolved(
                f"The master theorem does not apply: {verdict.reason}",
                "No other method is at hand for it. A power of n more or less in f puts it into a case.",
            )
        return Asymptotic(Course.POSITIVE, verdict.growth)
    course = along_powers(asymptotic(closed.function), scale.divisor)
    if verdict.growth is not None and course.growth != verdict.growth:
        raise Contradiction("The recursion tree and the master theorem disagree, so neither is shown.")
    return course


# --- lines ---------------------------------------------------------------------------------


def _refuse_large_start(found: _Found) -> None:
    """No first value beside which f's part of T is still small where the terms are held against the class."""
    _, count = _far_counts(found)
    *_, last = found.terms.through([found.place(k) for k in range(count + 1)])
    leaves = found.scale.factor**count * found.first.values[0]
    if found.verdict.case > 1 and float(leaves) > _LEAVES * float(last):
        raise NotSolved(
            "The first value is so large beside f that the terms do not show the class as far as they go.",
            "Try a smaller first value; it does not change the class.",
        )


def _steps(found: _Found) -> tuple[tuple[Step, ...], Expr | None]:
    problem, scale, levels = found.problem, found.scale, found.levels
    steps = Steps()
    normal = plus(times(levels.a, levels.term(num(1))), levels.forcing)
    given, (first,) = opening(steps, problem, _typed(found) if scale.rounding else normal, found.first)
    tree = Tree(steps, problem, levels, found.first)
    formula, powers = None, 0
    if scale.rounding:
        powers = tree.powers(_doubt(found))
        given = steps.add("unrounded", problem.term(levels.n), normal, uses=(given, powers))
    pattern = tree.unroll(given)
    if found.closed is not None:
        formula = exp_poly_expr(found.closed.function, levels.height, levels.power_of_n)
        powers = powers or tree.powers(_doubt(found))
        inserted = tree.reach(pattern, first, powers, found.closed, _sum_rule(scale))
        smaller = put(formula, levels.n.name, levels.divided(num(1)))
        right = plus(times(levels.a, smaller), levels.forcing)
        proven = steps.add("induction", formula, right, uses=(given, first, inserted))
        class_line(steps, problem, found.course, (inserted, proven))
    if found.verdict.case:
        master.tell(steps, problem, scale, found.verdict, (given,))
    return steps.finished(), formula


def _typed(found: _Found) -> Expr:
    """The right side with its rounding, for the defined term at n."""
    n = found.levels.n
    return put(found.problem.right, n.name, minus(n, num(found.problem.ahead)))


def _doubt(found: _Found) -> str:
    """Why the class at powers of b says nothing of other n; "" if it was found to hold there too."""
    if found.verdict.case:
        return ""
    if found.scale.factor < 1:
        return "the master theorem is silent for $a < 1$"
    if found.verdict.gap:
        return "the master theorem is silent, as $f$ lies between two cases"
    if found.off_powers:
        return "run with real rounding, $T$ did not keep to the class there"
    return "$T$ or $f$ is not positive throughout, so leaves and levels can cancel at some $n$ only"


def _sum_rule(scale: Scale) -> str:
    """Which levels of the tree decide: those of the fastest growing part of f."""
    if not scale.function.terms:
        return "equal-levels"
    side = rational(scale.function.leading[0]).compare(log_of(scale.factor, scale.divisor))
    return {-1: "growing-levels", 0: "equal-levels", 1: "shrinking-levels"}[side]


# --- checks --------------------------------------------------------------------------------


def _world(found: _Found) -> TermsWorld:
    """Powers of b, the shown one first, each with k and j that stay inside the tree."""
    levels = found.levels
    most = max(5, min(14, int(30 / math.log10(found.scale.divisor))))
    values = [
        {
            levels.n.name: found.place(m),
            levels.k.name: Fraction(2 if m == _SHOWN else 1 + m % 3),
            levels.j.name: Fraction(m % 2),
        }
        for m in range(_SHOWN, most + 1)
    ]

    def far(step: Step) -> list[float]:
        if step.growth is None or step.growth.base != 1:
            return []
        if step.left == found.scale.forcing:
            return found.scale.function.quotients(step.growth)
        if found.closed is not None:
            return _closed_quotients(found.closed.function, step.growth, found.scale.divisor)
        return _term_quotients(found, step.growth)

    return TermsWorld(found.terms, values, levels.n.name, far, found.off_powers)


def _closed_quotients(function: ExpPoly, growth: Growth, base: Fraction) -> list[float]:
    """`quotients` over k: n^p log^q n is (base^p)^k k^q there."""
    rates = (rate for rate in function.terms if isinstance(rate, Fraction))
    rate = next((rate for rate in rates if log_of(rate, base) == growth.power), None)
    rate = Fraction(float(base) ** float(growth.power)) if rate is None else rate
    return quotients(function, Growth(rate, rational(growth.logs)))


def _far_counts(found: _Found) -> tuple[int, int]:
    """Two numbers of levels, the second twice the first, as far out as floats go."""
    growth = found.verdict.growth or Growth()
    power_of_n = max(abs(float(growth.power)), found.scale.function.steepest) + 1
    most = int(_LARGEST / (math.log10(found.scale.divisor) * power_of_n))
    if most < 8:
        raise NotSolved("The numbers grow too fast to check the class with.", "Try smaller numbers.")
    return min(most, 400) // 2, min(most, 400)


def _term_quotients(found: _Found, growth: Growth) -> list[float]:
    """T over the growth at two far powers of b, from the terms themselves."""
    counts = _far_counts(found)
    found.terms.through([found.place(k) for k in range(counts[1] + 1)])
    result = []
    for count in counts:
        size = math.log(found.place(count))
        expected = float(growth.power) * size + float(growth.logs) * math.log(size)
        result.append(math.exp(math.log(abs(float(found.terms.at(found.place(count))))) - expected))
    return result


def _agreements(found: _Found) -> tuple[Agreement, ...]:
    if found.closed is None:
        return _slopes(found)
    place = found.place(_SHOWN)
    reference = found.closed.function((exponent_of(found.first.start, found.scale.divisor) or 0) + _SHOWN)
    return (
        agreement("closed form", reference, reference),
        agreement("terms of the recurrence", found.terms.at(place), reference),
        agreement("recursion tree, level by level", _tree_total(found, _SHOWN), reference),
    )


def _tree_total(found: _Found, depth: int) -> Fraction | float:
    """All nodes of a tree of `depth` levels, and its leaves."""
    a = found.scale.factor
    levels = [a**j * forcing_at(found.problem, found.scale, found.place(depth - j)) for j in range(depth)]
    return sum(levels, a**depth * found.first.values[0])


def _slopes(found: _Found) -> tuple[Agreement, ...]:
    """The exponent of n that the theorem gives, and the one that the terms show far out."""
    growth = found.verdict.growth or Growth()
    _, count = _far_counts(found)
    *_, near, far = found.terms.through([found.place(k) for k in range(count + 1)])
    measured = math.log(float(far) / float(near)) / math.log(found.scale.divisor)
    measured -= float(growth.logs) * math.log(count / (count - 1)) / math.log(found.scale.divisor)
    off = abs(measured - float(growth.power))
    error = off / float(growth.power) if float(growth.power) else off
    return (
        Agreement("exponent by the master theorem", float(growth.power), 0.0, True),
        Agreement("slope of the terms far out", measured, error, off < _SLOPE),
    )


# --- what else is said ---------------------------------------------------------------------


def _methods(found: _Found) -> tuple[Method, ...]:
    name, n = found.problem.names
    verdict = found.verdict
    tree = f"Level by level, it gives the exact formula at {_exact_places(found)}."
    if found.closed is None:
        tree = "Its sum is not made of fractions here, so there is no exact formula, only the class."
    case = f"Case {verdict.case}." if verdict.case else verdict.reason
    return (
        Method(TREE, found.closed is not None, tree),
        Method(MASTER, verdict.case > 0, case),
        Method(CHARACTERISTIC, False, f"It is for {name}({n}-1), {name}({n}-2). Here {n} is divided."),
    )


def _exact_places(found: _Found) -> str:
    """Where nothing has to be rounded, e.g. "n = 1, 2, 4, 8 and so on"."""
    places = ", ".join(str(found.place(count)) for count in range(4))
    return f"{found.problem.names.variable} = {places} and so on"


def _all_conventions(found: _Found) -> tuple[tuple[str, str], ...]:
    said = list(conventions(found.problem, found.first, found.closed))
    typed = f"{found.scale.rounding} as typed" if found.scale.rounding else "none was typed"
    places = f"{found.levels.n.name} = {plain(_powers(found))}"
    if not found.verdict.case:
        said.append(("Rounding", f"{typed}; the class is for {places} only, other n can have another one"))
    elif found.scale.rounding:
        tried = f"at {2 * len(found.off_powers)} other n, run as typed, T keeps to the class"
        said.append(("Rounding", f"{typed}; it changes the formula, which is for {places}, and {tried}"))
    return tuple(said)


def _powers(found: _Found) -> Expr:
    """n_0 b^m."""
    return times(num(found.first.start), power(found.levels.b, found.levels.m))
