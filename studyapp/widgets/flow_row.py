"""FlowRow: small widgets side by side, going on in another line where there is no more room.

Run it alone: python -m studyapp.widgets.flow_row
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studyapp.theme import Theme


class FlowRow(QWidget):
    """Each widget has the size that it asks for; the height follows from the width. No signals."""

    def __init__(self, gap: int = 8) -> None:
        """`gap` is between the widgets, px."""
        super().__init__()
        self._gap = gap
        self._items: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, item: QWidget) -> None:
        """Put `item` after the others."""
        item.setParent(self)
        self._items.append(item)
        self.updateGeometry()

    def arrange(self) -> None:
        """A widget was shown, hidden or given other words."""
        self.updateGeometry()
        self._move_items()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((at.y() + item.sizeHint().height() for item, at in places), default=0)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() + self._gap for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._shown()), default=0)
        return QSize(widest, self.heightForWidth(max(widest, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # layouts keep the height that they were told for another width
        self._move_items()

    def _shown(self) -> list[QWidget]:
        """Without those that were hidden by hand; what was never shown comes with its parent."""
        by_hand = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        return [item for item in self._items if not (item.isHidden() and item.testAttribute(by_hand))]

    def _move_items(self) -> None:
        for item, at in self._places(self.width()):
            item.setGeometry(at.x(), at.y(), item.sizeHint().width(), item.sizeHint().height())

    def _places(self, width: int) -> list[tuple[QWidget, QPoint]]:
        """Where each widget begins when there are `width` pixels."""
        places, x, y, tallest = [], 0, 0, 0
        for item in self._shown():
            size = item.sizeHint()
            if x and x + size.width() > width:
                x, y, tallest = 0, y + tallest + self._gap, 0
            places.append((item, QPoint(x, y)))
            x, tallest = x + size.width() + self._gap, max(tallest, size.height())
        return places


def _show(_theme: Theme) -> FlowRow:
    row = FlowRow()
    for number in range(12):
        label = QLabel(f"chip number {number}")
        label.setObjectName("chip")
        row.add(label)
    return row


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
