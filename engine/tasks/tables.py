"""A table of the student's own, or three years of made-up temperatures: foretell the next row's value.

Knows nothing of cells; how text becomes numbers is in `sheets` and `columns`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.columns import Table, read_table
from engine.tasks.reading import counted, own_text
from engine.tasks.task import Batch
from engine.tasks.windows import following, window_starts

LEAST_SPREAD = 1e-9  # of a column, as a share of its largest number; below it, it is called constant
_SHOWN = 3  # values in the label of an input row


@dataclass(frozen=True, slots=True, eq=False)
class TableTask:
    """Read row after row, foretell the next value of the last column; half squared error.

    All columns of numbers are inputs. Each is standardised, (x - mean) / deviation, so that the
    units do not matter to the network; labels are in the table's own units.

    Attributes:
        names: of the columns of numbers; the last one is foretold.
        rows: [n, d] standardised.
        mean, deviation: [d].
        remarks: sentences for the student on what was read and filled in.
    """

    names: tuple[str, ...]
    rows: Array
    mean: Array
    deviation: Array
    remarks: tuple[str, ...]
    length: int
    size: int
    seed: int
    stateful: bool

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["half squared error"]] = "half squared error"
    outputs: ClassVar[int] = 1
    symbols: ClassVar[tuple[str, ...]] = ()
    answers: ClassVar[tuple[str, ...]] = ()
    joint: ClassVar[str] = ""

    @classmethod
    def of(cls, config: RunConfig) -> TableTask:
        """The task of `config`; TaskError if its table cannot be read, is too short or does not change."""
        table = read_table(own_text(config, SAMPLE_TABLE))
        if len(table.values) < 2 * config.length:
            raise TaskError(
                f"The table has {counted(len(table.values), 'row')} of numbers; with {config.length} time "
                f"steps it needs at least {2 * config.length}. Use a longer table or fewer time steps."
            )
        mean, deviation = _scale(table)
        rows = (table.values - mean) / deviation
        remarks = (*table.remarks, _foretold(table.names))
        stateful = config.state == "stateful"
        return cls(
            table.names, rows, mean, deviation, remarks, config.length, config.batch, config.seed, stateful
        )

    @property
    def inputs(self) -> int:
        return len(self.names)

    def batch(self, step: int) -> Batch:
        """Windows of T + 1 rows that start anywhere, or where the last batch stopped."""
        starts, fresh = window_starts(len(self.rows), self.length, self.size, step, self.stateful, self.seed)
        windows = self.rows[np.arange(self.length + 1)[:, None] + starts]
        own = following(self.length, self.size) if self.inputs == 1 else None  # an output is a whole input
        return Batch(windows[:-1], windows[1:, :, -1:], fresh=fresh, own=own)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        """The first numbers of each row, in their own units."""
        more = " …" if self.inputs > _SHOWN else ""
        return tuple(
            " ".join(f"{value:.4g}" for value in row[:_SHOWN]) + more
            for row in rows * self.deviation + self.mean
        )

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(f"{value:.4g}" for value in rows[:, 0] * self.deviation[-1] + self.mean[-1])


def _scale(table: Table) -> tuple[Array, Array]:
    """Mean and standard deviation [d] of each column; TaskError naming one that does not change."""
    largest = np.abs(table.values).max(axis=0)
    unit = np.where(largest > 0, largest, 1)
    deviation = unit * (table.values / unit).std(axis=0)  # without the unit, squares could underflow
    for name, column, spread, size in zip(table.names, table.values.T, deviation, largest, strict=True):
        if not spread > LEAST_SPREAD * size:
            raise TaskError(
                f"There is nothing to learn from {name}: its numbers go from {column.min():g} to "
                f"{column.max():g}. Delete the column, or use one that changes."
            )
    return table.values.mean(axis=0), deviation


def _foretold(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"Foretells the next row of {names[0]}."
    return f"Foretells {names[-1]}, the last one, in the next row, from all {len(names)} columns of numbers."


def _made_up_years() -> str:
    """1,095 daily temperatures that nobody measured: the seasons, three waves of weather, some noise."""
    day = np.arange(3 * 365)
    seasons = 10 - 9 * np.cos(2 * np.pi * (day - 20) / 365)
    weather = 2.5 * np.sin(2 * np.pi * day / 11) + 1.5 * np.sin(day / 4.1) + np.sin(day / 1.3 + 1)
    noise = 0.5 * np.random.default_rng(365).standard_normal(len(day))
    return "temperature\n" + "\n".join(f"{value:.1f}" for value in seasons + weather + noise)


SAMPLE_TABLE = _made_up_years()
