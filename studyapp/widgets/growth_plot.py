"""GrowthPlot: counts against n: the derived curve, what was measured, and the families of growth behind it.

Run it alone: python -m studyapp.widgets.growth_plot
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPen

from engine.symbolic.findings import Curve
from studyapp.theme import Theme
from studyapp.widgets.growth_scale import FAMILIES, WIDTH, GrowthScale, count_label, window
from studyapp.widgets.plot import Dot, Plot

_DOTS, _MANY = (7, 5), 16  # px of a measured point, of one of more than so many
_SAMPLES = 160  # of a family
_FAR = 1.6  # share of the height: a line that is higher is left out from there on
_APART = (46.0, 13.0)  # px that the names of two families keep from each other, across and down
_NAMED = (0.03, 0.92)  # share of the height at which a name may stand
_BEGINS = 4.0  # n from which the families are apart, and log n is above 0
_ABOUT = (4, 52)  # marks of the height; px from one mark of n to the next


class GrowthPlot(Plot):
    """Left and Right read the curve, Home and End at its ends; + and - zoom, A shows it all.

    Signals:
        pointed(str): what is under the mouse or the reading mark, in words; empty when there is none.
    """

    pointed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self._curves: tuple[Curve, ...] = ()
        self._log_x = self._log_y = True
        self._families = True
        self._scale = GrowthScale(1.0, 10.0, 0.0, 1.0, True, True)
        self._read_at: float | None = None  # unit
        self._lines: list[tuple[pg.PlotCurveItem, pg.ScatterPlotItem]] = []
        super().__init__(theme, "Growth", "The plot comes with the counts.")
        self._backs = [self.add(pg.PlotCurveItem(antialias=True, connect="finite"), -5) for _ in FAMILIES]
        self._names = [self.add(pg.TextItem(anchor=(1, 1)), -4) for _ in FAMILIES]
        self._cursor, self._point = self.add(pg.InfiniteLine(0, 90), 4), self.add(Dot(3.5), 6)
        for text, (name, _) in zip(self._names, FAMILIES, strict=True):
            text.setText(name)
            text.textItem.setFont(self.sized(11))
        for item in (self._cursor, self._point):
            item.hide()
        self.follow_theme()
        self.view.hide()

    # --- what is shown ---

    @property
    def empty(self) -> bool:
        return not self._curves

    @property
    def scale(self) -> GrowthScale:
        """Where things are drawn now."""
        return self._scale

    def set_curves(self, curves: Sequence[Curve]) -> None:
        """Draw these, the first one above the others."""
        self._curves = tuple(curve for curve in curves if len(curve.xs) > 1)
        for line, dots in self._lines:
            self.item.removeItem(line)
            self.item.removeItem(dots)
        self._lines = [self._line(place) for place in range(len(self._curves))]
        self.view.setHidden(self.empty)
        self._read_at = None
        self.set_span(WIDTH)
        self.recolour()
        self.show_whole()
        self.describe_soon()

    def set_axes(self, *, log_x: bool, log_y: bool, families: bool) -> None:
        """Which scales are logarithmic, and whether the families are seen."""
        self._log_x, self._log_y, self._families = log_x, log_y, families
        self._read_at = None
        self.show_whole()

    def description(self) -> str:
        told = [
            f"{curve.name} = {curve.formula.text}, {len(curve.points)} measured" for curve in self._curves
        ]
        return "; ".join(told) + "."

    # --- drawing ---

    def draw(self) -> None:
        if self.empty:
            return
        self._scale = self._scaled()
        first, last = self.window_x()
        about = max(2, int(self.area().width() / _ABOUT[1]))
        self.label_axes(self._scale.marks(_ABOUT[0]), self._scale.steps(first, last, about))
        for curve, (line, dots) in zip(self._curves, self._lines, strict=True):
            self._draw_line(line, curve.xs, curve.ys)
            units = [self._scale.across(n) for n, _ in curve.points]
            dots.setSize(_DOTS[len(units) > _MANY])
            dots.setData(units, [self._scale.share(value) for _, value in curve.points])
        self._draw_families(first, last)
        self._draw_reading()

    def _scaled(self) -> GrowthScale:
        """As high as what is seen of the curves."""
        every = [n for curve in self._curves for n in curve.xs if n > 0 or not self._log_x]
        every += [n for curve in self._curves for n, _ in curve.points if n > 0 or not self._log_x]
        bounds = GrowthScale(min(every), max(every), 0.0, 1.0, self._log_x, self._log_y)
        first, last = (bounds.n_at(unit) for unit in self.window_x())
        seen = [
            value
            for curve in self._curves
            for n, value in (*zip(curve.xs, curve.ys, strict=True), *curve.points)
            if first * 0.999 <= n <= last * 1.001
        ]
        low, high = window(seen, self._log_y)
        return GrowthScale(bounds.first, bounds.last, low, high, self._log_x, self._log_y)

    def _draw_line(self, line: pg.PlotCurveItem, xs: Sequence[float], values: Sequence[float]) -> None:
        units, shares = [], []
        for n, value in zip(xs, values, strict=True):
            if n <= 0 and self._log_x:
                continue
            share = self._scale.share(value) if math.isfinite(value) else math.nan  # a gap
            units.append(self._scale.across(n))
            shares.append(share if -_FAR < share < _FAR else math.nan)
        line.setData(units, shares)

    def _draw_families(self, first: float, last: float) -> None:
        units = [first + (last - first) * k / _SAMPLES for k in range(_SAMPLES + 1)]
        xs = [self._scale.n_at(unit) for unit in units]
        taken: list[QPointF] = []
        for (_, value), line, name in zip(FAMILIES, self._backs, self._names, strict=True):
            line.setVisible(self._families)
            name.setVisible(False)
            lift = self._lift(value)
            values = [value(n) + lift if n > 0 else -math.inf for n in xs]
            self._draw_line(line, xs, values)
            shares = ((unit, self._scale.share(v)) for unit, v in zip(units, values, strict=True))
            seen = [(unit, share) for unit, share in shares if _NAMED[0] <= share <= _NAMED[1]]
            if self._families and seen:
                self._name(name, *seen[-1], first, last, taken)

    def _lift(self, family: Callable[[float], float]) -> float:
        """What makes the family pass through the first curve where that begins: what counts is the slope."""
        curve = self._curves[0]
        seen = zip(curve.xs, curve.ys, strict=True)
        n, value = next(((n, y) for n, y in seen if n >= _BEGINS and math.isfinite(y)), (1.0, 0.0))
        return value - family(n) if n > 1 else 0.0

    def _name(
        self, name: pg.TextItem, unit: float, share: float, first: float, last: float, taken: list[QPointF]
    ) -> None:
        """Write the name where its line leaves the picture, unless another one is there."""
        area = self.area()
        across = (unit - first) / max(1e-9, last - first)
        at = QPointF(across * area.width(), share * area.height())
        if at.x() < _APART[0] or any(
            abs(at.x() - other.x()) < _APART[0] and abs(at.y() - other.y()) < _APART[1] for other in taken
        ):
            return
        taken.append(at)
        name.setPos(unit, share)
        name.setVisible(True)

    def _line(self, place: int) -> tuple[pg.PlotCurveItem, pg.ScatterPlotItem]:
        height = len(self._curves) - place
        line = self.add(pg.PlotCurveItem(antialias=True, connect="finite"), height)
        return line, self.add(pg.ScatterPlotItem(symbol="o", size=7, antialias=True), height + 1)

    def recolour(self) -> None:
        for place, (line, dots) in enumerate(self._lines):
            ink = QColor(self.theme.colours.series[place % len(self.theme.colours.series)])
            line.setPen(QPen(ink, 0))
            dots.setPen(pg.mkPen(ink, width=1.4))
            dots.setBrush(self.colour("card"))
        for line, name in zip(self._backs, self._names, strict=True):
            line.setPen(QPen(self.colour("muted", 110), 0, Qt.PenStyle.DashLine))
            name.setColor(self.colour("muted"))
        self._cursor.setPen(self.colour("muted"))
        self._point.setBrush(self.colour("text"))

    # --- reading ---

    def read(self, step: float | None) -> None:
        """Read at the n that is nearest, a whole number."""
        self._read_at = None
        if step is not None and not self.empty:
            xs = self._curves[0].xs
            n = max(math.ceil(min(xs)), min(math.floor(max(xs)), round(self._scale.n_at(step))))
            self._read_at = self._scale.across(n)
        self._draw_reading()
        self.pointed.emit(self._reading())

    def _reading(self) -> str:
        if self._read_at is None:
            return ""
        n = round(self._scale.n_at(self._read_at))
        told = [
            f"{curve.name} ≈ {count_label(value)}"
            for curve in self._curves[:3]
            if (value := value_at(curve, n)) is not None
        ]
        measured = [value for at, value in self._curves[0].points if at == n]
        if measured:
            told.append(f"measured {count_label(measured[0])}")
        return f"n = {n:,}:  " + ",  ".join(told)

    def _draw_reading(self) -> None:
        value = None
        if self._read_at is not None and self._curves:
            value = value_at(self._curves[0], self._scale.n_at(self._read_at))
        self._cursor.setVisible(value is not None)
        self._point.setVisible(value is not None)
        if value is not None and self._read_at is not None:
            self._cursor.setValue(self._read_at)
            self._point.setPos(self._read_at, self._scale.share(value))

    def key_centre(self) -> float:
        return super().key_centre() if self._read_at is None else self._read_at

    def event(self, event: QEvent) -> bool:
        """The page has other uses for these keys; while the plot has the keyboard they are the plot's."""
        overrides = event.type() == QEvent.Type.ShortcutOverride and not self.empty
        if overrides and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        first, last = self.window_x()
        now = self._read_at if self._read_at is not None else (first + last) / 2
        leap = self._leap(now)
        places = {
            Qt.Key.Key_Left: now - leap,
            Qt.Key.Key_Right: now + leap,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: WIDTH,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None or self.empty:
            super().keyPressEvent(event)
        else:
            self.bring(max(0.0, min(WIDTH, place)))
            self.read(max(0.0, min(WIDTH, place)))

    def _leap(self, unit: float) -> float:
        """To the next whole n, and a fiftieth of the picture at least."""
        first, last = self.window_x()
        n = self._scale.n_at(unit)
        return max((last - first) / 50, self._scale.across(n + 1) - self._scale.across(n))


_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_A,
)  # fmt: skip


def value_at(curve: Curve, n: float) -> float | None:
    """The curve's value there, between its samples in a straight line; None outside of them."""
    pairs = list(zip(curve.xs, curve.ys, strict=True))
    for (x, y), (next_x, next_y) in pairwise(pairs):
        if x - 1e-9 <= n <= next_x + 1e-9:
            if not (math.isfinite(y) and math.isfinite(next_y)):
                return None
            return y + (next_y - y) * (n - x) / ((next_x - x) or 1.0)
    return None


def _show(theme: Theme) -> GrowthPlot:
    from studyapp.widgets.findings_sample import curve

    plot = GrowthPlot(theme)
    plot.set_curves([curve()])
    return plot


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
