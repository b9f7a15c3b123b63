"""SequencePanel: one sequence from left to right: states, letters or curves, and gradients, on one time axis.

Run it alone: python -m studyapp.widgets.sequence_panel
"""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QHBoxLayout

from engine.snapshot import Snapshot
from studyapp.theme import Theme
from studyapp.widgets.bars import StepBars
from studyapp.widgets.heatmap import HeatMap
from studyapp.widgets.labels import styled, toggle
from studyapp.widgets.legend import Legend
from studyapp.widgets.panel import Panel
from studyapp.widgets.readout import Readout
from studyapp.widgets.strip import TextStrip
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView
from studyapp.widgets.wave import Wave

GRADIENT = "‖dL/dhₜ‖"


class SequencePanel(Panel):
    """Heat map, letters (or curves) and gradient norms over the same columns, with one cursor."""

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        super().__init__(theme, "Hidden state over time")
        self.place = place
        self.heat = HeatMap(theme, place)
        self.strip = TextStrip(theme, place)
        self.wave = Wave(theme, place)
        self.bars = StepBars(
            theme,
            place,
            "Gradient of the loss at each time step",
            GRADIENT,
            "How much the loss depends on the state at each time step.",
        )
        self._gradient_reading = Readout(theme, "Gradient reading")
        self.log = toggle("log", "Logarithmic gradient scale", "Logarithmic scale for the gradient norms")
        self._lay_out(theme)
        for view in (self.heat, self.strip, self.wave):
            view.pointed.connect(self._on_pointed)
        self.bars.pointed.connect(self._on_gradient_pointed)
        place.moved.connect(self._read_place)
        self.set_task("characters")

    def set_task(self, task: str) -> None:
        """Show letters for "characters", curves for "sine"."""
        self.strip.setVisible(task == "characters")
        self.wave.setVisible(task != "characters")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw `snapshot`; the cursor must already fit it."""
        self.heat.set_hidden(snapshot.hidden)
        if self.strip.isHidden():
            self.wave.set_curves(snapshot.wanted[:, 0], snapshot.outputs[:, 0])
        else:
            certainty = snapshot.outputs.max(axis=1)
            self.strip.set_text(snapshot.inputs, snapshot.targets, snapshot.predictions, certainty)
        self.bars.set_values(snapshot.dh_norm)
        self._read_place()

    def clear(self) -> None:
        """Back to the empty state; the cursor must fit nothing."""
        none = np.empty(0)
        self.heat.set_hidden(np.empty((0, 0)))
        self.strip.set_text((), (), (), none)
        self.wave.set_curves(none, none)
        self.bars.set_values(none)
        self._read_place()

    def _lay_out(self, theme: Theme) -> None:
        self.add_tool(Legend(theme))
        self.log.toggled.connect(self.bars.set_log)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(styled("h3", "Gradient norm at each step"))
        row.addWidget(self._gradient_reading, 1)
        row.addWidget(self.log)
        self.body.addWidget(self.heat, 5)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.wave, 3)
        self.body.addLayout(row)
        self.body.addWidget(self.bars, 3)

    def _on_pointed(self, words: str) -> None:
        if words:
            self.reading.set_text(words)
        else:
            self._read_place()

    def _on_gradient_pointed(self, words: str) -> None:
        if words:
            self._gradient_reading.set_text(words)
        else:
            self._read_place()

    def _read_place(self) -> None:
        """Where the mouse is not, say what the cursor is on."""
        self._read(self.reading, self.heat, any(v.pointed_at for v in (self.heat, self.strip, self.wave)))
        self._read(self._gradient_reading, self.bars, self.bars.pointed_at)

    def _read(self, reading: Readout, view: TimeView, pointed: bool) -> None:
        if view.empty:
            reading.set_text("")
        elif not pointed:
            reading.set_text(view.words_at(self.place.t, self.place.unit))


def _show(theme: Theme) -> SequencePanel:
    place = TimeCursor()
    place.fit(24, 16)
    shown = SequencePanel(theme, place)
    wave = np.sin(np.add.outer(np.arange(24) * 0.3, np.arange(16)))
    letters = tuple("abcdefghijklmnopqrstuvwx")
    shown.show_snapshot(
        Snapshot(
            step=1,
            losses=np.array([3.0]),
            gradient_norm=1.0,
            inputs=letters,
            targets=letters,
            predictions=letters,
            outputs=np.full((24, 27), 1 / 27),
            wanted=np.eye(24, 27),
            hidden=wave,
            dh=wave,
            dh_norm=np.abs(wave[:, 0]),
        )
    )
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
