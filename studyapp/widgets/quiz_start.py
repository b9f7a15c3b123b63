"""QuizStart: choose what a quiz is about, and begin. Knows topics by their names only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout

from content.records import TopicProgress

_SHORTEST = 16  # letters of the choice that are always seen


class QuizStart(QFrame):
    """The panel before a quiz.

    Signals:
        started(object, int): ids of the topics asked about (a tuple; None for all), and the seed.
    """

    started = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._progress: tuple[TopicProgress, ...] = ()
        title = QLabel("Ten questions")
        title.setObjectName("h2")
        words = QLabel(
            "Mixed topics by default: switching between them is harder now and remembered longer. "
            "Every answer is explained, and numbers are drawn afresh each time."
        )
        words.setObjectName("muted")
        words.setWordWrap(True)
        self.about = QComboBox()
        self.about.setAccessibleName("What the quiz is about")
        self.about.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setMinimumContentsLength(_SHORTEST)  # long names must not push the other half away
        self.seed = QSpinBox()
        self.seed.setRange(0, 999_999)
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip(
            "The same seed draws the same questions and numbers while your history is the same"
        )
        self.begin = QPushButton("Start the quiz   (Enter)")
        self.begin.setObjectName("primary")
        self.begin.clicked.connect(self._on_begin)
        self.record = QLabel()
        self.record.setObjectName("muted")
        self.record.setWordWrap(True)
        self.about.currentIndexChanged.connect(self._show_record)
        form = QGridLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        for row, (name, field) in enumerate((("About", self.about), ("Seed", self.seed))):
            form.addWidget(QLabel(name), row, 0)
            form.addWidget(field, row, 1)
        form.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 22)
        column.setSpacing(14)
        for item in (title, words):
            column.addWidget(item)
        column.addLayout(form)
        column.addWidget(self.record)
        column.addWidget(self.begin)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_progress(self, progress: Sequence[TopicProgress], seed: int) -> None:
        """Offer these topics; keep the choice if it is still there."""
        chosen = self.about.currentData()
        self._progress = tuple(progress)
        self.about.blockSignals(True)
        self.about.clear()
        self.about.addItem("All topics", None)
        units = dict.fromkeys((p.unit, p.unit_title) for p in self._progress)
        for unit, unit_title in units:
            topics = tuple(p.topic for p in self._progress if p.unit == unit)
            self.about.addItem(f"{unit_title}: the whole unit", topics)
            for p in self._progress:
                if p.unit == unit:
                    self.about.addItem(f"    {p.title}", (p.topic,))
        self.choose(chosen)
        self.about.blockSignals(False)
        self.seed.setValue(seed)
        self._show_record()

    def choose(self, topics: object) -> None:
        """Select this tuple of topic ids, or all topics if it is not offered."""
        for index in range(self.about.count()):
            if self.about.itemData(index) == topics:
                self.about.setCurrentIndex(index)
                return
        self.about.setCurrentIndex(0)

    def _show_record(self) -> None:
        chosen = self.about.currentData()
        mine = [p for p in self._progress if chosen is None or p.topic in chosen]
        questions, right = sum(p.questions for p in mine), sum(p.right for p in mine)
        self.record.setText(
            f"{questions} questions here; you answered {right} of them right the last time they were asked."
            if right
            else "There are no questions here."
            if not questions
            else f"{questions} questions here, none answered right so far."
        )
        self.begin.setEnabled(questions > 0)

    def _on_begin(self) -> None:
        self.started.emit(self.about.currentData(), self.seed.value())
