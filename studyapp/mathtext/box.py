"""A formula that can be painted at any size, in any colour. Knows nothing of LaTeX, files or documents."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from studyapp.mathtext import drawing
from studyapp.mathtext.drawing import Drawing, Mark
from studyapp.mathtext.glyph_text import runs
from studyapp.mathtext.outlines import Glyphs, read_path, text_path
from studyapp.mathtext.pixmaps import Pixmaps

_PIXMAPS = Pixmaps()
_LARGEST = 4_000_000  # device pixels; larger pictures are painted as vectors each time


@dataclass(frozen=True, slots=True)
class _Stroke:
    width: float  # em; 0: fill
    dash: tuple[float, ...]


class Box:
    """One formula. `width`, `ascent` and `descent` are in em; multiply by the size in pixels."""

    __slots__ = ("_glyphs", "_ink", "_parts", "_source", "ascent", "descent", "display", "tex", "width")

    def __init__(self, source: Drawing, glyphs: Glyphs, tex: str, display: bool) -> None:
        """Needs every glyph of `source` in `glyphs`.

        Raises:
            KeyError, ValueError: a glyph is missing or not readable.
        """
        self.tex, self.display = tex, display
        self._source, self._glyphs = source, glyphs
        self.width, self.ascent, self.descent = (
            length / 1000 for length in (source.width, source.ascent, source.descent)
        )
        self._parts: list[tuple[QPainterPath, str, _Stroke]] = []
        for mark in source.marks:
            self._add(_placed(mark, glyphs), mark.colour, _Stroke(mark.stroke / 1000, mark.dash))
        self._ink = self._bounds()

    def _add(self, path: QPainterPath, colour: str, stroke: _Stroke) -> None:
        """Append a part; neighbours of one colour become one path; a box stays behind its text."""
        if self._parts:
            last, last_colour, last_stroke = self._parts[-1]
            if (last_colour, last_stroke) == (colour, stroke):
                last.addPath(path)
                return
        path.setFillRule(Qt.FillRule.WindingFill)
        self._parts.append((path, colour, stroke))

    def paint(self, painter: QPainter, x: float, baseline: float, px: float, colour: QColor) -> None:
        """Paint with the left end of the baseline at (x, baseline), one em being `px` units.

        A screen gets a picture kept from last time, with the baseline on a whole device pixel; a PDF gets
        text, a printer vectors.
        """
        to_device = painter.deviceTransform()
        ratio = to_device.m11()
        on_screen = isinstance(painter.device(), QWidget | QPixmap | QImage)
        if on_screen and ratio == to_device.m22() > 0 and not to_device.isRotating():
            place = self._place(px * ratio)
            if place.width() * place.height() <= _LARGEST:
                start = to_device.map(QPointF(x, baseline))
                corner = QPointF(_whole(start.x()), _whole(start.y())) + place.topLeft().toPointF()
                painter.drawPixmap(to_device.inverted()[0].map(corner), self.pixmap(px, colour, ratio))
                return
        if painter.paintEngine().type() == QPaintEngine.Type.Pdf:
            self._paint_text(painter, x, baseline, px, colour)
        else:
            self.paint_vectors(painter, x, baseline, px, colour)

    def _paint_text(self, painter: QPainter, x: float, baseline: float, px: float, colour: QColor) -> None:
        """Glyphs as text of a font, all else as outlines, which may be the ground of the text."""
        found, rest = runs(self._source.marks, self._glyphs)
        if rest:
            behind = Box(replace(self._source, marks=tuple(rest)), self._glyphs, self.tex, self.display)
            behind.paint_vectors(painter, x, baseline, px, colour)
        painter.save()
        painter.translate(x, baseline)
        for run in found:
            run.paint(painter, px, colour)
        painter.restore()

    def paint_vectors(self, painter: QPainter, x: float, baseline: float, px: float, colour: QColor) -> None:
        """The same without a picture in between."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, baseline)
        painter.scale(px, px)
        for path, own, stroke in self._parts:
            ink = QColor(own) if own and QColor.isValidColorName(own) else colour
            if stroke.width:
                painter.strokePath(path, _pen(ink, stroke))
            else:
                painter.fillPath(path, ink)
        painter.restore()

    def outlines(self, x: float, baseline: float, px: float) -> list[tuple[QPainterPath, str, float]]:
        """All ink as it would be painted: its outline, its own colour or "", and the stroke's width or 0."""
        place = QTransform.fromTranslate(x, baseline).scale(px, px)
        return [(place.map(path), colour, stroke.width * px) for path, colour, stroke in self._parts]

    def pixmap(self, px: float, colour: QColor, ratio: float) -> QPixmap:
        """All of the formula's ink, on whole device pixels."""
        key = (self.tex, self.display, round(px, 2), colour.rgba(), ratio)
        return _PIXMAPS.get(key, lambda: self._painted(px, colour, ratio))

    def _painted(self, px: float, colour: QColor, ratio: float) -> QPixmap:
        place = self._place(px * ratio)
        made = QPixmap(place.size())
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint_vectors(painter, -place.left(), -place.top(), px * ratio, colour)
        painter.end()
        made.setDevicePixelRatio(ratio)
        return made

    def _bounds(self) -> QRectF:
        """Where there is ink, in em from the left end of the baseline; it may hang over the box."""
        bounds = QRectF(0, -self.ascent, self.width, self.ascent + self.descent)
        for path, _, stroke in self._parts:
            half = stroke.width / 2
            bounds |= path.controlPointRect().adjusted(-half, -half, half, half)
        return bounds

    def _place(self, px: float) -> QRect:
        """The pixels that the ink touches, with one more on each side."""
        scaled = QTransform.fromScale(px, px).mapRect(self._ink)
        return scaled.toAlignedRect().adjusted(-1, -1, 1, 1)


def _whole(number: float) -> int:
    """The nearest whole number, halves up, as Qt rounds the baseline of text."""
    return math.floor(number + 0.5)


def _pen(colour: QColor, stroke: _Stroke) -> QPen:
    pen = QPen(colour, stroke.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if stroke.dash:
        pen.setDashPattern(stroke.dash)
    return pen


def _placed(mark: Mark, glyphs: Glyphs) -> QPainterPath:
    """The outline of a mark where it belongs, in em."""
    a, b, c, d, e, f = (number / 1000 for number in mark.matrix)
    path = QTransform(a, b, c, d, e, f).map(_outline(mark.shape, glyphs))
    if mark.clip:
        window = QPainterPath()
        window.addRect(QRectF(*(number / 1000 for number in mark.clip)))
        path = path.intersected(window)
    return path


def _outline(shape: str, glyphs: Glyphs) -> QPainterPath:
    match shape[0]:
        case drawing.GLYPH:
            return glyphs.path(shape[1:])
        case drawing.TEXT:
            return text_path(shape[1:])
        case _:
            return read_path(shape)
