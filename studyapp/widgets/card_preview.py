"""CardPreview: a flashcard with both its sides, to be looked up; nothing is rated here.

Run it alone: python -m studyapp.widgets.card_preview
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from content.records import Card
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton

_SIZE = (620, 420)


class CardPreview(QDialog):
    """Esc closes.

    Signals:
        note(): the note of the card's topic is wanted.
        review(): the cards of its topic are to be reviewed.
        link(str): a link in its text.
    """

    note = Signal()
    review = Signal()
    link = Signal(str)

    def __init__(self, theme: Theme, card: Card, topic: str, parent: QWidget | None = None) -> None:
        """`topic` is the title of the card's topic."""
        super().__init__(parent)
        self.setWindowTitle(f"Card: {topic}")
        self.resize(*_SIZE)
        self.front, self.back = MathView(theme, 17), MathView(theme, 17)
        for view, name, text in ((self.front, "Question", card.front), (self.back, "Answer", card.back)):
            view.fit_to_content()
            view.setAccessibleName(name)
            view.link.connect(self._on_link)
            view.set_markdown(text)
        self.note_button = IconButton(theme, "book-open", "Open its note", "primary")
        self.review_button = IconButton(theme, "layers", "Review this topic")
        self.note_button.clicked.connect(lambda: self._go(self.note))
        self.review_button.clicked.connect(lambda: self._go(self.review))
        self._lay_out(topic)
        self.note_button.setFocus()

    def _lay_out(self, topic: str) -> None:
        line, inside, scroll = QFrame(), QWidget(), QScrollArea()
        line.setObjectName("line")
        inside.setObjectName("viewport")
        title = QLabel(topic)
        title.setObjectName("h2")
        texts = QVBoxLayout(inside)
        texts.setSpacing(16)
        texts.addStretch(1)
        for widget in (self.front, line, self.back):
            texts.addWidget(widget)
        texts.addStretch(2)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.review_button)
        buttons.addWidget(self.note_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(scroll, 1)
        column.addLayout(buttons)

    def _on_link(self, address: str) -> None:
        self.accept()
        self.link.emit(address)

    def _go(self, signal: object) -> None:
        self.accept()
        signal.emit()  # type: ignore[attr-defined] # the stubs have no name for a bound signal


def _show(theme: Theme) -> QWidget:
    card = Card("a", "forget-gate", "Between which values does $f_t$ lie?", "Between 0 and 1.")
    return CardPreview(theme, card, "The forget gate")


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
