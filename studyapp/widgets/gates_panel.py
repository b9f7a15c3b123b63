"""GatesPanel: the inside of the cell at one time step: bars for every gate, and its equations in numbers.

Run it alone: python -m studyapp.widgets.gates_panel
"""

from __future__ import annotations

import numpy as np

from engine.snapshot import Snapshot
from studyapp.theme import Theme
from studyapp.widgets.cell_words import equations, rows_of
from studyapp.widgets.gates import Gates
from studyapp.widgets.labels import styled
from studyapp.widgets.live_equations import LiveEquations
from studyapp.widgets.panel import Panel
from studyapp.widgets.time_cursor import TimeCursor

NO_GATES = "An RNN has no gates: its new state is one tanh of the input and the old state."
TITLES = {"lstm": "Gates", "gru": "Gates", "rnn": "State"}


class GatesPanel(Panel):
    """Bars for all units, numbers for the chosen one."""

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        super().__init__(theme, "Gates")
        self.place = place
        self.gates = Gates(theme, place)
        self.equations = LiveEquations(theme)
        self._remark = styled("small", NO_GATES, wrap=True)
        self._cell, self._update = "lstm", "keep"
        self._snapshot: Snapshot | None = None
        self.body.addWidget(self.gates, 100)
        self.body.addWidget(self._remark)
        self.body.addWidget(self.equations)
        self.body.addStretch(1)
        self.gates.pointed.connect(self._on_pointed)
        place.moved.connect(self._on_moved)
        self.set_cell("lstm", "keep")

    def set_cell(self, cell: str, gru_update: str) -> None:
        """`cell` and `gru_update` as in RunConfig."""
        self._cell, self._update = cell, gru_update
        self.title.setText(TITLES[cell])
        self._remark.setVisible(cell == "rnn")
        self.clear()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw `snapshot`, which must be of the cell that was set; the cursor must already fit it."""
        self._snapshot = snapshot
        self.gates.set_rows(rows_of(snapshot.gates, snapshot.hidden, snapshot.dh))
        self._on_moved()

    def clear(self) -> None:
        """Back to the empty state."""
        self._snapshot = None
        self.gates.set_rows(())
        self.equations.hide()
        self.reading.set_text("")

    def _on_moved(self) -> None:
        shown, place = self._snapshot, self.place
        if shown is None or not place.steps:
            return
        self.equations.show()
        self.equations.set_equations(
            equations(self._cell, self._update, shown.gates, shown.hidden, place.t, place.unit)
        )
        if not self.gates.pointed_at:
            self._read_place()

    def _on_pointed(self, words: str) -> None:
        if words:
            self.reading.set_text(words)
        elif self._snapshot is not None:
            self._read_place()

    def _read_place(self) -> None:
        self.reading.set_text(f"t = {self.place.t + 1}, unit {self.place.unit + 1}")


def _show(theme: Theme) -> GatesPanel:
    place = TimeCursor()
    place.fit(24, 16)
    shown = GatesPanel(theme, place)
    shown.set_cell("gru", "keep")
    wave = np.sin(np.add.outer(np.arange(24) * 0.3, np.arange(16)))
    shown.show_snapshot(
        Snapshot(
            step=1,
            losses=np.array([3.0]),
            gradient_norm=1.0,
            inputs=(),
            targets=(),
            predictions=(),
            outputs=wave,
            wanted=wave,
            hidden=wave,
            dh=wave,
            dh_norm=wave[:, 0],
            gates={"z": (wave + 1) / 2, "r": (1 - wave) / 2, "n": wave},
        )
    )
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
