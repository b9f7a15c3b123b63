"""T(n) = c n^g T(n^(1/r)) + f(n), by a new variable: n = b^m turns the root into m / r.

Over m it is a recurrence that divides, and Akra-Bazzi gives its class; at n = b^(r^k) it is a
first-order one in k, with an exact formula where f is made of powers of log n.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.growth.classes import Growth, log_of, rational
from engine.growth.reading import growth_of
from engine.recurrences.akra_bazzi import Judgement, Winner, class_quotients, judge
from engine.recurrences.asymptotic import Asymptotic, Course
from engine.recurrences.closed import Closed
from engine.recurrences.closed import solve as solve_linear
from engine.recurrences.drive import Drive
from engine.recurrences.exppoly import exp_poly
from engine.recurrences.forcing import as_power_log
from engine.recurrences.linear import spare_letters
from engine.recurrences.magnitude import magnitude, of_number
from engine.recurrences.methods import DOMAIN
from engine.recurrences.normal import Contradiction, NotSolved
from engine.recurrences.opening import conventions, opening
from engine.recurrences.root_form import Roots, form
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.solution import Solution
from engine.recurrences.split_class import approximately, growth_of_drive, power_expr, under_logarithm
from engine.recurrences.split_exponent import SplitExponent, split_exponent
from engine.recurrences.split_start import Start, start_of
from engine.recurrences.splits import at_n
from engine.recurrences.steps import Step, Steps
from engine.recurrences.terms import TermsWorld
from engine.recurrences.verify import agreement, close
from engine.recurrences.whole_run import WholeRun
from engine.symbolic.evaluate import Letters, Number, evaluate, raised
from engine.symbolic.expr import ONE, Call, Expr, Pow, Sym, num, over, plus, power, put, times
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.report import Agreement, Method
from engine.symbolic.surd import Surd, Value
from engine.symbolic.typeset import latex

__all__ = ["form", "solve"]

_MOST_BITS = 700  # of the largest n that is tried
_UNEVEN = (3 * 2**20, 3**24, 5 * 2**70, 3**90, 7 * 2**270, 3**300)
_EVEN = 16  # times that T over its class may be larger at one of these than at another
_SAMPLED = 200  # whole n at which the sign of f is looked at


@dataclass(frozen=True)
class _Found:
    problem: RecurrenceInput
    form: Roots
    start: Start
    base: int
    run: WholeRun
    p: SplitExponent
    judgement: Judgement
    growth: Growth
    course: Asymptotic
    closed: Closed | None

    @property
    def n(self) -> Sym:
        return Sym(self.problem.names.variable)

    @property
    def degree(self) -> Fraction:
        return max(root.degree for root in self.form.roots)

    @property
    def height(self) -> Expr:
        """log_r log_b n: how many roots lead to b."""
        return Call("log", Call("log", self.n, num(self.base)), num(self.degree))

    def places(self) -> list[int]:
        """b^(r^k), as far as numbers may go."""
        found, exponent = [], Fraction(1)
        most = 8 if self.form.drive is not None and self.form.drive.fast else _MOST_BITS
        while exponent * (self.base.bit_length() - 1) <= most and exponent.denominator == 1:
            found.append(self.base ** int(exponent))
            exponent *= self.degree
        return found


def solve(problem: RecurrenceInput, roots: Roots) -> tuple[Solution, ...]:
    """Its solution by a domain change. Raises NotSolved."""
    start = start_of(problem, roots.shrunk, 2)
    base = max(start.last, 2)
    run = WholeRun(problem, start.known, start.last, exact=True)
    p = split_exponent(roots.weights)
    judgement = _judge(p, roots)
    course = _course(problem, roots, start, judgement)
    growth = _growth(problem, roots, p, judgement)
    closed = _closed(problem, roots, base, run)
    found = _Found(problem, roots, start, base, run, p, judgement, growth, Asymptotic(course, growth), closed)
    if course is not Course.ZERO:
        _refuse_uneven(found)
    steps, formula = _steps(found)
    return (
        Solution(
            method=DOMAIN,
            first=start.first,
            steps=steps.finished(),
            world=_world(found),
            closed=formula,
            course=found.course,
            domain=_domain(found) if formula is not None else None,
            everywhere=True,
            since=None,
            agreements=_agreements(found, formula),
            methods=(Method(DOMAIN, True, f"With n = {base}^m the root becomes a division of m."),),
            conventions=_conventions(found),
            run=run,
        ),
    )


# --- the class -----------------------------------------------------------------------------


def _judge(p: SplitExponent, roots: Roots) -> Judgement:
    """What decides over m = log n: f / n^lift of class n^x log^q n log log^s n is e^(x m) m^q log^s m."""
    drive = roots.drive
    if drive is None:
        return judge(p, None)
    side = 1 if drive.fast else drive.power.compare(rational(0))
    if side < 0:
        return judge(p, None)
    return judge(p, Drive(drive.factor, fast=True) if side > 0 else _over_m(drive))


def _over_m(drive: Drive) -> Drive:
    return Drive(drive.factor, rational(drive.logs), drive.loglogs)


def _growth(problem: RecurrenceInput, roots: Roots, p: SplitExponent, judgement: Judgement) -> Growth:
    if judgement.bounds is None:
        return growth_of(roots.forcing, problem.names.variable)
    return under_logarithm(rational(roots.lift), judgement.bounds, p)


def _course(problem: RecurrenceInput, roots: Roots, start: Start, judgement: Judgement) -> Course:
    """The sign of T. Raises NotSolved where parts can cancel."""
    drive, values = roots.drive, start.first.values
    if drive is None and not any(values):
        return Course.ZERO
    if not judgement.leaves_win and drive is not None:
        return Course.POSITIVE if drive.factor > 0 else Course.NEGATIVE
    places = range(start.last + 1, start.last + _SAMPLED)
    samples = [
        float(evaluate(roots.forcing, Letters({problem.names.variable: Fraction(place)}))) for place in places
    ]
    if min(samples) < 0 or min(values) < 0:
        raise NotSolved(
            "The leaves decide here, but f or a first value is negative, so leaves and levels can cancel.",
            "Try a first value and an f that are not negative.",
        )
    return Course.POSITIVE


# --- the formula ---------------------------------------------------------------------------


def _closed(problem: RecurrenceInput, roots: Roots, base: int, run: WholeRun) -> Closed | None:
    """T(b^(r^k)) / b^(lift r^k) as a function of k; None where it is not made of fractions."""
    if len(roots.weights) > 1:
        return None
    [(factor, slope)] = roots.weights
    function = as_power_log(roots.shrunk, problem.names.variable, Fraction(base))
    if function is None or any(p for p, _ in function.terms) or slope.numerator != 1:
        return None
    along = exp_poly({})
    for (_, q), own in function.terms.items():
        rate = raised(1 / slope, q)
        if not isinstance(rate, Fraction) or not isinstance(own, Fraction):
            return None
        along += exp_poly({rate: (own,)})
    first = run.at(Fraction(base))
    scale = raised(Fraction(base), roots.lift)
    if not isinstance(first, Fraction) or not isinstance(scale, Fraction):
        return None
    return solve_linear({1: factor}, along, 0, (first / scale,))


def _formula(found: _Found) -> Expr | None:
    """The closed form in n, held against the terms."""
    if found.closed is None:
        return None
    logarithm = Call("log", found.n, num(found.base))

    def raised_to(rate: Value) -> Expr:
        if isinstance(rate, Surd):
            raise ArithmeticError("no rate here is a root")
        return power(logarithm, log_of(rate, found.degree).expr)

    inner = exp_poly_expr(found.closed.function, found.height, raised_to)
    formula = times(power(found.n, num(found.form.lift)), inner)
    for place in found.places():
        value = evaluate(formula, Letters({found.n.name: Fraction(place)}))
        if not close(value, found.run.at(Fraction(place))):
            raise Contradiction("The formula that was found does not give the terms, so it is not shown.")
    return formula


def _domain(found: _Found) -> Expr:
    *_, k = _letters(found)
    return Pow(num(found.base), Pow(num(found.degree), k))


def _letters(found: _Found) -> tuple[Sym, Sym]:
    """m and k, or what stands for them."""
    letters = [letter for letter in spare_letters(found.problem.names) if letter.name != "p"]
    return next((one for one in letters if one.name == "m"), letters[1]), letters[0]


# --- lines ---------------------------------------------------------------------------------


def _steps(found: _Found) -> tuple[Steps, Expr | None]:
    steps, problem, n = Steps(), found.problem, found.n
    given, firsts = opening(steps, problem, at_n(problem), found.start.first)
    used = [given]
    if found.form.lift:
        used.append(_lifted(steps, found, given))
    used.append(_changed(steps, found, tuple(used)))
    formula = _formula(found)
    if formula is not None:
        _, k = _letters(found)
        facts = {"n": latex(n), "places": latex(_domain(found)), "k": latex(k), "height": latex(found.height)}
        powers = steps.add("domain-powers", n, _domain(found), uses=(used[-1],))
        used.append(
            steps.add("domain-closed", problem.term(n), formula, uses=(*firsts, *used, powers), facts=facts)
        )
    if found.judgement.bounds is not None:
        p = power_expr(found.p)
        left = plus(*(times(num(factor), Pow(num(slope), p)) for factor, slope in found.form.weights))
        kind = "exactly" if found.p.is_exact else "which has no closed form"
        facts = {"p": approximately(found.p), "kind": kind, "n": _letters(found)[0].name}
        used.append(steps.add("akra-bazzi-exponent", left, ONE, uses=(used[-1],), facts=facts))
    if found.form.drive is not None:
        growth = (
            growth_of(found.form.shrunk, n.name)
            if found.form.drive.fast
            else growth_of_drive(found.form.drive)
        )
        used.append(steps.add("forcing-class", found.form.shrunk, growth=growth, uses=(given,)))
    facts = {"n": latex(n), "m": latex(_letters(found)[0]), "winner": found.judgement.winner.value}
    facts["p"] = approximately(found.p)
    term: Expr = problem.term(n)
    if found.course.course is not Course.POSITIVE:
        term = Call("abs", term)
    if found.course.course is not Course.ZERO:
        steps.add("domain-back", term, growth=found.growth, uses=tuple(used), facts=facts)
    return steps, formula


def _lifted(steps: Steps, found: _Found, given: int) -> int:
    """T(n) / n^d = c T(n^(1/r)) / n^(d/r) + f(n) / n^d."""
    problem, n, lift = found.problem, found.n, found.form.lift
    inner = [
        times(num(root.factor), over(root.term, power(root.term.place, num(lift))))
        for root in found.form.roots
    ]
    left = over(problem.term(n), power(n, num(lift)))
    rest = found.form.shrunk if found.form.drive is not None else num(0)
    facts = {"factor": latex(power(n, num(found.form.roots[0].front))), "power": latex(power(n, num(lift)))}
    return steps.add("lifted", left, plus(*inner, rest), uses=(given,), facts=facts)


def _changed(steps: Steps, found: _Found, uses: tuple[int, ...]) -> int:
    """The recurrence with b^m for n."""
    problem, n = found.problem, found.n
    m, _ = _letters(found)
    base, lift = num(found.base), found.form.lift
    inner = []
    for root in found.form.roots:
        place = Pow(base, over(m, num(root.degree)))
        below = Pow(base, times(num(lift / root.degree), m)) if lift else ONE
        inner.append(times(num(root.factor), over(problem.term(place), below)))
    whole = Pow(base, m)
    left = over(problem.term(whole), Pow(base, times(num(lift), m)) if lift else ONE)
    rest = put(found.form.shrunk, n.name, whole) if found.form.drive is not None else num(0)
    facts = {"n": latex(n), "m": latex(m), "base": latex(base)}
    return steps.add("domain-change", left, plus(*inner, rest), uses=uses, facts=facts)


# --- checks --------------------------------------------------------------------------------


def _world(found: _Found) -> TermsWorld:
    m, k = _letters(found)
    values: list[dict[str, Number]] = []
    for count, place in enumerate(found.places()):
        if place > found.start.last:
            exponent = found.degree**count
            values.append(
                {
                    found.n.name: Fraction(place),
                    m.name: exponent,
                    k.name: Fraction(count),
                    "p": float(found.p.digits),
                }
            )
    values = values[1:] + values[:1]
    if not values:
        raise NotSolved("The first value lies so far out that too few roots can be taken to check anything.")
    back = _back_quotients(found)

    def far(step: Step) -> Sequence[float]:
        if step.growth is None:
            return ()
        if step.rule == "forcing-class":
            places = (40.0, 80.0) if found.form.drive and found.form.drive.fast else (1e60, 1e120)
            shape = step.growth.expr(found.n.name)
            return [_quotient(step.left, shape, found.n.name, place) for place in places]
        return back

    return TermsWorld(found.run, values, found.n.name, far)


def _back_quotients(found: _Found) -> list[float]:
    """Where roots are taken few times: A + B (sum of f / m^p) against T / m^p, both as classes over m.

    At b^(r^k) T / m^p is first value plus that sum, which is linear in it; the class of the sum is
    that of its integral, worked out far beyond all n.
    """
    drive, judgement = found.form.drive, found.judgement
    values = [(place, found.run.at(Fraction(place))) for place in found.places()]
    if judgement.winner is Winner.FAST or drive is None or drive.power.compare(rational(0)) < 0:
        shape = found.growth.expr(found.n.name)
        return [_over(value, shape, {found.n.name: place}) for place, value in values[-3:]]
    return class_quotients(found.p, _over_m(drive), judgement)


def _refuse_uneven(found: _Found) -> None:
    """T at n where roots are rounded keeps to the class that the other n show. Raises NotSolved."""
    if found.form.drive is not None and found.form.drive.fast:
        return
    shape = found.growth.expr(found.n.name)
    ratios = []
    for place in _UNEVEN:
        try:
            [value] = WholeRun(found.problem, found.start.known, found.start.last).values([place])
            ratios.append(abs(float(value) / _at(shape, found.n.name, place)))
        except ArithmeticError:
            break
    if len(ratios) < 2 or not 0 < max(ratios) < _EVEN * min(ratios):
        raise NotSolved(
            "Run with rounded roots, the terms do not keep to the class that the domain change gives.",
            "Try a smaller first value.",
        )


def _over(value: Number, shape: Expr, at: Mapping[str, int]) -> float:
    """|value| over the class, by their sizes: either may be larger than any float."""
    return float(10.0 ** (of_number(value).log10 - magnitude(shape, at).log10))


def _quotient(above: Expr, below: Expr, variable: str, place: float) -> float:
    return abs(_at(above, variable, place) / _at(below, variable, place))


def _at(expr: Expr, variable: str, place: float) -> float:
    return float(evaluate(expr, Letters({variable: Fraction(place)})))


def _agreements(found: _Found, formula: Expr | None) -> tuple[Agreement, ...]:
    place = found.places()[-1]
    value = found.run.at(Fraction(place))
    if formula is None:
        near, far = _back_quotients(found)[-2:]
        return (
            Agreement("T over its class, near", near, 0.0, True),
            Agreement("T over its class, far out", far, abs(far / near - 1), abs(far / near - 1) < 0.25),
        )
    closed = evaluate(formula, Letters({found.n.name: Fraction(place)}))
    return (agreement("closed form", closed, closed), agreement("terms of the recurrence", value, closed))


def _conventions(found: _Found) -> tuple[tuple[str, str], ...]:
    said = list(conventions(found.problem, found.start.first, None))
    name, variable = found.problem.names
    if not all(root.rounded for root in found.form.roots):
        said.append(
            ("Rounding", f"none was typed, so roots of {variable} are rounded down where they are not whole")
        )
    said.append(("Start", f"below {variable} = {found.start.last}, {name} is as at {found.start.last}"))
    return tuple(said)
