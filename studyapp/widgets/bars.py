"""StepBars: one bar for each time step, e.g. the norm of dL/dh_t. Linear or logarithmic.

Run it alone: python -m studyapp.widgets.bars
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studyapp.theme import Theme
from studyapp.widgets.finite import largest
from studyapp.widgets.numbers import decades, figure, power, steady_top, tick_label
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView

DEEPEST = 12  # decades shown at most: below that a gradient is gone anyway


class StepBars(TimeView):
    """Non-negative values [T] as bars on the shared columns; red to the top where one is no number any more.

    Signals: see TimeView.
    """

    def __init__(self, theme: Theme, cursor: TimeCursor, name: str, symbol: str, empty: str) -> None:
        """`symbol` is what one value is called in the read-out, e.g. "‖dL/dhₜ‖"."""
        super().__init__(theme, cursor, name, empty)
        self._symbol = symbol
        self._values: NDArray[np.float64] = np.empty(0)
        self._log = False
        self._top = 0.0  # linear scale; grows at once, shrinks when less than a third is used
        self.setMinimumHeight(64)

    @property
    def log(self) -> bool:
        """True while the scale is logarithmic."""
        return self._log

    def set_log(self, log: bool) -> None:
        """Choose the scale."""
        self._log = log
        self.refresh()

    def set_values(self, values: NDArray[np.float64]) -> None:
        """Show `values` [T]; the cursor must already fit them."""
        self._values = values
        self._top = steady_top(self._top, largest(values))
        self.repoint()
        self.refresh()

    def words_at(self, t: int, _unit: int | None) -> str:
        return f"{self.step_name(t)}: {self._symbol} = {figure(float(self._values[t]))}"

    def description(self) -> str:
        first, last = float(self._values[0]), float(self._values[-1])
        chosen = self.words_at(self.place.t, None)
        ratio = f", first to last {figure(first / last)}" if last > 0 and math.isfinite(first) else ""
        return f"{chosen}. From {figure(first)} at t = 1 to {figure(last)} at t = {self.steps}{ratio}."

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        marks, shares = self._log_scale() if self._log else self._linear_scale()
        for share, label in marks:
            self.paint_mark(painter, round(area.bottom() - share * area.height()), label)
        self._paint_bars(painter, area, shares)
        self.paint_cursor(painter)

    def _paint_bars(self, painter: QPainter, area: QRectF, shares: NDArray[np.float64]) -> None:
        width = area.width() / self.steps
        gap = 1.0 if width < 8 else 2.0
        quiet, chosen, lost = self.colour("accent", 170), self.colour("accent"), self.colour("bad")
        sound = np.isfinite(self._values)
        for t, share in enumerate(shares):
            height = (float(share) if sound[t] else 1.0) * area.height()
            bar = QRectF(
                area.left() + t * width + gap / 2, area.bottom() - height, max(1.0, width - gap), height
            )
            painter.fillRect(bar, lost if not sound[t] else chosen if t == self.place.t else quiet)

    def _linear_scale(self) -> tuple[list[tuple[float, str]], NDArray[np.float64]]:
        """(share of the height, label) of each mark, and each bar's share."""
        marks = [(share, tick_label(share * self._top)) for share in (0.0, 0.5, 1.0)]
        return marks, np.clip(self._values / self._top, 0, 1)

    def _log_scale(self) -> tuple[list[tuple[float, str]], NDArray[np.float64]]:
        positive = self._values[(self._values > 0) & np.isfinite(self._values)]
        if not len(positive):
            return [(0.0, "0")], np.zeros(len(self._values))
        first, last = decades(float(positive.min()), float(positive.max()))
        first = max(first, last - DEEPEST)
        logs = np.log10(np.maximum(self._values, 10.0 ** (first - 1)))
        shares = np.clip((logs - first) / (last - first), 0, 1)
        shares = np.where(self._values > 0, np.maximum(shares, 0.02), 0)  # what is not zero is seen
        every = math.ceil((last - first) / 4)
        exponents = range(last, first - 1, -every)
        return [((e - first) / (last - first), f"10{power(e)}") for e in exponents], shares


def _show(theme: Theme) -> StepBars:
    cursor = TimeCursor()
    cursor.fit(24, 16)
    shown = StepBars(theme, cursor, "Gradient norm", "‖dL/dhₜ‖", "")
    shown.set_values(np.geomspace(1e-4, 0.4, 24))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
