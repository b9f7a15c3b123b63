"""Frozen records of a picture of the course: parts that can be named, made of shapes, lines and texts.

Lengths are in cells of the picture's grid, (0, 0) is its upper left corner, y grows downwards; whoever
paints decides how large a cell is. Colours are roles. Knows neither files nor Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.flat import flat

Point = tuple[float, float]

ROLES = (
    "neutral", "muted", "state", "cell", "gate", "candidate", "operation", "input", "output", "weight",
    "attention", "loss", "gradient", "good", "bad", "accent",
)  # fmt: skip
"""What a thing is; a theme gives each role its colours."""

SHAPES = ("box", "layer", "circle", "pill", "joint", "group", "cell", "bar")
FORMS = ("round", "sharp", "smooth", "brace", "area")
ALIGNS = ("centre", "left", "right")
FONTS = ("small", "normal", "large")


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline.

    Attributes:
        kind: one of SHAPES: a box has round corners, a layer (a network layer with weights) a strong
            border, a circle is a pointwise operation or a value, a pill has half-round ends, a joint is
            the dot where a line divides, a group the ground behind several shapes.
        name: by which lines find it; may be empty.
        x, y: its centre.
        width, height: in cells; equal for a circle.
        role: one of ROLES.
        dashed: its border is.
        hollow: nothing but the border is painted.
    """

    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    role: str
    dashed: bool = False
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through `points`.

    Attributes:
        form: one of FORMS: corners rounded, corners sharp, a smooth curve, a curly brace from the first to
            the last point with its tip at the middle one, or a closed area that is filled.
        start, end: whether there is an arrow head.
        weight: 1 is the usual width.
        dashed: it is.
        over: lines that it crosses are cut out beside it.
    """

    points: tuple[Point, ...]
    role: str
    form: str = "round"
    start: bool = False
    end: bool = False
    weight: float = 1.0
    dashed: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    r"""Words with $maths$; `\n` begins a new line.

    Attributes:
        x, y: the middle of the text's height, at its left end, centre or right end as `align` says.
        role: "" for the colour of text.
        font: one of FONTS.
        bold: it is.
        room: how wide it may be before its lines are broken, in cells; 0 for no limit.
        turned: it runs upwards.
        stays: it is not hidden when the part's label is asked for.
        plate: it has the ground of the picture behind it, because it stands on a line.
    """

    text: str
    x: float
    y: float
    role: str = ""
    align: str = "centre"
    font: str = "normal"
    bold: bool = False
    room: float = 0.0
    turned: bool = False
    stays: bool = False
    plate: bool = False


Primitive = Shape | Line | Text


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to know in the picture.

    Attributes:
        id: unique in the picture.
        label: its name, with $maths$.
        says: one or two sentences about it, with $maths$.
        blank: where its number stands while its label is hidden.
        asked: whether the labelling card asks for it.
        primitives: what is painted.
    """

    id: str
    label: str
    says: str
    blank: Point
    asked: bool
    primitives: tuple[Primitive, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A whole picture.

    Attributes:
        id: for ever the same; the file's name.
        topics: ids; the labelling card belongs to the first.
        claims: ids.
        width, height: in cells.
        parts: in the order in which they are named.
        ground: what belongs to no part.
    """

    id: str
    title: str
    topics: tuple[str, ...]
    claims: tuple[str, ...]
    width: float
    height: float
    parts: tuple[Part, ...]
    ground: tuple[Primitive, ...] = ()

    def part(self, part_id: str) -> Part:
        """The part of this id; KeyError if there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)

    @property
    def asked(self) -> tuple[Part, ...]:
        """The parts that the labelling card asks for."""
        return tuple(part for part in self.parts if part.asked)


_KINDS: Mapping[str, type[Shape] | type[Line] | type[Text]] = {"shape": Shape, "line": Line, "text": Text}


def diagram_data(diagram: Diagram) -> dict[str, Any]:
    """As plain lists and mappings, for JSON."""
    parts = [{**flat(part), "primitives": _packed(part.primitives)} for part in diagram.parts]
    return {**flat(diagram), "parts": parts, "ground": _packed(diagram.ground)}


def diagram_from(data: Mapping[str, Any]) -> Diagram:
    """The inverse of `diagram_data`, also after a trip through JSON."""
    parts = tuple(
        Part(**{**part, "blank": tuple(part["blank"]), "primitives": _unpacked(part["primitives"])})
        for part in data["parts"]
    )
    lists = {name: tuple(data[name]) for name in ("topics", "claims")}
    return Diagram(**{**data, **lists, "parts": parts, "ground": _unpacked(data["ground"])})


def _packed(primitives: tuple[Primitive, ...]) -> list[dict[str, Any]]:
    return [{"is": type(one).__name__.lower(), **flat(one)} for one in primitives]


def _unpacked(packed: list[dict[str, Any]]) -> tuple[Primitive, ...]:
    made: list[Primitive] = []
    for fields in packed:
        values = {name: value for name, value in fields.items() if name != "is"}
        if fields["is"] == "line":
            values["points"] = tuple((x, y) for x, y in values["points"])
        made.append(_KINDS[fields["is"]](**values))
    return tuple(made)
