"""TopicList: all topics by unit, with how far each has come and a box to find one.

Run it alone: python -m studyapp.widgets.topic_list
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from content.records import Topic, TopicProgress
from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.ring import MET

_ID = Qt.ItemDataRole.UserRole
_FOUND_BY = Qt.ItemDataRole.UserRole + 1
_DOT = 14  # px
_BESIDE, _ABOVE = 30, 18  # px that padding, border and the gap to the dot take
_TURN = 5760  # sixteenths of a degree
_INTO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TopicList(QWidget):
    """Arrow keys move through the list; each word typed above must occur in a topic's note.

    Signals:
        chosen(str): another topic is the current one.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._progress: Mapping[str, TopicProgress] = {}
        self.box, self.list, self._nothing = QLineEdit(), QListWidget(), QLabel("No note has these words.")
        self._icon = self.box.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._set_up()
        self.box.textChanged.connect(self._on_typed)
        self.list.currentItemChanged.connect(self._on_current)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def current(self) -> str:
        """Id of the current topic; empty when there is none."""
        return _topic_id(self.list.currentItem())

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the topics that what is typed has left."""
        return tuple(_topic_id(item) for item in self._items() if _topic_id(item) and not item.isHidden())

    def show_topics(self, topics: Sequence[Topic]) -> None:
        """Show these, a heading before each unit. The current one is left open: `choose` one."""
        self.list.blockSignals(True)
        self.list.clear()
        unit = ""
        for topic in topics:
            if topic.unit != unit:
                unit = topic.unit
                self.list.addItem(_heading(topic.unit_title))
            item = QListWidgetItem(topic.title)
            item.setData(_ID, topic.id)
            item.setData(
                _FOUND_BY, f"{topic.unit_title} {topic.title} {topic.summary} {topic.body}".casefold()
            )
            item.setToolTip(topic.summary)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._on_theme()
        self._fit_lines()
        self._on_typed(self.box.text())

    def show_progress(self, progress: Sequence[TopicProgress]) -> None:
        """Bring the dots up to date."""
        self._progress = {one.topic: one for one in progress}
        self._on_theme()

    def choose(self, topic_id: str) -> bool:
        """Make this topic the current one; False when there is none of that id."""
        for item in self._items():
            if topic_id and _topic_id(item) == topic_id:
                if item.isHidden():
                    self.box.clear()
                self.list.setCurrentItem(item)
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the box, arrow keys and Enter go into the list; titles wrap to the width there is."""
        if watched is self.list.viewport():
            if event.type() == QEvent.Type.Resize:
                self._fit_lines()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _INTO_LIST and self.shown:
                if self.current not in self.shown:
                    self.choose(self.shown[0])
                self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.box.text():
                self.box.clear()
                return True
        return super().eventFilter(watched, event)

    def _set_up(self) -> None:
        self.box.setPlaceholderText("Find in all notes")
        self.box.setAccessibleName("Find in all notes")
        self.box.setClearButtonEnabled(True)
        self.box.setMaxLength(80)
        self.box.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        self.list.setAccessibleName("Topics")
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(_DOT, _DOT))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._nothing.setObjectName("muted")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.box)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)

    def _fit_lines(self) -> None:
        """Qt forgets the style sheet's padding when it wraps a title."""
        metrics, wide = self.list.fontMetrics(), self.list.viewport().width()
        room = QRect(0, 0, wide - _DOT - _BESIDE, 1000)
        for item in self._items():
            if _topic_id(item):
                lines = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text()).height()
                item.setSizeHint(QSize(room.width(), lines + _ABOVE))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _on_typed(self, text: str) -> None:
        words = text.casefold().split()
        heading: QListWidgetItem | None = None
        for item in self._items():
            if not _topic_id(item):
                heading = item
                item.setHidden(True)
                continue
            found = all(word in item.data(_FOUND_BY) for word in words)
            item.setHidden(not found)
            if found and heading is not None:
                heading.setHidden(False)
        self._nothing.setHidden(not words or bool(self.shown))

    def _on_current(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if now is not None and _topic_id(now):
            self.chosen.emit(_topic_id(now))

    def _on_theme(self) -> None:
        colours = self._theme.colours
        self._icon.setIcon(assets.icon("search", colours.muted, size=16))
        for item in self._items():
            if _topic_id(item):
                item.setIcon(self._dot(self._progress.get(_topic_id(item))))
            else:
                item.setForeground(self._theme.colour("muted"))

    def _dot(self, progress: TopicProgress | None) -> QIcon:
        """A ring that fills as the cards of a topic become known."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(_DOT * ratio), round(_DOT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(2, 2, _DOT - 4, _DOT - 4)
        painter.setPen(QPen(self._theme.colour("handle"), 2))
        painter.drawEllipse(room)
        if progress is not None:
            for count, opacity in ((progress.seen, MET), (progress.known, 255)):
                colour = self._theme.colour("accent")
                colour.setAlpha(opacity)
                painter.setPen(QPen(colour, 3))
                painter.drawArc(room, _TURN // 4, -round(_TURN * count / max(1, progress.cards)))
        painter.end()
        return QIcon(pixmap)


def _topic_id(item: QListWidgetItem | None) -> str:
    """Empty for a heading."""
    return str(item.data(_ID) or "") if item is not None else ""


def _heading(title: str) -> QListWidgetItem:
    item = QListWidgetItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QFont()
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    return item


def _show(theme: Theme) -> QWidget:
    shown = TopicList(theme)
    shown.show_topics(
        [
            Topic("a", "lstm", "LSTM", 1, 1, "The forget gate", "What stays.", "sigmoid"),
            Topic("b", "lstm", "LSTM", 1, 2, "The output gate", "What is shown.", "tanh"),
            Topic("c", "big", "Algorithm analysis", 2, 1, "Big O", "How it grows.", "loops"),
        ]
    )
    shown.show_progress([TopicProgress("a", "", "lstm", "LSTM", 10, 8, 4, 5, 1)])
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
