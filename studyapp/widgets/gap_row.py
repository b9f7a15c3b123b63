"""GapRow: one gap of an exercise: what to do, the line with its box, choices or a field, and why.

Decides nothing: whether an answer is right is told by the panel.
Run it alone: python -m studyapp.widgets.gap_row
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.symbolic.report import Gap
from studyapp import assets
from studyapp.exercise_notes import BOX
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.choice_button import ChoiceButton
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.labels import styled
from studyapp.widgets.typed_line import SIGNS, Key, Reader, TypedLine

_PX, _ICON = 18, 18
_INDEX = re.compile(r"([A-Za-z]\s*([+-]\s*[0-9]{1,3})?)|[0-9]{1,3}")
_BESIDE = 250  # px: choices that are no wider stand beside each other
TASKS = {"rule": "RULE", "factor": "FACTOR", "index": "INDEX", "line": "NEXT LINE"}
MARKS = {
    "right": ("circle-check", "good"),
    "wrong": ("circle-x", "bad"),
    "shown": ("lightbulb", "warn"),
    "trouble": ("triangle-alert", "warn"),
}


class GapRow(QFrame):
    """Open until `fill` is called; then only the filled line and the reason are left.

    Signals:
        chosen(int): this choice, from 0.
        typed(str): this text.
        given_up(): show the answer.
    """

    chosen = Signal(int)
    typed = Signal(str)
    given_up = Signal()

    def __init__(self, theme: Theme, gap: Gap, latex: str) -> None:
        """`latex` is the line as it reads now."""
        super().__init__()
        self.setObjectName("inset")
        self._theme, self.gap = theme, gap
        self._mark = ""
        self.formula = MathLabel(theme, _PX, "" if latex == BOX else latex)
        self.formula.setHidden(latex == BOX)  # all of the line is what is asked for
        self.formula.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.prompt, self.feedback = MathView(theme, 14), MathView(theme, 14)
        for view in (self.prompt, self.feedback):
            view.fit_to_content()
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.prompt.set_markdown(gap.prompt)
        self._icon = QLabel()
        self.buttons = [
            ChoiceButton(theme, number, text, gap.kind != "rule")
            for number, text in enumerate(gap.choices, 1)
        ]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked=False, choice=place: self.chosen.emit(choice))
        self.field: TypedLine | None = None
        if not gap.choices:
            self.field = TypedLine(theme, "What belongs into the box")
            self.field.submitted.connect(self.typed)
        self.give_up = QPushButton("Show the answer")
        self.give_up.setObjectName("link")
        self.give_up.clicked.connect(self.given_up)
        self._lay_out()
        self.setAccessibleName(f"Line {gap.line}: {TASKS.get(gap.kind, gap.kind).lower()}")
        self.setAccessibleDescription(f"{gap.prompt} {gap.latex}")
        theme.changed.connect(self._tint)

    def set_reader(self, read: Reader | None, names: Sequence[Key], signs: Sequence[Key] = SIGNS) -> None:
        """What reads a typed answer while it is typed."""
        if self.field is not None:
            self.field.set_reader(in_box(self.gap, read))
            if self.gap.kind == "index":
                self.field.set_names((), signs=())
            else:
                self.field.set_names(names, signs)

    def choose(self, number: int) -> bool:
        """Choice `number` (from 1) by its key; whether there is one."""
        if not self._mark and 1 <= number <= len(self.buttons):
            self.buttons[number - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.buttons[number - 1].click()
            return True
        return False

    def take_keyboard(self) -> None:
        """To the field, or to the first choice that was not wrong."""
        if self.field is not None:
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            fresh = next((button for button in self.buttons if not button.mark), None)
            if fresh is not None:
                fresh.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, choice: int, why: str) -> None:
        """That answer was wrong, and why; `choice` is -1 for a typed one."""
        if choice >= 0:
            self.buttons[choice].set_mark("wrong")
        self._say("wrong", f"**Not so.** {why}".strip())
        self._mark = ""

    def say_trouble(self, sentence: str) -> None:
        """There is no verdict, and why; the text stays, to be submitted again."""
        self._say("trouble", sentence)
        self._mark = ""

    def set_busy(self, busy: bool) -> None:
        """What was typed is being judged."""
        if self.field is not None:
            self.field.button.setEnabled(not busy)

    def fill(self, latex: str, how: str, because: str) -> None:
        """It is filled: `how` is "right", or "shown" where the answer was looked at."""
        self.formula.set_tex(latex)
        self.formula.show()
        self._open.hide()
        self.prompt.hide()
        self._say(how, because)

    def _say(self, mark: str, words: str) -> None:
        self._mark = mark
        self._tint_name = MARKS[mark]
        self.feedback.set_markdown(words)
        self.feedback.setAccessibleName(words)
        self._said.show()
        self._tint()

    def _tint(self) -> None:
        if not self._said.isHidden():
            icon, name = self._tint_name
            tint = getattr(self._theme.colours, name)
            self._icon.setPixmap(assets.icon(icon, tint, size=_ICON).pixmap(_ICON, _ICON))

    def _choices(self) -> QWidget:
        """The choices beside each other where they are short, else one below the other."""
        if all(button.sizeHint().width() <= _BESIDE for button in self.buttons):
            flow = FlowRow()
            for button in self.buttons:
                flow.add(button)
            return flow
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for button in self.buttons:
            column.addWidget(button)
        return around

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(styled("stepnumber", str(self.gap.line)))
        head.addWidget(styled("overline", TASKS.get(self.gap.kind, self.gap.kind.upper())))
        head.addStretch(1)
        self._open = QWidget()
        opened = QVBoxLayout(self._open)
        opened.setContentsMargins(0, 0, 0, 0)
        opened.setSpacing(8)
        opened.addWidget(self._choices() if self.field is None else self.field)
        opened.addWidget(self.give_up, 0, Qt.AlignmentFlag.AlignLeft)
        self._said = QWidget()
        said = QHBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(10)
        said.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.feedback, 1)
        self._said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.prompt, self.formula, self._open, self._said):
            column.addWidget(widget)


def in_box(gap: Gap, read: Reader | None) -> Reader | None:
    """A reader of what belongs into the box, which shows the line with that in it."""
    if gap.kind == "index":
        read = read_index
    if read is None or BOX not in gap.latex:
        return read
    return lambda text: gap.latex.replace(BOX, f"\\boxed{{{read(text)}}}", 1)


def read_index(text: str) -> str:
    """A time such as t-1, as LaTeX. Raises FormulaError for anything else."""
    if _INDEX.fullmatch(text.strip()) is None:
        raise FormulaError("An index is a letter or a number, such as t, t-1, T or 0.", text, 0)
    return "".join(text.split())


def _show(theme: Theme) -> GapRow:
    gap = Gap(
        5,
        "factor",
        r"\frac{\partial L}{\partial h_t} = \boxed{?}\,\delta_{t+1}",
        "Which factor carries $\\delta_{t+1}$ back?",
        (r"W_h^\top", r"W_h", r"W_i^\top"),
        0,
        "Going back through $W_h h_t$ multiplies by its transpose.",
        ("", "The transpose is missing.", "That is the way to the input."),
    )
    row = GapRow(theme, gap, gap.latex)
    row.say_wrong(1, gap.wrong[1])
    return row


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
