"""The master theorem on T(n) = a T(n/b) + f(n) where no formula was found: its case and its lines.

Where it is silent the reason is named: parts of different sizes, places that are moved, a < 1, the
gap between two cases, an f for which the regularity condition fails.
"""

from __future__ import annotations

from engine.growth.classes import Exponent, Growth
from engine.recurrences.akra_bazzi import Winner
from engine.recurrences.drive import Drive
from engine.recurrences.split_class import growth_of_drive
from engine.recurrences.split_exponent import critical as critical_exponent
from engine.recurrences.split_form import Splits
from engine.recurrences.steps import Steps
from engine.symbolic.expr import Add, Call, Expr, Num, Pow, Sym, num, power
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.surd import value_expr
from engine.symbolic.typeset import latex

_CASES = {Winner.LEAVES: 1, Winner.LEVELS: 2, Winner.ROOT: 3, Winner.FAST: 3}


def silent(problem: RecurrenceInput, splits: Splits, winner: Winner, positive: bool) -> str:  # noqa: PLR0911
    """Why the theorem does not apply; "" if it does."""
    name, n = problem.names
    if len(splits.weights) > 1:
        return f"It is for parts of one size, {name}({n}/b). Here the parts are of different sizes."
    if any(branch.moved and not _only_rounded(branch.term.place) for branch in splits.branches):
        return f"It is for {name}({n}/b), rounded at most. Here a place is moved as well."
    [(factor, slope)] = splits.weights
    if float(factor) < 1:
        return f"It needs at least one part: a = {plain(value_expr(factor))} is below 1."
    if not positive:
        return "It needs T and f that are not negative, and not 0 throughout."
    if winner is Winner.ROOT and splits.drive is not None and splits.drive.waves:
        return (
            f"f({n}) = {plain(splits.forcing)} would belong to case 3, but it goes up and down, so that "
            f"a f({n}/b) ≤ c f({n}) with c < 1, the regularity condition, fails for some {n}."
        )
    if winner not in _CASES:
        border = plain(power(Sym(n), critical_exponent(factor, slope).expr))
        return (
            f"f({n}) = {plain(splits.forcing)} falls into the gap between case 1 and case 2: it is smaller "
            f"than {border}, but not by a power of {n}. Akra-Bazzi, which adds up the levels, still applies."
        )
    return ""


def _only_rounded(place: Expr) -> bool:
    """Whether it is such as ⌊n/2⌋ or ⌈2n/3⌉."""
    return isinstance(place, Call) and place.name in ("floor", "ceil") and not _is_sum(place.body)


def _is_sum(body: Expr) -> bool:
    return isinstance(body, Add | Call)


def tell(
    steps: Steps, problem: RecurrenceInput, splits: Splits, winner: Winner, growth: Growth, given: int
) -> None:
    """The lines: the critical exponent, the class of f, the case."""
    n = Sym(problem.names.variable)
    [(factor, slope)] = splits.weights
    critical = critical_exponent(factor, slope)
    border = latex(power(n, critical.expr))
    used = [given, _critical(steps, value_expr(factor), Num(1 / slope), critical, border, given)]
    drive: Drive | None = splits.drive
    if drive is not None and not drive.fast:
        used.append(steps.add("forcing-class", splits.forcing, growth=growth_of_drive(drive), uses=(given,)))
    facts = {"f": latex(splits.forcing) if drive is not None else "0", "border": border}
    steps.add(f"master-{_CASES[winner]}", problem.term(n), growth=growth, uses=tuple(used), facts=facts)


def _critical(steps: Steps, a: Expr, b: Num, critical: Exponent, border: str, given: int) -> int:
    """log_b a worked out, or, where it is no fraction, what it means."""
    logarithm = Call("log", a, b)
    facts = {"border": border, "approximately": f"{float(critical):.4g}"}
    if critical.of is None:
        return steps.add("critical-exponent", logarithm, num(critical.factor), uses=(given,), facts=facts)
    return steps.add("critical-exponent", Pow(b, logarithm), a, uses=(given,), facts=facts)
