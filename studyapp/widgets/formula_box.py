"""FormulaBox: a drop-down list of formulas with words beside them.

Run it alone: python -m studyapp.widgets.formula_box
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.choice_box import ChoiceBox

_PX = 15  # of a formula
_NARROW, _AIR, _HEIGHT = 20, 4, 18  # px: of the narrowest column of formulas, around one, of a line


class Item(NamedTuple):
    """A line of the list: what choosing it means, the formula, and what it is in words.

    `brief` is what the closed box says where it has no room for these.
    """

    value: str
    latex: str
    words: str
    brief: str = ""


class FormulaBox(ChoiceBox):
    """One choice out of some formulas. The formulas come as soon as they are typeset; the words at once."""

    def __init__(self, theme: Theme, name: str) -> None:
        """`name` is for screen readers."""
        super().__init__(name, ())
        self._theme = theme
        self._items: tuple[Item, ...] = ()
        self._prefetch = Prefetch(self)
        self._prefetch.advanced.connect(self._draw)
        theme.changed.connect(self._draw)

    def set_items(self, items: tuple[Item, ...]) -> None:
        """List these instead, without a signal; what was chosen stays, or the first is chosen."""
        if items == self._items:
            return
        before = self.value
        self._items = items
        self.set_choices(tuple((item.value, item.words) for item in items))
        self.set_value(before)
        self._prefetch.want((item.latex, False) for item in items)
        self._draw()

    def _fitting(self, room: int) -> str:
        brief = next((item.brief for item in self._items if item.value == self.value), "")
        metrics = self.fontMetrics()
        if brief and metrics.horizontalAdvance(self.currentText()) > room:
            return metrics.elidedText(brief, Qt.TextElideMode.ElideRight, room)
        return super()._fitting(room)

    def _draw(self) -> None:
        """Put the formulas into the list, once all are typeset."""
        if not self._prefetch.at_hand((item.latex, False) for item in self._items):
            return
        boxes = [formula(item.latex, False) for item in self._items]
        ratio = self.devicePixelRatioF()
        widest = max((box.width * _PX for box in boxes if isinstance(box, Box)), default=0.0)
        size = QSize(max(_NARROW, round(widest) + _AIR), _HEIGHT)
        self.setIconSize(size)
        self._widen()
        for place, box in enumerate(boxes):
            if isinstance(box, Box):
                self.setItemIcon(place, QIcon(self._picture(box, size, ratio)))

    def _picture(self, box: Box, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        baseline = (size.height() + (box.ascent - box.descent) * _PX) / 2
        box.paint_vectors(painter, 1, baseline, _PX, self._theme.colour("text"))
        painter.end()
        return picture


def _show(theme: Theme) -> FormulaBox:
    box = FormulaBox(theme, "Derivative by")
    box.set_items(
        (Item("W_h", "W_h", "weights from state to state"), Item("b_h", "b_h", "bias of the state"))
    )
    return box


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
