"""Where a panel goes that explains something: beside it, and off what must stay free. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize

GAP = 10  # px between the panel and what it explains, and to the edge of the window
_STEP = 12  # px between two places that are tried along one side


def clear_corner(size: QSize, about: QRect, others: Sequence[QRect], room: QRect) -> QPoint:
    """The upper left corner of a panel of `size` inside `room`, beside `about`.

    It covers `about` only where no side has room, and as little as can be of `others`. Among equals below
    comes first, then above, right and left, and of one side the place nearest to its middle.
    """
    best, least = QPoint(room.left() + GAP, room.bottom() - size.height() - GAP), -1
    for corner in _beside(size, about, room):
        covered = _covered(QRect(corner, size), others)
        if least < 0 or covered < least:
            best, least = corner, covered
        if covered == 0:
            break
    return best


def _beside(size: QSize, about: QRect, room: QRect) -> Iterator[QPoint]:
    """All places that are tried, the best liked first."""
    inside = room.adjusted(GAP, GAP, -GAP, -GAP)
    left, top = about.center().x() - size.width() // 2, about.center().y() - size.height() // 2
    right, bottom = inside.right() - size.width(), inside.bottom() - size.height()
    rows = (about.bottom() + GAP, about.top() - GAP - size.height())
    columns = (about.right() + GAP, about.left() - GAP - size.width())
    for y in rows:
        if inside.top() <= y <= bottom:
            yield from (QPoint(x, y) for x in _along(left, inside.left(), right))
    for x in columns:
        if inside.left() <= x <= right:
            yield from (QPoint(x, y) for y in _along(top, inside.top(), bottom))
    # no side has room, or on each of them something is covered: farther away
    for y in sorted(range(inside.top(), bottom + 1, _STEP), key=lambda y: abs(y - top)):
        for x in _along(left, inside.left(), right):
            if not QRect(QPoint(x, y), size).intersects(about):
                yield QPoint(x, y)


def _along(wanted: int, lowest: int, highest: int) -> list[int]:
    """Places from `lowest` to `highest`, the nearest to `wanted` first."""
    if highest < lowest:
        return []
    nearest = max(lowest, min(wanted, highest))
    return sorted({nearest, highest, *range(lowest, highest + 1, _STEP)}, key=lambda at: abs(at - nearest))


def _covered(panel: QRect, others: Sequence[QRect]) -> int:
    """How many square pixels of `others` lie under the panel."""
    cuts = (panel.intersected(other) for other in others)
    return sum(cut.width() * cut.height() for cut in cuts if not cut.isEmpty())
