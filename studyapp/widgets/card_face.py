"""CardFace: one flashcard, its question and, once turned, its answer. Knows no bank and no rating."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.labels import restyle

_PHASES = {
    "new": ("New", "chipaccent"),
    "learning": ("Learning", "chipwarn"),
    "relearning": ("Relearning", "chipwarn"),
    "review": ("Review", "chipgood"),
}
_TEXT_PX = 20


class CardFace(QFrame):
    """A panel with topic and phase above, the question, a line, and the answer.

    Signals:
        topic_clicked(): the topic's name was clicked: its note is wanted.
        link(str): a link in the text, e.g. "topic:forget-gate".
    """

    topic_clicked = Signal()
    link = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._front = MathView(theme, _TEXT_PX)
        self._back = MathView(theme, _TEXT_PX)
        for view, name in ((self._front, "Question"), (self._back, "Answer")):
            view.fit_to_content()
            view.setAccessibleName(name)
            view.link.connect(self.link)
        self._line = QFrame()
        self._line.setObjectName("line")
        self._topic = QPushButton()
        self._topic.setObjectName("ghost")
        self._topic.setToolTip("Open the note of this topic")
        self._topic.clicked.connect(self.topic_clicked)
        self._phase = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 18)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._scroller(), 1)

    @property
    def turned(self) -> bool:
        """Whether the answer is showing."""
        return not self._back.isHidden()

    @property
    def front(self) -> MathView:
        return self._front

    @property
    def back(self) -> MathView:
        return self._back

    def show_card(self, topic: str, phase: str, front: str, back: str) -> None:
        """Show the question; the answer stays hidden until `turn`."""
        words, chip = _PHASES[phase]
        self._topic.setText(topic)
        restyle(self._phase, chip, words)
        self._front.set_markdown(front)
        self._back.set_markdown(back)
        self._set_turned(False)
        self._scroll.verticalScrollBar().setValue(0)

    def turn(self) -> None:
        """Show the answer."""
        self._set_turned(True)

    def _set_turned(self, turned: bool) -> None:
        self._line.setVisible(turned)
        self._back.setVisible(turned)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._topic)
        row.addStretch(1)
        row.addWidget(self._phase, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _scroller(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("viewport")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(18)
        column.addStretch(2)  # a short card stands a little above the middle, where the eye is
        column.addWidget(self._front)
        column.addWidget(self._line)
        column.addWidget(self._back)
        column.addStretch(3)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumSize(QSize(300, 160))
        return self._scroll
