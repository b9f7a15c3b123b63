"""Transport: the buttons that start, pause, step, undo and reset a run.

Run it alone: python -m studyapp.widgets.transport
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studyapp import assets
from studyapp.theme import Theme

NO_WAY_BACK = "There is nothing to go back to: no step has been done yet."
NARROW = 34  # pixels of a button without words


class Transport(QWidget):
    """Ten and one step back, Train or Pause, one and ten steps on, Reset.

    The buttons take the keyboard by Tab, not by click.

    Signals:
        toggled(): train, or pause what trains.
        stepped(int): do so many steps; undo them where negative.
        reset(): begin a new run.
    """

    toggled = Signal()
    stepped = Signal(int)
    reset = Signal()

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips` are the tooltips of the buttons, by "train", "step", "ten", "back", "back_ten", "reset"."""
        super().__init__()
        self._theme, self._tips = theme, dict(tips)
        self._running = False
        self.back_ten, self.back, self.train, self.step, self.ten, self.restart = (
            QPushButton(name) for name in ("", "", "Train", "", "", "Reset")
        )
        self.train.setObjectName("primary")
        self.train.setFixedWidth(100)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._put(self.back_ten, "back_ten", "Undo ten steps")
        self._put(self.back, "back", "Undo one step")
        self._put(self.train, "train", "")
        self._put(self.step, "step", "One step")
        self._put(self.ten, "ten", "Ten steps")
        self._put(self.restart, "reset", "")
        self.train.clicked.connect(self.toggled)
        self.restart.clicked.connect(self.reset)
        self.step.clicked.connect(self._on_step)
        self.ten.clicked.connect(self._on_ten)
        self.back.clicked.connect(self._on_back)
        self.back_ten.clicked.connect(self._on_back_ten)
        self.set_way_back(False)
        theme.changed.connect(self._tint)
        self._tint()

    def set_running(self, running: bool) -> None:
        """The first button says Pause while `running`."""
        self._running = running
        self.train.setText("Pause" if running else "Train")
        self._tint()

    def set_way_back(self, there_is: bool) -> None:
        """Whether any step has been done that could be undone."""
        if self.back.isEnabled() == there_is and self.back.toolTip():
            return
        for button, key in ((self.back, "back"), (self.back_ten, "back_ten")):
            button.setEnabled(there_is)
            button.setToolTip(self._tips[key] if there_is else NO_WAY_BACK)
        self._tint()

    def _put(self, button: QPushButton, tip: str, spoken: str) -> None:
        button.setToolTip(self._tips[tip])
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if spoken:
            button.setObjectName("narrow")
            button.setAccessibleName(spoken)
            button.setFixedWidth(NARROW)
        self._row.addWidget(button)

    def _on_step(self) -> None:
        self.stepped.emit(1)

    def _on_ten(self) -> None:
        self.stepped.emit(10)

    def _on_back(self) -> None:
        self.stepped.emit(-1)

    def _on_back_ten(self) -> None:
        self.stepped.emit(-10)

    def _tint(self) -> None:
        colours = self._theme.colours
        self.train.setIcon(assets.icon("pause" if self._running else "play", colours.accent_text, size=16))
        for button, name in (
            (self.back_ten, "skip-back"),
            (self.back, "step-back"),
            (self.step, "step-forward"),
            (self.ten, "skip-forward"),
            (self.restart, "rotate-ccw"),
        ):
            tint = colours.text if button.isEnabled() else colours.disabled
            button.setIcon(assets.icon(name, tint, size=16))


def _show(theme: Theme) -> Transport:
    names = ("train", "step", "ten", "back", "back_ten", "reset")
    return Transport(theme, {name: name for name in names})


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
