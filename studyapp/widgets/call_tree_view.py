"""CallTreeView: the calls of a recursion at one moment of its run: done, under way, still to come.

Paints a layout; knows no process and no page.
Run it alone: python -m studyapp.widgets.call_tree_view
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from engine.symbolic.findings import CallTree, Visit
from studyapp.theme import Theme
from studyapp.widgets.call_tree_layout import MERGED, TREE, CallLayout, Edge, Node, bow, laid_out
from studyapp.widgets.painted import Painted

_ROW, _TALL, _GAP = 54.0, 34.0, 8.0  # px from one level to the next; of a call; between two
_LETTERS = 14  # of a label, at most
_CLOSEST, _FARTHEST, _STEP = 2.0, 0.25, 1.2  # zoom
_FAINT = 0.38  # opacity of what is still to come
_LEGIBLE = 0.8  # zoom that is chosen for the user at least
_LARGEST = 1.6  # zoom that is chosen for the user at most
_READABLE = 0.6  # zoom from which on there are words
_NOTHING = CallLayout({}, (), 1.0, 1)


class CallTreeView(Painted):
    """Left and Right go one moment back and on, Home and End to the first and last; + and - zoom.

    Signals:
        moment_asked(int): the user wants to see this moment.
        zoom_asked(float): by this factor.

    Attributes:
        moment: which one is shown; `last` is the last one. kind: TREE or MERGED. zoom: 1 for full size.
    """

    moment_asked = Signal(int)
    zoom_asked = Signal(float)
    ground = "card"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Calls", "The calls come with recursive code.")
        self.kind, self.moment, self.zoom = TREE, 0, 1.0
        self._visits: tuple[Visit, ...] = ()
        self._at: dict[int, Visit] = {}  # who enters or leaves at a moment
        self._layout = _NOTHING
        self._wide = 60.0
        self._short = False  # only arguments are written
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- what is shown ---

    @property
    def empty(self) -> bool:
        return not self._visits

    @property
    def last(self) -> int:
        """The last moment."""
        return max(self._at, default=0)

    @property
    def current(self) -> Visit | None:
        """The call that enters or leaves now."""
        return self._at.get(self.moment)

    @property
    def stack(self) -> tuple[Visit, ...]:
        """The calls that are under way, the first one first; with the one that leaves now."""
        return tuple(v for v in self._visits if v.enters <= self.moment <= v.leaves)

    def set_tree(self, tree: CallTree | None) -> None:
        """Show this run, at its end: everything has been called."""
        self._visits = tree.visits if tree is not None else ()
        self._at = {v.enters: v for v in self._visits} | {v.leaves: v for v in self._visits}
        self.moment = self.last
        self._arrange()

    def set_kind(self, kind: str) -> None:
        """TREE, or MERGED."""
        self.kind = kind
        self._arrange()

    def set_moment(self, moment: int) -> None:
        """Show this moment."""
        self.moment = max(0, min(moment, self.last))
        self.refresh()

    def set_zoom(self, zoom: float) -> None:
        """1 is full size."""
        self.zoom = max(_FARTHEST, min(_CLOSEST, zoom))
        self.setFixedSize(self.whole())
        self.refresh()

    def fit(self, width: int, height: int) -> None:
        """Zoom so that all of it has room, but stays readable.

        Where there is little room only the arguments are written, not the function's name.
        """
        for self._short in (False, True):
            self._measure()
            share = min(width / (self._layout.across * self._pitch), height / (self._layout.down * _ROW))
            if share >= _LEGIBLE:
                break
        self.set_zoom(max(_LEGIBLE, min(_LARGEST, share)))

    def whole(self) -> QSize:
        """How large all of it is, px."""
        across, down = self._layout.across * self._pitch, self._layout.down * _ROW
        return QSize(max(1, round(across * self.zoom)), max(1, round(down * self.zoom)))

    def place_of(self, visit: Visit) -> QRectF:
        """Where that call stands, px; an empty rectangle where it does not."""
        node = self._layout.nodes.get(visit.same if self.kind == MERGED else visit.number)
        return QRectF() if node is None else self._rect(node)

    def words(self) -> str:
        """What happens at this moment."""
        visit = self.current
        if visit is None:
            return ""
        if self.moment == visit.enters:
            return f"{visit.label} is called"
        known = " from the memo" if visit.remembered else ""
        return f"{visit.label} returns {visit.result}{known}" if visit.result else f"{visit.label} ends"

    def description(self) -> str:
        distinct = len({visit.same for visit in self._visits})
        now = f" Moment {self.moment} of {self.last}: {self.words()}." if self.current else ""
        return f"{len(self._visits)} calls, {distinct} different ones.{now}"

    # --- painting ---

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        under_way = {visit.number for visit in self.stack}
        for edge in self._layout.edges:
            self._paint_edge(painter, edge, under_way)
        current = self.current
        for node in self._layout.nodes.values():
            self._paint_node(painter, node, current)

    def _paint_edge(self, painter: QPainter, edge: Edge, under_way: set[int]) -> None:
        nodes = self._layout.nodes
        start, end = self._rect(nodes[edge.caller]), self._rect(nodes[edge.called])
        lit = self._is_lit(edge, under_way)
        came = self._came(nodes[edge.called].visit)
        pen = QPen(self.colour("accent" if lit else "outline", 255 if came else 90), 2.0 if lit else 1.2)
        path = self._path(start, end, edge.levels)
        painter.strokePath(path, pen)
        if edge.times > 1 and self.zoom >= _READABLE:
            painter.setFont(self.sized(10))
            painter.setPen(self.colour("muted"))
            painter.drawText(path.pointAtPercent(0.5) + QPointF(4, 0), f"×{edge.times}")

    def _path(self, start: QRectF, end: QRectF, levels: int) -> QPainterPath:
        """Straight down to the next level; beside what is between to one that is farther down."""
        if levels <= 1:
            path = QPainterPath(QPointF(start.center().x(), start.bottom()))
            path.lineTo(QPointF(end.center().x(), end.top()))
            return path
        left = end.center().x() < start.center().x() - 1
        side = -1 if left else 1
        beside = side * bow(levels) * self._pitch * self.zoom
        path = QPainterPath(QPointF(start.left() if left else start.right(), start.center().y()))
        tip = QPointF(end.left() if left else end.right(), end.center().y())
        begin = path.currentPosition()
        out = QPointF(beside, 0)
        path.cubicTo(begin + out, tip + out, tip)
        return path

    def _paint_node(self, painter: QPainter, node: Node, current: Visit | None) -> None:
        rect, visit = self._rect(node), node.visit
        here = current is not None and self._same(visit, current)
        ink = self._ink(node)
        painter.setOpacity(1.0 if self._came(visit) else _FAINT)
        ground = QColor(ink)
        ground.setAlpha(255 if here else 46)
        painter.setBrush(self.colour("card"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, 7, 7)
        painter.setBrush(ground)
        stacked = any(self._same(visit, other) for other in self.stack)
        painter.setPen(QPen(self.colour("accent") if stacked and not here else ink, 2 if stacked else 1))
        painter.drawRoundedRect(rect, 7, 7)
        if self.zoom >= _READABLE:
            self._write(painter, rect, node, here)
        painter.setOpacity(1.0)

    def _write(self, painter: QPainter, rect: QRectF, node: Node, here: bool) -> None:
        visit, over = node.visit, self._left(node.visit)
        result = f"= {_cut(visit.result)}" if visit.result and over else ""
        painter.setPen(self.colour("card" if here else "text"))
        painter.setFont(self.sized(max(7, round(12 * self.zoom)), bold=here))
        half = rect.height() / 2
        top = rect.adjusted(0, 2, 0, -half) if result else rect
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, self._label(visit))
        if result:
            painter.setFont(self.sized(max(7, round(11 * self.zoom))))
            if not here:
                painter.setPen(self.colour("muted"))
            painter.drawText(rect.adjusted(0, half - 2, 0, -1), Qt.AlignmentFlag.AlignCenter, result)

    def _ink(self, node: Node) -> QColor:
        series = self.theme.colours.series
        return self.colour("outline") if node.group < 0 else QColor(series[node.group % len(series)])

    def _label(self, visit: Visit) -> str:
        """The whole call, or its arguments where that is too long."""
        inside = visit.label.partition("(")[2].removesuffix(")")
        whole = len(visit.label) <= _LETTERS and not self._short
        return visit.label if whole else _cut(inside or visit.label)

    def _rect(self, node: Node) -> QRectF:
        z = self.zoom
        wide = self._wide * z
        return QRectF(
            node.x * self._pitch * z - wide / 2, node.y * _ROW * z + (_ROW - _TALL) / 2 * z, wide, _TALL * z
        )

    # --- moments ---

    def _same(self, visit: Visit, other: Visit) -> bool:
        """Whether both are the same node of the picture."""
        return visit.same == other.same if self.kind == MERGED else visit.number == other.number

    def _came(self, visit: Visit) -> bool:
        return visit.enters <= self.moment

    def _left(self, visit: Visit) -> bool:
        return visit.leaves <= self.moment

    def _is_lit(self, edge: Edge, under_way: set[int]) -> bool:
        for number in under_way:
            visit = self._visits[number]
            if visit.parent < 0:
                continue
            caller = self._visits[visit.parent]
            ends = (caller.same, visit.same) if self.kind == MERGED else (caller.number, visit.number)
            if ends == (edge.caller, edge.called):
                return True
        return False

    # --- Qt ---

    def sizeHint(self) -> QSize:
        return self.whole()

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and not self.empty
        if overrides and isinstance(event, QKeyEvent) and self._target(event) is not None:
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = None if self.empty else self._target(event)
        if target is None:
            super().keyPressEvent(event)
        elif isinstance(target, float):
            self.zoom_asked.emit(target)
        else:
            self.moment_asked.emit(max(0, min(target, self.last)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The moment at which the call that was clicked begins; clicked again, at which it ends."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        node = self._node_at(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            again = self.moment == node.visit.enters
            self.moment_asked.emit(node.visit.leaves if again else node.visit.enters)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            event.ignore()

    def _target(self, event: QKeyEvent) -> int | float | None:
        """The moment, or the zoom, that a key asks for."""
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return None
        found: dict[Qt.Key, int | float] = {
            Qt.Key.Key_Left: self.moment - 1,
            Qt.Key.Key_Right: self.moment + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.last,
            Qt.Key.Key_Plus: _STEP,
            Qt.Key.Key_Equal: _STEP,
            Qt.Key.Key_Minus: 1 / _STEP,
        }
        return found.get(Qt.Key(event.key()))

    def _node_at(self, point: QPointF) -> Node | None:
        return next((node for node in self._layout.nodes.values() if self._rect(node).contains(point)), None)

    def _words_at(self, point: QPointF) -> str:
        node = self._node_at(point)
        if node is None:
            return ""
        visit = node.visit
        times = sum(other.same == visit.same for other in self._visits)
        told = [f"{visit.label} = {visit.result}" if visit.result else visit.label]
        if times > 1:
            told.append(f"called {times} times with the same arguments")
        if visit.remembered:
            told.append("answered from the memo")
        return "\n".join(told)

    @property
    def _pitch(self) -> float:
        return self._wide + _GAP

    def _arrange(self) -> None:
        self._layout = laid_out(self._visits, self.kind) if self._visits else _NOTHING
        self._measure()
        self.set_zoom(self.zoom)
        self.describe()

    def _measure(self) -> None:
        """How wide a call is: as its longest label, or its longest result."""
        metrics = QFontMetricsF(self.sized(12, bold=True))
        labels = [metrics.horizontalAdvance(self._label(visit)) for visit in self._visits]
        results = [metrics.horizontalAdvance(f"= {_cut(visit.result)}") for visit in self._visits]
        self._wide = max((*labels, *results, 20.0)) + 10


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"


def _show(theme: Theme) -> CallTreeView:
    from studyapp.widgets.findings_sample import fibonacci

    view = CallTreeView(theme)
    view.set_tree(fibonacci())
    view.set_moment(9)
    return view


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
