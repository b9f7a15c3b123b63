"""GrowthForm: functions to compare, to sort, or to hold a bound against, typeset as they are understood.

Knows how functions are read, which is quick; decides nothing.
Run it alone: python -m studyapp.widgets.growth_form
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studyapp.growth_examples import BOUNDS, LISTS, PAIRS
from studyapp.theme import Theme
from studyapp.widgets.bound_form import BoundForm
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.labels import styled
from studyapp.widgets.list_form import ListForm
from studyapp.widgets.pair_form import PairForm
from studyapp.widgets.segments import Segments

PAIR, LIST, BOUND = "compare", "sort", "bound"
KINDS = ((PAIR, "Compare two"), (LIST, "Sort a list"), (BOUND, "Grade my bound"))


class GrowthForm(QFrame):
    """One of three forms in front, with its examples below.

    Signals:
        pair_submitted(str, str), list_submitted(tuple), bound_submitted(): derive that.
        changed(): another text, or another form is in front.

    Attributes:
        kinds: which form is in front. pair, functions, bound: the forms.
        examples: by kind, one button for each.
    """

    pair_submitted = Signal(str, str)
    list_submitted = Signal(tuple)
    bound_submitted = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips`: "derive" for the buttons, "kind" for the choice of a form."""
        super().__init__()
        self.setObjectName("card")
        self.kinds = Segments("What to do with functions", KINDS)
        self.kinds.setObjectName("compactsegments")
        self.kinds.setToolTip(tips.get("kind", ""))
        tip = tips.get("derive", "")
        self.pair, self.functions, self.bound = (
            PairForm(theme, tip),
            ListForm(theme, tip),
            BoundForm(theme, tip),
        )
        self._forms: dict[str, PairForm | ListForm | BoundForm] = {
            PAIR: self.pair, LIST: self.functions, BOUND: self.bound,
        }  # fmt: skip
        self.examples: dict[str, list[QPushButton]] = {
            PAIR: [self._example(label, (PAIR, f, g)) for label, f, g in PAIRS],
            LIST: [self._example(label, (LIST, *functions)) for label, functions in LISTS],
            BOUND: [self._example(label, (BOUND, about, bound)) for label, about, bound in BOUNDS],
        }
        self._lay_out()
        self.kinds.chosen.connect(self._on_kind)
        self.pair.submitted.connect(self.pair_submitted)
        self.functions.submitted.connect(self.list_submitted)
        self.bound.submitted.connect(self.bound_submitted)
        for form in self._forms.values():
            form.changed.connect(self.changed)

    @property
    def front(self) -> PairForm | ListForm | BoundForm:
        """The form in front."""
        return self._forms[self.kinds.value]

    def set_kind(self, kind: str) -> None:
        """Bring the form of that name to the front."""
        self.kinds.set_value(kind)
        for name, part in self._forms.items():
            part.setVisible(name == kind)
            self._chips[name].setVisible(name == kind)

    def next_kind(self) -> None:
        """Bring the next form to the front."""
        names = [name for name, _ in KINDS]
        self.kinds.button(names[(names.index(self.kinds.value) + 1) % len(names)]).click()

    def submit(self) -> None:
        """Ask, or say what cannot be read."""
        self.front.submit()

    def take_keyboard(self) -> None:
        self.front.take_keyboard()

    # --- slots ---

    def _on_kind(self, kind: str) -> None:
        self.set_kind(kind)
        self.take_keyboard()
        self.changed.emit()

    def _run(self, example: tuple[str, ...]) -> None:
        kind, *texts = example
        if kind == LIST:
            self.functions.set_functions(texts)
        elif kind == PAIR:
            self.pair.set_texts(texts[0], texts[1])
        else:
            self.bound.set_about(texts[0])
            self.bound.card.set_text(texts[1])
        self.submit()

    # --- build ---

    def _example(self, label: str, example: tuple[str, ...]) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName("example")
        words = " and ".join(example[1:]) if example[0] != LIST else ", ".join(example[1:])
        button.setToolTip(words)
        button.setAccessibleName(f"Example: {words}")
        button.clicked.connect(lambda: self._run(example))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.kinds)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        self._chips: dict[str, QWidget] = {}
        for form in self._forms.values():
            column.addWidget(form)
        for kind, buttons in self.examples.items():
            chips = FlowRow()
            chips.add(styled("examples", "Examples"))
            for button in buttons:
                chips.add(button)
            self._chips[kind] = chips
            column.addWidget(chips)
        self.set_kind(PAIR)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    form = GrowthForm(theme, {})
    form.pair.set_texts("log n", "sqrt n")
    column = QVBoxLayout(around)
    column.addWidget(form, 0, Qt.AlignmentFlag.AlignTop)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
