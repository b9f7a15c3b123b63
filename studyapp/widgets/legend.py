"""Legend: the colours from -1 to 1.

Run it alone: python -m studyapp.widgets.legend
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy

from studyapp.theme import Theme
from studyapp.widgets.numbers import MINUS
from studyapp.widgets.painted import Painted


class Legend(Painted):
    """A strip of colour between its two ends."""

    ground = "card"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Colours from −1 to 1")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def description(self) -> str:
        return "Negative values are orange, positive ones blue, values near zero have the colour of the card."

    def sizeHint(self) -> QSize:
        return QSize(104, 18)

    def paint(self, painter: QPainter) -> None:
        colours = self.theme.colours
        strip = QRectF(22, 5, self.width() - 36, 8)
        ramp = QLinearGradient(strip.topLeft(), strip.topRight())
        for share, colour in ((0.0, colours.negative), (0.5, colours.neutral), (1.0, colours.positive)):
            ramp.setColorAt(share, QColor(colour))
        painter.fillRect(strip, ramp)
        painter.setFont(self.sized(11))
        painter.setPen(self.colour("muted"))
        centred = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | centred, f"{MINUS}1")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | centred, "1")


def _show(theme: Theme) -> Legend:
    return Legend(theme)


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
