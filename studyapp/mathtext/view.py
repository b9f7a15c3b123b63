"""MathView: read-only Markdown with formulas. `python -m studyapp.mathtext.view` shows it.

Knows the theme; no page, no bridge.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from studyapp.mathtext.columns import fit_tables
from studyapp.mathtext.copying import markdown_of
from studyapp.mathtext.items import hang_formulas
from studyapp.mathtext.mathobject import SOURCE, TEX, TYPE, MathObject
from studyapp.mathtext.pictures import ID as PICTURE_ID
from studyapp.mathtext.pictures import TYPE as PICTURE
from studyapp.mathtext.pictures import PictureObject, Pictures, no_pictures
from studyapp.mathtext.quotes import Quote, paint_bars, quotes
from studyapp.mathtext.reading import ReadingView
from studyapp.mathtext.style import MARGIN, Style
from studyapp.mathtext.writer import write
from studyapp.theme import Theme


class MathView(ReadingView):
    """Text with formulas. Bad LaTeX shows in place; copying gives Markdown; links only become a signal.

    Signals:
        link(str): a link was chosen, by mouse or keyboard; its address, e.g. "topic:forget-gate".
    """

    link = Signal(str)
    _source = ""  # Qt may report a change of font before __init__ is through

    def __init__(
        self,
        theme: Theme,
        px: float = 15,
        parent: QWidget | None = None,
        ink: str = "text",
        pictures: Pictures = no_pictures,
    ) -> None:
        """`px` is the size of plain text, `ink` the name of its colour in the theme."""
        super().__init__(theme, parent)
        self._px, self._ink = px, ink
        self._stale = False  # written in the colours of another theme
        self._quotes: tuple[Quote, ...] = ()
        self._maths = MathObject(self)
        self.document().documentLayout().registerHandler(TYPE, self._maths)
        self._pictures = pictures
        self._picture_object = PictureObject(self, pictures)
        self.document().documentLayout().registerHandler(PICTURE, self._picture_object)
        theme.changed.connect(self._on_theme_changed)
        self.anchorClicked.connect(self._on_anchor_clicked)

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

    def picture_at(self, point: QPoint) -> tuple[str, QRectF]:
        """(id, place in the viewport) of the picture at this point of the viewport; ("", empty) for none."""
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for name, place in self._picture_object.places.values():
            if place.contains(QPointF(point) + scrolled):
                return name, place.translated(-scrolled)
        return "", QRectF()

    def selected_picture(self) -> tuple[str, QRectF]:
        """(id, place in the viewport) of the picture that is all that is selected, as Tab selects it;
        ("", empty) for none.
        """
        cursor, document = self.textCursor(), self.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        cursor.setPosition(end)
        form = cursor.charFormat()
        if end != start + 1 or form.objectType() != PICTURE:
            return "", QRectF()
        document.documentLayout().documentSize()  # lays out all of it
        block = document.findBlock(start)
        line = block.layout().lineForTextPosition(start - block.position())
        across, _ = cast("tuple[float, int]", line.cursorToX(start - block.position()))  # told as an object
        corner = block.layout().position() + QPointF(across, line.y())
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        size = self._picture_object.intrinsicSize(document, start, form)
        return str(form.stringProperty(PICTURE_ID)), QRectF(corner - scrolled, size)

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
        self._picture_object.places.clear()
        self._measure_room()
        colours = self._theme.colours
        font = QFont(self.font().family())
        style = Style(font, self._px, colours, getattr(colours, self._ink), self._pictures)
        write(self.document(), self._source, style)
        self._quotes = quotes(self.document())
        self._fit()

    def _measure_room(self) -> None:
        """Formulas and pictures are told how wide they may be."""
        self._maths.width = self._picture_object.width = self.viewport().width()

    def _fit(self) -> None:
        """What depends on the room and is not laid out by Qt."""
        room = self.viewport().width() - 2 * MARGIN
        fit_tables(self.document(), room, self._maths.full_width, self._maths.least)
        hang_formulas(self.document(), self._maths)

    def _rewrite(self) -> None:
        """Write again in other colours or sizes; place, selection and marks stay."""
        down, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        old = self.textCursor()
        anchor, position = old.anchor(), old.position()
        self._write()
        self.mark_all(self._marked)
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

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._rewrite()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        if width != self._maths.width:  # formulas shrink or grow with the room there is
            self._measure_room()
            self._fit()
            self.document().markContentsDirty(0, self.document().characterCount())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._quotes:
            scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            painter = QPainter(self.viewport())
            painter.translate(-scrolled)
            seen = QRectF(event.rect()).translated(scrolled)
            paint_bars(painter, self.document(), self._quotes, seen, self._theme.colour("accent"))

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.selected_markdown())
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def _main() -> int:
    from studyapp.mathtext.demo import show

    return show()


if __name__ == "__main__":
    raise SystemExit(_main())
