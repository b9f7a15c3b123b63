"""TextStrip: what the network read, should have said and said, under the columns of the heat map.

Run it alone: python -m studyapp.widgets.strip
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from studyapp.theme import Theme
from studyapp.widgets.glyphs import SPACE, spoken
from studyapp.widgets.numbers import figure
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView

LEGIBLE = 12.0  # pixels a letter needs; with narrower columns the letters spread around the cursor
ROWS = ("input", "target", "guess")


class TextStrip(TimeView):
    """Three rows of letters. A right guess is marked green, a wrong one red and underlined.

    Signals: see TimeView.
    """

    def __init__(self, theme: Theme, cursor: TimeCursor) -> None:
        super().__init__(theme, cursor, "Input, target and guess at each time step", "")
        self._rows: tuple[tuple[str, ...], ...] = ((), (), ())
        self._certainty: NDArray[np.float64] = np.empty(0)
        self.setFixedHeight(66)

    def set_text(
        self,
        inputs: Sequence[str],
        targets: Sequence[str],
        predictions: Sequence[str],
        certainty: NDArray[np.float64],
    ) -> None:
        """Show three rows of T labels; `certainty` [T] is the probability of each prediction."""
        self._rows = (tuple(inputs), tuple(targets), tuple(predictions))
        self._certainty = certainty
        self.repoint()
        self.refresh()

    @property
    def empty(self) -> bool:
        return not self._rows[0]

    def words_at(self, t: int, _unit: int | None) -> str:
        read, target, guess = (spoken(row[t]) for row in self._rows)
        return (
            f"{self.step_name(t)}: reads {read}, should say {target}, "
            f"says {guess} with probability {figure(float(self._certainty[t]))}"
        )

    def description(self) -> str:
        right = sum(a == b for a, b in zip(self._rows[1], self._rows[2], strict=True))
        return f"{right} of {self.steps} guesses right. {self.words_at(self.place.t, None)}."

    def t_at(self, x: float) -> int:
        pitch, centre = self._pitch()
        return max(0, min(self.steps - 1, round((x - centre) / pitch) + self.place.t))

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        height = area.height() / len(ROWS)
        painter.setFont(self.sized(11))
        painter.setPen(self.theme.colour("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, name in enumerate(ROWS):
            painter.drawText(QRectF(0, area.top() + row * height, area.left() - 6, height), right, name)
        painter.setClipRect(area.adjusted(-1, -4, 1, 4))
        painter.setFont(self.sized(13, mono=True))
        pitch, centre = self._pitch()
        cursor = self.place.t
        for t in range(self.steps):
            left = centre + (t - cursor) * pitch - pitch / 2
            if left + pitch >= area.left() and left <= area.right():
                self._paint_letters(painter, QRectF(left, area.top(), pitch, height), t)
        frame = QRectF(centre - pitch / 2, area.top() - 2, pitch - 1, area.height() + 3)
        painter.setPen(self.theme.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        painter.setClipping(False)

    def _paint_letters(self, painter: QPainter, cell: QRectF, t: int) -> None:
        """The column of time step `t`, its first row in `cell`."""
        read, target, guess = (row[t] for row in self._rows)
        colours = ("muted", "text", "good" if guess == target else "bad")
        share = float(self._certainty[t])
        ground = cell.translated(0, 2 * cell.height()).adjusted(0.5, 0, -0.5, 0)
        painter.fillRect(ground, self.colour(colours[2], round(12 + 70 * share)))
        for row, letter in enumerate((read, target, guess)):
            painter.setPen(self.theme.colour(colours[row]))
            _paint_letter(painter, cell.translated(0, row * cell.height()), letter)
        if guess != target:
            painter.drawLine(ground.bottomLeft(), ground.bottomRight())

    def _pitch(self) -> tuple[float, float]:
        """(pixels between letters, middle of the cursor's letter)."""
        column = self.column(self.place.t)
        return max(LEGIBLE, column.width()), column.center().x()


def _paint_letter(painter: QPainter, cell: QRectF, letter: str) -> None:
    if letter == SPACE:  # few fonts have it
        x, y = round(cell.center().x()), round(cell.center().y())
        corners = ((-3, 2), (-3, 5), (3, 5), (3, 2))
        painter.drawPolyline([QPoint(x + dx, y + dy) for dx, dy in corners])
        return
    font = painter.font()
    if len(letter) > 1:  # a control code, spelt out
        painter.setFont(QFont(font.families(), 7))
    painter.drawText(cell.adjusted(-4, 0, 4, 0), Qt.AlignmentFlag.AlignCenter, letter)
    painter.setFont(font)


def _show(theme: Theme) -> TextStrip:
    cursor = TimeCursor()
    text = "the␣quick␣brown␣fox↵jumps␣over"
    cursor.fit(len(text) - 1, 16)
    shown = TextStrip(theme, cursor)
    guess = text[1:].replace("o", "e")
    shown.set_text(text[:-1], text[1:], guess, np.linspace(0.1, 0.95, len(text) - 1))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
