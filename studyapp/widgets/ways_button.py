"""WaysButton: a button to one of several places: with one it goes there at once, with more it asks which.

Run it alone: python -m studyapp.widgets.ways_button
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton


class WaysButton(IconButton):
    """Hidden while there is nowhere to go.

    Signals:
        went(str): the address that was chosen.
    """

    went = Signal(str)

    def __init__(self, theme: Theme, icon: str, text: str) -> None:
        super().__init__(theme, icon, text)
        self._name = text
        self._ways: tuple[tuple[str, str], ...] = ()
        self.clicked.connect(self._on_clicked)
        self.hide()

    def set_ways(self, ways: Sequence[tuple[str, str]]) -> None:
        """Lead to these (address, words)."""
        self._ways = tuple(ways)
        self.setVisible(bool(self._ways))
        words = "\n".join(words for _, words in self._ways)
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.setAccessibleName(self._name)

    def menu_of_ways(self) -> QMenu:
        """What is asked when there are several."""
        menu = QMenu(self)
        for address, words in self._ways:
            menu.addAction(words.replace("&", "&&")).triggered.connect(partial(self._go, address))
        return menu

    def _on_clicked(self) -> None:
        if len(self._ways) == 1:
            self._go(self._ways[0][0])
        elif self._ways:
            menu = self.menu_of_ways()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
            menu.setActiveAction(menu.actions()[0])

    def _go(self, address: str, _checked: bool = False) -> None:
        self.went.emit(address)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    row = QHBoxLayout(around)
    button = WaysButton(theme, "flask-conical", "Lab")
    button.set_ways([("lab:vanishing", "Vanishing gradient"), ("lab:exploding", "Exploding gradient")])
    row.addWidget(button)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
