"""Several ways to do the same thing, timed in turns, so that a machine that is slow today is slow for all.

A round runs every way for the same short while, in the other order every other round; what is
told is the median of the rounds. CPU time is what one thread needs, on an idle core the same
as the time on the wall.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

Clock = Callable[[], float]


def seconds(
    ways: Mapping[str, Callable[[], object]], rounds: int, chunk: float, clock: Clock = time.process_time
) -> dict[str, float]:
    """Name -> seconds of one call; `chunk` is how long each way runs in a round, at least one call."""
    calls = {name: _calls(way, chunk) for name, way in ways.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        for name in list(ways)[:: 1 if number % 2 else -1]:
            taken[name].append(_timed(ways[name], calls[name], clock))
    return {name: median(times) for name, times in taken.items()}


def _timed(way: Callable[[], object], calls: int, clock: Clock) -> float:
    begin = clock()
    for _ in range(calls):
        way()
    return (clock() - begin) / calls


def _calls(way: Callable[[], object], chunk: float) -> int:
    """How many calls fill the chunk; the first ones pay for caches, lazy imports and allocations."""
    way()
    once = _timed(way, 1, time.perf_counter)
    if once < chunk / 4:
        once = _timed(way, 3, time.perf_counter)
    return max(1, round(chunk / max(once, 1e-7)))
