"""ListForm: a list of functions to sort, one a line or with commas, typeset as they are understood.

Run it alone: python -m studyapp.widgets.list_form
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.symbolic.functions import echo
from studyapp.theme import Theme
from studyapp.widgets.echo_frame import EchoFrame
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.own_text import OwnText

HINT = "One function of n a line, or with commas between them. They are typeset here as they are understood."
FEWEST, LONGEST = 2, 2000  # functions, characters
_LINES_PX, _ECHO_HEIGHT, _IN_A_ROW = 84, 64, 6
_OPENS, _CLOSES = "([{⌊⌈", ")]}⌋⌉"


def separate(text: str) -> list[tuple[int, str]]:
    """(where it begins, function) pairs of a list: parted by line ends, semicolons, and commas that stand
    in no bracket, as that of max(n, 2) does."""
    return [(at + len(part) - len(part.lstrip()), part.strip()) for at, part in _parts(text) if part.strip()]


def _parts(text: str) -> Iterator[tuple[int, str]]:
    depth = start = 0
    for place, sign in enumerate(text):
        depth = max(0, depth + (sign in _OPENS) - (sign in _CLOSES))
        if sign in "\n;" or (sign == "," and not depth):
            yield start, text[start:place]
            start, depth = place + 1, 0
    yield start, text[start:]


class ListForm(QWidget):
    """Signals:
        submitted(tuple): sort these; all can be read.
        changed(): the text is another one.

    Attributes:
        box: where they are typed. button: sorts.
    """

    submitted = Signal(tuple)
    changed = Signal()

    def __init__(self, theme: Theme, tip: str = "") -> None:
        """`tip` is for the button."""
        super().__init__()
        self.box = OwnText("Functions to sort", "n^2\n2^n\nn log n", LONGEST)
        self.box.setObjectName("mono")
        self.box.setFixedHeight(_LINES_PX)
        self.button = IconButton(theme, "sigma", "Sort", "primary")
        self.button.setToolTip(tip)
        self._words = EchoFrame(theme, self.box, 16, _ECHO_HEIGHT)
        self.problem, self.caret, self.echo = self._words.problem, self._words.caret, self._words.echo
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.box, 1)
        top.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._words)
        self.box.textChanged.connect(self._on_text)
        self.box.refused.connect(self._words.show_words)
        self.button.clicked.connect(self.submit)
        self._show()

    @property
    def functions(self) -> tuple[str, ...]:
        """What is typed, one by one."""
        return tuple(text for _, text in separate(self.box.value))

    def set_functions(self, functions: Sequence[str]) -> None:
        """Put these into the box."""
        self.box.setPlainText(", ".join(functions))

    def set_text(self, text: str) -> None:
        """Put a list into the box as it was typed."""
        self.box.setPlainText(text)

    def submit(self) -> None:
        """Sort them, or point at the one that cannot be read."""
        if len(self.functions) < FEWEST:
            self._words.show_words(f"Type at least {FEWEST} functions to sort, one a line.")
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wrong = self._fault()
        if wrong is not None:
            at, error = wrong
            cursor = self.box.textCursor()
            cursor.setPosition(min(at + error.column, len(self.box.value)), QTextCursor.MoveMode.MoveAnchor)
            self.box.setTextCursor(cursor)
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._words.show_words(error.reason, error.caret())
            return
        self.submitted.emit(self.functions)

    def take_keyboard(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fault(self) -> tuple[int, FormulaError] | None:
        """Where the first function begins that cannot be read, and why not."""
        for at, text in separate(self.box.value):
            try:
                echo(text)
            except FormulaError as error:
                return at, error
        return None

    def _on_text(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        functions = self.functions
        wrong = self._fault()
        if wrong is not None:
            self._words.show_words(wrong[1].reason, wrong[1].caret())
        elif not functions:
            self._words.show_words(HINT)
        else:
            shown = [echo(text) for text in functions]
            rows = [shown[at : at + _IN_A_ROW] for at in range(0, len(shown), _IN_A_ROW)]
            lines = r" \\ ".join("& " + r",\quad ".join(row) for row in rows)
            self._words.show_formula(rf"\begin{{aligned}} {lines} \end{{aligned}}")


def _show(theme: Theme) -> ListForm:
    form = ListForm(theme)
    form.set_functions(("n^2", "2^n", "n log n", "max(n, 2)"))
    return form


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
