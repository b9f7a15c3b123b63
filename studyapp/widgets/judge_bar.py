"""JudgeBar: missed it or knew it, for one label of a picture.

Run it alone: python -m studyapp.widgets.judge_bar
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studyapp.theme import Theme


class JudgeBar(QWidget):
    """Two buttons with their keys.

    Signals:
        judged(bool): whether it was known.

    Attributes:
        missed, knew: the buttons.
    """

    judged = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.missed, self.knew = QPushButton("Missed it   (1)"), QPushButton("Knew it   (2)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for button, was_known in ((self.missed, False), (self.knew, True)):
            button.setObjectName("judge")
            button.setMinimumHeight(46)
            button.clicked.connect(partial(self._on_clicked, was_known))
            row.addWidget(button, 1)

    def press_focused(self) -> bool:
        """Press the button that the keyboard has reached; False if it has reached none."""
        for button in (self.missed, self.knew):
            if button.hasFocus():
                button.click()
                return True
        return False

    def _on_clicked(self, was_known: bool) -> None:
        self.judged.emit(was_known)


def _show(_theme: Theme) -> JudgeBar:
    return JudgeBar()


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
