"""NoteHead: title of a note or unit, what it builds on, how far it has come, and what to do with it.

Run it alone: python -m studyapp.widgets.note_head
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studyapp import actions, assets
from studyapp.reading.heading import Heading
from studyapp.theme import Theme
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.ways_button import WaysButton

_GAP, _LEAST = 8, 60  # px: between the buttons; of a unit's title


class NoteHead(QWidget):
    """Stands above the text and does not scroll with it.

    Signals:
        review(), quiz(): with the cards, the questions of this text.
        link(str): go to this address.
        read(bool): mark it as read, or not.
        larger(), smaller(): other text size.
        printing(): put it on paper.
    """

    review = Signal()
    quiz = Signal()
    link = Signal(str)
    read = Signal(bool)
    larger = Signal()
    smaller = Signal()
    printing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notehead")
        self._theme = theme
        self._heading = Heading(("", ""), "", "")
        self._unit, self._title, self._summary, self._state = QPushButton(), QLabel(), QLabel(), QLabel()
        self._unit.setObjectName("link")
        self._unit.setToolTip("Open the page of this unit")
        for label, name in ((self._title, "h1"), (self._summary, "muted"), (self._state, "muted")):
            label.setObjectName(name)
            label.setWordWrap(True)
        self._unit.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._state.setTextFormat(Qt.TextFormat.RichText)
        self.cards = IconButton(theme, "layers", "Review cards", "primary")
        self.questions = IconButton(theme, "list-checks", "Test me on this page")
        self.lab, self.derive = (
            WaysButton(theme, "flask-conical", "Lab"),
            WaysButton(theme, "sigma", "Derive"),
        )
        self.more = WaysButton(theme, "table-of-contents", "Formulas")
        self.mark = IconButton(theme, "circle", "Mark as read", "ghost")
        self.mark.setCheckable(True)
        self._tools = {
            "printer": self._tool("notes.print", self.printing),
            "a-arrow-down": self._tool("notes.smaller", self.smaller),
            "a-arrow-up": self._tool("notes.larger", self.larger),
        }
        self._lay_out()
        self._connect()
        self._on_theme()

    def show_heading(self, heading: Heading) -> None:
        """Show this one."""
        self._heading = heading
        self._elide_unit()
        self._unit.setVisible(bool(heading.unit[1]))
        self._title.setText(heading.title)
        self._summary.setText(heading.summary)
        self._summary.setVisible(bool(heading.summary))
        self.lab.set_ways(heading.lab)
        self.derive.set_ways(heading.derive)
        self.more.set_ways(heading.more)
        self.cards.setVisible(heading.read is not None)
        self.questions.setVisible(bool(heading.test))
        self.questions.set_words("list-checks", heading.test)
        self.mark.setVisible(heading.read is not None)
        self.mark.setChecked(bool(heading.read))
        self.mark.set_words(
            "circle-check" if heading.read else "circle", "Read" if heading.read else "Mark as read"
        )
        self.mark.setToolTip(actions.tip("notes.read"))
        self._row.arrange()
        self._on_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide_unit()

    def _elide_unit(self) -> None:
        """A long title of a unit must not make the page wider than a small window."""
        title, others = self._heading.unit[1], (self.mark, *self._tools.values())
        margins = self.contentsMargins()
        beside = sum(button.sizeHint().width() + _GAP for button in others) + margins.left() + margins.right()
        self._unit.ensurePolished()
        room = max(_LEAST, self.width() - beside - 4 * _GAP)
        words = self._unit.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
        self._unit.setText(words.replace("&", "&&"))
        self._unit.setAccessibleName(title)

    def _lay_out(self) -> None:
        top, column = QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self._unit)
        top.addStretch()
        top.addWidget(self.mark)
        for button in self._tools.values():
            top.addWidget(button)
        self._row = FlowRow()
        for way in (self.cards, self.questions, self.lab, self.derive, self.more):
            self._row.add(way)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(top)
        for widget in (self._title, self._summary, self._state):
            column.addWidget(widget)
        column.addSpacing(5)
        column.addWidget(self._row)

    def _connect(self) -> None:
        self.cards.clicked.connect(self.review)
        self.questions.clicked.connect(self.quiz)
        self.questions.setToolTip(actions.tip("notes.test"))
        for button in (self.lab, self.derive, self.more):
            button.went.connect(self.link)
        self._unit.clicked.connect(lambda: self.link.emit(self._heading.unit[0]))
        self._state.linkActivated.connect(self.link)
        self.mark.clicked.connect(self.read)
        self._theme.changed.connect(self._on_theme)

    def _tool(self, action: str, signal: object) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setToolTip(actions.tip(action))
        button.setAccessibleName(actions.find(action).text)
        button.clicked.connect(signal)
        return button

    def _on_theme(self) -> None:
        colours = self._theme.colours
        for icon, button in self._tools.items():
            button.setIcon(assets.icon(icon, colours.muted, size=18))
        links = ", ".join(
            f'<a style="color:{colours.accent}" href="{escape(address)}">{escape(words)}</a>'
            for address, words in self._heading.needs
        )
        parts = [f"Builds on {links}."] if links else []
        self._state.setText(" ".join([*parts, escape(self._heading.state)]))
        self._state.setVisible(bool(parts or self._heading.state))


def _show(theme: Theme) -> QWidget:
    head = NoteHead(theme)
    head.show_heading(
        Heading(
            ("unit:lstm", "LSTM"),
            "The forget gate",
            "What stays, entry by entry.",
            needs=[("topic:lstm-states", "Cell state and hidden state")],
            state="2 of 9 cards known, 3 of 7 questions right.",
            lab=[("lab:forget-gate", "An open and a closed gate")],
            read=False,
        )
    )
    return head


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
