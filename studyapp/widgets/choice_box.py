"""ChoiceBox: a drop-down list whose chosen line is cut with an ellipsis where it is too long.

Run it alone: python -m studyapp.widgets.choice_box
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from studyapp.theme import Theme

OPEN_WIDTH = 320  # px at least of the open list, where everything can be read
_AROUND = 48  # px: of a label in it


class ChoiceBox(QComboBox):
    """One choice out of some with long names.

    Signals:
        chosen(str): the user chose this value.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: tuple[tuple[str, str], ...], *, brief: bool = False) -> None:
        """`name` is for screen readers; `choices` are (value, label) pairs.

        `brief`: where a label is too long for the closed box, what explains it is left out there: what
        stands after a comma, a colon or in brackets.
        """
        super().__init__()
        self._brief = brief
        self.setAccessibleName(name)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choices: tuple[tuple[str, str], ...] = ()
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: tuple[tuple[str, str], ...]) -> None:
        """List these (value, label) pairs instead, without a signal; the first is chosen."""
        if choices == self.choices:
            return
        self.choices = choices
        self.clear()
        for value, label in choices:
            self.addItem(label, value)
        self._widen()

    @property
    def value(self) -> str:
        """The value of the chosen line."""
        return str(self.currentData())

    @property
    def brief(self) -> str:
        """The chosen label without what explains it."""
        return re.split(r", (?!then)| \(|: ", self.currentText())[0]

    def set_value(self, value: str) -> None:
        """Choose `value` without a signal; the first, where there is no such value."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + 4
        option.currentText = self._fitting(room.width() - icon - 2)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling past must not change anything

    def _widen(self) -> None:
        """The open list shows every label whole."""
        widest = max((self.fontMetrics().horizontalAdvance(label) for _, label in self.choices), default=0)
        self.view().setMinimumWidth(max(OPEN_WIDTH, widest + self.iconSize().width() + _AROUND))

    def _fitting(self, room: int) -> str:
        """What of the chosen label there is room for."""
        text, metrics = self.currentText(), self.fontMetrics()
        if self._brief and metrics.horizontalAdvance(text) > room:
            text = self.brief
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.value)


def _show(_theme: Theme) -> ChoiceBox:
    return ChoiceBox(
        "GRU z means", (("keep", "z keeps the old state (Cho 2014)"), ("take", "z takes the new"))
    )


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
