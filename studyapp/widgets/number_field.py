"""NumberField: one number, typed or nudged by arrow keys and wheel. Never corrects what was typed.

Run it alone: python -m studyapp.widgets.number_field
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit

from studyapp.theme import Theme

LONGEST = 24  # characters
PAUSE = 500  # ms without a key: the user has finished typing


class NumberField(QLineEdit):
    """A line that holds a number, or what the user typed instead of one.

    Up and Down change it by one step, with Shift by ten.

    Signals:
        settled(): another value is there: typed (after a pause, Enter or leaving) or nudged.
    """

    settled = Signal()

    def __init__(self, name: str, whole: bool, low: float, high: float) -> None:
        """`whole` numbers go in steps of 1, others in steps of a fifth of a decade."""
        super().__init__()
        self._whole, self._low, self._high = whole, low, high
        self._settled_text = ""
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._settle)
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._settle)

    @property
    def value(self) -> int | float | str:
        """The number, or the text where it is none: whoever asks for a number says what is wrong."""
        text = self.text().strip().replace("−", "-")
        try:
            return int(text) if self._whole else float(text)
        except ValueError:
            return text

    def set_value(self, value: float) -> None:
        """Show `value` without a signal."""
        self._settled_text = str(value) if self._whole else f"{value:g}"
        self.setText(self._settled_text)

    def nudge(self, steps: int) -> None:
        """Change by `steps` steps, within the bounds."""
        value = self.value
        if isinstance(value, str):
            return
        moved = value + steps if self._whole else _round(value * 10 ** (steps / 5) if value else 0.1)
        self.setText(f"{max(self._low, min(self._high, moved)):.10g}")
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
            return
        self.nudge(steps * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():  # scrolling past must not change anything
            event.ignore()
            return
        self.nudge(1 if event.angleDelta().y() > 0 else -1)

    def _on_edited(self) -> None:
        self._pause.start()

    def _settle(self) -> None:
        self._pause.stop()
        if self.text() != self._settled_text:
            self._settled_text = self.text()
            self.settled.emit()


def _round(value: float) -> float:
    """Two significant digits."""
    return float(f"{value:.1e}")


def _show(_theme: Theme) -> NumberField:
    field = NumberField("Learning rate", False, 1e-6, 100)
    field.set_value(0.01)
    return field


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
