"""NetworkView: the unrolled network as a picture, with what the current line talks about lit.

Knows the picture (`report.Network`) and which letters a line's path means; derives nothing.
Run it alone: python -m studyapp.widgets.network_view
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip

from engine.derivations.network import lit
from engine.symbolic.report import Line, Network
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.network_layout import FOOT, Column, Layout, Spot, laid_out, rows_of
from studyapp.widgets.network_paint import NetworkPainter
from studyapp.widgets.network_wires import Run, runs
from studyapp.widgets.network_words import place_words, plain_key, wire_words, with_any_t
from studyapp.widgets.painted import Painted

ROW = 62  # px that a row of places would like
_NOTHING = Network(0, (), ())
_NOWHERE = Layout((), {}, {}, 1.0)


class NetworkView(Painted):
    """One column for each time, or dots for those without. Left and Right, Home and End choose a time.

    Signals:
        time_chosen(int): the user chose this time, 1 .. T.
        network_changed(): another one is shown, and nothing of it is lit yet.
        enlarge_wanted(): a double click, Return, or the button: show it larger.

    Attributes:
        time: the time that is chosen.
        lit_keys: places and wires that stand out now, with their times as numbers.
        larger: the button in the corner; not in a picture that is large.
    """

    time_chosen = Signal(int)
    network_changed = Signal()
    enlarge_wanted = Signal()
    ground = "card"

    def __init__(self, theme: Theme, large: bool = False) -> None:
        super().__init__(theme, "Unrolled network", "The network comes with the derivation.")
        self._large = large
        self.time = 1
        self.lit_keys: frozenset[str] = frozenset()
        self._network = _NOTHING
        self._keys: frozenset[str] = frozenset()  # of all places and wires
        self._letter = self._backwards = False
        self._path: tuple[str, ...] = ()
        self._layout = _NOWHERE
        self._runs: tuple[Run, ...] = ()
        self._hovered = ""
        self._still: QPixmap | None = None  # all that does not change with the mouse
        self._painter = NetworkPainter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(280, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.larger = IconButton(theme, "search", "", "quiet")
        self.larger.setParent(self)
        self.larger.setAccessibleName("Show the network larger")
        self.larger.setToolTip("Show the network larger (double click; Escape closes it)")
        self.larger.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.larger.move(0, 0)
        self.larger.hide()
        self.larger.clicked.connect(self.enlarge_wanted)
        theme.changed.connect(self._redraw)

    # --- what is shown ---

    @property
    def network(self) -> Network:
        return self._network

    def set_network(self, network: Network | None, letter: bool = False) -> None:
        """Show `network`, None for none. `letter`: its last time stands for any T."""
        self._network = with_any_t(network) if network and letter else network or _NOTHING
        self._letter = letter
        self._keys = frozenset(p.key for p in self._network.places) | {w.key for w in self._network.wires}
        self.time = max(1, min(self.time, self._network.steps))
        self._path, self.lit_keys, self._hovered = (), frozenset(), ""
        self._layout, self._runs = _NOWHERE, ()
        self.larger.setVisible(not self.empty and not self._large)
        self.updateGeometry()
        self._lay_out()
        self.network_changed.emit()

    def light(self, path: Sequence[str], t: int, backwards: bool = False) -> None:
        """Let what `path` means at time `t` stand out; `backwards`: with arrows against the computing.

        An empty path lights nothing, and nothing is dimmed then. The cursor goes to `t`.
        """
        self._path, self._backwards = tuple(path), backwards
        self._go(t)

    def light_line(self, line: Line | None, t: int) -> None:
        """`light` for what `line` talks about; None for no line."""
        if line is None:
            self.light((), t)
        else:
            self.light(line.path, t, goes_back(line))

    def set_time(self, t: int) -> None:
        """Choose the time `t` without a signal; what is lit follows."""
        self._go(t)

    def twin(self) -> NetworkView:
        """A large picture of the same, with the same lit."""
        made = NetworkView(self.theme, large=True)
        made.set_network(self._network, self._letter)
        made.light(self._path, self.time, self._backwards)
        return made

    @property
    def empty(self) -> bool:
        return not self._network.places

    def description(self) -> str:
        """What is lit, in words."""
        steps = self._network.steps
        names = [plain_key(place.key) for place in self._network.places if place.key in self.lit_keys]
        spoken = f" The current line talks about {', '.join(names)}." if names else ""
        way = " The gradient goes backwards." if self._backwards and names else ""
        t, last = ("T" if self._letter and n == steps else n for n in (self.time, steps))
        when = f"t = {t} of {last} time steps." if steps else "From left to right."
        return f"{when}{spoken}{way}"

    # --- Qt ---

    def sizeHint(self) -> QSize:
        return QSize(560, round(max(2.6, rows_of(self._network)) * ROW + FOOT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paint(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still.devicePixelRatio() != ratio:
            self._still = self._painter.still(self.size(), ratio, self._layout, self._runs)
        painter.drawPixmap(0, 0, self._still)
        hovered = next((run for run in self._runs if run.wire.key == self._hovered), None)
        if hovered is not None:
            self._painter.paint_hovered(painter, hovered)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.empty:
            self._choose_at(event.position().x())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.empty and not self._large:
            self.enlarge_wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self.empty:
            if not self._layout.column_at(event.position().x()).hidden:
                self._choose_at(event.position().x())
            return
        self._hover(self._wire_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = self._network.steps
        targets = {
            Qt.Key.Key_Left: self.time - 1,
            Qt.Key.Key_Right: self.time + 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: steps,
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.empty and not self._large:
            self.enlarge_wanted.emit()
            return
        target = targets.get(Qt.Key(event.key()))
        if target is None or not steps:
            super().keyPressEvent(event)
        else:
            self._choose(target)

    def words_at(self, point: QPointF) -> str:
        """What is under the mouse, for the tool tip."""
        spot = self._spot_at(point)
        if spot is not None:
            return place_words(spot.place, self._network, self._letter)
        run = self._wire_at(point)
        if run is not None:
            return wire_words(run.wire)
        column = self._layout.column_at(point.x()) if self._layout.columns else None
        return _hidden_words(column) if column is not None and column.hidden else ""

    # --- inside ---

    def _go(self, t: int) -> None:
        self.time = max(1, min(t, max(1, self._network.steps)))
        self.lit_keys = self._keys & lit(self._path, self.time, self._network.steps)
        self._lay_out()

    def _choose(self, t: int) -> None:
        t = max(1, min(t, self._network.steps))
        if t != self.time and self._network.steps:
            self._go(t)
            self.time_chosen.emit(t)

    def _choose_at(self, x: float) -> None:
        """The time of the column there; of hidden ones the one next to the cursor."""
        column = self._layout.column_at(x)
        self._choose(column.last if column.last < self.time else column.first)

    def _hover(self, run: Run | None) -> None:
        key = "" if run is None else run.wire.key
        if key != self._hovered:
            self._hovered = key
            self.update()

    def _spot_at(self, point: QPointF) -> Spot | None:
        reach = self._layout.radius * 1.15
        near = (
            s for s in self._layout.spots.values() if abs(s.x - point.x()) + abs(s.y - point.y()) < 2 * reach
        )
        return min(near, key=lambda s: abs(s.x - point.x()) + abs(s.y - point.y()), default=None)

    def _wire_at(self, point: QPointF) -> Run | None:
        return next((run for run in self._runs if not run.open and run.near(point)), None)

    def _lay_out(self) -> None:
        """Find all places again: another network, size or time."""
        if not self.empty:
            layout = laid_out(
                self._network, self.time, self.width(), self.height(), self.lit_keys, self._letter
            )
            if layout != self._layout:  # most lines light another part of the same picture
                self._layout, self._runs = layout, tuple(runs(layout, self._network.wires))
        self._redraw()

    def _redraw(self) -> None:
        self._still = None
        self.refresh()

    @property
    def state(self) -> tuple[int, frozenset[str], bool, bool]:
        """Cursor, what is lit, whether backwards, and whether the last time is a letter: for the painter."""
        return self.time, self.lit_keys, self._backwards, self._letter

    @property
    def steps(self) -> int:
        return self._network.steps


def goes_back(line: Line) -> bool:
    """Whether `line` says a slope of the loss, so that it goes against the computing."""
    left = line.latex.removeprefix("\\begin{aligned}").lstrip()
    return left.startswith(("\\delta", "\\frac{\\partial L"))


def _hidden_words(column: Column) -> str:
    if column.is_gap:
        return "T is any number: here may be as many steps as you like."
    if column.count == 1:
        return f"t = {column.first} is not shown. Click to go there."
    return f"t = {column.first} to {column.last} are not shown. Click to go there."


def _show(theme: Theme) -> NetworkView:
    from engine.derivations.network import network
    from engine.symbolic.jobs import GradientJob

    view = NetworkView(theme)
    view.set_network(network(GradientJob(model="lstm"), 12))
    view.light(("c@t-1", "c@t-1>c@t", "c@t", "f@t>c@t", "f@t"), 6, backwards=True)
    return view


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
