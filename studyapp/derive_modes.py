"""Modes: what one does with a derivation on a desk: read it, work it out, or fill its gaps.

Asks for verdicts and exercises by `Questions`; knows neither a page nor what is derived.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from engine.symbolic.jobs import CodeJob, ExerciseJob, GapJob, GradientJob, RecurrenceJob, WorkingJob
from engine.symbolic.report import Exercise, Refusal, Report, Verdict
from studyapp.derive_questions import Questions
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.typed_names import Language
from studyapp.widgets.derivation_view import READ
from studyapp.widgets.derive_desk import DeriveDesk
from studyapp.widgets.exercise_panel import ExercisePanel
from studyapp.widgets.working_panel import WorkingPanel
from studyapp.working_notes import Notes

WORK, GAPS = "work", "gaps"
MODES = ((READ, "Read"), (WORK, "Check my working"), (GAPS, "Fill the gaps"))
_WORKING, _EXERCISE, _GAP = "working", "exercise", "gap"
_MAKING = "Making an exercise of this derivation…"

Practised = GradientJob | RecurrenceJob | CodeJob
Speaks = Callable[[Practised, Report], Language]
"""How lines of a derivation are typed."""


class Modes(QObject):
    """The panels of one desk; each is built when it is first wanted.

    Signals:
        lit(int): a picture should show what the line of this number is about; 0: nothing.
        moved(): another line is asked for than before.

    Attributes:
        job: whose derivation is on screen; None for none.
    """

    lit = Signal(int)
    moved = Signal()

    def __init__(
        self, theme: Theme, desk: DeriveDesk, questions: Questions, name: str, speaks: Speaks
    ) -> None:
        """`name` tells the questions of this desk from those of others."""
        super().__init__()
        self._theme, self._desk, self._questions = theme, desk, questions
        self._name, self._speaks = name, speaks
        self._language: Language | None = None  # of `job`
        self._given_to_panels = False
        self._first_mode = READ  # until the first visit
        self._recalled: tuple[str, Notes] | None = None
        self.job: Practised | None = None
        self._prefetch.advanced.connect(self._give_names)

    @cached_property
    def working(self) -> WorkingPanel:
        """Where one types the next line."""
        panel = WorkingPanel(self._theme)
        panel.asked.connect(self._on_line_asked)
        panel.submitted.connect(self._on_submitted)
        panel.shown.connect(self._on_line_shown)
        panel.reached.connect(self.lit)
        self._desk.add_panel(WORK, panel, below=True)
        if self._recalled is not None:
            panel.recall(*self._recalled)
        return panel

    @cached_property
    def exercise(self) -> ExercisePanel:
        """Where one fills gaps."""
        panel = ExercisePanel(self._theme)
        panel.wanted.connect(self._on_exercise_wanted)
        panel.typed.connect(self._on_typed)
        panel.asked.connect(lambda _number: self.moved.emit())
        self._desk.add_panel(GAPS, panel, below=False)
        return panel

    # --- which mode ---

    @property
    def mode(self) -> str:
        """What is done with the derivation, or will be at the first visit."""
        return self._first_mode if self._desk.mode == READ else self._desk.mode

    @property
    def worked(self) -> tuple[str, Notes] | None:
        """The derivation that was worked out last, and where one is in it."""
        found = self.working.memory if "working" in self.__dict__ else ("", Notes(()))
        return found if found[0] else self._recalled

    @property
    def lit_line(self) -> int:
        """Number of the last line that one has, so that a picture of it gives nothing away."""
        return (self.working if self._desk.mode == WORK else self.exercise).lit_line

    def recall(self, mode: str, working: tuple[str, Notes] | None) -> None:
        """What was done last time; from the first visit on."""
        self._first_mode, self._recalled = mode, working

    def begin(self) -> None:
        """The first visit: do what was done last time."""
        if self._first_mode != READ:
            self.set_mode(self._first_mode)

    def set_mode(self, mode: str) -> None:
        """Read the derivation, work it out line by line, or fill its gaps."""
        self._first_mode = READ
        _ = self.working if mode == WORK else self.exercise if mode == GAPS else None  # built now
        self._desk.set_mode(mode)
        self._start()
        self.moved.emit()
        if mode == WORK and self._desk.report is not None:
            self._desk.view.show_panel()
            self.working.take_keyboard()

    def set_job(self, job: Practised | None) -> None:
        """The derivation of `job` is on screen now; None: there is none any more."""
        if job != self.job:
            self.job, self._language, self._given_to_panels = job, None, False
        if "exercise" in self.__dict__:
            self.exercise.clear()
        self._start()

    def take_keyboard(self) -> bool:
        """Have the keyboard where one types or chooses; whether there is such a place."""
        if self._desk.mode == READ or self._desk.report is None:
            return False
        (self.working if self._desk.mode == WORK else self.exercise).take_keyboard()
        return True

    # --- questions ---

    def forget(self) -> None:
        """What was asked about the derivation is no longer wanted."""
        self._questions.forget(*map(self._topic, (_WORKING, _EXERCISE, _GAP)))

    def take(self, kind: str, number: int, answer: object) -> None:
        """The answer to the question (kind, number), if it is one of ours."""
        match kind.removeprefix(self._topic("")), answer:
            case ("working", Verdict()):
                self.working.show_verdict(answer)
                self._desk.view.show_panel()
            case ("working", Refusal()):
                self.working.show_trouble(f"{answer.reason} {answer.way_out}")
            case ("exercise", Exercise()):
                self.exercise.set_exercise(answer)
                self.exercise.take_keyboard()
            case ("gap", Verdict()):
                self.exercise.show_verdict(number, answer)
            case ("exercise" | "gap", Refusal()):
                self.exercise.show_trouble(f"{answer.reason} {answer.way_out}")

    def _topic(self, what: str) -> str:
        return f"{self._name}: {what}"

    def _on_submitted(self, text: str) -> None:
        if self.job is not None:
            self._questions.ask(self._topic(_WORKING), WorkingJob(self.job, self.working.known, text))

    def _on_exercise_wanted(self, kind: str, level: int, seed: int) -> None:
        if self.job is None:
            self.exercise.show_trouble("There is no derivation to practise yet. Choose another one above.")
        else:
            self.exercise.set_busy(_MAKING)
            self._questions.ask(self._topic(_EXERCISE), ExerciseJob(self.job, kind, level, seed))

    def _on_typed(self, gap: int, text: str) -> None:
        if self.exercise.notes is not None:
            job = GapJob(self.exercise.notes.exercise.asked, gap, text)
            self._questions.ask(self._topic(_GAP), job, gap)

    # --- panels ---

    def _start(self) -> None:
        """Let the panel of the mode be about the derivation that is on screen."""
        report = self._desk.report
        if report is None or self.job is None or self._desk.mode == READ:
            return
        if self._language is None:
            self._language = self._speaks(self.job, report)
        self._prefetch.want((key.latex, False) for key in self._language.keys if key.latex)
        self._give_names()
        if self._desk.mode == WORK:
            self._desk.view.steps.head.one_by_one.setChecked(False)
            self.working.set_report(report, name=self._language.name)
            self._on_line_asked(0 if self.working.asked_line is None else self.working.asked_line.number)
        else:
            self.exercise.begin()

    def _give_names(self) -> None:
        """Tell the panels how to read what is typed, once the names are typeset."""
        language = self._language
        if language is None or self._given_to_panels or self._desk.mode == READ:
            return
        if self._prefetch.at_hand((key.latex, False) for key in language.keys if key.latex):
            self._given_to_panels = True
            self.working.typed.line.setPlaceholderText(language.example)
            for panel in (self.working, self.exercise):
                panel.set_reader(language.read, language.keys, language.signs)

    @property
    def _prefetch(self) -> Prefetch:
        return self._desk.view.steps.prefetch

    def _on_line_asked(self, number: int) -> None:
        if self._desk.mode == WORK:
            self._desk.view.steps.set_limit(number)
            self._desk.view.show_panel()
            self.moved.emit()

    def _on_line_shown(self, number: int) -> None:
        self._desk.view.show_panel()
        self.lit.emit(number)
