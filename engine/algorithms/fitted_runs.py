"""Counts of whole runs that no recurrence explains, such as those with a memo: fitted, and said to be so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.algorithms import fits
from engine.algorithms.fits import fitted
from engine.algorithms.functions import from_expr
from engine.algorithms.interpreter import Tally
from engine.algorithms.recursion_runs import Runs
from engine.algorithms.solved_recursion import Recursion
from engine.algorithms.totals import Total, growth_or_none


def fitted_total(tallies: Mapping[int, Tally], counted: Callable[[Tally], int]) -> Total | None:
    """A formula that gives every count from n = 2 on, with points to spare; measured, not derived."""
    values = {n: counted(tally) for n, tally in tallies.items()}
    for start in (0, 1, 2, 3):
        fit = fitted({n: count for n, count in values.items() if n >= start}, fits.WHOLE_RUNS)
        if fit is None:
            continue
        return Total(from_expr(fit.expr).expr(), None, start, growth_or_none(fit.expr))
    return None


def fitted_recursion(functions: tuple[str, ...], runs: Runs, why: str) -> Recursion | None:
    """A recursion whose calls are not explained by their size, `why`; None where the total fits nothing."""
    tallies = runs.tallies
    total = fitted_total(tallies, lambda tally: tally.total)
    if total is None or total.growth is None:
        return None
    nothing = Total(None, None, 0, None)
    calls = {name: _calls_of(name, tallies) for name in functions}
    numbers = sorted({line for tally in tallies.values() for line in tally.lines})
    return Recursion(
        functions,
        "n",
        runs.family.words,
        {name: found for name, found in calls.items() if found},
        {line: _line(line, tallies) or nothing for line in numbers},
        total,
        fitted_total(tallies, lambda tally: tally.work) or nothing,
        tallies,
        runs.family,
        why=why,
        note=f"Fitted to the counts at {len(tallies)} sizes up to n = {max(tallies)}; not derived.",
    )


def _calls_of(name: str, tallies: Mapping[int, Tally]) -> Total | None:
    return fitted_total(tallies, lambda tally: tally.calls.get(name, 0))


def _line(line: int, tallies: Mapping[int, Tally]) -> Total | None:
    return fitted_total(tallies, lambda tally: tally.lines.get(line, 0))
