"""Part of a text document -> Markdown with $maths$, for the clipboard and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)

from studyapp.mathtext import joined
from studyapp.mathtext.blocks import depth_of, fragments, list_of
from studyapp.mathtext.mathobject import DISPLAY, SOURCE, TEX, TYPE
from studyapp.mathtext.pictures import CAPTION
from studyapp.mathtext.pictures import TYPE as PICTURE
from studyapp.mathtext.tail import TAIL


def markdown_of(document: QTextDocument, start: int = 0, end: int | None = None) -> str:
    """The Markdown of the characters from `start` up to `end`."""
    copier = _Copier(start, document.characterCount() if end is None else end)
    block = document.findBlock(start)
    while block.isValid() and block.position() < copier.end:
        copier.add(block)
        block = block.next()
    return copier.text()


class _Copier:
    """Collects lines, block after block."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        self._lines: list[str] = []
        self._kind = ""

    def text(self) -> str:
        self._turn_to("")
        return "\n".join(self._lines).strip("\n")

    def add(self, block: QTextBlock) -> None:
        text = "".join(_pieces(block, self.start, self.end))
        kind = _kind(block)
        if kind == "table":
            self._turn_to(kind)
            self._add_cell(block, text)
        elif text or kind == "code":
            self._turn_to(kind)
            whole = self.start <= block.position() and block.position() + block.length() - 1 <= self.end
            self._lines.append((_prefix(block) if whole else "") + text)

    def _turn_to(self, kind: str) -> None:
        """Put what belongs between a block of the last kind and one of this kind."""
        if self._kind == "code" != kind:
            self._lines.append("```")
        if self._lines and not (kind == self._kind and kind in ("code", "item", "table")):
            self._lines.append("")
        if kind == "code" != self._kind:
            self._lines.append("```")
        self._kind = kind

    def _add_cell(self, block: QTextBlock, text: str) -> None:
        cursor = QTextCursor(block)
        table = cursor.currentTable()
        cell = table.cellAt(cursor)
        first_of_row = cell.column() == 0 or not self._lines[-1:] or not self._lines[-1].startswith("|")
        if first_of_row and cell.row() == 1:
            self._lines.append("|" + " --- |" * table.columns())
        if first_of_row:
            self._lines.append("|")
        self._lines[-1] += f" {text} |"


def _kind(block: QTextBlock) -> str:
    form = block.blockFormat()
    if form.hasProperty(QTextFormat.Property.BlockCodeFence):
        return "code"
    if QTextCursor(block).currentTable() is not None:
        return "table"
    return "item" if depth_of(block) else "text"


def _prefix(block: QTextBlock) -> str:
    """What Markdown wants before the text of a block."""
    form, depth = block.blockFormat(), depth_of(block)
    quote = "> " * form.intProperty(QTextFormat.Property.BlockQuoteLevel)
    heading = form.headingLevel()
    inner = f"{'#' * heading} " if heading else ""
    listed = list_of(block)
    if listed is not None:
        numbered = listed.format().style() == QTextListFormat.Style.ListDecimal
        start = listed.format().start()
        inner = f"{listed.itemNumber(block) + start}. " if numbered else "- "
        return quote + "   " * (depth - 1) + inner
    return quote + "   " * depth + inner


def _pieces(block: QTextBlock, start: int, end: int) -> Iterator[str]:
    """The fragments of a block between two positions, each with its Markdown signs."""
    plain = bool(block.blockFormat().headingLevel() or _kind(block) in ("code", "table"))
    for fragment in fragments(block):
        here = fragment.position()
        text = fragment.text()[max(0, start - here) : max(0, end - here)]
        if text:
            yield _marked(text, fragment.charFormat(), plain)


def _marked(text: str, form: QTextCharFormat, plain: bool) -> str:
    if form.objectType() == TYPE:
        signs = "$$" if form.boolProperty(DISPLAY) else "$"
        return f"{signs}{form.stringProperty(TEX)}{signs}{form.stringProperty(TAIL)}" * len(text)
    if form.objectType() == PICTURE:
        return f"![{form.stringProperty(CAPTION)}]({form.anchorHref()})"
    if form.boolProperty(SOURCE):
        return text
    text = joined.written(text).replace("\u2028", "\n")
    if form.fontFixedPitch():
        return text if plain else f"`{text}`"
    text = text.replace("$", "\\$")
    font = form.font()
    for wanted, sign in (
        (font.italic(), "*"),
        (font.weight() >= QFont.Weight.DemiBold and not plain, "**"),
        (font.strikeOut(), "~~"),
    ):
        text = f"{sign}{text}{sign}" if wanted else text
    return f"[{text}]({form.anchorHref()})" if form.isAnchor() else text
