"""WaysFoot: the ways to the pages before and after, each with its whole title, on more lines without room.

Run it alone: python -m studyapp.widgets.ways_foot
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton

_AROUND = 64  # px of a button beside its title: padding, arrow and border
_BETWEEN = 12  # px
_LEAST = 96  # px that a title has at least


class WaysFoot(QWidget):
    """Signals:
    went(str): to the page of this key.
    """

    went = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._before = IconButton(theme, "arrow-left", "", "ghost")
        self._after = IconButton(theme, "arrow-right", "", "ghost", icon_after=True)
        self._ways = {self._before: ("", ""), self._after: ("", "")}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_BETWEEN)
        self._row.addWidget(self._before, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch()
        self._row.addWidget(self._after, 0, Qt.AlignmentFlag.AlignVCenter)
        self._before.clicked.connect(lambda: self._go(self._before))
        self._after.clicked.connect(lambda: self._go(self._after))

    def show_ways(self, before: tuple[str, str], after: tuple[str, str]) -> None:
        """(key, title) of the neighbours; empty for none."""
        self._ways = {self._before: before, self._after: after}
        self._fill()

    def set_margins(self, left: int, right: int) -> None:
        """So many px stay free at the ends."""
        self._row.setContentsMargins(left, 0, right, 0)
        self._fill()

    def minimumSizeHint(self) -> QSize:
        """Titles give way: a small window stays small."""
        return QSize(2 * (_LEAST + _AROUND), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        """Write the titles as there is room: a short one leaves the rest to the other."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - _BETWEEN - 2 * _AROUND
        wanted = {button: self._width(button, title) for button, (_, title) in self._ways.items()}
        for button, icon in ((self._before, "arrow-left"), (self._after, "arrow-right")):
            key, title = self._ways[button]
            other = min(room // 2, sum(wanted.values()) - wanted[button])
            lines = wrapped(title, max(_LEAST, room - other), partial(self._width, button))
            button.setVisible(bool(key))
            button.set_words(icon, "\n".join(lines).replace("&", "&&"))
            button.setAccessibleName(title)
            button.setToolTip(title if len(lines) > 1 else "")

    def _width(self, button: IconButton, text: str) -> int:
        button.ensurePolished()
        return button.fontMetrics().horizontalAdvance(text)

    def _go(self, button: IconButton) -> None:
        self.went.emit(self._ways[button][0])


def wrapped(text: str, room: int, measure: Callable[[str], int]) -> list[str]:
    """The words in as few lines as fit into `room`, all about as long."""
    fewest = len(_greedy(text, room, measure))
    narrow = room
    while narrow > 1 and len(_greedy(text, narrow - 1, measure)) == fewest:
        narrow -= 1
    return _greedy(text, narrow, measure)


def _greedy(text: str, room: int, measure: Callable[[str], int]) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and measure(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _show(theme: Theme) -> QWidget:
    foot = WaysFoot(theme)
    foot.show_ways(("a", "LSTM architecture: diagram and all equations"), ("b", "The forget gate"))
    return foot


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
