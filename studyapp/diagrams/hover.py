"""PartHover: parts of the pictures inside a text explain themselves to the mouse; a click shows it large.

Knows the text view only by the places of its pictures.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from studyapp.diagrams.picture import Picture
from studyapp.diagrams.popover import PartPopover
from studyapp.diagrams.window import show_large
from studyapp.mathtext.pictures import Pictures
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme


@runtime_checkable
class Fronted(Protocol):
    """A picture in a text that has parts."""

    picture: Picture
    front: str


class PartHover(QObject):
    """Watches the mouse over `view`, whose pictures come from `pictures`.

    Attributes:
        popover: what explains the part that stands out.
    """

    def __init__(self, theme: Theme, view: MathView, pictures: Pictures) -> None:
        super().__init__(view)
        self._theme, self._view, self._pictures = theme, view, pictures
        self._now: Fronted | None = None
        self.popover = PartPopover(theme, view.viewport())
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self.leave)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self.leave()
        elif isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        """True when the event is used up."""
        if event.type() == QEvent.Type.MouseMove and not event.buttons():
            self._look(event.position().toPoint())
            return False
        pressed = event.type() == QEvent.Type.MouseButtonPress
        released = event.type() == QEvent.Type.MouseButtonRelease
        if event.button() != Qt.MouseButton.LeftButton or not (pressed or released):
            return False
        shown, _ = self._picture(event.position().toPoint())
        if shown is None:
            return False
        if released:
            self.leave()
            show_large(self._theme, shown.picture.diagram, self._view)
        return True

    def _picture(self, point: QPoint) -> tuple[Fronted | None, QRectF]:
        """The picture with parts at this point of the viewport, and where it is."""
        name, place = self._view.picture_at(point)
        found = self._pictures(name) if name else None
        return (found, place) if isinstance(found, Fronted) else (None, place)

    def _look(self, point: QPoint) -> None:
        shown, place = self._picture(point)
        if shown is None:
            self.leave()
            return
        scale = place.width() / max(1.0, shown.picture.size.width())
        part = shown.picture.part_at((point.toPointF() - place.topLeft()) / scale)
        if shown is self._now and part == shown.front:
            return
        self.leave()
        if part:
            self.explain(shown, part, place)

    def explain(self, shown: Fronted, part: str, place: QRectF) -> None:
        """Let this part stand out and say what it is; the picture is at `place` in the viewport."""
        self.leave()
        self._now, shown.front = shown, part
        self._view.viewport().update()
        found = shown.picture.diagram.part(part)
        self.popover.explain(found.label, found.says, "", part_place(shown, part, place).toAlignedRect())

    def leave(self) -> None:
        """Nothing stands out any more."""
        self.popover.hide()
        if self._now is not None:
            self._now.front = ""
            self._now = None
            self._view.viewport().update()


def part_place(shown: Fronted, part: str, place: QRectF) -> QRectF:
    """Where a part is, in the coordinates of `place`, where the picture is."""
    scale, bounds = place.width() / max(1.0, shown.picture.size.width()), shown.picture.bounds(part)
    return QRectF(bounds.topLeft() * scale + place.topLeft(), bounds.size() * scale)
