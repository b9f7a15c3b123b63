"""Gradients: the desk of derivatives through networks: what it asks, and what becomes of the answers.

Knows the symbolic process by `Questions` and the Lab by what it is handed; lays nothing out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.derivations.catalogue import SHOWN_STEPS, has_steps
from engine.errors import ConfigError
from engine.symbolic.jobs import GradientJob, OpinionJob, UnfoldJob
from engine.symbolic.report import Agreement, Refusal, Report, Unfolded
from studyapp import typed_names
from studyapp.derivation_markdown import Shown
from studyapp.derive_modes import GAPS, Modes, Practised
from studyapp.derive_questions import Questions
from studyapp.theme import Theme
from studyapp.typed_names import Language
from studyapp.widgets.derivation_view import READ
from studyapp.widgets.derive_desk import DeriveDesk
from studyapp.widgets.exercise_panel import ExercisePanel
from studyapp.widgets.gradient_form import BOTH, GradientForm
from studyapp.widgets.network_window import NetworkWindow
from studyapp.widgets.working_panel import WorkingPanel

DERIVATION, OPINION, UNFOLD = "derivation", "opinion", "unfold"
_STARTING = "Getting ready to derive… this takes a second or two after the start."
_WORKING = "Still working…"

LabGiven = Callable[[], GradientJob]
"""The Lab's network with its weights and its sequence. Raises ConfigError: why that cannot be had."""


class Gradients(QObject):
    """One derivation at a time. What is asked about it is withdrawn when another one is wanted.

    Signals:
        said(str): a sentence for the status line.

    Attributes:
        form: what is wanted. desk: what is shown. job: whose derivation that is.
    """

    said = Signal(str)

    def __init__(self, theme: Theme, questions: Questions, lab: LabGiven, tips: Mapping[str, str]) -> None:
        """`tips` are those of the form and of the desk."""
        super().__init__()
        self._questions, self._lab = questions, lab
        self._opinion: Agreement | Refusal | None = None  # one that came before its report is on screen
        self._asked: GradientJob | None = None
        self.job: GradientJob | None = None
        self.is_ready = False
        self.form = GradientForm(theme, tips)
        self.desk = DeriveDesk(theme, self.form, tips)
        self._theme = theme
        self.modes = Modes(theme, self.desk, questions, "gradient", _language)
        self.desk.view.empty.show_words(
            "sigma",
            "The gradient of a network, line by line",
            "Choose a network and a parameter above; the derivation follows at once.",
        )
        self._connect()

    @property
    def working(self) -> WorkingPanel:
        """Where one types the next line."""
        return self.modes.working

    @property
    def exercise(self) -> ExercisePanel:
        """Where one fills gaps."""
        return self.modes.exercise

    def shown(self) -> Shown:
        """How much of the report is on screen: for exports."""
        steps = self.desk.view.steps
        opened = frozenset(row.line.number for row in steps.rows if row.open)
        head = steps.head
        return Shown(head.level, self.form.view == BOTH, head.numbers.isChecked(), opened)

    def go_to_field(self) -> None:
        """The keyboard goes to the time steps, or to the seed where there are none."""
        self.form.set_folded(False)
        field = self.form.steps if self.form.steps.isVisible() else self.form.seed
        field.selectAll()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- asking ---

    def derive(self) -> None:
        """Derive what the form says; what was asked about another derivation is no longer wanted."""
        job = self.form.job
        if job is None:
            return
        self._forget()
        self._asked, self._opinion = job, None
        self._questions.ask(DERIVATION, job)
        self._questions.ask(OPINION, OpinionJob(job))
        if not self.is_ready:
            self.desk.view.set_busy(_STARTING)

    def open(self, job: GradientJob) -> None:
        """Derive `job`."""
        self.form.set_job(job)
        self.derive()

    def begin(self) -> None:
        """Derive at the first visit."""
        self.modes.begin()
        if self.desk.report is None and not self.waiting:
            self.derive()

    def cancel(self) -> None:
        """What was asked takes too long."""
        self._forget()
        self.desk.view.set_busy("")

    def look_at_lab(self) -> None:
        """See whether the Lab's weights can be put in."""
        try:
            self._lab()
        except ConfigError as error:
            self.form.set_lab_trouble(str(error))
        else:
            self.form.set_lab_trouble("")

    def set_ready(self) -> None:
        """The process has started."""
        self.is_ready = True
        if not self.waiting:
            self.desk.view.set_busy("")

    @property
    def waiting(self) -> bool:
        """Whether a derivation is still to come."""
        return self._questions.waiting(DERIVATION)

    def _forget(self) -> None:
        self._questions.forget(DERIVATION, OPINION, UNFOLD)
        self.modes.forget()

    # --- what comes back ---

    def take(self, kind: str, number: int, answer: object) -> None:
        """The answer to the question (kind, number), if it is one of ours."""
        self.modes.take(kind, number, answer)
        match kind, answer:
            case ("derivation", Report()):
                self.desk.show_report(answer, asking_torch=self._questions.waiting(OPINION))
            case ("derivation", Refusal()):
                self._questions.forget(OPINION)
                self.job = None
                self.modes.set_job(None)
                self.desk.show_refusal(answer)
            case ("opinion", Agreement() | Refusal()):
                self._take_opinion(answer)
            case ("unfold", Unfolded()):
                self.desk.view.steps.show_instances(answer.number, answer.lines)
            case ("unfold", Refusal()):
                self.said.emit(answer.reason)

    def show_slow(self, kind: str) -> None:
        """The process has been at a question of this kind for a while."""
        if kind == DERIVATION:
            self.desk.view.set_busy(_WORKING)

    def _take_opinion(self, opinion: Agreement | Refusal) -> None:
        if self.job == self._asked and self.desk.report is not None:
            self.desk.add_opinion(opinion)
        else:
            self._opinion = opinion

    def _on_shown(self) -> None:
        self.job = job = self._asked
        if job is not None:
            self.desk.side.numbers.set_chip(_source(job))
        if self._opinion is not None:
            self.desk.add_opinion(self._opinion)
            self._opinion = None
        self.modes.set_job(job)

    # --- what the user does ---

    def _on_view(self) -> None:
        self.desk.view.steps.set_twins(self.form.view == BOTH)

    def _on_lab(self) -> None:
        try:
            job = self._lab()
        except ConfigError as error:
            self.form.set_job(self.form.job or GradientJob())
            self.form.set_lab_trouble(str(error))
            self.said.emit(str(error))
        else:
            self.open(job)

    def _on_unfold(self, number: int) -> None:
        if self.job is not None:
            self._questions.ask(UNFOLD, UnfoldJob(self.job, number), number)

    def _light(self, number: int) -> None:
        """Let the picture show what the line of this number talks about; 0: nothing stands out."""
        lines = self.desk.report.lines if self.desk.report is not None else ()
        line = next((line for line in lines if line.number == number), None)
        self.desk.picture.light_line(line, self.desk.picture.time)

    def _relight(self) -> None:
        """Of a row that is looked at, its line; of a question the last line before it, as the picture of
        what is asked for would give it away."""
        rows = self.desk.view.steps.in_order() if self.desk.mode != GAPS else ()
        looked_at = next((row for row in rows if row.hasFocus() or row.underMouse()), None)
        if looked_at is not None:
            self._light(looked_at.line.number)
        elif self.desk.mode == READ:
            self._light(0)
        else:
            self._light(self.modes.lit_line)

    def _connect(self) -> None:
        self.form.changed.connect(self.derive)
        self.form.view_changed.connect(self._on_view)
        self.form.lab_asked.connect(self._on_lab)
        self.desk.shown.connect(self._on_shown)
        self.desk.view.steps.unfold_wanted.connect(self._on_unfold)
        self.modes.lit.connect(self._light)
        self.modes.moved.connect(self._relight)
        self.desk.picture.enlarge_wanted.connect(lambda: NetworkWindow(self.desk.picture).open())
        later = QTimer(self.desk, singleShot=True, interval=0)  # after what the desk itself lights
        later.timeout.connect(self._relight)
        self.desk.picture.network_changed.connect(later.start)
        self.desk.view.steps.head.one_by_one_toggled.connect(lambda _on: later.start())


def _source(job: GradientJob) -> str:
    """Where the numbers are from."""
    if job.given is not None:
        return job.given.source
    of_letter = f", T = {SHOWN_STEPS}" if has_steps(job) and not job.steps else ""
    return f"random, seed {job.seed}{of_letter}"


def _language(job: Practised, _report: Report) -> Language:
    if not isinstance(job, GradientJob):
        raise TypeError(f"{job!r} is no gradient")
    return typed_names.of_gradient(job)
