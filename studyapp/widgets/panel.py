"""Panel: a rounded card with a title, a line of reading beside it, and room for tools and content."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studyapp.theme import Theme
from studyapp.widgets.readout import Readout


class Panel(QFrame):
    """A card.

    Attributes:
        title: the heading.
        reading: the line at its right, for what is under the mouse or chosen.
        body: where the content goes.
    """

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title = QLabel(title)
        self.title.setObjectName("h2")
        self.reading = Readout(theme, f"{title}: reading")
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addWidget(self.title)
        self._head.addWidget(self.reading, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 10, 16, 12)
        self.body.setSpacing(6)
        self.body.addLayout(self._head)

    def add_beside_title(self, tool: QWidget) -> None:
        """Put `tool` right after the title."""
        self._head.insertWidget(1, tool)

    def add_tool(self, tool: QWidget) -> None:
        """Put `tool` at the right end of the heading."""
        self._head.addWidget(tool)
