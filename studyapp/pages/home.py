"""Home: what is due, how far one is, a formula, and what to do next. Knows the bank only by the Store.

Built before the first paint, so nothing heavy is imported here: the formula's view comes with
the bank. Everything shown is read from the bank or the course.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from content.clock import Moment
from content.errors import CourseError
from content.records import Topic, TopicProgress
from studyapp import actions, up_next
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.days_card import DaysCard
from studyapp.widgets.due_card import DueCard
from studyapp.widgets.empty_state import EmptyState
from studyapp.widgets.formula_card import FormulaCard
from studyapp.widgets.heat_days import MOST_WEEKS
from studyapp.widgets.page import Page
from studyapp.widgets.progress_card import ProgressCard
from studyapp.widgets.row_button import RowButton

_NO_BANK = (
    "What you learn is kept in a bank. Above is what happened to yours, and what you can do. "
    "The Lab needs none."
)
_NO_COURSE = (
    "So there are no notes, cards or questions. Put that file right or install StudyApp again, "
    "then start it again. The Lab and Derive work without a course."
)


class HomePage(Page):
    """The page one starts on."""

    def __init__(self, theme: Theme, store: Store, now: Callable[[], Moment]) -> None:
        super().__init__()
        self._theme, self._store, self._now = theme, store, now
        self._topics: tuple[Topic, ...] = ()
        self._hello, self._date, self._sentence = QLabel(), QLabel(), QLabel()
        self._due, self._progress = DueCard(theme), ProgressCard(theme)
        self._days, self._formula = DaysCard(theme), FormulaCard(theme)
        self._next, self._rows = CardFrame("Up next"), QVBoxLayout()
        self._instead = EmptyState(theme)
        self._instead.hide()
        self._mistake = ""  # in the course files, as the bank says it
        self._lay_out()
        self._connect()
        self._greet()
        if store.is_open:
            self._on_opened()

    # --- what the window calls ---------------------------------------------------------------

    def entered(self) -> None:
        self.refresh()

    # --- what is shown -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything from the bank again."""
        self._greet()
        if not self._store.is_open:
            return
        now, progress = self._now(), self._store.progress()
        counts = self._store.counts(now)
        self._sentence.setText(up_next.due_words(counts))
        self._due.show_counts(counts, now.utc_ms)
        self._progress.show_progress(progress)
        self._days.show_days(self._store.history(7 * MOST_WEEKS, now), now.study_day, self._store.streak(now))
        self._formula.show_formula(up_next.formula_of(now.study_day, self._topics))
        self._show_next(progress)

    def _greet(self) -> None:
        now = self._now()
        local = datetime.fromtimestamp(now.utc_ms / 1000, UTC) + timedelta(minutes=now.offset_minutes)
        self._hello.setText(up_next.greeting(local.hour))
        self._date.setText(f"{local:%A}, {local.day} {local:%B}")

    def _show_next(self, progress: Sequence[TopicProgress]) -> None:
        while (old := self._rows.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for suggestion in up_next.suggestions(progress, self._topics):
            row = RowButton(self._theme, suggestion.icon, suggestion.text, suggestion.detail)
            row.setProperty("leads_to", (suggestion.page, suggestion.target))
            row.clicked.connect(self._on_row)
            self._rows.addWidget(row)

    # --- set-up ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for label, name in ((self._hello, "h1"), (self._date, "muted"), (self._sentence, "muted")):
            label.setObjectName(name)
        self._sentence.setText("Opening your bank …")
        self._rows.setSpacing(2)
        self._next.body.addLayout(self._rows, 1)
        self._next.body.addStretch()
        body = QWidget()
        body.setObjectName("viewport")
        column = QVBoxLayout(body)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addLayout(self._cards(), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        around.addWidget(self._instead)
        self._scroll = scroll

    def _head(self) -> QVBoxLayout:
        first, head = QHBoxLayout(), QVBoxLayout()
        first.addWidget(self._hello, 1)
        first.addWidget(self._date, 0, Qt.AlignmentFlag.AlignBottom)
        head.setSpacing(2)
        head.addLayout(first)
        head.addWidget(self._sentence)
        return head

    def _cards(self) -> QHBoxLayout:
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column in (left, right, both):
            column.setSpacing(16)
        left.addWidget(self._due)
        left.addWidget(self._next, 1)
        left.addWidget(self._days, 1)
        right.addWidget(self._progress, 1)
        right.addWidget(self._formula, 1)
        both.addLayout(left, 1)
        both.addLayout(right, 2)
        return both

    def _connect(self) -> None:
        self._due.review.connect(self._on_review)
        self._due.quiz.connect(self._on_quiz)
        self._formula.note.connect(self._on_note)
        self._formula.quiz.connect(self._on_quiz_topic)
        self._formula.derive.connect(self._on_derive)
        self._progress.chosen.connect(self._on_note)
        self._store.opened.connect(self._on_opened)
        self._store.failed.connect(self._on_failed)
        self._store.changed.connect(self._on_changed)
        actions.bind(self, "home", {"home.review": self._on_review, "home.formula": self._formula.open_note})

    # --- slots -------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._topics = self._store.topics()
        if not self._topics:
            words = f"{self._mistake} {_NO_COURSE}"
            self._show_instead("circle-alert", "The course could not be read", words)
            return
        self._instead.hide()
        self._scroll.show()
        self.refresh()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, CourseError):
            self._mistake = str(error)
        if not self._store.is_open:
            self._show_instead("database", "No bank is open", _NO_BANK)

    def _show_instead(self, icon: str, title: str, sentence: str) -> None:
        self._scroll.hide()
        self._instead.show_words(icon, title, sentence.strip())
        self._instead.set_actions(("Open the Lab", self._on_lab))
        self._instead.show()

    def _on_changed(self, _changes: object, _by: object) -> None:
        if self.isVisible():  # else `entered` will do it
            self.refresh()

    def _on_review(self) -> None:
        self.navigate.emit("cards", None)

    def _on_lab(self) -> None:
        self.navigate.emit("lab", None)

    def _on_quiz(self) -> None:
        self.navigate.emit("quiz", None)

    def _on_quiz_topic(self, topic_id: str) -> None:
        self.navigate.emit("quiz", topic_id)

    def _on_derive(self, recurrence: str) -> None:
        self.navigate.emit("derive", recurrence)

    def _on_note(self, topic_id: str) -> None:
        self.navigate.emit("notes", topic_id)

    def _on_row(self) -> None:
        sender = self.sender()
        if sender is not None:
            page, target = sender.property("leads_to")
            self.navigate.emit(page, target)
