"""Derive: recurrences and gradients of networks, line by line, each line checked.

Knows the bridges `Jobs` and `Trainer`, and neither SymPy nor torch.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.symbolic.jobs import GradientJob, RecurrenceJob
from engine.symbolic.report import Refusal, Report
from studyapp import actions, lab_given, working_memory
from studyapp.derivation_files import DerivationFiles
from studyapp.derive_gradient import MODES, Gradients
from studyapp.derive_memory import GRADIENT, RECURRENCE, DeriveMemory
from studyapp.derive_questions import Questions
from studyapp.jobs import Jobs
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.trainer import Trainer
from studyapp.widgets.derive_desk import DeriveDesk
from studyapp.widgets.gutter_scroll import GUTTER
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled
from studyapp.widgets.page import Page
from studyapp.widgets.recurrence_form import RecurrenceForm
from studyapp.widgets.segments import Segments
from studyapp.widgets.steps_card import StepsCard
from studyapp.widgets.steps_head import StepsHead

SEGMENTS = ((RECURRENCE, "Recurrences"), (GRADIENT, "Gradients"))
TIPS = (
    "one", "previous", "next", "all", "copy", "news", "numbers", "earlier", "later", "finer",
    "unfold", "view", "dice", "lab",
)  # fmt: skip
_MEAN = (
    "The Lab takes the mean over all outputs of a batch: its own slopes are these divided by their number."
)
_STARTING = "Getting ready to derive… this takes a second or two after the start."
_WORKING = "Still working…"
_RECURRENCE = "recurrence"  # the kind of question
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class DerivePage(Page):
    """Two desks: what is on one stays while the other is in front.

    Attributes:
        segments: which desk is in front. modes: what is done with the gradient there.
        recurrences: the form. gradients: all about the other desk. desks: by segment.
    """

    def __init__(self, theme: Theme, jobs: Jobs, trainer: Trainer, settings: Settings) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._jobs, self._trainer, self._settings = jobs, trainer, settings
        self._questions = Questions(jobs, self)
        self._asked_text = ""  # of the recurrence that is shown, or that is waited for
        self._is_ready = False
        self._on_screen = False
        self.segments = Segments("What to derive", SEGMENTS)
        self.modes = Segments("What to do with it", MODES)
        self.modes.setToolTip(actions.tip("derive.mode"))
        tips = {name: actions.tip(f"derive.{name}") for name in TIPS}
        tips["lab"] += f".\n{_MEAN}"
        self.recurrences = RecurrenceForm(theme, actions.tip("derive.derive"))
        self.gradients = Gradients(theme, self._questions, self._of_lab, tips)
        self.desks = {
            RECURRENCE: DeriveDesk(theme, self.recurrences, tips, "Result"),
            GRADIENT: self.gradients.desk,
        }
        self.files = {name: DerivationFiles(self) for name in self.desks}
        self.files[GRADIENT].shown = self.gradients.shown
        self._add_menus(theme)
        self._lay_out()
        self._connect()
        self._recall(DeriveMemory.of(settings))

    # --- page ---

    def open(self, target: object) -> None:
        """Derive `target`: the text of a recurrence, or a GradientJob."""
        if isinstance(target, GradientJob):
            self._turn_to(GRADIENT)
            self.gradients.open(target)
        elif isinstance(target, str):
            self._turn_to(RECURRENCE)
            self.recurrences.set_text(target)
            self.recurrences.submit()

    def entered(self) -> None:
        self._on_screen = True
        self._jobs.warm()
        self.gradients.look_at_lab()
        self._start_desk()

    def left(self) -> None:
        self._on_screen = False

    def closing(self) -> None:
        form, head, worked = self.gradients.form, self._head, self.gradients.worked
        memory = DeriveMemory(
            self.segments.value,
            self.recurrences.text,
            self.recurrences.line.entries,
            form.job or GradientJob(),
            form.view,
            head.detail.value,
            head.news.isChecked(),
            head.numbers.isChecked(),
            form.more_open,
            form.folded,
            self.gradients.mode,
            None if worked is None else working_memory.kept(*worked),
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

    @property
    def desk(self) -> DeriveDesk:
        """The desk in front."""
        return self.desks[self.segments.value]

    @property
    def waiting(self) -> bool:
        """Whether a derivation was asked for and is not on screen yet."""
        return self._questions.waiting(_RECURRENCE) or self.gradients.waiting or self.desk.view.coming

    # --- recurrences ---

    def _derive_text(self, text: str) -> None:
        self._asked_text = text
        self._questions.ask(_RECURRENCE, RecurrenceJob(text))
        if not self._is_ready:
            self.desks[RECURRENCE].view.set_busy(_STARTING)

    def _take_recurrence(self, answer: object) -> None:
        if isinstance(answer, Report):
            self.desks[RECURRENCE].show_report(answer, asking_torch=False)
        elif isinstance(answer, Refusal):
            self.desks[RECURRENCE].show_refusal(answer)
        if self.recurrences.text != self._asked_text:
            self._on_text()

    def _on_recurrence_shown(self) -> None:
        """The keyboard goes on to the steps, unless it went elsewhere, or the text on, meanwhile."""
        desk = self.desks[RECURRENCE]
        unchanged = self.recurrences.text == self._asked_text
        if unchanged and desk.isVisible() and self._has_keyboard(self.recurrences):
            desk.view.take_keyboard()

    def _has_keyboard(self, form: QWidget) -> bool:
        """Whether a key pressed now goes to `form`, or to nothing in particular."""
        focused = QApplication.focusWidget()
        return focused in (None, self, self.desk.view) or form.isAncestorOf(focused)

    def _on_text(self) -> None:
        """A refusal explains a text; it goes when that is no longer the one in the field."""
        if not self.desks[RECURRENCE].view.refusal.isHidden():
            self.desks[RECURRENCE].show_nothing()

    # --- what the processes say ---

    def _on_answered(self, kind: str, number: int, answer: object) -> None:
        if kind == _RECURRENCE:
            self._take_recurrence(answer)
        else:
            self.gradients.take(kind, number, answer)

    def _on_slow(self, kind: str) -> None:
        if kind == _RECURRENCE:
            self.desks[RECURRENCE].view.set_busy(_WORKING)
        else:
            self.gradients.show_slow(kind)

    def _on_ready(self) -> None:
        self._is_ready = True
        self.gradients.set_ready()
        if not self._questions.waiting(_RECURRENCE):
            self.desks[RECURRENCE].view.set_busy("")

    def _on_lab_changed(self) -> None:
        if self._on_screen:
            self.gradients.look_at_lab()

    def _on_lab_progress(self) -> None:
        """The first step of a run: now there is something to put in."""
        if not self.gradients.form.lab.isEnabled():
            self._on_lab_changed()

    def _of_lab(self) -> GradientJob:
        """The Lab's network as a question. Raises ConfigError."""
        return lab_given.job(self._trainer.config, self._trainer.snapshot)

    # --- what the user does ---

    def _on_segment(self, name: str) -> None:
        self._turn_to(name)
        self._start_desk()

    def _turn_to(self, name: str) -> None:
        self.segments.set_value(name)
        self.modes.setVisible(name == GRADIENT)
        self._stack.setCurrentWidget(self.desks[name])

    def _start_desk(self) -> None:
        """A gradient is shown at once; a recurrence waits for the text."""
        if self.segments.value == RECURRENCE:
            self.recurrences.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._on_screen:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.gradients.begin()

    def _cancel(self) -> None:
        if self.segments.value == RECURRENCE:
            self._questions.forget(_RECURRENCE)
            self.desk.view.set_busy("")
        else:
            self.gradients.cancel()
        self.said.emit("Cancelled.")

    def _on_derive(self) -> None:
        if self.segments.value == RECURRENCE:
            self.recurrences.submit()
        else:
            self.gradients.derive()

    def _on_field(self) -> None:
        form = self.gradients.form
        if self.segments.value == GRADIENT:
            form.set_folded(False)
        of_gradient = form.steps if form.steps.isVisible() else form.seed
        field = self.recurrences.line if self.segments.value == RECURRENCE else of_gradient
        field.selectAll()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _next(self, steps: StepsCard) -> None:
        if steps.one_by_one or steps.has_keyboard:
            steps.next()
        else:
            self.desk.view.take_keyboard()

    def _on_mode(self) -> None:
        """The next of the three."""
        names = [name for name, _ in MODES]
        self.modes.button(names[(names.index(self.modes.value) + 1) % len(names)]).click()

    @property
    def _head(self) -> StepsHead:
        """The controls of the gradient's steps."""
        return self.gradients.desk.view.steps.head

    def _of_steps(self) -> dict[str, Callable[[], object]]:
        """What keys do with the steps of the desk in front, while they are seen."""

        def of(do: Callable[[StepsCard], object]) -> Callable[[], object]:
            return lambda: do(self.desk.view.steps) if self.desk.view.isVisible() else None

        return {
            "next": of(self._next),
            "previous": of(StepsCard.previous),
            "all": of(StepsCard.show_all),
            "one": of(StepsCard.toggle_one_by_one),
            "unfold": of(StepsCard.unfold),
            "copy": of(StepsCard.copy),
            "finer": of(lambda steps: steps.head.set_level(steps.head.level + 1)),
            "coarser": of(lambda steps: steps.head.set_level(steps.head.level - 1)),
            "news": of(lambda steps: steps.head.news.toggle()),
            "numbers": of(lambda steps: steps.head.numbers.toggle()),
            "earlier": of(lambda steps: steps.head.go_earlier()),
            "later": of(lambda steps: steps.head.go_later()),
        }

    def _of_keys(self) -> dict[str, Callable[[], object]]:
        """What all the commands do."""
        form = self.gradients.form
        return self._of_steps() | {
            "derive": self._on_derive,
            "field": self._on_field,
            "view": self._for_gradients(form.next_view),
            "dice": self._for_gradients(form.draw),
            "lab": self._for_gradients(form.lab.click),
            "mode": self._for_gradients(self._on_mode),
            "export": lambda: self.files[self.segments.value].ask("md"),
            "paper": lambda: self.files[self.segments.value].ask("pdf"),
        }

    def _for_gradients(self, slot: Callable[[], object]) -> Callable[[], object]:
        """`slot`, while that desk is in front."""
        return lambda: slot() if self.segments.value == GRADIENT else None

    # --- build ---

    def _recall(self, memory: DeriveMemory) -> None:
        self.recurrences.set_text(memory.text)
        self.recurrences.line.set_entries(memory.entries)
        form, head = self.gradients.form, self._head
        form.set_view(memory.view)
        form.set_job(memory.job)
        form.set_more_open(memory.more_open)
        form.set_folded(memory.folded)
        head.detail.set_value(memory.level)
        head.news.setChecked(memory.news)
        head.numbers.setChecked(memory.numbers)
        self.modes.set_value(memory.mode)
        self.gradients.recall(memory.mode, working_memory.recalled(memory.working))
        self._turn_to(memory.segment)

    def _add_menus(self, theme: Theme) -> None:
        """In each head of steps a button for files."""
        for name, desk in self.desks.items():
            menu = QMenu(self)
            menu.aboutToShow.connect(lambda menu=menu, name=name: self._fill_menu(menu, name))
            button = IconButton(theme, "ellipsis", "", "quiet")
            button.setAccessibleName("Copy and save")
            button.setToolTip("Copy and save the derivation")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setMenu(menu)
            desk.view.steps.head.room.addWidget(button)

    def _fill_menu(self, menu: QMenu, name: str) -> None:
        menu.clear()
        self.files[name].fill(menu)

    def _on_shown(self, name: str) -> None:
        self.files[name].set_report(self.desks[name].report)

    def _lay_out(self) -> None:
        self.desks[RECURRENCE].view.empty.show_words(
            "sigma",
            "From a recurrence to its closed form",
            "Type a recurrence with its first value and press Enter, or choose an example. "
            "Every line is named and checked with numbers.",
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(styled("h1", "Derive"))
        head.addStretch(1)
        head.addWidget(self.modes)
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
        self._questions.answered.connect(self._on_answered)
        self._questions.slow.connect(self._on_slow)
        self._jobs.ready.connect(self._on_ready)
        self._trainer.started.connect(self._on_lab_changed)
        self._trainer.progress.connect(self._on_lab_progress)
        self.segments.chosen.connect(self._on_segment)
        self.modes.chosen.connect(self.gradients.set_mode)
        self.recurrences.submitted.connect(self._derive_text)
        self.recurrences.line.textChanged.connect(self._on_text)
        self.desks[RECURRENCE].shown.connect(self._on_recurrence_shown)
        self.gradients.said.connect(self.said)
        for name, desk in self.desks.items():
            desk.shown.connect(lambda name=name: self._on_shown(name))
            desk.view.cancelled.connect(self._cancel)
            desk.view.said.connect(self.said)
            self.files[name].said.connect(self.said)
        actions.bind(self, "derive", {f"derive.{name}": slot for name, slot in self._of_keys().items()})
