"""NoteCard: one text with its head, a filter, a bar to find words, and the ways to its neighbours.

Run it alone: python -m studyapp.widgets.note_card
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.diagrams.hover import PartHover
from studyapp.diagrams.walk import PartWalk
from studyapp.mathtext.pictures import Pictures, no_pictures
from studyapp.reading.heading import Heading
from studyapp.theme import Theme
from studyapp.widgets.find_bar import FindBar
from studyapp.widgets.note_head import NoteHead
from studyapp.widgets.reader import Reader
from studyapp.widgets.ways_foot import WaysFoot

_AFTER_TYPING = 90  # ms


class NoteCard(QFrame):
    """Title and buttons stand above the text, whatever its width.

    Signals:
        filtered(str): only what has these words is to be shown.
        went(str): to the page of this key, before or after.

    Attributes:
        head, reader, finder: its parts. filter: the box for `filtered`; hidden without anything to filter.
    """

    filtered = Signal(str)
    went = Signal(str)

    def __init__(self, theme: Theme, px: int, pictures: Pictures = no_pictures) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self.head, self.reader = NoteHead(theme), Reader(theme, px, pictures)
        self.finder = FindBar(theme, self.reader)
        self._hover = PartHover(theme, self.reader, pictures)
        self._walk = PartWalk(theme, self.reader, pictures, self._hover)
        self.filter, self.count, self._bar = QLineEdit(), QLabel(), QProgressBar()
        self._icon = self.filter.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._foot = WaysFoot(theme)
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_TYPING)
        self._lay_out()
        self._connect()
        self._on_theme()

    def show_text(self, heading: Heading, markdown: str, scroll: int = 0) -> None:
        """Show this one, scrolled down by so many pixels."""
        self.head.show_heading(heading)
        self.reader.show_note(markdown, scroll)
        self.reader.setAccessibleName(f"Note: {heading.title}")
        self.finder.again()

    def show_filter(self, hint: str) -> None:
        """Offer a box to filter with; none for an empty hint."""
        self._typed.stop()
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self.filter.setPlaceholderText(hint)
        self.filter.setAccessibleName(hint)
        self._filter_row.setVisible(bool(hint))
        self.count.clear()

    def show_ways(self, before: tuple[str, str], after: tuple[str, str]) -> None:
        """(key, title) of the neighbours; empty for none."""
        self._foot.show_ways(before, after)
        for part in (self.head, self._foot):  # both have their heights at once, not an event or two later
            if (layout := part.layout()) is not None:
                layout.invalidate()
                layout.activate()
            part.updateGeometry()
        self._column.activate()

    # --- inside ---

    def _lay_out(self) -> None:
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaxLength(80)
        self.count.setObjectName("muted")
        self._filter_row = QWidget()
        row = QHBoxLayout(self._filter_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.filter, 1)
        row.addWidget(self.count)
        self._bar.setObjectName("thin")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName("How far you have read")
        self._bar.setToolTip("How far you have read")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 18, 10, 12)
        column.setSpacing(12)
        for widget in (self.head, self._filter_row, self.finder, self._bar):
            column.addWidget(widget)
        column.addWidget(self.reader, 1)
        column.addWidget(self._foot)
        self.show_filter("")

    def _connect(self) -> None:
        self.reader.indented.connect(self._on_indented)
        self.reader.read.connect(lambda share: self._bar.setValue(round(100 * share)))
        self.filter.textChanged.connect(lambda _text: self._typed.start())
        self._typed.timeout.connect(lambda: self.filtered.emit(self.filter.text()))
        self._foot.went.connect(self.went)
        self._theme.changed.connect(self._on_theme)

    def _on_indented(self, left: int, right: int) -> None:
        self.head.setContentsMargins(left, 0, right, 0)
        self._filter_row.setContentsMargins(left, 0, right, 0)
        self._foot.set_margins(max(0, left - 16), max(0, right - 16))  # their own padding

    def _on_theme(self) -> None:
        self._icon.setIcon(assets.icon("search", self._theme.colours.muted, size=16))


def _show(theme: Theme) -> QWidget:
    card = NoteCard(theme, 16)
    card.show_text(
        Heading(("unit:a", "LSTM"), "The forget gate", "What stays."), "## The idea\n\n$f_t$ forgets."
    )
    card.show_ways(("topic:a", "Why LSTM"), ("topic:b", "The output gate"))
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
