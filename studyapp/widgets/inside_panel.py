"""InsidePanel: the inside of the network: its cell in bars, its cell drawn, or everything it computed.

Run it alone: python -m studyapp.widgets.inside_panel
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.config import RunConfig
from engine.snapshot import Snapshot
from studyapp.theme import Theme
from studyapp.widgets.cell_picture import CellPicture
from studyapp.widgets.gates_panel import GatesPanel
from studyapp.widgets.inspector import Inspector
from studyapp.widgets.lanes import Lane
from studyapp.widgets.segments import Segments
from studyapp.widgets.time_cursor import TimeCursor

PARTS = (("cell", "Cell"), ("picture", "Picture"), ("everything", "Everything"))


class InsidePanel(QWidget):
    """Three cards in one place.

    Attributes:
        gates, picture, inspector: the cards. parts: what chooses between them.

    Signals:
        turned(): another card is shown.
    """

    turned = Signal()

    def __init__(self, theme: Theme, place: TimeCursor) -> None:
        super().__init__()
        self.gates = GatesPanel(theme, place)
        self.picture = CellPicture(theme, place)
        self.inspector = Inspector(theme, place)
        self.parts = Segments("Inside the network", PARTS)
        self.parts.setObjectName("compactsegments")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.gates)
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.inspector)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        self.parts.chosen.connect(self._on_chosen)

    def show_part(self, part: str) -> None:
        """Show "cell", "picture" or "everything"."""
        self.parts.set_value(part)
        self._on_chosen(part)

    @property
    def shows_picture(self) -> bool:
        """Whether the card with the picture of the cell is shown."""
        return self._stack.currentWidget() is self.picture

    def show_next_part(self) -> None:
        """Show the one after the one that is shown, round at the end."""
        names = [name for name, _ in PARTS]
        self.show_part(names[(names.index(self.parts.value) + 1) % len(names)])

    def set_kind(self, config: RunConfig) -> None:
        """Have the equations and the picture of this cell, empty."""
        self.gates.set_kind(config)
        self.picture.set_kind(config)

    def show_snapshot(self, snapshot: Snapshot, lane: Lane) -> None:
        """Draw `snapshot`, whose `lane` is looked at; the cursor must already fit it."""
        self.gates.show_lane(lane)
        self.picture.show_lane(lane)
        self.inspector.show_snapshot(snapshot)

    def clear(self) -> None:
        """Back to the empty state."""
        self.gates.clear()
        self.picture.clear()
        self.inspector.clear()

    def _on_chosen(self, part: str) -> None:
        self._stack.setCurrentIndex([name for name, _ in PARTS].index(part))
        self.turned.emit()


def _show(theme: Theme) -> InsidePanel:
    place = TimeCursor()
    return InsidePanel(theme, place)


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
