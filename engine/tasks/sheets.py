"""A table as text, cut into cells: CSV as programs in many countries write it.

Says of a cell whether it is a number; what the numbers are is for `columns`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from engine.errors import TaskError
from engine.tasks.reading import counted

MAX_ROWS = 20_000
GAPS = ("", "na", "n/a", "nan", "null")  # in any case
SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}  # it is the first that the first line has
_NUMBER = re.compile(r"[-+−]?(\d+([.,]\d*)?|[.,]\d+)(e[-+−]?\d+)?", re.ASCII | re.IGNORECASE)

Row = tuple[int, list[str]]  # its line in the text, its cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells, as text.

    Attributes:
        names: of the columns: "column 2 (price)", or without a header "column 2".
        lines: [n] where in the text each row is, 1, 2, ...
        columns: of n cells each, stripped.
        separator: what stood between two cells.
    """

    names: tuple[str, ...]
    lines: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...]
    separator: str


def read_sheet(text: str) -> Sheet:
    """The cells of `text`, separated by tabs, semicolons or commas.

    The first row is a header if it has no number. Empty lines are skipped.

    Raises:
        TaskError: it has more than `MAX_ROWS` rows, or one with fewer or more cells than the first.
    """
    lines = sum(1 for line in text.split("\n") if line.strip())
    if lines > MAX_ROWS + 1:  # at once, before anything slow; one may be the header
        raise TaskError(_too_many(lines))
    separator = _separator(text)
    rows = _rows(text, separator)
    first = rows[0][1] if rows else []
    header = any(not is_gap(cell) for cell in first) and not any(is_number(cell, separator) for cell in first)
    below = rows[1:] if header else rows
    if len(below) > MAX_ROWS:
        raise TaskError(_too_many(len(below)))
    return Sheet(
        tuple(_name(place, cell if header else "") for place, cell in enumerate(first)),
        tuple(line for line, _ in below),
        tuple(zip(*(cells for _, cells in below), strict=True)),
        separator,
    )


def is_gap(cell: str) -> bool:
    return cell.lower() in GAPS


def is_number(cell: str, separator: str) -> bool:
    """Whether it is one; a comma in it is a decimal comma, where commas do not separate cells."""
    return _NUMBER.fullmatch(cell) is not None and not (separator == "," and "," in cell)


def number(cell: str) -> float:
    """What `is_number` has found to be one; infinite where it is too large for a float."""
    return float(cell.replace(",", ".").replace("−", "-"))


def _separator(text: str) -> str:
    first = text.lstrip("\n ").split("\n", 1)[0]
    return next((each for each in SEPARATORS if each in first), ",")


def _rows(text: str, separator: str) -> list[Row]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=separator != "\t")
    rows: list[Row] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if len(stripped) > 1 or any(stripped):
                rows.append((reader.line_num, stripped))
    except csv.Error as error:
        raise TaskError(f"Line {reader.line_num} is no row of a table: {error}. Close every quote.") from None
    for row in rows:
        if len(row[1]) != len(rows[0][1]):
            raise TaskError(_ragged(rows[0], row, separator))
    return rows


def _name(place: int, given: str) -> str:
    return f"column {place + 1}" + (f" ({given[:40]})" if given else "")


def _too_many(rows: int) -> str:
    return f"The table has {rows:,} rows; {MAX_ROWS:,} is the most. Use a part of it, or every n-th row."


def _ragged(first: Row, row: Row, separator: str) -> str:
    hint = " If its comma is a decimal comma, write a point." if separator == "," else ""
    return (
        f"Line {row[0]} has {counted(len(row[1]), 'cell')} and line {first[0]} has {len(first[1])}, "
        f"separated by {SEPARATORS[separator]}; all rows need the same number of cells.{hint}"
    )
