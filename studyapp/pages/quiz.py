"""Quiz: ten questions, each explained as soon as it is answered. Knows the bank only by the Store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from content.clock import Moment
from content.errors import ContentError
from content.grading import grade
from content.records import Changes, Question
from studyapp import actions
from studyapp.quiz_run import QuizRun
from studyapp.quiz_wish import QuizWish
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.page import Page
from studyapp.widgets.question_view import QuestionView
from studyapp.widgets.quiz_result import QuizResult
from studyapp.widgets.quiz_start import QuizStart
from studyapp.widgets.topic_scores import TopicScores

LENGTH = 10
ALL = 1000  # more than a topic has
_RULES = (
    ("Choose one", "One point for the right option. Keys 1 to 6 choose, Enter checks."),
    (
        "Choose all",
        "Rightly ticked minus wrongly ticked, out of the right ones: guessing everything earns little.",
    ),
    ("Compute", "Type 0.25, .25, 1/4 or 2.5e-1. The field says how many decimals are asked for."),
    ("Mistakes", "A wrong number that comes from a known slip is recognised, and the slip is named."),
    ("History", "Each answer is kept at once. Questions that went wrong, or are new, come first next time."),
)


class QuizPage(Page):
    """Choose, answer, see why, go on; a quiz that is left half-way waits where it was."""

    def __init__(self, theme: Theme, store: Store, now: Callable[[], Moment]) -> None:
        super().__init__()
        self._store, self._now = store, now
        self._run: QuizRun | None = None
        self._topics: tuple[str, ...] | None = None
        self._watch = QElapsedTimer()
        self._revealed = False
        self._start = QuizStart()
        self._scores = TopicScores()
        self._view = QuestionView(theme)
        self._result = QuizResult(theme)
        self._lay_out()
        self._connect()
        self._on_course()

    def open(self, target: object) -> None:
        """Choose a quiz about one topic (its id), or begin a QuizWish; None leaves the page as it is."""
        if isinstance(target, QuizWish) and self._store.is_open:
            self._grant(target)
        elif isinstance(target, str):
            self._run = None
            self._stack.setCurrentWidget(self._start_side)
            self._on_course()
            self._start.choose((target,))
            self._start.begin.setFocus()

    def entered(self) -> None:
        side = self._stack.currentWidget()
        if self._run is None:
            self._on_course()
            self._start.begin.setFocus()
        elif side is self._result:
            self._result.again_button.setFocus()
        elif self._revealed:
            self._go.setFocus()
        else:
            self._view.take_focus()
            self._on_answered()

    def _grant(self, wish: QuizWish) -> None:
        """Begin what another page asks for; unknown ids are said."""
        try:
            questions: tuple[Question, ...]
            if wish.question:
                questions = (self._store.question(wish.question, self._now().study_day),)
            else:
                self._topics = wish.topics
                count = ALL if len(wish.topics) == 1 else LENGTH
                questions = self._store.quiz(count, self._now().study_day, self._topics)
        except ContentError as error:
            self.said.emit(str(error))
            return
        self._on_course()
        self._begin(questions)

    # --- the quiz ----------------------------------------------------------------------------

    def _begin(self, questions: tuple[Question, ...]) -> None:
        if not questions:
            self.said.emit("There are no questions about this yet.")
            return
        self._run = QuizRun(questions)
        self._stack.setCurrentWidget(self._ask_side)
        self._ask_next()

    def _ask_next(self) -> None:
        run = self._run
        if run is None:
            return
        question = run.current
        if question is None:
            self._result.show_run(run)
            self._stack.setCurrentWidget(self._result)
            self._title.setText("Quiz")
            return
        place = len(run.answered) + 1
        self._place.setText(f"Question {place} of {len(run.questions)}")
        self._bar.setMaximum(len(run.questions))
        self._bar.setValue(place - 1)
        self._topic.setText(question.topic_title)
        self._revealed = False
        self._view.ask(question)
        self._go.setText("Check   (Enter)")
        self._on_answered()
        self._watch.start()

    def _check(self) -> None:
        run = self._run
        question = run.current if run else None
        if run is None or question is None:
            return
        response = self._view.response
        mark = grade(question, response)
        if not mark.valid:
            self._view.complain(mark.feedback)
            return
        try:
            self._store.record_attempt(question, response, mark, self._now(), self._watch.elapsed(), by=self)
        except ContentError as error:
            self.said.emit(str(error))  # nothing was graded; the answer stays in the field
            return
        run.take(response, mark)
        self._revealed = True
        self._view.reveal(mark)
        self._bar.setValue(len(run.answered))
        last = run.current is None
        self._go.setText("See the result   (Enter)" if last else "Next   (Enter)")
        self._go.setEnabled(True)
        self._go.setFocus()

    # --- what the student does ---------------------------------------------------------------

    def _on_go(self) -> None:
        side = self._stack.currentWidget()
        if side is self._start_side:
            self._start.begin.click()
        elif side is self._result:
            self._on_again()
        elif self._revealed:
            self._ask_next()
        elif self._view.ready:
            self._check()

    def _on_answered(self) -> None:
        if not self._revealed:
            self._go.setEnabled(self._view.ready)
            self._go.setToolTip("" if self._view.ready else "Choose or type an answer first")

    def _on_started(self, topics: tuple[str, ...] | None, seed: int) -> None:
        self._topics = topics
        self._begin(self._store.quiz(LENGTH, seed, topics))

    def _on_again(self) -> None:
        self._start.seed.setValue((self._start.seed.value() + 1) % 1_000_000)
        self._on_started(self._topics, self._start.seed.value())

    def _on_repeat(self) -> None:
        if self._run is not None:
            wrong = self._run.wrong
            self._begin(tuple(self._store.question(a.question.id, a.question.seed + 1) for a in wrong))

    def _on_stop(self) -> None:
        """Leave the quiz; what was answered is already kept."""
        self._run = None
        self._stack.setCurrentWidget(self._start_side)
        self._on_course()
        self._start.begin.setFocus()

    def _on_note(self) -> None:
        run = self._run
        place = len(run.answered) - (1 if self._revealed else 0) if run else 0
        if run is not None and place < len(run.questions):
            self.navigate.emit("notes", run.questions[place].topic)

    def _on_result_note(self, topic: str) -> None:
        self.navigate.emit("notes", topic)

    def _on_course(self) -> None:
        if self._store.is_open:
            seed = self._start.seed.value() or self._now().study_day
            progress = self._store.progress()
            self._start.show_progress(progress, seed)
            self._scores.show_progress(progress)

    def _on_topic(self, topic: str) -> None:
        self._start.choose((topic,))
        self._start.begin.setFocus()

    def _on_changed(self, changes: Changes, by: object) -> None:
        if by is not self and changes.course:
            self._on_course()

    # --- building ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._title = QLabel("Quiz")
        self._title.setObjectName("h1")
        self._start_side = QWidget()
        start = QHBoxLayout(self._start_side)
        start.setContentsMargins(0, 0, 0, 0)
        start.setSpacing(0)  # the gutter of the left side is between them
        left = GutterScroll()
        left.column.setSpacing(16)
        left.column.addWidget(self._start)
        left.column.addWidget(_how_it_is_marked())
        left.column.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self._scores, 1000)  # all the height, up to what its topics need
        right.addStretch(1)
        start.addWidget(left, 1)
        start.addLayout(right, 1)
        self._stack = QStackedWidget()
        self._ask_side = self._ask_panel()
        for side in (self._start_side, self._ask_side, self._result):
            self._stack.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addWidget(self._stack, 1)

    def _ask_panel(self) -> QWidget:
        self._place, self._topic, self._stop = QLabel(), QPushButton(), QPushButton("Leave")
        self._place.setObjectName("h2")
        self._topic.setObjectName("ghost")
        self._topic.setToolTip("Open the note of this topic; the quiz waits")
        self._stop.setToolTip("End this quiz; what you answered is kept")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Questions done")
        head = QHBoxLayout()
        head.addWidget(self._place)
        head.addWidget(self._topic)
        head.addStretch(1)
        head.addWidget(self._stop)
        self._go = QPushButton()
        self._go.setObjectName("answer")
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(22, 18, 12, 18)
        inside.addWidget(self._view)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(card, 1)
        column.addWidget(self._go)
        return side

    def _connect(self) -> None:
        self._start.started.connect(self._on_started)
        self._scores.chosen.connect(self._on_topic)
        self._view.answered.connect(self._on_answered)
        self._view.link.connect(self.follow)
        self._go.clicked.connect(self._on_go)
        self._stop.clicked.connect(self._on_stop)
        self._topic.clicked.connect(self._on_note)
        self._result.again.connect(self._on_again)
        self._result.repeat.connect(self._on_repeat)
        self._result.note.connect(self._on_result_note)
        self._store.opened.connect(self._on_course)
        self._store.changed.connect(self._on_changed)
        actions.bind(
            self,
            "quiz",
            {"quiz.go": self._on_go, "quiz.note": self._on_note}
            | {f"quiz.option{key}": partial(self._view.choose, key) for key in range(1, 7)},
        )


def _how_it_is_marked() -> QFrame:
    made = QFrame()
    made.setObjectName("card")
    title = QLabel("How it is marked")
    title.setObjectName("h2")
    column = QVBoxLayout(made)
    column.setContentsMargins(22, 18, 22, 18)
    column.setSpacing(8)
    column.addWidget(title)
    for name, rule in _RULES:
        heading, words = QLabel(name), QLabel(rule)
        heading.setObjectName("h3")
        words.setObjectName("muted")
        words.setWordWrap(True)
        column.addWidget(heading)
        column.addWidget(words)
    column.addStretch(1)
    return made
