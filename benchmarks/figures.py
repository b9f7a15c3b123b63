"""How every benchmark here speaks: one Figure a line, as a table for people or as JSON lines.

    python benchmarks/NAME.py [--quick] [--json]

`value` is ours, `peer` what it is held against (measured in the same run, interleaved), and
`ratio` above 1 means that we are better. `goal` is in the unit of `value`, an upper bound.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `peer` and `ratio` are None where there is nothing to compare with."""

    name: str
    value: float
    unit: str
    goal: float
    peer: float | None = None

    @property
    def ok(self) -> bool:
        return self.value <= self.goal

    @property
    def ratio(self) -> float | None:
        return None if self.peer is None else self.peer / self.value


def options(about: str) -> argparse.Namespace:
    """The two options that every benchmark has."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="fewer rounds; ends within 50 s")
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    return parser.parse_args()


def report(figures: Iterable[Figure], as_json: bool) -> int:
    """Print the figures as they come; 1 if any misses its goal, else 0."""
    missed = 0
    for figure in figures:
        missed += not figure.ok
        if as_json:
            print(json.dumps(asdict(figure) | {"ratio": figure.ratio, "ok": figure.ok}), flush=True)
        else:
            peer = (
                ""
                if figure.ratio is None
                else f"   peer {figure.peer:.4g} {figure.unit} (x{figure.ratio:.2f})"
            )
            word = "ok" if figure.ok else "MISSED"
            print(
                f"{figure.name:28} {figure.value:9.4g} {figure.unit:4} goal {figure.goal:g}  {word}{peer}",
                flush=True,
            )
    return int(missed > 0)
