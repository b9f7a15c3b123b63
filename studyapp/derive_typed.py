"""TypedDesk: what the desks have in common where a question is typed: asking, waiting, what comes back.

Knows the symbolic process by `Questions`; knows neither a page nor what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from engine.symbolic.jobs import CodeJob, Question, RecurrenceJob
from engine.symbolic.report import Refusal, Report
from studyapp.derivation_markdown import ALL, Shown
from studyapp.derive_bound import Bounds
from studyapp.derive_modes import Modes, Speaks
from studyapp.derive_questions import Questions
from studyapp.theme import Theme
from studyapp.widgets.bound_card import BoundCard
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.derive_desk import DeriveDesk
from studyapp.widgets.findings_card import FindingsCard

_STARTING = "Getting ready to derive… this takes a second or two after the start."
_WORKING = "Still working…"


class TypedDesk(QObject):
    """One question at a time; a new one withdraws the one before.

    Subclasses say what is asked: `kind` names it, `typed` is the text in the form.

    Signals:
        said(str): a sentence for the status line.

    Attributes:
        desk: what is shown. findings: its pictures, plot and table. asked: what is on screen, or waited for.
        modes: what one does with the derivation; None where there is nothing to do but to read it.
        bound: where one types a bound for what was derived. bounds: has it graded.
    """

    said = Signal(str)
    kind = ""

    def __init__(
        self,
        theme: Theme,
        questions: Questions,
        form: QWidget,
        tips: Mapping[str, str],
        speaks: Speaks | None = None,
    ) -> None:
        """`tips` are those of the desk and of the findings; `speaks` says how one types its lines."""
        super().__init__()
        self._questions, self._form = questions, form
        self._is_ready = False
        self.asked: Question | None = None
        self.desk = DeriveDesk(theme, form, tips, "Result")
        self.findings = FindingsCard(theme, self.desk.view.steps.prefetch, tips)
        self.desk.set_findings(self.findings)
        self.modes = None if speaks is None else Modes(theme, self.desk, questions, self.kind, speaks)
        self.bound: BoundCard | None = None
        self.bounds: Bounds | None = None
        if speaks is not None:
            self._add_bound(BoundCard(theme))
        self.desk.shown.connect(self._on_shown)

    @property
    def typed(self) -> str:
        """The text in the form."""
        raise NotImplementedError

    @property
    def asked_text(self) -> str:
        """The text that was asked about."""
        raise NotImplementedError

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._questions.waiting(self.kind)

    def shown(self) -> Shown:
        """How much of the report is on screen: for exports."""
        return ALL

    def derive(self) -> None:
        """Derive what is typed."""
        raise NotImplementedError

    def go_to_field(self) -> None:
        """The keyboard goes to what is typed."""
        raise NotImplementedError

    def begin(self) -> None:
        """The desk comes to the front: the keyboard goes to what is typed."""
        self._form.setFocus()

    def cancel(self) -> None:
        """What was asked takes too long."""
        self._questions.forget(self.kind)
        self.desk.view.set_busy("")

    def ask(self, question: Question) -> None:
        """Ask `question` of the process; what was asked about the one before is no longer wanted."""
        if self.modes is not None:
            self.modes.forget()
        self.asked = question
        self._questions.ask(self.kind, question)
        if not self._is_ready:
            self.desk.view.set_busy(_STARTING)

    def set_ready(self) -> None:
        """The process has started."""
        self._is_ready = True
        if not self.waiting:
            self.desk.view.set_busy("")

    def show_slow(self, kind: str) -> None:
        """The process has been at a question of this kind for a while."""
        if kind == self.kind:
            self.desk.view.set_busy(_WORKING)

    def take(self, kind: str, number: int, answer: object) -> None:
        """An answer, if it is to a question of ours."""
        if self.bounds is not None:
            self.bounds.take(kind, answer)
        if self.modes is not None:
            self.modes.take(kind, number, answer)
        if kind != self.kind:
            return
        if isinstance(answer, Report):
            self.show_report(answer)
        elif isinstance(answer, Refusal):
            self.show_refusal(answer)
        self.on_text()

    def show_report(self, report: Report) -> None:
        """Show the answer."""
        self.desk.show_report(report, asking_torch=False)

    def show_refusal(self, refusal: Refusal) -> None:
        """Show why there is none."""
        self._forget_derivation()
        self.desk.show_refusal(refusal)

    def on_text(self) -> None:
        """A refusal explains a text; it goes when that is no longer the one in the form."""
        if self.typed != self.asked_text and not self.desk.view.refusal.isHidden():
            self._forget_derivation()
            self.desk.show_nothing()

    def take_keyboard(self) -> bool:
        """Have the keyboard where one works on the derivation; whether there is such a place."""
        return self.modes is not None and self.modes.take_keyboard()

    def has_keyboard(self) -> bool:
        """Whether a key pressed now goes to the form, or to nothing in particular."""
        focused = QApplication.focusWidget()
        return focused is None or focused.isAncestorOf(self._form) or self._form.isAncestorOf(focused)

    def _on_shown(self) -> None:
        """`desk.report` is on screen now."""
        if self.modes is not None and isinstance(self.asked, RecurrenceJob | CodeJob):
            self.modes.set_job(self.asked)
            if self.bounds is not None:
                self.bounds.forget()

    @property
    def _derived(self) -> RecurrenceJob | CodeJob | None:
        """What the derivation on screen is about."""
        job = self.modes.job if self.modes is not None else None
        return job if isinstance(job, RecurrenceJob | CodeJob) else None

    def _add_bound(self, bound: BoundCard) -> None:
        """A bound can be graded beside the derivation."""
        self.bound = bound
        self.bounds = Bounds(bound, self._questions, self.kind, lambda: self._derived)
        frame = CardFrame("Grade my bound")
        frame.body.addWidget(bound)
        self.desk.side.column.insertWidget(0, frame)
        bound.submitted.connect(self.bounds.ask)

    def _forget_derivation(self) -> None:
        """There is no derivation any more."""
        if self.modes is not None:
            self.modes.set_job(None)
