"""The wires of an unrolled network as painter paths with arrow heads. Knows the layout, no colours.

A wire within a column goes straight up, around what stands in between; one from column to column
leaves and arrives sideways; one to a time that is hidden ends at the dots that stand for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

from engine.symbolic.report import Wire
from studyapp.widgets.network_layout import Column, Layout, Spot

HEAD = 6.5  # px: length of an arrow head
GAP = 2.0  # px between an end and the edge of its place
NEAR = 5.0  # px: how near to a wire the mouse must be
_DOTS = 13.0  # px around the middle of a hidden column that belong to its dots


@dataclass(frozen=True, slots=True)
class Run:
    """A wire as it is painted, from its source to its target.

    Attributes:
        line: without heads. ahead, back: the arrow head at its target, and the one at its source.
        middle: where its label stands.
        open: one of its ends is hidden.
    """

    wire: Wire
    line: QPainterPath
    ahead: QPolygonF
    back: QPolygonF
    middle: QPointF
    open: bool

    def near(self, point: QPointF) -> bool:
        """Whether the mouse at `point` is on it."""
        if not self.line.controlPointRect().adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(point):
            return False
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * NEAR)
        return stroker.createStroke(self.line).contains(point)


def runs(layout: Layout, wires: Sequence[Wire]) -> Iterator[Run]:
    """All that can be seen of `wires`."""
    for wire in wires:
        source, target = layout.spots.get(wire.source), layout.spots.get(wire.target)
        if source is not None and target is not None:
            yield _run(wire, _between(layout, source, target), opened=False)
        elif source is not None:
            yield _run(wire, _to_dots(layout, source, _hidden(layout, wire.target)), opened=True)
        elif target is not None:
            outwards = _to_dots(layout, target, _hidden(layout, wire.source))
            yield _run(wire, outwards.toReversed(), opened=True)


def _hidden(layout: Layout, key: str) -> Column:
    """The dots that stand for the column of a hidden place."""
    return layout.column_of(int(key.rsplit("@", 1)[1]))


def _run(wire: Wire, line: QPainterPath, opened: bool) -> Run:
    ahead = _head(line.pointAtPercent(1), _direction(line, 1.0))
    back = _head(line.pointAtPercent(0), _direction(line, 0.0) + math.pi)
    return Run(wire, line, ahead, back, line.pointAtPercent(0.5), opened)


def _direction(line: QPainterPath, where: float) -> float:
    """The angle in which `line` goes at its start (0) or its end (1)."""
    near = min(0.5, HEAD / max(1.0, line.length()))
    first, then = (0.0, near) if where == 0 else (1 - near, 1.0)
    start, end = line.pointAtPercent(first), line.pointAtPercent(then)
    return math.atan2(end.y() - start.y(), end.x() - start.x())


def _head(tip: QPointF, angle: float) -> QPolygonF:
    corners = (angle + math.pi - 0.45, angle + math.pi + 0.45)
    return QPolygonF(
        [tip, *(QPointF(tip.x() + HEAD * math.cos(a), tip.y() + HEAD * math.sin(a)) for a in corners)]
    )


def _between(layout: Layout, source: Spot, target: Spot) -> QPainterPath:
    if source.place.time == target.place.time:
        return _upright(layout, source, target)
    across = target.x - source.x
    side = math.copysign(1.0, across)
    if abs(source.y - target.y) < 1.0 and _blockers(layout, source, target):
        return _arched(layout, source, target)
    if target.crowd > 1 or source.crowd > 1:
        return _cut(layout, source, target, QPointF(source.x + 0.62 * across, source.y))
    edge = layout.radius + GAP
    start, end = QPointF(source.x + side * edge, source.y), QPointF(target.x - side * edge, target.y)
    reach = 0.55 * (end.x() - start.x())
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x() + reach, start.y()), QPointF(end.x() - reach, end.y()), end)
    return path


def _upright(layout: Layout, source: Spot, target: Spot) -> QPainterPath:
    """Within a column: straight, or with a bow around what is in the way."""
    middle = QPointF((source.x + target.x) / 2, (source.y + target.y) / 2)
    if _blockers(layout, source, target):
        middle += QPointF(2.6 * layout.radius, 0.0)
    return _cut(layout, source, target, middle)


def _arched(layout: Layout, source: Spot, target: Spot) -> QPainterPath:
    """Over the places of its own row that it must not run through."""
    middle = QPointF((source.x + target.x) / 2, source.y - 2.8 * layout.radius)
    return _cut(layout, source, target, middle)


def _cut(layout: Layout, source: Spot, target: Spot, middle: QPointF) -> QPainterPath:
    """A curve that is drawn to `middle`, from edge to edge of the two places."""
    start = _edge(layout, source, middle)
    end = _edge(layout, target, middle)
    path = QPainterPath(start)
    path.quadTo(middle, end)
    return path


def _edge(layout: Layout, spot: Spot, towards: QPointF) -> QPointF:
    """The point of the place's edge that looks to `towards`."""
    x, y = towards.x() - spot.x, towards.y() - spot.y
    length = math.hypot(x, y) or 1.0
    reach = layout.radius + GAP
    return QPointF(spot.x + x / length * reach, spot.y + y / length * reach)


def _to_dots(layout: Layout, spot: Spot, dots: Column) -> QPainterPath:
    """From a place to the dots: level, as what lies behind them has no height."""
    side = 1.0 if dots.x > spot.x else -1.0
    start = QPointF(spot.x + side * (layout.radius + GAP), spot.y)
    path = QPainterPath(start)
    path.lineTo(QPointF(dots.x - side * min(_DOTS, dots.width / 3), spot.y))
    return path


def _blockers(layout: Layout, source: Spot, target: Spot) -> bool:
    """Whether another place lies on the straight way."""
    return any(
        _distance(spot, source, target) < layout.radius + GAP
        for spot in layout.spots.values()
        if spot is not source and spot is not target
    )


def _distance(spot: Spot, start: Spot, end: Spot) -> float:
    """Of the middle of `spot` from the straight line between two others."""
    x, y = end.x - start.x, end.y - start.y
    length = x * x + y * y or 1.0
    along = ((spot.x - start.x) * x + (spot.y - start.y) * y) / length
    if not 0.0 < along < 1.0:
        return math.inf
    return math.hypot(start.x + along * x - spot.x, start.y + along * y - spot.y)
