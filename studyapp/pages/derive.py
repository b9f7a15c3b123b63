"""Derive: recurrences and backpropagation through time, line by line, each line checked.

Knows the bridge `Jobs`, and neither SymPy nor torch.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.symbolic.jobs import AutogradJob, BpttJob, RecurrenceJob
from engine.symbolic.report import Agreement, Refusal, Report
from studyapp import actions
from studyapp.derive_memory import BPTT, RECURRENCE, DeriveMemory
from studyapp.jobs import Jobs
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.widgets.bptt_form import BpttForm
from studyapp.widgets.derive_desk import DeriveDesk
from studyapp.widgets.gutter_scroll import GUTTER
from studyapp.widgets.labels import styled
from studyapp.widgets.page import Page
from studyapp.widgets.recurrence_form import RecurrenceForm
from studyapp.widgets.segments import Segments

SEGMENTS = ((RECURRENCE, "Recurrences"), (BPTT, "Backpropagation through time"))
_STARTING = "Getting ready to derive… this takes a second or two after the start."
_WORKING = "Still working…"
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class DerivePage(Page):
    """Two desks: what is typed on one stays while the other is in front.

    Attributes:
        segments: which desk is in front. recurrences, bptt: the forms. desks: by segment.
    """

    def __init__(self, theme: Theme, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._jobs, self._settings = jobs, settings
        self._asked: dict[int, str] = {}  # ticket -> desk that waits for its report
        self._asked_text = ""  # of the recurrence that is shown, or that is waited for
        self._torch = 0  # ticket of the opinion that is still to come
        self._opinion: Agreement | Refusal | None = None  # one that came before its report
        self._is_ready = False
        self._on_screen = False
        self.segments = Segments("What to derive", SEGMENTS)
        self.recurrences = RecurrenceForm(theme, actions.tip("derive.derive"))
        self.bptt = BpttForm(theme)
        tips = {name: actions.tip(f"derive.{name}") for name in ("one", "previous", "next", "all", "copy")}
        self.desks = {
            RECURRENCE: DeriveDesk(theme, self.recurrences, tips, "Result"),
            BPTT: DeriveDesk(theme, self.bptt, tips),
        }
        self._lay_out()
        self._say_what_to_do()
        self._connect()
        self._recall(DeriveMemory.of(settings))

    # --- page ---

    def open(self, target: object) -> None:
        """Derive `target`: the text of a recurrence, or a BpttJob."""
        if isinstance(target, BpttJob):
            self._turn_to(BPTT)
            self.bptt.set_job(target)
            self._derive_bptt()
        elif isinstance(target, str):
            self._turn_to(RECURRENCE)
            self.recurrences.set_text(target)
            self.recurrences.submit()

    def entered(self) -> None:
        self._on_screen = True
        self._jobs.warm()
        self._start_desk()

    def left(self) -> None:
        self._on_screen = False

    def closing(self) -> None:
        memory = DeriveMemory(
            self.segments.value,
            self.recurrences.text,
            self.recurrences.line.entries,
            self.bptt.job or BpttJob(),
        )
        memory.keep(self._settings)

    def event(self, event: QEvent) -> bool:
        """Arrow keys belong to a group of choices that has the keyboard, not to the reveal."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focused = QApplication.focusWidget()
            choosing = isinstance(focused, QAbstractButton) and focused.group() is not None
            if choosing and Qt.Key(event.key()) in _ARROWS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, which a field has no use for, leaves it: the keys then read the steps."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.desk.view.take_keyboard():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # --- asking ---

    @property
    def desk(self) -> DeriveDesk:
        """The desk in front."""
        return self.desks[self.segments.value]

    def _derive_text(self, text: str) -> None:
        self._asked_text = text
        self._ask(RECURRENCE, RecurrenceJob(text))

    def _derive_bptt(self) -> None:
        job = self.bptt.job
        if job is not None:
            self._ask(BPTT, job)

    def _ask(self, name: str, job: RecurrenceJob | BpttJob) -> None:
        """Ask for another derivation; what this desk still waits for is no longer wanted."""
        self._forget(name)
        self._asked[self._jobs.ask(job)] = name
        if isinstance(job, BpttJob):
            self._opinion = None
            self._torch = self._jobs.ask(AutogradJob(job))
        if not self._is_ready:
            self.desks[name].view.set_busy(_STARTING)

    def _forget(self, name: str) -> None:
        for ticket in [ticket for ticket, desk in self._asked.items() if desk == name]:
            del self._asked[ticket]
            self._jobs.cancel(ticket)
        if name == BPTT and self._torch:
            self._jobs.cancel(self._torch)
            self._torch = 0

    def _cancel(self) -> None:
        self._forget(self.segments.value)
        self.desk.view.set_busy("")
        self.said.emit("Cancelled.")

    # --- what the processes say ---

    def _on_answered(self, ticket: int, answer: object) -> None:
        if ticket == self._torch:
            self._torch = 0
            self._take_opinion(answer)
        elif (name := self._asked.pop(ticket, None)) is not None:
            self._take(name, answer)

    def _take(self, name: str, answer: object) -> None:
        desk = self.desks[name]
        if isinstance(answer, Report):
            desk.show_report(answer, asking_torch=name == BPTT and bool(self._torch))
            if name == BPTT and self._opinion is not None:
                desk.add_opinion(self._opinion)
        elif isinstance(answer, Refusal):
            desk.show_refusal(answer)
        if name == RECURRENCE:
            self._after_recurrence()

    def _after_recurrence(self) -> None:
        """The keyboard goes on to the steps, unless it went elsewhere, or the text on, meanwhile."""
        desk = self.desks[RECURRENCE]
        if self.recurrences.text != self._asked_text:
            self._on_text()
        elif desk.report is not None and desk.isVisible() and self._has_keyboard(self.recurrences):
            desk.view.take_keyboard()

    def _has_keyboard(self, form: QWidget) -> bool:
        """Whether a key pressed now goes to `form`, or to nothing in particular."""
        focused = QApplication.focusWidget()
        return focused in (None, self, self.desk.view) or form.isAncestorOf(focused)

    def _take_opinion(self, opinion: object) -> None:
        if not isinstance(opinion, Agreement | Refusal):
            return
        if BPTT in self._asked.values():
            self._opinion = opinion
        elif self.desks[BPTT].report is not None:
            self.desks[BPTT].add_opinion(opinion)

    def _on_slow(self, ticket: int) -> None:
        if ticket in self._asked:
            self.desks[self._asked[ticket]].view.set_busy(_WORKING)

    def _on_ready(self) -> None:
        self._is_ready = True
        for desk in self.desks.values():
            desk.view.set_busy("")

    # --- what the user does ---

    def _on_segment(self, name: str) -> None:
        self._stack.setCurrentWidget(self.desks[name])
        self._start_desk()

    def _turn_to(self, name: str) -> None:
        self.segments.set_value(name)
        self._stack.setCurrentWidget(self.desks[name])

    def _start_desk(self) -> None:
        """BPTT is shown at once; a recurrence waits for the text."""
        if self.segments.value == RECURRENCE:
            self.recurrences.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.desks[BPTT].report is None and BPTT not in self._asked.values() and self._on_screen:
            self._derive_bptt()

    def _on_text(self) -> None:
        """A refusal explains a text; it goes when that is no longer the one in the field."""
        if not self.desks[RECURRENCE].view.refusal.isHidden():
            self.desks[RECURRENCE].show_nothing()

    def _on_derive(self) -> None:
        if self.segments.value == RECURRENCE:
            self.recurrences.submit()
        else:
            self._derive_bptt()

    def _on_field(self) -> None:
        if self.segments.value == RECURRENCE:
            self.recurrences.line.selectAll()
            self.recurrences.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.bptt.seed.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_next(self) -> None:
        steps = self.desk.view.steps
        if steps.one_by_one.isChecked() or steps.has_keyboard:
            steps.next()
        else:
            self.desk.view.take_keyboard()

    def _on_previous(self) -> None:
        self.desk.view.steps.previous()

    def _on_all(self) -> None:
        self.desk.view.steps.show_all()

    def _on_one(self) -> None:
        self.desk.view.steps.toggle_one_by_one()

    def _on_copy(self) -> None:
        self.desk.view.steps.copy()

    # --- build ---

    def _recall(self, memory: DeriveMemory) -> None:
        self._turn_to(memory.segment)
        self.recurrences.set_text(memory.text)
        self.recurrences.line.set_entries(memory.entries)
        self.bptt.set_job(memory.bptt)

    def _say_what_to_do(self) -> None:
        self.desks[RECURRENCE].view.empty.show_words(
            "sigma",
            "From a recurrence to its closed form",
            "Type a recurrence with its first value and press Enter, or choose an example. "
            "Every line is named and checked with numbers.",
        )
        self.desks[BPTT].view.empty.show_words(
            "sigma",
            "The gradient through time, line by line",
            "Choose a number of time steps and a parameter above; the derivation follows at once.",
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(styled("h1", "Derive"))
        head.addStretch(1)
        head.addWidget(self.segments)
        head.addSpacing(GUTTER)
        self._stack = QStackedWidget()
        for desk in self.desks.values():
            self._stack.addWidget(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28 - GUTTER, 16)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._jobs.answered.connect(self._on_answered)
        self._jobs.slow.connect(self._on_slow)
        self._jobs.ready.connect(self._on_ready)
        self.segments.chosen.connect(self._on_segment)
        self.recurrences.submitted.connect(self._derive_text)
        self.recurrences.line.textChanged.connect(self._on_text)
        self.bptt.changed.connect(self._derive_bptt)
        for desk in self.desks.values():
            desk.view.cancelled.connect(self._cancel)
            desk.view.said.connect(self.said)
        actions.bind(
            self,
            "derive",
            {
                "derive.derive": self._on_derive,
                "derive.field": self._on_field,
                "derive.next": self._on_next,
                "derive.previous": self._on_previous,
                "derive.all": self._on_all,
                "derive.one": self._on_one,
                "derive.copy": self._on_copy,
            },
        )
