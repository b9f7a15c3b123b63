"""Figures: a row of large numbers with small names, that may change thirty times a second.

Run it alone: python -m studyapp.widgets.figures
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted, text_width

HEIGHT = 42
SIZES = (17, 13, 12, 11, 10)  # pixels: a long value is written smaller, and never cut


class Figures(Painted):
    """Named values side by side, in cells of fixed widths so that nothing moves."""

    ground = "bg"

    def __init__(self, theme: Theme, name: str, cells: Mapping[str, int]) -> None:
        """`cells`: the names from left to right, and how wide each cell is in pixels."""
        super().__init__(theme, name)
        self._cells = dict(cells)
        self._values = dict.fromkeys(cells, "–")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self, name: str) -> str:
        """What is shown for `name`; KeyError if nothing is."""
        return self._values[name]

    def set_values(self, values: tuple[str, ...]) -> None:
        """Show `values`, in the order of the names."""
        self._values = dict(zip(self._cells, values, strict=True))
        self.refresh()

    def description(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self._values.items())

    def sizeHint(self) -> QSize:
        return QSize(sum(self._cells.values()), HEIGHT)

    def paint(self, painter: QPainter) -> None:
        left = 0
        for name, value in self._values.items():
            room = self._cells[name] - 10
            painter.setPen(self.colour("border"))
            painter.drawLine(left, 6, left, HEIGHT - 6)
            painter.setFont(self.sized(11))
            painter.setPen(self.colour("muted"))
            painter.drawText(QRectF(left + 10, 2, room, 16), Qt.AlignmentFlag.AlignLeft, name)
            for pixels in SIZES:
                painter.setFont(self.sized(pixels, bold=True))
                if text_width(painter, value) <= room - 4:
                    break
            painter.setPen(self.colour("text"))
            painter.drawText(QRectF(left + 10, 17, room, 24), Qt.AlignmentFlag.AlignLeft, value)
            left += room + 10


def _show(theme: Theme) -> Figures:
    shown = Figures(theme, "Run", {"step": 70, "loss": 80, "steps/s": 70})
    shown.set_values(("1,240", "1.632", "853"))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
