"""TextStrip: what the network read, should have said and said, under the columns of the heat map.

Run it alone: python -m studyapp.widgets.strip
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from studyapp.theme import Theme
from studyapp.widgets.glyphs import SPACE, spoken
from studyapp.widgets.numbers import figure
from studyapp.widgets.painted import text_width
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView

LEGIBLE = 12.0  # pixels a letter needs; with narrower columns the letters spread around the cursor
LETTER, BASELINE = 13, 4.5  # pixels: size, and how far below the middle the letters stand
ROWS = ("input", "target", "guess")


class TextStrip(TimeView):
    """Three rows of letters. A right guess is marked green, a wrong one red and underlined.

    Signals: see TimeView.
    """

    def __init__(self, theme: Theme, cursor: TimeCursor) -> None:
        super().__init__(theme, cursor, "Input, target and guess at each time step", "")
        self._rows: tuple[tuple[str, ...], ...] = ((), (), ())
        self._certainty: NDArray[np.float64] = np.empty(0)
        self._widths: dict[str, float] = {}
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
        painter.setPen(self.colour("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, name in enumerate(ROWS):
            painter.drawText(QRectF(0, area.top() + row * height, area.left() - 6, height), right, name)
        painter.setClipRect(area.adjusted(-1, -4, 1, 4))
        painter.setFont(self.sized(LETTER, mono=True))
        pitch, centre = self._pitch()
        cursor = self.place.t
        for t in range(self.steps):
            left = centre + (t - cursor) * pitch - pitch / 2
            if left + pitch >= area.left() and left <= area.right():
                self._paint_letters(painter, QRectF(left, area.top(), pitch, height), t)
        frame = QRectF(centre - pitch / 2, area.top() - 2, pitch - 1, area.height() + 3)
        painter.setPen(self.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        painter.setClipping(False)

    def _paint_letters(self, painter: QPainter, cell: QRectF, t: int) -> None:
        """The column of time step `t`, its first row in `cell`."""
        read, target, guess = (row[t] for row in self._rows)
        verdict = "good" if guess == target else "bad"
        height = cell.height()
        ground = QRectF(cell.left() + 0.5, cell.top() + 2 * height, cell.width() - 1, height)
        painter.fillRect(ground, self.colour(verdict, 12 + 7 * round(10 * float(self._certainty[t]))))
        x, y = cell.center().x(), cell.center().y()
        for row, (letter, ink) in enumerate(((read, "muted"), (target, "text"), (guess, verdict))):
            painter.setPen(self.colour(ink))
            self._paint_letter(painter, x, y + row * height, letter)
        if guess != target:
            painter.drawLine(ground.bottomLeft(), ground.bottomRight())

    def _paint_letter(self, painter: QPainter, x: float, y: float, letter: str) -> None:
        """`letter` around (x, y)."""
        if letter == SPACE:  # few fonts have it
            corners = ((-3, 2), (-3, 5), (3, 5), (3, 2))
            painter.drawPolyline([QPointF(round(x) + dx, round(y) + dy) for dx, dy in corners])
        elif len(letter) == 1:
            width = self._widths.get(letter)
            if width is None:
                width = self._widths[letter] = text_width(painter, letter)
            painter.drawText(QPointF(x - width / 2, y + BASELINE), letter)
        else:  # a control code, spelt out
            painter.setFont(self.sized(9))
            painter.drawText(QRectF(x - 12, y - 8, 24, 16), Qt.AlignmentFlag.AlignCenter, letter)
            painter.setFont(self.sized(LETTER, mono=True))

    def _pitch(self) -> tuple[float, float]:
        """(pixels between letters, middle of the cursor's letter)."""
        column = self.column(self.place.t)
        return max(LEGIBLE, column.width()), column.center().x()


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
