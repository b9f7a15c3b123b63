"""StepRow: one line of a derivation: typeset, named, checked, with its reason folded below.

Built in two stages: an empty frame of about the right height, then, when `fill` is called
because it comes into view, what is in it. So forty lines cost no more than those that are seen.
Run it alone: python -m studyapp.widgets.step_row
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.symbolic.report import Check, Line
from studyapp import assets
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled
from studyapp.widgets.numbers import figure, tick_label

_PX = 17  # of the line
_WHY_PX = 14
_MARK = 16  # px of the check mark
_MEASURE = 600  # px in which a value stands at the right of a short formula, however wide the row is
_INDENT = 22 + 14  # px: the number and the gap after it
_REST, _FLAT, _TALL = 56, 26, 40  # px of a row beside its formula, of a line of that, of one with a fraction


class StepRow(QFrame):
    """One line. Space or Enter folds the reason out and in, Ctrl+C copies the LaTeX.

    Signals:
        sources_asked(int): show the lines that this one (its number) needs.
        moved(int): the keyboard wants to go so many rows down (-1: up).
        resized(): the reason was folded, so the row has another height.
    """

    sources_asked = Signal(int)
    moved = Signal(int)
    resized = Signal()

    def __init__(self, theme: Theme, line: Line) -> None:
        super().__init__()
        self.setObjectName("step")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme, self.line = theme, line
        self.filled = False
        self.why: MathView | None = None
        self.setMinimumHeight(_about(line.latex))
        self.setAccessibleName(f"Line {line.number}, {line.title}")
        self.setAccessibleDescription(f"{line.latex}. {sources(line)} {check_words(line.check)}")

    def fill(self) -> None:
        """Build what is in the row; does nothing the second time."""
        if self.filled:
            return
        self.filled = True
        self.formula = MathLabel(self._theme, _PX, self.line.latex)
        self.formula.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has the keyboard
        self.title = styled("chip", self.line.title)
        self.from_button = QPushButton(sources(self.line))
        self.from_button.setObjectName("link")
        self.from_button.setToolTip("Show the lines that this one needs")
        self.from_button.clicked.connect(self._on_sources)
        if not self.line.uses:
            self.from_button.hide()
        self.mark = QLabel()
        self.mark.setToolTip(check_words(self.line.check))
        self.why_button = IconButton(self._theme, "chevron-right", "Why", "fold")
        self.why_button.clicked.connect(self.fold)
        self._theme.changed.connect(self._tint)
        self._tint()
        self._lay_out()
        self.setMinimumHeight(0)

    @property
    def open(self) -> bool:
        """Whether the reason is shown."""
        return self.why is not None and not self.why.isHidden()

    def fold(self) -> None:
        """Show the reason, or put it away."""
        self.set_open(not self.open)

    def set_open(self, wanted: bool) -> None:
        """Show the reason or not."""
        self.fill()
        if wanted and self.why is None:
            self._make_why()
        if self.why is not None:
            self.why.setVisible(wanted)
        self.why_button.set_words("chevron-down" if wanted else "chevron-right", "Why")
        self.resized.emit()

    def set_marked(self, marked: bool) -> None:
        """Stand out, as a line that another one needs."""
        if bool(self.property("marked")) != marked:
            self.setProperty("marked", marked)
            self.style().unpolish(self)
            self.style().polish(self)

    def copy(self) -> None:
        """Put the LaTeX of the line on the clipboard."""
        QGuiApplication.clipboard().setText(self.line.latex)

    def context_menu(self) -> QMenu:
        """What can be copied."""
        menu = QMenu(self)
        menu.addAction("Copy LaTeX of this line").triggered.connect(self.copy)
        return menu

    # --- Qt ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.fold()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif sideways and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.filled:
            plain = QKeyEvent(event.type(), key, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(self.formula, plain)  # a line that is too wide scrolls
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        super().focusInEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # --- inside ---

    def _on_sources(self) -> None:
        self.sources_asked.emit(self.line.number)

    def _make_why(self) -> None:
        self.why = MathView(self._theme, _WHY_PX, ink="muted")
        self.why.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.why.fit_to_content()
        self._reasons.addWidget(self.why)
        self.why.set_markdown(f"{self.line.why}\n\nIn general:\n\n$${self.line.statement}$$")

    def _tint(self) -> None:
        check, colours = self.line.check, self._theme.colours
        if check is None:
            icon, tint = "circle", colours.muted
        else:
            icon, tint = ("circle-check", colours.good) if check.ok else ("circle-x", colours.bad)
        self.mark.setPixmap(assets.icon(icon, tint, size=_MARK).pixmap(_MARK, _MARK))
        self.mark.setAccessibleName(check_words(check))

    def _lay_out(self) -> None:
        value = styled("stepvalue", "" if self.line.value is None else f"= {tick_label(self.line.value)}")
        value.setToolTip("The left side at the shown numbers")
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        above = QHBoxLayout()
        above.setSpacing(14)
        above.addWidget(self._number())
        above.addWidget(self._with_value(value), 1000)  # has all the room that it takes
        above.addStretch(1)
        below = QHBoxLayout()
        below.setContentsMargins(_INDENT, 0, 0, 0)
        below.setSpacing(8)
        for widget in (self.mark, self.title, self.from_button):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(self.why_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 14, 8)
        column.setSpacing(6)
        column.addLayout(above)
        column.addLayout(below)
        self._reasons = QVBoxLayout()
        self._reasons.setContentsMargins(_INDENT, 0, 0, 0)
        column.addLayout(self._reasons)

    def _with_value(self, value: QLabel) -> QWidget:
        """The formula, and the value not too far from it."""
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.formula, 1)
        row.addWidget(value, 0, Qt.AlignmentFlag.AlignVCenter)
        value.ensurePolished()
        both.setMaximumWidth(max(_MEASURE, row.sizeHint().width()))
        return both

    def _number(self) -> QLabel:
        """The line's number, level with the formula, or with the first row of several."""
        number = styled("stepnumber", str(self.line.number))
        top, *others = self.line.latex.split("\\\\")
        first = Qt.AlignmentFlag.AlignTop if others else Qt.AlignmentFlag.AlignVCenter
        number.setAlignment(Qt.AlignmentFlag.AlignRight | first)
        number.setFixedWidth(22)
        number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        if first == Qt.AlignmentFlag.AlignTop:
            number.setContentsMargins(0, 14 if "frac" in top else 3, 0, 0)
        return number


def _about(latex: str) -> int:
    """The height of a row, px, guessed without setting its formula."""
    parts = latex.split("\\\\")
    return _REST + sum(_TALL if "frac" in part or "sum" in part else _FLAT for part in parts)


def sources(line: Line) -> str:
    """ "from 3 and 5", or nothing for a line that stands on its own."""
    if not line.uses:
        return ""
    *firsts, last = map(str, line.uses)
    return f"from {', '.join(firsts)} and {last}" if firsts else f"from {last}"


def check_words(check: Check | None) -> str:
    """How a line was checked, in words."""
    if check is None:
        return "An assumption: nothing to check."
    verdict = "Checked" if check.ok else "This check failed"
    off = f"largest relative error {figure(check.error, 2)}" if check.error else "no difference at all"
    return f"{verdict}: {check.what}; {off}."


def _show(theme: Theme) -> StepRow:
    from studyapp.widgets.derive_sample import report

    row = StepRow(theme, report().lines[-1])
    row.set_open(True)
    return row


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
