"""LineLinks: "from lines 3 and 5", where each number goes to its line.

Run it alone: python -m studyapp.widgets.line_links
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studyapp.theme import Theme
from studyapp.widgets.labels import styled


class LineLinks(QWidget):
    """Nothing where there are no lines.

    Signals:
        asked(int): go to the line with this number.

    Attributes:
        buttons: one for each line, in order.
    """

    asked = Signal(int)

    def __init__(self, lines: Sequence[int]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons = [self._button(line) for line in lines]
        for place, button in enumerate(self.buttons):
            before = ("from line" if len(lines) == 1 else "from lines") if not place else ","
            row.addWidget(styled("small", "and" if place and place == len(lines) - 1 else before))
            row.addWidget(button)

    def _button(self, line: int) -> QPushButton:
        button = QPushButton(str(line))
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
