"""Page: what the window expects of a screen. Knows no page in particular and no bridge."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """Base of all screens.

    Signals:
        navigate(str, object): show the page with this id and hand it a target (or None),
            e.g. navigate.emit("notes", "forget-gate").
        said(str): one sentence for the status line.
        moving(): the page is about to show another of its places; `here` still is the one before.
    """

    navigate = Signal(str, object)
    said = Signal(str)
    moving = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")

    def open(self, target: object) -> None:
        """Go to `target`, whose meaning is the page's own; None means: as you are."""

    @property
    def here(self) -> object:
        """The target that `open` would need to come back to what is seen now; None means: as you are."""
        return None

    def follow(self, address: str) -> None:
        """Go where a link of a text leads; one that leads nowhere is said."""
        from engine.errors import ConfigError
        from studyapp.reading.links import way

        try:
            found = way(address)
        except ConfigError as error:
            self.said.emit(str(error))
        else:
            self.navigate.emit(found.page, found.target)

    def entered(self) -> None:
        """The page has come on screen."""

    def left(self) -> None:
        """The page has gone off screen: stop what nobody sees."""

    def closing(self) -> None:
        """The window is closing: keep what must not be lost."""
