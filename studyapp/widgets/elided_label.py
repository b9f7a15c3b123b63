"""ElidedLabel: one line of words that ends in dots where there is no room; the tool tip has all of it.

Run it alone: python -m studyapp.widgets.elided_label
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from studyapp.theme import Theme


class ElidedLabel(QLabel):
    """Plain text, in the middle. No signals."""

    def __init__(self, style: str = "small") -> None:
        super().__init__()
        self.setObjectName(style)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
            self.setToolTip(self.text() if shown != self.text() else "")
        finally:
            painter.end()


def _show(_theme: Theme) -> ElidedLabel:
    label = ElidedLabel()
    label.setText("merge_sort([7, 11, 3, 5, 9, 1, 6, 10]) returns [1, 3, 5, 6, 7, 9, 10, 11]")
    return label


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
