"""How every benchmark here speaks: one Figure a line, as a table for people or as JSON lines.

    python benchmarks/NAME.py [--quick] [--json]

`value` is ours, `peer` what it is held against (measured in the same run, interleaved), and
`ratio` above 1 means that we are better. `goal` is in the unit of `value`, an upper bound; a
Speedup's is a ratio, a lower one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
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

    def line(self) -> str:
        """The figure for people."""
        against = f"   peer {self.peer:.4g} {self.unit} (x{self.ratio:.2f})" if self.ratio is not None else ""
        word = "ok" if self.ok else "MISSED"
        return f"{self.name:28} {self.value:9.4g} {self.unit:4} goal {self.goal:g}  {word}{against}"


@dataclass(frozen=True, slots=True)
class Speedup(Figure):
    """A figure whose `goal` is the ratio to the peer, a lower bound; 0 where there is none, only a fact.

    Attributes:
        ambitious: a ratio that would be better still; None where none was set.
        most: the ratio that this machine's arithmetic allows; None where it was not measured.
    """

    ambitious: float | None = None
    most: float | None = None

    @property
    def ok(self) -> bool:
        return (self.ratio or 0.0) >= self.goal

    def line(self) -> str:
        word = f"goal x{self.goal:g}  {'ok' if self.ok else 'MISSED'}" if self.goal else "no goal"
        further = (
            f", {self.ratio / self.ambitious:.0%} of ambitious x{self.ambitious:g}" if self.ambitious else ""
        )
        further += f", of at most x{self.most:.4g} here" if self.most else ""
        against = f"peer {self.peer:9.4g} {self.unit}"
        return (
            f"{self.name:28} {self.value:9.4g} {self.unit:4} {against}  x{self.ratio:<7.4g} {word}{further}"
        )


def options(about: str, more: Callable[[argparse.ArgumentParser], None] | None = None) -> argparse.Namespace:
    """The two options that every benchmark has, and those that `more` adds."""
    parser = argparse.ArgumentParser(description=about)
    if more:
        more(parser)
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
            print(figure.line(), flush=True)
    return int(missed > 0)
