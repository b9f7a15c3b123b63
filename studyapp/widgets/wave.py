"""Wave: target and prediction of a forecaster, over the columns of the heat map.

Run it alone: python -m studyapp.widgets.wave
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studyapp.theme import Theme
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
        self._top = 0.0
        self.setMinimumHeight(80)

    def set_curves(self, targets: NDArray[np.float64], predictions: NDArray[np.float64]) -> None:
        """Show `targets` [T] and `predictions` [T]; the cursor must already fit them."""
        self._targets, self._predictions = targets, predictions
        highest = float(max(np.abs(targets).max(initial=0), np.abs(predictions).max(initial=0)))
        self._top = steady_top(self._top, highest)
        self.repoint()
        self.refresh()

    @property
    def empty(self) -> bool:
        return not len(self._targets)

    def words_at(self, t: int, _unit: int | None) -> str:
        target, said = float(self._targets[t]), float(self._predictions[t])
        return f"{self.step_name(t)}: target {short(target)}, prediction {short(said)}"

    def description(self) -> str:
        worst = float(np.abs(self._predictions - self._targets).max())
        return f"Largest error {short(worst)}. {self.words_at(self.place.t, None)}."

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        for value in (-self._top, 0.0, self._top):
            self.paint_mark(painter, round(self._y(value)), tick_label(value))
        self.paint_cursor(painter)
        painter.setFont(self.sized(11))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = [QColor(c) for c in self.theme.colours.series[:2]]
        self._paint_curve(painter, self._targets, colours[0], Qt.PenStyle.SolidLine)
        self._paint_curve(painter, self._predictions, colours[1], Qt.PenStyle.DashLine)
        self._paint_legend(painter, area, colours)

    def _paint_curve(
        self, painter: QPainter, values: NDArray[np.float64], colour: QColor, style: Qt.PenStyle
    ) -> None:
        points = [
            QPointF(self.column(t).center().x(), self._y(float(value))) for t, value in enumerate(values)
        ]
        painter.setPen(QPen(colour, 1.6, style))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(points[self.place.t], 3.5, 3.5)
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
