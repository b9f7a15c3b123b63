"""QuestionView: one question, what is needed to answer it, and then why. Grades nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from content.records import Kind, Mark, Question, Response
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.labels import restyle
from studyapp.widgets.option_row import OptionRow

_TASKS = {
    Kind.CHOICE: "Choose one",
    Kind.MULTIPLE: "Choose all that apply",
    Kind.NUMERIC: "Compute",
}
_BELOW = 12  # px between what is brought up and the edge


class QuestionView(QScrollArea):
    """Question, options or number field, and after `reveal` the verdict and the worked solution.

    Signals:
        answered(): whether something has been chosen or typed may have changed.
        link(str): a link in the text.
    """

    answered = Signal()
    link = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._question: Question | None = None
        self.rows: list[OptionRow] = []
        self.number = QLineEdit()
        self.number.setObjectName("mono")
        self.number.setMaximumWidth(260)
        self.number.setMaxLength(200)
        self.number.textChanged.connect(self.answered)
        self._task = QLabel()
        self._task.setObjectName("overline")
        self.verdict = QLabel("Right")
        self.verdict.setObjectName("chipgood")
        keeps_room = self.verdict.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)  # else the question jumps down when the verdict comes
        self.verdict.setSizePolicy(keeps_room)
        self._ask, self.feedback, self.solution = (MathView(theme, px) for px in (17, 16, 15))
        for view in (self._ask, self.feedback, self.solution):
            view.fit_to_content()
            view.link.connect(self.link)
        self._unit, self._hint, self.complaint = QLabel(), QLabel(), QLabel()
        self._hint.setObjectName("muted")
        self.complaint.setObjectName("error")
        self.complaint.setWordWrap(True)
        self._lay_out()
        self.verticalScrollBar().rangeChanged.connect(self._on_grown)

    @property
    def response(self) -> Response:
        """What is chosen or typed now."""
        chosen = tuple(i for i, row in enumerate(self.rows) if row.isChecked())
        return Response(chosen=chosen, text=self.number.text())

    @property
    def ready(self) -> bool:
        """Whether there is something to grade."""
        return bool(self.response.chosen or self.response.text.strip())

    def ask(self, question: Question) -> None:
        """Show a question, unanswered."""
        self._question = question
        self._task.setText(_TASKS[question.kind].upper())
        self._ask.set_markdown(question.ask)
        self._show_options(question)
        numeric = question.kind is Kind.NUMERIC
        self._number_row.setVisible(numeric)
        self.number.setReadOnly(False)
        self.number.setText("")
        self._hint.setText(question.hint)
        self._unit.setText(question.unit)
        self.complaint.hide()
        self.verdict.hide()
        self._after.hide()
        self.verticalScrollBar().setValue(0)
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes to what answers: the number field, or the chosen option, else the first."""
        chosen = next((row for row in self.rows if row.isChecked()), None)
        (chosen or (self.rows[0] if self.rows else self.number)).setFocus()

    def complain(self, sentence: str) -> None:
        """The answer could not be read: say why, keep what was typed."""
        self.complaint.setText(sentence)
        self.complaint.show()
        self.number.setFocus()
        self.number.selectAll()

    def reveal(self, mark: Mark) -> None:
        """Show how it was graded, why, and the worked solution; nothing can be changed any more."""
        question = self._question
        if question is None:
            return
        for row, option in zip(self.rows, question.options, strict=True):
            row.reveal(option.right, option.why)
        self.number.setReadOnly(True)
        self.complaint.hide()
        self._show_verdict(mark)
        self.solution.set_markdown(question.solution)
        self._after.show()
        if not self.rows:
            self._on_grown()

    def _show_verdict(self, mark: Mark) -> None:
        word, chip = ("Right", "chipgood") if mark.score >= 1 else ("Not right", "chipbad")
        if 0 < mark.score < 1:
            word, chip = f"Partly right, {100 * mark.score:.0f} %", "chipwarn"
        restyle(self.verdict, chip, word)
        self.verdict.show()
        told_by_rows = bool(self.rows)  # each option already says why it is right or not
        self.feedback.setVisible(not told_by_rows)
        self.feedback.set_markdown("" if told_by_rows else mark.feedback)

    def choose(self, key: int) -> None:
        """Option number `key` (from 1) is clicked by its key."""
        if 1 <= key <= len(self.rows) and not self.rows[key - 1].verdict:
            self.rows[key - 1].click()
            self.rows[key - 1].setFocus()

    def _on_grown(self) -> None:
        QTimer.singleShot(0, self._bring_up_feedback)  # Qt moves the texts only then

    def _bring_up_feedback(self) -> None:
        """Of a long question: scroll until what was wrong is seen, no further; again while texts grow."""
        inside = self.widget()
        if inside and not self.rows and self._after.isVisibleTo(self):
            for edge in (self.feedback.rect().bottomLeft(), self.feedback.rect().topLeft()):
                self.ensureVisible(0, self.feedback.mapTo(inside, edge).y(), 0, _BELOW)

    def _show_options(self, question: Question) -> None:
        for old in self.rows:
            old.hide()
            old.deleteLater()
        single = question.kind is Kind.CHOICE
        self.rows = [OptionRow(self._theme, i, o.text, single) for i, o in enumerate(question.options, 1)]
        for row in self.rows:
            row.toggled.connect(self.answered)
            self._options.addWidget(row)

    def _lay_out(self) -> None:
        self._number_row = QWidget()
        number = QHBoxLayout(self._number_row)
        number.setContentsMargins(0, 0, 0, 0)
        number.setSpacing(10)
        for widget in (self.number, self._unit, self._hint):
            number.addWidget(widget)
        number.addStretch(1)
        self.number.setPlaceholderText("Your number")
        self.number.setAccessibleName("Your number")
        self._options = QVBoxLayout()
        self._options.setSpacing(8)
        self._after = QWidget()
        after = QVBoxLayout(self._after)
        after.setContentsMargins(0, 4, 0, 0)
        after.setSpacing(8)
        line, heading = QFrame(), QLabel("WORKED SOLUTION")
        line.setObjectName("line")
        heading.setObjectName("overline")
        after.addWidget(self.feedback)
        after.addWidget(line)
        after.addWidget(heading)
        after.addWidget(self.solution)
        inside = QWidget()
        inside.setObjectName("viewport")
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._task)
        head.addStretch(1)
        head.addWidget(self.verdict)
        column.addLayout(head)
        column.addWidget(self._ask)
        column.addLayout(self._options)
        column.addWidget(self._number_row)
        column.addWidget(self.complaint)
        column.addWidget(self._after)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
