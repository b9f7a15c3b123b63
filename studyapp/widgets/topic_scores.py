"""TopicScores: one line a topic with how many of its questions were right. Knows no bank."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from content.records import TopicProgress

_BAR = 80  # px


class TopicScores(QFrame):
    """A panel of topics under their units.

    Signals:
        chosen(str): a topic's line was clicked.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        title = QLabel("Where you stand")
        title.setObjectName("h2")
        words = QLabel("Questions answered right the last time they were asked. Click a topic to choose it.")
        words.setObjectName("muted")
        words.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._lines.setContentsMargins(0, 0, 6, 0)
        self._inside = QWidget()
        self._inside.setObjectName("viewport")
        self._inside.setLayout(self._lines)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 12, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(words)
        column.addWidget(self._scroll, 1)

    def show_progress(self, progress: Sequence[TopicProgress]) -> None:
        """Show these topics, in their order."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        unit = ""
        for topic in progress:
            if topic.unit != unit:
                unit = topic.unit
                heading = QLabel(topic.unit_title.upper())
                heading.setObjectName("overline")
                heading.setWordWrap(True)
                heading.setContentsMargins(10, 8, 0, 2)
                self._lines.addWidget(heading)
            self._lines.addWidget(self._line(topic))
        self._lines.addStretch(1)
        QTimer.singleShot(0, self._end_below_the_last)  # Qt shows the new lines only then

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._end_below_the_last()

    def _end_below_the_last(self) -> None:
        """Grow no higher than the topics need; with less room they scroll."""
        needed = self._inside.heightForWidth(self._scroll.viewport().width())
        around = max(0, self.height() - self._scroll.height())  # less than 0 before the first layout
        self.setMaximumHeight(around + max(needed, 1))

    def _line(self, topic: TopicProgress) -> QPushButton:
        made = QPushButton()
        made.setObjectName("row")
        made.setAccessibleName(f"{topic.title}: {topic.right} of {topic.questions} right")
        made.clicked.connect(lambda _checked=False, which=topic.topic: self.chosen.emit(which))
        bar = QProgressBar()
        bar.setMaximum(max(1, topic.questions))
        bar.setValue(topic.right)
        bar.setTextVisible(False)
        bar.setFixedWidth(_BAR)
        number = QLabel(f"{topic.right} / {topic.questions}")
        number.setObjectName("small")
        number.setFixedWidth(46)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(made)
        row.setContentsMargins(10, 4, 10, 4)
        title = QLabel(topic.title)
        title.setWordWrap(True)
        row.addWidget(title, 1)
        row.addWidget(bar)
        row.addWidget(number)
        for child in made.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setMinimumHeight(36)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # two lines need more
        return made
