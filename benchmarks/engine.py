"""The engine against torch.nn: whole steps, one time step, sampling, sweeps, recording, whole runs, start.

    python benchmarks/engine.py [--quick] [--json] [--size S] [--cell lstm] [--isa avx2]

A step is forward, softmax loss at each time step, backward, clip, Adam and the loss read back,
one thread, dense input, CPU time, all ways in turns in one process; ours keeps every gate and
dL/dh_t, torch.nn keeps nothing. The peer of `engine/step` is torch.nn with the best of four
Adams; of `engine/seen` the same network written out in torch so that it can be looked at.
`engine/symbols` is the same step fed with the places of the ones, as tasks with symbols run, and
`engine/numpy` what runs where no kernel is compiled, in float64. With `--isa` both sides are held to the
older instructions. The first look is whether both sides compute the same loss. "At most" is
the ratio of a step that takes no longer than its multiplications would at the speed of NumPy's
large matrix product here: processors differ in how much faster they multiply than torch walks.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, Speedup, options, report
from interleaved import seconds

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # `engine` is the package, not this file

SIZES = {"S": (16, 20, 16, 8), "M": (32, 25, 32, 32), "L": (64, 50, 32, 64), "XL": (128, 100, 32, 80)}
CELLS = ("rnn", "lstm", "gru")
FLOOR = {"S": (40, 16, 55), "M": (12, 4, 14), "L": (5, 1.8, 5.5), "XL": (2.5, 1.15, 2.4)}
AMBITIOUS = {"S": (70, 28, 95), "M": (18, 5.4, 21), "L": (7, 2.5, 8), "XL": (3.3, 1.6, 3.6)}
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
OLDER = {  # what holds torch, its two libraries and NumPy's to AVX2
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "OPENBLAS_CORETYPE": "Haswell",
    "CRNN_ISA": "avx2",
}


def more_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", choices=SIZES, action="append", help="only whole steps of this size")
    parser.add_argument("--cell", choices=CELLS, action="append", help="only this cell")
    parser.add_argument("--isa", choices=("avx2",), help="hold both sides to these instructions")


def steps(sizes: list[str], cells: list[str], quick: bool) -> Iterator[Figure]:
    """Whole training steps, in the order of the table."""
    from torch_peers import ADAMS, Size
    from training_steps import PRODUCT, flops, ways

    rounds, chunk = (5, 0.015) if quick else (11, 0.06)
    for name in sizes:
        size = Size(*SIZES[name])
        for place, cell in enumerate(CELLS):
            if cell not in cells:
                continue
            took = {way: 1e6 * each for way, each in seconds(ways(cell, size), rounds, chunk).items()}
            ours, best = took["kernel"], min(took[adam] for adam in ADAMS)
            most = best / (took["product"] * flops(cell, size) / (2 * PRODUCT**3))
            floor, ambitious = FLOOR[name][place], AMBITIOUS[name][place]
            yield Speedup(f"engine/step/{name}-{cell}", ours, "us", floor, best, ambitious, most)
            yield Speedup(f"engine/symbols/{name}-{cell}", took["symbols"], "us", 0, best)
            yield Speedup(f"engine/numpy/{name}-{cell}", took["numpy"], "us", 0, best)
            if "seen" in took:
                yield Speedup(f"engine/seen/{name}-{cell}", ours, "us", 0, took["seen"])


def figures(wanted: argparse.Namespace) -> Iterator[Figure]:
    sizes, cells = wanted.size or list(SIZES), wanted.cell or list(CELLS)
    yield from steps(sizes, cells, wanted.quick)
    if wanted.size:
        return
    import engine_runs
    import engine_uses

    for cell in cells:
        yield from engine_uses.figures(cell, wanted.quick)
        yield from engine_runs.figures(cell, wanted.quick)
    yield from engine_uses.start(wanted.quick)
    yield from engine_runs.history()
    yield engine_runs.pause(wanted.quick)


def main() -> int:
    wanted = options(__doc__ or "", more_options)
    os.environ |= dict.fromkeys(THREADS, "1")  # before NumPy and torch look
    if wanted.isa:
        os.environ |= OLDER
    import torch

    from engine.kernels import door

    torch.set_num_threads(1)
    if not wanted.json:
        print(f"{door.state()}; torch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}")
    try:
        door.load()
    except door.NoKernelError:
        return 1
    return report(figures(wanted), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
