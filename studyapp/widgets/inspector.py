"""Inspector: every intermediate of the sequence on screen, by its name, as a heat map with values.

Knows the names only as far as to say which axis is what.
Run it alone: python -m studyapp.widgets.inspector
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from engine.snapshot import Snapshot
from studyapp.theme import Theme
from studyapp.widgets.array_map import ArrayMap, Axis
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.labels import styled
from studyapp.widgets.legend import Legend
from studyapp.widgets.panel import Panel
from studyapp.widgets.readout import Readout
from studyapp.widgets.time_cursor import TimeCursor

FIRST = ("attention", "memory", "read_weights", "h", "v")  # what is shown before anybody chose
OVER_SOURCE = ("attention", "scores")  # [U, S]
MEANINGS = {
    "x": "what was read, as numbers",
    "out": "what the top layer hands on",
    "z_o": "outputs before the softmax",
    "dz_o": "dL/dz of the outputs",
    "outputs": "probabilities, or foretold values",
    "attention": "α: how much each word of the source counts for each word written",
    "scores": "e: how well each word of the source fits, before the softmax",
    "memory": "M: places by numbers, at the chosen time step",
    "read_weights": "where the read head looks",
    "write_weights": "where the write head looks",
    "omega": "the regulariser's ratio of each step",
    "forced": "1 where the true output was fed",
}


class Inspector(Panel):
    """A list of names with their shapes; the chosen one as a map. Three axes are cut at the cursor."""

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        super().__init__(theme, "Everything")
        self._place = place
        self._snapshot: Snapshot | None = None
        self._wanted = ""  # what the user chose, also while a run has no such name
        self.names = ChoiceBox("Name of the values", ())
        self.names.setObjectName("compact")
        self.names.setToolTip("Every intermediate of this sequence that the network computed")
        self.map = ArrayMap(theme)
        self.legend = Legend(theme)
        self._meaning = styled("small", wrap=True)
        self.reading.hide()  # it has a line of its own
        self.add_tool(self.legend)
        self.body.addWidget(self.names)
        self.body.addWidget(self.map, 1)
        self.reading = Readout(theme, "Value reading", Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.reading)
        self.body.addWidget(self._meaning)
        self.names.chosen.connect(self._on_chosen)
        self.map.pointed.connect(self.reading.set_text)
        place.moved.connect(self._draw)

    @property
    def chosen(self) -> str:
        """The name that is shown; empty when there is nothing."""
        return self.names.value if self.names.count() else ""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take `snapshot`; the names are listed anew only when they are others. Cheap while hidden."""
        self._snapshot = snapshot
        if self.isVisible():
            self._list_names()
            self._draw()

    def clear(self) -> None:
        """Back to the empty state."""
        self._snapshot = None
        self.names.set_choices(())
        self.map.set_values(np.empty((0, 0)), Axis("row"), Axis("column"))
        self._meaning.setText("")

    def choose(self, name: str) -> None:
        """Show `name`, now or as soon as there is such a name."""
        self._wanted = name
        if self._snapshot is not None and name in self._snapshot.named:
            self.names.set_value(name)
            self._draw()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _on_chosen(self, name: str) -> None:
        self._wanted = name
        self._draw()

    def _list_names(self) -> None:
        shown = self._snapshot
        if shown is None:
            return
        choices = tuple((name, f"{name}   {_shape(array)}") for name, array in shown.named.items())
        if choices == self.names.choices:
            return
        before = self.chosen
        self.names.set_choices(choices)
        order = (self._wanted, before, *FIRST)
        found = next((name for name in order if name in shown.named), next(iter(shown.named), ""))
        if found:
            self.names.set_value(found)

    def _draw(self) -> None:
        if self._snapshot is None or not self.isVisible() or self.chosen not in self._snapshot.named:
            return
        name = self.chosen
        self._meaning.setText(MEANINGS.get(name, ""))
        self._meaning.setVisible(name in MEANINGS)
        self.map.set_values(*_laid_out(name, self._snapshot, self._place.t))
        self.legend.set_scale(self.map.scale)


def _laid_out(name: str, shown: Snapshot, t: int) -> tuple[NDArray[np.float64], Axis, Axis]:
    """The array as rows and columns: time to the right, as everywhere; attention as in the papers."""
    array = shown.named[name]
    if name in OVER_SOURCE:
        return array, Axis("target", shown.targets[: len(array)]), Axis("source", shown.inputs)
    if array.ndim == 3:
        t = min(t, len(array) - 1)
        return array[t], Axis(f"t = {t + 1}, place"), Axis("number")
    flat = array.reshape(len(array), -1) if array.ndim else array.reshape(1, 1)
    over_time = len(flat) == len(shown.inputs)
    return flat.T, Axis("number"), Axis("t", shown.inputs if over_time else ())


def _shape(array: NDArray[np.float64]) -> str:
    return "[" + ", ".join(map(str, array.shape)) + "]"


def _show(theme: Theme) -> Inspector:
    place = TimeCursor()
    place.fit(12, 8)
    shown = Inspector(theme, place)
    wave = np.sin(np.add.outer(np.arange(12) * 0.3, np.arange(8)))
    letters = tuple("abcdefghijkl")
    shown.show_snapshot(
        Snapshot(
            step=1,
            losses=np.array([3.0]),
            gradient_norm=1.0,
            inputs=letters,
            targets=letters,
            predictions=letters,
            outputs=wave,
            wanted=wave,
            hidden=wave,
            dh=wave,
            dh_norm=wave[:, 0],
            named={"h": wave, "attention": np.abs(wave @ wave.T), "memory": np.stack([wave] * 12)},
        )
    )
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
