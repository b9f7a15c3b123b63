"""DiagramView: a picture as a widget, whose parts explain themselves.

Run it alone: python -m studyapp.diagrams.view
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from content.diagram import Diagram
from studyapp.diagrams.export import MARGIN
from studyapp.diagrams.palette import Palette
from studyapp.diagrams.picture import BLANK, CURRENT, HIDDEN, Look, Picture
from studyapp.diagrams.popover import PartPopover
from studyapp.diagrams.svg import description
from studyapp.diagrams.taking import Taking
from studyapp.theme import Theme

_STEPS = {
    Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
}  # fmt: skip
_LEAST = 220  # px of width below which nothing can be read


class DiagramView(QWidget):
    """Scales with its width. The part under the mouse, or reached by arrow keys, stands out and is explained.

    Signals:
        fronted(str): this part stands out now; "" for none.
        chosen(str): this part was clicked, or Enter was pressed on it; "" beside all parts.
    """

    fronted = Signal(str)
    chosen = Signal(str)

    def __init__(
        self, theme: Theme, diagram: Diagram | None = None, ground: str = "card", most: float = 1.15
    ) -> None:
        """`ground` names the colour behind it; it grows to at most `most` times its usual size."""
        super().__init__()
        self.theme, self._ground, self._most = theme, ground, most
        self._palette = Palette(theme.colours, ground)
        self.taking = Taking(theme, self)
        self.popover = PartPopover(theme, self)
        self._picture: Picture | None = None
        self._front = ""
        self._blanks: Mapping[str, tuple[int, str]] = {}
        self._values: dict[str, float] = {}
        self._numbers: dict[str, str] = {}
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme)
        if diagram is not None:
            self.show_diagram(diagram)

    # --- what is shown ---

    @property
    def picture(self) -> Picture | None:
        return self._picture

    @property
    def front(self) -> str:
        """The part that stands out, or ""."""
        return self._front

    def show_diagram(self, diagram: Diagram) -> None:
        """Show this one, plain."""
        if self._picture is None or self._picture.diagram != diagram:
            self._picture = Picture(diagram)
        self._blanks, self._values, self._numbers = {}, {}, {}
        self.set_front("")
        self.setAccessibleName(f"Picture: {diagram.title}")
        self.setAccessibleDescription(description(self._picture))
        self.updateGeometry()
        self.update()

    def show_blanks(self, blanks: Mapping[str, tuple[int, str]]) -> None:
        """Part id -> (number, state): the labels of hidden parts are blanks; see picture.Look."""
        self._blanks = dict(blanks)
        if self._is_hidden(self._front):
            self.set_front("")
        self.update()

    def colour_parts(self, values: Mapping[str, tuple[float, str]]) -> None:
        """Part id -> (how strongly it is filled, words about it); all others are plain."""
        self._values = {part: value for part, (value, _) in values.items()}
        self._numbers = {part: words for part, (_, words) in values.items() if words}
        if self._front:
            self._explain()
        self.update()

    def set_front(self, part: str) -> None:
        """Let this part stand out; "" for none."""
        if part == self._front:
            return
        self._front = part
        self._explain()
        self.fronted.emit(part)
        self.update()

    def rect_of(self, part: str) -> QRect:
        """Where a part is, in this widget."""
        if self._picture is None:
            return QRect()
        bounds = self._picture.bounds(part)
        scale, corner = self._scale(), self._corner()
        return QRectF(bounds.topLeft() * scale + corner, bounds.size() * scale).toAlignedRect()

    def part_at(self, point: QPointF) -> str:
        """The part at a point of this widget, or ""; the number of a blank belongs to its part."""
        if self._picture is None:
            return ""
        inside = (point - self._corner()) / self._scale()
        for part in filter(self._is_hidden, self._blanks):
            if QLineF(self._picture.blank_at(part), inside).length() <= BLANK:
                return part
        return self._picture.part_at(inside)

    def _is_hidden(self, part: str) -> bool:
        return self._blanks.get(part, (0, ""))[1] in (HIDDEN, CURRENT)

    def _explain(self) -> None:
        if self._picture is None or not self._front or self._is_hidden(self._front) or not self.isVisible():
            self.popover.hide()
            return
        part = self._picture.diagram.part(self._front)
        number = self._numbers.get(part.id, "")
        self.popover.explain(part.label, part.says, number, self.rect_of(part.id), self.open_blanks())

    def open_blanks(self) -> list[QRect]:
        """Where the labels are that are still to be named, in this widget."""
        if self._picture is None:
            return []
        scale, corner = self._scale(), self._corner()
        return [
            QRectF(rect.topLeft() * scale + corner, rect.size() * scale).toAlignedRect()
            for part in filter(self._is_hidden, self._blanks)
            for rect in self._picture.blanks(part)
        ]

    # --- sizes ---

    def _scale(self) -> float:
        """Pixels to a unit."""
        if self._picture is None:
            return 1.0
        size = self._picture.size
        wide, tall = size.width() + 2 * MARGIN, size.height() + 2 * MARGIN
        return max(0.05, min(self._most, self.width() / wide, self.height() / tall))

    def _corner(self) -> QPointF:
        """Where the picture's upper left corner is."""
        if self._picture is None:
            return QPointF()
        size = self._picture.size * self._scale()
        return QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)

    def sizeHint(self) -> QSize:
        if self._picture is None:
            return QSize(_LEAST, _LEAST // 2)
        size = self._picture.size
        return QSize(round(size.width() + 2 * MARGIN), round(size.height() + 2 * MARGIN))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, self.heightForWidth(_LEAST))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        natural = self.sizeHint()
        return round(natural.height() * min(self._most, width / natural.width()))

    # --- Qt ---

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self._palette.ground)
            if self._picture is not None:
                painter.save()
                painter.translate(self._corner())
                painter.scale(self._scale(), self._scale())
                front = "" if self._is_hidden(self._front) else self._front
                self._picture.paint(painter, self._palette, Look(front, self._blanks, self._values))
                painter.restore()
            if self.hasFocus():
                painter.setPen(QPen(self._palette.accent, 1.5))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        finally:
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        part = self.part_at(event.position())
        self.set_front(part)
        self.setCursor(Qt.CursorShape.PointingHandCursor if part else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.set_front("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.part_at(event.position()))
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._walk(_STEPS[key])
        elif event.matches(QKeySequence.StandardKey.Copy) and self._picture is not None:
            self.taking.copy(self._picture)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._front)
        elif key == Qt.Key.Key_Escape and self._front:
            self.set_front("")
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        """To the next part, or the one before; round at the ends."""
        if self._picture is None:
            return
        parts = [part.id for part in self._picture.diagram.parts]
        if self._front in parts:
            self.set_front(parts[(parts.index(self._front) + step) % len(parts)])
        elif parts:
            self.set_front(parts[0 if step > 0 else -1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.set_front("")
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self.popover.hide()
        super().hideEvent(event)

    def context_menu(self) -> QMenu:
        """What can be done with the picture."""
        menu = QMenu(self)
        if self._picture is not None:
            self.taking.fill(menu, self._picture)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _on_theme(self) -> None:
        self._palette = Palette(self.theme.colours, self._ground)
        self.update()


def _show(theme: Theme) -> QWidget:
    from content.diagram_reader import shipped_diagram

    return DiagramView(theme, shipped_diagram("lstm-cell"))


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
