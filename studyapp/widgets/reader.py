"""Reader: a MathView with lines of a readable length, that knows its headings.

Run it alone: python -m studyapp.widgets.reader
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from studyapp.mathtext.style import MARGIN
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

MEASURE = 760  # px: longer lines are hard to follow
_EDGE = 6  # px between the text and the scroll bar
_AHEAD = 24  # px below the upper edge that still count as being read


class Reader(MathView):
    """The text stands in the middle, the scroll bar at the edge.

    Signals:
        heading_reached(int): scrolling has come to the heading of this number; -1 is before the first.
        indented(int, int): so many px lie left and right of the text now.
    """

    heading_reached = Signal(int)
    indented = Signal(int, int)

    def __init__(self, theme: Theme, px: float) -> None:
        super().__init__(theme, px)
        self._reached = -1
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_scrolled)

    def show_note(self, markdown: str, scroll: int = 0) -> None:
        """Show another note, scrolled down by so many pixels."""
        self.set_markdown(markdown)
        self.verticalScrollBar().setValue(scroll)
        self._reached = -2
        self._on_scrolled()

    @property
    def down(self) -> int:
        """How far it is scrolled, px."""
        return self.verticalScrollBar().value()

    def go_to_heading(self, number: int) -> None:
        """Scroll the heading of this number, from 0, to the upper edge."""
        headings = self._headings()
        if 0 <= number < len(headings):
            self.verticalScrollBar().setValue(round(self._top(headings[number])) - 4)

    def _headings(self) -> list[QTextBlock]:
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                found.append(block)
            block = block.next()
        return found

    def _top(self, block: QTextBlock) -> float:
        return self.document().documentLayout().blockBoundingRect(block).top()

    def _on_scrolled(self) -> None:
        line, bar = self.down + _AHEAD, self.verticalScrollBar()
        headings = self._headings()
        passed = [n for n, block in enumerate(headings) if self._top(block) <= line]
        reached = passed[-1] if passed else -1
        if headings and bar.maximum() and bar.value() == bar.maximum():
            reached = len(headings) - 1
        if reached != self._reached:
            self._reached = reached
            self.heading_reached.emit(reached)

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        spare = max(0, self.width() - bar - 2 * _EDGE - MEASURE) // 2
        margins = self.viewportMargins()
        if margins.left() != spare + _EDGE:
            self.setViewportMargins(spare + _EDGE, 0, spare + _EDGE, 0)
            self.indented.emit(spare + _EDGE + MARGIN, spare + _EDGE + MARGIN + bar)
        super().resizeEvent(event)


def _show(theme: Theme) -> QWidget:
    reader = Reader(theme, 16)
    reader.show_note("## One\n\n" + "Some words to read. " * 90 + "\n\n## Two\n\n$$e^{i\\pi} = -1$$")
    return reader


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
