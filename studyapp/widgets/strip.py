"""TextStrip: what the network read, should have said and said, under the columns of the heat map.

Run it alone: python -m studyapp.widgets.strip
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from studyapp.theme import Theme
from studyapp.widgets.glyphs import SPACE, shown_label, spoken
from studyapp.widgets.lanes import Said
from studyapp.widgets.numbers import figure
from studyapp.widgets.painted import text_width
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView

LEGIBLE = 12.0  # pixels a letter needs; with narrower columns the letters spread around the cursor
WIDEST = 74.0  # pixels for a word; longer ones are cut
WORD, LETTER, BASELINE = 12, 13, 4.5  # pixels: sizes, and how far below the middle the letters stand
NOTHING = "·"  # the target where there is none
FAINT = 110  # opacity of what is not asked for
ROWS = ("input", "target", "guess")


class TextStrip(TimeView):
    """Three rows of letters or words. A right guess is marked green, a wrong one red and underlined.

    Where no output is asked for there is no target, and the guess is faint.
    A lane that says nothing has one row.

    Signals: see TimeView.
    """

    def __init__(self, theme: Theme, cursor: TimeCursor) -> None:
        super().__init__(theme, cursor, "Input, target and guess at each time step", "")
        self._said = Said(())
        self._certainty = np.empty(0)
        self._widths: dict[str, float] = {}
        self._legible = LEGIBLE
        self._letter = self._word = self.font()  # made for each picture: they are asked for often
        self.setFixedHeight(66)

    def set_said(self, said: Said) -> None:
        """Show the labels of a lane; the cursor must already fit them."""
        self._said = said
        self._certainty = np.clip(np.nan_to_num(said.certainty), 0, 1)
        self._legible = self._room()
        self.repoint()
        self.refresh()

    @property
    def empty(self) -> bool:
        return not self._said.inputs

    def words_at(self, t: int, _unit: int | None) -> str:
        said = self._said
        read = f"{self.step_name(t)}: reads {spoken(said.inputs[t])}"
        if not said.predictions:
            return read
        guess = f"{spoken(said.predictions[t])} with probability {figure(float(said.certainty[t]))}"
        if not self._counts(t):
            return f"{read}; nothing is asked for here (it would say {guess})"
        return f"{read}, should say {spoken(said.targets[t])}, says {guess}"

    def description(self) -> str:
        said = self._said
        pairs = zip(said.targets, said.predictions, strict=True)
        right = [a == b for t, (a, b) in enumerate(pairs) if self._counts(t)]
        score = f"{sum(right)} of {len(right)} guesses right. " if right else ""
        return f"{score}{self.words_at(self.place.t, None)}."

    def t_at(self, x: float) -> int:
        pitch, centre = self._pitch()
        return max(0, min(self.steps - 1, round((x - centre) / pitch) + self.place.t))

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        rows = ROWS if self._said.predictions else ROWS[:1]
        height = area.height() / len(ROWS)
        painter.setFont(self.sized(11))
        painter.setPen(self.colour("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, name in enumerate(rows):
            painter.drawText(QRectF(0, area.top() + row * height, area.left() - 6, height), right, name)
        painter.setClipRect(area.adjusted(-1, -4, 1, 4))
        self._letter, self._word = self.sized(LETTER, mono=True), self.sized(WORD)
        pitch, centre = self._pitch()
        cursor = self.place.t
        for t in range(len(self._said.inputs)):
            left = centre + (t - cursor) * pitch - pitch / 2
            if left + pitch >= area.left() and left <= area.right():
                self._paint_column(painter, QRectF(left, area.top(), pitch, height), t)
        frame = QRectF(centre - pitch / 2, area.top() - 2, pitch - 1, area.height() + 3)
        painter.setPen(self.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        painter.setClipping(False)

    def _paint_column(self, painter: QPainter, cell: QRectF, t: int) -> None:
        """The column of time step `t`, its first row in `cell`."""
        said = self._said
        self._paint_label(painter, cell, said.inputs[t], "muted" if said.predictions else "text", 255)
        if not said.predictions:
            return
        target, guess = said.targets[t], said.predictions[t]
        middle, last = cell.translated(0, cell.height()), cell.translated(0, 2 * cell.height())
        if not self._counts(t):
            self._paint_label(painter, middle, NOTHING, "muted", FAINT)
            self._paint_label(painter, last, guess, "muted", FAINT)
            return
        verdict = "good" if guess == target else "bad"
        ground = last.adjusted(0.5, 0, -0.5, 0)
        painter.fillRect(ground, self.colour(verdict, 12 + 7 * round(10 * float(self._certainty[t]))))
        self._paint_label(painter, middle, target, "text", 255)
        self._paint_label(painter, last, guess, verdict, 255)
        if guess != target:
            painter.drawLine(ground.bottomLeft(), ground.bottomRight())

    def _paint_label(self, painter: QPainter, cell: QRectF, label: str, ink: str, alpha: int) -> None:
        painter.setPen(self.colour(ink, alpha))
        x, y = cell.center().x(), cell.center().y()
        if label == SPACE:  # few fonts have it
            corners = ((-3, 2), (-3, 5), (3, 5), (3, 2))
            painter.drawPolyline([QPointF(round(x) + dx, round(y) + dy) for dx, dy in corners])
            return
        painter.setFont(self._letter if len(label) == 1 else self._word)
        words = shown_label(label)
        width = self._widths.get(words)
        if width is None:
            width = self._widths[words] = text_width(painter, words)
        if width <= cell.width():
            painter.drawText(QPointF(x - width / 2, y + BASELINE), words)
        else:
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(cell.width()))
            painter.drawText(QPointF(cell.left() + 1, y + BASELINE), cut)

    def _counts(self, t: int) -> bool:
        return self._said.asked is None or bool(self._said.asked[t])

    def _room(self) -> float:
        """How wide the columns must be for the longest label."""
        said = self._said
        longest = max(
            (shown_label(x) for row in (said.inputs, said.targets, said.predictions) for x in row),
            key=len,
            default="",
        )
        if len(longest) <= 1:
            return LEGIBLE
        width = QFontMetricsF(self.sized(WORD)).horizontalAdvance(longest) + 8
        return max(self._legible if self._legible > LEGIBLE else 0.0, min(WIDEST, width))  # steady

    def _pitch(self) -> tuple[float, float]:
        """(pixels between letters, middle of the cursor's letter)."""
        column = self.column(self.place.t)
        return max(self._legible, column.width()), column.center().x()


def _show(theme: Theme) -> TextStrip:
    cursor = TimeCursor()
    text = "the␣quick␣brown␣fox↵jumps␣over"
    cursor.fit(len(text) - 1, 16)
    shown = TextStrip(theme, cursor)
    guess = text[1:].replace("o", "e")
    certainty = np.linspace(0.1, 0.95, len(text) - 1)
    shown.set_said(Said(tuple(text[:-1]), tuple(text[1:]), tuple(guess), certainty))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
