"""Recursions in two sizes, such as paths in a grid: counts of many runs, fitted exactly.

Such formulas are measured, never called derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import comb
from typing import Any, Final

from engine.algorithms import inputs
from engine.algorithms.fits import Atom, fitted
from engine.algorithms.inputs import Family, Parameter
from engine.algorithms.interpreter import Tally, run
from engine.algorithms.reading import Snippet
from engine.algorithms.solved_recursion import Recursion
from engine.algorithms.totals import Total
from engine.algorithms.values import CodeFault
from engine.symbolic.expr import Call, Expr, Mul, Pow, Sym, num, plus

_LIMIT: Final = 4_000
_ALL: Final = 50_000  # steps of all runs
_FAILED: Final = 6  # runs that may fail before one comes to an end
_SMALL: Final = 6
_LARGER: Final = ((7, 3), (3, 8), (9, 2), (2, 11), (8, 7), (12, 9))
_SHARED: Final = 1000  # a pair of sizes is kept as n * _SHARED + m
_AT_LEAST: Final = 18  # pairs of sizes that have to be counted

Pairs = dict[tuple[int, int], Tally]


@dataclass(frozen=True)
class PairCases:
    """The worst and the best of the inputs that were tried; `best` is `worst` where all do the same."""

    worst: Recursion
    best: Recursion | None


def measured(
    snippet: Snippet, function: str, functions: tuple[str, ...], wanted: tuple[Parameter, ...]
) -> PairCases | None:
    """Formulas in both sizes that give all counts; None where there are none, or more than two sizes."""
    letters = inputs.letters(wanted)
    if len(letters) != 2:
        return None
    found = list[tuple[Family, Pairs]]()
    spent = 0
    for family in (*_apart(wanted), *inputs.families(wanted)):
        if spent > _ALL:
            break
        pairs, steps = _counted(snippet, function, family, letters)
        spent += steps
        if pairs and not any(_alike(pairs, other) for _, other in found):
            found.append((family, pairs))
    if not found:
        return None
    found.sort(key=lambda one: _most(one[1]))
    atoms = _choices(*letters)
    alike = len(found) == 1
    family, pairs = found[-1]
    worst = _fitted(functions, letters, replace(family, words="") if alike else family, pairs, atoms)
    if worst is None:
        return None
    return PairCases(worst, worst if alike else _fitted(functions, letters, *found[0], atoms))


def assumption(cases: PairCases) -> str:
    """What makes the cases, and that all of it is measured."""
    worst, best = cases.worst, cases.best
    if worst is best:
        return worst.note
    words = f"best: {best.words}" if best is not None else "the best case is not known"
    return f"Of the inputs that were tried, worst: {worst.words}; {words}. {worst.note}"


def _counted(snippet: Snippet, function: str, family: Family, letters: tuple[str, ...]) -> tuple[Pairs, int]:
    """Runs at many pairs of sizes, as far as they come to an end; and about how many steps they took."""
    found: Pairs = {}
    spent = failed = 0
    for n, m in (*((n, m) for n in range(_SMALL) for m in range(_SMALL)), *_LARGER):
        try:
            tally = run(snippet, function, family.make(dict(zip(letters, (n, m), strict=True))), _LIMIT)
        except CodeFault:
            failed += 1
            spent += _LIMIT
            if failed > (3 if found else 1) * _FAILED:
                break
            continue
        found[n, m] = tally
        spent += tally.total
    return found, spent


def _apart(wanted: tuple[Parameter, ...]) -> Iterator[Family]:
    """Two lists or texts that have no item in common."""
    lists = [one for one in wanted if one.kind in (inputs.LIST, inputs.TEXT)]
    if len(lists) == 2:
        plain = inputs.families(wanted)[0]
        second = lists[1]

        def make(sizes: Mapping[str, int]) -> dict[str, Any]:
            arguments = plain.make(sizes)
            length = len(arguments[second.name])
            arguments[second.name] = "z" * length if second.kind == inputs.TEXT else [-1] * length
            return arguments

        yield Family("nothing in common", make)


def _alike(first: Pairs, second: Pairs) -> bool:
    return first.keys() == second.keys() and all(first[at].lines == second[at].lines for at in first)


def _most(pairs: Pairs) -> tuple[int, ...]:
    """What to order families by: the work of the largest sizes first."""
    return tuple(pairs[at].work for at in ((8, 7), (5, 5), (5, 4), (5, 3)) if at in pairs)


def _fitted(
    functions: tuple[str, ...],
    letters: tuple[str, ...],
    family: Family,
    pairs: Pairs,
    choices: tuple[tuple[Atom, ...], ...],
) -> Recursion | None:
    def total(counted: Callable[[Tally], int]) -> Total | None:
        return _total(pairs, counted, choices)

    everything = total(lambda tally: tally.total)
    if everything is None or everything.order is None:
        return None
    nothing = Total(None, None, 0, None)
    lines = sorted({line for tally in pairs.values() for line in tally.lines})
    calls = {name: total(lambda tally, name=name: tally.calls.get(name, 0)) for name in functions}  # type: ignore[misc] # the usual default
    return Recursion(
        functions,
        " and ".join(letters),
        family.words,
        {name: one for name, one in calls.items() if one is not None},
        {line: total(lambda tally, line=line: tally.lines.get(line, 0)) or nothing for line in lines},  # type: ignore[misc] # the usual default
        everything,
        total(lambda tally: tally.work) or nothing,
        {n: tally for (n, m), tally in pairs.items() if n == m},
        None,
        why="its calls depend on two sizes",
        note=f"Fitted to the counts at {len(pairs)} pairs of sizes; not derived.",
    )


def _total(
    pairs: Mapping[tuple[int, int], Tally],
    counted: Callable[[Tally], int],
    choices: tuple[tuple[Atom, ...], ...],
) -> Total | None:
    for start in (0, 1):
        values = {n * _SHARED + m: counted(tally) for (n, m), tally in pairs.items() if min(n, m) >= start}
        fit = fitted(values, choices) if len(values) >= _AT_LEAST else None
        if fit is not None:
            leading = [atom.expr for factor, atom in fit.parts if factor]
            return Total(fit.expr, None, start, None, order=_order(leading))
    return None


def _order(terms: list[Expr]) -> Expr | None:
    """Of terms in the order of their growth: those that none outgrows. n and m stand beside each other."""
    if not terms:
        return None
    last = terms[-1]
    if isinstance(last, Sym) and len(terms) > 1 and isinstance(terms[-2], Sym):
        return plus(terms[-2], last)
    return last


def _choices(first: str, second: str) -> tuple[tuple[Atom, ...], ...]:
    """Sums that a count may be, each with its terms in the order of their growth."""
    n, m = Sym(first), Sym(second)
    one = Atom(lambda _: 1, num(1))
    a, b = Atom(lambda at: at // _SHARED, n), Atom(lambda at: at % _SHARED, m)
    both = Atom(lambda at: (at // _SHARED) * (at % _SHARED), Mul((n, m)))
    paths = Atom(lambda at: comb(at // _SHARED + at % _SHARED, at % _SHARED), Call("binomial", plus(n, m), n))
    chosen = Atom(lambda at: comb(at // _SHARED, at % _SHARED), Call("binomial", n, m))
    left = Atom(lambda at: 2 ** (at // _SHARED), Pow(num(2), n))
    right = Atom(lambda at: 2 ** (at % _SHARED), Pow(num(2), m))
    return (
        (one,), (one, a), (one, b), (one, a, b), (one, a, b, both),
        (one, paths), (one, a, b, paths), (one, chosen), (one, left), (one, right),
    )  # fmt: skip
