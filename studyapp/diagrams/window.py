"""DiagramWindow: a picture as large as the screen lets it be. Escape closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from content.diagram import Diagram
from studyapp.diagrams.view import DiagramView
from studyapp.theme import Theme

_SHARE = 0.86  # of the screen, at most
_LARGEST = 2.4  # times its usual size


def show_large(theme: Theme, diagram: Diagram, parent: QWidget) -> DiagramWindow:
    """Open the window of a picture; if it is open, it gets the keyboard."""
    for window in parent.window().findChildren(DiagramWindow):
        if window.windowTitle() == diagram.title:
            window.activateWindow()
            return window
    window = DiagramWindow(theme, diagram, parent)
    window.show()
    return window


class DiagramWindow(QDialog):
    """Deleted when it is closed.

    Attributes:
        view: the picture.
    """

    def __init__(self, theme: Theme, diagram: Diagram, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(diagram.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = DiagramView(theme, diagram, most=_LARGEST)
        self._copied = QLabel()
        self._copied.setObjectName("muted")
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addLayout(self._foot())
        room, natural = self.screen().availableSize() * _SHARE, self.view.sizeHint() * 1.6
        self.resize(min(natural.width(), room.width()), min(natural.height() + 70, room.height()))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self) -> QHBoxLayout:
        hint = QLabel("Rest the mouse on a part, or walk with the arrow keys.")
        hint.setObjectName("muted")
        copy, save, close = QPushButton("Copy"), QPushButton("Save as SVG…"), QPushButton("Close")
        copy.clicked.connect(self._on_copy)
        save.clicked.connect(self._on_save)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(self._copied)
        for button in (copy, save, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _on_copy(self) -> None:
        if self.view.picture is not None:
            self.view.taking.copy(self.view.picture)
            self._copied.setText("Copied")

    def _on_save(self) -> None:
        if self.view.picture is not None:
            self.view.taking.ask(self.view.picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
