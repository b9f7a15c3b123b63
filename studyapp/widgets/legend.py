"""Legend: the colours from minus the scale to the scale, which is 1 unless a value leaves it.

Run it alone: python -m studyapp.widgets.legend
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy

from studyapp.theme import Theme
from studyapp.widgets.numbers import MINUS, tick_label
from studyapp.widgets.painted import Painted, text_width


class Legend(Painted):
    """A strip of colour between its two ends."""

    ground = "card"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Colours of the values")
        self._scale = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_scale(self, scale: float) -> None:
        """The strongest colours stand for -scale and scale."""
        if scale != self._scale:
            self._scale = scale
            self.updateGeometry()
            self.refresh()

    def description(self) -> str:
        high = tick_label(self._scale)
        return (
            f"From {MINUS}{high} to {high}. Negative values are orange, "
            "positive ones blue, values near zero have the colour of the card. Red is not a number."
        )

    def sizeHint(self) -> QSize:
        return QSize(104 if self._scale == 1 else 150, 18)

    def paint(self, painter: QPainter) -> None:
        colours = self.theme.colours
        painter.setFont(self.sized(11))
        high = tick_label(self._scale)
        room = text_width(painter, high)
        strip = QRectF(room + 16, 5, self.width() - 2 * room - 22, 8)
        ramp = QLinearGradient(strip.topLeft(), strip.topRight())
        for share, colour in ((0.0, colours.negative), (0.5, colours.neutral), (1.0, colours.positive)):
            ramp.setColorAt(share, QColor(colour))
        painter.fillRect(strip, ramp)
        painter.setPen(self.colour("muted"))
        centred = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | centred, MINUS + high)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | centred, high)


def _show(theme: Theme) -> Legend:
    return Legend(theme)


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
