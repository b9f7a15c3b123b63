"""Reader: a MathView with lines of a readable length, that knows its headings and explains its words.

Run it alone: python -m studyapp.widgets.reader
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QResizeEvent, QTextBlock, QTextCursor, QTextOption
from PySide6.QtWidgets import QWidget

from studyapp.mathtext.blocks import fragments
from studyapp.mathtext.pictures import Pictures, no_pictures
from studyapp.mathtext.style import MARGIN
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.term_popover import TermPopover

MEASURE = 760  # px: longer lines are hard to follow, in text of the usual size
_USUAL = 16  # px of the text
_EDGE = 6  # px between the text and the scroll bar
_LEAST = 0.5  # a long formula shrinks before one has to scroll sideways
_HAIR = 2  # px
_HOVER = 250  # ms that the mouse rests on a word before it is explained
_AHEAD = 24  # px below the upper edge that still count as being read


class Reader(MathView):
    """The text stands in the middle, the scroll bar at the edge; words of the glossary explain themselves.

    Signals:
        heading_reached(int): scrolling has come to the heading of this number; -1 is before the first.
        indented(int, int): so many px lie left and right of the text now.
        read(float): the share of the text that has been on screen, when it changes.
    """

    heading_reached = Signal(int)
    indented = Signal(int, int)
    read = Signal(float)

    def __init__(self, theme: Theme, px: float, pictures: Pictures = no_pictures) -> None:
        super().__init__(theme, px, pictures=pictures)
        self._maths.least = _LEAST
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)  # else narrow columns break words in two
        self._reached = -1
        self._explained: Mapping[str, tuple[str, str, str]] = {}
        self._popover = TermPopover(theme, self)
        self._asked = ""  # the address under the mouse, or that has the keyboard
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._explain)
        self.highlighted.connect(self._on_highlighted)
        self.horizontalScrollBar().rangeChanged.connect(self._on_width)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_scrolled)

    @property
    def popover(self) -> TermPopover:
        return self._popover

    @property
    def measure(self) -> int:
        """How long a line may be, px: large text may have longer ones."""
        return round(MEASURE * self._larger)

    @property
    def _larger(self) -> float:
        return max(1.0, self.px / _USUAL)

    def set_px(self, px: float) -> None:
        super().set_px(px)
        self._indent()

    def show_explained(self, explained: Mapping[str, tuple[str, str, str]]) -> None:
        """Links to these addresses are explained from now on: by a title, Markdown, and what a click does."""
        self._explained = explained

    def show_note(self, markdown: str, scroll: int = 0) -> None:
        """Show another note, scrolled down by so many pixels."""
        self._popover.hide()
        self.set_markdown(markdown)
        self.verticalScrollBar().setValue(scroll)
        self._reached = -2
        self._on_scrolled()

    @property
    def place(self) -> int:
        """Which character stands at the upper edge: it survives another width or size of text."""
        return self.cursorForPosition(QPoint(self.viewport().width() // 3, 4)).position()

    def go_to_place(self, place: int) -> None:
        """Scroll this character to the upper edge."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(max(0, min(place, self.document().characterCount() - 1)))
        top = self.cursorRect(cursor).top() + self.down
        self.verticalScrollBar().setValue(0 if place <= 0 else top - 4)

    def go_to_words(self, words: str) -> bool:
        """Select the first place of these words and bring it into the middle; False if there is none."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if not words or not self.find_text(words):
            return False
        middle = self.cursorRect().top() + self.down - self.viewport().height() // 3
        self.verticalScrollBar().setValue(middle)
        return True

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

    def _measure_room(self) -> None:
        super()._measure_room()
        self._picture_object.largest = self._larger

    def _on_width(self, _least: int, most: int) -> None:
        """Qt rounds the width of a table up: for a hair no scroll bar is shown."""
        bar = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(bar.ScrollBarAlwaysOff if most <= _HAIR else bar.ScrollBarAsNeeded)

    def _on_highlighted(self, url: QUrl) -> None:
        self._ask(url.toString(), _HOVER)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes from link to link: one that explains itself does so, once it is scrolled to."""
        moved = super().focusNextPrevChild(following)
        cursor = self.textCursor()
        self._ask(cursor.charFormat().anchorHref() if moved and cursor.hasSelection() else "", 0)
        return moved

    def _ask(self, address: str, after: int) -> None:
        self._asked = address
        self._soon.stop()
        if address in self._explained:
            self._soon.start(after)
        else:
            self._popover.hide()

    def _explain(self) -> None:
        if self._asked in self._explained and self.isVisible():
            title, says, hint = self._explained[self._asked]
            self._popover.explain(title, says, self._word(self._asked), hint)

    def _word(self, address: str) -> QRect:
        """Where the link with this address is: the one under the mouse, or else the one on screen."""
        mouse = self.cursorForPosition(self.viewport().mapFromGlobal(QCursor.pos())).position()
        found: list[tuple[int, int]] = []
        block = self.document().begin()
        while block.isValid():
            for piece in fragments(block):
                if piece.charFormat().anchorHref() == address:
                    found.append((piece.position(), piece.position() + piece.length()))
            block = block.next()
        start, end = next((p for p in found if p[0] <= mouse <= p[1]), found[0] if found else (0, 0))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        first = self.cursorRect(cursor)
        cursor.setPosition(end)
        last = self.cursorRect(cursor)
        word = first.united(last) if last.top() == first.top() else first
        return word.translated(self.viewport().pos())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._soon.stop()
        self._popover.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._popover.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._popover.isVisible():
            self._popover.hide()
        else:
            super().keyPressEvent(event)

    def _on_scrolled(self) -> None:
        self._popover.hide()
        line, bar = self.down + _AHEAD, self.verticalScrollBar()
        headings = self._headings()
        passed = [n for n, block in enumerate(headings) if self._top(block) <= line]
        reached = passed[-1] if passed else -1
        if headings and bar.maximum() and bar.value() == bar.maximum():
            reached = len(headings) - 1
        if reached != self._reached:
            self._reached = reached
            self.heading_reached.emit(reached)
        seen = bar.value() + bar.pageStep()
        self.read.emit(min(1.0, seen / max(1, bar.maximum() + bar.pageStep())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._indent()
        super().resizeEvent(event)

    def _indent(self) -> None:
        """What is wider than a line may be is left free on both sides."""
        bar = self.verticalScrollBar().sizeHint().width()
        spare = max(0, self.width() - bar - 2 * _EDGE - self.measure) // 2
        margins = self.viewportMargins()
        if margins.left() != spare + _EDGE:
            self.setViewportMargins(spare + _EDGE, 0, spare + _EDGE, 0)
            self.indented.emit(spare + _EDGE + MARGIN, spare + _EDGE + MARGIN + bar)


def _show(theme: Theme) -> QWidget:
    reader = Reader(theme, 16)
    reader.show_note("## One\n\n" + "Some words to read. " * 90 + "\n\n## Two\n\n$$e^{i\\pi} = -1$$")
    return reader


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
