"""A recursive function -> the recurrence of its calls and of each line, solved, in the worst and best case.

What a call does is read off interpreted runs (`shape.py`), the recurrences are solved by
engine.recurrences (`totals.py`), and what comes out is held against the counts of every run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.algorithms import inputs, trials, two_sizes
from engine.algorithms.call_graph import group, refused, threshold
from engine.algorithms.euclid import euclidean
from engine.algorithms.inputs import Family, Parameter
from engine.algorithms.one_case import solved
from engine.algorithms.reading import Snippet
from engine.algorithms.recursion_runs import interpreted
from engine.algorithms.scattered import scattered
from engine.algorithms.solved_recursion import Recursion
from engine.errors import CodeError

_SMALL_CASES: Final = 8  # numbers up to which a base case may be compared with, however few sizes are run
_TRIED: Final = 3  # families, the one with the most work first


@dataclass(frozen=True)
class Cases:
    """A recursion's worst and best case.

    Attributes:
        worst: of the inputs that were tried, the family with the most work.
        best: with the least; None where it is not known. `worst` itself where all inputs do the same.
        assumption: one sentence on what makes the difference, and how far that was tried.
    """

    worst: Recursion
    best: Recursion | None
    assumption: str


def solve_recursive(snippet: Snippet, function: str) -> Cases:
    """The recursion that a run from `function` ("": the top level) comes to, in its worst and best case.

    Raises:
        CodeError: it never ends, fails, or shrinks in a way that is not solved; with the line.
    """
    functions = group(snippet, function)
    wanted = inputs.parameters(snippet, function)
    letters = inputs.letters(wanted)
    single = trials.one_letter(snippet, function, wanted, letters)
    if single is None:
        euclid = euclidean(snippet, function, functions)
        if euclid is not None:
            return Cases(euclid, None, euclid.note)
        pair = two_sizes.measured(snippet, function, functions, wanted)
        if pair is not None:
            return Cases(pair.worst, pair.best, two_sizes.assumption(pair))
        raise refused(
            snippet,
            functions,
            f"its counts depend on {' and '.join(letters)} apart from each other; one size is solved",
        )
    letters = inputs.letters(single)
    families = trials.by_work(snippet, function, single)
    worst = _first_solved(snippet, function, functions, families, letters)
    if worst.words == families[-1].words or families[-1].words == "":
        best: Recursion | None = worst
    else:
        best = _or_none(snippet, function, functions, families[-1], letters)
    if not worst.proven and worst.words and scattered(snippet, functions) and not _one_less(worst):
        why = "how large its calls are depends on the data, so which input is the worst is not known here"
        raise refused(snippet, functions, why)
    far = threshold(snippet, functions)
    if far is not None and far.value > max(_SMALL_CASES, max(worst.tallies) // 4):
        reason = (
            f"{functions[0]} compares with {far.value}; too few of the sizes beyond that can be followed."
        )
        raise snippet.fault(far, reason, "Use a smaller number there.")
    more, less = 1.0, 1.0
    if worst.told is None or worst.told.call.decided or worst is not best:
        more, less = trials.outdone(snippet, function, single, worst.tallies, best.tallies if best else {})
    if more > trials.CLOSE or (more > 1 and worst.words == families[0].words == ""):
        if worst.told is None or not worst.told.alike or not worst.told.exact:
            raise refused(snippet, functions, "which of its inputs is the worst is not known here")
        worst = worst.without_formulas(
            "Whichever way the data decide, a call makes calls of nearly the same sizes, so all such inputs "
            "have the same class. Which of them takes the most is not known."
        )
    if less < trials.LEAST:
        best = None
    return Cases(worst, best, _assumption(single, worst, best, more, less))


def _assumption(
    wanted: tuple[Parameter, ...], worst: Recursion, best: Recursion | None, more: float, less: float
) -> str:
    parts = [worst.note]
    if worst.words and worst is not best:
        words = f"; best case: {best.words}" if best is not None else "; the best case is not known"
        parts.append(f"Worst case: {worst.words}{words}.")
        if more > 1 or less < 1:
            parts.append(f"Others that were tried took {less:.2f} to {more:.2f} times as many steps.")
        elif worst.told is None or not worst.told.extreme:
            parts.append(trials.words(wanted))
    if not worst.proven and not worst.note:
        parts.append(f"Measured, not derived: {worst.why}.")
    elif not worst.exact and not worst.note:
        parts.append("The class is derived; the exact counts are those of the worst case named here.")
    return " ".join(part for part in parts if part)


def _one_less(worst: Recursion) -> bool:
    """Whether a call makes one that is only one smaller: no split of the rest takes more."""
    return "T(n-1)" in worst.recurrence


def _first_solved(
    snippet: Snippet,
    function: str,
    functions: tuple[str, ...],
    families: tuple[Family, ...],
    letters: tuple[str, ...],
    case: str = "worst",
) -> Recursion:
    """The family with the most work that can be solved. Raises CodeError as for the first of them."""
    first: CodeError | None = None
    for family in families[:_TRIED]:
        try:
            runs = interpreted(snippet, function, functions, family, letters)
            return solved(snippet, function, functions, runs, case)
        except CodeError as error:
            first = first or error
    raise first or refused(snippet, functions, "no inputs were found that it accepts")


def _or_none(
    snippet: Snippet, function: str, functions: tuple[str, ...], family: Family, letters: tuple[str, ...]
) -> Recursion | None:
    try:
        return _first_solved(snippet, function, functions, (family,), letters, "best")
    except CodeError:
        return None
