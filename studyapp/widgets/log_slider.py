"""LogSlider: a slider whose way is proportional to the logarithm of its value.

Run it alone: python -m studyapp.widgets.log_slider
"""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider

from studyapp.theme import Theme

PER_DECADE = 20  # positions


class LogSlider(QSlider):
    """From `low` to `high`, both positive; values have two significant digits.

    Signals:
        slid(float): the user chose this value.
    """

    slid = Signal(float)

    def __init__(self, name: str, low: float, high: float) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._low = low
        self.setAccessibleName(name)
        self.setRange(0, round(math.log10(high / low) * PER_DECADE))
        self.setPageStep(PER_DECADE)
        self.valueChanged.connect(self._on_value_changed)

    def set_number(self, number: float) -> None:
        """Go to the nearest position of `number` without a signal; below the range, to its end."""
        self.blockSignals(True)
        self.setValue(round(math.log10(max(number, self._low) / self._low) * PER_DECADE))
        self.blockSignals(False)

    def _on_value_changed(self, position: int) -> None:
        self.slid.emit(float(f"{self._low * 10 ** (position / PER_DECADE):.1e}"))


def _show(_theme: Theme) -> LogSlider:
    return LogSlider("Learning rate", 1e-6, 100)


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
