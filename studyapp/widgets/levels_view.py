"""LevelsView: a recursion tree level by level, with what each level adds up to at the right.

Paints `findings.Levels`; knows no process and no page.
Run it alone: python -m studyapp.widgets.levels_view
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from engine.symbolic.findings import Level, Levels
from studyapp.mathtext.prefetch import Prefetch
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.painted import Painted
from studyapp.widgets.painted_formula import formula_width, paint_formula

_HEAD, _FOOT, _ROW = 24, 60, 54  # px: of the headings, the sums' sum, one level
_SUMS = (72, 170)  # px: the column of sums, at least and at most
_PILL, _WIDEST, _GAP = 30.0, 74.0, 6.0  # px: of a node
_SIDE = 4.0  # px: left and right of the calls
_PX = 15.0


class LevelsView(Painted):
    """No signals. As high as it has levels; where there is more room, they stand farther apart."""

    ground = "card"

    def __init__(self, theme: Theme, prefetch: Prefetch) -> None:
        super().__init__(
            theme, "Recursion tree", "The recursion tree comes with a recurrence that divides n."
        )
        self._prefetch = prefetch
        self._levels: Levels | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        prefetch.advanced.connect(self.update)

    @property
    def empty(self) -> bool:
        return self._levels is None

    def set_levels(self, levels: Levels | None) -> None:
        """Show this tree; None for none."""
        self._levels = levels
        if levels is not None:
            self._prefetch.want(self._formulas(levels))
            self.setMinimumHeight(_HEAD + _FOOT + len(levels.levels) * 44)
        self.updateGeometry()
        self.refresh()

    def description(self) -> str:
        levels = self._levels
        if levels is None:
            return self.empty_text
        told = "; ".join(
            f"{level.nodes} nodes of size {level.size}, sum {level.sum}" for level in levels.levels
        )
        return f"{told}. Height {levels.height}. Total {levels.total}."

    def sizeHint(self) -> QSize:
        rows = len(self._levels.levels) if self._levels is not None else 4
        return QSize(320, _HEAD + _FOOT + rows * _ROW)

    def paint(self, painter: QPainter) -> None:
        levels = self._levels
        if levels is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sums = self._sums_width(levels)
        self._paint_heads(painter, sums)
        before: list[QRectF] = []
        for place, level in enumerate(levels.levels):
            row = self._row(place, len(levels.levels))
            nodes = self._nodes(level, row, self.width() - sums - 12)
            skipped = not level.sizes or (place > 0 and not levels.levels[place - 1].sizes)
            self._paint_links(painter, before, nodes, 0 if skipped else levels.branches, row)
            before = nodes
        for place, level in enumerate(levels.levels):
            row = self._row(place, len(levels.levels))
            self._paint_level(painter, level, self._nodes(level, row, self.width() - sums - 12))
            right = QRectF(self.width() - sums, row.top(), sums - 4, row.height())
            paint_formula(painter, level.sum, right, _PX, self.colour("text"))
        self._paint_foot(painter, levels)

    def _paint_heads(self, painter: QPainter, sums: float) -> None:
        painter.setFont(self.sized(11))
        painter.setPen(self.colour("muted"))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(0, 0, self.width() - sums - 12, _HEAD - 4), centre, "sizes of the calls")
        painter.drawText(QRectF(self.width() - sums, 0, sums, _HEAD - 4), centre, "level sum")
        painter.setPen(QPen(self.colour("border"), 1))
        x = self.width() - sums - 6
        painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - _FOOT))

    def _paint_links(
        self, painter: QPainter, above: list[QRectF], nodes: list[QRectF], branches: int, row: QRectF
    ) -> None:
        """From each call to those that it makes; dots where levels (0 branches) or calls are left out."""
        if not above:
            return
        painter.setPen(QPen(self.colour("outline"), 1.1))
        if len(nodes) == branches * len(above):
            for place, node in enumerate(nodes):
                start = above[place // branches]
                painter.drawLine(
                    QPointF(start.center().x(), start.bottom()), QPointF(node.center().x(), node.top())
                )
            return
        painter.setBrush(self.colour("outline"))
        painter.setPen(Qt.PenStyle.NoPen)
        middle = (above[0].left() + above[-1].right()) / 2
        gap = row.top() - above[0].bottom() + (row.height() - _PILL) / 2
        for k in (-1, 0, 1):
            painter.drawEllipse(QPointF(middle, above[0].bottom() + gap / 2 + 5 * k), 1.5, 1.5)

    def _paint_level(self, painter: QPainter, level: Level, nodes: list[QRectF]) -> None:
        for size, rect in zip(level.sizes or (level.size,), nodes, strict=False):
            painter.setPen(QPen(self.colour("accent"), 1.1))
            painter.setBrush(self.colour("accent_soft"))
            painter.drawRoundedRect(rect, 8, 8)
            paint_formula(painter, size, rect.adjusted(3, 2, -3, -2), _PX - 1, self.colour("text"))

    def _paint_foot(self, painter: QPainter, levels: Levels) -> None:
        top = self.height() - _FOOT
        painter.setPen(QPen(self.colour("border"), 1))
        painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
        for place, (words, latex) in enumerate((("height", levels.height), ("total", levels.total))):
            room = QRectF(0, top + 4 + place * (_FOOT - 6) / 2, self.width(), (_FOOT - 6) / 2)
            painter.setFont(self.sized(12))
            painter.setPen(self.colour("muted"))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room.adjusted(6, 0, 0, 0), left, words)
            right = Qt.AlignmentFlag.AlignRight
            paint_formula(painter, latex, room.adjusted(60, 1, -6, -1), _PX, self.colour("text"), right)

    # --- where ---

    def _row(self, place: int, count: int) -> QRectF:
        tall = (self.height() - _HEAD - _FOOT) / max(1, count)
        return QRectF(0, _HEAD + place * tall, self.width(), tall)

    def _nodes(self, level: Level, row: QRectF, width: float) -> list[QRectF]:
        """Where the calls of a level stand: each in the middle of its share of the width."""
        count = max(1, len(level.sizes))
        share = (width - 2 * _SIDE) / count
        wide = max(12.0, min(_WIDEST, share - _GAP))
        tall = min(_PILL, row.height() - 8)
        top = row.center().y() - tall / 2
        return [QRectF(_SIDE + (place + 0.5) * share - wide / 2, top, wide, tall) for place in range(count)]

    def _sums_width(self, levels: Levels) -> float:
        wanted = max(formula_width(level.sum, _PX) for level in levels.levels) + 16
        return max(_SUMS[0], min(_SUMS[1], wanted, 0.45 * self.width()))

    def _formulas(self, levels: Levels) -> list[Key]:
        every = [levels.height, levels.total]
        for level in levels.levels:
            every += [level.sum, level.size, *level.sizes]
        return [(latex, False) for latex in dict.fromkeys(every)]


def _show(theme: Theme) -> LevelsView:
    from studyapp.widgets.findings_sample import levels

    view = LevelsView(theme, Prefetch())
    view.set_levels(levels())
    return view


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
