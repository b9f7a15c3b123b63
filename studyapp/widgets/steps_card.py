"""StepsCard: the lines of a derivation, all at once or one at a time. Knows no process.

Run it alone: python -m studyapp.widgets.steps_card
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.symbolic.report import Line, Report
from studyapp.derivation_latex import whole
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.line_formula import Telling
from studyapp.widgets.line_words import reason_keys
from studyapp.widgets.step_row import StepRow
from studyapp.widgets.steps_head import LEVELS, StepsHead

_BUDGET = 4  # ms of building rows before the window may do something else
_BEHIND, _AHEAD = 400, 1200  # px around what is seen in which formulas are set already


class StepsCard(QFrame):
    """Rows, and what says how they are told.

    Signals:
        revealed(int, int): so many of all lines are shown now.
        wanted(StepRow): this row should come into view.
        grown(): rows may have other heights.
        looked_at(object): the Line that is looked at, by mouse or keyboard; None for no line.
        unfold_wanted(int): the line with this number is wanted once for each of its times.
        said(str): a sentence for the status line.

    Attributes:
        head: the controls. rows: one StepRow a line of the report, whether it is told or not.
        shown: how many of the told ones are shown. prefetch: sets formulas that will be shown.
    """

    revealed = Signal(int, int)
    wanted = Signal(object)
    grown = Signal()
    looked_at = Signal(object)
    unfold_wanted = Signal(int)
    said = Signal(str)

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips` are those of StepsHead."""
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._report: Report | None = None
        self.rows: list[StepRow] = []
        self.shown = 0
        self._instances: dict[int, list[StepRow]] = {}  # by the number of the line that they are times of
        self._pointed: StepRow | None = None
        self._twins = False
        self._limit = 0
        self.prefetch = Prefetch(self)
        self.head = StepsHead(theme, tips)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addLayout(self._rows)
        self._connect()

    def set_report(self, report: Report) -> None:
        """Show the lines of `report`, the first one only when they come one at a time."""
        self._point(None)
        self.prefetch.forget()
        for row in self._all_rows():
            self._drop(row)
        self._instances.clear()
        self._report = report
        self.head.set_report(report)
        self.rows = [self._row(line) for line in report.lines]
        for row in self.rows:
            self._rows.addWidget(row)
        self._reveal(1 if self.one_by_one else len(self.told))

    def set_twins(self, twins: bool) -> None:
        """Have the scalar line beside each line, or not."""
        self._twins = twins
        self._on_told()

    def set_limit(self, number: int) -> None:
        """Keep the line with this number and all after it to ourselves; 0: none of them."""
        if number != self._limit:
            self._limit = number
            if self.rows:
                self._reveal(len(self.told))

    @property
    def one_by_one(self) -> bool:
        """Whether the lines come one at a time."""
        return self.head.one_by_one.isChecked()

    @property
    def told(self) -> list[StepRow]:
        """The rows whose lines are not too fine for the telling, up to the limit."""
        rows = self.rows[: self._limit - 1] if self._limit else self.rows
        return [row for row in rows if row.line.level <= self._level()]

    @property
    def last_row(self) -> StepRow:
        """The last one that is shown."""
        return (list(self.in_order()) or self.rows)[-1]

    @property
    def current(self) -> StepRow | None:
        """The row that has the keyboard, or else the mouse."""
        return next((row for row in self.in_order() if row.hasFocus()), self._pointed)

    @property
    def has_keyboard(self) -> bool:
        """Whether one of the rows has it."""
        return any(row.hasFocus() for row in self.in_order())

    # --- revealing ---

    def next(self) -> None:
        """Show one line more; where all are shown, go to the next one."""
        if not self.one_by_one:
            self._on_moved(1)
        elif self.shown < len(self.told):
            self._reveal(self.shown + 1)
            self._stress(self.shown - 1)

    def previous(self) -> None:
        """Take the last line that is shown away again; where all are shown, go to the one before."""
        if not self.one_by_one:
            self._on_moved(-1)
        elif self.shown > 1:
            self._reveal(self.shown - 1)
            self._stress(self.shown - 1)

    def show_all(self) -> None:
        """Show every line."""
        self.head.one_by_one.setChecked(False)
        self._reveal(len(self.told))

    def toggle_one_by_one(self) -> None:
        """Show the lines one at a time, or all of them."""
        self.head.one_by_one.toggle()

    def copy(self) -> None:
        """Put the whole derivation on the clipboard as LaTeX."""
        if self._report is not None:
            QGuiApplication.clipboard().setText(whole(self._report))
            self.said.emit(f"Copied {len(self._report.lines)} lines as LaTeX.")

    # --- unfolding ---

    def unfold(self) -> None:
        """Show, or put away, the line that is looked at once for each of its times."""
        if (row := self.current) is not None and (row.line.unfolds or row.instance):
            self._on_unfold_asked(row)

    def show_instances(self, number: int, lines: Sequence[Line]) -> None:
        """Show `lines` below the one with this number."""
        parent = next((row for row in self.rows if row.line.number == number), None)
        if parent is None:
            return
        self._fold_in(parent)
        place = self._rows.indexOf(parent)
        made = [self._row(line, instance=True) for line in lines]
        for offset, row in enumerate(made, 1):
            self._rows.insertWidget(place + offset, row)
            row.setVisible(not parent.isHidden())
        self._instances[number] = made
        parent.set_unfolded(True)
        self.grown.emit()

    # --- building what is seen ---

    def fill(self, area: QRect, at_once: bool = False) -> bool:
        """Build rows within `area` of this card; whether any was not built before.

        Only those whose formulas are set, and not too many in one go: `grown` comes for the rest.
        `at_once` builds them all now.
        """
        around = area.adjusted(0, -_BEHIND, 0, _AHEAD)
        empty = [row for row in self.in_order() if not row.filled and row.geometry().intersects(around)]
        due = [row for row in empty if row.geometry().intersects(area)]
        self.prefetch.want(key for row in (*due, *empty) for key in row.formulas())
        clock = QElapsedTimer()
        clock.start()
        filled = False
        for row in due:
            if at_once or self.prefetch.at_hand(row.formulas()):
                row.fill()
                filled = True
            if clock.elapsed() > _BUDGET and not at_once:
                break
        return filled

    def is_built(self, area: QRect) -> bool:
        """Whether nothing within `area` is still to be built."""
        return all(row.filled or not row.geometry().intersects(area) for row in self.in_order())

    def in_order(self) -> Iterator[StepRow]:
        """The rows that are shown, each before those that it stands for."""
        for row in self.rows:
            if not row.isHidden():
                yield row
                yield from self._instances.get(row.line.number, ())

    # --- inside ---

    def _row(self, line: Line, *, instance: bool = False) -> StepRow:
        row = StepRow(self._theme, line, self._telling(), instance=instance)
        row.source_asked.connect(lambda number, row=row: self._on_source_asked(row, number))
        row.unfold_asked.connect(lambda row=row: self._on_unfold_asked(row))
        row.pointed.connect(lambda came, row=row: self._on_pointed(row, came))
        row.moved.connect(self._on_moved)
        row.resized.connect(self.grown)
        row.hide()
        return row

    def _drop(self, row: StepRow) -> None:
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _all_rows(self) -> list[StepRow]:
        """Also those that are not shown."""
        return [*self.rows, *(row for rows in self._instances.values() for row in rows)]

    def _telling(self) -> Telling:
        return replace(self.head.telling, twins=self._twins)

    def _level(self) -> int:
        finest = min((row.line.level for row in self.rows), default=0)
        return max(self.head.level, finest)

    def _reveal(self, count: int) -> None:
        self.shown = count
        hidden = frozenset(row.line.number for row in self.rows if row.line.level > self._level())
        visible = set(map(id, self.told[:count]))
        for row in self.rows:
            row.setVisible(id(row) in visible)
            row.set_marked(False)
            row.set_hidden_sources(hidden)
            for instance in self._instances.get(row.line.number, ()):
                instance.setVisible(id(row) in visible)
        if self.one_by_one:
            for row in self.told[count : count + 1]:  # the next one, with its reason
                self.prefetch.want((*row.formulas(), row.lit_key(), *reason_keys(row.line)))
        self.head.set_count(count, len(self.told), len(self.rows))
        self.revealed.emit(count, len(self.told))
        self.grown.emit()

    def _stress(self, index: int) -> None:
        """The reason of the newest line is open, those before are folded; the keyboard is there."""
        told = self.told
        for row in told[:index]:
            if row.open:
                row.set_open(False)
        told[index].set_open(True)
        self._go_to(told[index])

    def _go_to(self, row: StepRow) -> None:
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit(row)

    def _point(self, row: StepRow | None) -> None:
        """`row` is looked at: what is new in it is coloured."""
        if row is self._pointed:
            return
        if self._pointed is not None:
            self._pointed.set_lit(False)
        self._pointed = row
        if row is not None:
            self.prefetch.want((row.lit_key(), *reason_keys(row.line)))
            row.set_lit(self.prefetch.at_hand([row.lit_key()]))
        self.looked_at.emit(None if row is None else row.line)

    def _fold_in(self, parent: StepRow) -> None:
        for row in self._instances.pop(parent.line.number, ()):
            if row is self._pointed:
                self._point(parent)
            if row.hasFocus():
                parent.setFocus(Qt.FocusReason.OtherFocusReason)
            self._drop(row)
        parent.set_unfolded(False)

    # --- slots ---

    def _on_told(self) -> None:
        """Tell the lines as the controls say; who had the keyboard keeps it, or the line before has it."""
        seen = [row.line.number for row in self.rows if not row.isHidden()]
        if not self.rows:
            return
        keyboard = next((row.line.number for row in self.in_order() if row.hasFocus()), 0)
        for row in self._all_rows():
            row.tell(self._telling())
        told = self.told
        last = seen[-1] if seen else 0
        count = sum(row.line.number <= last for row in told) if self.one_by_one else len(told)
        if seen == [row.line.number for row in told[:count]]:
            self.grown.emit()
            return
        self._reveal(max(1, count))
        if keyboard and not self.has_keyboard:
            before = [row for row in told[: self.shown] if row.line.number <= keyboard]
            self._go_to(before[-1] if before else told[0])

    def _on_one_by_one(self, on: bool) -> None:
        if self.rows:
            self._reveal(1 if on else len(self.told))
            if on:
                self._stress(0)

    def _on_source_asked(self, asking: StepRow, number: int) -> None:
        """Go to the line with this number, also when it is too fine for the telling, and mark all needed."""
        target = self.rows[number - 1]
        if target.line.level > self._level():
            self.head.set_level(target.line.level)
            self.said.emit(f"Line {number} belongs to the {LEVELS[target.line.level]} telling, shown now.")
        for row in self.rows:
            row.set_marked(row.line.number in asking.line.uses)
        self._go_to(target)

    def _on_unfold_asked(self, row: StepRow) -> None:
        if row.line.number in self._instances:
            self._fold_in(self.rows[row.line.number - 1])
            self.grown.emit()
        else:
            self.unfold_wanted.emit(row.line.number)

    def _on_pointed(self, row: StepRow, came: bool) -> None:
        if came:
            self._point(row)
        elif row is self._pointed:
            self._point(next((other for other in self.in_order() if other.hasFocus()), None))

    def _on_moved(self, by: int) -> None:
        rows = list(self.in_order())
        here = next((n for n, row in enumerate(rows) if row.hasFocus()), None)
        if here is not None and 0 <= here + by < len(rows):
            self._go_to(rows[here + by])

    def _on_advanced(self) -> None:
        row = self._pointed
        if row is not None and self.prefetch.at_hand([row.lit_key()]):
            row.set_lit(True)
        self.grown.emit()

    def _connect(self) -> None:
        self.head.told.connect(self._on_told)
        self.head.one_by_one_toggled.connect(self._on_one_by_one)
        self.head.previous_asked.connect(self.previous)
        self.head.next_asked.connect(self.next)
        self.head.all_asked.connect(self.show_all)
        self.head.copy_asked.connect(self.copy)
        self.prefetch.advanced.connect(self._on_advanced)


def _show(theme: Theme) -> QWidget:
    from studyapp.widgets.derive_sample import gradient

    card = StepsCard(theme, {})
    card.set_report(gradient())
    card.fill(QRect(0, 0, 2000, 2000), at_once=True)
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
