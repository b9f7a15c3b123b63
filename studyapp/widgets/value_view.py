"""ValueView: a number, a vector or a small matrix as it stands at one time. Painted, so many cost little.

A column is written as a row with a T, which is how it fits beside a formula.
Run it alone: python -m studyapp.widgets.value_view
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from engine.symbolic.report import Value
from studyapp.theme import Theme
from studyapp.widgets.numbers import MINUS, figure, power

_PX, _SMALL = 12, 11  # of numbers, of words
_GAP, _PAD, _ROW = 10, 6, 17  # px between columns, inside the brackets, of a row
_NARROWEST = 80  # px; where there is less room than it takes, it is painted smaller
_MORE = "⋯"


class ValueView(QWidget):
    """One of several values: that at the time that is looked at, or the nearest. No signals.

    Attributes:
        value: what is shown. cells: its numbers as text, row by row, as they are laid out.
        factor: what all of them are to be multiplied by, e.g. "10⁻⁴"; may be empty.
    """

    def __init__(self, theme: Theme, values: Sequence[Value], most: int = 6) -> None:
        """At `most` that many columns are shown. Raises ValueError without values."""
        super().__init__()
        if not values:
            raise ValueError("there is no value to show")
        self._theme, self._values, self._most = theme, tuple(values), most
        self._font, self._words = QFont("JetBrains Mono"), QFont("Inter")
        self._font.setPixelSize(_PX)
        self._words.setPixelSize(_SMALL)
        self._metrics, self._word_metrics = QFontMetricsF(self._font), QFontMetricsF(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._show(self._values[0])

    def set_time(self, t: int) -> None:
        """Show the value at time `t`, or at the nearest one that there is."""
        self._show(min(self._values, key=lambda value: abs(time_of(value, t) - t)))

    @property
    def words(self) -> str:
        """What stands before the numbers: the time, and the factor."""
        return "   ".join(filter(None, (self.value.at, self._times)))

    @property
    def _times(self) -> str:
        return f"{self.factor} ×" if self.factor else ""

    def copy(self) -> None:
        """Put the numbers on the clipboard, a row of the matrix in each line, with tabs between."""
        rows = ("\t".join(f"{number!r}" for number in row) for row in self.value.rows)
        QGuiApplication.clipboard().setText("\n".join(rows))

    # --- Qt ---

    def sizeHint(self) -> QSize:
        before = self._before
        inside = sum(self._widths()) + _GAP * (len(self._widths()) - 1) + 2 * _PAD + 2
        after = self._metrics.horizontalAdvance(self._after)
        return QSize(
            math.ceil(before + (8 if before else 0) + inside + after) + 4, _ROW * len(self.cells) + 4
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_NARROWEST, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shrunk = min(1.0, self.width() / self.sizeHint().width())
        painter.translate(0, self.height() * (1 - shrunk) / 2)
        painter.scale(shrunk, shrunk)
        height = _ROW * len(self.cells)
        self._paint_words(painter, height)
        before = self._before
        left = before + (8 if before else 0)
        right = self._paint_numbers(painter, left + 1 + _PAD) + _PAD
        if self._is_bracketed:
            self._paint_brackets(painter, left + 1, right, height)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(QPointF(right + 3, 2 + self._metrics.ascent()), self._after)

    def _paint_words(self, painter: QPainter, height: float) -> None:
        """The time in small print; the factor is one of the numbers, and looks like them."""
        painter.setFont(self._words)
        painter.setPen(self._theme.colour("muted"))
        upright = Qt.AlignmentFlag.AlignVCenter
        wide = self._word_metrics.horizontalAdvance(self.value.at)
        painter.drawText(QRectF(0, 2, wide + 2, height), upright, self.value.at)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("text"))
        left = wide + (_GAP if wide else 0)
        painter.drawText(QRectF(left, 2, self._before - left + 2, height), upright, self._times)

    @property
    def _before(self) -> float:
        """Of time and factor, px."""
        time, factor = self._word_metrics.horizontalAdvance(self.value.at), self._times
        return time + (self._metrics.horizontalAdvance(factor) + (_GAP if time else 0) if factor else 0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction("Copy these numbers").triggered.connect(self.copy)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # --- inside ---

    def _show(self, value: Value) -> None:
        self.value = value
        rows, columns = value.shape
        self._turned = columns == 1 and rows > 1
        self.factor, self.cells = _texts(value, self._turned, self._most)
        self._is_bracketed = rows > 1 or columns > 1
        self._after = "ᵀ" if self._turned else ""
        self._cut = _cut(value, self._most)
        spoken = "; ".join(", ".join(row) for row in self.cells)
        self.setAccessibleName(f"{self.words} {spoken}".strip())
        size = self._cut or f"{rows} × {columns}"
        whole = f"{size}; length of the whole {figure(value.norm)}" if self._is_bracketed else ""
        times = f" All of it times {self.factor}." if self.factor else ""
        self.setToolTip(f"The left side at the shown numbers. {whole}{times}".strip())
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[float]:
        return [
            max(self._metrics.horizontalAdvance(text) for text in column)
            for column in zip(*self.cells, strict=True)
        ]

    def _paint_numbers(self, painter: QPainter, x: float) -> float:
        """Right-aligned columns from `x` on; where the last one ends."""
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("text"))
        for number, width in enumerate(self._widths()):
            x += _GAP if number else 0
            for row, texts in enumerate(self.cells):
                place = QRectF(x, 2 + _ROW * row, width, _ROW)
                painter.drawText(
                    place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, texts[number]
                )
            x += width
        return x

    def _paint_brackets(self, painter: QPainter, left: float, right: float, height: float) -> None:
        painter.setPen(QPen(self._theme.colour("muted"), 1.2))
        for x, inwards in ((left, 3.0), (right, -3.0)):
            top, bottom = QPointF(x, 2), QPointF(x, height + 2)
            hook = QPointF(inwards, 0)
            corners = (top + hook, top, bottom, bottom + hook)
            painter.drawPolyline(corners)


def _cut(value: Value, most: int) -> str:
    """E.g. "3 × 9, first 6 columns" where not all of it is shown; else empty."""
    rows, columns = value.shape
    high, wide = len(value.rows), len(value.rows[0]) if value.rows else 0
    high, wide = (min(high, most), wide) if columns == 1 else (high, min(wide, most))
    parts = [f"first {high} rows"] if high < rows else []
    parts += [f"first {wide} columns"] if wide < columns else []
    return ", ".join([f"{rows} × {columns}", *parts]) if parts else ""


def time_of(value: Value, otherwise: int) -> int:
    """The number in "t = 3"; `otherwise` where there is none."""
    digits = value.at.rpartition("=")[2].strip()
    return int(digits) if digits.isdecimal() else otherwise


def _texts(value: Value, turned: bool, most: int) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The factor before the matrix, and the numbers, all with the same decimals."""
    if value.shape == (1, 1):
        return "", ((f"= {figure(value.rows[0][0], 4)}",),)
    numbers = [number for row in value.rows for number in row]
    exponent = _exponent(numbers)
    scaled = [[number / 10.0**exponent for number in row] for row in value.rows]
    largest = max((abs(number) for row in scaled for number in row if math.isfinite(number)), default=0.0)
    decimals = 3 if largest < 10 else 1
    texts = [[_text(number, decimals) for number in row] for row in scaled]
    rows, columns = value.shape
    if turned:
        texts, rows, columns = [list(column) for column in zip(*texts, strict=True)], columns, rows
    texts = [row[:most] + [_MORE] * (columns > min(most, len(row))) for row in texts]
    if rows > len(texts):
        texts.append([_MORE] * len(texts[0]))
    return (f"10{power(exponent)}" if exponent else ""), tuple(map(tuple, texts))


def _exponent(numbers: Sequence[float]) -> int:
    """Of the power of ten to take out, so that the largest number has a digit before the point; 0: none."""
    largest = max((abs(number) for number in numbers if math.isfinite(number)), default=0.0)
    return 0 if not largest or 0.1 <= largest < 1000 else math.floor(math.log10(largest))


def _text(number: float, decimals: int) -> str:
    if not math.isfinite(number):
        return figure(number)
    text = f"{number:.{decimals}f}"
    return text.removeprefix("-") if not float(text) else text.replace("-", MINUS)


def _show(theme: Theme) -> ValueView:
    return ValueView(theme, (Value("t = 3", (3, 2), ((1.5, -0.25), (0.5, 2.0), (-3.0, 0.125)), 4.0),))


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
