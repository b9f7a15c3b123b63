"""GatesPanel: the inside of the cell at one time step: bars for every gate, and its equations in numbers.

Run it alone: python -m studyapp.widgets.gates_panel
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.combinations import model_of
from engine.config import RunConfig
from studyapp.theme import Theme
from studyapp.widgets.cell_words import CellKind, Equation, equations, rows_of
from studyapp.widgets.gates import Gates
from studyapp.widgets.labels import styled
from studyapp.widgets.lanes import Lane
from studyapp.widgets.live_equations import LiveEquations
from studyapp.widgets.panel import Panel
from studyapp.widgets.time_cursor import TimeCursor

NO_GATES = {
    "rnn": "An RNN has no gates: its new state is one activation of the input and the old state.",
    "jordan": "A Jordan RNN has no gates: its new state is one activation of the input and its last output.",
    "skip-gram": "No time and no gates here: each row of the batch is a word and one seen beside it.",
}


class GatesPanel(Panel):
    """Bars for all units, numbers for the chosen one."""

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        super().__init__(theme, "Gates")
        self.place = place
        self.gates = Gates(theme, place)
        self.equations = LiveEquations(theme)
        self._remark = styled("small", wrap=True)
        self._kind: CellKind | None = CellKind()
        self._lane: Lane | None = None
        self.body.addWidget(self.gates, 100)
        self.body.addWidget(self._remark)
        self.body.addWidget(self.equations)
        self.body.addStretch(1)
        self.gates.pointed.connect(self._on_pointed)
        place.moved.connect(self._on_moved)
        self.set_kind(RunConfig())

    def set_kind(self, config: RunConfig) -> None:
        """Have the equations of this cell; a skip-gram has none."""
        self._kind = kind_of(config)
        remark = NO_GATES.get("skip-gram" if self._kind is None else self._kind.cell, "")
        self.title.setText("State" if remark else "Gates")
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self.clear()

    def show_lane(self, lane: Lane) -> None:
        """Draw `lane`, which must be of the cell that was set; the cursor must already fit it."""
        self._lane = lane
        self.gates.set_rows(rows_of(lane.gates, lane.hidden, lane.dh))
        self._on_moved()

    def clear(self) -> None:
        """Back to the empty state."""
        self._lane = None
        self.gates.set_rows(())
        self.equations.hide()
        self.reading.set_text("")

    def _on_moved(self) -> None:
        if self._lane is None or not self.place.steps:
            return
        lines = self._lines(self._lane)
        self.equations.setVisible(bool(lines))
        self.equations.set_equations(lines)
        if not self.gates.pointed_at:
            self._read_place()

    def _lines(self, lane: Lane) -> tuple[Equation, ...]:
        """The equations at the cursor; none at the start of a decoder, whose first state is not named."""
        place, steps = self.place, len(lane.hidden)
        begins = place.t == (steps - 1 if lane.reverse else 0)
        if self._kind is None or (lane.part == "decoder." and begins and not lane.first):
            return ()
        kind = replace(self._kind, reverse=lane.reverse)
        return equations(kind, lane.gates, lane.hidden, place.t, place.unit, lane.first)

    def _on_pointed(self, words: str) -> None:
        if words:
            self.reading.set_text(words)
        elif self._lane is not None:
            self._read_place()

    def _read_place(self) -> None:
        self.reading.set_text(f"t = {self.place.t + 1}, unit {self.place.unit + 1}")


def kind_of(config: RunConfig) -> CellKind | None:
    """What decides the equations of a run: knobs that its model does not read have no say."""
    model = model_of(config)
    if model == "skip-gram":
        return None
    if model == "recurrent":
        return CellKind(config.cell, config.gru_update, config.activation, config.norm)
    return CellKind("lstm" if model == "ntm" else config.cell, config.gru_update)


def _show(theme: Theme) -> GatesPanel:
    place = TimeCursor()
    place.fit(24, 16)
    shown = GatesPanel(theme, place)
    shown.set_kind(RunConfig(cell="gru"))
    wave = np.sin(np.add.outer(np.arange(24) * 0.3, np.arange(16)))
    gates = {"z": (wave + 1) / 2, "r": (1 - wave) / 2, "n": wave}
    shown.show_lane(Lane("h", "Forward", wave, wave, gates))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
