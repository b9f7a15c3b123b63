"""TriedList: what a student typed for one derivation, the newest first, each with its verdict.

Run it alone: python -m studyapp.widgets.tried_list
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.plain_maths import shortened
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.verdict_card import LOOKS
from studyapp.working_notes import Tried

MOST = 6  # rows; Up in the field recalls what is older
_ICON = 16  # px


class TriedList(QWidget):
    """A click on a row puts its text back into the field.

    Signals:
        chosen(str): this text again.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tried: tuple[Tried, ...] = ()
        self.rows: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._heading = styled("overline", "WHAT YOU TYPED")
        self._more = styled("fine")
        self._column.addWidget(self._heading)
        self._column.addWidget(self._more)
        theme.changed.connect(self._build)
        self._build()

    def set_tried(self, tried: Sequence[Tried]) -> None:
        """Show these, the oldest first as they were typed."""
        self._tried = tuple(tried)
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _build(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(one) for one in reversed(self._tried[-MOST:])]
        for number, row in enumerate(self.rows):
            self._column.insertWidget(number + 1, row)
        older = len(self._tried) - len(self.rows)
        self._more.setText(f"and {older} before these: press Up in the field")
        self._more.setVisible(older > 0)
        self.setVisible(bool(self._tried))
        self._elide()

    def _row(self, one: Tried) -> QPushButton:
        row = QPushButton(one.text)
        row.setObjectName("quiet")
        row.setStyleSheet("text-align: left; font-family: 'JetBrains Mono';")
        row.setIconSize(QSize(_ICON, _ICON))
        look = LOOKS[one.judged] if one.judged is not None else None
        colours = self._theme.colours
        tint = colours.muted if look is None else getattr(colours, look.colour)
        row.setIcon(assets.icon("circle" if look is None else look.icon, tint, size=_ICON))
        verdict = "not judged yet" if look is None else look.title
        row.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # long texts are elided
        row.setToolTip(f"Line {one.line}: {verdict}\n{shortened(one.text)}")
        row.setAccessibleName(f"{one.text}, line {one.line}, {verdict}. Put it back into the field.")
        row.clicked.connect(lambda _checked=False: self.chosen.emit(one.text))
        return row

    def _elide(self) -> None:
        """Shorten what has no room."""
        for row, one in zip(self.rows, reversed(self._tried[-MOST:]), strict=False):
            row.ensurePolished()
            room = max(60, self.width() - _ICON - 28)
            elided = QFontMetrics(row.font()).elidedText(one.text, Qt.TextElideMode.ElideRight, room)
            row.setText(" " + elided.replace("&", "&&"))


def _show(theme: Theme) -> TriedList:
    from engine.symbolic.report import Judged

    made = TriedList(theme)
    made.set_tried(
        (
            Tried("W_h δ_{t+1}", 5, Judged.WRONG),
            Tried("W_hᵀ δ_{t+1}", 5, Judged.RIGHT),
            Tried("δ_t = ∂L/∂h_t", 6),
        )
    )
    return made


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
