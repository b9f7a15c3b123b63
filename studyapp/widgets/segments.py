"""Segments: a few named choices side by side, exactly one of them chosen.

Run it alone: python -m studyapp.widgets.segments
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from studyapp.theme import Theme


class Segments(QFrame):
    """One choice out of few. Tab reaches the chosen one, arrow keys choose another.

    A click does not take the keyboard: Space goes on to do what it does on the page.

    Signals:
        chosen(str): the user chose this value.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: tuple[tuple[str, str], ...]) -> None:
        """`name` is for screen readers; `choices` are (value, label) pairs."""
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values = [value for value, _ in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for number, (_, label) in enumerate(choices):
            row.addWidget(self._button(number, label, f"{name}: {label}"))
        self._group.button(0).setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def value(self) -> str:
        """The value of the chosen segment."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: str) -> None:
        """Choose `value` without a signal."""
        self._group.blockSignals(True)
        self._group.button(self._values.index(value)).setChecked(True)
        self._group.blockSignals(False)

    def button(self, value: str) -> QAbstractButton:
        """The button that stands for `value`."""
        return self._group.button(self._values.index(value))

    def _button(self, number: int, label: str, spoken: str) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName("segment")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(spoken)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.addButton(button, number)
        return button

    def _on_toggled(self, button: QAbstractButton, on: bool) -> None:
        if on:
            self.chosen.emit(self._values[self._group.id(button)])


def _show(_theme: Theme) -> Segments:
    return Segments("Cell", (("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU")))


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
