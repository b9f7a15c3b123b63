"""CardFace: one flashcard, its question and, once turned, its answer; or a picture to be labelled.

Knows no bank and no rating.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from content.diagram import Diagram
from studyapp.labelling_run import LabellingRun
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.labelling import Labelling
from studyapp.widgets.labels import restyle

_PHASES = {
    "new": ("New", "chipaccent"),
    "learning": ("Learning", "chipwarn"),
    "relearning": ("Relearning", "chipwarn"),
    "review": ("Review", "chipgood"),
}
_TEXT_PX, _ASKED_PX = 20, 17


class CardFace(QFrame):
    """A panel with topic and phase above, the question, a line, and the answer.

    Signals:
        topic_clicked(): the topic's name was clicked: its note is wanted.
        link(str): a link in the text, e.g. "topic:forget-gate".
        stepped(): something was done on a picture.
    """

    topic_clicked = Signal()
    link = Signal(str)
    stepped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._front = MathView(theme, _TEXT_PX)
        self._back = MathView(theme, _TEXT_PX)
        self._asked = MathView(theme, _ASKED_PX)
        for view, name in ((self._front, "Question"), (self._back, "Answer"), (self._asked, "Question")):
            view.fit_to_content()
            view.setAccessibleName(name)
            view.link.connect(self.link)
        self.labelling = Labelling(theme)
        self.labelling.stepped.connect(self.stepped)
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
        self._sides = QStackedWidget()
        self._sides.addWidget(self._scroller())
        self._sides.addWidget(self._picture_side())
        column.addWidget(self._sides, 1)

    @property
    def turned(self) -> bool:
        """Whether the answer is showing; of a picture, whether every label is."""
        return self.labelling.run.done if self.has_picture else not self._back.isHidden()

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to label."""
        return self._sides.currentIndex() == 1

    @property
    def front(self) -> MathView:
        return self._front

    @property
    def back(self) -> MathView:
        return self._back

    @property
    def run(self) -> LabellingRun | None:
        """How far the labelling of a picture has come; None for a card of words."""
        return self.labelling.run if self.has_picture else None

    def show_card(
        self, topic: str, phase: str, front: str, back: str, diagram: Diagram | None = None
    ) -> None:
        """Show the question, with its picture; the answer stays hidden until `turn`."""
        words, chip = _PHASES[phase]
        self._sides.setCurrentIndex(0 if diagram is None else 1)
        if diagram is not None:
            self._asked.set_markdown(front)
            self.labelling.begin(diagram)
        self._topic.setText(topic)
        restyle(self._phase, chip, words)
        self._front.set_markdown(front)
        self._back.set_markdown(back)
        self._set_turned(False)
        self._scroll.verticalScrollBar().setValue(0)

    def turn(self) -> None:
        """Show the answer; of a picture, the label that is asked for."""
        if self.has_picture:
            self.labelling.reveal()
        else:
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

    def _picture_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._asked)
        column.addWidget(self.labelling, 1)
        return side

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
