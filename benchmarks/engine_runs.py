"""What a run costs as it is really driven: its batches drawn, its losses and its way back kept.

engine/run       one `Run.advance`, batch included; the peer draws the same batches for torch.nn
engine/sweep-run one step of each of 32 runs at S by `engine.sweep`, all told, on the wall; torch
                 one network after the other, with one thread or two, whichever is faster
engine/history   10,000 steps of an LSTM with H = 32, T = 25: megabytes that the way back takes and
                 that the process grew by, and milliseconds of going back 1, 100 and 5,000 steps
engine/pause     from saying Pause to the picture that it stands, the longest of several
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from figures import Figure, Speedup
from interleaved import seconds

SIZES = {"S": (16, 20, 16, 8), "M": (32, 25, 32, 32)}
SWEEP = {"rnn": 30, "lstm": 12, "gru": 45}
NETS, STEPS, LONG = 32, 200, 10_000


def figures(cell: str, quick: bool) -> Iterator[Figure]:
    for name in SIZES:
        yield run(name, cell, quick)
    yield sweep(cell, quick)


def config_of(name: str, cell: str, **more: Any) -> Any:
    """The run of this size on a text of as many letters."""
    from engine.config import RunConfig

    H, T, B, letters = SIZES[name]
    places = np.random.default_rng(1).integers(0, letters, 5000)
    text = "".join(chr(ord("A") + place) for place in places)
    return RunConfig(cell=cell, hidden=H, length=T, batch=B, text=text, clip=1.0, **more)


class Theirs:
    """torch.nn on the batches of a run, drawn with NumPy as is usual."""

    def __init__(self, config: Any, adam: str) -> None:
        import torch
        from torch_peers import Fused, Size

        from engine.tasks.catalogue import task_of

        task: Any = task_of(config)
        self.codes, self.config, self.number = task.codes, config, 0
        self.one_hot = torch.eye(task.inputs)
        size = Size(config.hidden, config.length, config.batch, task.inputs)
        x = np.zeros((size.T, size.B, size.I), np.float32)
        self.net = Fused(config.cell, size, x, np.zeros((size.T, size.B), np.intp), adam)

    def step(self) -> float:
        import torch

        self.number += 1
        T, rng = self.config.length, np.random.default_rng((self.config.seed, self.number))
        starts = rng.integers(0, len(self.codes) - T, self.config.batch)
        windows = torch.from_numpy(self.codes[np.arange(T + 1)[:, None] + starts])
        self.net.x, self.net.y = self.one_hot[windows[:-1]], windows[1:].flatten()
        return self.net.step()


def run(name: str, cell: str, quick: bool) -> Figure:
    """One step as a run does it."""
    from torch_peers import ADAMS

    from engine.train import Run

    config = config_of(name, cell)
    peers = {adam: Theirs(config, adam).step for adam in ADAMS}
    rounds = (5, 0.02) if quick else (11, 0.06)
    took = seconds({"ours": Run(config).advance, **peers}, *rounds)
    theirs = min(took[adam] for adam in ADAMS)
    return Speedup(f"engine/run/{name}-{cell}", 1e6 * took["ours"], "us", 0, 1e6 * theirs)


def sweep(cell: str, quick: bool) -> Figure:
    """32 runs that differ in their seeds, built and trained."""
    import torch

    from engine.sweep import grid
    from engine.sweep import sweep as swept

    base = config_of("S", cell)
    variants = grid(base, {"seed": range(NETS)})
    nets = [Theirs(variant.config, "fused") for variant in variants]

    def one_after_the_other(threads: int) -> None:
        torch.set_num_threads(threads)
        for net in nets:
            net.step()
        torch.set_num_threads(1)

    ways: dict[str, Any] = {
        "ours": lambda: sum(len(news.losses) for news in swept(variants, STEPS)),
        "one thread": lambda: one_after_the_other(1),
        "two threads": lambda: one_after_the_other(2),
    }
    took = seconds(ways, 3 if quick else 7, 0.2, time.perf_counter)
    theirs = min(took["one thread"], took["two threads"])
    return Speedup(f"engine/sweep-run/{cell}", 1e3 * took["ours"] / STEPS, "ms", SWEEP[cell], 1e3 * theirs)


def history() -> Iterator[Figure]:
    """A long run, and the way back."""
    from engine.train import Run

    long = Run(config_of("M", "lstm"))
    long.go_to(10)
    before = _resident()
    long.go_to(LONG)
    yield Figure("engine/history/kept", long.memory_used / 1e6, "MB", 200.0)
    yield Figure("engine/history/grown", (_resident() - before) / 1e6, "MB", 200.0)
    for steps in (1, 100, 5000):
        begin = time.perf_counter()
        long.back(steps)
        yield Figure(f"engine/history/back-{steps}", 1e3 * (time.perf_counter() - begin), "ms", 100.0)
        long.go_to(LONG)


def pause(quick: bool) -> Figure:
    """The slowest step of the kernel: an LSTM with H = 128, T = 100, B = 32."""
    from engine import worker
    from engine.child import Child
    from engine.config import RunConfig
    from engine.messages import Pause, Progress, Resume, Start, Started, Stop

    child = Child(worker.main, "training")
    waits = []
    try:
        child.send(Start(RunConfig(cell="lstm", hidden=128, length=100, batch=32)))
        _await(child, lambda event: isinstance(event, Started))
        for number in range(6 if quick else 20):
            child.send(Resume())
            time.sleep(0.3 + 0.013 * number)
            begin = time.perf_counter()
            child.send(Pause())
            _await(child, lambda event: isinstance(event, Progress) and not event.running)
            waits.append(time.perf_counter() - begin)
    finally:
        child.stop(Stop())
    return Figure("engine/pause", 1e3 * max(waits), "ms", 100.0)


def _await(child: Any, wanted: Callable[[Any], bool]) -> None:
    while child.alive:
        if any(wanted(event) for event in child.wait(1.0)):
            return
    sys.exit("the training process ended before it answered")


def _resident() -> int:
    """Bytes of memory that this process has; Linux."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
