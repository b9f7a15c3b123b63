"""PresetChooser: ready-made runs, by topic, each with what to look at. Shows what it is given.

Run it alone: python -m studyapp.widgets.preset_chooser
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.config import RunConfig
from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.preset_words import by_topic, counted, differences, knobs_of, matching, sentence

if TYPE_CHECKING:
    from engine.presets import Preset

SIZE = (940, 620)
HEAD = 11  # px
ID = Qt.ItemDataRole.UserRole
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PresetChooser(QDialog):
    """A list with a search line at the left, the chosen preset in words at the right.

    Signals:
        chosen(Preset): start this one.
    """

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        presets: Sequence[Preset],
        titles: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """`titles` are the names of topics on screen, by id; where one is missing, its id stands as words."""
        super().__init__(parent)
        self.setWindowTitle("Presets")
        self.resize(*SIZE)
        self._presets, self._titles = {p.id: p for p in presets}, titles
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a preset: topic, cell, task …")
        self.search.setAccessibleName("Find a preset")
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(60)
        self.search.addAction(
            assets.icon("search", theme.colours.muted, size=16), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list = QListWidget()
        self.list.setAccessibleName("Presets by topic")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._title, self._topics = styled("h1", wrap=True), styled("small", wrap=True)
        self._look_at, self._shows = QLabel(), QLabel()
        self._knobs, self._contrast = styled("small", wrap=True), styled("small", wrap=True)
        self._nothing = styled("muted", "No preset has all of these words.", wrap=True)
        self.start = QPushButton("Start this run")
        self.start.setObjectName("primary")
        self._lay_out()
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._on_typed)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemActivated.connect(self._on_start)
        self.start.clicked.connect(self._on_start)
        self._on_typed("")
        self.search.setFocus()

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids that are listed."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.data(ID) for item in items if item.data(ID))

    @property
    def current(self) -> Preset | None:
        """The preset that is described."""
        item = self.list.currentItem()
        return None if item is None else self._presets.get(item.data(ID))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the search line move through the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_start()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        page = QHBoxLayout(self)
        page.setContentsMargins(22, 20, 22, 20)
        page.setSpacing(18)
        page.addLayout(left, 4)
        page.addWidget(self._card(), 5)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(8)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        for label in (self._look_at, self._shows):
            label.setWordWrap(True)
        words.addWidget(self._title)
        words.addWidget(self._topics)
        for heading, label in (
            ("What to look at", self._look_at),
            ("What it shows", self._shows),
            ("Its knobs", self._knobs),
        ):
            words.addSpacing(6)
            words.addWidget(styled("h3", heading))
            words.addWidget(label)
        words.addWidget(self._contrast)
        column.addWidget(self._words)
        column.addWidget(self._nothing)
        column.addStretch(1)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignRight)
        return card

    def _on_typed(self, text: str) -> None:
        """List what matches, and describe the first."""
        self.list.clear()
        small = self.list.font()
        small.setPixelSize(HEAD)
        for topic, presets in by_topic(matching(tuple(self._presets.values()), text)).items():
            head = QListWidgetItem(self._name(topic) or "Others")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setFont(small)
            self.list.addItem(head)
            for preset in presets:
                item = QListWidgetItem(preset.title)
                item.setData(ID, preset.id)
                item.setToolTip(preset.look_at)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(1)
        self._on_current()

    def _on_current(self) -> None:
        preset = self.current
        self._words.setVisible(preset is not None)
        self._nothing.setVisible(preset is None)
        self.start.setEnabled(preset is not None)
        if preset is None:
            return
        self._title.setText(preset.title)
        self._topics.setText(" · ".join(map(self._name, preset.topics)))
        self._look_at.setText(sentence(preset.look_at))
        self._shows.setText(preset.shows)
        self._knobs.setText(f"{knobs_of(preset.config)} · {counted(preset.steps)}")
        self._contrast.setVisible(preset.contrast is not None)
        if preset.contrast is not None:
            what = "; ".join(differences(preset.contrast, preset.config))
            self._contrast.setText(f"There is a second run to compare it with: {what}.")

    def _on_start(self) -> None:
        if (preset := self.current) is not None:
            self.accept()
            self.chosen.emit(preset)

    def _name(self, topic: str) -> str:
        return self._titles.get(topic) or topic.replace("-", " ").capitalize()


def _show(theme: Theme) -> PresetChooser:
    from types import SimpleNamespace
    from typing import cast

    preset = SimpleNamespace(
        id="vanishing", title="A gradient that vanishes", topics=("bptt",),
        config=RunConfig(cell="rnn"), contrast=RunConfig(cell="lstm"),
        look_at="The gradient norm at each step.", shows="It shrinks towards the first step.",
        steps=1,
    )  # fmt: skip
    return PresetChooser(theme, (cast("Preset", preset),), {"bptt": "BPTT"})


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
