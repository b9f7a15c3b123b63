"""Small inputs by brute force: is what we call the worst case the worst, and does only one size matter?

Every order of a few items, repeated items, every wanted value: nothing may take more than the
family that is told as the worst, nor less than the best.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from engine.algorithms.inputs import (
    ANY,
    LIST,
    SIZE,
    TARGET,
    TEXT,
    Family,
    Parameter,
    as_letter,
    families,
    letters,
)
from engine.algorithms.interpreter import Tally, run
from engine.algorithms.reading import Snippet
from engine.algorithms.values import CodeFault

_LIMIT: Final = 4_000
_SMALL: Final = (1, 2, 3, 4, 5)
_MOST: Final = 60  # inputs of one size
LEAST: Final = 0.6  # and at least, for the best: small inputs need not be cut in halves exactly
_LOOKED_AT: Final = (3, 6, 9, 16, 33)
CLOSE: Final = (
    1.25  # what another input may take at most, as a multiple, where the worst is not known exactly
)


def one_letter(
    snippet: Snippet, function: str, wanted: tuple[Parameter, ...], all_letters: tuple[str, ...]
) -> tuple[Parameter, ...] | None:
    """`wanted` with a single size letter: the others do not change any count, and get a fixed value.

    None where two sizes both matter.
    """
    if len(all_letters) <= 1:
        return wanted
    family = families(wanted)[0]
    ruling = [one for one in all_letters if _matters(snippet, function, family.make, all_letters, one)]
    if len(ruling) != 1:
        return None
    return tuple(
        replace(one, kind=ANY, letter="") if one.letter not in ("", ruling[0]) and one.kind == SIZE else one
        for one in wanted
    )


def _matters(snippet: Snippet, function: str, make: Any, all_letters: tuple[str, ...], letter: str) -> bool:
    """Whether counts change with this letter while the others stay."""
    for others in (3, 6):
        seen = set[object]()
        for n in (2, 5, 9):
            try:
                tally = run(
                    snippet, function, make({**dict.fromkeys(all_letters, others), letter: n}), _LIMIT
                )
            except CodeFault as error:
                seen.add(("fails", error.reason))
                continue
            seen.add(tuple(tally.lines.items()))
        if len(seen) > 1:
            return True
    return False


def by_work(snippet: Snippet, function: str, wanted: tuple[Parameter, ...]) -> tuple[Family, ...]:
    """The families of arguments, that with the most work first; one only where all do the same."""
    found = families(wanted)
    if len(found) == 1:
        return found
    amounts = _amounts(snippet, function, found, letters(wanted))
    if not amounts:
        return found[:1]
    order = sorted(range(len(found)), key=lambda place: ([row[place] for row in reversed(amounts)], -place))
    if [row[order[0]] for row in amounts] == [row[order[-1]] for row in amounts]:
        return (replace(found[order[-1]], words=""),)
    return tuple(found[place] for place in reversed(order))


def _amounts(
    snippet: Snippet, function: str, found: tuple[Family, ...], letters_of: tuple[str, ...]
) -> list[list[int]]:
    """For a few sizes, as far as they can be run: executions and built-in work of each family."""
    rows = list[list[int]]()
    for n in _LOOKED_AT:
        row = list[int]()
        for family in found:
            try:
                arguments = family.make(dict.fromkeys(letters_of, n))
                row.append(run(snippet, function, arguments, 2 * _LIMIT).work)
            except CodeFault:  # the other families are not tried: it is often the same with them
                return rows
        rows.append(row)
    return rows


def outdone(
    snippet: Snippet,
    function: str,
    wanted: tuple[Parameter, ...],
    worst: Mapping[int, Tally],
    best: Mapping[int, Tally],
) -> tuple[float, float]:
    """(the most that any input tried takes, as a multiple of the worst case; the least, of the best case)."""
    more = less = 1.0
    for n, arguments in _tried(wanted):
        if n not in worst and n not in best:
            continue
        try:
            work = run(snippet, function, arguments, 2 * _LIMIT).work
        except CodeFault:
            continue
        more = max(more, work / worst[n].work) if n in worst else more
        less = min(less, work / best[n].work) if n in best else less
    return more, less


def words(wanted: tuple[Parameter, ...]) -> str:
    """What `outdone` tries, as one sentence."""
    lists = [one for one in wanted if one.kind in (LIST, TEXT)]
    if any(one.kind == TARGET for one in wanted):
        return (
            f"Sorted lists of up to {_SMALL[-1]} items with each wanted value were tried; none goes beyond."
        )
    if len(lists) == 1:
        return "All orders of up to 4 items and some of 5 were tried; none goes beyond."
    return f"Some orders of up to {_SMALL[-1]} items were tried; none goes beyond."


def _tried(wanted: tuple[Parameter, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    for n in _SMALL:
        for arguments in itertools.islice(_inputs(wanted, n), _MOST):
            yield n, arguments
    for n in _LOOKED_AT[-2:]:
        for family in families(wanted):
            yield n, family.make(dict.fromkeys(letters(wanted), n))


def _inputs(wanted: tuple[Parameter, ...], n: int) -> Iterator[dict[str, Any]]:
    """Arguments of size n: all orders of the lists in step, and pairs of 0 and 1."""
    if not any(one.kind in (LIST, TEXT) for one in wanted):
        return
    plain = families(wanted)[0]
    sizes = {one.letter: n for one in wanted if one.letter}
    lists = [one for one in wanted if one.kind in (LIST, TEXT)]
    texts = {one.name for one in lists if one.kind == TEXT}
    is_sorted = any(one.kind == TARGET for one in wanted)
    orders = (
        [tuple(range(n)), (0,) * n]
        if is_sorted
        else [*itertools.permutations(range(n)), *itertools.product((0, 1), repeat=n)]
    )
    step = max(1, len(orders) * (n + 2 if is_sorted else 1) // _MOST)
    for order in orders[::step]:
        for wanted_value in range(-1, n + 1) if is_sorted else (0,):
            for second in (order, order[::-1]) if len(lists) > 1 else (order,):
                arguments = plain.make(sizes)
                for place, one in enumerate(lists):
                    items = list(second if place % 2 else order)
                    arguments[one.name] = items if one.kind == LIST else "".join(map(as_letter, items))
                for one in wanted:
                    if one.kind == TARGET:
                        arguments[one.name] = as_letter(wanted_value) if one.of in texts else wanted_value
                yield arguments
