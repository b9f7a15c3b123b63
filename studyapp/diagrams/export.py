"""A Picture -> an image of given width. Knows no widget and no file."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from studyapp.diagrams.palette import Palette
from studyapp.diagrams.picture import PLAIN, Look, Picture

MARGIN = 12.0  # units about a picture that stands by itself


def image_of(picture: Picture, palette: Palette, width: int, look: Look = PLAIN) -> QImage:
    """The picture on its ground, `width` pixels wide."""
    size = picture.size
    scale = width / (size.width() + 2 * MARGIN)
    image = QImage(
        width, round((size.height() + 2 * MARGIN) * scale), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(palette.ground)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        painter.translate(MARGIN, MARGIN)
        picture.paint(painter, palette, look)
    finally:
        painter.end()
    return image
