"""NetworkWindow: the picture of a network once more, as large as the screen lets it be. Escape closes it.

Knows the picture that it enlarges, and nothing of what is lit there.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from studyapp.widgets.network_view import NetworkView

_WIDTH, _HEIGHT = 1100, 720  # px, where there is room
_SHARE = 0.9  # of the screen, at most


class NetworkWindow(QDialog):
    """A time that is chosen here is chosen there. Deleted when it is closed.

    Attributes:
        view: the larger picture.
    """

    def __init__(self, small: NetworkView) -> None:
        super().__init__(small.window())
        self.setWindowTitle("Network")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._small = small
        self.view = small.twin()
        self.view.time_chosen.connect(self._on_time_chosen)
        column = QVBoxLayout(self)
        column.addWidget(self.view)
        room = self.screen().availableSize() * _SHARE
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_time_chosen(self, t: int) -> None:
        self._small.set_time(t)
        self._small.time_chosen.emit(t)
