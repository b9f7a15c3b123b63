"""Lists of points -> outlines: rounded corners, smooth curves, braces, arrow heads. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

_HEAD_LONG, _HEAD_WIDE, _HEAD_NOTCH = 10.4, 8.3, 2.4  # units
_CURVED = 0.18  # of the way to the neighbours that the handles of a smooth curve reach


def rounded(points: Sequence[QPointF], radius: float) -> QPainterPath:
    """Straight pieces, joined by arcs of at most `radius`."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        path.lineTo(_towards(corner, before, reach))
        path.quadTo(corner, _towards(corner, after, reach))
    path.lineTo(points[-1])
    return path


def smooth(points: Sequence[QPointF]) -> QPainterPath:
    """A curve through all points (Catmull-Rom); three points make an even bow."""
    path = QPainterPath(points[0])
    if len(points) == 3:
        middle = points[1] * 2 - (points[0] + points[2]) / 2
        path.quadTo(middle, points[2])
        return path
    padded = [points[0], *points, points[-1]]
    for before, first, second, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path.cubicTo(first + (second - before) * _CURVED, second - (after - first) * _CURVED, second)
    return path


def brace(start: QPointF, tip: QPointF, end: QPointF) -> QPainterPath:
    """A curly brace from start to end whose tip is at `tip`."""
    middle = (start + end) / 2
    up, along = tip - middle, _towards(QPointF(), end - start, 1.0)
    half = up / 2
    reach = along * min(_length(up, QPointF()), _length(start, end) / 4)
    path = QPainterPath(start)
    path.quadTo(start + half, start + half + reach)
    path.lineTo(middle + half - reach)
    path.quadTo(middle + half, tip)
    path.quadTo(middle + half, middle + half + reach)
    path.lineTo(end + half - reach)
    path.quadTo(end + half, end)
    return path


def closed(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    path.closeSubpath()
    return path


def head(tip: QPointF, before: QPointF, scale: float) -> QPainterPath:
    """An arrow head whose point is at `tip`, coming from `before`."""
    back = _towards(tip, before, _HEAD_LONG * scale)
    side = QPointF(-(back - tip).y(), (back - tip).x()) / (_HEAD_LONG * scale) * (_HEAD_WIDE * scale / 2)
    notch = _towards(tip, before, (_HEAD_LONG - _HEAD_NOTCH) * scale)
    return closed([tip, back + side, notch, back - side])


def cut_for_head(points: list[QPointF], scale: float) -> list[QPointF]:
    """The points with the last one drawn back, so that the line does not stick out of its head."""
    return [*points[:-1], _towards(points[-1], points[-2], (_HEAD_LONG - _HEAD_NOTCH) * scale * 0.8)]


def trimmed(points: list[QPointF], end: float) -> list[QPointF]:
    """The points with `end` units less at either end."""
    return [_towards(points[0], points[1], end), *points[1:-1], _towards(points[-1], points[-2], end)]


def direction_point(points: Sequence[QPointF], is_smooth: bool) -> QPointF:
    """Where the line comes from at its last point, seen from there."""
    if is_smooth and len(points) == 3:
        return points[1] * 2 - (points[0] + points[2]) / 2
    return points[-2]


def total_length(points: Sequence[QPointF]) -> float:
    return sum(_length(a, b) for a, b in pairwise(points))


def _length(first: QPointF, second: QPointF) -> float:
    return math.hypot(second.x() - first.x(), second.y() - first.y())


def _towards(first: QPointF, second: QPointF, distance: float) -> QPointF:
    """The point `distance` from the first in the direction of the second."""
    length = _length(first, second)
    return QPointF(first) if length == 0 else first + (second - first) * (distance / length)
