"""Paints an unrolled network: columns, wires, places with typeset letters. Decides what is bright, not where.

Knows the layout and the colours; neither mouse nor keys.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.theme import Theme
from studyapp.widgets.network_layout import FOOT, Column, Layout, Spot
from studyapp.widgets.network_wires import Run, dotted
from studyapp.widgets.painted import text_width

DIM = 0.34  # how much is left of what the line does not talk about
LABELLED = 4  # lit wires that show their weights, at most
_SHORT = 46.0  # px of a wire on which no label has room
ROUND = ("input", "gate", "target")
SERIES = {"gate": 1, "output": 2, "loss": 5, "target": 2, "sum": 4, "parameter": 3}  # of theme.colours.series


class Shown(Protocol):
    """What is needed of the view."""

    @property
    def state(self) -> tuple[int, frozenset[str], bool, bool]: ...
    @property
    def steps(self) -> int: ...

    theme: Theme

    def colour(self, name: str, alpha: int = 255) -> QColor: ...
    def sized(self, pixels: int, bold: bool = False, mono: bool = False) -> QFont: ...


class NetworkPainter:
    """Everything but the focus ring and the ground."""

    def __init__(self, view: Shown) -> None:
        self._view = view

    def still(self, size: QSize, ratio: float, layout: Layout, runs: tuple[Run, ...]) -> QPixmap:
        """The whole picture, transparent where nothing is."""
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._columns(painter, layout, size.height())
        self._wires(painter, runs)
        ground = max((spot.y for spot in layout.spots.values()), default=0.0)
        gaps = {(column.x, ground) for column in layout.columns if column.is_gap}
        for x, y in dotted(layout, runs) | gaps:
            self._dots(painter, x, y)
        for spot in layout.spots.values():
            self._place(painter, spot, layout.radius)
        self._labels(painter, runs)
        painter.end()
        return made

    def paint_hovered(self, painter: QPainter, run: Run) -> None:
        """One wire that the mouse is on, with its weight."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._wire(painter, run, self._view.colour("text"), 1.8, backwards=False)
        self._label(painter, run, "text")

    # --- columns ---

    def _columns(self, painter: QPainter, layout: Layout, height: int) -> None:
        cursor = self._view.state[0]
        for column in layout.columns:
            if column.hidden:
                self._hidden(painter, column, height)
                continue
            if column.first == cursor and self._view.steps:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._view.colour("accent_soft", 120))
                painter.drawRoundedRect(QRectF(column.left + 1, 3, column.width - 2, height - 6), 10, 10)
            self._time(painter, column, height)

    def _time(self, painter: QPainter, column: Column, height: int) -> None:
        cursor, _, _, letter = self._view.state
        chosen = column.first == cursor
        if not 1 <= column.first <= self._view.steps:
            return
        name = "T" if letter and column.first == self._view.steps else str(column.first)
        long = f"t = {name}"
        painter.setFont(self._view.sized(12, bold=chosen))
        words = long if text_width(painter, long) + 4 < column.width else name
        painter.setPen(self._view.colour("accent" if chosen else "muted"))
        where = QRectF(column.left - 10, height - FOOT, column.width + 20, FOOT - 6)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _hidden(self, painter: QPainter, column: Column, height: int) -> None:
        """How many times have no column here; dots where that is any number."""
        if column.is_gap:
            self._dots(painter, column.x, height - (FOOT + 6) / 2)
            return
        painter.setPen(self._view.colour("muted"))
        painter.setFont(self._view.sized(11))
        words = f"{column.count} more"
        if text_width(painter, words) > column.width + 12:
            words = f"+{column.count}"
        where = QRectF(column.left - 10, height - FOOT, column.width + 20, FOOT - 6)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _dots(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._view.colour("muted"))
        for step in (-1, 0, 1):
            painter.drawEllipse(QPointF(x + 6 * step, y), 1.7, 1.7)

    # --- wires ---

    def _wires(self, painter: QPainter, runs: tuple[Run, ...]) -> None:
        _, lit, backwards, _ = self._view.state
        for run in runs:
            if run.wire.key not in lit:
                alpha = round(255 * (0.45 if lit else 0.85))
                self._wire(painter, run, self._view.colour("handle" if lit else "outline", alpha), 1.2, False)
        for run in runs:
            if run.wire.key in lit:
                self._wire(painter, run, self._view.colour("accent"), 2.2, backwards)

    def _wire(self, painter: QPainter, run: Run, ink: QColor, width: float, backwards: bool) -> None:
        pen = QPen(ink, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if run.open or run.over:
            pen.setDashPattern([2.0, 3.0])
        painter.strokePath(run.line, pen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(run.back if backwards else run.ahead)

    def _labels(self, painter: QPainter, runs: tuple[Run, ...]) -> None:
        """The weights of what is lit; each only once, near the cursor, and none where there are too many."""
        cursor, lit, _, _ = self._view.state
        wanted: dict[str, Run] = {}
        for run in runs:
            if run.wire.key in lit and run.wire.latex and not run.open:
                best = wanted.get(run.wire.latex)
                if best is None or _away(run, cursor) < _away(best, cursor):
                    wanted[run.wire.latex] = run
        if len(wanted) <= LABELLED:
            for run in wanted.values():
                self._label(painter, run, "accent")

    def _label(self, painter: QPainter, run: Run, ink: str) -> None:
        if not run.wire.latex:
            return
        shown = formula(run.wire.latex)
        if isinstance(shown, Box):
            px = 14.0
            width, above, below = shown.width * px, shown.ascent * px, shown.descent * px
            x, y = run.middle.x() - width / 2, run.middle.y() + (above - below) / 2
            if run.line.length() < _SHORT:
                x += width / 2 + 12  # beside it, or the arrow is covered
            painter.setPen(QPen(self._view.colour("border"), 1))
            painter.setBrush(self._view.colour("card"))
            painter.drawRoundedRect(QRectF(x - 5, y - above - 3, width + 10, above + below + 6), 6, 6)
            shown.paint(painter, x, y, px, self._view.colour(ink))

    # --- places ---

    def _place(self, painter: QPainter, spot: Spot, radius: float) -> None:
        _, lit, _, _ = self._view.state
        is_lit = spot.place.key in lit
        painter.setOpacity(1.0 if is_lit or not lit else DIM)
        kind = spot.place.kind
        ink = self._ink(kind)
        shape = _shape(spot, radius)
        painter.fillPath(shape, self._view.colour("card"))
        ground = self._view.colour("accent") if is_lit else QColor(ink)
        if not is_lit:
            ground.setAlpha(30)
        painter.fillPath(shape, ground)
        pen = QPen(self._view.colour("accent") if is_lit else ink, 1.5)
        if kind == "target":
            pen.setDashPattern([2.5, 2.5])
        painter.strokePath(shape, pen)
        self._letter(painter, spot, radius, "accent_text" if is_lit else "text")
        painter.setOpacity(1.0)

    def _ink(self, kind: str) -> QColor:
        if kind == "input":
            return self._view.colour("outline")
        if kind in SERIES:
            return QColor(self._view.theme.colours.series[SERIES[kind]])
        return self._view.colour("accent")

    def _letter(self, painter: QPainter, spot: Spot, radius: float, ink: str) -> None:
        shown = formula(spot.place.latex)
        if isinstance(shown, Box):
            px = min(18.0, 1.2 * radius, 1.62 * radius / max(0.1, shown.width))
            middle = (shown.ascent - shown.descent) / 2 * px
            shown.paint(painter, spot.x - shown.width * px / 2, spot.y + middle, px, self._view.colour(ink))
        else:
            painter.setFont(self._view.sized(11))
            painter.setPen(self._view.colour(ink))
            where = QRectF(spot.x - 40, spot.y - 10, 80, 20)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, spot.place.key)


def _shape(spot: Spot, radius: float) -> QPainterPath:
    """A circle for what comes in or decides, a rounded box for what is computed."""
    path = QPainterPath()
    if spot.place.kind in ROUND:
        path.addEllipse(QPointF(spot.x, spot.y), radius * 0.94, radius * 0.94)
    else:
        corner = radius * (0.45 if spot.place.kind != "loss" else 0.9)
        path.addRoundedRect(
            QRectF(spot.x - radius, spot.y - radius * 0.86, 2 * radius, 1.72 * radius), corner, corner
        )
    return path


def _away(run: Run, cursor: int) -> int:
    """How far the target of a wire is from the time `cursor`."""
    time = run.wire.target.partition("@")[2]
    return abs(int(time) - cursor) if time.lstrip("-").isdigit() else 0
