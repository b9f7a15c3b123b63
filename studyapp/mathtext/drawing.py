"""A formula as data: which outlines go where. No Qt, so that any thread and any file may hold it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: x' = a x + c y + e, y' = b x + d y + f."""

Rect = tuple[float, float, float, float]
"""x, y, width, height."""

GLYPH, TEXT, PATH = "#", "'", "M"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to paint; lengths in 1/1000 em, y down, (0, 0) the left end of the baseline.

    Attributes:
        shape: "#" and a glyph's name; "'" and characters that the maths fonts lack; or path data "M...".
        matrix: takes the shape to its place.
        colour: an SVG colour, "" for the colour of the text around.
        stroke: width of the line that draws the shape; 0 fills it.
        dash: lengths of dashes and gaps in units of the stroke; () draws through.
        clip: nothing outside of it is painted; () for no limit.
    """

    shape: str
    matrix: Matrix
    colour: str = ""
    stroke: float = 0.0
    dash: tuple[float, ...] = ()
    clip: Rect | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole formula; width, ascent and descent in 1/1000 em."""

    width: float
    ascent: float
    descent: float
    marks: tuple[Mark, ...]

    def record(self) -> str:
        """One line of JSON; `read` takes it back."""
        head = map(_short, (self.width, self.ascent, self.descent))
        parts = [*head, *map(_packed, self.marks)]
        return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)

    @staticmethod
    def read(record: str) -> Drawing:
        """The drawing of a record.

        Raises:
            ValueError: this is no record of a drawing.
        """
        try:
            width, ascent, descent, *marks = json.loads(record)
            return Drawing(float(width), float(ascent), float(descent), tuple(map(_unpacked, marks)))
        except (TypeError, KeyError, IndexError) as error:
            raise ValueError(f"not a drawing: {record[:40]!r}") from error

    def glyphs(self) -> set[str]:
        """Names of the glyphs it needs."""
        return {mark.shape[1:] for mark in self.marks if mark.shape.startswith(GLYPH)}


def _packed(mark: Mark) -> list[object]:
    rest: list[object] = [mark.colour, _short(mark.stroke), mark.dash, [*map(_short, mark.clip)]]
    while rest and not rest[-1]:
        rest.pop()
    return [mark.shape, *map(_short, mark.matrix), *rest]


def _unpacked(packed: list[Any]) -> Mark:
    shape, a, b, c, d, e, f, *rest = packed
    defaults: list[Any] = ["", 0.0, (), ()]
    colour, stroke, dash, clip = rest + defaults[len(rest) :]
    return Mark(shape, (a, b, c, d, e, f), colour, stroke, tuple(dash), tuple(clip))


def _short(number: float) -> float | int:
    rounded = round(number, 3)
    return int(rounded) if rounded == int(rounded) else rounded
