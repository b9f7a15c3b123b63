"""Picture: a diagram that can be painted at any size in a theme's colours. Knows no widget.

Lengths are units, of which a cell has 40; the painter is scaled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from content.diagram import Diagram
from studyapp.diagrams.marks import CELL, GROUND, RANKS, Mark, Outline, Writing, marks_of, stroked
from studyapp.diagrams.palette import Palette

DASH = (3.5, 2.6)  # in widths of the line
_VEIL = 0.7  # how much of the ground covers what is not looked at
_REACH = 6.0  # units beside a line that still count as the line
BLANK, _BADGE = 11.5, 8.0  # radius of a number in the place of a label, and beside it
_APART = 3.0  # units between a number and the words that it stands beside
HIDDEN, CURRENT, SHOWN, RIGHT, WRONG = "hidden", "current", "shown", "right", "wrong"


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is shown.

    Attributes:
        front: the part that is looked at; all else stands back. "" for none.
        blanks: part id -> (number, HIDDEN, CURRENT, SHOWN, RIGHT or WRONG); the first two hide its texts.
        values: part id -> 0 to 1, how strongly its shapes are filled.
    """

    front: str = ""
    blanks: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)


PLAIN = Look()


class Picture:
    """One diagram, laid out."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self._marks = marks_of(diagram)
        self.groups = [m for m in self._marks.all if isinstance(m, Outline) and m.rank == RANKS["group"]]
        touched = [m for m in reversed(self._marks.all) if m.part != GROUND and m.rank != RANKS["group"]]
        self._touchable = [(mark, _near(mark)) for mark in touched]
        self._bands: dict[Outline, QPainterPath] = {}  # the ground on which the mouse touches a line

    @property
    def size(self) -> QSizeF:
        """In units."""
        return self._marks.size.size()

    @property
    def marks(self) -> list[Mark]:
        """Everything, in the order of painting."""
        return self._marks.all

    def bounds(self, part: str) -> QRectF:
        """The rectangle about a part, in units."""
        found = QRectF()
        for mark in self._marks.of(part):
            found |= mark.rect if isinstance(mark, Writing) else mark.path.boundingRect()
        return found

    def part_at(self, point: QPointF) -> str:
        """The id of the part at this point, what is painted last first; "" for none."""
        for mark, bounds in self._touchable:
            if bounds.contains(point) and self._hits(mark, point):
                return mark.part
        return ""

    def _hits(self, mark: Mark, point: QPointF) -> bool:
        if isinstance(mark, Writing) or (mark.filled and mark.path.contains(point)):
            return True
        if mark not in self._bands:
            self._bands[mark] = stroked(mark.path, mark.stroke + 2 * _REACH)
        return self._bands[mark].contains(point)

    def blank_at(self, part: str) -> QPointF:
        """Where the number of a part stands."""
        x, y = self.diagram.part(part).blank
        return QPointF(x * CELL, y * CELL)

    def blanks(self, part: str) -> list[QRectF]:
        """What stands for the labels of a part while they are hidden: its number and its empty plates."""
        number = QRectF(-BLANK, -BLANK, 2 * BLANK, 2 * BLANK).translated(self.blank_at(part))
        return [number] + [
            _plate(mark.rect)
            for mark in self._marks.of(part)
            if isinstance(mark, Writing) and mark.hides and mark.host is None
        ]

    def badge(self, part: str) -> QRectF:
        """The small number of a part beside its label, once that is shown."""
        return QRectF(-_BADGE, -_BADGE, 2 * _BADGE, 2 * _BADGE).translated(self._badge_at(part))

    def paint(self, painter: QPainter, palette: Palette, look: Look = PLAIN) -> None:
        """Paint everything; the painter stands at the upper left corner, one unit being one of its."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self.marks:
            self._paint(painter, mark, palette, look)
        if look.front:
            self._paint_front(painter, palette, look)
        for part, (number, state) in look.blanks.items():
            self._paint_number(painter, palette, part, number, state)

    def _paint_front(self, painter: QPainter, palette: Palette, look: Look) -> None:
        """A veil over everything, and the part once more above it."""
        veil = QColor(palette.ground)
        veil.setAlphaF(_VEIL)
        painter.fillRect(self._marks.size, veil)
        for mark in self._lit(look.front):
            self._paint(painter, mark, palette, look)

    def _lit(self, part: str) -> list[Mark]:
        """The marks of a part; of a panel also what stands on it, which its ground would cover."""
        panels = [mark for mark in self.groups if mark.part == part]
        return [
            mark
            for mark in self.marks
            if mark.part == part
            or (mark.rank != RANKS["group"] and any(panel.path.contains(_middle(mark)) for panel in panels))
        ]

    def _paint(self, painter: QPainter, mark: Mark, palette: Palette, look: Look) -> None:
        if isinstance(mark, Outline):
            self._paint_outline(painter, mark, palette, look.values.get(mark.part))
        elif mark.hides and look.blanks.get(mark.part, (0, RIGHT))[1] in (HIDDEN, CURRENT):
            if mark.host is None:
                _paint_blank(painter, mark.rect, palette, look.blanks[mark.part][1])
        else:
            self._paint_writing(painter, mark, palette, look.values.get(mark.part))

    def _paint_outline(self, painter: QPainter, mark: Outline, palette: Palette, value: float | None) -> None:
        ink = (
            palette.group
            if mark.role == "group"
            else palette.ink(mark.role, value if mark.is_shape else None)
        )
        if mark.halo is not None:
            self._paint_halo(painter, mark, palette)
        if mark.filled:
            painter.fillPath(mark.path, ink.line if mark.solid else ink.fill)
        if mark.stroke:
            painter.strokePath(mark.path, pen(ink.line, mark))

    def _paint_halo(self, painter: QPainter, mark: Outline, palette: Palette) -> None:
        """The ground beside a line that passes over others."""
        for path, colour in self.grounds_within(mark.halo, palette):
            painter.fillPath(path, colour)

    def grounds_within(
        self, path: QPainterPath | None, palette: Palette
    ) -> list[tuple[QPainterPath, QColor]]:
        """What lies below everything within `path`: pieces, each to be filled above the one before."""
        if path is None:
            return []
        inside = [(path.intersected(group.path), group_fill(group, palette)) for group in self.groups]
        return [(path, palette.ground), *inside]

    def ground_at(self, point: QPointF, palette: Palette) -> QColor:
        """What lies below everything at this point."""
        inside = [group for group in self.groups if group.path.contains(point)]
        return group_fill(inside[-1], palette) if inside else palette.ground

    def _paint_writing(self, painter: QPainter, mark: Writing, palette: Palette, value: float | None) -> None:
        colour = palette.words(mark.role)
        if mark.host is not None and value is not None and not mark.role:
            colour = palette.ink(mark.host.role, value).words
        if mark.plate:
            painter.fillRect(mark.plate_rect, self.ground_at(mark.rect.center(), palette))
        if not mark.turned:
            mark.words.paint(painter, mark.x, mark.y, colour)
            return
        painter.save()
        painter.translate(mark.x, mark.y)
        painter.rotate(-90)
        mark.words.paint(painter, 0, 0, colour)
        painter.restore()

    def _paint_number(self, painter: QPainter, palette: Palette, part: str, number: int, state: str) -> None:
        """The number of a part on a disc: in the place of its label, or small beside it."""
        hidden = state in (HIDDEN, CURRENT)
        radius = BLANK if hidden else _BADGE
        middle = self.blank_at(part) if hidden else self._badge_at(part)
        role = {RIGHT: "good", WRONG: "bad"}.get(state)
        colour = palette.line(role) if role else palette.muted if state == HIDDEN else palette.accent
        disc = QPainterPath()
        disc.addEllipse(middle, radius, radius)
        painter.fillPath(disc, palette.ground if state == HIDDEN else colour)
        painter.strokePath(disc, QPen(colour, 1.4))
        font = QFont("Inter")
        font.setPixelSize(round(radius * 1.1))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(palette.text if state == HIDDEN else palette.ground)
        rect = QRectF(-radius, -radius, 2 * radius, 2 * radius).translated(middle)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))

    def _badge_at(self, part: str) -> QPointF:
        """The upper left corner of the nearest words of the part, or of the shape they stand in."""
        blank = self.blank_at(part)
        rects = [
            mark.rect.adjusted(-_BADGE - _APART, -2, 0, 0)
            if mark.host is None
            else mark.host.path.boundingRect()
            for mark in self._marks.of(part)
            if isinstance(mark, Writing) and mark.hides
        ]
        near = [rect for rect in rects if rect.adjusted(-CELL, -CELL, CELL, CELL).contains(blank)]
        if not near:
            return blank - QPointF(0, 2 * _BADGE)
        return min(near, key=lambda rect: QLineF(rect.center(), blank).length()).topLeft()


def pen(colour: QColor, mark: Outline) -> QPen:
    """The pen of an outline."""
    made = QPen(colour, mark.stroke)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap if mark.dashed else Qt.PenCapStyle.RoundCap)
    if mark.dashed:
        made.setDashPattern(DASH)
    return made


def _middle(mark: Mark) -> QPointF:
    return (mark.rect if isinstance(mark, Writing) else mark.path.boundingRect()).center()


def group_fill(group: Outline, palette: Palette) -> QColor:
    """The ground of a group."""
    return palette.group.fill if group.role == "group" else palette.ink(group.role).fill


def _paint_blank(painter: QPainter, rect: QRectF, palette: Palette, state: str) -> None:
    """An empty plate in the place of words."""
    plate = QPainterPath()
    plate.addRoundedRect(_plate(rect), 6, 6)
    painter.fillPath(plate, palette.group.fill)
    colour = palette.accent if state == CURRENT else palette.muted
    painter.strokePath(plate, QPen(colour, 1.2, Qt.PenStyle.DashLine))


def _plate(rect: QRectF) -> QRectF:
    """The plate for words that are at `rect`."""
    grown = QRectF(0, 0, max(rect.width() + 8, 2 * BLANK), max(rect.height() + 4, 2 * BLANK - 4))
    grown.moveCenter(rect.center())
    return grown


def _near(mark: Mark) -> QRectF:
    """Outside of it the mouse does not touch the mark."""
    if isinstance(mark, Writing):
        return mark.rect.adjusted(-3, -3, 3, 3)
    reach = _REACH + mark.stroke
    return mark.path.boundingRect().adjusted(-reach, -reach, reach, reach)
