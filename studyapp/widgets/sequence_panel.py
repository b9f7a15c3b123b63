"""SequencePanel: one sequence from left to right: states, letters or curves, and gradients, on one time axis.

Run it alone: python -m studyapp.widgets.sequence_panel
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from engine.snapshot import Snapshot, lengths
from studyapp.theme import Theme
from studyapp.widgets.bars import StepBars
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.heatmap import HeatMap
from studyapp.widgets.labels import styled, toggle
from studyapp.widgets.lanes import Lane, Said, lanes_of, said_in
from studyapp.widgets.legend import Legend
from studyapp.widgets.panel import Panel
from studyapp.widgets.readout import Readout
from studyapp.widgets.strip import TextStrip
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView
from studyapp.widgets.wave import Wave

LANES = 150  # px
OF_LANE = "State of"  # the list beside it ends the words
GRADIENT = "‖dL/dhₜ‖"


class SequencePanel(Panel):
    """Heat map, letters (or curves) and gradient norms over the same columns, with one cursor.

    Where a network has several layers or directions, a list chooses which is shown.

    Attributes:
        lane: what is shown; None while there is nothing.

    Signals:
        lane_changed(): the user chose another layer or direction.
    """

    lane_changed = Signal()

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        self._one = "Hidden state over time"
        super().__init__(theme, self._one)
        self.place = place
        self.lane: Lane | None = None
        self._snapshot: Snapshot | None = None
        self._values = False
        self._chosen = False  # the user has moved the cursor in this run
        self.lanes = ChoiceBox("Layer and direction", ())
        self.lanes.setToolTip("Which layer, in which direction, the states, gates and gradients are of")
        self.lanes.setObjectName("compact")
        self.lanes.setFixedWidth(LANES)
        self.lanes.hide()
        self.legend = Legend(theme)
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
        self._lay_out()
        for view in (self.heat, self.strip, self.wave):
            view.pointed.connect(self._on_pointed)
        self.bars.pointed.connect(self._on_gradient_pointed)
        place.moved.connect(self._on_place_moved)
        self.lanes.chosen.connect(self._on_lane_chosen)
        self.set_values(False)

    def set_values(self, values: bool) -> None:
        """Show curves for what foretells values, else letters or words."""
        self._values = values
        self.strip.setVisible(not values)
        self.wave.setVisible(values)

    def set_title(self, title: str) -> None:
        """What the rows are, where there is one kind of them."""
        self._one = title
        self.title.setText(title if self.lanes.isHidden() else OF_LANE)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw `snapshot`, and let the cursor fit it."""
        self._snapshot = snapshot
        lanes = lanes_of(snapshot)
        self._list_lanes(lanes)
        chosen = self.lanes.value if len(lanes) > 1 else lanes[0].name
        self.lane = lane = next((a for a in lanes if a.name == chosen), lanes[0])
        self._chosen = self._chosen and self.place.steps > 0
        self.place.fit(*lane.hidden.shape)
        if not self._chosen:
            self.place.t = _worth_a_look(snapshot.asked, self.place.t, self.place.steps)
        self.heat.set_hidden(lane.hidden)
        self.legend.set_scale(self.heat.scale)
        if self._values:
            self.wave.set_curves(snapshot.wanted[:, 0], snapshot.outputs[:, 0], snapshot.asked)
        else:
            self.strip.set_said(said_in(snapshot, lane))
        self.bars.set_values(lengths(lane.dh))
        self._read_place()

    def _list_lanes(self, lanes: tuple[Lane, ...]) -> None:
        choices = tuple((lane.name, lane.title) for lane in lanes)
        if choices != self.lanes.choices:
            before = self.lanes.value if self.lanes.count() else ""
            self.lanes.set_choices(choices)
            self.lanes.set_value(before)
            many = len(lanes) > 1
            self.title.setText(OF_LANE if many else self._one)  # first: with both long there is no room
            self.lanes.setVisible(many)

    def _on_lane_chosen(self, _name: str) -> None:
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
            self.lane_changed.emit()

    def clear(self) -> None:
        """Back to the empty state; the cursor must fit nothing."""
        none = np.empty(0)
        self.lane = self._snapshot = None
        self.heat.set_hidden(np.empty((0, 0)))
        self.strip.set_said(Said(()))
        self.wave.set_curves(none, none)
        self.bars.set_values(none)
        self._read_place()

    def _lay_out(self) -> None:
        self.add_beside_title(self.lanes)
        self.add_tool(self.legend)
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

    def _on_place_moved(self) -> None:
        self._chosen = True
        self._read_place()

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


def _worth_a_look(asked: NDArray[np.bool_] | None, t: int, steps: int) -> int:
    """`t`, or the last time step whose output counts where that of `t` does not."""
    if asked is None or not asked.any() or len(asked) != steps or asked[t]:
        return t
    return int(np.flatnonzero(asked)[-1])


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
