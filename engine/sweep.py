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

from engine.abreast import advanced
from engine.config import RunConfig, knob_of
from engine.errors import ConfigError, DivergenceError
from engine.snapshot import Array
from engine.train import Run

MOST = 64
MOST_KNOBS = 2
THREADS = 2
_SLICE = 0.02  # seconds that some variants are trained before others have their turn
_TOGETHER = 16  # variants that one thread trains side by side
_ROUNDS = 8  # steps of each in a slice; when it is fewer they are too slow to be held up by one another


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
    if threads < 1:
        raise ConfigError((f"A sweep needs 1 thread or more; {threads} were asked for.",))
    runs = [Run(variant.config, budget=0) for variant in variants]  # nobody goes back in a sweep
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
    """Train whichever runs wait longest for a slice of time, until none waits."""
    together = 1
    try:
        while not ended.is_set():
            group = _taken(waiting, together)
            if not group:
                return
            told = _slice(group, runs, steps, ended)
            for item in told:
                news.put(item)
                if not item.over:
                    waiting.put(item.variant)
            rounds = max(len(item.losses) for item in told)
            together = min(4 * together, _TOGETHER) if rounds >= _ROUNDS else max(1, together // 2)
    except BaseException as error:  # noqa: BLE001 - it is raised where the news are read
        news.put(error)


def _taken(waiting: queue.SimpleQueue[int], most: int) -> list[int]:
    group: list[int] = []
    while len(group) < most:
        try:
            group.append(waiting.get_nowait())
        except queue.Empty:
            break
    return group


def _slice(group: Sequence[int], runs: Sequence[Run], steps: int, ended: threading.Event) -> list[News]:
    """Steps of each variant of `group` in turns, all that are done in a slice of time."""
    losses: dict[int, list[float]] = {number: [] for number in group}
    exploded: dict[int, str] = {}
    left = [number for number in group if runs[number].step < steps]
    until = time.monotonic() + _SLICE
    while left and not ended.is_set():
        for number, found in zip(left, advanced([runs[number] for number in left]), strict=True):
            if isinstance(found, DivergenceError):
                exploded[number] = str(found)
            else:
                losses[number].append(found)
        left = [number for number in left if number not in exploded and runs[number].step < steps]
        if time.monotonic() >= until:
            break
    return [
        News(number, run.step, np.array(losses[number]), number in exploded or run.step >= steps, why)
        for number in group
        for run, why in [(runs[number], exploded.get(number, ""))]
    ]


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
