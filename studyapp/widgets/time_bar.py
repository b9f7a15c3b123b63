"""TimeBar: a scrubber over all steps of a run, and the list of its branches.

Run it alone: python -m studyapp.widgets.time_bar
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.labels import styled
from studyapp.widgets.transport import NO_WAY_BACK

SETTLE = 60  # ms after the last move: the way back takes time
HOW = "Drag to go back through all steps done, or use the arrow keys; Page Up and Down move by a tenth."


class TimeBar(QWidget):
    """Where the run stands between its first step and the last one ever done.

    Signals:
        sought(int): be where the run was after so many steps.
        branched(): keep the run as it is and go on in a second one.
        switched(int): go on with the branch of this number.
    """

    sought = Signal(int)
    branched = Signal()
    switched = Signal(int)

    def __init__(self, theme: Theme, branch_tip: str) -> None:
        super().__init__()
        self._theme, self._branch_tip = theme, branch_tip
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Steps of the run")
        self.button = QPushButton("Branch")
        self.button.setObjectName("compact")
        self.button.setIconSize(QSize(14, 14))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.branches = ChoiceBox("Branches of the run", ())
        self.branches.setToolTip("All branches, with what was turned in each. Choose one to go on with it.")
        self.branches.setObjectName("compact")
        self.branches.setMaximumWidth(190)
        self.branches.hide()
        self._where = styled("small", "step 0")
        self._where.setBuddy(self.slider)
        self._note = styled("small", wrap=True)
        self._note.hide()
        self._lay_out()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self._seek)
        self.slider.valueChanged.connect(self._on_moved)
        self.button.clicked.connect(self.branched)
        self.branches.chosen.connect(self._on_chosen)
        theme.changed.connect(self._tint)
        self._tint()
        self._broken = ""
        self.set_place(0, 0)

    @property
    def note(self) -> str:
        """The line below; empty when there is none."""
        return "" if self._note.isHidden() else self._note.text()

    @property
    def where(self) -> str:
        """The words beside the scrubber."""
        return self._where.text()

    def set_place(self, step: int, furthest: int) -> None:
        """The run stands after `step` of `furthest` steps. A slider that is being moved stays as it is."""
        of = "" if step == furthest else f" of {furthest:,}"
        self._where.setText(f"step {step:,}{of}{self._broken}")
        there_is = furthest > 0
        self.slider.setEnabled(there_is)
        self.slider.setToolTip(HOW if there_is else NO_WAY_BACK)
        if self.button.isEnabled() != there_is:
            self.button.setEnabled(there_is)
            self._tint()
        self.button.setToolTip(self._branch_tip if there_is else NO_WAY_BACK)
        if self.slider.isSliderDown() or self._settle.isActive():
            return
        self.slider.blockSignals(True)
        self.slider.setMaximum(furthest)
        self.slider.setPageStep(max(1, furthest // 10))
        self.slider.setValue(step)
        self.slider.blockSignals(False)

    def set_broken(self, step: int | None) -> None:
        """The step after the last sound one, whose numbers are not finite; None for none. For `set_place`."""
        self._broken = "" if step is None else f", step {step:,} broke"

    def set_branches(self, choices: tuple[tuple[str, str], ...], current: str) -> None:
        """List these (number, words); fewer than two need no list."""
        self.branches.set_choices(choices)
        self.branches.setVisible(len(choices) > 1)
        if choices:
            self.branches.set_value(current)

    def say(self, note: str) -> None:
        """A line below the scrubber; empty for none."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self._where)
        row.addWidget(self.button)
        row.addWidget(self.branches)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._note)

    def _on_moved(self, step: int) -> None:
        self._where.setText(f"step {step:,} of {self.slider.maximum():,}")
        self._settle.start()

    def _seek(self) -> None:
        self.sought.emit(self.slider.value())

    def _on_chosen(self, number: str) -> None:
        self.switched.emit(int(number))

    def _tint(self) -> None:
        colours = self._theme.colours
        tint = colours.text if self.button.isEnabled() else colours.disabled
        self.button.setIcon(assets.icon("git-branch", tint, size=14))


def _show(theme: Theme) -> TimeBar:
    bar = TimeBar(theme, "Branch")
    bar.set_place(120, 412)
    bar.set_branches((("1", "1: 412 steps"), ("2", "2: 120 steps")), "2")
    return bar


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
