"""FindingsWindow: the pictures of an answer once more, as large as the screen lets them be."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.findings_card import FindingsCard

_WIDTH, _HEIGHT = 1200, 800  # px, where there is room
_SHARE = 0.92  # of the screen, at most


class FindingsWindow(QDialog):
    """What is shown in the small card, with the same tab, moment and axes. Deleted when it is closed.

    Escape closes it.

    Attributes:
        card: the larger one.
    """

    def __init__(self, theme: Theme, small: FindingsCard, tips: Mapping[str, str]) -> None:
        super().__init__(small.window())
        self.setWindowTitle("Pictures")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._prefetch = Prefetch(self)
        self.card = FindingsCard(theme, self._prefetch, tips, large=True)
        self.card.plot.set_switches(*small.plot.switches)
        column = QVBoxLayout(self)
        column.addWidget(self.card)
        room = self.screen().availableSize() * _SHARE
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        self.card.set_found(small.found)
        self.card.choose(small.tabs.value)
        if small.calls.kinds.value != self.card.calls.kinds.value:
            self.card.calls.next_kind()
        self.card.calls.go(small.calls.view.moment)
