"""Figures: a row of large numbers with small names, that may change thirty times a second.

Run it alone: python -m studyapp.widgets.figures
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted, text_width

CELL = 90  # pixels
HEIGHT = 42


class Figures(Painted):
    """Named values side by side, in cells of one width so that nothing moves."""

    ground = "bg"

    def __init__(self, theme: Theme, name: str, names: tuple[str, ...]) -> None:
        super().__init__(theme, name)
        self._names = names
        self._values = dict.fromkeys(names, "–")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self, name: str) -> str:
        """What is shown for `name`; KeyError if nothing is."""
        return self._values[name]

    def set_values(self, values: tuple[str, ...]) -> None:
        """Show `values`, in the order of the names."""
        self._values = dict(zip(self._names, values, strict=True))
        self.refresh()

    def description(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self._values.items())

    def sizeHint(self) -> QSize:
        return QSize(CELL * len(self._names), HEIGHT)

    def paint(self, painter: QPainter) -> None:
        for number, (name, value) in enumerate(self._values.items()):
            left = number * CELL
            painter.setPen(self.colour("border"))
            painter.drawLine(left, 6, left, HEIGHT - 6)
            painter.setFont(self.sized(11))
            painter.setPen(self.colour("muted"))
            painter.drawText(QRectF(left + 10, 2, CELL - 10, 16), Qt.AlignmentFlag.AlignLeft, name)
            painter.setFont(self.sized(17, bold=True))
            if text_width(painter, value) > CELL - 12:
                painter.setFont(self.sized(13, bold=True))
            painter.setPen(self.colour("text"))
            painter.drawText(QRectF(left + 10, 17, CELL - 10, 24), Qt.AlignmentFlag.AlignLeft, value)


def _show(theme: Theme) -> Figures:
    shown = Figures(theme, "Run", ("step", "loss", "steps/s"))
    shown.set_values(("1,240", "1.632", "853"))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
