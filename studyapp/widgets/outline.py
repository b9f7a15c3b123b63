"""Outline: the headings of a note, to see where one is and to go elsewhere.

Run it alone: python -m studyapp.widgets.outline
"""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QStyle, QVBoxLayout, QWidget

from studyapp.theme import Theme
from studyapp.widgets.plain_words import plain_formula

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_ROUND = QSize(26, 16)  # px that a row has around its text, as style.qss and Qt lay it out
_MOST_LINES = 3
_INDENT = 6  # px of each further level, beside the gap that a style leaves
_NUMBER = Qt.ItemDataRole.UserRole


class Outline(QWidget):
    """A short list; the heading that is being read is marked.

    Signals:
        chosen(int): the student wants this heading, counted from 0.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        title = QLabel("On this page")
        title.setObjectName("small")
        title.setContentsMargins(10, 0, 0, 0)
        self.list = QListWidget()
        self.list.setObjectName("outline")
        self.list.setAccessibleName("Headings of this page")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(self.list, 1)

    def show_note(self, markdown: str, deepest: int = 6) -> None:
        """List the headings of this text, down to the level `deepest`."""
        self.list.clear()
        listed = [each for each in enumerate(headings(markdown)) if each[1][0] <= deepest]
        first = min((level for _, (level, _) in listed), default=2)
        for number, (level, words) in listed:
            item = QListWidgetItem(words)
            if level > first:
                item.setData(Qt.ItemDataRole.DecorationRole, _blank(_INDENT * (level - first)))
            item.setToolTip(words)
            item.setData(_NUMBER, number)
            self.list.addItem(item)
        self._fit_rows()

    def mark(self, number: int) -> None:
        """Show that this heading is being read, or the listed one that it is under; -1 for none."""
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_NUMBER) <= number]
        self.list.setCurrentRow(rows[-1] if rows else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """A heading too long for one line gets more: Qt's hint forgets the padding and cuts it instead."""
        self.list.ensurePolished()
        if self._lay_rows(self.width()) > self.list.viewport().height():
            self._lay_rows(self.width() - self.list.verticalScrollBar().sizeHint().width())

    def _lay_rows(self, width: int) -> int:
        """The height of all rows in this width."""
        metrics, room, total = self.list.fontMetrics(), width - _ROUND.width(), 0
        gap = 2 * (self.list.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
        for row in range(self.list.count()):
            item = self.list.item(row)
            blank = item.data(Qt.ItemDataRole.DecorationRole)
            taken = blank.width() + gap if blank is not None else 0
            box = QRect(0, 0, max(1, room - taken), 10_000)
            wanted = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, item.text()).height()
            high = min(wanted, _MOST_LINES * metrics.lineSpacing())
            item.setSizeHint(QSize(room, high + _ROUND.height()))
            total += high + _ROUND.height()
        return total

    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_NUMBER))


def _blank(wide: int) -> QPixmap:
    """A picture of nothing: so all lines of a heading stand indented, not the first alone."""
    made = QPixmap(wide, 1)
    made.fill(Qt.GlobalColor.transparent)
    return made


def headings(markdown: str) -> list[tuple[int, str]]:
    """(level, words) of each heading, formulas in plain signs; code is not looked into."""
    found, in_code = [], False
    for line in markdown.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            in_code = not in_code
        elif not in_code and (heading := _HEADING.match(line)):
            found.append(
                (
                    len(heading.group(1)),
                    re.sub(r"\$(.+?)\$", lambda f: plain_formula(f.group(1)), heading.group(2)),
                )
            )
    return found


def _show(_theme: Theme) -> QWidget:
    outline = Outline()
    outline.show_note("## The idea\n\n### A detail\n\n## Worked example: $\\sqrt{1225}$")
    outline.mark(0)
    return outline


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
