"""Outline: the headings of a note, to see where one is and to go elsewhere.

Run it alone: python -m studyapp.widgets.outline
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studyapp.theme import Theme

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_SIGNS = {
    "cdot": "·", "times": "×", "odot": "⊙", "le": "≤", "ge": "≥", "ne": "≠", "to": "→", "sigma": "σ",
    "Theta": "Θ", "theta": "θ", "partial": "∂", "sum": "Σ", "sqrt": "√", "infty": "∞", "tilde": "", "hat": "",
}  # fmt: skip


class Outline(QWidget):
    """A short list; the heading that is being read is marked.

    Signals:
        chosen(int): the student wants this heading, counted from 0.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        title = QLabel("In this note")
        title.setObjectName("small")
        title.setContentsMargins(10, 0, 0, 0)
        self.list = QListWidget()
        self.list.setObjectName("outline")
        self.list.setAccessibleName("Headings of this note")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(self.list, 1)

    def show_note(self, markdown: str) -> None:
        """List the headings of this text."""
        self.list.clear()
        for level, words in headings(markdown):
            self.list.addItem(QListWidgetItem("   " * (level - 2) + words))

    def mark(self, number: int) -> None:
        """Show that this heading is being read; -1 for none."""
        self.list.setCurrentRow(number)

    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.list.row(item))


def headings(markdown: str) -> list[tuple[int, str]]:
    """(level, words) of each heading, formulas in plain signs; code is not looked into."""
    found, in_code = [], False
    for line in markdown.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            in_code = not in_code
        elif not in_code and (heading := _HEADING.match(line)):
            found.append((len(heading.group(1)), re.sub(r"\$(.+?)\$", _plain, heading.group(2))))
    return found


def _plain(formula: re.Match[str]) -> str:
    """A short formula without its LaTeX: good enough to find one's way."""
    text = re.sub(r"\\[,;:! ]|[{}]", "", formula.group(1))
    return re.sub(r"\\([A-Za-z]+)", lambda name: _SIGNS.get(name.group(1), name.group(1)), text)


def _show(_theme: Theme) -> QWidget:
    outline = Outline()
    outline.show_note("## The idea\n\n### A detail\n\n## Worked example: $\\sqrt{1225}$")
    outline.mark(0)
    return outline


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
