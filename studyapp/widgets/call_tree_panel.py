"""CallTreePanel: the calls of a recursion with what steps through them, forwards and backwards.

Run it alone: python -m studyapp.widgets.call_tree_panel
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSlider, QVBoxLayout, QWidget

from engine.symbolic.findings import CallTree
from studyapp.theme import Theme
from studyapp.widgets.call_tree_layout import MERGED, TREE
from studyapp.widgets.call_tree_view import CallTreeView
from studyapp.widgets.elided_label import ElidedLabel
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled
from studyapp.widgets.segments import Segments

KINDS = ((TREE, "Tree"), (MERGED, "DAG"))
_AIR = 30  # px kept around the call that is current


class CallTreePanel(QWidget):
    """The picture in a scroll area, and below it back, a slider, on. No signals.

    Attributes:
        view: the picture. kinds: tree, or the same calls merged. slider: the moment. words: what happens.
    """

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips` are for the buttons call_back, call_next, merge."""
        super().__init__()
        self.view = CallTreeView(theme)
        self.kinds = Segments("How the calls are drawn", KINDS)
        self.kinds.setObjectName("compactsegments")
        self.kinds.setToolTip(tips.get("merge", ""))
        self.count = styled("small")
        self.back = IconButton(theme, "step-back", "", "quiet")
        self.on = IconButton(theme, "step-forward", "", "quiet")
        for button, name, tip in (
            (self.back, "One moment back", "call_back"),
            (self.on, "One on", "call_next"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(tips.get(tip, ""))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Moment of the run")
        self.words = ElidedLabel()
        self._scroll = QScrollArea()
        self._zoomed = False  # by the user
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()

    def set_tree(self, tree: CallTree | None) -> None:
        """Show this run, at its end."""
        self.view.set_tree(tree)
        self._zoomed = False
        self.slider.setRange(0, self.view.last)
        if tree is not None:
            distinct = len({visit.same for visit in tree.visits})
            self.count.setText(f"{len(tree.visits)} calls, {distinct} different")
        self.go(self.view.last)
        self._fit.start()

    def go(self, moment: int) -> None:
        """Show this moment."""
        self.view.set_moment(moment)
        self.slider.blockSignals(True)
        self.slider.setValue(self.view.moment)
        self.slider.blockSignals(False)
        self.words.setText(self.view.words())
        self.back.setEnabled(self.view.moment > 0)
        self.on.setEnabled(self.view.moment < self.view.last)
        self._bring()

    def step(self, by: int) -> None:
        """So many moments on, or back."""
        self.go(self.view.moment + by)

    def next_kind(self) -> None:
        """The other of the two."""
        self.kinds.button(TREE if self.kinds.value == MERGED else MERGED).click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit.start()

    # --- inside ---

    def _on_fit(self) -> None:
        if not self._zoomed:
            room = self._scroll.maximumViewportSize()
            self.view.fit(room.width(), room.height())
            self._bring()

    def _on_kind(self, kind: str) -> None:
        self.view.set_kind(kind)
        self._zoomed = False
        self._on_fit()

    def _on_zoom(self, factor: float) -> None:
        self._zoomed = True
        self.view.set_zoom(self.view.zoom * factor)
        self._bring()

    def _bring(self) -> None:
        """Scroll to the call that is current."""
        if (visit := self.view.current) is not None:
            place = self.view.place_of(visit).center().toPoint()
            self._scroll.ensureVisible(place.x(), place.y(), 2 * _AIR, _AIR)

    def _connect(self) -> None:
        self._fit.timeout.connect(self._on_fit)
        self.kinds.chosen.connect(self._on_kind)
        self.slider.valueChanged.connect(self.go)
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.view.moment_asked.connect(self.go)
        self.view.zoom_asked.connect(self._on_zoom)

    def _lay_out(self) -> None:
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.view)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kinds)
        head.addStretch(1)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.back)
        foot.addWidget(self.slider, 1)
        foot.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.words)
        column.addLayout(foot)


def _show(theme: Theme) -> CallTreePanel:
    from studyapp.widgets.findings_sample import fibonacci

    panel = CallTreePanel(theme, {})
    panel.set_tree(fibonacci(6))
    return panel


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
