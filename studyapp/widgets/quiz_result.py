"""QuizResult: how a quiz went, question by question, and what to do next. Knows no bank."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from content.records import Kind
from studyapp import assets
from studyapp.mathtext.view import MathView
from studyapp.quiz_run import Answered, QuizRun
from studyapp.theme import Theme

_PLACE = 18  # px for the number of a question
_LONGEST = 40  # characters of a typed number


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
        ask = self._words(answered.question.ask, 15)
        place = QLabel(str(number))
        place.setObjectName("h3")
        place.setFixedWidth(_PLACE)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(ask)
        text.addWidget(self._given(answered))
        if score < 1:
            text.addWidget(self._words(answered.mark.feedback, 14))
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

    def _given(self, answered: Answered) -> QWidget:
        """What the student had answered: what was typed is plain text, options are Markdown."""
        question, response = answered.question, answered.response
        if question.kind is Kind.NUMERIC:
            typed = response.text.strip()
            typed = typed if len(typed) <= _LONGEST else typed[: _LONGEST - 1] + "…"
            made = QLabel(f"You: {typed} {question.unit}".rstrip())
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setObjectName("muted")
            made.setContentsMargins(2, 0, 0, 0)  # in line with the texts around
            return made
        chosen = [question.options[place].text.strip() for place in response.chosen]
        if len(chosen) == 1 and "\n" not in chosen[0]:
            return self._words(f"You chose: {chosen[0]}", 14, "muted")
        return self._words("You chose:\n\n" + "\n\n".join(map(_item, chosen)), 14, "muted")

    def _words(self, markdown: str, px: int, ink: str = "text") -> MathView:
        made = MathView(self._theme, px, ink=ink)
        made.fit_to_content()
        made.set_markdown(markdown)
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


def _item(markdown: str) -> str:
    """A bullet, with further lines (code, say) inside it."""
    return "- " + markdown.replace("\n", "\n  ")
