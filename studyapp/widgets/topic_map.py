"""TopicMap: the whole course, a column a unit, a line a topic with how much of it is known.

Run it alone: python -m studyapp.widgets.topic_map
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from content.records import TopicProgress
from studyapp.theme import Theme
from studyapp.widgets.ring import MET

_NARROWEST, _GAP = 240, 20  # px of a column
_DOT, _LEFT, _AROUND = 14, 30, 5  # px: the dot, where the title begins, above and below it
_TURN = 5760  # sixteenths of a degree


class TopicMap(QWidget):
    """Units in the order given, beside each other as far as there is room.

    Signals:
        chosen(str): a topic was clicked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._units: list[_Unit] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(14)

    @property
    def lines(self) -> tuple[TopicLine, ...]:
        return tuple(line for unit in self._units for line in unit.lines)

    def show_progress(self, progress: Sequence[TopicProgress]) -> None:
        """Show these topics; their order is kept."""
        groups = [list(group) for _, group in groupby(progress, key=lambda one: one.unit)]
        if [line.topic.topic for line in self.lines] != [one.topic for one in progress]:
            self._build(groups)
        for unit, group in zip(self._units, groups, strict=True):
            unit.show_topics(group)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self, groups: Sequence[Sequence[TopicProgress]]) -> None:
        for old in self._units:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._units = [_Unit(self._theme, group) for group in groups]
        for line in self.lines:
            line.clicked.connect(self._on_clicked)
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(len(self._units), (self.width() + _GAP) // (_NARROWEST + _GAP)))
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, unit in enumerate(self._units):
            self._grid.addWidget(unit, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)

    def _on_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, TopicLine):
            self.chosen.emit(line.topic.topic)


class _Unit(QWidget):
    """Title, count and bar of one unit, and its topics."""

    def __init__(self, theme: Theme, topics: Sequence[TopicProgress]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.lines = [TopicLine(theme, topic) for topic in topics]
        self._title, self._count, self._bar = QLabel(topics[0].unit_title), QLabel(), QProgressBar()
        self._title.setObjectName("h3")
        self._title.setWordWrap(True)
        self._count.setObjectName("small")
        self._bar.setObjectName("thin")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(f"{topics[0].unit_title}: cards known")
        head = QGridLayout()
        head.setContentsMargins(8, 0, 8, 4)
        head.setVerticalSpacing(5)
        head.setColumnStretch(0, 1)
        head.addWidget(self._title, 0, 0)
        head.addWidget(self._count, 0, 1, Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._bar, 1, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        for line in self.lines:
            column.addWidget(line)

    def show_topics(self, topics: Sequence[TopicProgress]) -> None:
        for line, topic in zip(self.lines, topics, strict=True):
            line.show_topic(topic)
        known, cards = sum(t.known for t in topics), sum(t.cards for t in topics)
        self._count.setText(f"{known} of {cards} known")
        self._bar.setRange(0, max(1, cards))
        self._bar.setValue(known)


class TopicLine(QPushButton):
    """A dot that fills, and the title of one topic; a long title goes on in a second line."""

    def __init__(self, theme: Theme, topic: TopicProgress) -> None:
        super().__init__()
        self.setObjectName("line")
        self._theme = theme
        self.topic = topic
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_topic(self, topic: TopicProgress) -> None:
        self.topic = topic
        words = (
            f"{topic.known} of {topic.cards} cards known, {topic.seen} met; "
            f"{topic.right} of {topic.questions} questions right"
        )
        self.setAccessibleName(topic.title)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_NARROWEST, self.fontMetrics().height() + 2 * _AROUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = QFontMetrics(self.font())
        needed = metrics.boundingRect(self._room(1000), Qt.TextFlag.TextWordWrap, self.topic.title).height()
        self.setFixedHeight(needed + 2 * _AROUND)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        painter.setPen(self._theme.colour("text"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self._room(self.height()), flags, self.topic.title)
        self._paint_dot(painter)
        painter.end()

    def _room(self, height: int) -> QRect:
        return QRect(_LEFT, 0, self.width() - _LEFT - 6, height)

    def _paint_dot(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(9, (self.height() - _DOT) / 2, _DOT, _DOT).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._theme.colour("handle"), 2))
        painter.drawEllipse(room)
        for count, opacity in ((self.topic.seen, MET), (self.topic.known, 255)):
            if count:
                colour = self._theme.colour("accent")
                colour.setAlpha(opacity)
                painter.setPen(QPen(colour, 3))
                painter.drawArc(room, _TURN // 4, -round(_TURN * count / max(1, self.topic.cards)))


def _show(theme: Theme) -> QWidget:
    titles = ("Why LSTM?", "The forget gate", "Input gate and update of the cell", "Output gate", "All of it")
    shown = TopicMap(theme)
    shown.show_progress(
        [TopicProgress(t, t, "lstm", "LSTM", 10, 2 * n, n, 8, n) for n, t in enumerate(titles)]
        + [TopicProgress(t + "2", t, "big", "Algorithm analysis", 10, 0, 0, 8, 0) for t in titles[:3]]
    )
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
