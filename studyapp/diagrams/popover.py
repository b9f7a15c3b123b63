"""PartPopover: what a part of a picture is, beside it. Takes no keyboard and no mouse. Knows no picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from studyapp.diagrams.beside import GAP, clear_corner
from studyapp.diagrams.tips import spoken
from studyapp.diagrams.words import Words
from studyapp.theme import Theme

_WIDE = 340  # px
_PAD, _BETWEEN = 14, 7
_SIZES = (14.0, 13.0, 13.0)  # px of name, explanation and number


class PartPopover(QFrame):
    """A small panel over the window of `host`. No signals."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme, self._host = theme, host
        self._texts: tuple[str, ...] = ()
        self._words: list[Words] = []
        theme.changed.connect(self.update)
        self.hide()

    @property
    def words(self) -> str:
        """All that it says now, in plain words; empty while it is hidden."""
        return " ".join(f"{spoken(text).rstrip('.')}." for text in self._texts) if self.isVisible() else ""

    def explain(self, label: str, says: str, value: str, about: QRect, others: Sequence[QRect] = ()) -> None:
        """Say it beside `about`, a rectangle of the host; it and `others` stay free where there is room."""
        window = self._host.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        room = min(_WIDE, window.width() - 2 * GAP) - 2 * _PAD
        self._texts = tuple(filter(None, (label[:1].upper() + label[1:], says, value)))
        self._words = [
            Words(text, px, "left", room, bold=number != 1)
            for number, (text, px) in enumerate(zip(self._texts, _SIZES, strict=False))
        ]
        wide = max(words.width for words in self._words)
        tall = sum(words.height for words in self._words) + _BETWEEN * (len(self._words) - 1)
        self.setFixedSize(round(wide) + 2 * _PAD, round(tall) + 2 * _PAD)
        free = [QRect(self._host.mapTo(window, rect.topLeft()), rect.size()) for rect in (about, *others)]
        self.move(clear_corner(self.size(), free[0], free[1:], window.rect()))
        self.show()
        self.raise_()
        self.update()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._host, self.words))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        top = float(_PAD)
        for number, words in enumerate(self._words):
            ink = self._theme.colour("muted" if number == 1 else "text")
            words.paint(painter, _PAD, top + words.height / 2, ink)
            top += words.height + _BETWEEN
        painter.end()
