"""A table as text, read into columns of numbers: CSV as programs in many countries write it.

Knows nothing of batches or of what the columns are for.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.reading import counted

MAX_ROWS = 20_000
MAX_COLUMNS = 16  # of numbers
LARGEST = 1e100  # above it, squares overflow
GAPS = ("", "na", "n/a", "nan", "null")  # in any case
_SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}  # the first that the first line has
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

Row = tuple[int, list[str]]  # its line in the text, its cells


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of numbers, without gaps.

    Attributes:
        names: of the columns, from the header or "column 2".
        values: [n, m].
        remarks: sentences on what was read, left out and filled in.
    """

    names: tuple[str, ...]
    values: Array
    remarks: tuple[str, ...]


def read_table(text: str) -> Table:
    """The columns of numbers in `text`.

    Cells are separated by tabs, semicolons or commas. With tabs or semicolons a comma in a number
    is a decimal comma. The first row is a header if it has no number. Empty lines are skipped.
    A column without any number (dates, names) is left out. Gaps (empty, NA, nan, null) lie on a
    straight line between their neighbours, or at the ends equal the nearest number.

    Raises:
        TaskError: naming what no numbers can be read from: line, column and cell.
    """
    lines = sum(1 for line in text.split("\n") if line.strip())
    if lines > MAX_ROWS + 1:  # at once, before anything slow
        raise TaskError(_too_many(lines))
    separator = _separator(text)
    names, rows = _with_names(_rows(text, separator), separator)
    if len(rows) > MAX_ROWS:
        raise TaskError(_too_many(len(rows)))
    columns = list(zip(*(cells for _, cells in rows), strict=True))
    numeric = [place for place, cells in enumerate(columns) if any(_is_number(c, separator) for c in cells)]
    if not 1 <= len(numeric) <= MAX_COLUMNS:
        raise TaskError(_wrong_columns(len(rows), len(numeric)))
    read = [
        _numbers(names[place], columns[place], [line for line, _ in rows], separator) for place in numeric
    ]
    left_out = [name for place, name in enumerate(names) if place not in numeric]
    gaps = sum(int(np.isnan(values).sum()) for values in read)
    filled = [_filled(names[place], values) for place, values in zip(numeric, read, strict=True)]
    return Table(
        tuple(names[place] for place in numeric),
        np.stack(filled, axis=1),
        _remarks(len(rows), len(columns), separator, left_out, gaps),
    )


def _rows(text: str, separator: str) -> list[Row]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=separator != "\t"
    )
    rows: list[Row] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if len(stripped) > 1 or any(stripped):
                rows.append((reader.line_num, stripped))
    except csv.Error as error:
        raise TaskError(f"Line {reader.line_num} cannot be read as a row of a table: {error}.") from None
    for line, cells in rows:
        if len(cells) != len(rows[0][1]):
            raise TaskError(_ragged(rows[0], (line, cells), separator))
    return rows


def _separator(text: str) -> str:
    first = text.lstrip("\n ").split("\n", 1)[0]
    return next((each for each in _SEPARATORS if each in first), ",")


def _with_names(rows: list[Row], separator: str) -> tuple[list[str], list[Row]]:
    """The names of the columns, and the rows that are not the header."""
    first = rows[0][1] if rows else []
    header = any(not _is_gap(c) for c in first) and not any(_is_number(c, separator) for c in first)
    given = first if header else [""] * len(first)
    names = [f"column {place + 1}" + (f" ({name[:40]})" if name else "") for place, name in enumerate(given)]
    return names, rows[1:] if header else rows


def _is_gap(cell: str) -> bool:
    return cell.lower() in GAPS


def _is_number(cell: str, separator: str) -> bool:
    found = _NUMBER.fullmatch(cell.replace("−", "-"))
    return found is not None and not (separator == "," and "," in cell)


def _numbers(name: str, cells: Sequence[str], lines: Sequence[int], separator: str) -> Array:
    """One column [n] with nan in its gaps; TaskError naming the first cell that is neither."""
    for line, cell in zip(lines, cells, strict=True):
        if not _is_gap(cell) and not _is_number(cell, separator):
            raise TaskError(
                f"Line {line}, {name}: {_cut(cell)!r} is not a number. Write a number such as 12.5, or leave "
                "the cell empty; a column without any number is left out."
            )
    _check_decimals(name, cells, lines)
    plain = [cell.replace(",", ".").replace("−", "-") for cell in cells]
    values = np.array([np.nan if _is_gap(cell) else float(cell) for cell in plain])
    large = np.flatnonzero(np.abs(values) > LARGEST)
    if len(large):
        line, cell = lines[large[0]], cells[large[0]]
        raise TaskError(
            f"Line {line}, {name}: {_cut(cell)} is too large; numbers up to {LARGEST:g} can be used."
        )
    return values


def _check_decimals(name: str, cells: Sequence[str], lines: Sequence[int]) -> None:
    """12,5 and 12.5 in one column: then the comma may as well mean thousands."""
    with_comma = next(((line, c) for line, c in zip(lines, cells, strict=True) if "," in c), None)
    with_point = next(((line, c) for line, c in zip(lines, cells, strict=True) if "." in c), None)
    if with_comma and with_point:
        raise TaskError(
            f"There are {_cut(with_comma[1])} (line {with_comma[0]}) and {_cut(with_point[1])} (line "
            f"{with_point[0]}) in {name}; use either decimal commas or decimal points, and nothing "
            "between thousands."
        )


def _filled(name: str, values: Array) -> Array:
    """`values` with its gaps on straight lines; TaskError where most of it would be made up."""
    gaps = np.isnan(values)
    if 2 * gaps.sum() > len(values):
        raise TaskError(
            f"There are {gaps.sum():,} gaps in the {len(values):,} rows of {name}; at most half of a column "
            "may be missing. Fill them or delete the column."
        )
    places = np.arange(len(values))
    return np.interp(places, places[~gaps], values[~gaps])


def _remarks(rows: int, columns: int, separator: str, left_out: list[str], gaps: int) -> tuple[str, ...]:
    between = f", separated by {_SEPARATORS[separator]}" if columns > 1 else ""
    remarks = [f"Read {counted(rows, 'row')} and {counted(columns, 'column')}{between}."]
    if left_out:
        remarks.append(f"Left out, as there are no numbers in it: {', '.join(left_out)}.")
    if gaps:
        remarks.append(f"Filled {counted(gaps, 'gap')} by straight lines between the neighbours.")
    return tuple(remarks)


def _cut(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:40] + "…"


def _too_many(rows: int) -> str:
    return f"The table has {rows:,} rows; {MAX_ROWS:,} is the most. Use a part of it, or every n-th row."


def _wrong_columns(rows: int, numeric: int) -> str:
    if numeric:
        return f"The table has {numeric} columns of numbers; {MAX_COLUMNS} is the most. Delete some of them."
    return (
        f"There is no column of numbers in the table, which has {counted(rows, 'row')} below the header. "
        "Use one row a line, with cells separated by commas, semicolons or tabs."
    )


def _ragged(first: Row, row: Row, separator: str) -> str:
    hint = " If its comma is a decimal comma, write a point." if separator == "," else ""
    return (
        f"Line {row[0]} has {counted(len(row[1]), 'cell')} and line {first[0]} has {len(first[1])}, "
        f"separated by {_SEPARATORS[separator]}; all rows need the same number of cells.{hint}"
    )
