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

LEGIBLE = 6.5  # pixels a letter needs; with narrower columns the letters spread around the cursor
WORDS, LETTERS = (12, 11, 10), (13, 12, 11, 10)  # pixels: the largest size is taken that has room
BASELINE = 4.5  # pixels: how far below the middle the letters stand
NOTHING = "·"  # the target where there is none
FAINT = 110  # opacity of what is not asked for
ROWS = ("input", "target", "guess")


class TextStrip(TimeView):
    """Three rows of letters or words. A right guess is marked green, a wrong one red and underlined.

    Words stand under the columns of the heat map too: they are cut there, but whole at the cursor.
    Where no output is asked for there is no target, and the guess is faint.
    A lane that says nothing has one row.

    Signals: see TimeView.
    """

    def __init__(self, theme: Theme, cursor: TimeCursor) -> None:
        super().__init__(theme, cursor, "Input, target and guess at each time step", "")
        self._said = Said(())
        self._certainty = np.empty(0)
        self._widths: dict[str, float] = {}
        self._longest = ""
        self._letter = self._word = self.font()  # made for each picture: they are asked for often
        self.setFixedHeight(66)

    def set_said(self, said: Said) -> None:
        """Show the labels of a lane; the cursor must already fit them."""
        self._said = said
        self._certainty = np.clip(np.nan_to_num(said.certainty), 0, 1)
        rows = (said.inputs, said.targets, said.predictions)
        self._longest = max((shown_label(x) for row in rows for x in row), key=len, default="")
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
        pitch, centre = self._pitch()
        self._choose_fonts(pitch)
        cursor = self.place.t
        first = QRectF(centre - pitch / 2, area.top(), pitch, height)
        column = self._whole_column(first)
        for t in range(len(self._said.inputs)):
            cell = first.translated((t - cursor) * pitch, 0)
            if cell.right() >= area.left() and cell.left() <= area.right() and not _covers(column, cell):
                self._paint_column(painter, cell, t)
        self._paint_column(painter, column, cursor)
        frame = QRectF(column.left(), area.top() - 2, column.width() - 1, area.height() + 3)
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
        words = shown_label(label)
        painter.setFont(self._letter if len(words) == 1 else self._word)
        width = self._widths.get(words)
        if width is None:
            width = self._widths[words] = text_width(painter, words)
        if width <= cell.width():
            painter.drawText(QPointF(x - width / 2, y + BASELINE), words)
        else:
            painter.drawText(QPointF(cell.left() + 1, y + BASELINE), self._cut(words, cell.width() - 2))

    def _cut(self, words: str, room: float) -> str:
        """As many letters of `words` as have room; no dots, which would take that of letters."""
        metrics = QFontMetricsF(self._word)
        fits = (n for n in range(len(words), 0, -1) if metrics.horizontalAdvance(words[:n]) <= room)
        return words[: next(fits, 0)]

    def _counts(self, t: int) -> bool:
        return self._said.asked is None or bool(self._said.asked[t])

    def _choose_fonts(self, pitch: float) -> None:
        """The largest sizes whose letters and words have room in columns of `pitch` pixels."""
        letters, words = [self.sized(n, mono=True) for n in LETTERS], [self.sized(n) for n in WORDS]
        letter = next((f for f in letters if QFontMetricsF(f).horizontalAdvance("m") <= pitch), letters[-1])
        word = next(
            (f for f in words if QFontMetricsF(f).horizontalAdvance(self._longest) <= pitch), words[-1]
        )
        if (letter, word) != (self._letter, self._word):
            self._letter, self._word = letter, word
            self._widths.clear()

    def _whole_column(self, cell: QRectF) -> QRectF:
        """The cursor's `cell`, as wide as its longest word needs, within the area."""
        said, t, area = self._said, self.place.t, self.area()
        rows = (said.inputs, said.targets, said.predictions)
        words = [shown_label(row[t]) for row in rows if row]
        needed = max(QFontMetricsF(self._word).horizontalAdvance(w) + 6 if len(w) > 1 else 0 for w in words)
        if needed <= cell.width():
            return cell
        left = max(area.left(), min(cell.center().x() - needed / 2, area.right() - needed))
        return QRectF(left, cell.top(), needed, cell.height())

    def _pitch(self) -> tuple[float, float]:
        """(pixels between letters, middle of the cursor's letter)."""
        column = self.column(self.place.t)
        return max(LEGIBLE, column.width()), column.center().x()


def _covers(column: QRectF, cell: QRectF) -> bool:
    """Whether `column` takes a letter of `cell` away, half a pixel being none."""
    return column.left() < cell.right() - 0.5 and column.right() > cell.left() + 0.5


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
