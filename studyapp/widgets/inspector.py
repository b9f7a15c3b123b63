"""Inspector: every intermediate of the sequence on screen, the weights and their gradients, by name.

Knows the names only as far as to say which axis is what.
Run it alone: python -m studyapp.widgets.inspector
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel

from engine.snapshot import Array, Snapshot
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
ROWS = {"x": "input", "z_o": "output", "dz_o": "output", "outputs": "output"}  # what their rows are
WEIGHT = " (weight)"  # after the name of a weight that a value of the sequence has too
OF_NOW = "a weight; its rows make what comes out, its columns take what goes in"
OF_BATCH = "gradient of the loss of the whole batch, before clipping"
MEANINGS = {
    "x": "what was read, as numbers",
    "out": "what the top layer hands on",
    "z_o": "outputs before the softmax",
    "dz_o": "dL/dz of the outputs",
    "outputs": "probabilities, or foretold values",
    "attention": "α: how much each symbol of the source counts for each word written",
    "scores": "e: how well each symbol of the source fits, before the softmax",
    "memory": "M: places by numbers, at the chosen time step",
    "read_weights": "where the read head looks",
    "write_weights": "where the write head looks",
    "omega": "the regulariser's ratio of each step",
    "forced": "1 where the true output was fed",
}


class Inspector(Panel):
    """A list of names with their shapes; the chosen one as a map. Three axes are cut at the cursor.

    Where a map has time to the right, its mark is the page's cursor.
    """

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        super().__init__(theme, "Everything")
        self._place = place
        self._snapshot: Snapshot | None = None
        self._over_time = self._over_units = (
            False  # what the axes of the map are, as the page's cursor has them
        )
        self._wanted = ""  # what the user chose, also while a run has no such name
        self.names = ChoiceBox("Name of the values", ())
        self.names.setObjectName("compact")
        self.names.setToolTip(
            "Every value of this sequence that the network computed, its weights and their gradients"
        )
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
        self.map.marked.connect(self._on_marked)
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
        if self._snapshot is not None and name in _arrays(self._snapshot):
            self.names.set_value(name)
            self._draw()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _on_chosen(self, name: str) -> None:
        self._wanted = name
        self._draw()

    def _on_marked(self, row: int, column: int) -> None:
        if self._over_time:
            self._place.go(column, row if self._over_units else None)

    def _list_names(self) -> None:
        shown = self._snapshot
        if shown is None:
            return
        groups, arrays = _groups(shown), _arrays(shown)
        choices = tuple((name, f"{name}   {_shape(array)}") for name, array in arrays.items())
        if choices == self.names.choices:
            return
        before = self.chosen
        self.names.set_choices(choices)
        self._title_groups(groups)
        order = (self._wanted, before, *FIRST)
        found = next((name for name in order if name in arrays), next(iter(arrays), ""))
        if found:
            self.names.set_value(found)

    def _title_groups(self, groups: Mapping[str, Mapping[str, Array]]) -> None:
        """A line above each group that cannot be chosen."""
        place, model = 0, self.names.model()
        for title, arrays in groups.items():
            if not arrays:
                continue
            self.names.insertItem(place, title)
            if isinstance(model, QStandardItemModel):
                model.item(place).setEnabled(False)
            place += 1 + len(arrays)

    def _draw(self) -> None:
        if self._snapshot is None or not self.isVisible():
            return
        name, arrays = self.chosen, _arrays(self._snapshot)
        if name not in arrays:
            return
        meaning = _meaning(name, self._snapshot)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        if name in self._snapshot.named:
            values, rows, columns = _laid_out(name, self._snapshot, self._place.t)
        else:
            values, rows, columns = _as_matrix(arrays[name])
        self._over_time = columns.name == "t" and len(columns.labels) == self._place.steps
        self._over_units = self._over_time and rows.name == "unit" and len(values) == self._place.units
        self.map.set_values(values, rows, columns)
        if self._over_time:
            self.map.set_mark(self._place.unit if self._over_units else self.map.mark[0], self._place.t)
        self.legend.set_scale(self.map.scale)


def _groups(shown: Snapshot) -> dict[str, Mapping[str, Array]]:
    """What there is to see, in its groups; a weight that has the name of a state keeps it for itself."""
    weights = {f"{name}{WEIGHT}" if name in shown.named else name: a for name, a in shown.weights.items()}
    gradients = {f"dL/d{name}": array for name, array in shown.gradients.items()}
    return {"This sequence": shown.named, "Weights": weights, "Gradients": gradients}


def _arrays(shown: Snapshot) -> dict[str, Array]:
    return {name: array for arrays in _groups(shown).values() for name, array in arrays.items()}


def _meaning(name: str, shown: Snapshot) -> str:
    if name in shown.named:
        return MEANINGS.get(name, "")
    return OF_BATCH if name.startswith("dL/d") else OF_NOW


def _as_matrix(array: Array) -> tuple[Array, Axis, Axis]:
    """A weight as in the formulas; a bias is one column, more than two axes are put side by side."""
    return array.reshape(len(array), -1) if array.ndim else array.reshape(1, 1), Axis("row"), Axis("column")


def _laid_out(name: str, shown: Snapshot, t: int) -> tuple[Array, Axis, Axis]:
    """The array as rows and columns: time to the right, as everywhere; attention as in the papers."""
    array = shown.named[name]
    if name in OVER_SOURCE:
        return array, Axis("target", shown.targets[: len(array)]), Axis("source", shown.inputs)
    if array.ndim == 3:
        t = min(t, len(array) - 1)
        return array[t], Axis(f"t = {t + 1}, place"), Axis("number")
    flat = array.reshape(len(array), -1) if array.ndim else array.reshape(1, 1)
    over_time = len(flat) == len(shown.inputs)
    return flat.T, Axis(_row(name, flat, shown)), Axis("t", shown.inputs if over_time else ())


def _row(name: str, flat: Array, shown: Snapshot) -> str:
    """What is counted in each time step."""
    if name in ROWS:
        return ROWS[name]
    return "unit" if flat.shape[1] == shown.hidden.shape[1] else "number"


def _shape(array: Array) -> str:
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
            weights={"W_hh": wave[:8]},
            gradients={"W_hh": wave[:8] ** 3},
            named={"h": wave, "attention": np.abs(wave @ wave.T), "memory": np.stack([wave] * 12)},
        )
    )
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
