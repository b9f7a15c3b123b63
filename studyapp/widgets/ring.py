"""Ring: how much of something is known, and how much has been met.

Run it alone: python -m studyapp.widgets.ring
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted

MET = 110  # opacity, of 255, of what was met but is not known yet
_SIZE = 96  # px
_PEN = 9.0
_TURN = 5760  # sixteenths of a degree


class Ring(Painted):
    """A strong arc for what is known, a pale one for what was met, the known share in percent inside."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._known, self._met, self._whole = 0, 0, 0
        self.setFixedSize(_SIZE, _SIZE)

    def show_share(self, known: int, met: int, whole: int) -> None:
        """Show these counts, `known` <= `met` <= `whole`; nothing is shown while `whole` is 0."""
        self._known, self._met, self._whole = known, met, whole
        self.describe()
        self.update()

    @property
    def empty(self) -> bool:
        return not self._whole

    def description(self) -> str:
        return f"{self._known} cards known and {self._met} met of {self._whole}"

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        painter.setPen(QPen(self.colour("raised"), _PEN))
        painter.drawArc(room, 0, _TURN)
        for count, opacity in ((self._met, MET), (self._known, 255)):
            if count:
                pen = QPen(self.colour("accent", opacity), _PEN)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawArc(room, _TURN // 4, -round(_TURN * count / self._whole))
        self._paint_words(painter, room)

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        percent = f"{self._known / self._whole:.0%}"
        for words, size, bold, colour, down in (
            (percent, 22, True, "text", -7),
            ("known", 11, False, "muted", 14),
        ):
            painter.setPen(self.colour(colour))
            painter.setFont(self.sized(size, bold=bold))
            painter.drawText(room.translated(0, down), Qt.AlignmentFlag.AlignCenter, words)


def _show(theme: Theme) -> QWidget:
    ring = Ring(theme, "Course")
    ring.show_share(40, 62, 100)
    return ring


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
