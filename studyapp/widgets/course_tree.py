"""CourseTree: pages of the course, its units that fold, their topics, and a box to find a note.

Run it alone: python -m studyapp.widgets.course_tree
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from content.records import Topic
from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.progress_dot import DOT, Share, progress_dot

_KEY = Qt.ItemDataRole.UserRole
_FOUND_BY = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_TIP = Qt.ItemDataRole.UserRole + 3
_INDENT = 14  # px of a level
_BESIDE, _ABOVE = 32, 16  # px that padding, border and the gap to the icon take
_INTO_TREE = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Tree(QTreeWidget):
    """Only the words of the chosen line are coloured, not the room before them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.fillRect(rect, self._theme.colour("bg"))
        super().drawBranches(painter, rect, index)


class CourseTree(QWidget):
    """Arrow keys move, left and right fold; each word typed above must occur in a topic's note.

    A key is "topic:forget-gate", "unit:lstm", or the name of a special page, e.g. "glossary".

    Signals:
        chosen(str): another key is the current one.
        folding(): a unit was folded or unfolded by hand.
    """

    chosen = Signal(str)
    folding = Signal()

    def __init__(self, theme: Theme, special: Sequence[tuple[str, str, str, str]] = ()) -> None:
        """`special`: (key, icon, words, tooltip) of the pages above the units."""
        super().__init__()
        self._theme, self._special = theme, tuple(special)
        self._shares: Mapping[str, Share] = {}
        self._folded: set[str] = set()
        self.box, self.tree, self._nothing = QLineEdit(), _Tree(theme), QLabel("No note has these words.")
        self._icon = self.box.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._set_up()
        self.box.textChanged.connect(self._on_typed)
        self.tree.currentItemChanged.connect(self._on_current)
        self.tree.itemExpanded.connect(lambda item: self._on_folding(item, False))
        self.tree.itemCollapsed.connect(lambda item: self._on_folding(item, True))
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def current(self) -> str:
        """The current key; empty when there is none."""
        return _key(self.tree.currentItem())

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys from top to bottom, those that are filtered or folded away too."""
        return tuple(_key(item) for item in self._items())

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the topics that what is typed has left, in folded units too."""
        return tuple(
            _key(item).partition(":")[2] for item in self._items() if item.parent() and not item.isHidden()
        )

    @property
    def folded(self) -> tuple[str, ...]:
        """Ids of the units that were folded."""
        return tuple(sorted(self._folded))

    def show_course(self, topics: Sequence[Topic], folded: Collection[str] = ()) -> None:
        """Show these by unit, the units of `folded` closed. Nothing is current: `choose` something."""
        self.tree.blockSignals(True)
        self.tree.clear()
        self._folded = set(folded) & {topic.unit for topic in topics}
        for key, icon, words, tip in self._special:
            item = _item(key, words, tip)
            item.setData(0, _ICON, icon)
            self.tree.addTopLevelItem(item)
        units: dict[str, QTreeWidgetItem] = {}
        for topic in topics:
            if topic.unit not in units:
                units[topic.unit] = _unit(topic)
                self.tree.addTopLevelItem(units[topic.unit])
            units[topic.unit].addChild(_topic(topic))
        self._unfold()
        self.tree.blockSignals(False)
        self._on_theme()
        self._fit_lines()
        self._on_typed(self.box.text())

    def show_progress(self, shares: Mapping[str, Share]) -> None:
        """Bring the rings up to date: by key."""
        self._shares = shares
        self._on_theme()

    def choose(self, key: str) -> bool:
        """Make this the current one, without a signal if it is already; False when there is none."""
        for item in self._items():
            if key and _key(item) == key:
                if item.isHidden():
                    self.box.clear()
                unit = item.parent()
                if unit is not None and not unit.isExpanded():
                    unit.setExpanded(True)
                self.tree.setCurrentItem(item)
                last = item.child(item.childCount() - 1)
                if last is not None and item.isExpanded():  # what a unit has is seen below it
                    self.tree.scrollToItem(last)
                    self.tree.scrollToItem(item)
                return True
        return False

    def set_folded(self, folded: bool) -> None:
        """Fold or unfold all units."""
        for item in self._units():
            item.setExpanded(not folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the box, arrow keys and Enter go into the tree; titles wrap to the width there is."""
        if watched is self.tree.viewport():
            if event.type() == QEvent.Type.Resize:
                self._fit_lines()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _INTO_TREE and self.shown:
                if self.current.partition(":")[2] not in self.shown:
                    self.choose(f"topic:{self.shown[0]}")
                self.tree.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.box.text():
                self.box.clear()
                return True
        return super().eventFilter(watched, event)

    # --- inside ---

    def _set_up(self) -> None:
        self.box.setPlaceholderText("Filter the notes")
        self.box.setAccessibleName("Filter the notes")
        self.box.setToolTip("Each word must occur in the note; Ctrl+K searches everything")
        self.box.setClearButtonEnabled(True)
        self.box.setMaxLength(80)
        self.box.installEventFilter(self)
        self.tree.viewport().installEventFilter(self)
        self.tree.setAccessibleName("Units and topics")
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(_INDENT)
        self.tree.setWordWrap(True)
        self.tree.setAnimated(False)
        self.tree.setExpandsOnDoubleClick(True)
        self.tree.setIconSize(QSize(DOT, DOT))
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self._nothing.setObjectName("muted")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.box)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)

    def _fit_lines(self) -> None:
        """Qt forgets the style sheet's padding when it wraps a title."""
        wide = self.tree.viewport().width()
        for item in self._items():
            level = 2 if item.parent() else 1
            room = QRect(0, 0, max(40, wide - level * _INDENT - DOT - _BESIDE), 1000)
            font = QFont(self.tree.font())
            font.setWeight(item.font(0).weight())
            metrics = QFontMetrics(font)
            lines = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text(0)).height()
            item.setSizeHint(0, QSize(room.width(), lines + _ABOVE))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is not None:
                yield item
                yield from _children(item)

    def _units(self) -> Iterator[QTreeWidgetItem]:
        return (item for item in self._items() if item.childCount())

    def _unfold(self) -> None:
        """As the student has them."""
        for item in self._units():
            item.setExpanded(_key(item).partition(":")[2] not in self._folded)

    def _on_typed(self, text: str) -> None:
        words = text.casefold().split()
        self.tree.blockSignals(True)
        for item in self._items():
            if item.parent() is not None:
                item.setHidden(not all(word in item.data(0, _FOUND_BY) for word in words))
            elif not item.childCount():
                item.setHidden(bool(words))
        for unit in self._units():
            found = any(not topic.isHidden() for topic in _children(unit))
            unit.setHidden(not found)
            if words:
                unit.setExpanded(found)
        if not words:
            self._unfold()
        self.tree.blockSignals(False)
        self._nothing.setHidden(not words or bool(self.shown))

    def _on_current(self, now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if now is not None:
            self.chosen.emit(_key(now))

    def _on_folding(self, item: QTreeWidgetItem, folded: bool) -> None:
        if self.box.text():
            return  # what is typed unfolds them, not the student
        unit = _key(item).partition(":")[2]
        (self._folded.add if folded else self._folded.discard)(unit)
        self.folding.emit()

    def _on_theme(self) -> None:
        colours, ratio = self._theme.colours, self.devicePixelRatioF()
        self._icon.setIcon(assets.icon("search", colours.muted, size=16))
        for item in self._items():
            name = item.data(0, _ICON)
            if name:
                item.setIcon(0, assets.icon(name, colours.accent, size=DOT))
                continue
            share = self._shares.get(_key(item), Share(notes=1))
            item.setIcon(0, progress_dot(self._theme, share, ratio))
            tip = f"{item.data(0, _TIP)}\n{share.words}"
            item.setToolTip(0, tip)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}. {share.words}")


def _children(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for number in range(item.childCount()):
        child = item.child(number)
        if child is not None:
            yield child


def _key(item: QTreeWidgetItem | None) -> str:
    return str(item.data(0, _KEY) or "") if item is not None else ""


def _item(key: str, words: str, tip: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([words])
    item.setData(0, _KEY, key)
    item.setData(0, _TIP, tip)
    item.setToolTip(0, tip)
    return item


def _unit(topic: Topic) -> QTreeWidgetItem:
    item = _item(f"unit:{topic.unit}", topic.unit_title, "The unit on one page")
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(0, font)
    return item


def _topic(topic: Topic) -> QTreeWidgetItem:
    item = _item(f"topic:{topic.id}", topic.title, topic.summary)
    words = f"{topic.unit_title} {topic.title} {topic.summary} {topic.body}"
    item.setData(0, _FOUND_BY, words.casefold())
    return item


def _show(theme: Theme) -> QWidget:
    shown = CourseTree(theme, [("glossary", "book-a", "Glossary", "All words")])
    shown.show_course(
        [
            Topic("a", "lstm", "LSTM", 1, 1, "The forget gate", "What stays.", "sigmoid"),
            Topic("b", "lstm", "LSTM", 1, 2, "The output gate", "What is shown.", "tanh"),
            Topic("c", "big", "Algorithm analysis", 2, 1, "Big O", "How it grows.", "loops"),
        ]
    )
    shown.show_progress({"topic:a": Share(10, 8, 4, 1, 1), "unit:lstm": Share(20, 8, 4, 2, 1)})
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
