"""ArrayMap: any array of two axes as coloured cells, with a mark on one cell and its value in words.

Run it alone: python -m studyapp.widgets.array_map
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter

from studyapp.theme import Theme
from studyapp.widgets.colours import diverging, picture
from studyapp.widgets.finite import broken, largest
from studyapp.widgets.glyphs import SPACE, shown_label
from studyapp.widgets.numbers import figure, steady_top
from studyapp.widgets.painted import Painted

GUTTER, FOOT = 44.0, 17.0  # pixels for the names of rows and columns
GRID_FROM = 7.0  # pixels: smaller cells touch each other
LABEL = 13.0  # pixels a name needs


@dataclass(frozen=True, slots=True)
class Axis:
    """What the places along one axis are.

    Attributes:
        name: "t", "unit", "source"; what is said before the number.
        labels: their own names, or () where they are only counted, from 1.
    """

    name: str
    labels: tuple[str, ...] = ()

    def said(self, place: int) -> str:
        """Place `place` (0-based) in words."""
        if place < len(self.labels):
            return f"{self.name} {place + 1} “{shown_label(self.labels[place])}”"
        return f"{self.name} {place + 1}"

    def shown(self, place: int) -> str:
        """Place `place` as short as possible."""
        return shown_label(self.labels[place]) if place < len(self.labels) else str(place + 1)


class ArrayMap(Painted):
    """Rows downwards, columns to the right; arrow keys, Home and End move the mark, a click sets it.

    Signals:
        pointed(str): the cell under the mark or the mouse, in words.
        marked(int, int): the user moved the mark to this row and column.
    """

    pointed = Signal(str)
    marked = Signal(int, int)
    ground = "card"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Values of the chosen name", "Press Step (.) to see the values.")
        self._values: NDArray[np.float64] = np.empty((0, 0))
        self._rows, self._columns = Axis("row"), Axis("column")
        self._mark = (0, 0)
        self.scale = 1.0
        self._table = diverging(theme.colours)
        theme.changed.connect(self._on_theme_changed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(120)

    def set_values(self, values: NDArray[np.float64], rows: Axis, columns: Axis) -> None:
        """Show `values` [rows, columns]."""
        if (rows.name, columns.name) != (self._rows.name, self._columns.name):
            self.scale = 1.0
        self._values, self._rows, self._columns = values, rows, columns
        self.scale = steady_top(self.scale, largest(values))
        self._mark = self._inside(*self._mark)
        self.refresh()
        self._say()

    @property
    def empty(self) -> bool:
        return not self._values.size

    @property
    def mark(self) -> tuple[int, int]:
        """Row and column of the marked cell."""
        return self._mark

    def set_mark(self, row: int, column: int) -> None:
        """Mark this cell, or the nearest there is; tells nobody but `pointed`."""
        self._mark = self._inside(row, column)
        self.refresh()
        self._say()

    def words(self) -> str:
        """The marked cell and its value."""
        if self.empty:
            return ""
        row, column = self._mark
        value = figure(float(self._values[row, column]))
        return f"{self._rows.said(row)}, {self._columns.said(column)}: {value}"

    def description(self) -> str:
        rows, columns = self._values.shape
        lost = broken(self._values)
        said = f" {lost:,} are no longer numbers." if lost else ""
        return (
            f"{rows} rows, {columns} columns, largest {figure(largest(self._values))}.{said} {self.words()}."
        )

    def sizeHint(self) -> QSize:
        return QSize(260, 220)

    def area(self) -> QRectF:
        """Where the cells are."""
        gutter = self._gutter()
        return QRectF(gutter, 2, self.width() - gutter - 4, self.height() - FOOT - 4)

    def cell(self, row: int, column: int) -> QRectF:
        """Where one cell is."""
        area, (rows, columns) = self.area(), self._values.shape
        width, height = area.width() / columns, area.height() / rows
        return QRectF(area.left() + column * width, area.top() + row * height, width, height)

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        image = picture(self._values, self.scale, self._table)
        painter.drawImage(area, image, QRectF(image.rect()))
        self._paint_grid(painter, area)
        self._paint_names(painter, area)
        mark = self.cell(*self._mark)
        painter.setPen(self.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(mark.adjusted(0, 0, -1, -1))

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(self.colour("card"))
        first = self.cell(0, 0)
        rows, columns = self._values.shape
        if first.width() >= GRID_FROM:
            for column in range(1, columns):
                x = round(area.left() + column * first.width())
                painter.drawLine(x, int(area.top()), x, int(area.bottom()))
        if first.height() >= GRID_FROM:
            for row in range(1, rows):
                y = round(area.top() + row * first.height())
                painter.drawLine(int(area.left()), y, int(area.right()), y)

    def _paint_names(self, painter: QPainter, area: QRectF) -> None:
        """As many names as there is room for, that of the marked row and column always."""
        painter.setFont(self.sized(11))
        rows, columns = self._values.shape
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in _spread(rows, area.height() / LABEL, self._mark[0]):
            painter.setPen(self.colour("text" if row == self._mark[0] else "muted"))
            middle = self.cell(row, 0).center().y()
            painter.drawText(
                QRectF(0, middle - 8, area.left() - 5, 16), right, self._fitted(self._rows.shown(row))
            )
        widest = max(LABEL, *(self._width(self._columns.shown(c)) + 5 for c in range(columns)))
        for column in _spread(columns, area.width() / widest, self._mark[1]):
            painter.setPen(self.colour("text" if column == self._mark[1] else "muted"))
            middle = self.cell(0, column).center().x()
            place = QRectF(middle - widest / 2 - 2, area.bottom() + 1, widest + 4, FOOT)
            place.moveRight(min(place.right(), float(self.width())))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._columns.shown(column))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())
        elif not self.empty:
            here = self._at(event.position())
            value = figure(float(self._values[here]))
            self.pointed.emit(f"{self._rows.said(here[0])}, {self._columns.said(here[1])}: {value}")

    def leaveEvent(self, event: QEvent) -> None:
        self._say()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = self._mark
        places = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, self._values.shape[1] - 1),
        }
        place = places.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if place is None or held or self.empty:
            super().keyPressEvent(event)
        else:
            self._move_mark(*place)

    def _go(self, where: QPointF) -> None:
        if not self.empty:
            self._move_mark(*self._at(where))

    def _move_mark(self, row: int, column: int) -> None:
        self.set_mark(row, column)
        self.marked.emit(*self._mark)

    def _at(self, where: QPointF) -> tuple[int, int]:
        area, (rows, columns) = self.area(), self._values.shape
        return self._inside(
            int((where.y() - area.top()) / max(1.0, area.height()) * rows),
            int((where.x() - area.left()) / max(1.0, area.width()) * columns),
        )

    def _inside(self, row: int, column: int) -> tuple[int, int]:
        rows, columns = self._values.shape
        return max(0, min(row, rows - 1)), max(0, min(column, columns - 1))

    def _say(self) -> None:
        self.pointed.emit(self.words())

    def _gutter(self) -> float:
        widest = max((self._width(label) for label in map(shown_label, self._rows.labels)), default=0.0)
        return min(96.0, max(GUTTER, widest + 9))

    def _width(self, text: str) -> float:
        return QFontMetricsF(self.sized(11)).horizontalAdvance(text)

    def _fitted(self, text: str) -> str:
        metrics = QFontMetricsF(self.sized(11))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._gutter() - 6)

    def _on_theme_changed(self) -> None:
        self._table = diverging(self.theme.colours)
        self.update()


def _spread(count: int, room: float, chosen: int) -> list[int]:
    """Places whose names fit into `room` names, `chosen` among them."""
    every = max(1, -(-count // max(1, int(room))))
    return sorted({*(place for place in range(0, count, every) if abs(place - chosen) >= every), chosen})


def _show(theme: Theme) -> ArrayMap:
    shown = ArrayMap(theme)
    words = tuple(f"the cat sat on a mat {SPACE}".split())
    weights = np.eye(len(words)) * 0.8 + 0.03
    shown.set_values(weights, Axis("target", words), Axis("source", words))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
