"""Numbers into texts: `<<name>>`, `<<name:3>>`, `<<name:+>>`, `<<name:()>>`; see FORMAT.md.

Braces and dollars belong to LaTeX, so they mean nothing here. Pure; knows no generator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Value = int | float | str | tuple["Value", ...]
Values = Mapping[str, Value]

_PLACE = re.compile(r"<<([a-z][a-z0-9_]*)(?::(\+|\(\))?([0-9])?)?>>")
_ATTEMPT = re.compile(r"<<[^<>\n]*>>")
_DECIMALS = 4


def fill(text: str, values: Values) -> str:
    """`text` with every placeholder replaced; KeyError for a name that `values` lacks."""
    return _PLACE.sub(lambda place: _form(values[place[1]], place[2] or "", place[3]), text)


def names(text: str) -> set[str]:
    """The names that `text` asks for."""
    return {place[1] for place in _PLACE.finditer(text)}


def malformed(text: str) -> list[str]:
    """What looks like a placeholder and is none, e.g. `<<x:.3f>>`."""
    return [attempt[0] for attempt in _ATTEMPT.finditer(text) if not _PLACE.fullmatch(attempt[0])]


def number(value: Value) -> float:
    """A value that is asked for; TypeError for a text."""
    if isinstance(value, (str, tuple)):
        raise TypeError(f"{value!r} is no number and cannot be asked for")
    return value


def shown(value: float, decimals: int | None = None) -> str:
    """A number as the course prints it: at most four decimals unless told, never "-0"."""
    if decimals is None:
        text = str(value) if isinstance(value, int) else _trimmed(value)
    else:
        text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def _trimmed(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _form(value: Value, style: str, decimals: str | None) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return _array(value, decimals)
    text = shown(value, int(decimals) if decimals else None)
    if style == "+":
        return f"- {text[1:]}" if text.startswith("-") else f"+ {text}"
    return f"({text})" if style == "()" and text.startswith("-") else text


def _array(value: tuple[Value, ...], decimals: str | None) -> str:
    """A vector as [a, b], a matrix as rows in square brackets; both are LaTeX."""
    rows = [[_form(entry, "", decimals) for entry in row] for row in value if isinstance(row, tuple)]
    if not rows:
        return "[" + r",\,".join(_form(entry, "", decimals) for entry in value) + "]"
    return r"\begin{bmatrix}" + r"\\".join("&".join(row) for row in rows) + r"\end{bmatrix}"
