"""FindingsCard: what can be seen of an answer: calls, recursion tree, plot, table; one at a time.

Knows `findings.Findings`; knows no process and no page.
Run it alone: python -m studyapp.widgets.findings_card
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from engine.symbolic.findings import Calls, Findings
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.call_tree_panel import CallTreePanel
from studyapp.widgets.growth_panel import GrowthPanel
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.levels_view import LevelsView
from studyapp.widgets.rows_table import RowsTable
from studyapp.widgets.segments import Segments

CALLS, LEVELS, PLOT, TABLE = "calls", "levels", "plot", "table"
TABS = ((CALLS, "Calls"), (LEVELS, "Tree"), (PLOT, "Plot"), (TABLE, "Table"))


_AROUND_LINK = 48  # px


class FindingsCard(QFrame):
    """Tabs for what there is. One that the user chose stays chosen as long as there is something in it.

    Signals:
        recurrence_asked(str): the user wants to see this recurrence solved.
        enlarge_wanted(): show it larger.

    Attributes:
        tabs: which one is in front. calls, levels, plot, table: the pictures. found: what is shown.
    """

    recurrence_asked = Signal(str)
    enlarge_wanted = Signal()

    def __init__(
        self, theme: Theme, prefetch: Prefetch, tips: Mapping[str, str], large: bool = False
    ) -> None:
        """`tips` are those of the panels, with "picture" for the tabs and "larger" for the button."""
        super().__init__()
        self.setObjectName("card")
        self.found = Findings()
        self._wanted = ""  # the tab that the user chose
        self.tabs = Segments("What is shown", TABS)
        self.tabs.setObjectName("compactsegments")
        self.tabs.setToolTip(tips.get("picture", ""))
        self.larger = IconButton(theme, "search", "", "quiet")
        self.larger.setAccessibleName("Show it larger")
        self.larger.setToolTip(tips.get("larger", ""))
        self.larger.setHidden(large)
        self.calls = CallTreePanel(theme, tips)
        self.levels = LevelsView(theme, prefetch)
        self.plot = GrowthPanel(theme, tips)
        self.table = RowsTable(theme, prefetch)
        self.link = QPushButton()
        self.link.setObjectName("link")
        self._lay_out()
        self.tabs.chosen.connect(self._on_chosen)
        self.larger.clicked.connect(self.enlarge_wanted)
        self.link.clicked.connect(lambda: self.recurrence_asked.emit(self.found.recurrence))
        self.hide()

    def set_found(self, found: Findings | None) -> None:
        """Show what there is; None, or nothing to see: the card goes."""
        self.found = found or Findings()
        there = self._there()
        self.setVisible(bool(there))
        for name, _ in TABS:
            self.tabs.button(name).setVisible(name in there)
        self.calls.set_tree(self.found.tree)
        self.levels.set_levels(self.found.levels)
        self.plot.set_curves(self.found.curves)
        self.table.set_rows(self.found.rows, _telling(self.found.calls))
        self.link.setToolTip(f"Solve {self.found.recurrence} on the desk of recurrences")
        self._fit_link()
        self.link.setVisible(bool(self.found.recurrence))
        if there:
            self._turn_to(self._wanted if self._wanted in there else there[0])

    def choose(self, name: str) -> None:
        """Show the tab of that name, if there is something in it."""
        if name in self._there():
            self.tabs.button(name).click()
            self._turn_to(name)

    def next_tab(self) -> None:
        """Show the next one."""
        there = self._there()
        if there:
            self.choose(there[(there.index(self.tabs.value) + 1) % len(there)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_link()

    def _fit_link(self) -> None:
        """As much of the recurrence as has room."""
        words = f"Its recurrence:  {self.found.recurrence}"
        room = self.width() - _AROUND_LINK
        self.link.setText(self.link.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.link.setAccessibleName(words)

    def _there(self) -> list[str]:
        """The tabs that have something in them."""
        found = self.found
        has = {
            CALLS: found.tree is not None,
            LEVELS: found.levels is not None,
            PLOT: bool(found.curves),
            TABLE: bool(found.rows or _telling(found.calls)),
        }
        return [name for name, _ in TABS if has[name]]

    def _on_chosen(self, name: str) -> None:
        self._wanted = name
        self._turn_to(name)

    def _turn_to(self, name: str) -> None:
        self.tabs.set_value(name)
        self._stack.setCurrentWidget(self._pages[name])

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._pages: dict[str, QWidget] = {
            CALLS: self.calls, LEVELS: self.levels, PLOT: self.plot, TABLE: self.table,
        }  # fmt: skip
        for panel in self._pages.values():
            self._stack.addWidget(panel)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.larger)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)


def _telling(calls: Sequence[Calls]) -> tuple[Calls, ...]:
    """Without functions that are called once: that is the call that is counted."""
    return tuple(one for one in calls if one.total.latex != "1")


def _show(theme: Theme) -> FindingsCard:
    import dataclasses

    from studyapp.widgets.findings_sample import fibonacci, recurrence

    card = FindingsCard(theme, Prefetch(), {})
    found = recurrence().found or Findings()
    card.set_found(dataclasses.replace(found, tree=fibonacci(), recurrence="T(n) = 2T(n/2) + n"))
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
