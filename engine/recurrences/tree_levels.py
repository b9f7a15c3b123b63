"""A recursion tree as data for a picture: level by level, with sizes, work and sums; no lines, no proof.

Works for one fraction of n and for several, where the tree is uneven: then a level's sizes differ,
and its height lies between that of the shortest and that of the longest way down.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from engine.growth.classes import Growth
from engine.recurrences.forcing import as_power_log
from engine.recurrences.linear import spare_letters
from engine.recurrences.split_exponent import AnyWeight, SplitExponent, Weight
from engine.symbolic.calls import raised
from engine.symbolic.expr import ZERO, Call, Expr, Sym, num, over, plus, power, put, times
from engine.symbolic.findings import Level, Levels
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.typeset import latex

_FIRST = 3  # levels that are drawn one by one
_SIZES = 9  # of one level that are shown


def tree_levels(
    problem: RecurrenceInput,
    weighed: Sequence[AnyWeight],
    forcing: Expr,
    p: SplitExponent,
    growth: Growth,
) -> Levels | None:
    """The tree of T(n) = sum of c T(s n) + f(n); None where some c is no whole number."""
    weights = [(c, s) for c, s in weighed if isinstance(c, Fraction) and c.denominator == 1]
    if len(weights) < len(weighed):
        return None
    n = Sym(problem.names.variable)
    letters = [letter for letter in spare_letters(problem.names) if letter.name != "p"]
    i = next((letter for letter in letters if letter.name == "i"), letters[0])
    ratio = _ratio(weights, forcing, n.name)
    first = [_level(weights, forcing, n, depth, num(depth), ratio) for depth in range(_FIRST)]
    general = _level(weights, forcing, n, _FIRST, i, ratio)
    leaves = latex(power(n, p.exact.expr)) if p.exact is not None else rf"\Theta({latex(n)}^{{p}})"
    start = problem.term(1)
    leaves_shown = 1 if sum(c for c, _ in weights) == 1 else _SIZES  # one call each: one way down
    last = Level(
        _FIRST + 1, leaves, "1", latex(start), rf"\Theta\left({_border(n, p)}\right)", ("1",) * leaves_shown
    )
    total = rf"{latex(problem.term(n))} \in {growth.theta(n.name)}"
    return Levels(int(sum(c for c, _ in weights)), (*first, general, last), _height(weights, n), total)


def _border(n: Sym, p: SplitExponent) -> str:
    return latex(power(n, p.exact.expr)) if p.exact is not None else f"{latex(n)}^{{p}}"


def _ratio(weights: Sequence[Weight], forcing: Expr, variable: str) -> Fraction | None:
    """q with level sum i = q^i f(n), where f is a single power of n and q a fraction; else None."""
    terms = as_power_log(forcing, variable, Fraction(2))
    if terms is None or len(terms.terms) != 1:
        return None
    [(r, logs)] = terms.terms
    shares = [raised(slope, r) for _, slope in weights]
    if logs:
        return None
    exact = [share for share in shares if isinstance(share, Fraction)]
    if len(exact) < len(shares):
        return None
    return sum((c * share for (c, _), share in zip(weights, exact, strict=True)), Fraction(0))


def _level(
    weights: Sequence[Weight], forcing: Expr, n: Sym, depth: int, index: Expr, ratio: Fraction | None
) -> Level:
    branches = sum((c for c, _ in weights), Fraction(0))
    nodes, largest = power(num(branches), index), weights[0][1]
    size = _sized(n, largest, index)
    even = len(weights) == 1
    work = latex(put(forcing, n.name, size)) if even else ""
    if ratio is not None:
        total = times(power(num(ratio), index), forcing)
    else:
        total = times(nodes, put(forcing, n.name, size)) if even else _added(weights, forcing, n, depth)
    shown = latex(total)
    if ratio is None and not even and depth == _FIRST:
        shown = r"\sum_{\text{nodes}} f"
    elif not even and depth == _FIRST:
        shown = rf"\le {shown}"  # ways down end at different depths
    return Level(depth, latex(nodes), latex(size), work, shown, _sizes(weights, n, depth))


def _sized(n: Sym, slope: Fraction, index: Expr) -> Expr:
    """n slope^index."""
    below = power(num(1 / slope), index)
    if (1 / slope).denominator == 1:
        return over(n, below)
    return times(power(num(slope), index), n)


def _products(weights: Sequence[Weight], depth: int) -> list[Fraction]:
    """The shares of n at one level, left to right; the first of them only."""
    found = [Fraction(1)]
    for _ in range(depth):
        found = [own * slope for own in found for c, slope in weights for _ in range(min(int(c), _SIZES))][
            :_SIZES
        ]
    return found


def _sizes(weights: Sequence[Weight], n: Sym, depth: int) -> tuple[str, ...]:
    if depth == _FIRST:
        return ()
    return tuple(latex(_sized(n, share, num(1))) for share in _products(weights, depth)[:_SIZES])


def _added(weights: Sequence[Weight], forcing: Expr, n: Sym, depth: int) -> Expr:
    """c f(s n) + ... of one level."""
    shares: dict[Fraction, Fraction] = {Fraction(1): Fraction(1)}
    for _ in range(min(depth, _FIRST - 1)):
        below: dict[Fraction, Fraction] = {}
        for share, often in shares.items():
            for c, slope in weights:
                below[share * slope] = below.get(share * slope, Fraction(0)) + c * often
        shares = below
    parts = [
        times(num(often), put(forcing, n.name, _sized(n, share, num(1)))) for share, often in shares.items()
    ]
    return plus(*parts) if parts else ZERO


def _height(weights: Sequence[Weight], n: Sym) -> str:
    """The number of levels; from the shortest to the longest way down where they differ."""
    ways = sorted({slope for _, slope in weights})
    shown = [latex(Call("log", n, num(1 / slope))) for slope in ways]
    return shown[0] if len(shown) == 1 else rf"{shown[0]} \text{{ to }} {shown[-1]}"
