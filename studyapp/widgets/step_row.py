"""StepRow: one line of a derivation: typeset, named, checked, with its reason folded below.

Built in two stages: an empty frame of about the right height, then, when `fill` is called
because it comes into view, what is in it. So forty lines cost no more than those that are seen.
Run it alone: python -m studyapp.widgets.step_row
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout

from engine.symbolic.report import Line
from studyapp import assets
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.shipped import Key
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled
from studyapp.widgets.line_formula import LineFormula, Telling, keys_of, tex_of
from studyapp.widgets.line_links import LineLinks
from studyapp.widgets.line_words import check_words, reason, sources
from studyapp.widgets.value_view import ValueView

_PX, _INSTANCE_PX, _WHY_PX, _SPAN_PX = 17, 15, 14, 14
_MARK = 16  # px of the check mark
_INDENT = 22 + 14  # px: the number and the gap after it
_DEEPER = 30  # px more for one of the lines that another one stands for
_REST, _FLAT, _TALL = 38, 26, 40  # px of a row beside its formula, of a line of that, of one with a fraction


class StepRow(QFrame):
    """One line. Space or Enter folds the reason out and in, Ctrl+C copies the LaTeX.

    Signals:
        source_asked(int): show the line with this number, which this one needs.
        unfold_asked(): show, or put away, the line once for each of its times.
        pointed(bool): the mouse or the keyboard came to the row; or the mouse left it.
        moved(int): the keyboard wants to go so many rows down (-1: up).
        resized(): the row has another height.

    Attributes:
        line: what it shows. instance: it is one of the lines that the row above stands for.
        maths: the formula and what belongs to it, once the row is filled.
    """

    source_asked = Signal(int)
    unfold_asked = Signal()
    pointed = Signal(bool)
    moved = Signal(int)
    resized = Signal()

    def __init__(
        self, theme: Theme, line: Line, telling: Telling | None = None, *, instance: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("step")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme, self.line, self.instance = theme, line, instance
        self._telling = telling or Telling()
        self._lit = self._unfolded = False
        self._hidden: frozenset[int] = frozenset()
        self.filled = False
        self.why: MathView | None = None
        self.setMinimumHeight(_about(line, instance))
        self.setAccessibleName(f"Line {line.number}, {line.title}")
        spoken = f"{line.latex}, for {line.span}" if line.span else line.latex
        self.setAccessibleDescription(f"{spoken}. {sources(line)} {check_words(line.check)}")

    def formulas(self) -> list[Key]:
        """The formulas that `fill` shows."""
        return keys_of(self.line, self._telling, self._theme)

    def lit_key(self) -> Key:
        """The formula with what is new in it coloured."""
        return tex_of(self.line, True, self._theme), True

    def fill(self) -> None:
        """Build what is in the row; does nothing the second time."""
        if self.filled:
            return
        self.filled = True
        self.maths = LineFormula(
            self._theme, self.line, self._telling, _INSTANCE_PX if self.instance else _PX
        )
        self.maths.set_lit(self._lit)
        self.maths.levelled.connect(self._level_number)
        self.mark = QLabel()
        self.mark.setToolTip(check_words(self.line.check))
        self._theme.changed.connect(self._tint)
        self._tint()
        self._lay_out()
        self.setMinimumHeight(0)

    def tell(self, telling: Telling) -> None:
        """Show the line like this from now on."""
        self._telling = telling
        if self.filled and self.maths.tell(telling):
            self.resized.emit()

    def set_hidden_sources(self, hidden: frozenset[int]) -> None:
        """The lines with these numbers are too fine to be told: links to them are muted."""
        self._hidden = hidden
        if self.filled and not self.instance:
            self.links.set_hidden(hidden)

    def set_lit(self, lit: bool) -> None:
        """Colour what is new in the line."""
        self._lit = lit
        if self.filled and self.maths.lit != lit:
            self.maths.set_lit(lit)

    @property
    def open(self) -> bool:
        """Whether the reason is shown."""
        return self.why is not None and not self.why.isHidden()

    def fold(self) -> None:
        """Show the reason, or put it away."""
        self.set_open(not self.open)

    def set_open(self, wanted: bool) -> None:
        """Show the reason or not; one of the lines that another one stands for has none of its own."""
        if self.instance:
            return
        self.fill()
        if wanted and self.why is None:
            self._make_why()
        if self.why is not None:
            self.why.setVisible(wanted)
        self.why_button.set_words("chevron-down" if wanted else "chevron-right", "Why")
        self.resized.emit()

    def set_unfolded(self, unfolded: bool) -> None:
        """The lines that this one stands for are shown below it, or not."""
        self._unfolded = unfolded
        if self.filled and self.line.unfolds:
            self.unfold_button.set_words("list-tree", "Fold in" if unfolded else "Unfold")

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
        if self.filled and isinstance(self.maths.value, ValueView):
            menu.addAction("Copy its numbers").triggered.connect(self.maths.value.copy)
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
            QCoreApplication.sendEvent(self.maths.formula, plain)  # a line that is too wide scrolls
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        self.pointed.emit(True)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(False)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the page, too, takes the keyboard at a click: this one is the row's

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # --- inside ---

    def _make_why(self) -> None:
        self.why = MathView(self._theme, _WHY_PX, ink="muted")
        self.why.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.why.fit_to_content()
        self._reasons.addWidget(self.why)
        self.why.set_markdown(reason(self.line))

    def _tint(self) -> None:
        check, colours = self.line.check, self._theme.colours
        if check is None:
            icon, tint = "circle", colours.muted
        else:
            icon, tint = ("circle-check", colours.good) if check.ok else ("circle-x", colours.bad)
        self.mark.setPixmap(assets.icon(icon, tint, size=_MARK).pixmap(_MARK, _MARK))
        self.mark.setAccessibleName(check_words(check))

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(14)
        above.addWidget(self.mark if self.instance else self._number())
        above.addWidget(self.maths, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 14, 3)
        column.setSpacing(1)
        column.addLayout(above)
        if self.instance:
            column.setContentsMargins(10 + _DEEPER, 3, 14, 3)
            return
        column.addLayout(self._below())
        self._reasons = QVBoxLayout()
        self._reasons.setContentsMargins(_INDENT, 0, 0, 0)
        column.addLayout(self._reasons)

    def _below(self) -> QHBoxLayout:
        """Checked how, by which rule, from which lines; what can be opened."""
        below = QHBoxLayout()
        below.setContentsMargins(_INDENT, 0, 0, 0)
        below.setSpacing(8)
        self.links = LineLinks(self.line.uses)
        self.links.set_hidden(self._hidden)
        self.links.asked.connect(self.source_asked)
        self.why_button = IconButton(self._theme, "chevron-right", "Why", "fold")
        self.why_button.clicked.connect(self.fold)
        middle = Qt.AlignmentFlag.AlignVCenter
        below.addWidget(self.mark)
        below.addWidget(styled("chip", self.line.title), 0, middle)
        if self.line.span:
            below.addWidget(self._span(), 0, middle)
        below.addWidget(self.links, 1, middle)
        if self.line.unfolds:
            self.unfold_button = IconButton(self._theme, "list-tree", "", "fold")
            self.unfold_button.setToolTip(f"The line once for each of its {self.line.unfolds} times")
            self.unfold_button.clicked.connect(self.unfold_asked)
            self.set_unfolded(self._unfolded)
            below.addWidget(self.unfold_button)
        below.addWidget(self.why_button)
        return below

    def _span(self) -> MathLabel:
        """For which times the line holds."""
        times = MathLabel(self._theme, _SPAN_PX, self.line.span, display=False)
        times.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        times.set_ink("muted")
        times.setToolTip("For these times")
        return times

    def _level_number(self) -> None:
        """The line's number is level with the first row of its formula."""
        if not self.instance:
            top = self.maths.baseline - self._numbered.fontMetrics().ascent()
            self._numbered.setContentsMargins(0, max(0, top), 0, 0)

    def _number(self) -> QLabel:
        """The line's number."""
        number = styled("stepnumber", str(self.line.number))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        number.setFixedWidth(22)
        number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._numbered = number
        self._level_number()
        return number


def _about(line: Line, instance: bool) -> int:
    """The height of a row, px, guessed without setting its formula."""
    parts = line.latex.split("\\\\")
    rest = 16 if instance else _REST
    return rest + sum(_TALL if "frac" in part or "sum" in part else _FLAT for part in parts)


def _show(theme: Theme) -> StepRow:
    from studyapp.widgets.derive_sample import gradient

    row = StepRow(theme, gradient().lines[3], Telling(news=True, twins=True))
    row.set_open(True)
    return row


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
