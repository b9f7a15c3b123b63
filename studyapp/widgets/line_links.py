"""LineLinks: "from lines 3, 5 and 8", where each number goes to its line; many go on in another row.

Run it alone: python -m studyapp.widgets.line_links
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from studyapp.theme import Theme
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.labels import styled

_GAP = 1  # px


class LineLinks(FlowRow):
    """Nothing where there are no lines.

    Signals:
        asked(int): go to the line with this number.

    Attributes:
        buttons: one for each line, in order.
    """

    asked = Signal(int)

    def __init__(self, lines: Sequence[int]) -> None:
        super().__init__(_GAP)
        self._lines = tuple(lines)
        self.buttons = [self._button(line, place, len(lines)) for place, line in enumerate(lines)]
        for place, button in enumerate(self.buttons):
            if not place:
                self.add(styled("linewords", "from line" if len(lines) == 1 else "from lines"))
            elif place == len(lines) - 1:
                self.add(styled("linewords", "and"))
            self.add(button)

    def set_hidden(self, hidden: Container[int]) -> None:
        """The lines with these numbers are only in the fine telling: what leads there is muted."""
        for line, button in zip(self._lines, self.buttons, strict=True):
            away = line in hidden
            where = ", in the fine telling" if away else ""
            button.setToolTip(f"Show line {line}{where}, which this one needs")
            if bool(button.property("away")) != away:
                button.setProperty("away", away)
                button.style().unpolish(button)
                button.style().polish(button)

    def _button(self, line: int, place: int, count: int) -> QPushButton:
        button = QPushButton(f"{line}," if place < count - 2 else str(line))
        button.setObjectName("link")
        button.setAccessibleName(f"Go to line {line}")
        button.setToolTip(f"Show line {line}, which this one needs")
        button.clicked.connect(partial(self.asked.emit, line))
        return button


def _show(_theme: Theme) -> LineLinks:
    return LineLinks((3, 5, 8))


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
