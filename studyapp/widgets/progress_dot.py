"""progress_dot: a small ring that fills as cards become known, with a tick in it once the note is read.

Run it alone: python -m studyapp.widgets.progress_dot
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from studyapp.theme import Theme
from studyapp.widgets.ring import MET

DOT = 16  # px
_TURN = 5760  # sixteenths of a degree


@dataclass(frozen=True, slots=True)
class Share:
    """Cards in all, seen and known; notes in all and read."""

    cards: int = 0
    seen: int = 0
    known: int = 0
    notes: int = 0
    read: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.cards + other.cards,
            self.seen + other.seen,
            self.known + other.known,
            self.notes + other.notes,
            self.read + other.read,
        )

    @property
    def words(self) -> str:
        """How far one is, in a sentence."""
        cards = f"{self.known} of {self.cards} cards known."
        if self.notes > 1:
            return f"{self.read} of {self.notes} notes read, {cards}"
        return f"Read, {cards}" if self.read else f"Not read yet, {cards}"


def progress_dot(theme: Theme, share: Share, ratio: float) -> QIcon:
    """`ratio` is device pixels to a pixel."""
    pixmap = QPixmap(round(DOT * ratio), round(DOT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRectF(2, 2, DOT - 4, DOT - 4)
    painter.setPen(QPen(theme.colour("handle"), 2))
    painter.drawEllipse(room)
    for count, opacity in ((share.seen, MET), (share.known, 255)):
        colour = theme.colour("accent")
        colour.setAlpha(opacity)
        painter.setPen(QPen(colour, 3))
        painter.drawArc(room, _TURN // 4, -round(_TURN * count / max(1, share.cards)))
    if share.notes and share.read == share.notes:
        painter.setPen(QPen(theme.colour("good"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline([QPointF(5.4, 8.2), QPointF(7.2, 10.1), QPointF(10.7, 6.2)])
    painter.end()
    return QIcon(pixmap)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    row = QHBoxLayout(around)
    for share in (Share(9, 0, 0, 1, 0), Share(9, 6, 3, 1, 0), Share(9, 9, 9, 1, 1)):
        label = QLabel()
        label.setPixmap(progress_dot(theme, share, 1).pixmap(DOT, DOT))
        row.addWidget(label)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
