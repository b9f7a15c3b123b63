"""LossCurve: loss against training step, for runs of any length.

Run it alone: python -m studyapp.widgets.curve
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from studyapp.losses import Envelope, LossHistory, Reading
from studyapp.theme import Theme
from studyapp.widgets.numbers import figure, nice_ceiling, one_two_five, tick_label, ticks
from studyapp.widgets.painted import Painted, text_width

LEFT, RIGHT, TOP, BOTTOM = 44, 8, 8, 20
LEAST_STEPS = 50
MOST_MARKS = 6
COLUMN = 2  # pixels to a group of steps


@dataclass(frozen=True, slots=True)
class Scale:
    """From a loss to its share of the height, and the marks to draw."""

    low: float
    high: float
    log: bool
    marks: tuple[float, ...]

    def shares(self, losses: NDArray[np.float64]) -> NDArray[np.float64]:
        """0 at the bottom, 1 at the top; what lies outside is cut off."""
        if self.log:
            inside = np.clip(losses, self.low, self.high)
            return (np.log(inside) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return np.clip((losses - self.low) / (self.high - self.low), 0, 1)


class LossCurve(Painted):
    """The mean of each pixel's steps as a line, over the band between their extremes.

    Left and Right read the curve step by step of the picture, Home and End at its ends.

    Signals:
        pointed(str): the loss under the mouse or the reading mark, in words; empty when there is none.
    """

    pointed = Signal(str)
    ground = "card"

    def __init__(self, theme: Theme) -> None:
        empty = "The loss of every training step is drawn here. Press Train (Space) to begin."
        super().__init__(theme, "Loss curve", empty)
        self._history = LossHistory()
        self._log = False
        self._baseline: tuple[float, str] | None = None
        self._broken: int | None = None
        self._marks: tuple[tuple[int, str], ...] = ()
        self._read_at: int | None = None  # step
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(96)

    @property
    def empty(self) -> bool:
        return not self._history.steps

    @property
    def log(self) -> bool:
        """True while the scale is logarithmic."""
        return self._log

    def set_log(self, log: bool) -> None:
        """Choose the scale."""
        self._log = log
        self.refresh()

    def set_history(self, history: LossHistory) -> None:
        """Draw `history` as it is now; call again when it has grown."""
        self._history = history
        self._say_reading()
        self.refresh()

    def set_baseline(self, loss: float | None, label: str = "") -> None:
        """A dashed line at `loss`, e.g. what guessing would give; None for none."""
        self._baseline = None if loss is None else (loss, label)
        self.refresh()

    def set_marks(self, marks: tuple[tuple[int, str], ...]) -> None:
        """Small flags at steps, e.g. (120, "learning rate 0.003")."""
        self._marks = marks
        self.refresh()

    def set_broken(self, step: int | None) -> None:
        """Where the run diverged; None when it did not."""
        self._broken = step
        self.refresh()

    def description(self) -> str:
        history = self._history
        first = self._reading(1)
        began = f"began at {figure(first.mean)}, " if first else ""
        level = f" {self._baseline[1]}: {figure(self._baseline[0])}." if self._baseline else ""
        return f"{history.steps:,} steps; the loss {began}is now {figure(history.last)}.{level}"

    # --- painting --------------------------------------------------------------------------

    def area(self) -> QRectF:
        """Where the curve is."""
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        envelope = self._history.envelope(max(16, int(area.width() / COLUMN)))
        if not len(envelope.step):
            return
        scale = self._scale(envelope)
        self._paint_axes(painter, area, scale)
        self._paint_baseline(painter, area, scale)
        self._paint_curve(painter, area, scale, envelope)
        for step, label in self._marks:
            self._paint_flag(painter, area, step, label, "muted")
        if self._broken is not None:
            self._paint_flag(painter, area, self._broken, "diverged", "bad")
        self._paint_reading(painter, area, scale)

    def _paint_axes(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        painter.setFont(self.sized(11))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for mark, share in zip(scale.marks, scale.shares(np.array(scale.marks)), strict=True):
            y = round(area.bottom() - float(share) * area.height())
            painter.setPen(self.colour("border"))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(self.colour("muted"))
            painter.drawText(QRectF(0, y - 8, LEFT - 8, 16), right, tick_label(mark))
        below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        for step in ticks(self._span(), max(2, int(area.width() / 90))):
            x = min(self._x(area, step), area.right() - 12)
            painter.drawText(QRectF(x - 40, area.bottom() + 4, 80, 16), below, tick_label(step))

    def _paint_baseline(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        if self._baseline is None:
            return
        loss, label = self._baseline
        if not scale.low <= loss <= scale.high:
            return
        y = round(area.bottom() - float(scale.shares(np.array([loss]))[0]) * area.height())
        painter.setPen(QPen(self.colour("warn"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        width = text_width(painter, label) + 8
        top = y + 2 if y < area.top() + 18 else y - 17
        ground = QRectF(area.right() - width, top, width, 15)
        painter.fillRect(ground, self.colour("card", 210))
        painter.setPen(self.colour("warn"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, label)

    def _paint_curve(self, painter: QPainter, area: QRectF, scale: Scale, envelope: Envelope) -> None:
        xs = area.left() + envelope.step / self._span() * area.width()
        low, high, mean = (
            area.bottom() - scale.shares(v) * area.height()
            for v in (envelope.low, envelope.high, envelope.mean)
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if len(xs) < self._history.steps:  # else the band is the line
            painter.setPen(QPen(self.colour("accent", 70), COLUMN))
            painter.drawLines(list(map(QLineF, xs.tolist(), high.tolist(), xs.tolist(), low.tolist())))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour("accent"), 1))
        painter.drawPolyline(_polygon(xs, mean))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour("accent"))
        painter.drawEllipse(QPointF(float(xs[-1]), float(mean[-1])), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_flag(self, painter: QPainter, area: QRectF, step: int, label: str, colour: str) -> None:
        x = round(self._x(area, step))
        painter.setPen(QPen(self.colour(colour), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(self.colour(colour))
        width = text_width(painter, label)
        left = x + 4 if x + 4 + width < area.right() else x - 4 - width
        painter.drawText(QPointF(left, area.bottom() - 6), label)

    def _paint_reading(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        reading = self._reading(self._read_at) if self._read_at is not None else None
        if reading is None:
            return
        x = self._x(area, (reading.first + reading.last) / 2)
        y = area.bottom() - float(scale.shares(np.array([reading.mean]))[0]) * area.height()
        painter.setPen(self.colour("muted"))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setBrush(self.colour("text"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x, y), 3.5, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # --- scales ----------------------------------------------------------------------------

    def _span(self) -> float:
        """Steps that the width stands for; grows in leaps, so that the curve does not swim."""
        return nice_ceiling(max(LEAST_STEPS, self._history.steps))

    def _x(self, area: QRectF, step: float) -> float:
        return area.left() + step / self._span() * area.width()

    def _scale(self, envelope: Envelope) -> Scale:
        highest, lowest = float(envelope.high.max()), float(envelope.low.min())
        if self._baseline:
            highest = max(highest, self._baseline[0])
        if self._log and lowest > 0:
            low, high = one_two_five(lowest, up=False), one_two_five(highest, up=True)
            high = high if high > low else 2 * low
            return Scale(low, high, True, _log_marks(low, high))
        top = nice_ceiling(highest)
        return Scale(0.0, top, False, tuple(ticks(top, 4)))

    # --- reading ---------------------------------------------------------------------------

    def _reading(self, step: int) -> Reading | None:
        return self._history.at(step)

    def _read(self, step: float | None) -> None:
        self._read_at = None if step is None else max(1, min(round(step), self._history.steps))
        self._say_reading()
        self.update()

    def _say_reading(self) -> None:
        reading = None if self._read_at is None else self._reading(self._read_at)
        if reading is None:
            self.pointed.emit("")
        elif reading.first == reading.last:
            self.pointed.emit(f"step {reading.first:,}: loss {figure(reading.mean, 4)}")
        else:
            self.pointed.emit(
                f"steps {reading.first:,} to {reading.last:,}: mean loss {figure(reading.mean, 4)}, "
                f"from {figure(reading.low)} to {figure(reading.high)}"
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.empty:
            area = self.area()
            self._read((event.position().x() - area.left()) / area.width() * self._span())

    def leaveEvent(self, event: QEvent) -> None:
        self._read(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = self._history.steps
        leap = max(1, steps // 50)
        now = self._read_at or steps
        places = {
            Qt.Key.Key_Left: now - leap,
            Qt.Key.Key_Right: now + leap,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: steps,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None or self.empty:
            super().keyPressEvent(event)
        else:
            self._read(place)


def _polygon(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF(list(map(QPointF, xs.tolist(), ys.tolist())))


def _log_marks(low: float, high: float) -> tuple[float, ...]:
    """About MOST_MARKS of 1, 2, 5 times powers of ten; of many decades only powers."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    if last - first >= 2:
        every = -(-(last - first + 1) // MOST_MARKS)
        return tuple(10.0**exponent for exponent in range(first, last + 1, every))
    marks = [low]
    while marks[-1] < high * (1 - 1e-9):
        marks.append(one_two_five(marks[-1] * 1.5, up=True))
    return tuple(marks)


def _show(theme: Theme) -> LossCurve:
    shown = LossCurve(theme)
    history = LossHistory()
    rng = np.random.default_rng(1)
    history.extend(3.3 * np.exp(-np.arange(1500) / 400) + 0.4 + 0.1 * rng.standard_normal(1500))
    shown.set_history(history)
    shown.set_baseline(math.log(27), "uniform guessing ln 27 = 3.30")
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
