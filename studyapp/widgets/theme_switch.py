"""ThemeSwitch: system, light or dark, as three small buttons.

Run it alone: python -m studyapp.widgets.theme_switch
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from studyapp import assets
from studyapp.theme import Theme

CHOICES = (
    ("system", "monitor", "Colours as the system has them"),
    ("light", "sun", "Light colours"),
    ("dark", "moon", "Dark colours"),
)


class ThemeSwitch(QFrame):
    """Shows what the theme follows, and lets it be changed.

    Signals:
        chosen(str): the user asked for "system", "light" or "dark".
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName("Colour scheme")
        self._theme = theme
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for number, (choice, _, meaning) in enumerate(CHOICES):
            self._buttons[choice] = self._button(meaning)
            self._group.addButton(self._buttons[choice], number)
            row.addWidget(self._buttons[choice])
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def button(self, choice: str) -> QPushButton:
        return self._buttons[choice]

    def _button(self, meaning: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName("segment")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(16, 16))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setToolTip(meaning)
        button.setAccessibleName(meaning)
        return button

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(CHOICES[number][0])

    def _on_theme(self) -> None:
        colours = self._theme.colours
        self._buttons[self._theme.choice].setChecked(True)
        for choice, icon, _ in CHOICES:
            self._buttons[choice].setIcon(assets.icon(icon, colours.muted, colours.accent, 16))


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(ThemeSwitch)
