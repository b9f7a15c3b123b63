"""QuizResult: how a quiz went, question by question, and what to do next. Knows no bank."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.mathtext.view import MathView
from studyapp.quiz_run import Answered, QuizRun
from studyapp.theme import Theme


class QuizResult(QWidget):
    """Score, the list of answers, and three ways on.

    Signals:
        again(): a new quiz about the same.
        repeat(): only the questions that were not right, with new numbers.
        note(str): the note of this topic id.
    """

    again = Signal()
    repeat = Signal()
    note = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.score = QLabel()
        self.score.setObjectName("big")
        self.words = QLabel()
        self.words.setObjectName("muted")
        self.words.setWordWrap(True)
        self.repeat_button = QPushButton("Practise what was not right")
        self.repeat_button.clicked.connect(self.repeat)
        self.again_button = QPushButton("Another ten   (Enter)")
        self.again_button.setObjectName("primary")
        self.again_button.clicked.connect(self.again)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._lay_out()

    def show_run(self, run: QuizRun) -> None:
        """List the answers of a finished quiz."""
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        total, right = len(run.answered), len(run.answered) - len(run.wrong)
        self.score.setText(f"{right} of {total} right")
        points = f"{run.score:.1f} points with partial credit. " if run.score != right else ""
        mistakes = len({a.mark.mistake for a in run.answered if a.mark.mistake})
        named = f"{mistakes} mistake{'s' if mistakes > 1 else ''} recognised below. " if mistakes else ""
        todo = (
            "Nothing to repeat: well done."
            if not run.wrong
            else "Repeat what was not right while it is fresh."
        )
        self.words.setText(points + named + todo)
        self.repeat_button.setVisible(bool(run.wrong))
        for number, answered in enumerate(run.answered, 1):
            self._list.addWidget(self._row(number, answered))
        self._list.addStretch(1)
        self.again_button.setFocus()

    def _row(self, number: int, answered: Answered) -> QFrame:
        made = QFrame()
        made.setObjectName("card")
        score = answered.mark.score
        name, colour = (
            ("circle-check", "good") if score >= 1 else ("circle-x", "bad" if score == 0 else "warn")
        )
        sign = QLabel()
        sign.setPixmap(assets.icon(name, getattr(self._theme.colours, colour), size=20).pixmap(20, 20))
        sign.setAccessibleName("right" if score >= 1 else "not right" if score == 0 else "partly right")
        ask = MathView(self._theme, 15)
        ask.fit_to_content()
        ask.set_markdown(answered.question.ask)
        place = QLabel(str(number))
        place.setObjectName("h3")
        text = QVBoxLayout()
        text.addWidget(ask)
        if score < 1:
            why = MathView(self._theme, 14)
            why.fit_to_content()
            why.set_markdown(answered.mark.feedback)
            text.addWidget(why)
        topic = QPushButton(answered.question.topic_title)
        topic.setObjectName("ghost")
        topic.setToolTip("Open the note of this topic")
        topic.clicked.connect(lambda _=False, t=answered.question.topic: self.note.emit(t))
        row = QHBoxLayout(made)
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(14)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        row.addWidget(topic, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.score)
        head.addWidget(self.words, 1)
        head.addWidget(self.repeat_button)
        head.addWidget(self.again_button)
        inside = QWidget()
        inside.setObjectName("viewport")
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 10, 0)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(scroll, 1)
