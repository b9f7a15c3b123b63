"""ShortcutSheet: every key at a glance, with a box to find one. Shows the groups it is given.

Run it alone: python -m studyapp.widgets.shortcut_sheet
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studyapp import assets
from studyapp.theme import Theme

_SIZE = (920, 680)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """What one key does; `keys` are alternatives, as the system writes them."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that work in one place."""

    title: str
    lines: tuple[KeyLine, ...]


class ShortcutSheet(QDialog):
    """A dialog with two columns of groups; typing hides what does not match, Esc closes."""

    def __init__(self, theme: Theme, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(*_SIZE)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Find a shortcut")
        self._search.setAccessibleName("Find a shortcut")
        self._search.setClearButtonEnabled(True)
        self._search.setMaxLength(60)
        self._search.addAction(
            assets.icon("search", theme.colours.muted, size=16), QLineEdit.ActionPosition.LeadingPosition
        )
        self._search.textChanged.connect(self._on_typed)
        self._nothing = QLabel("No shortcut is called that.")
        self._nothing.setObjectName("muted")
        self._nothing.hide()
        self._groups = [_Group(group) for group in groups]
        self._lay_out()
        self._search.setFocus()

    @property
    def shown(self) -> tuple[str, ...]:
        """The texts of all lines that match what is typed."""
        return tuple(line.text for group in self._groups for line in group.lines if not line.isHidden())

    def _lay_out(self) -> None:
        title = QLabel("Keyboard shortcuts")
        title.setObjectName("h1")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._search, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for share in _in_two(self._groups):
            column = QVBoxLayout()
            column.setSpacing(16)
            for group in share:
                column.addWidget(group)
            column.addStretch()
            columns.addLayout(column, 1)
        body = QWidget()
        body.setObjectName("viewport")
        body.setLayout(columns)
        columns.setContentsMargins(0, 0, 6, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        page = QVBoxLayout(self)
        page.setContentsMargins(28, 22, 22, 22)
        page.setSpacing(16)
        page.addLayout(head)
        page.addWidget(self._nothing)
        page.addWidget(scroll, 1)

    def _on_typed(self, text: str) -> None:
        for group in self._groups:
            group.filter(text)
        self._nothing.setHidden(bool(self.shown))


class _Group(QFrame):
    """A card with the lines of one place."""

    def __init__(self, group: KeyGroup) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words = group.title
        title = QLabel(group.title)
        title.setObjectName("h2")
        self.lines = [_Line(line) for line in group.lines]
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(7)
        column.addWidget(title)
        for line in self.lines:
            column.addWidget(line)

    def filter(self, text: str) -> None:
        whole = text.casefold() in self._words.casefold()
        for line in self.lines:
            line.setVisible(whole or line.matches(text))
        self.setVisible(any(not line.isHidden() for line in self.lines))


class _Line(QWidget):
    """What it does on the left, its keys on the right."""

    def __init__(self, line: KeyLine) -> None:
        super().__init__()
        self.text = line.text
        self._found_by = f"{line.text} {' '.join(line.keys)}".casefold()
        words = QLabel(line.text)
        words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(words, 1)
        for key in line.keys:
            cap = QLabel(key)
            cap.setObjectName("key")
            cap.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
            row.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)

    def matches(self, text: str) -> bool:
        return all(word in self._found_by for word in text.casefold().split())


def _in_two(groups: Sequence[_Group]) -> tuple[list[_Group], list[_Group]]:
    """The groups in two columns of about the same height, in reading order."""
    half, left = sum(len(g.lines) + 2 for g in groups) / 2, 0.0
    first: list[_Group] = []
    for group in groups:
        if first and left + (len(group.lines) + 2) / 2 > half:
            break
        first.append(group)
        left += len(group.lines) + 2
    return first, list(groups[len(first) :])


def _show(theme: Theme) -> QWidget:
    lines = (KeyLine("Show the answer", ("Space",)), KeyLine("Take it back", ("Z", "Ctrl+Z")))
    return ShortcutSheet(theme, (KeyGroup("Everywhere", lines), KeyGroup("Cards", lines)))


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
