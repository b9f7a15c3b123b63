"""Palette: a box over the window in which one types, and what was found below it, by kind.

Knows neither the bank nor the commands: it says what is typed and shows the entries that it is given.
Run it alone: python -m studyapp.widgets.palette
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.palette_row import HEADING, ROW, PaletteRow

_WIDE, _HIGH = 680, 520  # px
_FROM_TOP = 64
_AFTER_TYPING = 15  # ms: letters that come together are one question
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
_OURS = (*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        group: the heading that it stands under.
        icon: a name in resources/icons.
        title: what it is. detail: a line below; marked words stand between "\x02" and "\x03".
        side: a word at the right, e.g. a key.
        target: handed back when it is chosen.
    """

    group: str
    icon: str
    title: str
    detail: str = ""
    side: str = ""
    target: object = None


class Palette(QFrame):
    """Arrow keys move, Enter chooses, Esc or a click beside it closes.

    Signals:
        asked(str): this is typed now.
        chosen(object): the target of an entry.
    """

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("palette")
        self._theme = theme
        self._before: QWidget | None = None  # that had the keyboard
        self.box, self.list, self._foot = QLineEdit(), QListWidget(), QLabel()
        self._icon = self.box.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_TYPING)
        self._soon.timeout.connect(lambda: self.asked.emit(self.box.text()))
        self._set_up()
        self.box.textChanged.connect(lambda _text: self._soon.start())
        self.list.itemClicked.connect(self._on_item)
        theme.changed.connect(self._on_theme)
        parent.installEventFilter(self)
        self._on_theme()
        self.hide()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed."""
        found = (self.list.item(row).data(ROW) for row in range(self.list.count()))
        return tuple(entry for entry in found if isinstance(entry, Entry))

    @property
    def current(self) -> Entry | None:
        """The one that Enter would choose."""
        item = self.list.currentItem()
        found = item.data(ROW) if item is not None else None
        return found if isinstance(found, Entry) else None

    def begin(self, text: str = "") -> None:
        """Come to the front with `text` in the box."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.box.setText(text)
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._soon.stop()
        self.asked.emit(text)

    def close_palette(self) -> None:
        """Go away; the keyboard goes back to where it was."""
        self._soon.stop()
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def show_entries(self, entries: Sequence[Entry], words: str) -> None:
        """List these, under their groups; `words` stand below them: what else one can do."""
        self.list.clear()
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                heading = QListWidgetItem(group)
                heading.setData(HEADING, True)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
            item = QListWidgetItem(entry.title)
            item.setData(ROW, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.group}: {entry.title}. {entry.detail}")
            self.list.addItem(item)
        self._foot.setText(words)
        self._step(1)
        self.list.scrollToTop()

    # --- inside ---

    def _set_up(self) -> None:
        self.box.setObjectName("palette")
        self.box.setPlaceholderText("Search notes, cards, questions, words, formulas; > for commands")
        self.box.setAccessibleName("Search the whole course")
        self.box.setMaxLength(200)
        self.box.installEventFilter(self)
        self.list.setAccessibleName("What was found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(PaletteRow(self._theme, self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot.setObjectName("small")
        self._foot.setWordWrap(True)
        self._foot.setContentsMargins(10, 0, 10, 2)
        line = QFrame()
        line.setObjectName("line")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addWidget(line)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)

    def _place(self) -> None:
        around = self._around.size()
        size = QSize(min(_WIDE, around.width() - 40), min(_HIGH, around.height() - 2 * _FROM_TOP))
        self.resize(size)
        self.move((around.width() - size.width()) // 2, _FROM_TOP)

    def _step(self, by: int) -> None:
        """Move over the headings; stays at the ends."""
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(ROW) is not None]
        if not rows:
            return
        here = self.list.currentRow()
        place = rows.index(here) + by if here in rows else 0
        self.list.setCurrentRow(rows[max(0, min(place, len(rows) - 1))])

    def _choose(self) -> None:
        entry = self.current
        if self._soon.isActive():  # what is listed is older than what is typed
            self._soon.stop()
            self.asked.emit(self.box.text())
            entry = self.current
        if entry is not None:
            self.close_palette()
            self.chosen.emit(entry.target)

    def _on_item(self, item: QListWidgetItem) -> None:
        if item.data(ROW) is not None:
            self.list.setCurrentItem(item)
            self._choose()

    def _on_theme(self) -> None:
        self._icon.setIcon(assets.icon("search", self._theme.colours.muted, size=18))

    # --- Qt ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OURS:
                event.accept()  # the page below may have a command on this key
                return True
        if watched is self.box and event.type() == QEvent.Type.FocusOut and not self.isHidden():
            QTimer.singleShot(0, self, self._on_keyboard_gone)
        if watched is self._around and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_keyboard_gone(self) -> None:
        """A click beside it closes; another window in front does not."""
        if self.isVisible() and self.window().isActiveWindow() and not self.box.hasFocus():
            self._before = None
            self.close_palette()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nothing below it is pressed


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    around.resize(900, 640)
    palette = Palette(theme, around)
    entries = (
        Entry("Notes", "book-open", "The forget gate", "how the \x02forget\x03 gate decides", "LSTM"),
        Entry("Cards", "layers", "What does it multiply?", "Which vector does the \x02forget\x03 gate …"),
    )
    palette.asked.connect(lambda _text: palette.show_entries(entries, "Enter opens it."))
    QTimer.singleShot(0, palette.begin)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
