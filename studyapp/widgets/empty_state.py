"""EmptyState: what a page says when it has nothing to show yet, and what to do about it.

Run it alone: python -m studyapp.widgets.empty_state
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.theme import Theme

_ICON = 40
_MEASURE = 460  # px; longer lines are tiring


class EmptyState(QWidget):
    """An icon, a title, a sentence and up to a few buttons, in the middle of the room there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = "info"
        self._icon, self._title, self._sentence = QLabel(), QLabel(), QLabel()
        self._title.setObjectName("h2")
        self._sentence.setObjectName("muted")
        self._sentence.setWordWrap(True)
        self._sentence.setFixedWidth(_MEASURE)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addLayout(self._buttons)
        column.addStretch(3)
        theme.changed.connect(self._on_theme)

    def show_words(self, icon: str, title: str, sentence: str) -> None:
        """Show these instead of the present ones; `icon` is a name in resources/icons."""
        self._icon_name = icon
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.ensurePolished()
        self._sentence.setFixedHeight(
            self._sentence.heightForWidth(_MEASURE)
        )  # centred labels forget to wrap
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self._on_theme()

    def set_actions(self, *actions: tuple[str, Callable[[], object]]) -> None:
        """Offer these (label, slot) instead of the present ones; the first is the main one."""
        while (old := self._buttons.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.addStretch()
        for number, (label, slot) in enumerate(actions):
            button = QPushButton(label)
            if number == 0:
                button.setObjectName("primary")
            button.clicked.connect(lambda _checked=False, call=slot: call())
            self._buttons.addWidget(button)
        self._buttons.addStretch()

    def _on_theme(self) -> None:
        tint = self._theme.colours.muted
        self._icon.setPixmap(assets.icon(self._icon_name, tint, size=_ICON).pixmap(_ICON, _ICON))


def _show(theme: Theme) -> QWidget:
    shown = EmptyState(theme)
    shown.show_words(
        "circle-check", "Done for today", "Nothing more is due. A quiz tests you in another way."
    )
    shown.set_actions(("Take a quiz", shown.hide), ("Read a note", shown.hide))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
