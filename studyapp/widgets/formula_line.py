"""FormulaLine: one line of typed mathematics with a memory of what was entered before.

Run it alone: python -m studyapp.widgets.formula_line
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from studyapp.theme import Theme

LONGEST = 2000  # characters that have room; what is read is less, and said by whoever reads
REMEMBERED = 30  # entries


class FormulaLine(QLineEdit):
    """Up and Down go through what was entered. A paste that is too long is refused, never cut.

    Signals:
        entered(str): Enter was pressed.
        refused(str): why a paste was not taken: a sentence.
    """

    entered = Signal(str)
    refused = Signal(str)

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.setObjectName("mono")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(LONGEST)
        self.setClearButtonEnabled(False)
        self._entries: list[str] = []
        self._at = 0  # the entry that is shown; len(entries) is the text being typed
        self._draft = ""
        self._kept = ""  # the text before the last change, to go back to when a paste is cut
        self.textChanged.connect(self._on_text)
        self.inputRejected.connect(self._on_too_long)
        self.returnPressed.connect(self._on_return)

    @property
    def entries(self) -> tuple[str, ...]:
        """What was entered, the oldest first."""
        return tuple(self._entries)

    def set_entries(self, entries: Sequence[str]) -> None:
        """Go through these from now on."""
        self._entries = list(entries)[-REMEMBERED:]
        self._at = len(self._entries)

    def remember(self, text: str) -> None:
        """`text` is now the newest entry."""
        if text.strip():
            self.set_entries([*(entry for entry in self._entries if entry != text), text])

    def set_invalid(self, invalid: bool) -> None:
        """Mark the text as one that cannot be read."""
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            self.style().unpolish(self)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._recall(self._at + step)

    def _recall(self, at: int) -> None:
        """Show entry number `at`; one past the last is what was being typed."""
        if not 0 <= at <= len(self._entries):
            return
        if self._at == len(self._entries):
            self._draft = self.text()
        self._at = at
        self.setText(self._draft if at == len(self._entries) else self._entries[at])

    def _on_text(self, text: str) -> None:
        if len(text) < LONGEST:
            self._kept = text

    def _on_return(self) -> None:
        self.entered.emit(self.text())

    def _on_too_long(self) -> None:
        QTimer.singleShot(0, self, self._refuse)  # the cut text is only put in after this signal

    def _refuse(self) -> None:
        self.setText(self._kept)
        self.refused.emit(
            f"That is longer than the {LONGEST:,} characters there is room for, so nothing was put in. "
            "A recurrence and its first values need one line."
        )


def _show(_theme: Theme) -> FormulaLine:
    line = FormulaLine("Recurrence", "T(n) = 2T(n/2) + n, T(1) = 1")
    line.set_entries(("T(n) = 3T(n-1), T(0) = 1", "T(n) = 2T(n-1) - 1, T(0) = 1"))
    return line


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
