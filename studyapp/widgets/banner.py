"""Banner: one sentence across the page, with its ways out as buttons. As low as a line of text.

Run it alone: python -m studyapp.widgets.banner
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from studyapp import assets
from studyapp.theme import Theme

MOST_WAYS = 3
SIDE, BELOW = 28, 6  # pixels between it and the edges of its parent


class Banner(QFrame):
    """Hidden until `tell`. It lies over its parent's lower edge: nothing moves away under the mouse.

    Signals:
        accepted(str): the button with these words was pressed.
    """

    accepted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("bannerwarn")
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)  # a message may quote what was typed
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.buttons = tuple(self._button() for _ in range(MOST_WAYS))
        self._close = QToolButton()
        self._close.setAccessibleName("Dismiss this message")
        self._close.setToolTip("Dismiss")
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(self._close)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def tell(self, sentence: str, *ways_out: str) -> None:
        """Say `sentence`, with a button for each of `ways_out`, three at most."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        for number, button in enumerate(self.buttons):
            button.setText(ways_out[number] if number < len(ways_out) else "")
            button.setVisible(number < len(ways_out))
        self.show()
        self.settle()

    def settle(self) -> None:
        """Take the place at the lower edge of the parent; to be called when that has another size."""
        around = self.parentWidget()
        if around is None:
            return
        width = around.width() - 2 * SIDE
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.setGeometry(SIDE, around.height() - BELOW - height, width, height)
        self.raise_()

    def clear(self) -> None:
        """Say nothing any more."""
        self.hide()

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setObjectName("compact")
        button.clicked.connect(self._on_clicked)
        return button

    def _on_clicked(self) -> None:
        pressed = next((b for b in self.buttons if b is self.sender()), None)
        if pressed is not None:
            self.accepted.emit(pressed.text())

    def _tint(self) -> None:
        colours = self._theme.colours
        self._icon.setPixmap(assets.icon("triangle-alert", colours.warn).pixmap(QSize(20, 20)))
        self._close.setIcon(assets.icon("x", colours.muted))


def _show(theme: Theme) -> Banner:
    shown = Banner(theme)
    shown.tell("The loss is no longer a number at step 56.", "Lower the learning rate and go on", "Reset")
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
