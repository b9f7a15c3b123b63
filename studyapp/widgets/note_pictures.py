"""NotePictures: the diagrams of the course as pictures inside a text, in the colours of a theme or of paper.

Knows the renderer of diagrams, and no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from content.diagram import Diagram
from studyapp.diagrams.palette import Palette
from studyapp.diagrams.picture import Look, Picture
from studyapp.theme import Colours


class NotePictures:
    """Call it with an id. A diagram is laid out when it is first wanted."""

    def __init__(self, colours: Callable[[], Colours]) -> None:
        """`colours` are those of now, asked for at each painting."""
        self._colours = colours
        self._diagrams: Mapping[str, Diagram] = {}
        self._pictures: dict[str, NotePicture] = {}

    def show_diagrams(self, diagrams: Iterable[Diagram]) -> None:
        """These are there from now on."""
        self._diagrams = {diagram.id: diagram for diagram in diagrams}
        self._pictures.clear()

    def __call__(self, name: str) -> NotePicture | None:
        if name not in self._diagrams:
            return None
        if name not in self._pictures:
            self._pictures[name] = NotePicture(Picture(self._diagrams[name]), self._colours)
        return self._pictures[name]


class NotePicture:
    """One diagram at the size for which there is room.

    Attributes:
        front: the part that stands out, "" for none.
    """

    def __init__(self, picture: Picture, colours: Callable[[], Colours]) -> None:
        self.picture, self._colours = picture, colours
        self.front = ""

    @property
    def size(self) -> QSizeF:
        return self.picture.size

    def paint(self, painter: QPainter, place: QRectF) -> None:
        scale = place.width() / max(1.0, self.size.width())
        painter.translate(place.topLeft())
        painter.scale(scale, scale)
        self.picture.paint(painter, Palette(self._colours()), Look(self.front))
