"""FindBar: looks for words in a MathView, from place to place.

Run it alone: python -m studyapp.widgets.find_bar
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme


class FindBar(QFrame):
    """Hidden until asked for; Enter goes on, Shift+Enter back, Esc closes.

    Signals:
        closed(): it has been put away.
    """

    closed = Signal()

    def __init__(self, theme: Theme, view: MathView) -> None:
        super().__init__()
        self.setObjectName("inset")
        self._theme, self._view = theme, view
        self.box, self.count = QLineEdit(), QLabel()
        self.count.setObjectName("muted")
        self.box.setPlaceholderText("Find on this page")
        self.box.setAccessibleName("Find on this page")
        self.box.setMaxLength(100)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._on_typed)
        self._buttons = {
            "chevron-up": self._button("Place before", self.find_before),
            "chevron-down": self._button("Next place", self.find_next),
            "x": self._button("Close", self.close_bar),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.addWidget(self.box, 1)
        row.addWidget(self.count)
        for button in self._buttons.values():
            row.addWidget(button)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self.hide()

    def begin(self) -> None:
        """Show the bar, ready to be typed into; the first place is looked for in what is on screen."""
        self._view.setTextCursor(self._view.cursorForPosition(QPoint(0, 0)))
        self.show()
        self.box.setFocus()
        self.box.selectAll()
        self._on_typed(self.box.text())

    def again(self) -> None:
        """The view shows another text: mark it anew."""
        if self.isVisible():
            self._on_typed(self.box.text())

    def find_next(self) -> None:
        self._go(backward=False)

    def find_before(self) -> None:
        self._go(backward=True)

    def close_bar(self) -> None:
        self._view.mark_all("")
        self.hide()
        self._view.setFocus()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(backward=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)

    def _go(self, backward: bool) -> None:
        if not self.isVisible():
            self.begin()
        elif self.box.text():
            self._view.find_text(self.box.text(), backward)
            self._show_count()

    def _on_typed(self, text: str) -> None:
        places = self._view.mark_all(text)
        if places:  # from where the present find begins: each letter typed must not go one further
            cursor = self._view.textCursor()
            cursor.setPosition(cursor.selectionStart())
            self._view.setTextCursor(cursor)
            self._view.find_text(text)
        self._show_count()

    def _show_count(self) -> None:
        starts = [mark.cursor.selectionStart() for mark in self._view.extraSelections()]
        here = self._view.textCursor().selectionStart()
        if here in starts:
            self.count.setText(f"{starts.index(here) + 1} of {len(starts)}")
        else:
            self.count.setText("not found" if self.box.text() else "")

    def _button(self, name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(16, 16))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(slot)
        return button

    def _on_theme(self) -> None:
        for icon, button in self._buttons.items():
            button.setIcon(assets.icon(icon, self._theme.colours.text, size=16))


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    view = MathView(theme, 15)
    view.set_markdown("A gate is a number between 0 and 1. A **gate** is not a door.")
    bar = FindBar(theme, view)
    column = QVBoxLayout(around)
    column.addWidget(bar)
    column.addWidget(view)
    bar.show()
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
