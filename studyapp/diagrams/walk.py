"""PartWalk: pictures inside a text for the keyboard. Tab comes to a picture as to a link, then to each of its
parts, then to what follows; the arrow keys walk its parts round; Enter shows it large; Escape passes it.

Knows the text view only by the picture that it has selected.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from studyapp.diagrams.hover import Fronted, PartHover, part_place
from studyapp.diagrams.tips import spoken
from studyapp.diagrams.window import show_large
from studyapp.mathtext.pictures import Pictures
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ARROWS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_HINT = "Tab or an arrow: part by part. Enter: larger. Esc, then Tab: past it."
_EDGE = 12  # px that a part keeps from the edge of the view


class PartWalk(QObject):
    """Watches the keys of `view`; shows what it finds by `hover`."""

    def __init__(self, theme: Theme, view: MathView, pictures: Pictures, hover: PartHover) -> None:
        super().__init__(view)
        self._theme, self._view, self._pictures, self._hover = theme, view, pictures, hover
        self._part = -1  # number of the part that the keyboard is at; -1: at the picture
        self._passed = False
        self._named = ""  # the name that the view has from here
        self._before = ""  # the one that it had
        view.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._leave()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shown, _ = self._selected()
            if shown is not None and self._on_key(shown, Qt.Key(event.key())):
                return True
            QTimer.singleShot(0, self, self._arrive)  # once the view has followed the key, and scrolled
        return False

    def _selected(self) -> tuple[Fronted | None, QRectF]:
        """The picture with parts that has the keyboard, and where it is in the viewport."""
        name, place = self._view.selected_picture()
        found = self._pictures(name) if name else None
        return (found, place) if isinstance(found, Fronted) else (None, place)

    def _on_key(self, shown: Fronted, key: Qt.Key) -> bool:
        """True when the key is used up."""
        last = len(shown.picture.diagram.parts) - 1
        if key in _TABS:
            to = self._part + _TABS[key]
            if self._passed or not -1 <= to <= last:
                self._leave()
                return False
            self._go(shown, to)
        elif key in _ARROWS:
            step = _ARROWS[key]
            self._go(
                shown, (self._part + step) % (last + 1) if self._part >= 0 else (0 if step > 0 else last)
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._hover.leave()
            show_large(self._theme, shown.picture.diagram, self._view)
        elif key == Qt.Key.Key_Escape and not self._passed:
            self._go(shown, -1)
            self._hover.leave()
            self._passed = True
        else:
            return False
        return True

    def _go(self, shown: Fronted, to: int) -> None:
        """To this part, or to the picture: name it, bring it on screen, explain it."""
        self._part, self._passed = to, False
        diagram = shown.picture.diagram
        if to < 0:
            self._name(f"Picture: {diagram.title}, {len(diagram.parts)} parts. {_HINT}")
            self._hover.leave()
            _, place = self._selected()
            self._hover.popover.explain(diagram.title, _HINT, "", place.toAlignedRect())
            return
        part = diagram.parts[to]
        says = f"{spoken(part.label)}. {spoken(part.says)}"
        self._name(f"Picture: {diagram.title}, part {to + 1} of {len(diagram.parts)}: {says}")
        self._bring_on_screen(shown, part.id)
        _, place = self._selected()
        self._hover.explain(shown, part.id, place)

    def _bring_on_screen(self, shown: Fronted, part: str) -> None:
        _, place = self._selected()
        about, tall = part_place(shown, part, place), self._view.viewport().height()
        bar = self._view.verticalScrollBar()
        if about.top() < _EDGE:
            bar.setValue(round(bar.value() + about.top() - _EDGE))
        elif about.bottom() > tall - _EDGE:
            bar.setValue(round(bar.value() + about.bottom() - tall + _EDGE))

    def _name(self, words: str) -> None:
        if self._view.accessibleName() != self._named:
            self._before = self._view.accessibleName()
        self._named = words
        self._view.setAccessibleName(words)

    def _leave(self) -> None:
        if self._named:
            self._hover.leave()
            if self._view.accessibleName() == self._named:
                self._view.setAccessibleName(self._before)
        self._part, self._passed, self._named = -1, False, ""

    def _arrive(self) -> None:
        """A key may have brought the keyboard to a picture, or away from one."""
        shown, _ = self._selected()
        if shown is None or not self._view.hasFocus():
            self._leave()
        elif not self._named:
            self._go(shown, -1)
