"""FormLine: what a form says, in one line that opens the form when it is clicked.

Run it alone: python -m studyapp.widgets.form_line
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from studyapp import assets
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.labels import styled

_PX, _ICON, _HEIGHT = 15, 16, 30  # of the formula, of the chevron, of the line


class FormLine(QPushButton):
    """Words, a formula, and more words, which are cut where there is too little room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("line")
        self.setFixedHeight(_HEIGHT)
        self.setToolTip("Open the form")
        self._theme = theme
        self._tex = self._rest = ""
        self._prefetch = Prefetch(self)
        self._prefetch.advanced.connect(self._typeset)
        self._before, self._after, self._chevron = styled("source"), styled("small"), QLabel()
        self._formula = MathLabel(theme, _PX, display=False)
        self._formula.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._formula.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._after.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        for part in (self._before, self._formula):
            row.addWidget(part)
        row.addWidget(self._after, 1)
        row.addWidget(self._chevron)
        for label in (self._before, self._formula, self._after, self._chevron):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._tint)
        self._tint()

    def say(self, before: str, tex: str, after: str) -> None:
        """Show these; the formula comes once it is typeset."""
        self._before.setText(before)
        self._tex, self._rest = tex, after
        self.setAccessibleName(f"{before}, {tex}, {after}. Open the form")
        self._prefetch.want([(tex, False)])
        self._typeset()
        self._cut()

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (layout := self.layout()) is not None:
            layout.activate()
        self._cut()

    def _typeset(self) -> None:
        if self._prefetch.at_hand([(self._tex, False)]):
            self._formula.set_tex(self._tex)
            self._cut()

    def _cut(self) -> None:
        room = self._after.width()
        self._after.setText(
            self._after.fontMetrics().elidedText(self._rest, Qt.TextElideMode.ElideRight, room)
        )

    def _tint(self) -> None:
        icon = assets.icon("chevron-down", self._theme.colours.muted, size=_ICON)
        self._chevron.setPixmap(icon.pixmap(_ICON, _ICON))


def _show(theme: Theme) -> FormLine:
    line = FormLine(theme)
    line.say("LSTM, T = 3", r"\partial L / \partial W_f", "matrices · one output · seed 1")
    return line


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
