"""StepsCard: the lines of a derivation, all at once or one at a time. Knows no process.

Run it alone: python -m studyapp.widgets.steps_card
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.symbolic.report import Report
from studyapp.derivation_latex import whole
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled, toggle
from studyapp.widgets.step_row import StepRow


class StepsCard(QFrame):
    """Rows, and the buttons that reveal them.

    Signals:
        revealed(int, int): so many of all lines are shown now.
        wanted(StepRow): this row should come into view.
        grown(): rows may have other heights.
        said(str): a sentence for the status line.

    Attributes:
        rows: one StepRow a line.
        one_by_one: the switch; `previous_button`, `next_button`, `all_button` reveal.
    """

    revealed = Signal(int, int)
    wanted = Signal(object)
    grown = Signal()
    said = Signal(str)

    def __init__(self, theme: Theme, tips: dict[str, str]) -> None:
        """`tips` are tooltips by name: one, previous, next, all, copy."""
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._report: Report | None = None
        self.rows: list[StepRow] = []
        self.shown = 0
        self.count = styled("small")
        self.one_by_one = toggle("One at a time", "One line at a time", tips["one"])
        self.one_by_one.toggled.connect(self._on_one_by_one)
        self.previous_button = self._button("arrow-left", "", tips["previous"], self.previous)
        self.next_button = self._button("arrow-right", "Next", tips["next"], self.next)
        self.all_button = self._button("list-checks", "Show all", tips["all"], self.show_all)
        self.copy_button = self._button("copy", "Copy as LaTeX", tips["copy"], self.copy)
        self.previous_button.setAccessibleName("Previous line")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._lay_out()

    def set_report(self, report: Report) -> None:
        """Show the lines of `report`, the first one only when they come one at a time."""
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._report = report
        self.rows = [self._row(index) for index in range(len(report.lines))]
        self._reveal(1 if self.one_by_one.isChecked() else len(self.rows))

    @property
    def last_row(self) -> StepRow:
        """The last one that is shown."""
        return self.rows[self.shown - 1]

    @property
    def has_keyboard(self) -> bool:
        """Whether one of the rows has it."""
        return any(row.hasFocus() for row in self.rows)

    # --- revealing ---

    def next(self) -> None:
        """Show one line more; where all are shown, go to the next one."""
        if not self.one_by_one.isChecked():
            self._on_moved(1)
        elif self.shown < len(self.rows):
            self._reveal(self.shown + 1)
            self._stress(self.shown - 1)

    def previous(self) -> None:
        """Take the last line that is shown away again; where all are shown, go to the one before."""
        if not self.one_by_one.isChecked():
            self._on_moved(-1)
        elif self.shown > 1:
            self._reveal(self.shown - 1)
            self._stress(self.shown - 1)

    def show_all(self) -> None:
        """Show every line."""
        self.one_by_one.setChecked(False)
        self._reveal(len(self.rows))

    def toggle_one_by_one(self) -> None:
        """Show the lines one at a time, or all of them."""
        self.one_by_one.toggle()

    def copy(self) -> None:
        """Put the whole derivation on the clipboard as LaTeX."""
        if self._report is not None:
            QGuiApplication.clipboard().setText(whole(self._report))
            self.said.emit(f"Copied {len(self._report.lines)} lines as LaTeX.")

    def fill(self, area: QRect) -> bool:
        """Build the rows that are within `area` of this card; whether any was not built before."""
        empty = [row for row in self.rows if not row.filled and not row.isHidden()]
        due = [row for row in empty if row.geometry().intersects(area)]
        for row in due:
            row.fill()
        return bool(due)

    # --- inside ---

    def _row(self, index: int) -> StepRow:
        if self._report is None:
            raise ValueError("no report yet")
        row = StepRow(self._theme, self._report.lines[index])
        row.sources_asked.connect(self._on_sources)
        row.moved.connect(self._on_moved)
        row.resized.connect(self.grown)
        row.hide()
        self._rows.addWidget(row)
        return row

    def _reveal(self, count: int) -> None:
        self.shown = count
        for index, row in enumerate(self.rows):
            row.setVisible(index < count)
            row.set_marked(False)
        stepping = self.one_by_one.isChecked()
        self.count.setText(f"{count} of {len(self.rows)}" if stepping else f"{len(self.rows)} lines")
        for button in (self.previous_button, self.next_button, self.all_button):
            button.setVisible(stepping)
        self.previous_button.setEnabled(count > 1)
        self.next_button.setEnabled(count < len(self.rows))
        self.revealed.emit(count, len(self.rows))
        self.grown.emit()

    def _stress(self, index: int) -> None:
        """The reason of the newest line is open, those before are folded; the keyboard is there."""
        for row in self.rows[:index]:
            if row.open:
                row.set_open(False)
        self.rows[index].set_open(True)
        self._go_to(index)

    def _go_to(self, index: int) -> None:
        self.rows[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit(self.rows[index])

    def _on_one_by_one(self, on: bool) -> None:
        if self.rows:
            self._reveal(1 if on else len(self.rows))
            if on:
                self._stress(0)

    def _on_sources(self, number: int) -> None:
        needed = self.rows[number - 1].line.uses
        for row in self.rows:
            row.set_marked(row.line.number in needed)
        self._go_to(max(needed) - 1)
        self._go_to(min(needed) - 1)

    def _on_moved(self, by: int) -> None:
        here = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        if here is not None and 0 <= here + by < self.shown:
            self._go_to(here + by)

    def _button(self, icon: str, text: str, tip: str, slot: object) -> IconButton:
        button = IconButton(self._theme, icon, text, "quiet")
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the rows
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(styled("h2", "Steps"))
        head.addWidget(self.count, 1)
        for button in (
            self.one_by_one,
            self.previous_button,
            self.next_button,
            self.all_button,
            self.copy_button,
        ):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 10)
        column.setSpacing(8)
        inset = QHBoxLayout()
        inset.setContentsMargins(8, 0, 4, 0)
        inset.addLayout(head)
        column.addLayout(inset)
        column.addLayout(self._rows)


def _show(theme: Theme) -> QWidget:
    from studyapp.widgets.derive_sample import report

    card = StepsCard(theme, dict.fromkeys(("one", "previous", "next", "all", "copy"), ""))
    card.set_report(report())
    card.fill(QRect(0, 0, 2000, 2000))
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
