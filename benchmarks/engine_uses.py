"""What the engine is for besides whole steps: one symbol, text, sweeps, looking on, being ready.

engine/symbol    one time step, B = 1, H = 32, one call from Python each
engine/text      symbols that are drawn and read back, 1,000 a call; 1 us is a million a second
engine/sweep     one step of each of 32 networks at S, on the wall: two threads of ours, torch
                 one network after the other, with one thread or two, whichever is faster
engine/watched   what keeping and showing everything costs, in % of a step: writing once more
                 what no backward pass reads (dh, dc of all steps, the outputs beside dz), and
                 30 pictures a second, each with every number of one sequence
engine/learner   a step as a run does it, batch and rule handed in from Python
engine/ready     a training process that was just spawned has built its run
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np
from figures import Figure, Speedup
from interleaved import seconds

HIDDEN = SYMBOLS = 32
NETS, THREADS, A_CALL = 32, 2, 20
SWEEP = {"rnn": 30, "lstm": 12, "gru": 45}
PICTURES = 30  # a second, as engine.session sends them at most


def figures(cell: str, quick: bool) -> Iterator[Figure]:
    yield from symbols(cell, quick)
    yield sweep(cell, quick)
    for size in ("S", "M"):
        yield from watched(size, cell, quick)


def symbols(cell: str, quick: bool) -> Iterator[Figure]:
    """One time step, and text."""
    from torch_peers import Stepwise

    from engine.kernels.kernel import Kernel
    from engine.kernels.layout import Layout

    kernel, theirs = Kernel(Layout(cell, 1, 1, SYMBOLS, HIDDEN, SYMBOLS)), Stepwise(cell, HIDDEN, SYMBOLS)
    kernel.theta = np.random.default_rng(0).uniform(-0.2, 0.2, len(kernel.theta))
    kernel.read(tokens=np.zeros((1, 1), int))
    library, out, random = kernel.library, np.zeros(1000, np.int32), ctypes.c_uint64(1)
    library.prepare(kernel.address)
    ways: dict[str, Any] = {
        "one": lambda: library.step(kernel.address),
        "thousand": lambda: library.sample(kernel.address, 1000, 1.0, ctypes.byref(random), out.ctypes.data),
        "their one": lambda: theirs.feed(3),
        "their fifty": lambda: theirs.write(50),
    }
    took = {name: 1e6 * each for name, each in seconds(ways, *_patience(quick)).items()}
    yield Speedup(f"engine/symbol/{cell}", took["one"], "us", 80, took["their one"])
    yield Figure(f"engine/text/{cell}", took["thousand"] / 1000, "us", 1.0, took["their fifty"] / 50)


def sweep(cell: str, quick: bool) -> Figure:
    """32 networks side by side."""
    import torch
    from torch_peers import Fused, Size
    from training_steps import data, kernel_step

    from engine.kernels.kernel import train_many

    size = Size(16, 20, 16, 8)
    x, labels = data(size)
    nets = [Fused(cell, size, x, labels, "fused") for _ in range(NETS)]
    kernels = [kernel_step(cell, size, x, labels, net) for net in nets]
    shares = [kernels[place::THREADS] for place in range(THREADS)]

    def one_after_the_other(threads: int) -> None:
        torch.set_num_threads(threads)
        for net in nets:
            net.step()
        torch.set_num_threads(1)

    with ThreadPoolExecutor(THREADS) as pool:
        ways: dict[str, Any] = {
            "ours": lambda: list(pool.map(lambda share: train_many(share, A_CALL), shares)),
            "one thread": lambda: one_after_the_other(1),
            "two threads": lambda: one_after_the_other(2),
        }
        took = seconds(ways, 3 if quick else 11, 0.02, time.perf_counter)
    theirs = min(took["one thread"], took["two threads"])
    return Speedup(f"engine/sweep/{cell}", 1e3 * took["ours"] / A_CALL, "ms", SWEEP[cell], 1e3 * theirs)


def watched(name: str, cell: str, quick: bool) -> Iterator[Figure]:
    """What it costs that everything is kept and shown."""
    from torch_peers import Fused, Size
    from training_steps import data, kernel_step

    from engine.config import RunConfig
    from engine.kernels.learner import ByKernel
    from engine.models.model import Moment
    from engine.tasks.task import Batch

    size = Size(*{"S": (16, 20, 16, 8), "M": (32, 25, 32, 32)}[name])
    x, labels = data(size)
    peer = Fused(cell, size, x, labels, "fused")
    kernel = kernel_step(cell, size, x, labels, peer)
    config = RunConfig(cell=cell, hidden=size.H, length=size.T, batch=size.B, learning_rate=1e-3)
    task: Any = SimpleNamespace(inputs=size.I, outputs=size.I, loss="cross-entropy", kind="sequences")
    learner, batch = ByKernel(config, task), Batch(x, np.eye(size.I)[labels])
    layout = kernel.layout
    extra = layout.ld_v + layout.ld_h * (2 if cell == "lstm" else 1)  # outputs, dh, dc
    once, again = (np.ones(layout.T * layout.B * extra, np.float32) for _ in range(2))
    ways: dict[str, Any] = {
        "step": lambda: (kernel.train(1), kernel.loss),
        "learner": lambda: learner.advance(batch, Moment(1, config)),
        "picture": learner.picture,
        "again": lambda: np.copyto(again, once),
        "theirs": peer.step,
    }
    took = seconds(ways, *_patience(quick))
    percent = 100 * (took["again"] / took["step"] + PICTURES * took["picture"])
    yield Figure(f"engine/watched/{name}-{cell}", percent, "%", 15.0)
    yield Speedup(f"engine/learner/{name}-{cell}", 1e6 * took["learner"], "us", 0, 1e6 * took["theirs"])


def start(quick: bool) -> Iterator[Figure]:
    """Spawning the training process until its run is built, best of the rounds; the peer imports NumPy."""
    rounds = 4 if quick else 11
    pairs = [(_ready(), _bare()) for _ in range(rounds + 1)][1:]  # the first fills the file cache
    ours, bare = (min(column) for column in zip(*pairs, strict=True))
    yield Figure("engine/ready", ours, "s", 0.3, bare)


def _ready() -> float:
    from engine import worker
    from engine.child import Child
    from engine.config import RunConfig
    from engine.messages import Start, Started, Stop

    begin = time.perf_counter()
    child = Child(worker.main, "training")
    try:
        child.send(Start(RunConfig()))
        while child.alive:
            if any(isinstance(event, Started) for event in child.wait(1.0)):
                return time.perf_counter() - begin
    finally:
        child.stop(Stop())
    sys.exit("the training process ended before it was ready")


def _bare() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return time.perf_counter() - begin


def _patience(quick: bool) -> tuple[int, float]:
    return (5, 0.02) if quick else (11, 0.06)
