"""MethodRow: one way to solve a recurrence: that it applies, and can be told, or why not.

Run it alone: python -m studyapp.widgets.method_row
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from engine.symbolic.report import Method
from studyapp import assets, golden
from studyapp.theme import Theme
from studyapp.widgets.labels import styled

_MARK = 16  # px
_INDENT = 24  # px of the reason, below the name


class MethodRow(QWidget):
    """No signals of its own.

    Attributes:
        button: chooses it; None where it does not apply.
    """

    def __init__(self, theme: Theme, method: Method, told: bool = False) -> None:
        """`told`: it is the one whose lines are shown."""
        super().__init__()
        self._theme = theme
        self.button: QRadioButton | None = None
        self.setAccessibleName(f"{method.name} {'applies' if method.applies else 'does not apply'}")
        words = golden.in_words(method.reason)
        self.setAccessibleDescription(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        if method.applies:
            column.addWidget(self._choice(method, told))
        else:
            column.addLayout(self._head(method))
        reason = styled("small", words, wrap=True)
        reason.setContentsMargins(_INDENT, 0, 0, 0)
        column.addWidget(reason)

    def _choice(self, method: Method, told: bool) -> QRadioButton:
        self.button = QRadioButton(method.name)
        self.button.setObjectName("method")
        self.button.setChecked(told)
        self.button.setAccessibleName(f"Told by: {method.name}")
        self.button.setToolTip("This one is told" if told else "Tell it by this method")
        return self.button

    def _head(self, method: Method) -> QHBoxLayout:
        self._mark = QLabel()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(styled("source", method.name, wrap=True), 1)
        self._theme.changed.connect(self._tint)
        self._tint()
        return row

    def _tint(self) -> None:
        tint = self._theme.colours.muted
        self._mark.setPixmap(assets.icon("minus", tint, size=_MARK).pixmap(_MARK, _MARK))


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    column = QVBoxLayout(around)
    column.addWidget(MethodRow(theme, Method("Unrolling", True, "T(n-1) can be replaced."), told=True))
    column.addWidget(MethodRow(theme, Method("Master theorem", False, "It is for T(n/b).")))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
