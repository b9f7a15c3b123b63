"""TimeView: base of the views that lie under one another and share their columns, one a time step.

Knows the geometry of the columns and how the shared cursor is moved by mouse and keys.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted, text_width
from studyapp.widgets.time_cursor import TimeCursor

GUTTER = 52  # pixels left of the first column, for what the rows mean
MARK_SIZES = (11, 10, 9, 8)  # pixels: −1.5×10³⁰² must not lose its first digits
MARGIN = 6  # pixels right of the last column


class TimeView(Painted):
    """Columns t = 1..T. Left and Right, Home and End move the cursor; a click or drag sets it.

    The latest of mouse and cursor is read out: once the cursor has moved, the mouse says nothing
    until it moves as well.

    Signals:
        pointed(str): what is under the mouse, in words; empty when nothing is.
    """

    pointed = Signal(str)
    ground = "card"

    def __init__(self, theme: Theme, cursor: TimeCursor, name: str, empty: str) -> None:
        super().__init__(theme, name, empty)
        self.place = cursor
        self._mouse: QPointF | None = None
        cursor.moved.connect(self._on_place_moved)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def steps(self) -> int:
        """How many columns there are."""
        return self.place.steps

    @property
    def empty(self) -> bool:
        return not self.steps

    @property
    def pointed_at(self) -> bool:
        """True while the mouse is on it and `pointed` says where."""
        return self._mouse is not None

    def area(self) -> QRectF:
        """Where the columns are."""
        return QRectF(GUTTER, 4, self.width() - GUTTER - MARGIN, self.height() - 8)

    def column(self, t: int) -> QRectF:
        """The column of time step `t`, 0-based."""
        area = self.area()
        width = area.width() / max(1, self.steps)
        return QRectF(area.left() + t * width, area.top(), width, area.height())

    def t_at(self, x: float) -> int:
        """The time step whose column is at `x`, clamped."""
        area = self.area()
        return max(0, min(self.steps - 1, int((x - area.left()) / area.width() * self.steps)))

    def unit_at(self, _y: float) -> int | None:
        """The hidden unit at `y`, for views that have units."""
        return None

    def words_at(self, _t: int, _unit: int | None) -> str:
        """What is shown at (t, unit), in words and numbers."""
        return ""

    def step_name(self, t: int) -> str:
        """Time steps count from 1 on screen, as in the course."""
        return f"t = {t + 1}"

    def repoint(self) -> None:
        """Say again what is under the mouse: the numbers have changed."""
        if self._mouse is not None and not self.empty:
            self.pointed.emit(self.words_at(self.t_at(self._mouse.x()), self.unit_at(self._mouse.y())))

    def paint_cursor(self, painter: QPainter) -> None:
        """Frame the chosen column; its colours are values, and stay as they are."""
        column = self.column(self.place.t)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(column.adjusted(0, -2, -1, 1))

    def paint_mark(self, painter: QPainter, y: int, label: str) -> None:
        """A faint line at `y` and its `label` in the gutter, smaller where it would be cut."""
        area = self.area()
        painter.setPen(self.colour("border"))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(self.colour("muted"))
        for pixels in MARK_SIZES:
            painter.setFont(self.sized(pixels))
            if text_width(painter, label) <= area.left() - 6:
                break
        top = min(max(y - 8.0, 0.0), self.height() - 16.0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, area.left() - 6, 16), right, label)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.empty:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self.empty:
            self._go(event.position())
        else:
            self._mouse = event.position()
            self.repoint()

    def leaveEvent(self, event: QEvent) -> None:
        self._forget_mouse()
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._forget_mouse()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.place.press(event):
            super().keyPressEvent(event)

    def _go(self, where: QPointF) -> None:
        self.place.go(self.t_at(where.x()), self.unit_at(where.y()))
        self._forget_mouse()

    def _forget_mouse(self) -> None:
        if self._mouse is not None:
            self._mouse = None
            self.pointed.emit("")

    def _on_place_moved(self) -> None:
        self._mouse = None
        self.refresh()
