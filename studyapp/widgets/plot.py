"""Plot: a pyqtgraph plot that looks, speaks and obeys keys like our painted widgets.

Steps run along x and are zoomed and dragged there; y is the share of the height, always
0 to 1, so that a subclass decides what it stands for. Knows nothing of what is plotted.
pyqtgraph takes a third of a second to import: only what the Lab needs may import this.
"""

from __future__ import annotations

from typing import TypeVar

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsView,
    QMenu,
    QStyleOptionGraphicsItem,
    QWidget,
)

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted

Item = TypeVar("Item", bound=QGraphicsItem)
LEFT, RIGHT, TOP, BOTTOM = 41, 17, 5, 19  # around the curve, inside the frame
BESIDE = 10  # pixels that the labels of the left axis keep from its ends, both together
FRAME = 3  # room for the focus ring
CLOSEST = 8.0  # steps: the least that the width stands for
ZOOM = 1.6  # by which + and - bring it closer
Marks = list[tuple[float, str]]  # where, and what is written there


class Dot(QGraphicsEllipseItem):
    """A dot of the same size in pixels whatever the scale."""

    def __init__(self, radius: float) -> None:
        super().__init__(-radius, -radius, 2 * radius, 2 * radius)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setPen(Qt.PenStyle.NoPen)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)  # for the whole view it takes 1 ms more
        super().paint(painter, option, widget)


class Plot(Painted):
    """A plot whose x axis can be zoomed with the wheel, + and -, and dragged with the mouse.

    A double click, or A, shows the whole again; so does zooming out as far as it goes.

    Signals:
        zoomed(bool): only a part of the steps is shown now, or all of them again.
    """

    zoomed = Signal(bool)
    ground = "card"

    def __init__(self, theme: Theme, name: str, empty: str) -> None:
        super().__init__(theme, name, empty)
        self._span = 1.0
        self._close = False
        self._labelled: tuple[Marks, Marks, float] | None = None
        self.box = pg.ViewBox(enableMenu=False, defaultPadding=0)
        self.item = pg.PlotItem(viewBox=self.box, enableMenu=False)
        self.view = pg.PlotWidget(self, plotItem=self.item)
        self.view.setAccessibleName(name)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are ours
        self.view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # the ground is one colour
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(96)
        self._prepare_axes()
        self._grid = self.add_lines()
        self._connect()

    # --- for subclasses ----------------------------------------------------------------------

    def draw(self) -> None:
        """Put what is shown now into the items; called whenever the window or its size changed."""

    def read(self, step: float | None) -> None:
        """The mouse is above `step`, or no longer above any."""

    def recolour(self) -> None:
        """Give the items the colours of the theme."""

    def follow_theme(self) -> None:
        """Take the theme's colours now, and with each change; call it when all items are there."""
        self.theme.changed.connect(self._recolour)
        self._recolour()

    def menu(self) -> QMenu:
        """The context menu. A new one each time; it deletes itself."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = made.addAction("Whole run\tA", self.show_whole)
        whole.setEnabled(self._close)
        return made

    def add_lines(self) -> pg.PlotCurveItem:
        """Lines between pairs of points, below everything else."""
        return self.add(pg.PlotCurveItem(connect="pairs", antialias=False), -10)

    def add(self, item: Item, height: int = 0) -> Item:
        """Put `item` into the plot; of two that overlap the one with more `height` is seen."""
        item.setZValue(height)
        self.item.addItem(item, ignoreBounds=True)
        return item

    def set_span(self, span: float) -> None:
        """The whole has `span` steps."""
        if span < self._span:
            self._set_close(False)  # another run
        if span != self._span:
            self._span = span
            self.box.setLimits(xMin=0.0, xMax=span, minXRange=min(span, CLOSEST))
            if not self._close:
                self.box.setXRange(0.0, span, padding=0)

    def label_axes(self, shares: Marks, steps: Marks) -> None:
        """Label these shares of the height, each with a faint line, and these steps."""
        if (shares, steps, self._span) == self._labelled:
            return  # axes are drawn anew at each call, which takes longer than the curve
        self._labelled = (shares, steps, self._span)
        metrics = QFontMetrics(self.sized(11))
        widest = max((metrics.horizontalAdvance(label) for _, label in shares), default=0)
        self.item.getAxis("left").setWidth(max(LEFT, widest + BESIDE))  # a number must never be cut
        self.item.getAxis("left").setTicks([shares])
        self.item.getAxis("bottom").setTicks([steps])
        self._grid.setData([0.0, self._span] * len(shares), [s for s, _ in shares for _ in range(2)])

    # --- the window onto the steps -------------------------------------------------------------

    @property
    def close_up(self) -> bool:
        """True while only a part of the steps is shown."""
        return self._close

    def window_x(self) -> tuple[float, float]:
        """First and last step that are shown."""
        first, last = self.box.viewRange()[0]
        return float(first), float(last)

    def area(self) -> QRectF:
        """Where the curve is."""
        self.item.layout.activate()
        return QRectF(self.box.sceneBoundingRect()).translated(self.view.pos())

    def step_at(self, x: float) -> float:
        """The step at pixel `x`."""
        area, (first, last) = self.area(), self.window_x()
        return first + (x - area.left()) / max(1.0, area.width()) * (last - first)

    def show_whole(self) -> None:
        """Show all steps again."""
        self._set_close(False)
        self.box.setXRange(0.0, self._span, padding=0)
        self.draw()

    def zoom(self, factor: float, step: float) -> None:
        """Show `factor` times as many steps, `step` staying where it is."""
        self.box.scaleBy(x=factor, center=QPointF(step, 0.5))
        self._on_moved()

    def bring(self, step: float) -> None:
        """Move the window just so far that `step` is in it."""
        first, last = self.window_x()
        shift = min(0.0, step - first) + max(0.0, step - last)
        if shift:
            self.box.translateBy(x=shift)
            self.draw()

    # --- events --------------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:
        self.read(None)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setGeometry(self.rect().adjusted(FRAME, FRAME, -FRAME, -FRAME))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the menu key; the mouse's comes with the release, after a drag there is none."""
        if event.reason() != QContextMenuEvent.Reason.Mouse and not self.empty:
            self.menu().popup(self.mapToGlobal(self.rect().center()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.empty or not self._obey(event):
            super().keyPressEvent(event)

    def key_centre(self) -> float:
        """The step that stays in place when + and - are pressed."""
        return sum(self.window_x()) / 2

    def _obey(self, event: QKeyEvent) -> bool:
        bare = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if bare:
            return False
        if event.key() == Qt.Key.Key_A:
            self.show_whole()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / ZOOM, self.key_centre())
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(ZOOM, self.key_centre())
        else:
            return False
        return True

    def _on_moved(self) -> None:
        """The user has zoomed or dragged."""
        first, last = self.window_x()
        self._set_close(last - first < self._span * (1 - 1e-6))
        self.draw()

    def _on_resized(self) -> None:
        self.draw()

    def _on_clicked(self, event: object) -> None:
        button = event.button()  # type: ignore[attr-defined]  # pyqtgraph's own event
        if event.double():  # type: ignore[attr-defined]
            self.show_whole()
        elif button == Qt.MouseButton.RightButton and not self.empty:
            self.menu().popup(event.screenPos().toPoint())  # type: ignore[attr-defined]

    def _on_hovered(self, point: QPointF) -> None:
        if not self.empty:
            self.read(self.step_at(point.x() + self.view.x()))

    # --- building ------------------------------------------------------------------------------

    def _prepare_axes(self) -> None:
        self.item.layout.setContentsMargins(0, TOP, RIGHT, 0)
        self.item.hideButtons()
        for name in ("left", "bottom"):
            axis = self.item.getAxis(name)
            axis.setStyle(tickLength=0, tickAlpha=0, tickFont=self.sized(11), hideOverlappingLabels=20)
            axis.setTickPen(pg.mkPen(None))
            axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # text is slow to draw
            axis.enableAutoSIPrefix(False)
        self.item.getAxis("left").setWidth(LEFT)
        self.item.getAxis("bottom").setHeight(BOTTOM)
        self.box.disableAutoRange()
        self.box.setMouseEnabled(x=True, y=False)
        self.box.setYRange(0.0, 1.0, padding=0)

    def _connect(self) -> None:
        self.box.sigRangeChangedManually.connect(self._on_moved)
        self.box.sigResized.connect(self._on_resized)
        scene = self.view.scene()
        scene.sigMouseClicked.connect(self._on_clicked)
        scene.sigMouseMoved.connect(self._on_hovered)

    def _recolour(self) -> None:
        self.view.setBackground(self.colour(self.ground))
        for name in ("left", "bottom"):
            axis = self.item.getAxis(name)
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(self.colour("muted"))
        self._grid.setPen(self.colour("border"))
        self.recolour()

    def _set_close(self, close: bool) -> None:
        if close != self._close:
            self._close = close
            self.zoomed.emit(close)
