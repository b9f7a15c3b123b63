"""Pictures inside a text document: `![caption](diagram:ID)`, as wide as there is room.

Whoever shows the text says by a `Pictures` which pictures there are and how each is painted; without
one a picture is its caption. Knows no file, no page and no diagram.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPyTextObject, QTextCharFormat, QTextDocument, QTextFormat

ADDRESS = "diagram:"
"""What the address of a picture begins with."""

TYPE = QTextFormat.ObjectTypes.UserObject + 8
ID = QTextFormat.Property.UserProperty + 8  # str
CAPTION = QTextFormat.Property.UserProperty + 9  # str, Markdown


class Picture(Protocol):
    """One picture in the colours of now; `size` is the one at which it looks best, px."""

    @property
    def size(self) -> QSizeF: ...

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint all of it into `place`, which has its proportions."""


Pictures = Callable[[str], Picture | None]
"""The picture of an id; None where there is none."""


def no_pictures(_id: str) -> Picture | None:
    """For texts that have none, and places without room."""
    return None


def picture_format(around: QTextCharFormat, name: str, caption: str) -> QTextCharFormat:
    """The format of a character U+FFFC that stands for a picture; a click on it is a link to it."""
    made = QTextCharFormat(around)
    made.setObjectType(TYPE)
    made.setProperty(ID, name)
    made.setProperty(CAPTION, caption)
    made.setAnchor(True)
    made.setAnchorHref(ADDRESS + name)
    made.setToolTip("")
    return made


class PictureObject(QPyTextObject):
    """Measures and paints pictures for a document layout.

    Attributes:
        width: what there is room for, px; 0: not known yet. height: no picture is higher; 0: no limit.
        largest: to how many times its size a picture may grow.
        places: position in the text -> id, and where it was painted last in the coordinates of the document.
    """

    def __init__(self, parent: QObject, pictures: Pictures) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.width, self.height, self.largest = 0.0, 0.0, 1.0
        self.places: dict[int, tuple[str, QRectF]] = {}

    def intrinsicSize(self, _doc: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        picture = self._pictures(form.stringProperty(ID))
        if picture is None:
            return QSizeF(1, 1)
        size = picture.size
        scale = min(
            self.largest,
            (self.width - 8) / size.width() if self.width > 8 else 1.0,
            self.height / size.height() if self.height > 0 else self.largest,
        )
        return size * scale

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, _doc: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        picture = self._pictures(form.stringProperty(ID))
        if picture is not None:
            self.places[position] = (form.stringProperty(ID), QRectF(rect))
            painter.save()
            picture.paint(painter, QRectF(rect))
            painter.restore()
