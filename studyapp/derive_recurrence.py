"""Recurrences: the desk of recurrences: what it asks, by which method, and what becomes of the answers.

Lays nothing out; derives nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.report import Refusal, Report
from studyapp import typed_lines
from studyapp.derive_modes import Practised
from studyapp.derive_questions import Questions
from studyapp.derive_typed import TypedDesk
from studyapp.theme import Theme
from studyapp.typed_names import Language
from studyapp.widgets.recurrence_form import RecurrenceForm


class Recurrences(TypedDesk):
    """The text is typed in one line, so the keyboard goes on to the steps when they come.

    Attributes:
        form: where it is typed.
    """

    kind = "recurrence"

    def __init__(self, theme: Theme, questions: Questions, tips: Mapping[str, str]) -> None:
        self.form = RecurrenceForm(theme, tips.get("derive", ""))
        super().__init__(theme, questions, self.form, tips, _language)
        self.desk.view.empty.show_words(
            "sigma",
            "From a recurrence to its closed form",
            "Type a recurrence with its first value and press Enter, or choose an example. "
            "Every line is named and checked with numbers.",
        )
        self.form.submitted.connect(self._on_submitted)
        self.form.line.textChanged.connect(self.on_text)
        self.desk.side.method_chosen.connect(self.choose_method)

    @property
    def typed(self) -> str:
        return self.form.text

    @property
    def asked_text(self) -> str:
        return self.asked.text if isinstance(self.asked, RecurrenceJob) else ""

    def open(self, text: str) -> None:
        """Derive the recurrence `text`."""
        self.form.set_text(text)
        self.form.submit()

    def derive(self) -> None:
        """Derive what is typed."""
        self.form.submit()

    def begin(self) -> None:
        self.form.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_field(self) -> None:
        """The keyboard goes to what is typed, to be typed over."""
        self.form.line.selectAll()
        self.form.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_submitted(self, text: str) -> None:
        self.desk.side.silent.clear()
        self.ask(RecurrenceJob(text))

    # --- methods ---

    def choose_method(self, name: str) -> None:
        """Tell the same recurrence by the method of this name."""
        if self.asked_text:
            self.ask(RecurrenceJob(self.asked_text, name))

    def next_method(self) -> None:
        """Tell it by the next method that applies."""
        side = self.desk.side
        names = [name for name in side.applying if name not in side.silent]
        if len(names) > 1 and side.method in names:
            self.choose_method(names[(names.index(side.method) + 1) % len(names)])
        elif names:
            self.said.emit("No other method applies here.")

    def show_report(self, report: Report) -> None:
        method = self.asked.method if isinstance(self.asked, RecurrenceJob) else ""
        self.desk.side.method = method
        super().show_report(report)

    def show_refusal(self, refusal: Refusal) -> None:
        """A method that has no lines of its own does not take away those that are there."""
        if isinstance(self.asked, RecurrenceJob) and self.asked.method and self.desk.report is not None:
            self.desk.view.set_busy("")
            self.desk.side.silence(self.asked.method)
            self.said.emit(f"{refusal.reason} {refusal.way_out}".strip())
        else:
            super().show_refusal(refusal)

    def _on_shown(self) -> None:
        """The keyboard goes on to the steps, unless it went elsewhere, or the text on, meanwhile."""
        has_keyboard = self.desk.isVisible() and self.has_keyboard()  # before a panel takes it
        super()._on_shown()
        if self.typed == self.asked_text and has_keyboard and not self.take_keyboard():
            self.desk.view.take_keyboard()


def _language(job: Practised, report: Report) -> Language:
    if not isinstance(job, RecurrenceJob):
        raise TypeError(f"{job!r} is no recurrence")
    return typed_lines.of_recurrence(job, report)
