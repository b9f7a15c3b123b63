"""LineCounts: what was counted for each line of code: how it is written beside it, and how hot it is.

Knows `findings.LineCount` and paints; knows no editor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from engine.symbolic.findings import Formula, LineCount
from studyapp.flat_fractions import flat
from studyapp.golden import shortened
from studyapp.theme import Theme
from studyapp.widgets.painted_formula import SMALLEST, formula_width, paint_formula

_PX, _CLASS_PX = 14.0, 12.5  # one em of a count, and of its class
_BAR, _AIR = 4, 10  # px: the bar of the share, and around
_COUNT, _CLASS = (76, 146), (48, 110)  # px: of the columns, at least and at most
_SHARE, _FRAME = 0.5, 34  # of the editor, at most; px of it around the code
_POINTS = 4  # measured ones that a tip shows


class LineCounts:
    """All lines of one answer.

    Attributes:
        heat: for each line its share of all that was counted, at the largest n that was, 0 to 1.
        warmth: the same as a share of that of the hottest line.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._counts: dict[int, LineCount] = {}
        self._best = False
        self._columns = (0, 0)  # px: of the counts, of the classes
        self.heat: Mapping[int, float] = {}
        self.warmth: Mapping[int, float] = {}

    def set_counts(self, counts: Sequence[LineCount], best: bool) -> None:
        """Show these; `best`: with the classes of the best case."""
        self._counts = {count.line: count for count in counts}
        self._best = best
        self.heat = shares(counts)
        hottest = max(self.heat.values(), default=0.0)
        self.warmth = {line: share / hottest for line, share in self.heat.items()} if hottest else {}

    def at(self, line: int) -> LineCount | None:
        return self._counts.get(line)

    def formulas(self) -> list[tuple[str, bool]]:
        """What is to be typeset."""
        every = (latex for count in self._counts.values() for latex in self._written(count))
        return [(latex, False) for latex in every if latex]

    def width(self, editor: int, code: int) -> int:
        """How wide the margin would like to be beside code of that width; 0: there is nothing in it.

        What the code leaves, and more, up to half of the editor, only for what could not be read else.
        """
        if not self._counts:
            return 0
        around = _BAR + 3 * _AIR
        half, left = round(_SHARE * editor), editor - code - _FRAME
        self._columns = self._fitted(left - around, half - around)
        return min(max(half, left), sum(self._columns) + around)

    def paint(self, painter: QPainter, line: int, room: QRectF) -> None:
        """Write what was counted for that line."""
        count = self._counts.get(line)
        if count is None:
            return
        total, growth = self._written(count)
        _, narrow = self._columns
        right = QRectF(room.right() - narrow - _AIR, room.top(), narrow, room.height())
        left = QRectF(room.left() + _AIR + _BAR, room.top(), 0, room.height())
        left.setRight(right.left() - _AIR)
        self._paint_bar(painter, self.warmth.get(line, 0.0), room)
        ink = self._theme.colour("text" if count.proven else "warn")
        paint_formula(painter, total, left.adjusted(0, 1, 0, -1), _PX, ink, Qt.AlignmentFlag.AlignRight)
        muted = self._theme.colour("muted")
        paint_formula(painter, growth, right, _CLASS_PX, muted, Qt.AlignmentFlag.AlignLeft)

    def tip(self, line: int) -> str:
        """What is worth knowing about that line, plain."""
        count = self._counts.get(line)
        if count is None:
            return ""
        told = count.total.text if count.total is not None else "no closed form"
        parts = [f"Line {line} is executed {told} times{'' if count.proven else ' (measured, not derived)'}."]
        if count.measured:
            parts.append("Counted: " + measured_words(count) + ".")
        if line in self.heat:
            parts.append(f"{self.heat[line]:.0%} of all that is executed at the largest of these.")
        if count.cost:
            parts.append(f"Each time: {count.cost}.")
        return "\n".join(parts)

    def _paint_bar(self, painter: QPainter, share: float, room: QRectF) -> None:
        ink = self._theme.colour("warn")
        ink.setAlpha(round(40 + 215 * share))
        tall = (room.height() - 4) * max(0.12, share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(room.left() + _AIR / 2, room.bottom() - 2 - tall, _BAR, tall), 2, 2)

    def _written(self, count: LineCount) -> tuple[str, str]:
        """Count and class, LaTeX."""
        growth = count.best if self._best else count.worst
        total = count.total.latex if count.total is not None else count.steps
        return flat(shortened(total)), theta(growth)

    def _fitted(self, left: int, half: int) -> tuple[int, int]:
        """Widths of the two columns, in px."""
        written = [self._written(count) for count in self._counts.values()]
        wide = max((formula_width(total, _PX) for total, _ in written), default=0)
        narrow = max((formula_width(growth, _CLASS_PX) for _, growth in written), default=0)
        beside = _within(narrow, _CLASS)
        most = max(_COUNT[1], left - beside)
        least = math.ceil(wide * SMALLEST)
        if most < least <= half - beside:
            most = least
        return _within(wide, (_COUNT[0], most if least <= most else _COUNT[1])), beside


def shares(counts: Sequence[LineCount]) -> dict[int, float]:
    """For each line that was counted, its share of them all at the largest n, 0 to 1."""
    at_last = {count.line: count.measured[-1][1] for count in counts if count.measured}
    total = sum(at_last.values())
    return {line: times / total for line, times in at_last.items()} if total else {}


def measured_words(count: LineCount) -> str:
    """The last measured points, e.g. "45 at n = 10, 190 at n = 20"."""
    return ", ".join(f"{times:,} at n = {n:,}" for n, times in count.measured[-_POINTS:])


def theta(growth: Formula | None) -> str:
    """The class as it is written, LaTeX in one line; empty for none, and for what is never executed."""
    return "" if growth is None or growth.latex == "0" else rf"\Theta({flat(shortened(growth.latex))})"


def _within(wide: float, bounds: tuple[int, int]) -> int:
    return round(max(bounds[0], min(bounds[1], wide)))
