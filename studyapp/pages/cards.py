"""Cards: the review of what is due, one card at a time. Knows the bank only by the Store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from content.clock import Moment
from content.diagram import Diagram
from content.errors import ContentError
from content.records import Changes, Counts, Due, Prospect, Rating
from studyapp import actions
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.card_face import CardFace
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.empty_state import EmptyState
from studyapp.widgets.judge_bar import JudgeBar
from studyapp.widgets.page import Page
from studyapp.widgets.rating_bar import RatingBar
from studyapp.widgets.session_log import Reviewed, SessionLog

_LOG_FROM = 1080  # narrower than this, the list of this sitting would squeeze the card
_ALL = ("", "All topics")
_TOPIC_LETTERS = 24  # of the chosen topic that are always seen; its unit comes first


class CardsPage(Page):
    """Review: question, Space, answer, 1 to 4; Z takes the last answer back, also after a restart."""

    def __init__(self, theme: Theme, store: Store, now: Callable[[], Moment]) -> None:
        super().__init__()
        self._store, self._now = store, now
        self._due: Due | None = None
        self._diagrams: dict[str, Diagram] = {}
        self._watch = QElapsedTimer()
        self._wake = QTimer(self, singleShot=True)
        self._wake.timeout.connect(self.refresh)
        self._face = CardFace(theme)
        self._rating = RatingBar(theme)
        self._judge = JudgeBar()
        self._turn = QPushButton("Show answer   (Space)")
        self._log = SessionLog()
        self._empty = EmptyState(theme)
        self._lay_out()
        self._connect()
        if store.is_open:
            self._on_opened()

    # --- what the window calls ---------------------------------------------------------------

    def open(self, target: object) -> None:
        """Review one topic (its id), or everything (None leaves the choice as it is)."""
        if isinstance(target, str):
            self._topic.set_value(target)

    def entered(self) -> None:
        self.refresh()

    def left(self) -> None:
        self._wake.stop()

    # --- what is shown -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the bank what is due now; a card that is being looked at stays."""
        if not self._store.is_open:
            return
        now = self._now()
        self._show_counts(self._store.counts(now, self._topics()))
        if self._due is None or self._stack.currentWidget() is not self._card_side:
            self._next(now)

    def _next(self, now: Moment) -> None:
        self._due = self._store.next_due(now, self._topics())
        if self._due is None:
            self._show_empty(self._store.counts(now, self._topics()), now)
            return
        card = self._due.card
        self._face.show_card(
            self._due.topic_title, self._due.memory.phase.value, card.front, card.back,
            self._diagrams.get(card.diagram),
        )  # fmt: skip
        self._rating.show_prospects(self._due.prospects)
        self._stack.setCurrentWidget(self._card_side)
        self._show_answer_side()
        self._watch.start()

    def _show_counts(self, counts: Counts) -> None:
        for label, number, word in (
            (self._new, counts.new, "new"),
            (self._learning, counts.learning, "learning"),
            (self._review, counts.review, "to review"),
        ):
            label.setText(f"{number} {word}")
        undoable = self._store.undo_label()
        self._undo.setEnabled(bool(undoable))
        self._undo.setToolTip(f"{undoable}  (Z)" if undoable else "No answer to take back yet")

    def _show_empty(self, counts: Counts, now: Moment) -> None:
        self._stack.setCurrentWidget(self._empty)
        if not self._store.topics():
            self._empty.show_words("circle-alert", "No cards", "The course could not be read; Home says why.")
            self._empty.set_actions(("Home", lambda: self.navigate.emit("home", None)))
            return
        wait = counts.next_ms - now.utc_ms
        if counts.next_ms and wait > 0:
            minutes = max(1, round(wait / 60_000))
            self._empty.show_words(
                "timer",
                "A short pause",
                f"The next card comes back in about {minutes} min. It will appear here by itself.",
            )
            self._wake.start(min(wait + 200, 2**31 - 1))
        else:
            self._empty.show_words(
                "circle-check",
                "Done for today",
                "Nothing more is due here. A quiz tests what you know in another way.",
            )
        self._empty.set_actions(("Take a quiz", self._on_quiz), ("Read a note", self._on_notes))

    # --- what the student does ---------------------------------------------------------------

    def _on_turn(self) -> None:
        if self._due is None or self._face.turned:
            return
        run = self._face.run
        if run is not None and run.shown:
            self._judge.press_focused()  # 1 and 2 judge; Space must not by chance
            return
        self._face.turn()
        self._show_answer_side()

    def _show_answer_side(self) -> None:
        """What is to be done now: turn the card, judge a label, or rate, with the focus on what fits."""
        run = self._face.run
        if self._face.turned:
            self._answer_side.setCurrentWidget(self._rating)
            self._rating.button(Rating.GOOD if run is None else run.suggestion).setFocus()
        elif run is not None and run.shown:
            self._answer_side.setCurrentWidget(self._judge)
            self.setFocus()
        else:
            self._turn.setText(f"Show {'answer' if run is None else 'this label'}   (Space)")
            self._answer_side.setCurrentWidget(self._turn)
            self._turn.setFocus()

    def _on_rated(self, rating: Rating) -> None:
        run = self._face.run
        if run is not None and run.shown and rating in (Rating.AGAIN, Rating.HARD):
            self._face.labelling.judge(rating is Rating.HARD)  # the keys 1 and 2: missed, knew it
            return
        if self._due is None or not self._face.turned:
            return
        due, now = self._due, self._now()
        try:
            self._store.answer(due.card.id, rating, now, self._watch.elapsed(), by=self)
        except ContentError as error:
            self.said.emit(str(error))  # the card stays where it was
            return
        self._log.add(Reviewed(due.card.front, due.topic_title, rating, _prospect(due, rating).wait))
        self._due = None
        self.refresh()

    def _on_undo(self) -> None:
        if self._due is not None and self._face.run is not None and self._face.labelling.take_back():
            return
        try:
            undone = self._store.undo(self._now(), by=self)
        except ContentError as error:
            self.said.emit(str(error))
            return
        if undone is None:
            self.said.emit("There is no answer to take back.")
            return
        self._log.take_back()
        self._due = None
        self.said.emit(f"Taken back: {undone.what}.")
        self.refresh()

    def _on_topic_chosen(self) -> None:
        self._due = None
        self._name_topic()
        self.refresh()

    def _on_changed(self, changes: Changes, by: object) -> None:
        if by is self:
            return
        if changes.course:
            self._fill_course()
        self._due = None
        if self.isVisible():
            self.refresh()

    def _on_opened(self) -> None:
        self._fill_course()
        if self.isVisible():
            self.refresh()

    def _on_quiz(self) -> None:
        self.navigate.emit("quiz", self._topic.value or None)

    def _on_notes(self) -> None:
        self.navigate.emit("notes", self._topic.value or None)

    def _on_note_of_card(self) -> None:
        if self._due is not None:
            self.navigate.emit("notes", self._due.card.topic)

    # --- building ----------------------------------------------------------------------------

    def _topics(self) -> tuple[str, ...] | None:
        return (self._topic.value,) if self._topic.value else None

    def _fill_course(self) -> None:
        self._diagrams = {diagram.id: diagram for diagram in self._store.diagrams()}
        chosen = self._topic.value
        self._topic.blockSignals(True)
        topics = ((topic.id, f"{topic.unit_title}: {topic.title}") for topic in self._store.topics())
        self._topic.set_choices((_ALL, *topics))
        self._topic.set_value(chosen)
        self._topic.blockSignals(False)
        self._name_topic()

    def _name_topic(self) -> None:
        """The tooltip holds the whole name, for which the box may be too narrow."""
        self._topic.setToolTip(f"{self._topic.currentText()}\nReview everything that is due, or one topic")

    def _lay_out(self) -> None:
        self._card_side = QWidget()
        self._turn.setObjectName("answer")
        self._answer_side = QStackedWidget()
        self._answer_side.addWidget(self._turn)
        self._answer_side.addWidget(self._rating)
        self._answer_side.addWidget(self._judge)
        self._answer_side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card = QVBoxLayout(self._card_side)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(12)
        card.addWidget(self._face, 1)
        card.addWidget(self._answer_side)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._card_side)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._stack, 3)
        body.addWidget(self._log, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addLayout(body, 1)

    def _head(self) -> QHBoxLayout:
        title = QLabel("Cards")
        title.setObjectName("h1")
        self._new, self._learning, self._review = QLabel(), QLabel(), QLabel()
        self._topic = ChoiceBox("Topic to review", (_ALL,))
        self._topic.setMinimumContentsLength(_TOPIC_LETTERS)
        self._undo = QPushButton("Undo")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(title)
        row.addSpacing(8)
        for label, chip in (
            (self._new, "chipaccent"),
            (self._learning, "chipwarn"),
            (self._review, "chipgood"),
        ):
            label.setObjectName(chip)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._topic)
        row.addWidget(self._undo)
        return row

    def _connect(self) -> None:
        self._turn.clicked.connect(self._on_turn)
        self._rating.rated.connect(self._on_rated)
        self._undo.clicked.connect(self._on_undo)
        self._topic.currentIndexChanged.connect(self._on_topic_chosen)
        self._face.topic_clicked.connect(self._on_note_of_card)
        self._face.link.connect(self.follow)
        self._face.stepped.connect(self._show_answer_side)
        self._judge.judged.connect(self._face.labelling.judge)
        self._store.opened.connect(self._on_opened)
        self._store.changed.connect(self._on_changed)
        actions.bind(
            self,
            "cards",
            {
                "cards.turn": self._on_turn,
                "cards.again": partial(self._on_rated, Rating.AGAIN),
                "cards.hard": partial(self._on_rated, Rating.HARD),
                "cards.good": partial(self._on_rated, Rating.GOOD),
                "cards.easy": partial(self._on_rated, Rating.EASY),
                "cards.undo": self._on_undo,
                "cards.note": self._on_note_of_card,
            },
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._log.setVisible(self.width() >= _LOG_FROM)


def _prospect(due: Due, rating: Rating) -> Prospect:
    return next(p for p in due.prospects if p.rating == rating)
