"""MeasuredCard: what was counted, where a formula fits the counts and has no lines that derive it.

Run it alone: python -m studyapp.widgets.measured_card
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from engine.symbolic.findings import Findings, LineCount
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied

_COUNTED = "The code was followed line by line at these sizes, and the formula gives every one of the counts."
_MEASURED = (
    "Not all of it could be derived from the code, so this is good evidence and no proof: "
    "beyond these sizes it might differ."
)
_MOST, _COLUMN, _HEAD = 12, 62, 150  # sizes; px of a column, and of the heads at the left
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MeasuredCard(QFrame):
    """As many of the last sizes as there is room for. No signals; the numbers can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._points: list[tuple[int, int]] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(8)
        self._title, self._words = styled("h2"), styled("muted", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addLayout(self._grid)

    def set_found(self, found: Findings, proven: bool) -> None:
        """Show the counts of all lines together; what is `proven` has its reason in one sentence."""
        self._title.setText("Why, and what was counted" if proven else "Measured, not derived")
        self._words.setText(
            f"{found.assumption if proven else ''} {_COUNTED} {'' if proven else _MEASURED}".strip()
        )
        self._points = [point for point in totals(found.counts) if point[0] >= found.start]
        self._columns = 0
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        columns = max(3, min(_MOST, len(self._points), (self.width() - _HEAD) // _COLUMN))
        if columns == self._columns:
            return
        self._columns = columns
        emptied(self._grid)
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0)
        for row, head in enumerate(("n", "lines executed")):
            self._grid.addWidget(styled("small", head), row, 0)
        for place, point in enumerate(self._points[-columns:], 1):
            for row, number in enumerate(point):
                self._grid.addWidget(self._number(number), row, place, _RIGHT)
        self._grid.setColumnStretch(columns + 1, 1)

    def _number(self, number: int) -> QLabel:
        label = styled("mono", f"{number:,}")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


def totals(counts: tuple[LineCount, ...]) -> list[tuple[int, int]]:
    """(n, executions of all lines) pairs, n rising."""
    found = Counter[int]()
    for count in counts:
        found.update(dict(count.measured))
    return sorted(found.items())


def _show(_theme: Theme) -> MeasuredCard:
    from studyapp.widgets.findings_sample import code

    card = MeasuredCard()
    card.set_found(code().found or Findings(), proven=False)
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
