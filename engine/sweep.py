"""Sweeps: up to 64 variants of a run side by side, in threads, with their losses as they come.

The compiled kernel computes outside of Python's lock, so threads are enough; each variant is a
`Run` like any other and gives the numbers that it would give alone. Knows no window.
"""

from __future__ import annotations

import dataclasses
import itertools
import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.config import RunConfig, knob_of
from engine.errors import ConfigError, DivergenceError
from engine.snapshot import Array
from engine.train import Run

MOST = 64
MOST_KNOBS = 2
THREADS = 2
_SLICE = 0.02  # seconds that one variant is trained before another has its turn


@dataclass(frozen=True, slots=True)
class Variant:
    """One run of a sweep.

    Attributes:
        number: 0, 1, ... in the order of the grid.
        knobs: what it has that differs along the axes, e.g. {"learning_rate": 0.1}.
        config: the whole of it.
    """

    number: int
    knobs: Mapping[str, object]
    config: RunConfig


@dataclass(frozen=True, slots=True)
class News:
    """Some steps of one variant.

    Attributes:
        step: steps done so far.
        losses: [n] of the last n of them.
        over: the variant is done. exploded: because of this, in a sentence; else empty.
    """

    variant: int
    step: int
    losses: Array
    over: bool
    exploded: str = ""


def grid(base: RunConfig, axes: Mapping[str, Sequence[object]]) -> tuple[Variant, ...]:
    """Every combination of the values of one or two knobs, "seed" among them if wished.

    Raises:
        ConfigError: no axis or too many, more than 64 variants, or a variant that is no run: which, and why.
    """
    if not 1 <= len(axes) <= MOST_KNOBS:
        raise ConfigError((f"A sweep turns one or two knobs; this one turns {len(axes)}.",))
    combinations = list(itertools.product(*axes.values()))
    if not 1 <= len(combinations) <= MOST:
        raise ConfigError((f"A sweep has 1 to {MOST} variants; this one has {len(combinations)}.",))
    return tuple(_variant(base, n, dict(zip(axes, c, strict=True))) for n, c in enumerate(combinations))


def sweep(
    variants: Sequence[Variant], steps: int, *, threads: int = THREADS, stop: threading.Event | None = None
) -> Iterator[News]:
    """Train each variant for `steps` steps; news come as they are made, each variant's in order.

    Set `stop`, or close the iterator, to end it early. TaskError before anything runs if nothing
    can be learnt from the text.
    """
    runs = [Run(variant.config) for variant in variants]
    ended = stop or threading.Event()
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(runs)):
        waiting.put(number)
    news: queue.SimpleQueue[News | BaseException] = queue.SimpleQueue()
    workers = [
        threading.Thread(
            target=_work, args=(runs, steps, waiting, news, ended), name=f"sweep {n}", daemon=True
        )
        for n in range(min(threads, len(runs)))
    ]
    for worker in workers:
        worker.start()
    try:
        yield from _told(news, len(runs), ended)
    finally:
        ended.set()
        for worker in workers:
            worker.join()


def _told(news: queue.SimpleQueue[News | BaseException], left: int, ended: threading.Event) -> Iterator[News]:
    while left:
        try:
            item = news.get(timeout=0.1)
        except queue.Empty:
            if ended.is_set():
                return
            continue
        if isinstance(item, BaseException):
            raise item
        left -= item.over
        yield item


def _work(
    runs: Sequence[Run],
    steps: int,
    waiting: queue.SimpleQueue[int],
    news: queue.SimpleQueue[News | BaseException],
    ended: threading.Event,
) -> None:
    """Train whichever run waits longest for a slice of time, until none waits."""
    try:
        while not ended.is_set():
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            item = _slice(number, runs[number], steps)
            news.put(item)
            if not item.over:
                waiting.put(number)
    except BaseException as error:  # noqa: BLE001 - it is raised where the news are read
        news.put(error)


def _slice(number: int, run: Run, steps: int) -> News:
    losses: list[float] = []
    until = time.monotonic() + _SLICE
    try:
        while run.step < steps and (not losses or time.monotonic() < until):
            losses.append(run.advance())
    except DivergenceError as error:
        return News(number, run.step, np.array(losses), over=True, exploded=str(error))
    return News(number, run.step, np.array(losses), over=run.step >= steps)


def _variant(base: RunConfig, number: int, knobs: dict[str, object]) -> Variant:
    for name in knobs:
        try:
            knob_of(name)
        except KeyError:
            raise ConfigError((f"There is no knob {name!r} to sweep.",)) from None
    try:
        return Variant(number, knobs, dataclasses.replace(base, **knobs))  # type: ignore[arg-type]  # it checks
    except ConfigError as error:
        raise ConfigError((f"Variant {number + 1} of the sweep: {error}",)) from error
