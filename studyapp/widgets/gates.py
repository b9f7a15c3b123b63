"""Gates: every gate of every unit at one time step, a row of bars for each.

Run it alone: python -m studyapp.widgets.gates
"""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter

from studyapp.theme import Theme
from studyapp.widgets.cell_words import Row, rows_of
from studyapp.widgets.finite import largest
from studyapp.widgets.numbers import figure, nice_ceiling, short, steady_top, tick_label
from studyapp.widgets.painted import Painted, text_width
from studyapp.widgets.time_cursor import TimeCursor

TITLE = 18.0  # pixels for the name above the bars
TALLEST = 220  # pixels: the few rows of an RNN need not fill the card
LEAST = 36.0  # pixels: below that the last row gives way
BY_STEP = "dL/dh"  # spans decades over time: each time step has a scale of its own


class Gates(Painted):
    """Rows of bars, one bar a unit, at the cursor's time step.

    Left and Right move through time, Up and Down (or a click) choose the unit.

    Signals:
        pointed(str): the value under the mouse, in words; empty when there is none.
    """

    pointed = Signal(str)
    ground = "card"

    def __init__(self, theme: Theme, cursor: TimeCursor) -> None:
        empty = "Every gate of every unit at the time step you choose, with its value."
        super().__init__(theme, "Gates at the chosen time step", empty)
        self.place = cursor
        self._rows: tuple[Row, ...] = ()
        self._tops: dict[str, float] = {}  # scales of the unbounded rows: they must not jump about
        self._mouse: QPointF | None = None
        cursor.moved.connect(self._on_place_moved)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(150)

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show `rows`; the cursor must already fit their [T, h]."""
        self._rows = rows
        self._tops = {row.symbol: self._top(row) for row in rows if row.high is None}
        self.setMaximumHeight(TALLEST * len(rows) if rows else 16_777_215)
        self._repoint()
        self.refresh()

    @property
    def empty(self) -> bool:
        return not self._rows

    @property
    def pointed_at(self) -> bool:
        """True while the mouse is on it and `pointed` says where."""
        return self._mouse is not None

    def value(self, symbol: str) -> float:
        """The number shown for `symbol` at the cursor's time step and unit; KeyError if not shown."""
        found = {row.symbol: row for row in self._rows}[symbol]
        return self._at(found, self.place.unit)

    def description(self) -> str:
        cursor = self.place
        chosen = ", ".join(f"{r.name} {r.symbol} {figure(self._at(r, cursor.unit))}" for r in self._rows)
        with np.errstate(all="ignore"):  # an exploded step has infinite means
            means = ", ".join(f"{r.symbol} {figure(float(r.values[cursor.t].mean()))}" for r in self._rows)
        return f"t = {cursor.t + 1}, unit {cursor.unit + 1}: {chosen}. Means over all units: {means}."

    def paint(self, painter: QPainter) -> None:
        for number, row in enumerate(self._shown):
            self._paint_title(painter, row, self._band(number))
            self._paint_bars(painter, row, self._bars(number))

    def _paint_title(self, painter: QPainter, row: Row, band: QRectF) -> None:
        """Name, range and, at the right, the value of the chosen unit."""
        line = QRectF(band.left(), band.top(), band.width(), TITLE)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        name = f"{row.name} {row.symbol}"
        painter.setFont(self.sized(12))
        painter.setPen(self.colour("text"))
        painter.drawText(line, left, name)
        name_width = text_width(painter, name)
        painter.setFont(self.sized(11))
        painter.setPen(self.colour("muted"))
        painter.drawText(line.adjusted(name_width + 8, 0, 0, 0), left, self._range(row))
        painter.setFont(self.sized(12, mono=True))
        painter.setPen(self.colour("text"))
        value = self._at(row, self.place.unit)
        painter.drawText(line, right, short(value) if self._scale(row) >= 1 else figure(value))

    def _paint_bars(self, painter: QPainter, row: Row, area: QRectF) -> None:
        top = self._scale(row)
        bottom = -top if row.low < 0 else 0.0
        painter.fillRect(area, self.colour("raised"))
        zero = area.bottom() - (0 - bottom) / (top - bottom) * area.height()
        values = np.clip(row.values[self.place.t], bottom, top)
        width = area.width() / len(values)
        gap = 0.0 if width < 3 else 1.0 if width < 9 else 2.0
        up, down = self.colour("positive"), self.colour("negative")
        left, thick = area.left() + gap / 2, max(0.5, width - gap)
        for height in (values / (top - bottom) * area.height()).tolist():
            if math.isnan(height):
                painter.fillRect(QRectF(left, area.top(), thick, area.height()), self.colour("bad", 110))
            elif height >= 0:
                painter.fillRect(QRectF(left, zero - height, thick, height), up)
            else:
                painter.fillRect(QRectF(left, zero, thick, -height), down)
            left += width
        painter.setPen(self.colour("border"))
        painter.drawLine(QPointF(area.left(), round(zero)), QPointF(area.right(), round(zero)))
        self._paint_choice(painter, area, width)

    def _paint_choice(self, painter: QPainter, area: QRectF, width: float) -> None:
        left = area.left() + self.place.unit * width
        painter.setPen(self.colour("text"))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawRect(QRectF(left, area.top(), max(2.0, width - 1), area.height() - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.empty:
            self.place.go(self.place.t, self._unit_at(event.position().x()))
            self._point(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self.empty:
            self.place.go(self.place.t, self._unit_at(event.position().x()))
        self._point(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._forget_mouse()
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._forget_mouse()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.place.press(event):
            super().keyPressEvent(event)

    def _point(self, where: QPointF) -> None:
        self._mouse = where
        self._repoint()

    def _forget_mouse(self) -> None:
        if self._mouse is not None:
            self._mouse = None
            self.pointed.emit("")

    def _on_place_moved(self) -> None:
        self._mouse = None  # the latest of mouse and cursor is read out
        self.refresh()

    def _repoint(self) -> None:
        if self._mouse is None or self.empty:
            return
        band = int(self._mouse.y() / self._band(0).height())
        row = self._shown[max(0, min(band, len(self._shown) - 1))]
        unit = self._unit_at(self._mouse.x())
        t = self.place.t + 1
        self.pointed.emit(f"{row.name} {row.symbol}, unit {unit + 1}, t = {t}: {figure(self._at(row, unit))}")

    def _unit_at(self, x: float) -> int:
        area = self._bars(0)
        units = self.place.units
        return max(0, min(units - 1, int((x - area.left()) / area.width() * units)))

    @property
    def _shown(self) -> tuple[Row, ...]:
        """The rows that there is room for; the gradient, last, is also in the bars below the heat map."""
        return self._rows if self.height() >= LEAST * len(self._rows) else self._rows[:-1]

    def _at(self, row: Row, unit: int) -> float:
        return float(row.values[self.place.t, unit])

    def _band(self, number: int) -> QRectF:
        """Where row `number` is, its title included."""
        height = min(TALLEST, self.height() / len(self._shown))
        return QRectF(0, number * height, self.width(), height)

    def _bars(self, number: int) -> QRectF:
        return self._band(number).adjusted(0, TITLE, 0, -6)

    def _scale(self, row: Row) -> float:
        if row.symbol == BY_STEP:
            return nice_ceiling(largest(row.values[self.place.t]))
        return row.high if row.high is not None else self._tops.get(row.symbol, 1.0)

    def _range(self, row: Row) -> str:
        top = tick_label(self._scale(row))
        bounds = f"0 to {top}" if row.low == 0 else f"±{top}"
        return f"{bounds} · {row.in_notes} in the notes" if row.in_notes else bounds

    def _top(self, row: Row) -> float:
        """A round bound over all time steps."""
        return steady_top(self._tops.get(row.symbol, 0.0), largest(row.values))


def _show(theme: Theme) -> Gates:
    cursor = TimeCursor()
    cursor.fit(24, 16)
    shown = Gates(theme, cursor)
    wave = np.sin(np.add.outer(np.arange(24) * 0.3, np.arange(16)))
    gates = dict.fromkeys("fio", (wave + 1) / 2) | {"g": wave, "c": 1.7 * wave}
    shown.set_rows(rows_of({letter: gates[letter] for letter in "figoc"}, wave * 0.7, wave / 99))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
