"""LabView: everything of the Lab that is seen, laid out. Shows runs; knows nothing of who trains them."""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.config import RunConfig, clipping
from engine.messages import Started
from engine.snapshot import Snapshot
from studyapp import lab_words
from studyapp.losses import LossHistory
from studyapp.theme import Theme
from studyapp.widgets.banner import Banner
from studyapp.widgets.figures import Figures
from studyapp.widgets.image_panel import TASKS as IMAGED
from studyapp.widgets.image_panel import ImagePanel
from studyapp.widgets.inside_panel import InsidePanel
from studyapp.widgets.knob_panel import KnobPanel
from studyapp.widgets.labels import restyle, styled
from studyapp.widgets.loss_panel import LossPanel
from studyapp.widgets.numbers import figure
from studyapp.widgets.readout import Readout
from studyapp.widgets.sampler import Sampler
from studyapp.widgets.sequence_panel import SequencePanel
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.transport import Transport

FIGURES = {"step": 66, "loss": 80, "right": 68, "gradient norm": 96, "steps/s": 66}  # pixels
GAP = 14
ROOMY = 1400  # px of width from which the knobs and the picture of the cell have room beside each other
USUAL, PICTURED = (8, 4), (6, 8)  # shares of the middle and the right column
FOLDED = 560  # px of the right column while the picture stands in the place of the knobs
STATES = {  # word on the chip -> its style
    "Ready": "chip",
    "Training": "chipgood",
    "Paused": "chipaccent",
    "Exploded": "chipbad",
    "Stopped": "chipbad",
}


class LabView(QWidget):
    """Knobs at the left; loss over states and gradients in the middle; the inside over text at the right.

    Attributes:
        knobs, form, transport, banner, loss, curve, time, sequence, inside, gates, sampler: the
            parts that have signals.
        place: the time step and unit that all of them look at.
    """

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips` are tooltips: those of Transport, "branch" and "presets"."""
        super().__init__()
        self._theme = theme
        self._config = RunConfig()
        self._told: dict[str, str] = {}  # conventions of the run
        self.place = TimeCursor()
        self.knobs = KnobPanel(theme, tips["presets"])
        self.form = self.knobs.form
        self.transport = Transport(theme, tips)
        self.banner = Banner(theme)
        self.loss = LossPanel(theme, tips["branch"])
        self.curve, self.time, self.log = self.loss.curve, self.loss.time, self.loss.log
        self.sequence = SequencePanel(theme, self.place)
        self.inside = InsidePanel(theme, self.place)
        self.gates = self.inside.gates
        self.image = ImagePanel(theme)
        self.sampler = Sampler(theme)
        self.figures = Figures(theme, "The run in numbers", FIGURES)
        self._chip = styled("chip")
        self._summary = PageLine(theme, "What is trained", Qt.AlignmentFlag.AlignLeft)
        self._summary.set_text("A small recurrent network, from the inside.")
        self._conventions = styled("fine", wrap=True)
        self._lay_out()
        self.banner.setParent(self)
        self.sequence.lane_changed.connect(self._on_lane_changed)
        self.inside.turned.connect(self._give_room)
        self.inside.picture.knobs.toggled.connect(self._give_room)
        self._snapshot: Snapshot | None = None
        self.say_waiting(False)

    @property
    def state(self) -> str:
        """The word on the chip."""
        return str(self._chip.text())

    # --- showing -----------------------------------------------------------------------------

    def set_kind(self, config: RunConfig) -> None:
        """Have the right parts for this task and model, all of them empty."""
        self._config = config
        self.knobs.say_hint(lab_words.hint(config))
        self.sampler.setVisible(lab_words.writes(config))
        self.sampler.set_task(config.task)
        self.image.setVisible(config.task in IMAGED)
        self.sequence.set_values(config.task in lab_words.VALUES)
        self.sequence.set_title(lab_words.state_title(config))
        self.inside.set_kind(config)

    def show_started(self, event: Started, losses: LossHistory) -> None:
        """A run was built: say what it is; nothing has been trained yet."""
        words = lab_words.summary(event.config, event.parameters)
        self._summary.set_text(words)
        self._summary.setToolTip(words)
        self._told = dict(event.conventions)
        self._say_conventions()
        self.set_kind(event.config)
        self.form.set_built(event.config)
        self.show_nothing(losses)
        self.loss.keep_marks(-1)
        self.curve.set_baseline(None)
        self.sampler.clear()
        self.say_waiting(False)

    def show_nothing(self, losses: LossHistory) -> None:
        """There is no picture of where the run stands: before the first step, or just loaded."""
        self._snapshot = None
        self.place.fit(0, 0)
        last = figure(losses.last, 4) if losses.steps else "–"
        self.figures.set_values((f"{losses.steps:,}", last, "–", "–", "–"))
        self.time.set_broken(None)
        self.curve.set_history(losses)
        self.curve.set_broken(None)
        self.sequence.clear()
        self.inside.clear()
        self.image.clear()

    def show_picture(self, snapshot: Snapshot, losses: LossHistory, speed: float) -> None:
        """Draw `snapshot` and the curve up to it; `speed` is in steps a second."""
        self._snapshot = snapshot
        last = figure(losses.last, 4) if losses.steps else "–"
        right = "–" if snapshot.right is None else f"{100 * snapshot.right:.0f} %"
        norm = figure(snapshot.gradient_norm)
        self.figures.set_values((f"{losses.steps:,}", last, right, norm, f"{speed:,.0f}"))
        self.time.set_broken(snapshot.step if snapshot.step > losses.steps else None)
        baseline = lab_words.guessing(self._config, snapshot)
        self.curve.set_baseline(*(baseline or (None,)))
        self.curve.set_history(losses)
        self.sequence.show_snapshot(snapshot)
        self._show_inside(snapshot)

    def set_state(self, word: str) -> None:
        """Show one of STATES on the chip."""
        if self._chip.text() == word:
            return
        restyle(self._chip, STATES[word], word)

    def say_waiting(self, begun: bool) -> None:
        """Name the knobs that need a Reset; before a run has begun there are none."""
        names = ", ".join(self.form.waiting() if begun else ())
        first = "Mend what is marked, then press" if self.form.first_problem() else "Press"
        self.knobs.waiting.setVisible(bool(names))
        self.knobs.waiting.setText(f"{first} Reset (R) to use: {names}.")

    def say_clipping(self, norm: float) -> None:
        """The clip norm is `norm` from now on."""
        self._told["Clipping"] = clipping(norm, self._config.clip_by)
        self._say_conventions()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()
        self.banner.settle()

    def show_knobs(self) -> None:
        """See to it that the knobs are there: the picture of the cell gives their place back."""
        if self.knobs.isHidden():
            self.inside.picture.knobs.setChecked(True)

    def _give_room(self) -> None:
        """The picture of the cell is wide; in a narrow window it stands in the place of the knobs."""
        drawn, picture = self.inside.shows_picture, self.inside.picture
        narrow = drawn and self.width() < ROOMY
        picture.knobs.setVisible(narrow)
        folded = narrow and not picture.knobs.isChecked()
        self.knobs.setHidden(folded)
        middle, right = PICTURED if drawn else USUAL
        self._columns.setStretch(1, middle)
        self._columns.setStretch(2, right)
        self.inside.setMinimumWidth(FOLDED if folded else 280)
        self._right_column.setStretch(0, 30 if drawn else 10)

    def _show_inside(self, snapshot: Snapshot) -> None:
        if self.sequence.lane is not None:
            self.inside.show_snapshot(snapshot, self.sequence.lane)
        if not self.image.isHidden():
            self.image.show_snapshot(snapshot)

    def _on_lane_changed(self) -> None:
        if self._snapshot is not None:
            self._show_inside(self._snapshot)

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
        self._columns = QHBoxLayout()
        self._columns.setSpacing(GAP)
        self._columns.addWidget(self.knobs, 2)
        self._columns.addLayout(_column((self.loss, 6), (self.sequence, 11)), 8)
        self._right_column = self._right()
        self._columns.addLayout(self._right_column, 4)
        page.addLayout(self._columns, 1)
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

    def _right(self) -> QVBoxLayout:
        for panel in (self.inside, self.image, self.sampler):
            panel.setMinimumWidth(280)
        return _column((self.inside, 10), (self.image, 3), (self.sampler, 5))


class PageLine(Readout):
    """A Readout that lies on the page itself. Where it is cut, both its ends are there: name and size."""

    ground = "bg"

    def fitted(self, metrics: QFontMetrics) -> str:
        return metrics.elidedText(self.text, Qt.TextElideMode.ElideMiddle, self.width())


def _column(*parts: tuple[QWidget, int]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GAP)
    for part, stretch in parts:
        column.addWidget(part, stretch)
    return column
