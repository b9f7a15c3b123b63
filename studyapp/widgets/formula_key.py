"""FormulaKey: a small button with a typeset formula on it, or plain words.

Run it alone: python -m studyapp.widgets.formula_key
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.theme import Theme
from studyapp.widgets.flow_row import FlowRow

_PX = 15  # of the formula
_HEIGHT = 20  # px of all formulas, so that keys stand in a row


class FormulaKey(QPushButton):
    """Follows the theme. Signals: those of a push button."""

    def __init__(self, theme: Theme, label: str, latex: str = "") -> None:
        """`label` is shown where there is no `latex`, or where it cannot be typeset."""
        super().__init__()
        self.setObjectName("example")
        self._theme = theme
        found = formula(latex) if latex else None
        self._box = found if isinstance(found, Box) else None
        if self._box is None:
            self.setText(label)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        if self._box is None:
            return
        drawn = self._box.pixmap(_PX, self._theme.colour("text"), self.devicePixelRatioF())
        self.setIcon(QIcon(drawn))
        self.setIconSize(QSize(round(drawn.deviceIndependentSize().width()), _HEIGHT))


def _show(theme: Theme) -> QWidget:
    row = FlowRow()
    for latex in ("W_h", "\\delta_t", "h_{t-1}", "\\hat{y}"):
        row.add(FormulaKey(theme, latex, latex))
    return row


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
