"""NavRail: the sidebar. Shows the entries it is given; knows no page.

Run it alone: python -m studyapp.widgets.nav
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.theme_switch import ThemeSwitch

WIDTH = 208
_ICON = 20


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of the sidebar: id, label, name of its icon, tooltip."""

    id: str
    label: str
    icon: str
    tip: str


class NavRail(QWidget):
    """Entries on top, of which one is chosen; colour scheme and shortcuts at the bottom.

    Signals:
        chosen(str): the user asked for the entry with this id.
        theme_chosen(str): the user asked for "system", "light" or "dark".
        shortcuts_wanted(): the user asked for the list of shortcuts.
    """

    chosen = Signal(str)
    theme_chosen = Signal(str)
    shortcuts_wanted = Signal()

    def __init__(self, theme: Theme, entries: Sequence[NavEntry], shortcuts_tip: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._mark = QLabel()
        self._buttons = {entry.id: NavButton(theme, entry) for entry in entries}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        self._shortcuts = IconButton(theme, "keyboard", "Shortcuts", "nav")
        self._shortcuts.setToolTip(shortcuts_tip)
        self._shortcuts.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._shortcuts.clicked.connect(self.shortcuts_wanted)
        self.switch = ThemeSwitch(theme)
        self.switch.chosen.connect(self.theme_chosen)
        self._lay_out()
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def choose(self, entry_id: str) -> None:
        """Show this entry as the chosen one."""
        self._buttons[entry_id].setChecked(True)

    def set_badge(self, entry_id: str, number: int, meaning: str) -> None:
        """A number beside an entry, 0 for none; `meaning` ("cards due") is for tooltip and ear."""
        if entry_id in self._buttons:
            self._buttons[entry_id].set_badge(number, meaning)

    def button(self, entry_id: str) -> NavButton:
        return self._buttons[entry_id]

    def _lay_out(self) -> None:
        brand, name = QHBoxLayout(), QLabel("StudyApp")
        name.setObjectName("brand")
        brand.setContentsMargins(10, 0, 0, 0)
        brand.setSpacing(9)
        brand.addWidget(self._mark)
        brand.addWidget(name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 20, 14, 16)
        column.setSpacing(4)
        column.addLayout(brand)
        column.addSpacing(16)
        for number, button in enumerate(self._buttons.values()):
            self._group.addButton(button, number)
            column.addWidget(button)
        column.addStretch()
        column.addWidget(self._shortcuts)
        column.addSpacing(6)
        column.addWidget(self.switch)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(list(self._buttons)[number])

    def _on_theme(self) -> None:
        accent = self._theme.colours.accent
        self._mark.setPixmap(assets.icon("brain", accent, size=24).pixmap(24, 24))


class NavButton(QRadioButton):
    """One entry, with a number at its right end when there is one to show.

    A radio button without its dot, so that it is heard as one choice of several. A click does not
    take the focus from the page; Tab and the arrow keys reach it.
    """

    def __init__(self, theme: Theme, entry: NavEntry) -> None:
        super().__init__()
        self.setObjectName("nav")
        self._theme, self._entry, self._badge = theme, entry, 0
        self.setText(f"  {entry.label}")
        self.setToolTip(entry.tip)
        self.setAccessibleName(entry.label)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toggled.connect(self._on_theme)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def badge(self) -> int:
        return self._badge

    def set_badge(self, number: int, meaning: str) -> None:
        self._badge = number
        said = f"{number} {meaning}" if number else ""
        self.setAccessibleName(f"{self._entry.label}, {said}" if said else self._entry.label)
        self.setToolTip(f"{self._entry.tip}\n{said}" if said else self._entry.tip)
        self.update()

    def hitButton(self, point: QPoint) -> bool:
        """The whole line, not only the words."""
        return self.rect().contains(point)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        text = str(self._badge) if self._badge < 1000 else "999+"
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        width = max(20.0, QFontMetricsF(font).horizontalAdvance(text) + 12)
        pill = QRectF(self.width() - width - 10, (self.height() - 20) / 2, width, 20)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(pill, 10, 10)
        painter.setPen(self._theme.colour("accent_text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _on_theme(self) -> None:
        colours = self._theme.colours
        tint = colours.accent if self.isChecked() else colours.muted
        self.setIcon(assets.icon(self._entry.icon, tint, size=_ICON))


def _show(theme: Theme) -> QWidget:
    entries = (NavEntry("home", "Home", "house", "Home"), NavEntry("cards", "Cards", "layers", "Cards"))
    rail = NavRail(theme, entries, "All shortcuts")
    rail.choose("home")
    rail.set_badge("cards", 12, "cards due")
    rail.theme_chosen.connect(theme.choose)
    return rail


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
