"""Wave: target and prediction of a forecaster, over the columns of the heat map.

Run it alone: python -m studyapp.widgets.wave
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studyapp.theme import Theme
from studyapp.widgets.finite import largest
from studyapp.widgets.numbers import short, steady_top, tick_label
from studyapp.widgets.painted import text_width
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView

LEGEND = 17  # pixels at the top, where no curve goes


class Wave(TimeView):
    """Two curves over time: what should come, and what the network says.

    Signals: see TimeView.
    """

    def __init__(self, theme: Theme, cursor: TimeCursor) -> None:
        super().__init__(theme, cursor, "Target and prediction over time", "")
        self._targets: NDArray[np.float64] = np.empty(0)
        self._predictions: NDArray[np.float64] = np.empty(0)
        self._asked: NDArray[np.bool_] | None = None
        self._top = 0.0
        self.setMinimumHeight(80)

    def set_curves(
        self,
        targets: NDArray[np.float64],
        predictions: NDArray[np.float64],
        asked: NDArray[np.bool_] | None = None,
    ) -> None:
        """Show `targets` [T] and `predictions` [T]; the cursor must already fit them.

        Where `asked` [T] is False, no value is asked for: there is no target, and the prediction is faint.
        """
        self._targets, self._predictions, self._asked = targets, predictions, asked
        self._top = steady_top(self._top, max(largest(targets), largest(predictions)))
        self.repoint()
        self.refresh()

    @property
    def empty(self) -> bool:
        return not len(self._targets)

    def words_at(self, t: int, _unit: int | None) -> str:
        target, said = float(self._targets[t]), float(self._predictions[t])
        if not self._counts(t):
            return f"{self.step_name(t)}: nothing asked for, prediction {short(said)}"
        return f"{self.step_name(t)}: target {short(target)}, prediction {short(said)}"

    def description(self) -> str:
        with np.errstate(all="ignore"):  # of an exploded step
            errors = np.abs(self._predictions - self._targets)
        worst = float(errors.max(where=True if self._asked is None else self._asked, initial=0.0))
        return f"Largest error {short(worst)}. {self.words_at(self.place.t, None)}."

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        for value in (-self._top, 0.0, self._top):
            self.paint_mark(painter, round(self._y(value)), tick_label(value))
        self.paint_cursor(painter)
        painter.setFont(self.sized(11))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = [QColor(c) for c in self.theme.colours.series[:2]]
        self._paint_curve(painter, self._targets, colours[0], Qt.PenStyle.SolidLine, 0)
        self._paint_curve(painter, self._predictions, colours[1], Qt.PenStyle.DashLine, 90)
        self._paint_legend(painter, area, colours)

    def _counts(self, t: int) -> bool:
        return self._asked is None or bool(self._asked[t])

    def _paint_curve(
        self, painter: QPainter, values: NDArray[np.float64], ink: QColor, style: Qt.PenStyle, faint: int
    ) -> None:
        """A line through what is finite; of opacity `faint` where nothing is asked for, a dot where it is."""
        quiet = QColor(ink)
        quiet.setAlpha(faint)
        points = [QPointF(self.column(t).center().x(), self._y(float(v))) for t, v in enumerate(values)]
        for t in range(1, len(points)):
            if np.isfinite(values[t - 1 : t + 1]).all():
                counts = self._counts(t) and self._counts(t - 1)
                painter.setPen(QPen(ink if counts else quiet, 1.6, style))
                painter.drawLine(points[t - 1], points[t])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for t, point in enumerate(points):
            alone = self._asked is not None and self._counts(t)
            if (alone or t == self.place.t) and np.isfinite(values[t]) and (faint or self._counts(t)):
                painter.drawEllipse(point, 3.5, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_legend(self, painter: QPainter, area: QRectF, colours: list[QColor]) -> None:
        x = area.left() + 8
        for name, colour in zip(("target", "prediction"), colours, strict=True):
            width = text_width(painter, name)
            ground = QRectF(x - 4, area.top() - 1, width + 8, LEGEND - 2)
            painter.fillRect(ground, self.colour("card"))
            painter.setPen(colour)
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, name)
            x += width + 14

    def _y(self, value: float) -> float:
        area = self.area().adjusted(0, LEGEND, 0, 0)
        return area.center().y() - value / self._top * area.height() / 2


def _show(theme: Theme) -> Wave:
    cursor = TimeCursor()
    cursor.fit(40, 16)
    shown = Wave(theme, cursor)
    t = np.arange(40) * 0.3
    shown.set_curves(np.sin(t), np.sin(t - 0.2) * 0.9)
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
