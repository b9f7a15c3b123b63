"""MathLabel: one formula as a widget. Knows the theme; no page, no bridge."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QScrollBar, QSizePolicy, QWidget

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Trouble, formula
from studyapp.mathtext.mathobject import SHRINK
from studyapp.theme import Theme

_PAD = 3  # px of air around the formula, for the focus ring


class MathLabel(QWidget):
    """One formula. Where there is too little room it shrinks to 80 %; below that a scroll bar comes (also
    Shift+wheel, and arrow keys). Ctrl+C and the context menu copy the LaTeX. Emits nothing.
    """

    def __init__(
        self,
        theme: Theme,
        px: float = 18,
        tex: str = "",
        *,
        display: bool = True,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`px` is one em."""
        super().__init__(parent)
        self._theme, self._px, self._display, self._centred = theme, px, display, centred
        self._ink = "text"
        self._tex = ""
        self._shown: Box | Trouble = formula("", display)
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.valueChanged.connect(self.update)
        self._bar.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)
        self.set_tex(tex)

    @property
    def tex(self) -> str:
        return self._tex

    def set_tex(self, tex: str) -> None:
        """Show this formula; for bad LaTeX its source and what is wrong with it."""
        self._tex = tex.strip()
        self._shown = formula(self._tex, self._display)
        self.setAccessibleName(self._tex)
        self.setToolTip(self.trouble)
        self.setAccessibleDescription(self.trouble)
        self._changed()

    def set_px(self, px: float) -> None:
        self._px = px
        self._changed()

    def set_ink(self, name: str) -> None:
        """Paint in this colour of the theme, e.g. "muted"."""
        self._ink = name
        self.update()

    @property
    def trouble(self) -> str:
        """Why the source is shown in place of the formula, or ""."""
        return self._shown.message if isinstance(self._shown, Trouble) else ""

    def _changed(self) -> None:
        self._size = self._measured()
        self._lay_out()
        self.updateGeometry()
        self.update()

    # --- sizes ---

    def _natural(self) -> QSize:
        """Width and height at full size, without air. Layouts ask for it often."""
        return self._size

    def _measured(self) -> QSize:
        if isinstance(self._shown, Box):
            box = self._shown
            return QSize(
                math.ceil(box.width * self._px),
                math.ceil(box.ascent * self._px) + math.ceil(box.descent * self._px),
            )
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(line) for line in self._lines())
        return QSize(width, metrics.lineSpacing() * len(self._lines()))

    def _scale(self, width: int) -> float:
        natural = self._natural().width()
        if not isinstance(self._shown, Box) or natural + 2 * _PAD <= width:
            return 1.0
        return max(SHRINK, (width - 2 * _PAD) / natural)

    def _overflow(self, width: int) -> int:
        """How many pixels of the formula have no room."""
        return max(0, math.ceil(self._natural().width() * self._scale(width)) + 2 * _PAD - width)

    def sizeHint(self) -> QSize:
        return self._natural() + QSize(2 * _PAD, 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        width = min(self.sizeHint().width(), 120)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = math.ceil(self._natural().height() * self._scale(width)) + 2 * _PAD
        return height + (self._bar.sizeHint().height() if self._overflow(width) else 0)

    def _lay_out(self) -> None:
        """Show the scroll bar when it is needed, and set its range."""
        hidden = self._overflow(self.width())
        height = self._bar.sizeHint().height()
        self._bar.setGeometry(0, self.height() - height, self.width(), height)
        self._bar.setRange(0, hidden)
        self._bar.setPageStep(self.width())
        self._bar.setSingleStep(20)
        self._bar.setVisible(hidden > 0)

    # --- painting ---

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = self._left()
        if isinstance(self._shown, Box):
            px = self._px * self._scale(self.width())
            baseline = _PAD + math.ceil(self._shown.ascent * px)
            self._shown.paint(painter, left, baseline, px, self._theme.colour(self._ink))
        else:
            self._paint_trouble(painter, left, self._shown)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    def _left(self) -> int:
        """Where the formula begins."""
        width = self.width()
        if self._bar.maximum() or not self._centred:
            return _PAD - self._bar.value()
        return max(_PAD, round((width - self._natural().width() * self._scale(width)) / 2))

    def _paint_trouble(self, painter: QPainter, left: int, trouble: Trouble) -> None:
        painter.setPen(self._theme.colour("bad" if trouble.wrong else self._ink))
        metrics = self.fontMetrics()
        for number, line in enumerate(self._lines()):
            painter.drawText(left, _PAD + number * metrics.lineSpacing() + metrics.ascent(), line)

    def _lines(self) -> list[str]:
        """In place of the formula: its source and, if it is wrong, why."""
        source = " ".join(self._tex.split())
        wrong = isinstance(self._shown, Trouble) and self._shown.wrong
        return [source, self.trouble] if wrong else [source]

    # --- input ---

    def copy(self) -> None:
        """Put the LaTeX on the clipboard."""
        QGuiApplication.clipboard().setText(self._tex)

    def context_menu(self) -> QMenu:
        menu = QMenu(self)
        action = menu.addAction("Copy LaTeX")
        action.triggered.connect(self.copy)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._bar.maximum():
            step = self._bar.singleStep()
            self._bar.setValue(self._bar.value() + (step if event.key() == Qt.Key.Key_Right else -step))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._bar.maximum() and (shift or abs(turn.x()) > abs(turn.y())):
            self._bar.setValue(self._bar.value() - (turn.x() or turn.y()) // 2)
            event.accept()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
