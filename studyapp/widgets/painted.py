"""Painted: what all hand-painted widgets share: theme, focus ring, empty state, spoken description.

Knows nothing of what is painted.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studyapp.theme import Theme

SPOKEN_AFTER = 400  # ms: a screen reader needs the numbers of now, not thirty times a second
MONO = "JetBrains Mono"


class Painted(QWidget):
    """A widget that paints itself in the theme's colours.

    Subclasses override `paint` and `description`, and call `refresh` when what they show changed.

    Attributes:
        ground: the colour behind it, e.g. "card". Where it is given, nothing below needs to be painted
            first, which is most of the work for what changes thirty times a second.
    """

    ground = ""

    def __init__(self, theme: Theme, name: str, empty: str = "") -> None:
        """`name` is for screen readers; `empty` is shown while there is nothing to paint."""
        super().__init__()
        self.theme = theme
        self.empty_text = empty
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(self.ground))
        self._inks: dict[tuple[str, int], QColor] = {}
        self._describe_timer = QTimer(self, singleShot=True, interval=SPOKEN_AFTER)
        self._describe_timer.timeout.connect(self.describe)
        theme.changed.connect(self._forget_inks)

    def paint(self, painter: QPainter) -> None:
        """Draw the content; never called while `empty`."""

    def description(self) -> str:
        """The content in words and numbers, for those who hear it."""
        return self.empty_text

    @property
    def empty(self) -> bool:
        """True while there is nothing to paint."""
        return False

    def refresh(self) -> None:
        """Repaint soon, and describe a little later."""
        self.update()
        self.describe_soon()

    def describe_soon(self) -> None:
        """Describe a little later."""
        if not self._describe_timer.isActive():
            self._describe_timer.start()

    def describe(self) -> None:
        """Tell the accessibility layer what is shown now."""
        self.setAccessibleDescription(self.empty_text if self.empty else self.description())

    def colour(self, name: str, alpha: int = 255) -> QColor:
        """The theme's colour `name`, of opacity `alpha` out of 255."""
        made = self._inks.get((name, alpha))
        if made is None:
            made = self._inks[name, alpha] = self.theme.colour(name)
            made.setAlpha(alpha)
        return made

    def sized(self, pixels: int, bold: bool = False, mono: bool = False) -> QFont:
        """The widget's font at `pixels`; `mono` for columns of digits."""
        plain = self.font().family()
        font = QFont([MONO, plain] if mono else [plain])  # a sign that one lacks comes from the other
        font.setPixelSize(pixels)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint_all(painter)
        finally:
            painter.end()  # a painter left open would take the window along

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.describe()
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _paint_all(self, painter: QPainter) -> None:
        if self.ground:
            painter.fillRect(self.rect(), self.colour(self.ground))
        painter.setFont(self.sized(12))
        if self.empty:
            self._paint_empty(painter)
        else:
            self.paint(painter)
        if self.hasFocus():
            self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.colour("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _forget_inks(self) -> None:
        self._inks.clear()
        self.update()

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setFont(self.sized(13))
        painter.setPen(self.colour("muted"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(12, 4, -12, -4), flags, self.empty_text)


def text_width(painter: QPainter, text: str) -> float:
    """Width of `text` in the painter's font, in pixels."""
    return QFontMetricsF(painter.font()).horizontalAdvance(text)
