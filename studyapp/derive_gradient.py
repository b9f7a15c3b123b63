"""Gradients: the desk of derivatives through networks: what it asks, and what becomes of the answers.

Knows the symbolic process by `Questions` and the Lab by what it is handed; lays nothing out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.derivations.catalogue import SHOWN_STEPS, has_steps
from engine.errors import ConfigError
from engine.symbolic.jobs import ExerciseJob, GapJob, GradientJob, OpinionJob, UnfoldJob, WorkingJob
from engine.symbolic.report import Agreement, Exercise, Refusal, Report, Unfolded, Verdict
from studyapp import typed_names
from studyapp.derivation_markdown import Shown
from studyapp.derive_questions import Questions
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.derivation_view import READ
from studyapp.widgets.derive_desk import DeriveDesk
from studyapp.widgets.exercise_panel import ExercisePanel
from studyapp.widgets.gradient_form import BOTH, GradientForm
from studyapp.widgets.network_window import NetworkWindow
from studyapp.widgets.working_panel import WorkingPanel
from studyapp.working_notes import Notes

WORK, GAPS = "work", "gaps"
MODES = ((READ, "Read"), (WORK, "Check my working"), (GAPS, "Fill the gaps"))
DERIVATION, OPINION, WORKING, EXERCISE, UNFOLD, GAP = (
    "derivation", "opinion", "working", "exercise", "unfold", "gap"
)  # fmt: skip
_STARTING = "Getting ready to derive… this takes a second or two after the start."
_WORKING = "Still working…"
_MAKING = "Making an exercise of this derivation…"

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
        self._named: GradientJob | None = None  # whose names the panels know
        self._first_mode = READ  # until the first visit
        self._recalled: tuple[str, Notes] | None = None
        self.desk.view.empty.show_words(
            "sigma",
            "The gradient of a network, line by line",
            "Choose a network and a parameter above; the derivation follows at once.",
        )
        self._connect()

    @cached_property
    def working(self) -> WorkingPanel:
        """Where one types the next line; built when it is first wanted."""
        panel = WorkingPanel(self._theme)
        panel.asked.connect(self._on_line_asked)
        panel.submitted.connect(self._on_submitted)
        panel.shown.connect(self._on_line_shown)
        panel.reached.connect(self._light)
        self.desk.add_panel(WORK, panel, below=True)
        if self._recalled is not None:
            panel.recall(*self._recalled)
        return panel

    @cached_property
    def exercise(self) -> ExercisePanel:
        """Where one fills gaps; built when it is first wanted."""
        panel = ExercisePanel(self._theme)
        panel.wanted.connect(self._on_exercise_wanted)
        panel.typed.connect(self._on_typed)
        panel.asked.connect(lambda _number: self._relight())
        self.desk.add_panel(GAPS, panel, below=False)
        return panel

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

    def recall(self, mode: str, working: tuple[str, Notes] | None) -> None:
        """What was done last time; from the first visit on."""
        self._first_mode, self._recalled = mode, working

    @property
    def mode(self) -> str:
        """What is done with the derivation, or will be at the first visit."""
        return self._first_mode if self.desk.mode == READ else self.desk.mode

    @property
    def worked(self) -> tuple[str, Notes] | None:
        """The derivation that was worked out last, and where one is in it."""
        found = self.working.memory if "working" in self.__dict__ else ("", Notes(()))
        return found if found[0] else self._recalled

    def begin(self) -> None:
        """Derive at the first visit."""
        if self._first_mode != READ:
            self.set_mode(self._first_mode)
        if self.desk.report is None and not self.waiting:
            self.derive()

    def cancel(self) -> None:
        """What was asked takes too long."""
        self._forget()
        self.desk.view.set_busy("")

    def set_mode(self, mode: str) -> None:
        """Read the derivation, work it out line by line, or fill its gaps."""
        self._first_mode = READ
        _ = self.working if mode == WORK else self.exercise if mode == GAPS else None  # built now
        self.desk.set_mode(mode)
        self._begin_mode()
        self._relight()
        if mode == WORK:
            self.desk.view.show_panel()
            self.working.take_keyboard()

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
        self._questions.forget(DERIVATION, OPINION, WORKING, EXERCISE, UNFOLD, GAP)

    # --- what comes back ---

    def take(self, kind: str, number: int, answer: object) -> None:
        """The answer to the question (kind, number), if it is one of ours."""
        match kind, answer:
            case ("derivation", Report()):
                self.desk.show_report(answer, asking_torch=self._questions.waiting(OPINION))
            case ("derivation", Refusal()):
                self._questions.forget(OPINION)
                self.job = None
                self.desk.show_refusal(answer)
            case ("opinion", Agreement() | Refusal()):
                self._take_opinion(answer)
            case ("unfold", Unfolded()):
                self.desk.view.steps.show_instances(answer.number, answer.lines)
            case ("working", Verdict()):
                self.working.show_verdict(answer)
                self.desk.view.show_panel()
            case ("working", Refusal()):
                self.working.show_trouble(f"{answer.reason} {answer.way_out}")
            case ("exercise", Exercise()):
                self.exercise.set_exercise(answer)
                self.exercise.take_keyboard()
            case ("gap", Verdict()):
                self.exercise.show_verdict(number, answer)
            case ("exercise" | "gap", Refusal()):
                self.exercise.show_trouble(f"{answer.reason} {answer.way_out}")
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
        if "exercise" in self.__dict__:
            self.exercise.clear()
        self._begin_mode()

    def _begin_mode(self) -> None:
        report = self.desk.report
        if report is None or self.job is None or self.desk.mode == READ:
            return
        self._prefetch.want((key.latex, False) for key in typed_names.keys(self.job))
        self._give_names()
        if self.desk.mode == WORK:
            self.desk.view.steps.head.one_by_one.setChecked(False)
            self.working.set_report(report)
            self._on_line_asked(0 if self.working.asked_line is None else self.working.asked_line.number)
        else:
            self.exercise.begin()

    def _give_names(self) -> None:
        """Tell the panels how to read what is typed, once the names are typeset."""
        job = self.job
        if job is None or job == self._named or self.desk.mode == READ:
            return
        names = typed_names.keys(job)
        if self._prefetch.at_hand((key.latex, False) for key in names):
            self._named = job
            for panel in (self.working, self.exercise):
                panel.set_reader(typed_names.reader(job), names)

    @property
    def _prefetch(self) -> Prefetch:
        return self.desk.view.steps.prefetch

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

    def _on_line_asked(self, number: int) -> None:
        if self.desk.mode == WORK:
            self.desk.view.steps.set_limit(number)
            self.desk.view.show_panel()
            self._relight()

    def _on_line_shown(self, number: int) -> None:
        self.desk.view.show_panel()
        self._light(number)

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
            panel = self.working if self.desk.mode == WORK else self.exercise
            self._light(panel.lit_line)

    def _on_submitted(self, text: str) -> None:
        if self.job is not None:
            self._questions.ask(WORKING, WorkingJob(self.job, self.working.known, text))

    def _on_exercise_wanted(self, kind: str, level: int, seed: int) -> None:
        if self.job is None:
            self.exercise.show_trouble("There is no derivation to practise yet. Choose another one above.")
        else:
            self.exercise.set_busy(_MAKING)
            self._questions.ask(EXERCISE, ExerciseJob(self.job, kind, level, seed))

    def _on_typed(self, gap: int, text: str) -> None:
        if self.exercise.notes is not None:
            self._questions.ask(GAP, GapJob(self.exercise.notes.exercise.asked, gap, text), gap)

    def _connect(self) -> None:
        self.form.changed.connect(self.derive)
        self.form.view_changed.connect(self._on_view)
        self.form.lab_asked.connect(self._on_lab)
        self.desk.shown.connect(self._on_shown)
        self.desk.view.steps.unfold_wanted.connect(self._on_unfold)
        self._prefetch.advanced.connect(self._give_names)
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
