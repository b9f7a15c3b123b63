"""LabView: everything of the Lab that is seen, laid out. Shows runs; knows nothing of who trains them."""

from __future__ import annotations

import html
import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.config import RunConfig, clipping, knob_of
from engine.messages import Started
from engine.snapshot import Snapshot
from studyapp.losses import LossHistory
from studyapp.theme import Theme
from studyapp.widgets.banner import Banner
from studyapp.widgets.config_form import ConfigForm
from studyapp.widgets.curve import LossCurve
from studyapp.widgets.figures import Figures
from studyapp.widgets.gates_panel import GatesPanel
from studyapp.widgets.labels import restyle, styled, toggle
from studyapp.widgets.numbers import figure
from studyapp.widgets.panel import Panel
from studyapp.widgets.readout import Readout
from studyapp.widgets.sampler import Sampler
from studyapp.widgets.sequence_panel import SequencePanel
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.transport import Transport

FIGURES = ("step", "loss", "gradient norm", "steps/s")
GAP = 14
MOST_MARKS = 8
HINTS = {
    "characters": "It reads a text and names the next character. Click a column, or use ← → and ↑ ↓, "
    "to look at another time step or unit.",
    "sine": "It reads two added sines, their periods and phases drawn anew for each sequence, and foretells "
    "the next value. Click a column, or use ← → and ↑ ↓, to look at another time step or unit.",
}
STATES = {  # word on the chip -> its style
    "Ready": "chip",
    "Training": "chipgood",
    "Paused": "chipaccent",
    "Diverged": "chipbad",
    "Stopped": "chipbad",
}


class LabView(QWidget):
    """Knobs at the left; loss over states and gradients in the middle; gates over text at the right.

    Attributes:
        form, transport, banner, curve, sequence, gates, sampler: the parts that have signals.
        place: the time step and unit that all of them look at.
    """

    def __init__(self, theme: Theme, tips: tuple[str, str, str, str]) -> None:
        """`tips` are the tooltips of the transport's buttons."""
        super().__init__()
        self._theme = theme
        self._writes = True
        self._marks: list[tuple[int, str]] = []
        self._told: dict[str, str] = {}  # conventions of the run
        self.place = TimeCursor()
        self.form = ConfigForm(theme)
        self.transport = Transport(theme, tips)
        self.banner = Banner(theme)
        self.curve = LossCurve(theme)
        self.sequence = SequencePanel(theme, self.place)
        self.gates = GatesPanel(theme, self.place)
        self.sampler = Sampler(theme)
        self.figures = Figures(theme, "The run in numbers", FIGURES)
        self.log = toggle("log", "Logarithmic loss scale", "Logarithmic scale for the loss")
        self._whole = toggle("whole run", "Whole run", "Show the whole run again (A, or a double click)")
        self._whole.setCheckable(False)
        self._chip = styled("chip")
        self._summary = PageLine(theme, "What is trained", Qt.AlignmentFlag.AlignLeft)
        self._summary.set_text("A small recurrent network, from the inside.")
        self._waiting = styled("waiting", wrap=True)
        self._conventions = styled("fine", wrap=True)
        self._hint = styled("small", wrap=True)
        self._lay_out()
        self.banner.setParent(self)
        self.say_waiting(False)

    @property
    def state(self) -> str:
        """The word on the chip."""
        return str(self._chip.text())

    # --- showing -----------------------------------------------------------------------------

    def set_kind(self, config: RunConfig) -> None:
        """Have the right parts for this task and cell, all of them empty."""
        self._writes = config.task == "characters"
        self._hint.setText(HINTS[config.task])
        self.sampler.setVisible(self._writes)
        self.sequence.set_task(config.task)
        self.gates.set_cell(config.cell, config.gru_update)

    def show_started(self, event: Started, losses: LossHistory) -> None:
        """A run was built: say what it is; nothing has been trained yet."""
        config = event.config
        cell = dict(knob_of("cell").choices)[config.cell]
        self._summary.set_text(f"{cell}, {config.hidden} units, {event.parameters:,} parameters")
        self._told = dict(event.conventions)
        self._say_conventions()
        self._marks = []
        self.place.fit(0, 0)
        self.set_kind(config)
        self.form.set_built(config)
        self.figures.set_values(("0", "–", "–", "–"))
        self.curve.set_baseline(None)
        self.curve.set_history(losses)
        self.curve.set_marks(())
        self.curve.set_broken(None)
        self.curve.follow_from(1)
        self.sequence.clear()
        self.sampler.clear()
        self.say_waiting(False)

    def show_picture(self, snapshot: Snapshot, losses: LossHistory, speed: float) -> None:
        """Draw `snapshot` and the curve up to it; `speed` is in steps a second."""
        self.place.fit(*snapshot.hidden.shape)
        self.figures.set_values(
            (f"{snapshot.step:,}", figure(losses.last, 4), figure(snapshot.gradient_norm), f"{speed:,.0f}")
        )
        if self._writes:
            kinds = snapshot.outputs.shape[1]
            guess = math.log(kinds)
            self.curve.set_baseline(guess, f"uniform guessing: ln {kinds} = {guess:.2f}")
        self.curve.set_history(losses)
        self.sequence.show_snapshot(snapshot)
        self.gates.show_snapshot(snapshot)

    def set_state(self, word: str) -> None:
        """Show one of STATES on the chip."""
        if self._chip.text() == word:
            return
        restyle(self._chip, STATES[word], word)

    def mark(self, step: int, label: str) -> None:
        """Flag the curve at `step`; while a slider is dragged the last flag is replaced."""
        near = self._marks and step - self._marks[-1][0] < max(20, step // 12)
        self._marks = [*(self._marks[:-1] if near else self._marks), (step, label)][-MOST_MARKS:]
        self.curve.set_marks(tuple(self._marks))

    def say_waiting(self, begun: bool) -> None:
        """Name the knobs that need a Reset; before a run has begun there are none."""
        names = ", ".join(self.form.waiting() if begun else ())
        first = "Mend what is marked, then press" if self.form.first_problem() else "Press"
        self._waiting.setVisible(bool(names))
        self._waiting.setText(f"{first} Reset (R) to use: {names}.")

    def say_clipping(self, norm: float) -> None:
        """The clip norm is `norm` from now on."""
        self._told["Clipping"] = clipping(norm)
        self._say_conventions()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.banner.settle()

    def _say_conventions(self) -> None:
        told = (f"<b>{html.escape(name)}</b>&nbsp; {html.escape(text)}" for name, text in self._told.items())
        self._conventions.setTextFormat(Qt.TextFormat.RichText)
        self._conventions.setText("&nbsp; · ".join(told))

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(28, 18, 28, 12)
        page.setSpacing(12)
        page.addLayout(self._head())
        columns = QHBoxLayout()
        columns.setSpacing(GAP)
        columns.addWidget(self._knobs(), 2)
        columns.addLayout(self._middle(), 8)
        columns.addLayout(self._right(), 4)
        page.addLayout(columns, 1)
        page.addWidget(self._conventions)

    def _head(self) -> QHBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(styled("h1", "Lab"))
        first.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(first)
        words.addWidget(self._summary)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self.figures)
        head.addWidget(self.transport)
        return head

    def _knobs(self) -> Panel:
        panel = Panel(self._theme, "Knobs")
        panel.setMinimumWidth(252)
        panel.setMaximumWidth(320)
        panel.body.addWidget(self.form, 100)
        panel.body.addWidget(self._waiting)
        panel.body.addStretch(1)
        panel.body.addWidget(self._hint)
        return panel

    def _middle(self) -> QVBoxLayout:
        self.log.toggled.connect(self.curve.set_log)
        self._whole.hide()
        self._whole.clicked.connect(self.curve.show_whole)
        self.curve.zoomed.connect(self._whole.setVisible)
        loss = Panel(self._theme, "Loss")
        loss.add_tool(self._whole)
        loss.add_tool(self.log)
        loss.body.addWidget(self.curve, 1)
        self.curve.pointed.connect(loss.reading.set_text)
        return _column((loss, 5), (self.sequence, 11))

    def _right(self) -> QVBoxLayout:
        for panel in (self.gates, self.sampler):
            panel.setMinimumWidth(280)
        return _column((self.gates, 10), (self.sampler, 5))


class PageLine(Readout):
    """A Readout that lies on the page itself."""

    ground = "bg"


def _column(*parts: tuple[QWidget, int]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GAP)
    for part, stretch in parts:
        column.addWidget(part, stretch)
    return column
