"""Notes: the course to read, topic by topic. Knows the bank only by the Store."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from content.records import Topic
from studyapp import actions
from studyapp.settings import NOTE_SIZE, NOTE_SIZES, Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.empty_state import EmptyState
from studyapp.widgets.find_bar import FindBar
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.note_head import NoteHead
from studyapp.widgets.outline import Outline
from studyapp.widgets.page import Page
from studyapp.widgets.reader import Reader
from studyapp.widgets.topic_list import TopicList

_LIST, _OUTLINE = 268, 196  # px
_WAY = 148  # px of the title of the note before or after
_OUTLINE_FROM = 1000  # px of the page: below, the text needs the room


class NotesPage(Page):
    """Topics on the left, the note in the middle, its headings on the right."""

    def __init__(self, theme: Theme, store: Store, settings: Settings) -> None:
        super().__init__()
        self._store, self._settings = store, settings
        self._topics: dict[str, Topic] = {}
        self._shown = ""
        self._places: dict[str, int] = {}  # how far down each note was left
        self._list, self._outline = TopicList(theme), Outline()
        self._head, self._reader = NoteHead(theme), Reader(theme, settings.note_size)
        self._find = FindBar(theme, self._reader)
        self._before = IconButton(theme, "arrow-left", "", "ghost")
        self._after = IconButton(theme, "arrow-right", "", "ghost", icon_after=True)
        self._empty = EmptyState(theme)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._on_opened()

    # --- what the window calls ---------------------------------------------------------------

    def open(self, target: object) -> None:
        """Show the note of this topic id."""
        if isinstance(target, str) and self._topics and not self._list.choose(target):
            self.said.emit(f"There is no note called “{target[:60]}” in this course.")
        elif isinstance(target, str):
            self._settings.topic = target  # shown as soon as the bank is open

    def entered(self) -> None:
        self._refresh_progress()
        self._list.list.setFocus()

    def closing(self) -> None:
        if self._shown:
            self._settings.topic = self._shown

    # --- what is shown -----------------------------------------------------------------------

    def _on_opened(self) -> None:
        if not self._store.is_open:
            self._show_empty("notebook-text", "Opening your bank …", "The notes will be here in a moment.")
            return
        topics = self._store.topics()
        self._topics = {topic.id: topic for topic in topics}
        if not topics:
            self._show_empty("notebook-text", "No notes", "This bank holds no course.")
            return
        self._list.show_topics(topics)
        self._refresh_progress()
        self._shown = ""
        wanted = self._settings.topic
        self._list.choose(wanted if wanted in self._topics else topics[0].id)
        self._stack.setCurrentIndex(0)

    def _on_failed(self, _error: object) -> None:
        if not self._store.is_open:
            self._show_empty(
                "circle-alert", "No bank is open", "Above is what happened, and what you can do."
            )

    def _show_empty(self, icon: str, title: str, sentence: str) -> None:
        self._empty.show_words(icon, title, sentence)
        self._stack.setCurrentWidget(self._empty)

    def _on_chosen(self, topic_id: str) -> None:
        if topic_id == self._shown:
            return
        if self._shown:
            self._places[self._shown] = self._reader.down
        self._shown = topic_id
        topic = self._topics[topic_id]
        self._settings.topic = topic_id
        self._outline.show_note(topic.body)
        self._reader.show_note(topic.body, self._places.get(topic_id, 0))
        self._reader.setAccessibleName(f"Note: {topic.title}")
        self._find.again()
        self._refresh_head()
        for button, offset in ((self._before, -1), (self._after, 1)):
            neighbour = self._neighbour(offset)
            button.setVisible(neighbour is not None)
            if neighbour is not None:
                self._name_way(button, "arrow-left" if offset < 0 else "arrow-right", neighbour.title)

    def _name_way(self, button: IconButton, icon: str, title: str) -> None:
        """Two long titles side by side must not make the page wider than a small window."""
        button.ensurePolished()
        elide = Qt.TextElideMode.ElideRight
        button.set_words(icon, button.fontMetrics().elidedText(title, elide, _WAY))
        button.setAccessibleName(title)
        button.setToolTip(title)

    def _refresh_progress(self) -> None:
        if self._store.is_open and self._topics:
            self._list.show_progress(self._store.progress())
            self._refresh_head()

    def _refresh_head(self) -> None:
        topic = self._topics.get(self._shown)
        if topic is not None:
            needs = [self._topics[need] for need in topic.needs if need in self._topics]
            progress = next((p for p in self._store.progress() if p.topic == topic.id), None)
            self._head.show_topic(topic, needs, progress)

    def _neighbour(self, offset: int) -> Topic | None:
        topics = list(self._topics.values())
        place = next((n for n, topic in enumerate(topics) if topic.id == self._shown), None)
        if place is None or not 0 <= place + offset < len(topics):
            return None
        return topics[place + offset]

    # --- set-up ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        note, aside = QFrame(), QWidget()
        note.setObjectName("card")
        column = QVBoxLayout(note)
        column.setContentsMargins(16, 18, 10, 12)
        column.setSpacing(12)
        for widget in (self._head, self._find):
            column.addWidget(widget)
        column.addWidget(self._reader, 1)
        self._ways = QHBoxLayout()
        self._ways.addWidget(self._before)
        self._ways.addStretch()
        self._ways.addWidget(self._after)
        column.addLayout(self._ways)
        self._list.setFixedWidth(_LIST)
        self._outline.setFixedWidth(_OUTLINE)
        row = QHBoxLayout(aside)
        row.setContentsMargins(28, 22, 28, 24)
        row.setSpacing(16)
        row.addWidget(self._list)
        row.addWidget(note, 1)
        row.addWidget(self._outline)
        self._stack.addWidget(aside)
        self._stack.addWidget(self._empty)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)

    def _connect(self) -> None:
        self._list.chosen.connect(self._on_chosen)
        self._outline.chosen.connect(self._reader.go_to_heading)
        self._reader.heading_reached.connect(self._outline.mark)
        self._reader.link.connect(self._on_link)
        self._reader.indented.connect(self._on_indented)
        self._head.review.connect(self._on_review)
        self._head.quiz.connect(self._on_quiz)
        self._head.topic.connect(self._list.choose)
        self._head.larger.connect(self._on_larger)
        self._head.smaller.connect(self._on_smaller)
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)
        self._store.opened.connect(self._on_opened)
        self._store.failed.connect(self._on_failed)
        self._store.changed.connect(self._on_changed)
        slots = {
            "notes.find": self._find.begin,
            "notes.find_next": self._find.find_next,
            "notes.find_before": self._find.find_before,
            "notes.filter": self._on_filter,
            "notes.next": self._on_after,
            "notes.before": self._on_before,
            "notes.larger": self._on_larger,
            "notes.smaller": self._on_smaller,
            "notes.normal": self._on_normal,
        }
        actions.bind(self, "notes", slots)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._outline.setVisible(self.width() >= _OUTLINE_FROM)

    # --- slots -------------------------------------------------------------------------------

    def _on_changed(self, _changes: object, _by: object) -> None:
        if self.isVisible():  # else `entered` will do it
            self._refresh_progress()

    def _on_link(self, address: str) -> None:
        if address.startswith("topic:"):
            self.open(address.removeprefix("topic:"))
        elif address.startswith("derive:"):
            self.navigate.emit("derive", unquote(address.removeprefix("derive:")))
        else:
            self.said.emit(f"StudyApp works offline and does not open {address[:80]}")

    def _on_indented(self, left: int, right: int) -> None:
        """Title and buttons stand above the text, whatever the width."""
        self._head.setContentsMargins(left, 0, right, 0)
        self._ways.setContentsMargins(max(0, left - 16), 0, max(0, right - 16), 0)  # their own padding

    def _on_review(self) -> None:
        self.navigate.emit("cards", self._shown)

    def _on_quiz(self) -> None:
        self.navigate.emit("quiz", self._shown)

    def _on_filter(self) -> None:
        self._list.box.setFocus()
        self._list.box.selectAll()

    def _on_before(self) -> None:
        self._go(-1)

    def _on_after(self) -> None:
        self._go(1)

    def _go(self, offset: int) -> None:
        neighbour = self._neighbour(offset)
        if neighbour is not None:
            self._list.choose(neighbour.id)

    def _on_larger(self) -> None:
        self._resize_text(self._settings.note_size + 1)

    def _on_smaller(self) -> None:
        self._resize_text(self._settings.note_size - 1)

    def _on_normal(self) -> None:
        self._resize_text(NOTE_SIZE)

    def _resize_text(self, pixels: int) -> None:
        if pixels in NOTE_SIZES:
            self._settings.note_size = pixels
            self._reader.set_px(pixels)
            self._find.again()
