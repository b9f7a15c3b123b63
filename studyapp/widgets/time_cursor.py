"""TimeCursor: which time step and which hidden unit is looked at. Shared by all views of one sequence."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent


class TimeCursor(QObject):
    """A place (t, unit), both 0-based, kept within what there is.

    Signals:
        moved(): t or unit is another one.
    """

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.t = 0
        self.unit = 0
        self.steps = 0
        self.units = 0

    def fit(self, steps: int, units: int) -> None:
        """There are `steps` time steps and `units` hidden units now; the views are given new data next.

        The first time there is anything, t goes to the middle. Emits nothing: old data may not reach there.
        """
        t = self.t if self.steps else steps // 2
        self.steps, self.units = steps, units
        self.t = max(0, min(t, steps - 1))
        self.unit = max(0, min(self.unit, units - 1))

    def go(self, t: int, unit: int | None = None) -> None:
        """Look at time step `t`, and at `unit` when given; both are clamped."""
        t = max(0, min(t, self.steps - 1))
        unit = max(0, min(self.unit if unit is None else unit, self.units - 1))
        if (t, unit) != (self.t, self.unit):
            self.t, self.unit = t, unit
            self.moved.emit()

    def press(self, event: QKeyEvent) -> bool:
        """Move by an arrow key, Home or End; False when `event` is another key."""
        places = {
            Qt.Key.Key_Left: (self.t - 1, self.unit),
            Qt.Key.Key_Right: (self.t + 1, self.unit),
            Qt.Key.Key_Home: (0, self.unit),
            Qt.Key.Key_End: (self.steps - 1, self.unit),
            Qt.Key.Key_Up: (self.t, self.unit - 1),
            Qt.Key.Key_Down: (self.t, self.unit + 1),
        }
        place = places.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if place is None or held or not self.steps:
            return False
        self.go(*place)
        return True
