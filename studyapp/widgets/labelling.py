"""Labelling: a picture whose labels are hidden, to be named one by one. Knows no card and no bank.

Run it alone: python -m studyapp.widgets.labelling
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from content.diagram import Diagram
from studyapp.diagrams.picture import CURRENT, HIDDEN, RIGHT, SHOWN, WRONG
from studyapp.diagrams.tips import spoken
from studyapp.diagrams.view import DiagramView
from studyapp.labelling_run import LabellingRun
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.label_chip import LabelChip

_CHIPS_TALL = 104  # px, about three lines of labels
_WORDS_TALL = 46  # px, two lines
_TOLD = 3  # missed labels that are listed


class Labelling(QWidget):
    """The picture, what is to be done, and the labels to choose from.

    Signals:
        stepped(): something was revealed, judged or taken back.

    Attributes:
        view: the picture.
    """

    stepped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.view = DiagramView(theme, most=1.3)
        self.view.chosen.connect(self._on_chosen)
        self._diagram: Diagram | None = None
        self._run = LabellingRun((), "")
        self._before: list[LabellingRun] = []
        self._wrong = ""  # the label that was put on the wrong blank just now
        self._status = MathView(theme, 15)
        self._all = QPushButton("Show all")
        self._chips: list[LabelChip] = []
        self._lay_out()

    # --- what is known ---

    @property
    def run(self) -> LabellingRun:
        return self._run

    @property
    def said(self) -> str:
        """What stands below the picture."""
        return self._status.markdown

    def chip(self, part: str) -> LabelChip:
        """The label of this part among those to choose from."""
        return next(chip for chip in self._chips if chip.part == part)

    # --- what is done ---

    def begin(self, diagram: Diagram) -> None:
        """Hide the labels of this picture."""
        self._diagram = diagram
        self.view.show_diagram(diagram)
        self._before, self._wrong = [], ""
        self._run = LabellingRun.begin(tuple(part.id for part in diagram.asked))
        self._make_chips(diagram)
        self._show_run()

    def reveal(self) -> None:
        """Show the label that is asked for."""
        self._go(self._run.reveal())

    def judge(self, was_known: bool) -> None:
        """Go on after a revealed label."""
        self._go(self._run.judge(was_known))

    def place(self, part: str) -> None:
        """Put the label of `part` on the blank that is asked for."""
        asked, wrong = self._run.at, ""
        if self._run.shown:
            return
        if self._run.waits(part) and part != asked:
            wrong = part
        self._go(self._run.place(part), wrong=wrong)

    def give_up(self) -> None:
        """Show all labels that are left."""
        self._go(self._run.give_up())

    def take_back(self) -> bool:
        """Undo the last step; False if there is none."""
        if not self._before:
            return False
        self._run, self._wrong = self._before.pop(), ""
        self._show_run()
        self.stepped.emit()
        return True

    def _go(self, run: LabellingRun, wrong: str = "") -> None:
        if run == self._run:
            return
        self._before.append(self._run)
        self._run, self._wrong = run, wrong
        self._show_run()
        self.stepped.emit()

    def _on_chosen(self, part: str) -> None:
        """A blank was clicked, or a part whose label is hidden."""
        if part and self._run.waits(part) and not (self._run.shown and part == self._run.at):
            self._go(self._run.choose(part))

    # --- what is shown ---

    def _show_run(self) -> None:
        if self._diagram is None:
            return
        run, known = self._run, dict(self._run.known)
        blanks = {}
        for number, part in enumerate(run.parts, 1):
            if part in known:
                blanks[part] = (number, RIGHT if known[part] else WRONG)
            elif part == run.at:
                blanks[part] = (number, SHOWN if run.shown else CURRENT)
            else:
                blanks[part] = (number, HIDDEN)
        self.view.show_blanks(blanks)
        self.view.set_front(run.at if run.shown else "")
        for chip in self._chips:
            chip.setVisible(run.waits(chip.part) and not run.shown)
        self._flow.arrange()
        self._all.setVisible(not run.done)
        self._scroll.setVisible(not run.done)  # the whole picture once more, as large as there is room
        self._status.set_markdown(self._words())

    def _words(self) -> str:
        run = self._run
        if run.done:
            missed = [self._label(part) for part, was in run.known if not was]
            more = f" and {len(missed) - _TOLD} more, in red" if len(missed) > _TOLD else ""
            rest = f" Missed: {', '.join(missed[:_TOLD])}{more}." if missed else ""
            fits = run.suggestion.name.capitalize()
            return f"**{run.right} of {len(run.parts)} known**; *{fits}* would fit.{rest}"
        number = run.parts.index(run.at) + 1
        if run.shown:
            return f"Part {number} is **{self._label(run.at)}**. Did you know it?"
        asked = f"Part {number} of {len(run.parts)}: what is it? Say it and press Space, or click its label."
        if self._wrong:
            was = run.known[-1][0]
            return f"Not {self._label(self._wrong)}: that was **{self._label(was)}**. {asked}"
        return asked

    def _label(self, part: str) -> str:
        return self._diagram.part(part).label if self._diagram is not None else ""

    # --- building ---

    def _make_chips(self, diagram: Diagram) -> None:
        for chip in self._chips:
            chip.setParent(None)
            chip.deleteLater()
        self._flow = FlowRow(6)
        self._flow.setObjectName("viewport")
        parts = sorted(diagram.asked, key=lambda part: spoken(part.label).lower())
        self._chips = [LabelChip(self._theme, part.id, part.label) for part in parts]
        for chip in self._chips:
            chip.clicked.connect(partial(self.place, chip.part))
            self._flow.add(chip)
        self._scroll.setWidget(self._flow)

    def _lay_out(self) -> None:
        self._flow = FlowRow(6)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFixedHeight(_CHIPS_TALL)  # the picture must not jump
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._flow)
        self._status.fit_to_content()
        self._status.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._status.setAccessibleName("What to do")
        self._all.setObjectName("ghost")
        self._all.setToolTip("Give up: all labels that are left count as missed")
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._all.clicked.connect(self.give_up)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._status, 1)
        row.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        words = QWidget()
        words.setMinimumHeight(_WORDS_TALL)
        words.setLayout(row)
        column.addWidget(words)
        column.addWidget(self._scroll)


def _show(theme: Theme) -> Labelling:
    from content.diagram_reader import shipped_diagram

    shown = Labelling(theme)
    shown.begin(shipped_diagram("lstm-cell"))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
