"""CodeEditor: Python to type or paste, with line numbers, and what was counted beside each line.

Knows how code is typed and where its lines are; neither checks nor counts it.
Run it alone: python -m studyapp.widgets.code_editor
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMargins, QMimeData, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from engine.symbolic.findings import LineCount
from studyapp import code_check
from studyapp.code_check import Fault
from studyapp.theme import Theme
from studyapp.widgets import code_typing
from studyapp.widgets.code_colours import CodeColours
from studyapp.widgets.code_margin import CodeMargin
from studyapp.widgets.line_counts import LineCounts

_BESIDE = 10  # px between a number and the code
_HEAT = 62  # opacity, of 255, behind the line that has all of the work
_FONT_PX = 14  # of the code
_FRAME = 28  # px above and below the code, both together


class CodeEditor(QPlainTextEdit):
    """Tab indents and Escape leaves the editor, so that Tab then goes on to the next field.

    Signals:
        refused(str): why a paste was not taken: a sentence.
        file_dropped(str): a path.
        line_asked(int): the user clicked this line, or went there.
        line_hovered(int): the mouse is over the numbers or counts of this line; 0: no longer.

    Attributes:
        numbers, counts: the margins.
    """

    refused = Signal(str)
    file_dropped = Signal(str)
    line_asked = Signal(int)
    line_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("code")
        self.setAccessibleName("Python code")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setPlaceholderText("Type or paste Python, or choose an example. It is read, never run.")
        self._colours = CodeColours(theme, self.document())
        self._fault: Fault | None = None
        self._lit: frozenset[int] = frozenset()
        self._heat: Mapping[int, float] = {}
        self._counts = LineCounts(theme)
        self.numbers = CodeMargin(self, self._rows, self._paint_number, self._fault_at)
        self.counts = CodeMargin(self, self._rows, self._paint_count, self._counts.tip)
        font = QFont("JetBrains Mono")
        font.setPixelSize(_FONT_PX)
        self.setFont(font)
        self._connect()
        self.fit_margins()

    # --- what is shown ---

    def set_fault(self, fault: Fault | None) -> None:
        """Mark this place; None: nothing is wrong."""
        if fault != self._fault:
            self._fault = fault
            self.setProperty("invalid", False)
            self._mark()

    def set_counts(self, counts: Sequence[LineCount], best: bool = False) -> None:
        """Show these beside their lines; none for none. `best`: with the classes of the best case."""
        self._counts.set_counts(counts, best)
        self._heat = self._counts.warmth
        self.fit_margins()
        self._mark()

    def set_lit(self, lines: frozenset[int]) -> None:
        """Let these lines stand out: a step that is looked at talks about them."""
        if lines != self._lit:
            self._lit = lines
            self._mark()

    def go_to(self, line: int, column: int = 0) -> None:
        """Put the cursor there."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block)
        cursor.movePosition(
            QTextCursor.MoveOperation.Right, n=min(max(0, column), max(0, block.length() - 1))
        )
        self.setTextCursor(cursor)

    @property
    def line_count(self) -> int:
        return self.document().blockCount()

    def height_of(self, lines: int) -> int:
        """How high the editor is that shows so many, px."""
        bar = self.horizontalScrollBar()
        room = bar.sizeHint().height() if bar.maximum() else 0
        return round(lines * self._line_height()) + _FRAME + room

    # --- typing ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Tab if plain:
                self._edit(code_typing.indent)
            case Qt.Key.Key_Backtab | Qt.Key.Key_Tab if shift:
                self._edit(code_typing.dedent)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain or shift:
                self._edit(code_typing.new_line)
            case Qt.Key.Key_Backspace if plain and code_typing.erase_stop(cursor):
                self.setTextCursor(cursor)
            case Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab is for the code."""
        return False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste code; what is too long is refused, never cut."""
        text = code_check.cleaned(source.text())
        if len(self.toPlainText()) + len(text) > code_check.LONGEST:
            self.refused.emit(
                f"That is longer than the {code_check.LONGEST:,} characters there is room for, "
                "so nothing was put in. Paste the function that you want counted."
            )
            return
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if urls:
            event.acceptProposedAction()
            self.file_dropped.emit(urls[0].toLocalFile())
        else:
            super().dropEvent(event)

    def _edit(self, change: code_typing.Edit) -> None:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        change(cursor)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    # --- margins ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_margins()

    def repaint_margins(self) -> None:
        """Paint them again: a formula is typeset now, or the code has moved."""
        self.numbers.update()
        self.counts.update()

    def formulas(self) -> list[tuple[str, bool]]:
        """What will be typeset beside the lines."""
        return self._counts.formulas()

    def count_at(self, line: int) -> LineCount | None:
        """What was counted for that line."""
        return self._counts.at(line)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 90)

    def fit_margins(self) -> None:
        """Give the margins the room that they need now, and paint them."""
        digits = max(2, len(str(self.line_count)))
        left = self.fontMetrics().horizontalAdvance("9") * digits + 2 * _BESIDE
        right = self._counts.width(self.width(), left + self._code_width())
        margins = QMargins(left, 0, right, 0)
        if margins != self.viewportMargins():  # each setting lays out anew, and comes back here
            self.setViewportMargins(margins)
        area = self.viewport().geometry()
        self.numbers.setGeometry(QRect(area.left() - left, area.top(), left, area.height()))
        self.counts.setGeometry(QRect(area.right() + 1, area.top(), right, area.height()))
        self.counts.setVisible(right > 0)
        self.repaint_margins()

    def _rows(self) -> list[tuple[int, QRectF]]:
        rows, block = [], self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > self.viewport().height():
                break
            place.setHeight(block.layout().lineAt(0).height())  # the last one's has the margin with it
            rows.append((block.blockNumber() + 1, place))
            block = block.next()
        return rows

    def _code_width(self) -> int:
        """Of the longest line, px; the letters are all of one width."""
        longest = max((len(line) for line in self.toPlainText().split("\n")), default=0)
        return round(
            longest * self.fontMetrics().horizontalAdvance("0") + 4 * self.document().documentMargin()
        )

    def _line_height(self) -> float:
        return self.blockBoundingRect(self.document().firstBlock()).height()

    def _paint_number(self, painter: QPainter, line: int, room: QRectF) -> None:
        wrong = self._fault is not None and self._fault.line == line
        here = self.textCursor().blockNumber() + 1 == line
        if wrong:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("bad"))
            painter.drawEllipse(QRectF(2, room.center().y() - 3, 6, 6))
        font = QFont(self.font())
        font.setPixelSize(_FONT_PX - 1)
        painter.setFont(font)
        painter.setPen(self._theme.colour("bad" if wrong else "text" if here else "muted"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room.adjusted(0, 0, -_BESIDE, 0), flags, str(line))

    def _paint_count(self, painter: QPainter, line: int, room: QRectF) -> None:
        self._counts.paint(painter, line, room)

    def _fault_at(self, line: int) -> str:
        return self._fault.sentence if self._fault is not None and self._fault.line == line else ""

    # --- marks ---

    def _mark(self) -> None:
        marks = [self._whole_line(line, self._heat_ink(share)) for line, share in self._heat.items()]
        marks += [self._whole_line(line, self._theme.colour("accent_soft")) for line in sorted(self._lit)]
        if self._fault is not None:
            marks.append(self._wave(self._fault))
        self.setExtraSelections(marks)
        self.repaint_margins()

    def _heat_ink(self, share: float) -> QColor:
        ink = self._theme.colour("warn")
        ink.setAlpha(round(_HEAT * share))
        return ink

    def _whole_line(self, line: int, ink: QColor) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        look = QTextCharFormat()
        look.setBackground(ink)
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)
        made.format = look
        return made

    def _wave(self, fault: Fault) -> QTextEdit.ExtraSelection:
        made = self._whole_line(fault.line, QColor(0, 0, 0, 0))
        block = self.document().findBlockByNumber(fault.line - 1)
        cursor = QTextCursor(block)
        begins = len(block.text()) - len(block.text().lstrip())
        at = min(max(fault.column, begins), max(0, block.length() - 2))
        cursor.setPosition(block.position() + at)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(self._theme.colour("bad"))
        made.cursor, made.format = cursor, look
        return made

    def _on_cursor(self) -> None:
        self.repaint_margins()
        self.line_asked.emit(self.textCursor().blockNumber() + 1)

    def _on_margin_clicked(self, line: int) -> None:
        if self.textCursor().blockNumber() + 1 == line:
            self.line_asked.emit(line)
        else:
            self.go_to(line)

    def _connect(self) -> None:
        self.blockCountChanged.connect(lambda _count: self.fit_margins())
        self.updateRequest.connect(lambda _rect, _dy: self.repaint_margins())
        self.cursorPositionChanged.connect(self._on_cursor)
        for margin in (self.numbers, self.counts):
            margin.clicked.connect(self._on_margin_clicked)
            margin.hovered.connect(self.line_hovered)
        self._theme.changed.connect(self._mark)


def _show(theme: Theme) -> CodeEditor:
    from studyapp.widgets.findings_sample import NESTED, code

    editor = CodeEditor(theme)
    editor.setPlainText(NESTED)
    found = code().found
    editor.set_counts(found.counts if found is not None else ())
    return editor


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
