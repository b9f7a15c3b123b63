"""StepsHead: how the lines of a derivation are told: how finely, with what beside them, how many at a time.

Run it alone: python -m studyapp.widgets.steps_head
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.symbolic.report import Report
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled, toggle
from studyapp.widgets.line_formula import Telling
from studyapp.widgets.segments import Segments
from studyapp.widgets.time_cursor import TimeCursor

LEVELS = ("compact", "normal", "fine")
_LABELS = (("compact", "Compact"), ("normal", "Normal"), ("fine", "Fine"))


class StepsHead(QWidget):
    """Two lines of small controls; what the lines have no use for is not shown.

    Signals:
        told(): `telling` or `level` is another one.
        one_by_one_toggled(bool).
        previous_asked(), next_asked(), all_asked(), copy_asked().

    Attributes:
        count: how many lines there are. detail: the segments. one_by_one, news, numbers: the switches.
        previous_button, next_button, all_button: they reveal. earlier, later: they move `time`.
        time: the cursor at the time that is looked at, shared with the picture.
        room: where a page adds buttons.
    """

    told = Signal()
    one_by_one_toggled = Signal(bool)
    previous_asked = Signal()
    next_asked = Signal()
    all_asked = Signal()
    copy_asked = Signal()

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips`: by name: one, previous, next, all, copy, news, numbers, earlier, later, finer."""
        super().__init__()
        self._theme, self._tips = theme, tips
        self.time = TimeCursor()
        self.count, self._time_words = styled("small"), styled("small")
        self.detail = Segments("How finely it is told", _LABELS)
        self.detail.setObjectName("compactsegments")
        self.detail.setToolTip(self._tip("finer"))
        self.detail.set_value("normal")
        self.one_by_one = toggle("One at a time", "One line at a time", self._tip("one"))
        self.news = toggle("What is new", "Colour what is new in each line", self._tip("news"))
        self.numbers = toggle("Numbers", "The value of each line at the shown numbers", self._tip("numbers"))
        self.numbers.setChecked(True)
        self.previous_button = self._button("arrow-left", "", "previous", self.previous_asked)
        self.next_button = self._button("arrow-right", "Next", "next", self.next_asked)
        self.all_button = self._button("list-checks", "Show all", "all", self.all_asked)
        self.copy_button = self._button("copy", "Copy as LaTeX", "copy", self.copy_asked)
        self.earlier = self._button("chevron-left", "", "earlier", self.go_earlier)
        self.later = self._button("chevron-right", "", "later", self.go_later)
        for button, name in (
            (self.previous_button, "Previous line"),
            (self.earlier, "One time step earlier"),
            (self.later, "One time step later"),
        ):
            button.setAccessibleName(name)
        self._lay_out()
        self._connect()

    @property
    def telling(self) -> Telling:
        """How each line is shown; whether with its scalar twin is not ours to say."""
        return Telling(self.numbers.isChecked(), self.news.isChecked(), False, self.time.t + 1)

    @property
    def level(self) -> int:
        """The finest lines that are told: 0 compact, 1 normal, 2 fine."""
        return LEVELS.index(self.detail.value)

    def set_report(self, report: Report) -> None:
        """Offer what the lines of `report` have a use for."""
        lines = report.lines
        steps = max((len(line.values) for line in lines), default=0)
        if report.network is not None and steps > 1:
            steps = report.network.steps
        self.time.fit(max(1, steps), 1)
        self.detail.setVisible(len({line.level for line in lines}) > 1)
        self.news.setVisible(any(line.focus for line in lines))
        self.numbers.setVisible(any(line.values or line.value is not None for line in lines))
        for part in (self.earlier, self._time_words, self.later):
            part.setVisible(steps > 1)
        self._second.setVisible(self.detail.isVisibleTo(self) or self.news.isVisibleTo(self))
        self._show_time()

    def set_level(self, level: int) -> None:
        """Tell it as finely as that, as far as that goes; `told` says so."""
        level = max(0, min(level, len(LEVELS) - 1))
        if level != self.level:
            self.detail.set_value(LEVELS[level])
            self.told.emit()

    def set_count(self, shown: int, told: int, lines: int) -> None:
        """So many of the lines that are told are shown; with the finest telling there are `lines`."""
        stepping = self.one_by_one.isChecked()
        few, many = (shown, told) if stepping else (told, lines)
        words = f"{few} of {many} lines" if stepping or few < many else f"{many} lines"
        self.count.setText("1 line" if lines == 1 else words)
        self.count.setToolTip("" if told == lines else f"{lines - told} more come with a finer telling")
        for button in (self.previous_button, self.next_button, self.all_button):
            button.setVisible(stepping)
        self.previous_button.setEnabled(shown > 1)
        self.next_button.setEnabled(shown < told)

    def go_earlier(self) -> None:
        """Look at the time step before."""
        self.time.go(self.time.t - 1)

    def go_later(self) -> None:
        """Look at the next time step."""
        self.time.go(self.time.t + 1)

    # --- inside ---

    def _on_moved(self) -> None:
        self._show_time()
        self.told.emit()

    def _on_told(self) -> None:
        self.told.emit()

    def _show_time(self) -> None:
        t, steps = self.time.t + 1, self.time.steps
        self._time_words.setText(f"t = {t}")
        self._time_words.setToolTip(f"The numbers are those of time step {t} of {steps}")
        self.earlier.setEnabled(t > 1)
        self.later.setEnabled(t < steps)

    def _connect(self) -> None:
        self.time.moved.connect(self._on_moved)
        self.detail.chosen.connect(self._on_told)
        self.news.toggled.connect(self._on_told)
        self.numbers.toggled.connect(self._on_told)
        self.one_by_one.toggled.connect(self.one_by_one_toggled)

    def _tip(self, name: str) -> str:
        return self._tips.get(name, "")

    def _button(self, icon: str, text: str, tip: str, slot: object) -> IconButton:
        button = IconButton(self._theme, icon, text, "quiet")
        button.setToolTip(self._tip(tip))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the rows
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        first, self.room = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(styled("h2", "Steps"))
        first.addWidget(self.count, 1)
        reveal = (self.previous_button, self.next_button, self.all_button)
        buttons: tuple[QWidget, ...] = (self.one_by_one, *reveal, self.copy_button)
        for button in buttons:
            first.addWidget(button)
        first.addLayout(self.room)
        self._second = QWidget()
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(8)
        telling: tuple[QWidget, ...] = (self.detail, self.news, self.numbers)
        times: tuple[QWidget, ...] = (self.earlier, self._time_words, self.later)
        for part in telling:
            second.addWidget(part)
        second.addStretch(1)
        for part in times:
            second.addWidget(part)
        self._time_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._time_words.setMinimumWidth(44)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 4, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self._second)


def _show(theme: Theme) -> StepsHead:
    from studyapp.widgets.derive_sample import gradient

    head = StepsHead(theme, {})
    head.set_report(gradient())
    return head


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
