"""The lines of a comparison: f and g without what does not count, their quotient, its limit, what follows."""

from __future__ import annotations

from engine.growth.classes import Growth
from engine.growth.numbers import constant_expr
from engine.growth.quotient import Quotient
from engine.growth.reading import NoGrowth, growth_of
from engine.growth.rules import Step, line
from engine.growth.samples import Samples
from engine.symbolic.expr import Expr
from engine.symbolic.report import Line
from engine.symbolic.typeset import latex


def lines(first: Expr, second: Expr, found: Quotient, samples: Samples) -> tuple[Line, ...]:
    """Each line checked. The numbers of those that they need are in `uses`."""
    variable = samples.variable
    steps = [
        step
        for name, expr in (("f", first), ("g", second))
        if (step := simplified(name, expr, variable)) is not None
    ]
    simple = tuple(range(1, len(steps) + 1))
    if found.growth is not None and not found.growth.vague and not found.swings:
        steps.append(_quotient(found.growth, found.high, samples, simple))
    steps.append(_limit(found, samples, (len(steps),) if steps else ()))
    return tuple(line(number, step) for number, step in enumerate(steps, start=1))


def simplified(name: str, expr: Expr, variable: str) -> Step | None:
    """f is in Theta of something simpler; None where it is simple as it stands, or has no class."""
    try:
        growth = growth_of(expr, variable)
    except NoGrowth:
        return None
    simple = growth.expr(variable)
    if growth.vague or simple == expr:
        return None
    shown = rf"{name}({variable}) = {latex(expr)} \in {growth.theta(variable)}"
    left = f"${latex(simple)}$ is left of ${latex(expr)}$"
    return Step("growth-class", shown, Samples(expr, simple, variable), 0, {"reason": left})


def _quotient(growth: Growth, side: int, samples: Samples, uses: tuple[int, ...]) -> Step:
    n = samples.variable
    shown = rf"\frac{{f({n})}}{{g({n})}} \in {growth.theta(n)}"
    return Step("growth-quotient", shown, samples, side, {}, uses)


def _limit(found: Quotient, samples: Samples, uses: tuple[int, ...]) -> Step:
    n = samples.variable
    if found.swings:
        shown = rf"\lim_{{{n} \to \infty}} \frac{{f({n})}}{{g({n})}} \text{{ does not exist}}"
        return Step("growth-swings", shown, samples, 0, {"goal": _swinging(found)}, uses)
    if found.high == 0 and found.limit is None:
        shown = rf"0 < c_1 \le \frac{{f({n})}}{{g({n})}} \le c_2 \text{{ for large }} {n}"
        return Step("growth-limit", shown, samples, 0, {"goal": _GOALS[0]}, uses)
    limit = "0" if found.limit is None else latex(constant_expr(found.limit))
    limit = r"\infty" if found.high > 0 else limit
    shown = rf"\lim_{{{n} \to \infty}} \frac{{f({n})}}{{g({n})}} = {limit}"
    return Step("growth-limit", shown, samples, found.high, {"goal": _GOALS[found.high]}, uses)


_GOALS = {
    -1: r"$g$ outgrows every multiple of $f$: $f \in o(g)$, so also $f \in O(g)$, and nothing else.",
    0: r"The quotient stays between two positive numbers: $f \in \Theta(g)$, so also $O$ and $\Omega$.",
    1: r"$f$ outgrows every multiple of $g$: $f \in \omega(g)$, so also $f \in \Omega(g)$, and nothing else.",
}


def _swinging(found: Quotient) -> str:
    low = (
        "to 0"
        if found.low < 0 or found.zero
        else "to infinity"
        if found.low > 0
        else "near a positive number"
    )
    high = "to infinity" if found.high > 0 else "near a positive number" if found.high == 0 else "to 0"
    return f"The quotient comes {low} again and again, and {high} again and again."
