"""Derive: recurrences, code and gradients of networks, line by line, each line checked.

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
)

from engine.symbolic.jobs import CodeJob, CompareJob, GradientJob
from studyapp import actions, derive_keys, lab_given, working_memory
from studyapp.derivation_files import DerivationFiles
from studyapp.derive_code import Codes
from studyapp.derive_gradient import Gradients
from studyapp.derive_growth import Growths
from studyapp.derive_memory import CODE, GRADIENT, GROWTH, RECURRENCE, DeriveMemory
from studyapp.derive_modes import MODES
from studyapp.derive_questions import Questions
from studyapp.derive_recurrence import Recurrences
from studyapp.derive_typed import TypedDesk
from studyapp.jobs import Jobs
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.trainer import Trainer
from studyapp.widgets.derivation_view import READ
from studyapp.widgets.derive_desk import DeriveDesk
from studyapp.widgets.findings_card import FindingsCard
from studyapp.widgets.findings_window import FindingsWindow
from studyapp.widgets.gutter_scroll import GUTTER
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled
from studyapp.widgets.page import Page
from studyapp.widgets.segments import Segments
from studyapp.widgets.steps_head import StepsHead
from studyapp.working_notes import Notes

SEGMENTS = ((RECURRENCE, "Recurrences"), (CODE, "Code"), (GROWTH, "Growth"), (GRADIENT, "Gradients"))
TIPS = (
    "derive", "one", "previous", "next", "all", "copy", "news", "numbers", "earlier", "later", "finer",
    "unfold", "view", "dice", "lab", "open", "case", "picture", "larger", "call_next", "call_back", "merge",
    "log_x", "log_y", "families", "kind",
)  # fmt: skip
_MEAN = (
    "The Lab takes the mean over all outputs of a batch: its own slopes are these divided by their number."
)
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class DerivePage(Page):
    """Several desks: what is on one stays while another is in front.

    Attributes:
        segments: which desk is in front. modes: what is done with the derivation there.
        recurrences, codes, gradients: all about each of them; `parts` and `desks` by segment.
    """

    def __init__(self, theme: Theme, jobs: Jobs, trainer: Trainer, settings: Settings) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._theme, self._jobs, self._trainer, self._settings = theme, jobs, trainer, settings
        self._questions = Questions(jobs, self)
        self._on_screen = False
        self.segments = Segments("What to derive", SEGMENTS)
        self.modes = Segments("What to do with it", MODES)
        self.modes.setToolTip(actions.tip("derive.mode"))
        self._tips = {name: actions.tip(f"derive.{name}") for name in TIPS}
        self._tips["lab"] += f".\n{_MEAN}"
        self.recurrences = Recurrences(theme, self._questions, self._tips)
        self.codes = Codes(theme, self._questions, self._tips)
        self.growths = Growths(theme, self._questions, self._tips)
        self.gradients = Gradients(theme, self._questions, self._of_lab, self._tips)
        self.parts: dict[str, TypedDesk | Gradients] = {
            RECURRENCE: self.recurrences, CODE: self.codes, GROWTH: self.growths, GRADIENT: self.gradients,
        }  # fmt: skip
        self.desks = {name: part.desk for name, part in self.parts.items()}
        self.files = {name: DerivationFiles(self) for name in self.desks}
        for name, part in self.parts.items():
            self.files[name].shown = part.shown
        self._add_menus(theme)
        self._lay_out()
        self._connect()
        self._recall(DeriveMemory.of(settings))

    # --- page ---

    def open(self, target: object) -> None:
        """Derive `target`: the text of a recurrence, a CodeJob, a CompareJob or a GradientJob."""
        if isinstance(target, GradientJob):
            self._turn_to(GRADIENT)
            self.gradients.open(target)
        elif isinstance(target, CodeJob):
            self._turn_to(CODE)
            self.codes.open(target)
        elif isinstance(target, CompareJob):
            self._turn_to(GROWTH)
            self.growths.open(target)
        elif isinstance(target, str):
            self._turn_to(RECURRENCE)
            self.recurrences.open(target)

    def entered(self) -> None:
        self._on_screen = True
        self._jobs.warm()
        self.gradients.look_at_lab()
        self._start_desk()

    def left(self) -> None:
        self._on_screen = False

    def closing(self) -> None:
        form, head, worked = self.gradients.form, self._head, self.gradients.modes.worked
        memory = DeriveMemory(
            self.segments.value,
            self.recurrences.form.text,
            self.recurrences.form.line.entries,
            form.job or GradientJob(),
            form.view,
            head.detail.value,
            head.news.isChecked(),
            head.numbers.isChecked(),
            form.more_open,
            form.folded,
            self.gradients.modes.mode,
            _kept(worked),
            self.codes.form.text,
            self.codes.form.foot.case,
            self.recurrences.findings.plot.switches,
            self.growths.memory,
            {typed.kind: typed.modes.mode for typed in self._typed if typed.modes is not None},
            {typed.kind: _kept(typed.modes.worked) for typed in self._typed if typed.modes is not None},
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
        return any(part.waiting for part in self.parts.values()) or self.desk.view.coming

    @property
    def part(self) -> TypedDesk | Gradients:
        """All about the desk in front."""
        return self.parts[self.segments.value]

    # --- what the processes say ---

    def _on_answered(self, kind: str, number: int, answer: object) -> None:
        for part in self.parts.values():
            part.take(kind, number, answer)

    def _on_slow(self, kind: str) -> None:
        for part in self.parts.values():
            part.show_slow(kind)

    def _on_ready(self) -> None:
        for part in self.parts.values():
            part.set_ready()

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
        modes = self.part.modes
        self.modes.setVisible(modes is not None)
        if modes is not None:
            self.modes.set_value(modes.mode)
        self._stack.setCurrentWidget(self.desks[name])
        if name == GROWTH:
            self.growths.set_others(self.recurrences.form.text, self.codes.form.text)

    def _start_desk(self) -> None:
        """A gradient is shown at once; what is typed waits for the text."""
        if self.segments.value != GRADIENT:
            if self.part.modes is not None:
                self.part.modes.begin()
            self.part.begin()
        elif self._on_screen:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.gradients.begin()

    def _on_derive(self) -> None:
        self.part.derive()

    def _on_field(self) -> None:
        self.part.go_to_field()

    def _cancel(self) -> None:
        self.part.cancel()
        self.said.emit("Cancelled.")

    def _on_mode(self) -> None:
        """The next of the three."""
        if self.part.modes is None:
            return
        names = [name for name, _ in MODES]
        self.modes.button(names[(names.index(self.modes.value) + 1) % len(names)]).click()

    def _on_mode_chosen(self, mode: str) -> None:
        if self.part.modes is not None:
            self.part.modes.set_mode(mode)

    @property
    def _typed(self) -> tuple[TypedDesk, ...]:
        """The desks where one types."""
        return self.recurrences, self.codes, self.growths

    @property
    def _head(self) -> StepsHead:
        """The controls of the gradient's steps."""
        return self.gradients.desk.view.steps.head

    def _of_keys(self) -> dict[str, Callable[[], object]]:
        """What all the commands do."""
        form = self.gradients.form
        return {
            **derive_keys.of_steps(lambda: self.desk.view),
            **derive_keys.of_findings(lambda: self.part, self._enlarge),
            "derive": self._on_derive,
            "field": self._on_field,
            "open": self._for(CODE, self.codes.ask_file),
            "case": self._for(CODE, self.codes.next_case),
            "method": self._for(RECURRENCE, self.recurrences.next_method),
            "kind": self._for(GROWTH, self.growths.form.next_kind),
            "view": self._for(GRADIENT, form.next_view),
            "dice": self._for(GRADIENT, form.draw),
            "lab": self._for(GRADIENT, form.lab.click),
            "mode": self._on_mode,
            "export": lambda: self.files[self.segments.value].ask("md"),
            "paper": lambda: self.files[self.segments.value].ask("pdf"),
        }

    def _for(self, name: str, slot: Callable[[], object]) -> Callable[[], object]:
        """`slot`, while the desk of that name is in front."""
        return lambda: slot() if self.segments.value == name else None

    def _enlarge(self, card: FindingsCard) -> None:
        FindingsWindow(self._theme, card, self._tips).open()

    def _on_axes(self, card: FindingsCard) -> None:
        """All plots have the same axes."""
        for part in self._typed:
            if part.findings is not card:
                part.findings.plot.set_switches(*card.plot.switches)

    def _on_recurrence_asked(self, text: str) -> None:
        """The recurrence of some code is wanted on its own desk."""
        self.open(text)

    # --- build ---

    def _recall(self, memory: DeriveMemory) -> None:
        self.recurrences.form.set_text(memory.text)
        self.recurrences.form.line.set_entries(memory.entries)
        self.codes.form.set_text(memory.code)
        self.codes.form.foot.set_case(memory.case)
        self.growths.recall(memory.growth)
        for part in self._typed:
            part.findings.plot.set_switches(*memory.axes)
            if part.modes is not None:
                kept = working_memory.recalled(memory.workings.get(part.kind))
                part.modes.recall(memory.modes.get(part.kind, READ), kept)
        form, head = self.gradients.form, self._head
        form.set_view(memory.view)
        form.set_job(memory.job)
        form.set_more_open(memory.more_open)
        form.set_folded(memory.folded)
        head.detail.set_value(memory.level)
        head.news.setChecked(memory.news)
        head.numbers.setChecked(memory.numbers)
        self.gradients.modes.recall(memory.mode, working_memory.recalled(memory.working))
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
        self.modes.chosen.connect(self._on_mode_chosen)
        for part in self.parts.values():
            part.said.connect(self.said)
        for typed in self._typed:
            card = typed.findings
            card.enlarge_wanted.connect(lambda card=card: self._enlarge(card))
            card.plot.switched.connect(lambda card=card: self._on_axes(card))
            card.recurrence_asked.connect(self._on_recurrence_asked)
        for name, desk in self.desks.items():
            desk.shown.connect(lambda name=name: self._on_shown(name))
            desk.view.cancelled.connect(self._cancel)
            desk.view.said.connect(self.said)
            self.files[name].said.connect(self.said)
        actions.bind(self, "derive", {f"derive.{name}": slot for name, slot in self._of_keys().items()})


def _kept(worked: tuple[str, Notes] | None) -> dict[str, object] | None:
    return None if worked is None else working_memory.kept(*worked)
