"""CellPicture: the picture of the cell, its parts filled by what the run computes at the chosen time step.

Run it alone: python -m studyapp.widgets.cell_picture
"""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QShowEvent

from engine.config import RunConfig
from studyapp.diagrams.view import DiagramView
from studyapp.diagrams.window import DiagramWindow
from studyapp.theme import Theme
from studyapp.widgets.cell_values import PartValue, part_values, picture_of, remark_of
from studyapp.widgets.labels import styled, toggle
from studyapp.widgets.lanes import Lane
from studyapp.widgets.panel import Panel
from studyapp.widgets.time_cursor import TimeCursor

NONE = "There is no picture of this network: it has no cell and no time."
SCALE = "The stronger a part is filled, the larger its values. Rest the mouse on one; click to enlarge."


class CellPicture(Panel):
    """Follows the run and the cursor while it is on screen.

    Attributes:
        view: the picture.
        knobs: the small button that is down while the Lab shows its knobs beside the picture.
    """

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        super().__init__(theme, "Picture")
        self._theme, self._place = theme, place
        self.view = DiagramView(theme, most=1.4)
        self.view.chosen.connect(self._on_chosen)
        self._large: DiagramWindow | None = None
        self.knobs = toggle(
            "knobs", "Knobs beside the picture", "Show the knobs too; the picture is smaller then"
        )
        self.knobs.hide()
        self.add_tool(self.knobs)
        self._remark = styled("small", wrap=True)
        self._config = RunConfig()
        self._lane: Lane | None = None
        self._filled: tuple[PartValue, ...] = ()
        self._shown = ""  # id of the picture in the view
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._remark)
        place.moved.connect(self._refresh)

    def set_kind(self, config: RunConfig) -> None:
        """Have the picture of the cell of this run, with nothing filled."""
        self._config = config
        self.clear()

    def show_lane(self, lane: Lane) -> None:
        """Fill the parts by `lane`, which must be of the cell that was set."""
        self._lane = lane
        self._refresh()

    def clear(self) -> None:
        """Nothing is filled."""
        self._lane = None
        self._refresh()

    @property
    def filled(self) -> tuple[PartValue, ...]:
        """What is filled now."""
        return self._filled

    def _refresh(self) -> None:
        if not self.isVisible():
            return  # 30 times a second would be wasted; `showEvent` makes up for it
        self._show_picture()
        place = self._place
        lane = self._lane if self._shown and place.steps else None
        self._filled = () if lane is None else part_values(self._config, lane, place.t, place.unit)
        for view in self._views():
            view.colour_parts({one.part: (one.size, one.words) for one in self._filled})
        self.reading.set_text(f"t = {place.t + 1}, unit {place.unit + 1}" if self._filled else "")

    def _show_picture(self) -> None:
        """The right picture is read when it is first looked at."""
        wanted = picture_of(self._config)
        self._remark.setText(" ".join(filter(None, (remark_of(self._config), SCALE))) if wanted else NONE)
        self.view.setVisible(bool(wanted))
        if wanted and wanted != self._shown:
            from content.diagram_reader import shipped_diagram

            self.view.show_diagram(shipped_diagram(wanted))
            if self._large is not None:
                self._large.close()
        self._shown = wanted

    def _views(self) -> list[DiagramView]:
        return [self.view] if self._large is None else [self.view, self._large.view]

    def _on_chosen(self, _part: str) -> None:
        """The picture once more, large; it follows the run too."""
        if self.view.picture is None or self._large is not None:
            return
        self._large = DiagramWindow(self._theme, self.view.picture.diagram, self)
        self._large.destroyed.connect(self._on_large_gone)
        self._large.show()
        self._refresh()

    def _on_large_gone(self) -> None:
        self._large = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()


def _show(theme: Theme) -> CellPicture:
    place = TimeCursor()
    place.fit(24, 16)
    shown = CellPicture(theme, place)
    wave = np.sin(np.add.outer(np.arange(24) * 0.3, np.arange(16)))
    gates = {"f": (wave + 1) / 2, "i": (1 - wave) / 2, "g": wave, "o": (wave + 1) / 3, "c": wave * 2}
    shown.set_kind(RunConfig(cell="lstm"))
    shown.show_lane(Lane("h", "Forward", wave, wave, gates))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
