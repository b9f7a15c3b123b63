"""A Diagram -> marks: outlines and words, each with its part and its rank, in units of which a cell has 40.

Says where ink is and what it means; its colours come from a palette when it is painted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from content.diagram import Diagram, Line, Primitive, Shape, Text
from studyapp.diagrams import paths
from studyapp.diagrams.words import Words

CELL = 40.0  # units
GROUND = ""  # the part of what belongs to none
_SIZES = {"small": 13.0, "normal": 15.5, "large": 19.0}
_LINE, _BORDER, _LAYER, _THIN = 2.0, 1.8, 2.4, 1.0  # widths
_CORNER, _BOX, _GROUP = 10.0, 7.0, 14.0  # radii
_HALO = 4.0  # units cut out on either side of a line that passes over others
_BARE = 9.0  # units at either end of such a line
_PAD = 4.0  # units between the words in a shape and its border
RANKS = {"group": 0, "cell": 1, "area": 1, "bar": 2, "line": 3, "shape": 4, "words": 5}


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One outline.

    Attributes:
        part: the id of its part, or GROUND.
        stroke: width of its line, 0 for none.
        filled: with the role's fill; if `solid`, with the colour of its line.
        halo: where the ground shows beside it, or None.
    """

    part: str
    rank: int
    role: str
    path: QPainterPath
    stroke: float = 0.0
    filled: bool = False
    solid: bool = False
    dashed: bool = False
    halo: QPainterPath | None = None
    is_shape: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """Words at (x, y).

    Attributes:
        host: the outline that they stand in, if there is one.
        hides: whether they are hidden while the part's label is asked for.
    """

    part: str
    rank: int
    role: str
    words: Words
    x: float
    y: float
    turned: bool = False
    plate: bool = False
    hides: bool = True
    host: Outline | None = None

    @property
    def rect(self) -> QRectF:
        """Where the words are."""
        rect = self.words.rect
        if self.turned:
            rect = QRectF(rect.top(), -rect.right(), rect.height(), rect.width())
        return rect.translated(self.x, self.y)

    @property
    def plate_rect(self) -> QRectF:
        """The ground behind words that stand on a line."""
        return self.rect.adjusted(-4, -2, 4, 2)


Mark = Outline | Writing


@dataclass
class Marks:
    """Everything of one picture, in the order in which it is painted."""

    size: QRectF
    all: list[Mark] = field(default_factory=list)

    def of(self, part: str) -> list[Mark]:
        return [mark for mark in self.all if mark.part == part]


def marks_of(diagram: Diagram) -> Marks:
    """The marks of a whole picture."""
    made = Marks(QRectF(0, 0, diagram.width * CELL, diagram.height * CELL))
    for part, primitives in [(GROUND, diagram.ground), *((p.id, p.primitives) for p in diagram.parts)]:
        _add(made, part, primitives)
    made.all.sort(key=lambda mark: mark.rank)
    return made


def _add(made: Marks, part: str, primitives: tuple[Primitive, ...]) -> None:
    last: Outline | None = None
    for one in primitives:
        if isinstance(one, Shape):
            last = _shape(part, one)
            made.all.append(last)
        elif isinstance(one, Line):
            made.all += _line(part, one)
        else:
            made.all.append(_writing(part, one, last))


def _shape(part: str, shape: Shape) -> Outline:
    rect = QRectF(0, 0, shape.width * CELL, shape.height * CELL)
    rect.moveCenter(QPointF(shape.x * CELL, shape.y * CELL))
    path = QPainterPath()
    width = {"layer": _LAYER, "group": _THIN, "cell": _THIN, "joint": 0.0, "bar": 0.0}.get(
        shape.kind, _BORDER
    )
    radius = {"group": _GROUP, "cell": 0.0, "bar": 2.0, "layer": 4.0, "pill": rect.height() / 2}.get(
        shape.kind, _BOX
    )
    if shape.kind in ("circle", "joint"):
        path.addEllipse(rect)
    else:
        path.addRoundedRect(rect, radius, radius)
    outlined = shape.kind == "cell" and shape.hollow
    rank = RANKS["shape"] if outlined else RANKS.get(shape.kind, RANKS["shape"])
    return Outline(
        part, rank, "group" if shape.kind == "group" and shape.role == "neutral" else shape.role, path,
        _LAYER if outlined else width, filled=not shape.hollow, solid=shape.kind in ("joint", "bar"),
        dashed=shape.dashed, is_shape=shape.kind != "group",
    )  # fmt: skip


def _line(part: str, line: Line) -> list[Mark]:
    points = [QPointF(x * CELL, y * CELL) for x, y in line.points]
    if line.form == "area":
        return [Outline(part, RANKS["area"], line.role, paths.closed(points), _THIN, filled=True)]
    width = _LINE * line.weight
    if line.form == "brace":
        return [Outline(part, RANKS["line"], line.role, paths.brace(*points), _BORDER)]
    heads, drawn = _heads(points, line)
    path = (
        paths.smooth(drawn)
        if line.form == "smooth"
        else paths.rounded(drawn, 0.0 if line.form == "sharp" else _CORNER)
    )
    made: list[Mark] = [
        Outline(
            part, RANKS["line"], line.role, path, width, dashed=line.dashed,
            halo=_halo(points, width) if line.over else None,
        )
    ]  # fmt: skip
    return made + [Outline(part, RANKS["line"], line.role, head, solid=True, filled=True) for head in heads]


def _heads(points: list[QPointF], line: Line) -> tuple[list[QPainterPath], list[QPointF]]:
    """The arrow heads, and the points of the line without what they cover."""
    scale = min(1.5, 0.75 + 0.25 * line.weight) * min(1.0, paths.total_length(points) / 14)
    heads, bows = [], line.form == "smooth"
    for wanted in (line.end, line.start):
        if wanted:
            heads.append(paths.head(points[-1], paths.direction_point(points, bows), scale))
            points = paths.cut_for_head(points, scale)
        points = points[::-1]
    return heads, points


def _writing(part: str, text: Text, last: Outline | None) -> Writing:
    x, y = text.x * CELL, text.y * CELL
    host = last if last is not None and last.is_shape and last.path.boundingRect().contains(x, y) else None
    room = text.room * CELL - (2 * _PAD if host else 0)
    words = Words(text.text, _SIZES[text.font], text.align, max(0.0, room), text.bold)
    return Writing(
        part, RANKS["words"], text.role, words, x, y, text.turned, text.plate, not text.stays, host
    )


def _halo(points: list[QPointF], width: float) -> QPainterPath:
    """The band about a line, without its ends, which touch what they begin or end at."""
    trimmed = paths.trimmed(points, _BARE)
    return stroked(paths.rounded(trimmed, _CORNER), width + 2 * _HALO)


def stroked(path: QPainterPath, width: float) -> QPainterPath:
    """The outline of a line of this width."""
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path)
