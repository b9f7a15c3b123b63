"""RowsTable: how many operations at a few n, how long they take, and how often each function is called.

Run it alone: python -m studyapp.widgets.rows_table
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from engine.symbolic.findings import Calls, Row
from studyapp.golden import shortened
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied
from studyapp.widgets.numbers import power

_HEADS, _VALUES = ("n", "operations", "time"), ("n", "values")
_CAPTION = "The time is that of 10⁹ operations a second."
_PX, _SHORT = 15, 18  # of a formula; letters of a value
_POWER = re.compile(r"10\^(-?[\d,]+\d|\d)")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowsTable(GutterScroll):
    """No signals. The words can be selected and copied."""

    def __init__(self, theme: Theme, prefetch: Prefetch) -> None:
        super().__init__()
        self.setAccessibleName("Operations and time")
        self._theme, self._prefetch = theme, prefetch
        self._rows, self._calls = QGridLayout(), QGridLayout()
        self._calls.setColumnStretch(1, 1)
        self._calls.setHorizontalSpacing(16)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(9)
        self._rows.setColumnStretch(1, 1)
        self._waiting: list[tuple[MathLabel, str]] = []
        self.column.addLayout(self._rows)
        self.column.addLayout(self._calls)
        self.column.addStretch(1)
        prefetch.advanced.connect(self._typeset)

    def set_rows(self, rows: Sequence[Row], calls: Sequence[Calls] = ()) -> None:
        """Show these."""
        emptied(self._rows)
        emptied(self._calls)
        self._waiting = []
        timed = any(row.time for row in rows)  # of two functions there are values, and no time
        for column, head in enumerate((_HEADS if timed else _VALUES) if rows else ()):
            self._rows.addWidget(self._word(head, "small"), 0, column, _RIGHT)
        for line, row in enumerate(rows, 1):
            for column, words in enumerate((f"{row.n:,}", _written(row), _raised(row.time))):
                label = self._word(words, "mono" if column < 2 else "")
                label.setToolTip(row.value if column == 1 and words != row.value else "")
                self._rows.addWidget(label, line, column, _RIGHT)
        if timed:
            self._calls.addWidget(styled("small", _CAPTION, wrap=True), 0, 0, 1, 2)
        if calls:
            self._calls.addWidget(styled("h3", "Calls"), 1, 0, 1, 2)
        for line, one in enumerate(calls, 2):
            self._calls.addWidget(self._word(one.function, "mono"), line, 0)
            self._calls.addWidget(self._formula(shortened(one.total.latex)), line, 1)
        self._prefetch.want([(latex, False) for _, latex in self._waiting])
        self._typeset()

    def _typeset(self) -> None:
        for label, latex in list(self._waiting):
            if self._prefetch.at_hand([(latex, False)]):
                label.set_tex(latex)
                self._waiting.remove((label, latex))

    def _formula(self, latex: str) -> MathLabel:
        label = MathLabel(self._theme, _PX, display=False)
        label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._waiting.append((label, latex))
        return label

    def _word(self, words: str, style: str) -> QLabel:
        label = styled(style, words, wrap=len(words) > 24)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


def _written(row: Row) -> str:
    """The value in one short line, by its power of ten where it is a number of very many digits."""
    return _raised(row.value) if len(row.value) <= _SHORT else f"≈ 10{power(round(row.log10))}"


def _raised(words: str) -> str:
    """Powers of ten with raised digits: 2.29 · 10²¹."""
    return _POWER.sub(lambda found: f"10{power(int(found[1].replace(',', '')))}", words)


def _show(theme: Theme) -> RowsTable:
    from studyapp.widgets.findings_sample import code, rows

    table = RowsTable(theme, Prefetch())
    found = code().found
    table.set_rows(rows(), found.calls if found is not None else ())
    return table


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
