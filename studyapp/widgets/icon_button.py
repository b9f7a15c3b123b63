"""IconButton: a push button whose icon follows the theme and keeps its distance from the words.

Run it alone: python -m studyapp.widgets.icon_button
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studyapp import assets
from studyapp.theme import Theme

_ICON, _NAV_ICON = 16, 20  # px


class IconButton(QPushButton):
    """`kind` is a QPushButton name of resources/style.qss: "", primary, ghost, nav."""

    def __init__(self, theme: Theme, icon: str, text: str, kind: str = "", icon_after: bool = False) -> None:
        super().__init__()
        self._theme, self._icon_name, self._icon_after = theme, icon, icon_after
        self._size, self._gap = (_NAV_ICON, "   ") if kind == "nav" else (_ICON, " ")
        self.setIconSize(QSize(self._size, self._size))
        if icon_after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setObjectName(kind)
        self.set_words(icon, text)
        theme.changed.connect(self._on_theme)

    def set_words(self, icon: str, text: str) -> None:
        """Another icon and text."""
        self._icon_name = icon
        gap = self._gap if text else ""  # a style sheet cannot widen it
        self.setText(f"{text}{gap}\N{LEFT-TO-RIGHT MARK}" if self._icon_after else gap + text)
        self.setAccessibleName(text)
        self._on_theme()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._on_theme()

    def _on_theme(self) -> None:
        colours = self._theme.colours
        tints = {"primary": colours.accent_text, "ghost": colours.accent, "nav": colours.muted}
        tint = tints.get(self.objectName(), colours.text) if self.isEnabled() else colours.disabled
        self.setIcon(assets.icon(self._icon_name, tint, size=self._size))


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    row = QHBoxLayout(around)
    for kind in ("primary", "", "ghost"):
        row.addWidget(IconButton(theme, "play", "Start review", kind))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
