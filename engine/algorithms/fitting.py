"""Formulas that fit counts exactly, with points to spare: measured, never called derived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.algorithms.forms import ONE, Form, letter
from engine.algorithms.functions import floor_div, floor_log, floor_root, mod, raised
from engine.algorithms.gauss import unknowns
from engine.algorithms.judging import Sample

SPARE = 6  # points beyond those that the factors are solved from
_SPARE_OF_POWERS = 4  # of 2^n fewer sizes can be run, and each tells more


Lines = dict[int, Form]


def measured(found: Sequence[Sample], names: tuple[str, ...]) -> tuple[Lines, Lines] | None:
    """(executions, work of built-ins) of each line, that give all counts.

    None where one has no such form, or the data matter.
    """
    if len(names) != 1:
        return None
    [name] = names
    counts, costs = dict[int, dict[int, int]](), dict[int, dict[int, int]]()
    for sample in found:
        n = sample.sizes[name]
        if n in counts and (counts[n], costs[n]) != (dict(sample.lines), dict(sample.costs)):
            return None
        counts[n], costs[n] = dict(sample.lines), dict(sample.costs)
    lines, work = _fitted(counts, name), _fitted(costs, name)
    return None if not lines or work is None else (lines, work)


def _fitted(counts: dict[int, dict[int, int]], name: str) -> Lines | None:
    places = sorted(n for n in counts if n >= 2)
    fitted = dict[int, Form]()
    for line in sorted({line for lines in counts.values() for line in lines}):
        form = fit({n: counts[n].get(line, 0) for n in places}, name)
        if form is None:
            return None
        fitted[line] = form
    return fitted


def fit(values: dict[int, int], name: str) -> Form | None:
    """The first family of functions that gives all of `values` exactly."""
    for basis in _bases(name):
        spare = _SPARE_OF_POWERS if raised(Fraction(2), letter(name)) in basis else SPARE
        if len(values) >= len(basis) + spare:
            form = _solved(values, basis, name)
            if form is not None:
                return form
    return None


def _bases(name: str) -> Iterator[list[Form]]:
    n = letter(name)
    log, parity = floor_log(n, 2), mod(n, 2)
    yield [ONE]
    yield [ONE, n]
    yield [ONE, n, n**2]
    yield [ONE, n, parity]
    yield [ONE, log]
    yield [ONE, floor_root(n, 2)]
    yield [ONE, n, n**2, n**3]
    yield [ONE, n, n**2, parity, n * parity]
    yield [ONE, n, log]
    yield [ONE, raised(Fraction(2), log), log]
    yield [ONE, n, n * log, raised(Fraction(2), log)]
    yield [ONE, floor_log(n, 3)]
    yield [ONE, floor_log(n, 10)]
    yield [ONE, raised(Fraction(2), n), n]
    yield [ONE, raised(Fraction(2), n), n, n * raised(Fraction(2), n)]
    yield [ONE, n, floor_div(n, 3)]
    yield [ONE, n, n**2, n**3, n**4]


def _solved(values: dict[int, int], basis: list[Form], name: str) -> Form | None:
    """From the first points that determine the factors; then all must agree."""
    rows = (
        [*(form.value({name: n}) for form in basis), Fraction(n_th)] for n, n_th in sorted(values.items())
    )
    factors = unknowns(rows, len(basis))
    if factors is None:
        return None
    form = sum((part * factor for part, factor in zip(basis, factors, strict=True)), Form({}))
    return form if all(form.value({name: n}) == value for n, value in values.items()) else None
