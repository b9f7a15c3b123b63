"""Notice: a bar with what is wrong, what to do about it, and buttons that do it.

Run it alone: python -m studyapp.widgets.notice
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.theme import Theme


class Notice(QFrame):
    """Stays until it is put away; takes room instead of covering what is below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._theme = theme
        self._icon, self._title, self._sentence = QLabel(), QLabel(), QLabel()
        self._title.setObjectName("h3")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        for label in (self._title, self._sentence):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        words.addSpacing(7)
        words.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(14)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self.hide()

    @property
    def text(self) -> str:
        """All its words."""
        return f"{self._title.text()}\n{self._sentence.text()}"

    def show_words(self, title: str, sentence: str, *actions: tuple[str, Callable[[], object]]) -> None:
        """Show these words with these (label, slot) buttons, the first as the main one."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title} {sentence}")
        while (old := self._buttons.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (label, slot) in enumerate(actions):
            button = QPushButton(label)
            button.setObjectName("" if number else "primary")
            button.clicked.connect(lambda _checked=False, call=slot: call())
            self._buttons.addWidget(button)
        self._buttons.addStretch()
        self.show()

    def _on_theme(self) -> None:
        tint = self._theme.colours.warn
        self._icon.setPixmap(assets.icon("triangle-alert", tint, size=22).pixmap(22, 22))


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    notice = Notice(theme)
    notice.show_words("Your bank is open elsewhere", "Close the other window.", ("Try again", notice.hide))
    QVBoxLayout(around).addWidget(notice)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
