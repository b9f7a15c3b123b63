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
from engine.recurrences import master, splits
from engine.recurrences.asymptotic import Asymptotic, along_powers, asymptotic, quotients
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
from engine.recurrences.split_exponent import split_exponent
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.tree import Levels, Tree, exponent_of
from engine.recurrences.tree_levels import tree_levels
from engine.recurrences.verify import Pairs, agreement, close, settles
from engine.symbolic.expr import Expr, minus, num, plus, power, put, times
from engine.symbolic.findings import Levels as TreeLevels
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.report import Agreement, Method

_LEAST_DIVISOR = Fraction(21, 20)  # nearer to 1, the way down is too long to run
_ALIKE = 1e-12  # two exponents of n that differ by less are the same one
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
    closed: Closed
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
    if function is None or function.along_powers() is None or 1 / slope < _LEAST_DIVISOR:
        return None
    rounded = " and ".join(sorted({place.rounding for place in places} - {""}, reverse=True))
    scale = Scale(sum(factors, Fraction(0)), 1 / slope, rounded, pieces.forcing, function)
    return scale if _starts_at_a_power(problem, scale) else None


def _levels(problem: RecurrenceInput, scale: Scale, course: Asymptotic) -> TreeLevels | None:
    """The tree as a picture; none where T has no class."""
    if course.growth is None:
        return None
    weights = ((scale.factor, 1 / scale.divisor),)
    return tree_levels(problem, weights, scale.forcing, split_exponent(weights), course.growth)


def _starts_at_a_power(problem: RecurrenceInput, scale: Scale) -> bool:
    """Whether there is a first value at a power of b, and nothing is rounded between such."""
    if scale.rounding and scale.divisor.denominator > 1:
        return False
    try:
        return exponent_of(for_scale(problem, scale).start, scale.divisor) is not None
    except NotSolved:
        return False


def solve(problem: RecurrenceInput, scale: Scale) -> tuple[Solution, ...]:
    """The solution of a recurrence in this normal form.

    Raises:
        NotSolved: there is no formula at the powers of b, or the numbers contradict us.
    """
    first = for_scale(problem, scale)
    terms = Terms(problem, first.table)
    closed = _closed_form(scale, first, terms)
    if closed is None:
        raise NotSolved("The levels of the recursion tree do not add up to a formula made of fractions.")
    verdict, pairs = _verdict(problem, scale, first, terms)
    course = _course(scale, closed, verdict)
    levels = Levels(problem, scale)
    found = _Found(problem, scale, first, terms, closed, course, verdict, levels, pairs)
    steps, formula = _steps(found)
    solution = Solution(
        method=TREE,
        first=first,
        steps=steps,
        world=_world(found),
        closed=formula,
        course=course,
        domain=_powers(found),
        everywhere=verdict.case > 0,
        since=None,
        agreements=_agreements(found),
        methods=_methods(found),
        conventions=_all_conventions(found),
        levels=_levels(problem, scale, course),
    )
    return (solution, *splits.beside(problem))


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


def _course(scale: Scale, closed: Closed, verdict: master.Verdict) -> Asymptotic:
    """How T grows, from both ways where both apply."""
    course = along_powers(asymptotic(closed.function), scale.divisor)
    if verdict.growth is not None and course.growth != verdict.growth:
        raise Contradiction("The recursion tree and the master theorem disagree, so neither is shown.")
    return course


# --- lines ---------------------------------------------------------------------------------


def _steps(found: _Found) -> tuple[tuple[Step, ...], Expr]:
    problem, scale, levels = found.problem, found.scale, found.levels
    steps = Steps()
    normal = plus(times(levels.a, levels.term(num(1))), levels.forcing)
    given, (first,) = opening(steps, problem, _typed(found) if scale.rounding else normal, found.first)
    tree = Tree(steps, problem, levels, found.first)
    powers = 0
    if scale.rounding:
        powers = tree.powers(_doubt(found))
        given = steps.add("unrounded", problem.term(levels.n), normal, uses=(given, powers))
    pattern = tree.unroll(given)
    formula = exp_poly_expr(found.closed.function, levels.height, levels.power_of_n)
    inserted = tree.reach(
        pattern, first, powers or tree.powers(_doubt(found)), found.closed, _sum_rule(scale)
    )
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
        return _closed_quotients(found.closed.function, step.growth, found.scale.divisor)

    return TermsWorld(found.terms, values, levels.n.name, far, found.off_powers)


def _closed_quotients(function: ExpPoly, growth: Growth, base: Fraction) -> list[float]:
    """`quotients` over k: n^p log^q n is (base^p)^k k^q there."""
    rates = (rate for rate in function.terms if isinstance(rate, Fraction))
    wanted = float(growth.power)
    rate = next((rate for rate in rates if abs(float(log_of(rate, base)) - wanted) < _ALIKE), None)
    rate = Fraction(float(base) ** float(growth.power)) if rate is None else rate
    return quotients(function, Growth(rate, rational(growth.logs)))


def _agreements(found: _Found) -> tuple[Agreement, ...]:
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


# --- what else is said ---------------------------------------------------------------------


def _methods(found: _Found) -> tuple[Method, ...]:
    name, n = found.problem.names
    verdict = found.verdict
    tree = f"Level by level, it gives the exact formula at {_exact_places(found)}."
    case = f"Case {verdict.case}." if verdict.case else verdict.reason
    return (
        Method(TREE, True, tree),
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
