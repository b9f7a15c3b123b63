"""Readout: one line of words and numbers that changes often. Painted: a QLabel would lay out its page anew.

Run it alone: python -m studyapp.widgets.readout
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted


class Readout(Painted):
    """One muted line, cut with an ellipsis where there is too little room."""

    ground = "card"

    def __init__(
        self, theme: Theme, name: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight
    ) -> None:
        super().__init__(theme, name)
        self._text = ""
        self._align = align | Qt.AlignmentFlag.AlignVCenter
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str) -> None:
        """Say `text`."""
        if text != self._text:
            self._text = text
            self.refresh()

    def description(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(80, 20)

    def paint(self, painter: QPainter) -> None:
        painter.setFont(self.sized(12))
        painter.setPen(self.colour("muted"))
        cut = QFontMetrics(painter.font()).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self._align, cut)


def _show(theme: Theme) -> Readout:
    shown = Readout(theme, "Reading")
    shown.set_text("unit 3, t = 7: h = 0.42")
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
