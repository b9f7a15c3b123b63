"""ImagePanel: 8x8 images of a run: the glyph that is described, or the pixels that are read and foretold.

Run it alone: python -m studyapp.widgets.image_panel
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from engine.snapshot import Snapshot
from studyapp.theme import Theme
from studyapp.widgets.painted import Painted
from studyapp.widgets.panel import Panel

SIDE = 8
PIXELS = SIDE * SIDE
LIGHT_SIGN, DARK_SIGN = "□", "■"  # as the pixel task writes them
DARK = 2  # place of the dark shade in the outputs of the pixel task
TITLE = 17.0  # px
GAP = 14.0  # px between two images
TASKS = ("pixels", "caption")  # what there are images of


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """The first pixels of an image, up to 64, from 0 (light) to 1 (dark)."""

    title: str
    shades: NDArray[np.float64]


class Images(Painted):
    """Square images side by side, each with a title."""

    ground = "card"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Images", "")
        self._images: tuple[Image, ...] = ()
        self.setMinimumHeight(88)

    def set_images(self, images: tuple[Image, ...]) -> None:
        """Show `images`."""
        self._images = images
        self.refresh()

    @property
    def empty(self) -> bool:
        return not self._images

    def description(self) -> str:
        return "; ".join(
            f"{image.title}: {int((image.shades > 0.5).sum())} of {PIXELS} pixels are dark"
            for image in self._images
        )

    def sizeHint(self) -> QSize:
        return QSize(240, 130)

    def paint(self, painter: QPainter) -> None:
        count = max(3, len(self._images))
        side = min((self.width() - GAP * (count - 1)) / count, self.height() - TITLE - 2)
        painter.setFont(self.sized(11))
        for number, image in enumerate(self._images):
            left = number * (side + GAP)
            painter.setPen(self.colour("muted"))
            place = QRectF(left, 0, side + GAP, TITLE)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, image.title)
            self._paint_image(painter, QRectF(left, TITLE, side, side), image)

    def _paint_image(self, painter: QPainter, area: QRectF, image: Image) -> None:
        painter.fillRect(area, self.colour("raised"))
        cell = area.width() / SIDE
        for place, shade in enumerate(image.shades.tolist()):
            row, column = divmod(place, SIDE)
            where = QRectF(area.left() + column * cell, area.top() + row * cell, cell - 1, cell - 1)
            if math.isnan(shade):  # of an exploded step
                painter.fillRect(where, self.colour("bad"))
            else:
                painter.fillRect(where, self.colour("card"))
                painter.fillRect(where, self.colour("text", round(255 * min(1.0, max(0.0, shade)))))


class ImagePanel(Panel):
    """The images of a snapshot."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Image")
        self.title.hide()  # each image has its own
        self.reading.hide()
        self._seen: tuple[Image, ...] = ()
        self._written: tuple[Image, ...] = ()
        self.images = Images(theme)
        self.body.addWidget(self.images, 1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw what `snapshot` has of images."""
        self._seen = images_of(snapshot)
        self.images.set_images((*self._seen, *self._written))

    def show_written(self, text: str) -> None:
        """Draw the pixels that the network wrote; any other text is no image."""
        shades = [float(sign == DARK_SIGN) for sign in text if sign in (LIGHT_SIGN, DARK_SIGN)]
        self._written = (Image("written", np.array(shades[:PIXELS], dtype=np.float64)),) if shades else ()
        self.images.set_images((*self._seen, *self._written))

    def clear(self) -> None:
        """Back to the empty state."""
        self._seen = self._written = ()
        self.images.set_images(())


def images_of(shown: Snapshot) -> tuple[Image, ...]:
    """The glyph that was read; or the pixels that came and how dark each was foretold to be."""
    read = shown.named.get("x", np.empty((0, 0)))
    if read.shape[1] == PIXELS:
        return (Image("read", read[0]),)
    if shown.wanted.shape[1] <= DARK:
        return ()
    return (Image("real", shown.wanted[:PIXELS, DARK]), Image("foretold", shown.outputs[:PIXELS, DARK]))


def _show(theme: Theme) -> ImagePanel:
    shown = ImagePanel(theme)
    steps = np.linspace(0, 1, PIXELS)
    shown.images.set_images((Image("real", np.round(steps)), Image("foretold", steps)))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
