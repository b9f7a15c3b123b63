"""LossCurve: loss against training step, for runs of any length.

Run it alone: python -m studyapp.widgets.curve
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsPolygonItem, QMenu

from studyapp.losses import Envelope, LossHistory, Reading, together
from studyapp.theme import Theme
from studyapp.widgets.clear_place import Covered
from studyapp.widgets.curve_export import CurveExport
from studyapp.widgets.ghosts import Ghost, Ghosts
from studyapp.widgets.loss_scale import LossScale, close_scale, step_marks, whole_scale
from studyapp.widgets.numbers import figure, nice_ceiling, tick_label
from studyapp.widgets.plot import Dot, Plot

LEAST_STEPS = 50
MOST_ARROWS = 24
ARROW_AT = 0.97  # share of the height
COLUMN = 2  # pixels to a group of steps
BETWEEN = 90  # pixels between two labels of steps
ROW, ROWS = 16, 6  # pixels from one row of flags to the next, and how many there may be
BLANK = 3  # pixels around the words of a label


class LossCurve(Plot):
    """The mean of each pixel's steps as a line, over the band between their extremes.

    Left and Right read the curve step by step of the picture, Home and End at its ends.

    Attributes:
        export: writes it to files and to the clipboard.

    Signals:
        pointed(str): the loss under the mouse or the reading mark, in words; empty when there is none.
        zoomed(bool): see Plot.
    """

    pointed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self._history = LossHistory()
        self._log = False
        self._scale = LossScale(0.0, 1.0, False, (0.0, 1.0))
        self._baseline: tuple[float, str] | None = None
        self._broken: int | None = None
        self._marks: tuple[tuple[int, str], ...] = ()
        self._flags: list[pg.InfiniteLine] = []
        self._above = 0
        self._read_at: int | None = None  # step
        empty = "The loss of every training step is drawn here. Press Train (Space) to begin."
        super().__init__(theme, "Loss curve", empty)
        self._make_items()
        self.follow_theme()
        self.export = CurveExport(self, self)
        self.view.hide()

    @property
    def empty(self) -> bool:
        return not self._history.steps

    @property
    def log(self) -> bool:
        """True while the scale is logarithmic."""
        return self._log

    @property
    def history(self) -> LossHistory:
        """What is drawn."""
        return self._history

    @property
    def scale(self) -> LossScale:
        """How high a loss is drawn now."""
        return self._scale

    def set_log(self, log: bool) -> None:
        """Choose the scale."""
        self._log = log
        self.draw()

    def set_history(self, history: LossHistory) -> None:
        """Draw `history` as it is now; call again when it has grown."""
        self._history = history
        self.view.setHidden(self.empty)
        self._say_reading()
        self._fit_span()
        self.draw()
        self.describe_soon()

    def set_baseline(self, loss: float | None, label: str = "") -> None:
        """A dashed line at `loss`, e.g. what guessing would give; None for none."""
        baseline = None if loss is None else (loss, label)
        if baseline != self._baseline:
            self._baseline = baseline
            self._level.label.setFormat(label)
            self.draw()

    def set_marks(self, marks: tuple[tuple[int, str], ...]) -> None:
        """Small flags at steps, e.g. (120, "learning rate 0.003")."""
        self._marks = marks
        self._plant_flags()

    def set_broken(self, step: int | None) -> None:
        """Where the run exploded; None when it did not."""
        self._broken = step
        self._plant_flags()

    def set_ghosts(self, ghosts: Sequence[Ghost]) -> None:
        """Draw these faint curves beside that of the run."""
        self._ghosts.set(ghosts)
        self._fit_span()
        self.draw()

    @property
    def ghosts(self) -> tuple[Ghost, ...]:
        """The faint curves that are shown."""
        return self._ghosts.shown

    @property
    def above(self) -> int:
        """How many places of the curve are higher than the scale, and marked at the top."""
        return self._above

    def description(self) -> str:
        history = self._history
        first = self._reading(1)
        began = f"began at {figure(first.mean)}, " if first else ""
        level = f" {self._baseline[1]}: {figure(self._baseline[0])}." if self._baseline else ""
        above = f" {self._above:,} places lie above the scale." if self._above else ""
        return f"{history.steps:,} steps; the loss {began}is now {figure(history.last)}.{level}{above}"

    def menu(self) -> QMenu:
        made = super().menu()
        made.addSeparator()
        self.export.fill(made)
        return made

    # --- drawing -----------------------------------------------------------------------------

    def draw(self) -> None:
        first, last = self.window_x()
        area = self.area()
        envelope = self._history.envelope(max(16, int(area.width() / COLUMN)), first, last)
        if not len(envelope.step):
            return
        self._scale = self._scale_for(envelope)
        self._draw_axes(first, last, area.width())
        self._draw_curve(envelope, last - first, area.width())
        self._ghosts.draw(self._scale)
        self._draw_above(envelope)
        self._draw_level()
        self._place_words(envelope)
        self._draw_reading()

    def _fit_span(self) -> None:
        """As wide as all that is drawn, in leaps: the curve must not swim."""
        furthest = max(self._history.steps, *(g.last for g in self.ghosts), 0)
        self.set_span(nice_ceiling(max(LEAST_STEPS, furthest)))

    def _draw_above(self, envelope: Envelope) -> None:
        """A small arrow at the top for each place that is higher."""
        steps = envelope.step[envelope.high > self._scale.high]
        self._above = len(steps)
        steps = steps[:: -(-len(steps) // MOST_ARROWS) or 1]
        self._arrows.setVisible(bool(len(steps)))
        self._arrows.setData(steps, np.full(len(steps), ARROW_AT))

    def _scale_for(self, envelope: Envelope) -> LossScale:
        if self.close_up:
            return close_scale(envelope, self._log)
        seen = together(envelope, *(ghost.envelope() for ghost in self.ghosts))
        return whole_scale(seen, self._baseline[0] if self._baseline else None, self._log)

    def _draw_axes(self, first: float, last: float, width: float) -> None:
        scale = self._scale
        shares = scale.shares(np.array(scale.marks)).tolist()
        steps = step_marks(first, last, max(2, int(width / BETWEEN)))
        self.label_axes(
            [(share, tick_label(mark)) for share, mark in zip(shares, scale.marks, strict=True)],
            [(step, tick_label(step)) for step in steps],
        )

    def _draw_curve(self, envelope: Envelope, seen: float, width: float) -> None:
        step, scale = envelope.step, self._scale
        mean = scale.shares(envelope.mean)
        self._line.setData(step, mean)
        self._dot.setPos(step[-1], mean[-1])
        whole = self._history.stride == 1 and (len(step) < 2 or step[1] - step[0] <= 1)
        self._band.setVisible(not whole)  # else the band is the line
        if not whole:
            half = seen / max(1.0, width) / 2  # at least a pixel wide, where the curve is steep
            low, high = scale.shares(envelope.low), scale.shares(envelope.high)
            xs = np.concatenate([step - half, step[::-1] + half])
            self._band.setPolygon(pg.functions.arrayToQPolygonF(xs, np.concatenate([high, low[::-1]])))

    def _draw_level(self) -> None:
        scale, baseline = self._scale, self._baseline
        seen = baseline is not None and scale.low <= baseline[0] <= scale.high
        self._level.setVisible(seen)
        if baseline is not None and seen:
            self._level.setValue(scale.share(baseline[0]))

    def _place_words(self, envelope: Envelope) -> None:
        """The names of the level and of the flags, where they cover neither the curve nor each other."""
        area, (first, last) = self.area(), self.window_x()
        size, across = area.size(), area.width() / max(last - first, 1e-9)
        low, high = self._scale.shares(envelope.low), self._scale.shares(envelope.high)
        x, top, bottom = (
            (envelope.step - first) * across,
            (1 - high) * size.height(),
            (1 - low) * size.height(),
        )
        covered = Covered(size.width(), size.height(), x, top, bottom)
        if self._level.isVisible():
            ends = [(share, share, under) for share in (1.0, 0.0, 0.5) for under in (0, 1)]
            _place(self._level, ends, covered, size, size.height() * (1 - self._level.value()))
        rows = [(row * ROW / size.height(), side, 1) for row in range(ROWS) for side in (0, 1)]
        for flag in self._flags:
            if first <= flag.value() <= last:
                _place(flag, rows, covered, size, (flag.value() - first) * across)

    def _draw_reading(self) -> None:
        reading = self._reading(self._read_at) if self._read_at is not None else None
        self._cursor.setVisible(reading is not None)
        self._point.setVisible(reading is not None)
        if reading is not None:
            step = (reading.first + reading.last) / 2
            self._cursor.setValue(step)
            self._point.setPos(step, self._scale.share(reading.mean))

    def _plant_flags(self) -> None:
        for flag in self._flags:
            self.item.removeItem(flag)
        broken = () if self._broken is None else ((self._broken, "exploded"),)
        self._flags = [self._flag(step, label, "muted") for step, label in self._marks]
        self._flags += [self._flag(step, label, "bad") for step, label in broken]
        self.draw()

    def _flag(self, step: int, label: str, colour: str) -> pg.InfiniteLine:
        options = {"position": 0.0, "color": self.colour(colour)}
        flag = pg.InfiniteLine(
            step, 90, QPen(self.colour(colour), 0, Qt.PenStyle.DotLine), label=label, labelOpts=options
        )
        flag.label.textItem.setFont(self.sized(11))
        return self.add(flag, 5)

    # --- items -------------------------------------------------------------------------------

    def _make_items(self) -> None:
        self._band = self.add(QGraphicsPolygonItem(), 0)
        self._band.setPen(Qt.PenStyle.NoPen)
        self._line = self.add(pg.PlotCurveItem(antialias=True), 1)
        self._dot = self.add(Dot(3), 2)
        self._level = self.add(pg.InfiniteLine(0, 0, label=""), -2)
        self._arrows = self.add(pg.ScatterPlotItem(symbol="t1", size=8, pen=None), 3)
        self._ghosts = Ghosts(self)
        self._cursor = self.add(pg.InfiniteLine(0, 90), 4)
        self._point = self.add(Dot(3.5), 5)
        label = self._level.label
        label.textItem.setFont(self.sized(11))
        label.setFlag(label.GraphicsItemFlag.ItemStacksBehindParent)  # its ground must not hide the line
        for item in (self._level, self._cursor, self._point):
            item.hide()

    def recolour(self) -> None:
        self._band.setBrush(self.colour("accent", 70))
        self._line.setPen(self.colour("accent"))
        self._dot.setBrush(self.colour("accent"))
        self._level.setPen(QPen(self.colour("warn"), 0, Qt.PenStyle.DashLine))
        self._arrows.setBrush(self.colour("bad"))
        self._ghosts.recolour()
        self._level.label.setColor(self.colour("warn"))
        self._level.label.fill = pg.mkBrush(self.colour("card"))  # over the faint lines, below the curve
        self._cursor.setPen(self.colour("muted"))
        self._point.setBrush(self.colour("text"))
        self._plant_flags()

    # --- reading -----------------------------------------------------------------------------

    def _reading(self, step: int) -> Reading | None:
        return self._history.at(step)

    def read(self, step: float | None) -> None:
        self._read_at = None if step is None else max(1, min(round(step), self._history.steps))
        self._say_reading()
        self._draw_reading()

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

    def key_centre(self) -> float:
        return super().key_centre() if self._read_at is None else self._read_at

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = self._history.steps
        first, last = self.window_x()
        leap = max(1, round(min(steps, last - first) / 50))
        now = self._read_at or min(steps, int(last))
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
            self.bring(max(1, min(place, steps)))
            self.read(place)


def _place(
    line: pg.InfiniteLine,
    places: Sequence[tuple[float, float, float]],
    covered: Covered,
    size: QSizeF,
    at: float,
) -> None:
    """Put the label of `line` where nothing is.

    `places` are (share along the line, anchor across, anchor down); the line is at `at` pixels.
    """
    words = line.label.textItem.boundingRect()
    wide, high = words.width(), words.height()
    rects = []
    for share, across, down in places:
        x, y = (at, size.height() * (1 - share)) if line.angle else (share * size.width(), at)
        rect = QRectF(x - across * wide, y - down * high, wide, high)
        rects.append(rect.adjusted(BLANK, BLANK, -BLANK, -BLANK))
    share, across, down = places[covered.choose(rects)]
    line.label.anchors = [(across, down)] * 2
    line.label.setPosition(share)


def _show(theme: Theme) -> LossCurve:
    shown = LossCurve(theme)
    history = LossHistory()
    rng = np.random.default_rng(1)
    history.extend(3.3 * np.exp(-np.arange(1500) / 400) + 0.4 + 0.1 * rng.standard_normal(1500))
    shown.set_history(history)
    shown.set_baseline(math.log(27), "uniform guessing ln 27 = 3.30")
    shown.set_marks(((400, "learning rate 0.003"),))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
