"""MathView: read-only Markdown with formulas. `python -m studyapp.mathtext.view` shows it.

Knows the theme; no page, no bridge. Nothing is ever loaded or opened: links only become a signal.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QFrame, QMenu, QSizePolicy, QTextBrowser, QTextEdit, QWidget

from studyapp.mathtext.copying import markdown_of
from studyapp.mathtext.mathobject import SOURCE, TEX, TYPE, MathObject
from studyapp.mathtext.style import MARGIN, Style, brush
from studyapp.mathtext.writer import write
from studyapp.theme import Theme

_SCROLL_KEYS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Space: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class MathView(QTextBrowser):
    """Read-only text with formulas. Bad LaTeX shows in place; copying gives Markdown.

    Signals:
        link(str): a link was chosen, by mouse or keyboard; its address, e.g. "topic:forget-gate".
    """

    link = Signal(str)

    def __init__(
        self, theme: Theme, px: float = 15, parent: QWidget | None = None, ink: str = "text"
    ) -> None:
        """`px` is the size of plain text, `ink` the name of its colour in the theme."""
        super().__init__(parent)
        self._theme, self._px, self._ink = theme, px, ink
        self._source = ""
        self._fits = False
        self._ring = False  # the keyboard brought the focus here
        self._stale = False  # written in the colours of another theme
        self._maths = MathObject(self)
        self.document().documentLayout().registerHandler(TYPE, self._maths)
        self.document().setDocumentMargin(MARGIN)
        self._set_up()
        theme.changed.connect(self._on_theme_changed)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def _set_up(self) -> None:
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.setCursorWidth(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    @property
    def markdown(self) -> str:
        """The text as given."""
        return self._source

    def set_markdown(self, source: str) -> None:
        """Show this text: CommonMark, tables, ~~strikes~~, $inline$ and $$display$$ maths."""
        self._source = source
        self.setAccessibleDescription(source)
        self._write()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.horizontalScrollBar().setValue(0)

    @property
    def px(self) -> float:
        return self._px

    def set_px(self, px: float) -> None:
        """Zoom: the size of plain text in pixels."""
        self._px = px
        self._rewrite()

    def fit_to_content(self) -> None:
        """From now on the height follows the content, with no vertical scroll bar: for cards and rows."""
        self._fits = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.horizontalScrollBar().rangeChanged.connect(self._on_size_changed)
        self._on_size_changed()

    def _on_size_changed(self) -> None:
        bar = self.horizontalScrollBar()
        height = math.ceil(self.document().size().height()) + (
            bar.sizeHint().height() if bar.maximum() else 0
        )
        if height != self.height():
            self.setFixedHeight(height)

    def find_text(self, text: str, backward: bool = False) -> bool:
        """Select the next place of `text`, from the other end when there is no further one."""
        flags = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        if self.find(text, flags):
            return True
        here = self.textCursor()
        self.moveCursor(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
        if self.find(text, flags):
            return True
        self.setTextCursor(here)
        return False

    def mark_all(self, text: str) -> int:
        """Mark each place of `text` ("" takes the marks away); how many there are."""
        marks: list[QTextEdit.ExtraSelection] = []
        cursor = self.document().find(text) if text else QTextCursor()
        while not cursor.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(brush(self._theme.colours.accent_soft))
            marks.append(mark)
            cursor = self.document().find(text, cursor)
        self.setExtraSelections(marks)
        return len(marks)

    def selected_markdown(self) -> str:
        """What copying would put on the clipboard."""
        cursor = self.textCursor()
        return markdown_of(self.document(), cursor.selectionStart(), cursor.selectionEnd())

    def latex_at(self, point: QPoint) -> str:
        """LaTeX of the formula at this point of the viewport, or ""."""
        near = self.cursorForPosition(point).position()
        for position in (near, near - 1):
            start, end = QTextCursor(self.document()), QTextCursor(self.document())
            if not 0 <= position < self.document().characterCount() - 1:
                continue
            start.setPosition(position)
            end.setPosition(position + 1)
            form = end.charFormat()
            inside = self.cursorRect(start).left() <= point.x() <= self.cursorRect(end).right()
            if inside and (form.objectType() == TYPE or form.boolProperty(SOURCE)):
                return str(form.stringProperty(TEX))
        return ""

    def context_menu(self, point: QPoint) -> QMenu:
        """The menu for this point of the viewport."""
        menu = self.createStandardContextMenu(point)
        tex = self.latex_at(point)
        if tex:
            menu.addSeparator()
            copy = menu.addAction("Copy LaTeX")
            copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(tex))
        return menu

    # --- inside ---

    def _write(self) -> None:
        self.ensurePolished()
        self._stale = False
        self._maths.width = self.viewport().width()
        colours = self._theme.colours
        font = QFont(self.font().family())
        write(self.document(), self._source, Style(font, self._px, colours, getattr(colours, self._ink)))

    def _rewrite(self) -> None:
        """Write again in other colours or sizes; place and selection stay."""
        down, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        old = self.textCursor()
        anchor, position = old.anchor(), old.position()
        self._write()
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(across)

    def _on_theme_changed(self) -> None:
        """Recolour; what is not on screen waits until it is."""
        if self.isVisible():
            self._rewrite()
        else:
            self._stale = True

    def _on_anchor_clicked(self, url: QUrl) -> None:
        self.link.emit(url.toString())

    # --- Qt ---

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._source:
            self._rewrite()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring = False
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ring:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colour("accent"))
            painter.drawRoundedRect(self.viewport().rect().adjusted(0, 0, -1, -1), 3, 3)

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._rewrite()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        if width != self._maths.width:  # formulas shrink or grow with the room there is
            self._maths.width = width
            self.document().markContentsDirty(0, self.document().characterCount())
        if self._fits:
            self._on_size_changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, bar = event.angleDelta(), self.horizontalScrollBar()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if (shift or abs(turn.x()) > abs(turn.y())) and bar.maximum():
            bar.setValue(bar.value() - (turn.x() or turn.y()) // 2)
            event.accept()
        elif self._fits or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the page around scrolls or zooms
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that scroll go to the scroll bar, or to the page around; with Shift they select."""
        action = _SCROLL_KEYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if action is None or not plain:
            super().keyPressEvent(event)
        elif self._fits or not self.verticalScrollBar().maximum():
            event.ignore()
        else:
            self.verticalScrollBar().triggerAction(action)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.selected_markdown())
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu(event.pos()).popup(event.globalPos())


def _main() -> int:
    from studyapp.mathtext.demo import show

    return show()


if __name__ == "__main__":
    raise SystemExit(_main())
