"""ProgressCard: a ring for the whole course, and a tile for each of its topics.

Run it alone: python -m studyapp.widgets.progress_card
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from content.records import TopicProgress
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.ring import Ring
from studyapp.widgets.topic_map import TopicMap

_LOWEST = 180  # px of the topics; the course is long, so it scrolls in itself
_MEANING = (
    "Pale: met, you have answered the card at least once.\n"
    "Strong: known, you would most likely still remember it in a week."
)


class ProgressCard(CardFrame):
    """Known and met cards, in all and by topic.

    Signals:
        chosen(str): a topic was clicked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Course progress")
        self.ring, self.map = Ring(theme, "Course progress"), TopicMap(theme)
        self.ring.setToolTip(_MEANING)
        self.map.chosen.connect(self.chosen)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        scroll = GutterScroll()
        scroll.setMinimumHeight(_LOWEST)
        scroll.column.addWidget(self.map)
        scroll.column.addStretch()
        row.addWidget(scroll, 1)
        self.body.addLayout(row, 1)

    def show_progress(self, progress: Sequence[TopicProgress]) -> None:
        """Show these topics in their order."""
        known, met, cards = (sum(getattr(p, name) for p in progress) for name in ("known", "seen", "cards"))
        self.ring.show_share(known, met, cards)
        self.map.show_progress(progress)
        right, questions = sum(p.right for p in progress), sum(p.questions for p in progress)
        self.set_chip(f"{right} of {questions} questions right" if right else "")


def _show(theme: Theme) -> QWidget:
    shown = ProgressCard(theme)
    shown.show_progress(
        [
            TopicProgress("a", "The forget gate", "lstm", "LSTM", 69, 40, 22, 48, 9),
            TopicProgress("b", "Big O", "complexity", "Algorithm analysis", 71, 12, 0, 57, 0),
        ]
    )
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
