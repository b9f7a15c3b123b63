"""FormulaCard: the formula of the day with what its letters mean.

The view that sets formulas is heavy to import, so it is built with the first formula.

Run it alone: python -m studyapp.widgets.formula_card
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studyapp import actions
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from studyapp.mathtext.view import MathView
    from studyapp.up_next import Formula

_SIZES, _WIDE = (22, 20, 18, 16), 900  # px of the text; the larger ones only from this width of the card
_LOWEST = 110  # px of the view
_SETTLED = 40  # ms without a change of size


class FormulaCard(CardFrame):
    """A topic's title and summary, its key formula, and ways to more of it.

    Signals:
        note(str): open the note of this topic.
        quiz(str): ask questions of this topic.
        derive(str): derive this recurrence.
    """

    note = Signal(str)
    quiz = Signal(str)
    derive = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Formula of the day")
        self._theme = theme
        self._formula: Formula | None = None
        self._view: MathView | None = None
        self._topic, self._summary = QLabel(), QLabel()
        self._topic.setObjectName("h3")
        self._summary.setObjectName("muted")
        self._summary.setWordWrap(True)
        self._place = QVBoxLayout()
        self._resized = QTimer(self, singleShot=True, interval=_SETTLED)
        self._resized.timeout.connect(self._fit)
        self.open = IconButton(theme, "book-open", "Open note")
        self.test = IconButton(theme, "list-checks", "Quiz this topic")
        self.steps = IconButton(theme, "sigma", "Derive it")
        self.steps.clicked.connect(self._on_derive)
        self.open.setToolTip(actions.tip("home.formula"))
        self.open.clicked.connect(self.open_note)
        self.test.clicked.connect(self._on_quiz)
        self._lay_out()
        self.show_formula(None)

    def show_formula(self, formula: Formula | None) -> None:
        """Show this one; None leaves the card empty."""
        if formula is not None and formula == self._formula:
            return
        self._formula = formula
        for widget in (self.open, self.test, self._topic, self._summary):
            widget.setVisible(formula is not None)
        self.steps.setVisible(formula is not None and bool(formula.recurrence))
        if formula is None:
            return
        self._topic.setText(formula.topic.title)
        self._summary.setText(formula.topic.summary)
        self.set_chip(formula.topic.unit_title)
        self._resized.start()

    def open_note(self) -> None:
        """As if the button had been pressed."""
        if self._formula is not None:
            self.note.emit(self._formula.topic.id)

    def _made_view(self) -> MathView:
        if self._view is None:
            from studyapp.mathtext.view import MathView

            self._view = MathView(self._theme, _SIZES[-1])
            self._view.setAccessibleName("Formula of the day")
            self._view.setMinimumHeight(_LOWEST)
            self._view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self._view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._view.link.connect(self._on_link)
            self._place.insertWidget(0, self._view, 1)
        return self._view

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.steps, self.open, self.test):
            buttons.addWidget(button)
        buttons.addStretch()
        self.body.addWidget(self._topic)
        self.body.addWidget(self._summary)
        self._place.addStretch()
        self.body.addLayout(self._place, 1)
        self.body.addLayout(buttons)

    def _on_link(self, address: str) -> None:
        kind, _, target = address.partition(":")
        if kind == "topic":
            self.note.emit(target)
        elif kind == "derive":
            self.derive.emit(unquote(target))

    def _on_derive(self) -> None:
        if self._formula is not None:
            self.derive.emit(self._formula.recurrence)

    def _on_quiz(self) -> None:
        if self._formula is not None:
            self.quiz.emit(self._formula.topic.id)

    def _fit(self) -> None:
        """The largest text that leaves room for what the letters mean, then as much as there is room for.

        A text that is cut helps nobody.
        """
        if self._formula is None:
            return
        if self._view is None:  # it must be laid out before it can be measured
            self._made_view().set_markdown(self._formula.tex)
            self._resized.start()
            return
        blocks, view = len(self._formula.more), self._view
        for px in _SIZES if self.width() >= _WIDE else _SIZES[-1:]:
            view.set_px(px)
            if self._fits(min(1, blocks)):
                break
        fits, too_many = 0, blocks + 1
        while fits + 1 < too_many:
            middle = (fits + too_many) // 2
            fits, too_many = (middle, too_many) if self._fits(middle) else (fits, middle)
        while fits and _leads_on(self._formula.more[fits - 1]):
            fits -= 1
        self._write(fits)

    def _fits(self, count: int) -> bool:
        self._write(count)
        view = self._made_view()
        return view.document().size().height() <= view.height()

    def _write(self, count: int) -> None:
        """The formula with the first `count` blocks of what explains it."""
        view = self._made_view()
        if self._formula is not None:
            text = "\n\n".join((self._formula.tex, *self._formula.more[:count]))
            if view.markdown != text:
                view.set_markdown(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()


def _leads_on(block: str) -> bool:
    """Whether a block only announces the next one."""
    return block.startswith("#") or block.endswith(":")


def _show(theme: Theme) -> QWidget:
    from content.records import Topic
    from studyapp.up_next import Formula

    topic = Topic("forget-gate", "lstm", "LSTM", 1, 1, "The forget gate", "What stays, entry by entry.", "")
    shown = FormulaCard(theme)
    shown.show_formula(Formula(topic, r"$$f_t = \sigma(W_f[h_{t-1}, x_t] + b_f)$$", ("- $x_t$: input",)))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
