"""CardFrame: a rounded panel with a title, a chip at its right, and room below.

Run it alone: python -m studyapp.widgets.card_frame
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studyapp.theme import Theme


class CardFrame(QFrame):
    """A panel of the page.

    Attributes:
        body: where the content goes.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title, self._chip = QLabel(title), QLabel()
        self._title.setObjectName("h2")
        self._chip.setObjectName("chip")
        self._chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._chip.hide()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 16, 18, 16)
        self.body.setSpacing(10)
        self.body.addLayout(head)

    def set_chip(self, text: str, kind: str = "chip") -> None:
        """`kind` is chip, chipgood, chipwarn, chipbad or chipaccent; an empty text takes it away."""
        if self._chip.objectName() != kind:
            self._chip.setObjectName(kind)
            self._chip.style().polish(self._chip)
        self._chip.setText(text)
        self._chip.setVisible(bool(text))


def _show(_theme: Theme) -> QWidget:
    card = CardFrame("Due today")
    card.set_chip("FSRS")
    card.body.addWidget(QLabel("24 cards"))
    card.body.addStretch()
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
