"""GutterScroll: a column that scrolls, as wide with a scroll bar as without, so that cards stay in line.

Run it alone: python -m studyapp.widgets.gutter_scroll
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from studyapp.theme import Theme

GUTTER = 16  # px at the right of the content, in which the bar comes and goes


class GutterScroll(QScrollArea):
    """Put the content into `column`. No signals of its own.

    Attributes:
        content: what scrolls. column: its layout.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setObjectName("viewport")
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, GUTTER, 0)
        self.column.setSpacing(12)
        self.setWidget(self.content)
        self.verticalScrollBar().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar takes its room out of the gutter."""
        bar = self.verticalScrollBar()
        if watched is bar and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            used = bar.sizeHint().width() if event.type() == QEvent.Type.Show else 0
            self.column.setContentsMargins(0, 0, max(0, GUTTER - used), 0)
        return super().eventFilter(watched, event)


def _show(_theme: Theme) -> GutterScroll:
    scroll = GutterScroll()
    for number in range(30):
        scroll.column.addWidget(QLabel(f"line {number}"))
    return scroll


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
