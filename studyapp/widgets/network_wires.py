"""The wires of an unrolled network as painter paths with arrow heads. Knows the layout, no colours.

A wire within a column goes straight up, around what stands in between; one from column to column
leaves and arrives sideways; one to a time that is hidden ends at the dots that stand for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

from engine.symbolic.report import Wire
from studyapp.widgets.network_layout import Layout, Spot

HEAD = 6.5  # px: length of an arrow head
GAP = 2.0  # px between an end and the edge of its place
NEAR = 5.0  # px: how near to a wire the mouse must be
_SAMPLES = 10  # points of a way at which it is looked whether it runs into something
_DOTS = 13.0  # px around the middle of a hidden column that belong to its dots


@dataclass(frozen=True, slots=True)
class Run:
    """A wire as it is painted, from its source to its target.

    Attributes:
        line: without heads. ahead, back: the arrow head at its target, and the one at its source.
        middle: where its label stands.
        open: one of its ends is hidden. over: it goes over the times before any T.
    """

    wire: Wire
    line: QPainterPath
    ahead: QPolygonF
    back: QPolygonF
    middle: QPointF
    open: bool
    over: bool = False

    def near(self, point: QPointF) -> bool:
        """Whether the mouse at `point` is on it."""
        if not self.line.controlPointRect().adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(point):
            return False
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * NEAR)
        return stroker.createStroke(self.line).contains(point)


def runs(layout: Layout, wires: Sequence[Wire]) -> Iterator[Run]:
    """All that can be seen of `wires`; those that would run where another one does are one."""
    seen: set[tuple[float, float, float, float]] = set()
    for wire in wires:
        source = layout.spots.get(wire.source) or layout.ghosts[wire.source]
        target = layout.spots.get(wire.target) or layout.ghosts[wire.target]
        if source.hidden and target.hidden:
            continue
        ends = (source.x, source.y, target.x, source.y if target.hidden else target.y)
        if ends in seen:
            continue
        seen.add(ends)
        line = _to_dots(layout, source, target) if target.hidden else _between(layout, source, target)
        left, right = sorted((source.x, target.x))
        over = any(column.is_gap and left < column.x < right for column in layout.columns)
        yield replace(_run(wire, line, opened=source.hidden or target.hidden), over=over)


def dotted(layout: Layout, shown: Iterable[Run]) -> set[tuple[float, float]]:
    """Where dots stand for what is hidden: at the open ends of wires."""
    found = set()
    for run in shown:
        source, target = layout.ghosts.get(run.wire.source), layout.ghosts.get(run.wire.target)
        if source is not None:
            found.add((source.x, source.y))
        elif target is not None:
            found.add((target.x, layout.spots[run.wire.source].y))
    return found


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
    """The first way that runs into nothing, or else the first one."""
    if source.place.time == target.place.time and not source.hidden:
        ways = _upright(layout, source, target)
    else:
        ways = _across(layout, source, target)
    early, late = sorted((source.place.time, target.place.time))
    others = [
        spot
        for spot in layout.spots.values()
        if early <= spot.place.time <= late and spot is not source and spot is not target
    ]
    first = None
    for way in ways:
        first = first or way
        if not _runs_into(way, others, layout.radius):
            return way
    return first or QPainterPath()


def _upright(layout: Layout, source: Spot, target: Spot) -> Iterator[QPainterPath]:
    """Within a column: straight, or with a bow, first to the side on which it begins."""
    middle = QPointF((source.x + target.x) / 2, (source.y + target.y) / 2)
    yield _cut(layout, source, target, middle)
    side = 2.6 * layout.radius * (-1 if source.x < target.x - 1 else 1)
    for bow in (side, -side):
        yield _cut(layout, source, target, middle + QPointF(bow, 0.0))


def _across(layout: Layout, source: Spot, target: Spot) -> Iterator[QPainterPath]:
    """From column to column: level at both ends if there is room; else bent, or over what is between."""
    across = target.x - source.x
    if target.crowd == source.crowd == 1:
        yield _level(layout, source, target)
    bends = ((0.62, 0.0), (0.95, 0.0), (0.3, 1.0)) if abs(source.y - target.y) > 1 else ()
    for part, down in bends:
        bend = QPointF(source.x + part * across, source.y + down * (target.y - source.y))
        yield _cut(layout, source, target, bend)
    middle = (source.x + target.x) / 2
    for arch in (2.8, -2.8, 4.2):
        yield _cut(layout, source, target, QPointF(middle, min(source.y, target.y) - arch * layout.radius))


def _level(layout: Layout, source: Spot, target: Spot) -> QPainterPath:
    side, edge = math.copysign(1.0, target.x - source.x), layout.radius + GAP
    start = QPointF(source.x + side * (_DOTS if source.hidden else edge), source.y)
    end = QPointF(target.x - side * edge, target.y)
    reach = 0.55 * (end.x() - start.x())
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x() + reach, start.y()), QPointF(end.x() - reach, end.y()), end)
    return path


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
    reach = _DOTS if spot.hidden else layout.radius + GAP
    return QPointF(spot.x + x / length * reach, spot.y + y / length * reach)


def _to_dots(layout: Layout, source: Spot, target: Spot) -> QPainterPath:
    """From a place to the dots that stand for what is hidden, on its own level."""
    side = 1.0 if target.x > source.x else -1.0
    path = QPainterPath(QPointF(source.x + side * (layout.radius + GAP), source.y))
    path.lineTo(QPointF(target.x - side * _DOTS, source.y))
    return path


def _runs_into(way: QPainterPath, others: Sequence[Spot], radius: float) -> bool:
    """Whether another place lies on the way."""
    points = [way.pointAtPercent(part / _SAMPLES) for part in range(1, _SAMPLES)]
    return any(
        abs(point.x() - spot.x) < radius + GAP and abs(point.y() - spot.y) < radius + GAP
        for spot in others
        for point in points
    )
