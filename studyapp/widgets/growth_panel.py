"""GrowthPanel: the plot of growth with its switches, and what is read from it.

The plot itself comes with the first curves that are to be seen: its library takes a third of a second.
Run it alone: python -m studyapp.widgets.growth_panel
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.symbolic.findings import Curve
from studyapp.theme import Theme
from studyapp.widgets.labels import styled, toggle

if TYPE_CHECKING:
    from studyapp.widgets.growth_plot import GrowthPlot

_LEGEND = 4  # curves that are named below the plot


class GrowthPanel(QWidget):
    """Switches above, the plot, and a line of words below.

    Signals:
        switched(): the user chose other axes.

    Attributes:
        log_x, log_y, families: the switches. words: what is read. plot: None until it is first seen.
    """

    switched = Signal()

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips` are for log_x, log_y, families."""
        super().__init__()
        self._theme = theme
        self._curves: tuple[Curve, ...] = ()
        self.plot: GrowthPlot | None = None
        self.log_x = toggle("log n", "Logarithmic scale of n", tips.get("log_x", ""))
        self.log_y = toggle("log T", "Logarithmic scale of the count", tips.get("log_y", ""))
        self.families = toggle("families", "Families of growth", tips.get("families", ""))
        self.words = styled("small")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        for switch in (self.log_x, self.log_y, self.families):
            switch.setChecked(True)
            switch.toggled.connect(self._on_switched)
        theme.changed.connect(lambda: self._say(""))
        self._lay_out()

    def set_curves(self, curves: Sequence[Curve]) -> None:
        """Draw these."""
        self._curves = tuple(curves)
        self._say("")
        if self.isVisible():
            self._draw()

    def set_switches(self, log_x: bool, log_y: bool, families: bool) -> None:
        """Choose the axes without a signal."""
        for switch, on in ((self.log_x, log_x), (self.log_y, log_y), (self.families, families)):
            switch.blockSignals(True)
            switch.setChecked(on)
            switch.blockSignals(False)
        self._set_axes()

    @property
    def switches(self) -> tuple[bool, bool, bool]:
        """log_x, log_y, families."""
        return self.log_x.isChecked(), self.log_y.isChecked(), self.families.isChecked()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    # --- inside ---

    def _draw(self) -> None:
        if self.plot is None:
            from studyapp.widgets.growth_plot import GrowthPlot

            self.plot = GrowthPlot(self._theme)
            self.plot.pointed.connect(self._say)
            self._room.addWidget(self.plot, 1)
            self._set_axes()
        self.plot.set_curves(self._curves)

    def _set_axes(self) -> None:
        if self.plot is not None:
            log_x, log_y, families = self.switches
            self.plot.set_axes(log_x=log_x, log_y=log_y, families=families)

    def _on_switched(self) -> None:
        self._set_axes()
        self.switched.emit()

    def _say(self, words: str) -> None:
        """What is read, or else which curve is which."""
        self.words.setText(escape(words) or self._legend())

    def _legend(self) -> str:
        """Names of the curves, each after a dot of its colour."""
        series = self._theme.colours.series
        named = zip(self._curves[:_LEGEND], series, strict=False)
        told = [f'<span style="color: {ink}">●</span> {escape(curve.name)}' for curve, ink in named]
        more = len(self._curves) - _LEGEND
        return "&nbsp;&nbsp; ".join([*told, *([f"and {more} more"] if more > 0 else [])])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        for switch in (self.log_x, self.log_y, self.families):
            head.addWidget(switch)
        head.addStretch(1)
        self._room = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._room, 1)
        column.addWidget(self.words)


def _show(theme: Theme) -> GrowthPanel:
    from studyapp.widgets.findings_sample import curve

    panel = GrowthPanel(theme, {})
    panel.set_curves([curve()])
    return panel


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
