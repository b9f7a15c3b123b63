"""Readout: one line of words and numbers that changes often. Painted: a QLabel would lay out its page anew.

Run it alone: python -m studyapp.widgets.readout
"""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted


class Readout(Painted):
    """One muted line. Where there is too little room, what comes first gives way: the value is last.

    A line that stands at the left is cut at its end instead.
    """

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
        painter.drawText(self.rect(), self._align, self.fitted(QFontMetrics(painter.font())))

    def fitted(self, metrics: QFontMetrics) -> str:
        """As much of the text as there is room for."""
        room = self.width()
        if self._align & Qt.AlignmentFlag.AlignLeft:
            return metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        versions = shorter(self._text)
        fits = next((v for v in versions if metrics.horizontalAdvance(v) <= room), versions[-1])
        return metrics.elidedText(fits, Qt.TextElideMode.ElideLeft, room)


def shorter(text: str) -> list[str]:
    """`text` in fewer and fewer words: without "unit" and spaces, then without its first clauses.

    "unit 9, t = 12: h = 0.5" -> "u9, t=12: h=0.5" -> "t=12: h=0.5" -> "h=0.5" -> "0.5".
    """
    tight = text.replace("unit ", "u").replace(" = ", "=")
    starts = [match.end() for match in re.finditer(r": |, |=(?=[^=,:]*$)", tight)]
    return [text, tight, *(tight[start:] for start in starts)]


def _show(theme: Theme) -> Readout:
    shown = Readout(theme, "Reading")
    shown.set_text("unit 3, t = 7: h = 0.42")
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
