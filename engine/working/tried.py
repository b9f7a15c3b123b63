"""The times at which a claim can be tried: those at which both its sides are there.

A claim about two times, as ∂h_t/∂h_j = ..., says something of every pair of them, also where no
line of the derivation has that pair. Knows no sentences and no mistakes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.tape.makers import partial
from engine.tape.nodes import Node, Partial
from engine.tape.numbers import letters_of
from engine.tape.walk import walk
from engine.working.bench import Bench, Cases

_MOST_PAIRS = 36  # of times: a derivative over many steps takes a run of the network for each


def cases_of(here: Bench, *sides: Node) -> Cases | None:
    """The cases in which all sides can be computed, or some of them if there are many; None: none.

    First and last times are among them.
    """
    letters = sorted(frozenset().union(*map(letters_of, sides)) - {"T"})
    times = _times(here.steps, len(letters))
    every = np.array(list(itertools.product(times, repeat=len(letters))), int)
    cases = {letter: every[:, place] for place, letter in enumerate(letters)}
    kept = here.there(cases, *sides)
    return chosen(cases, kept) if kept.any() else None


def cases_of_two_times(here: Bench, left: Node, right: Node) -> Cases | None:
    """All pairs of times of which a claim about a derivative at two times says something; else None.

    Not those at which nothing depends on the other time, as it is later, nor those at which something
    is differentiated by itself: books do not mean these.
    """
    jacobian = next(iter(_at_two_times(left)), None)
    cases = cases_of(here, left, right) if jacobian is not None and letters_of(left) - {"T"} else None
    if jacobian is None or cases is None:
        return None
    try:
        total = here.value(partial(jacobian.of, jacobian.by), cases)
    except LookupError:
        return None
    count = len(next(iter(cases.values())))
    depends = np.broadcast_to((total != 0).any(axis=(0, -2, -1)), count)
    kept = depends & ~_by_itself(here, jacobian, cases, count)
    return chosen(cases, kept) if kept.any() else None


def cases_about(here: Bench, left: Node, right: Node) -> Cases | None:
    """All cases that a claim which no line is about says something of; None if there are none."""
    return cases_of_two_times(here, left, right) or cases_of(here, left, right)


def chosen(cases: Cases, kept: NDArray[np.bool_]) -> Cases:
    """Some of the cases."""
    return {letter: times[kept] for letter, times in cases.items()}


def _times(steps: int, letters: int) -> Sequence[int]:
    """As many times as there can be tried for each of so many letters."""
    wanted = (steps, 1, steps - 1, 2, 0, 3, steps - 2, steps + 1, *range(4, steps - 2))
    found = [time for time in dict.fromkeys(wanted) if 0 <= time <= steps + 1]
    most = len(found)
    while letters > 1 and most > 2 and most**letters > _MOST_PAIRS:
        most -= 1
    return sorted(found[:most])


def _at_two_times(left: Node) -> Iterator[Partial]:
    for part in walk(left):
        if isinstance(part, Partial) and part.of.at is not None and part.by.at is not None:
            yield part


def _by_itself(here: Bench, jacobian: Partial, cases: Cases, count: int) -> NDArray[np.bool_]:
    if jacobian.of.name != jacobian.by.name:
        return np.zeros(count, bool)
    each = [
        {"T": here.steps, **{letter: int(times[n]) for letter, times in cases.items()}} for n in range(count)
    ]
    of, by = jacobian.of.at, jacobian.by.at
    return np.array([of is not None and by is not None and of.number(one) == by.number(one) for one in each])
