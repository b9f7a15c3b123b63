"""Transport: the buttons that start, pause, step and reset a run.

Run it alone: python -m studyapp.widgets.transport
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studyapp import assets
from studyapp.theme import Theme


class Transport(QWidget):
    """Train or Pause, Step, ten steps, Reset. The buttons take the keyboard by Tab, not by click.

    Signals:
        toggled(): train, or pause what trains.
        stepped(int): do so many steps.
        reset(): begin a new run.
    """

    toggled = Signal()
    stepped = Signal(int)
    reset = Signal()

    def __init__(self, theme: Theme, tips: tuple[str, str, str, str]) -> None:
        """`tips` are the tooltips of the four buttons, from left to right."""
        super().__init__()
        self._theme = theme
        self._running = False
        names = ("Train", "Step", "×10", "Reset")
        self.train, self.step, self.ten, self.restart = (QPushButton(name) for name in names)
        self.train.setObjectName("primary")
        self.train.setFixedWidth(100)
        self.ten.setAccessibleName("Ten steps")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button, tip in zip((self.train, self.step, self.ten, self.restart), tips, strict=True):
            button.setToolTip(tip)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.train.clicked.connect(self.toggled)
        self.step.clicked.connect(self._on_step)
        self.ten.clicked.connect(self._on_ten)
        self.restart.clicked.connect(self.reset)
        theme.changed.connect(self._tint)
        self._tint()

    def set_running(self, running: bool) -> None:
        """The first button says Pause while `running`."""
        self._running = running
        self.train.setText("Pause" if running else "Train")
        self._tint()

    def _on_step(self) -> None:
        self.stepped.emit(1)

    def _on_ten(self) -> None:
        self.stepped.emit(10)

    def _tint(self) -> None:
        colours = self._theme.colours
        self.train.setIcon(assets.icon("pause" if self._running else "play", colours.accent_text, size=16))
        self.step.setIcon(assets.icon("step-forward", colours.text, size=16))
        self.ten.setIcon(assets.icon("skip-forward", colours.text, size=16))
        self.restart.setIcon(assets.icon("rotate-ccw", colours.text, size=16))


def _show(theme: Theme) -> Transport:
    return Transport(theme, ("Train or pause", "One step", "Ten steps", "Reset"))


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
