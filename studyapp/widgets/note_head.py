"""NoteHead: title of a note, what it builds on, how far its topic has come, and what to do with it.

Run it alone: python -m studyapp.widgets.note_head
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from content.records import Topic, TopicProgress
from studyapp import actions, assets
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton


class NoteHead(QWidget):
    """Stands above the text and does not scroll with it.

    Signals:
        review(): review the cards of this topic.
        quiz(): ask questions of this topic.
        topic(str): go to this topic.
        larger(), smaller(): other text size.
    """

    review = Signal()
    quiz = Signal()
    topic = Signal(str)
    larger = Signal()
    smaller = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._needs: tuple[Topic, ...] = ()
        self._progress: TopicProgress | None = None
        self._unit, self._title, self._summary, self._state = QLabel(), QLabel(), QLabel(), QLabel()
        for label, name in (
            (self._unit, "chip"),
            (self._title, "h1"),
            (self._summary, "muted"),
            (self._state, "muted"),
        ):
            label.setObjectName(name)
        self._unit.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._title.setWordWrap(True)
        self._summary.setWordWrap(True)
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.RichText)
        self._state.linkActivated.connect(self.topic)
        self.cards = IconButton(theme, "layers", "Review these cards", "primary")
        self.questions = IconButton(theme, "list-checks", "Quiz this topic")
        self.cards.clicked.connect(self.review)
        self.questions.clicked.connect(self.quiz)
        self._sizes = {
            "a-arrow-down": self._size_button("notes.smaller", self.smaller),
            "a-arrow-up": self._size_button("notes.larger", self.larger),
        }
        self._lay_out()
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def show_topic(self, topic: Topic, needs: Sequence[Topic], progress: TopicProgress | None) -> None:
        """Show this one; `needs` are the topics it builds on."""
        self._unit.setText(topic.unit_title)
        self._title.setText(topic.title)
        self._summary.setText(topic.summary)
        self._needs, self._progress = tuple(needs), progress
        self._on_theme()

    def _lay_out(self) -> None:
        top, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self._unit)
        top.addStretch()
        for button in self._sizes.values():
            top.addWidget(button)
        buttons.setSpacing(10)
        buttons.addWidget(self.cards)
        buttons.addWidget(self.questions)
        buttons.addStretch()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(top)
        column.addWidget(self._title)
        column.addWidget(self._summary)
        column.addWidget(self._state)
        column.addSpacing(5)
        column.addLayout(buttons)

    def _size_button(self, action: str, signal: object) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setToolTip(actions.tip(action))
        button.setAccessibleName(actions.find(action).text)
        button.clicked.connect(signal)
        return button

    def _on_theme(self) -> None:
        colours = self._theme.colours
        for icon, button in self._sizes.items():
            button.setIcon(assets.icon(icon, colours.muted, size=18))
        links = ", ".join(
            f'<a style="color:{colours.accent}" href="{escape(t.id)}">{escape(t.title)}</a>'
            for t in self._needs
        )
        parts = [f"Builds on {links}."] if links else []
        if self._progress is not None:
            one = self._progress
            parts.append(
                f"{one.known} of {one.cards} cards known, {one.right} of {one.questions} questions right."
            )
        self._state.setText(" ".join(parts))


def _show(theme: Theme) -> QWidget:
    head = NoteHead(theme)
    topic = Topic("forget-gate", "lstm", "LSTM", 1, 4, "The forget gate", "What stays, entry by entry.", "")
    head.show_topic(topic, [topic], TopicProgress("forget-gate", "", "", "", 9, 4, 2, 7, 3))
    return head


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
