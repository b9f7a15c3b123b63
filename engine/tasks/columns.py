"""The columns of numbers in a table, with their gaps filled. Knows nothing of what they are for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.reading import counted
from engine.tasks.sheets import SEPARATORS, Sheet, is_gap, is_number, number, read_sheet

MAX_COLUMNS = 16
LARGEST = 1e100  # squares of more may overflow


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of numbers, without gaps.

    Attributes:
        names: of the columns, as in `Sheet`.
        values: [n, m].
        remarks: sentences on what was read, left out and filled in.
    """

    names: tuple[str, ...]
    values: Array
    remarks: tuple[str, ...]


def read_table(text: str) -> Table:
    """The columns of numbers in `text`; one without any number (dates, names) is left out.

    Gaps (empty, NA, nan, null) lie on a straight line between their neighbours, or at the ends
    equal the nearest number.

    Raises:
        TaskError: naming what no numbers can be read from: line, column and cell.
    """
    sheet = read_sheet(text)
    places = [
        place
        for place, cells in enumerate(sheet.columns)
        if any(is_number(cell, sheet.separator) for cell in cells)
    ]
    if not 1 <= len(places) <= MAX_COLUMNS:
        raise TaskError(_wrong_number(len(sheet.lines), len(places)))
    values = np.stack([_filled(sheet.names[place], _numbers(sheet, place)) for place in places], axis=1)
    return Table(tuple(sheet.names[place] for place in places), values, _remarks(sheet, places))


def _numbers(sheet: Sheet, place: int) -> Array:
    """One column [n] with nan in its gaps; TaskError naming the first cell that is neither."""
    name, cells = sheet.names[place], sheet.columns[place]
    for line, cell in zip(sheet.lines, cells, strict=True):
        if not is_gap(cell) and not is_number(cell, sheet.separator):
            raise TaskError(
                f"Line {line}, {name}: {_cut(cell)!r} is not a number. Write a number such as 12.5, or leave "
                "the cell empty; a column without any number is left out."
            )
    _check_decimals(sheet, place)
    values = np.array([np.nan if is_gap(cell) else number(cell) for cell in cells])
    for row in np.flatnonzero(np.abs(values) > LARGEST):
        raise TaskError(
            f"Line {sheet.lines[row]}, {name}: {_cut(cells[row])} is too large; numbers up to {LARGEST:g} "
            "can be used."
        )
    return values


def _check_decimals(sheet: Sheet, place: int) -> None:
    """12,5 and 12.5 in one column: then the comma may as well mean thousands."""
    numbered = list(zip(sheet.lines, sheet.columns[place], strict=True))
    comma = next(((line, cell) for line, cell in numbered if "," in cell), None)
    point = next(((line, cell) for line, cell in numbered if "." in cell), None)
    if comma and point:
        raise TaskError(
            f"There are {_cut(comma[1])} (line {comma[0]}) and {_cut(point[1])} (line {point[0]}) in "
            f"{sheet.names[place]}; use either decimal commas or decimal points, and nothing between "
            "thousands."
        )


def _filled(name: str, values: Array) -> Array:
    """`values` with its gaps on straight lines; TaskError where most of it would be made up."""
    gaps = np.isnan(values)
    if 2 * gaps.sum() > len(values):
        raise TaskError(
            f"There are {gaps.sum():,} gaps in the {len(values):,} rows of {name}; at most half of a column "
            "may be missing. Fill them or delete the column."
        )
    rows = np.arange(len(values))
    return np.interp(rows, rows[~gaps], values[~gaps])


def _remarks(sheet: Sheet, places: list[int]) -> tuple[str, ...]:
    rows, columns = counted(len(sheet.lines), "row"), counted(len(sheet.columns), "column")
    between = f", separated by {SEPARATORS[sheet.separator]}" if len(sheet.columns) > 1 else ""
    remarks = [f"Read {rows} and {columns}{between}."]
    left_out = [name for place, name in enumerate(sheet.names) if place not in places]
    if left_out:
        remarks.append(f"Left out, without any number: {', '.join(left_out)}.")
    if gaps := sum(is_gap(cell) for place in places for cell in sheet.columns[place]):
        remarks.append(f"Filled {counted(gaps, 'gap')} by straight lines between the neighbours.")
    return tuple(remarks)


def _cut(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:40] + "…"


def _wrong_number(rows: int, columns: int) -> str:
    if columns:
        return f"The table has {columns} columns of numbers; {MAX_COLUMNS} is the most. Delete some of them."
    return (
        f"There is no column of numbers in the table, which has {counted(rows, 'row')} below the header. "
        "Use one row a line, with cells separated by commas, semicolons or tabs."
    )
