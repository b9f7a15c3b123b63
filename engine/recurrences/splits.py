"""T(n) = sum of c_i T(s_i n + ...) + f(n): solves and tells by the theorem of Akra and Bazzi.

Where all parts are the same fraction of n, the master theorem says the same; its lines are in
`master.py`. Nothing leaves that the recurrence, run with rounding far out, does not bear out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.growth.classes import Growth, rational
from engine.growth.reading import growth_of
from engine.recurrences import split_master
from engine.recurrences.akra_bazzi import Judgement, Winner, judge
from engine.recurrences.asymptotic import Asymptotic, Course
from engine.recurrences.linear import spare_letters
from engine.recurrences.methods import AKRA_BAZZI, MASTER
from engine.recurrences.normal import Contradiction, NotSolved, apart
from engine.recurrences.opening import conventions, opening
from engine.recurrences.solution import Solution
from engine.recurrences.split_class import (
    approximately,
    growth_of_bounds,
    growth_of_drive,
    logarithms,
    power_expr,
)
from engine.recurrences.split_exponent import SplitExponent, split_exponent
from engine.recurrences.split_form import Splits, form
from engine.recurrences.split_start import Start, start_of
from engine.recurrences.split_world import SplitNumbers, split_world
from engine.recurrences.steps import Steps
from engine.recurrences.terms import Terms, TermsWorld
from engine.recurrences.tree_levels import tree_levels
from engine.recurrences.whole_run import WholeRun
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import (
    ONE,
    Big,
    Call,
    Div,
    Expr,
    Pow,
    Sym,
    minus,
    num,
    plus,
    power,
    put,
    times,
)
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.report import Agreement, Method
from engine.symbolic.surd import Value, value_expr
from engine.symbolic.typeset import latex

__all__ = ["form", "solve"]

_SAMPLED = 100  # whole n at which the sign of f is looked at
_SETTLED = 1.25  # by what T over its class may still move, from one far n to one far larger


@dataclass(frozen=True)
class Split:
    """What is known of one recurrence before it is told."""

    problem: RecurrenceInput
    form: Splits
    start: Start
    p: SplitExponent
    judgement: Judgement
    growth: Growth
    course: Asymptotic
    far: tuple[float, ...]
    world: TermsWorld


def solve(problem: RecurrenceInput, splits: Splits) -> tuple[Solution, ...]:
    """Akra-Bazzi, and the master theorem where it applies. Raises NotSolved."""
    found = known(problem, splits)
    told = [solution_of(found, AKRA_BAZZI, _akra_bazzi(found))]
    if not _master_is_silent(found):
        told.insert(0, solution_of(found, MASTER, _master(found)))
    return tuple(told)


def beside(problem: RecurrenceInput) -> tuple[Solution, ...]:
    """The solutions, to stand beside one by other means; none where the theorems are silent."""
    try:
        splits = form(problem, apart(problem))
        if splits is None or (
            splits.drive is None and problem.bases and not any(base.value for base in problem.bases)
        ):
            return ()
        return solve(problem, splits)
    except Contradiction:
        raise
    except NotSolved:
        return ()


def known(problem: RecurrenceInput, splits: Splits) -> Split:
    """All but the lines. Raises NotSolved."""
    start = start_of(problem, splits.forcing)
    p = split_exponent(splits.weights)
    judgement = judge(p, splits.drive)
    course = _course(problem, splits, start, judgement)
    if course is Course.ZERO:
        name, variable = problem.names
        raise NotSolved(
            f"The first values and f are 0, so {name}({variable}) = 0 throughout; it has no class of growth.",
            "Give a first value that is not 0.",
        )
    growth = _growth(problem, splits, p, judgement)
    numbers = SplitNumbers(problem, splits, start, p)
    far = tuple(_far(splits, numbers))
    if not all(quotient > 0 for quotient in far) or not 1 / _SETTLED < far[-1] / far[0] < _SETTLED:
        raise NotSolved(
            "Run far out, the terms do not show the class that the theorem gives, so it is not claimed.",
            "Try smaller first values, or an f without parts that cancel.",
        )
    world = split_world(problem, splits, start, p, judgement, far, growth)
    return Split(problem, splits, start, p, judgement, growth, Asymptotic(course, growth), far, world)


def _growth(problem: RecurrenceInput, splits: Splits, p: SplitExponent, judgement: Judgement) -> Growth:
    if judgement.bounds is None:
        return growth_of(splits.forcing, problem.names.variable)
    return growth_of_bounds(judgement.bounds, p)


def _far(splits: Splits, numbers: SplitNumbers) -> list[float]:
    """T over its class at two far n."""
    if splits.drive is None or not splits.drive.fast:
        return numbers.against_integral()
    return numbers.against_forcing()


def _course(problem: RecurrenceInput, splits: Splits, start: Start, judgement: Judgement) -> Course:
    """The sign of T. Raises NotSolved where parts of it could cancel."""
    drive, values = splits.drive, start.first.values
    if drive is None and not any(values):
        return Course.ZERO
    if drive is None or judgement.leaves_win:
        shares = [*values, *([] if drive is None else _samples(problem, splits, start))]
        sign = 1 if sum(values) > 0 or (drive is not None and drive.factor > 0) else -1
        if any(share * sign < 0 for share in shares) or (drive is not None and drive.factor * sign < 0):
            variable = problem.names.variable
            raise NotSolved(
                f"The leaves decide here, but the first values and f({variable}) = {plain(splits.forcing)} "
                "are of different signs, so leaves and levels can cancel; the theorems are silent then.",
                "Try a first value and an f that are not negative.",
            )
        return Course.POSITIVE if sign > 0 else Course.ALL_NEGATIVE
    return Course.POSITIVE if drive.factor > 0 else Course.NEGATIVE


def _samples(problem: RecurrenceInput, splits: Splits, start: Start) -> list[Fraction | float]:
    """f at the first whole n of the recurrence."""
    places = range(start.last + 1, start.last + _SAMPLED)
    found = (evaluate(splits.forcing, Letters({problem.names.variable: Fraction(place)})) for place in places)
    return [value if isinstance(value, Fraction) else float(value) for value in found]


# --- lines ---------------------------------------------------------------------------------


def _akra_bazzi(found: Split) -> Steps:
    """The lines of the theorem."""
    steps, problem = Steps(), found.problem
    given, firsts = opening(steps, problem, at_n(problem), found.start.first)
    moved = perturbation(steps, found, given)
    if found.judgement.winner is Winner.FAST:
        return _root_by_far(steps, found, (given, *moved))
    balance = _balance(steps, found, (given, *moved))
    used = [balance]
    if found.form.drive is not None:
        used.append(_class_of_f(steps, found, given))
        used.append(_integral(steps, found, tuple(used)))
    term = problem.term(Sym(problem.names.variable))
    facts = {"winner": found.judgement.winner.value}
    steps.add(
        "akra-bazzi", _sized(found, term), growth=found.growth, uses=(*firsts, given, *used), facts=facts
    )
    return steps


def at_n(problem: RecurrenceInput) -> Expr:
    """The right side as typed, for the defined term at n."""
    n = Sym(problem.names.variable)
    return put(problem.right, n.name, minus(n, num(problem.ahead))) if problem.ahead else problem.right


def perturbation(steps: Steps, found: Split, given: int) -> tuple[int, ...]:
    """A line for each place that is not exactly a fraction of n."""
    lines = []
    for branch in dict.fromkeys(branch for branch in found.form.branches if branch.moved):
        facts = {
            "place": latex(branch.term.place),
            "slope": latex(times(num(branch.slope), Sym(found.problem.names.variable))),
        }
        grows = Growth(power=rational(1))
        lines.append(steps.add("perturbation", branch.term.place, growth=grows, uses=(given,), facts=facts))
    return tuple(lines)


def _balance(steps: Steps, found: Split, uses: tuple[int, ...]) -> int:
    p = power_expr(found.p)
    left = plus(*(times(value_expr(factor), Pow(num(slope), p)) for factor, slope in found.form.weights))
    if p == ONE:
        left = plus(*(times(value_expr(factor), num(slope)) for factor, slope in found.form.weights))
    kind = "exactly" if found.p.is_exact else "which has no closed form, but has these digits"
    facts = {"p": approximately(found.p), "kind": kind, "n": found.problem.names.variable}
    return steps.add("akra-bazzi-exponent", left, ONE, uses=uses, facts=facts)


def _class_of_f(steps: Steps, found: Split, given: int) -> int:
    drive = found.form.drive
    if drive is None:
        raise ValueError("f is 0")
    left = found.form.forcing if drive.factor > 0 else Call("abs", found.form.forcing)
    return steps.add("forcing-class", left, growth=growth_of_drive(drive), uses=(given,))


def _integral(steps: Steps, found: Split, uses: tuple[int, ...]) -> int:
    n = Sym(found.problem.names.variable)
    j = next(letter for letter in spare_letters(found.problem.names) if letter.name != "p")
    exponent = plus(power_expr(found.p), ONE)
    if found.p.exact is not None and found.p.exact.of is None:
        exponent = num(found.p.exact.factor + 1)
    share = (
        Div(put(found.form.forcing, n.name, j), power(j, exponent))
        if exponent != num(0)
        else put(found.form.forcing, n.name, j)
    )
    total: Expr = Big("sum", share, j.name, num(found.start.last + 1), n)
    winner, bounds = found.judgement.winner, found.judgement.bounds
    if bounds is None:
        raise ValueError("no class of its own")
    growth = logarithms(bounds)
    if winner is Winner.ROOT:
        total, growth = times(power(n, power_expr(found.p)), total), growth_of_bounds(bounds, found.p)
    return steps.add(f"integral-{winner.name.lower()}", _sized(found, total), growth=growth, uses=uses)


def _sized(found: Split, expr: Expr) -> Expr:
    """|expr| where T is negative."""
    return expr if found.course.course is Course.POSITIVE else Call("abs", expr)


def _root_by_far(steps: Steps, found: Split, uses: tuple[int, ...]) -> Steps:
    problem = found.problem
    variable = problem.names.variable
    weights: dict[Expr, Value] = {}
    for branch in found.form.branches:
        weights[branch.term.place] = weights.get(branch.term.place, Fraction(0)) + branch.factor
    below = plus(
        *(times(value_expr(c), put(found.form.forcing, variable, place)) for place, c in weights.items())
    )
    facts = {"below": latex(below), "f": latex(found.form.forcing)}
    term = problem.term(Sym(variable))
    steps.add("root-by-far", _sized(found, term), growth=found.growth, uses=uses, facts=facts)
    return steps


# --- what else is said ---------------------------------------------------------------------


def solution_of(found: Split, method: str, steps: Steps) -> Solution:
    return Solution(
        method=method,
        first=found.start.first,
        steps=steps.finished(),
        world=found.world,
        closed=None,
        course=found.course,
        domain=None,
        everywhere=True,
        since=None,
        agreements=_agreements(found),
        methods=_methods(found),
        conventions=_conventions(found),
        levels=tree_levels(found.problem, found.form.weights, found.form.forcing, found.p, found.growth),
        run=_run(found),
    )


def _agreements(found: Split) -> tuple[Agreement, ...]:
    """T over its class near and far: what they differ by is the error."""
    near, far = found.far[0], found.far[-1]
    error = abs(far / near - 1)
    return (
        Agreement("T over its class, fitted at a far n", near, 0.0, True),
        Agreement("T over its class there", far, error, error < _SETTLED - 1),
    )


def _methods(found: Split) -> tuple[Method, ...]:
    if found.judgement.winner is Winner.FAST:
        return (Method(AKRA_BAZZI, True, "f outgrows every power of n: the root alone decides."),)
    return (
        Method(AKRA_BAZZI, True, f"p {_about(found.p)}; {found.judgement.winner.value} {_decides(found)}."),
    )


def _about(p: SplitExponent) -> str:
    """Four digits are enough for a reader; the lines have them all."""
    return f"is {approximately(p)}" if p.digits == round(p.digits, 4) else f"is about {p.digits:.4f}"


def _decides(found: Split) -> str:
    return "decides" if found.judgement.winner.value == "the root" else "decide"


def _master_is_silent(found: Split) -> str:
    positive = found.course.course is Course.POSITIVE
    return split_master.silent(found.problem, found.form, found.judgement.winner, positive)


def _master(found: Split) -> Steps:
    steps = Steps()
    given, _ = opening(steps, found.problem, at_n(found.problem), found.start.first)
    perturbation(steps, found, given)
    split_master.tell(steps, found.problem, found.form, found.judgement.winner, found.growth, given)
    return steps


def _conventions(found: Split) -> tuple[tuple[str, str], ...]:
    said = list(conventions(found.problem, found.start.first, None))
    if found.start.first.assumed and found.start.first.note:
        said.append(("Start", found.start.first.note))
    if not all(_is_rounded(branch.term.place) for branch in found.form.branches):
        name, variable = found.problem.names
        said.append(("Rounding", f"none was typed at some {name}(...), so {variable} is rounded down there"))
    return tuple(said)


def _is_rounded(place: Expr) -> bool:
    return isinstance(place, Call) and place.name in ("floor", "ceil")


def _run(found: Split) -> Terms:
    """The recurrence itself for every whole n, for tables and curves."""
    return WholeRun(found.problem, found.start.known, found.start.last, exact=True)
