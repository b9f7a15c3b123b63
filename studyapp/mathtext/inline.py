"""What stands inside a block: text, emphasis, code, links, formulas. Knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor

from studyapp.mathtext import joined, markdown
from studyapp.mathtext.blocks import depth_of
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Trouble, formula
from studyapp.mathtext.mathobject import DISPLAY, OBJECT, SOURCE, TEX, math_format
from studyapp.mathtext.minus import with_minus
from studyapp.mathtext.pictures import ADDRESS, picture_format
from studyapp.mathtext.style import DISPLAY as DISPLAY_SIZE
from studyapp.mathtext.style import INLINE as INLINE_SIZE
from studyapp.mathtext.style import Style, brush
from studyapp.mathtext.tail import set_tail, tail_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_EXPLAINED = ("term:", "check:")  # links to words that explain themselves


class StartBlock(Protocol):
    """Goes to a new block; `again` when it belongs to the same paragraph."""

    def __call__(self, form: QTextBlockFormat, again: bool = False) -> None: ...


class InlineWriter:
    """Writes inline tokens at `cursor`; a display formula within a paragraph gets a block of its own."""

    def __init__(self, cursor: QTextCursor, style: Style, start_block: StartBlock) -> None:
        self._cursor, self._style, self._start_block = cursor, style, start_block
        self._formats: list[QTextCharFormat] = []
        self._address = ""
        self._taken = 0  # letters of the next text that stand with the formula before it
        self._after: QTextBlockFormat | None = (
            None  # form of the block that text after a display formula needs
        )

    def write(self, tokens: list[Token], chars: QTextCharFormat) -> None:
        self._formats, self._after, self._taken = [chars], None, 0
        for number, token in enumerate(tokens):
            if token.type == "math_inline":
                self._resume()
                self._formula(token.content, False, self._now, self._tail(tokens[number + 1 :]))
            else:
                self._write_one(token)

    def _tail(self, following: list[Token]) -> tuple[str, QTextCharFormat]:
        """The signs that stay with a formula, and their format; the text after it goes without them."""
        closed = 0
        while following[closed : closed + 1] and following[closed].type.endswith("_close"):
            closed += 1
        if self._address or not following[closed : closed + 1] or following[closed].type != "text":
            return "", self._now
        tail = tail_of(following[closed].content)
        self._taken = len(tail)
        return tail, self._formats[-1 - closed]

    @property
    def _now(self) -> QTextCharFormat:
        return self._formats[-1]

    def _write_one(self, token: Token) -> None:
        match token.type:
            case "text" | "html_inline" | "text_special":
                self._text(token.content[self._taken :])
                self._taken = 0
            case "image":
                self._image(str(token.attrs.get("src", "")), token)
            case "softbreak":
                self._text(" ")
            case "hardbreak":
                self._text("\u2028")
            case "code_inline":
                self._resume()
                self._cursor.insertText(joined.operators(token.content), self._style.code(self._now))
            case "math_inline_double":
                self._break_out(token.content)
            case "link_open":
                self._open_link(str(token.attrs.get("href", "")))
            case "link_close":
                self._close_link()
            case "em_open" | "strong_open" | "s_open":
                self._formats.append(_emphasised(self._now, token.tag))
            case "em_close" | "strong_close" | "s_close":
                self._formats.pop()

    def _text(self, text: str) -> None:
        if self._after is not None and not text.strip():
            return
        if self._after is not None:
            text = text.lstrip()
        self._resume()
        written = self._cursor.block().text()[: self._cursor.positionInBlock()]
        text = joined.short_words(with_minus(text, written[-1:]), written[-joined.REACH :])
        self._cursor.insertText(text, self._now)

    def _open_link(self, address: str) -> None:
        form = QTextCharFormat(self._now)
        self._address = ""
        if address.startswith(markdown.LINKS):
            form.setAnchor(True)
            form.setAnchorHref(address)
            self._underline(form, quietly=address.startswith(_EXPLAINED))
        else:
            self._address = address
        self._formats.append(form)

    def _underline(self, form: QTextCharFormat, quietly: bool) -> None:
        """A link stands out; a word that is only explained keeps its colour."""
        colour = QColor(self._style.colours.accent)
        if quietly:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(colour)
        else:
            form.setForeground(colour)
            form.setFontUnderline(True)

    def _image(self, address: str, token: Token) -> None:
        """A picture of ours on a line of its own above its caption; any other one is its description."""
        name = address.removeprefix(ADDRESS)
        if name == address or self._style.pictures(name) is None or self._cursor.currentTable() is not None:
            self._text(token.content)
            return
        self._own_line()
        self._cursor.insertText(OBJECT, picture_format(self._now, name, token.content))
        below = self._cursor.blockFormat()
        self._start_block(below, again=True)
        self._formats.append(self._style.caption())
        for child in token.children or ():
            self._write_one(child)
        self._formats.pop()

    def _close_link(self) -> None:
        """An address that the program does not open stands in brackets after its text, to be copied."""
        form = self._formats.pop()
        if self._address:
            self._cursor.insertText(f" ({self._address})", form)
            self._address = ""

    def _formula(
        self, tex: str, display: bool, chars: QTextCharFormat, tail: tuple[str, QTextCharFormat] | None = None
    ) -> None:
        tex = tex.strip()
        found = formula(tex, display)
        if isinstance(found, Box):
            px = chars.font().pixelSize() * (DISPLAY_SIZE if display else INLINE_SIZE)
            form = math_format(chars, found, px)
            set_tail(form, *(tail or ("", chars)))
            self._cursor.insertText(OBJECT, form)
        else:
            self._source(tex, display, found, chars)
            self._cursor.insertText(*(tail or ("", chars)))

    def _source(self, tex: str, display: bool, trouble: Trouble, chars: QTextCharFormat) -> None:
        """In place of a formula that cannot be set: its source, and why as the tooltip."""
        form = self._style.code(chars, block=True)
        form.setProperty(SOURCE, True)
        form.setProperty(TEX, tex)
        form.setProperty(DISPLAY, display)
        form.setToolTip(trouble.message)
        if trouble.wrong:
            form.setForeground(brush(self._style.colours.bad))
        marks = "$$" if display else "$"
        self._cursor.insertText(f"{marks}{tex}{marks}".replace("\n", " "), form)

    def display(self, tex: str, chars: QTextCharFormat) -> None:
        """A display formula in the middle of the block at the cursor."""
        form = QTextBlockFormat()
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._cursor.mergeBlockFormat(form)
        self._formula(tex, True, chars)

    def _break_out(self, tex: str) -> None:
        """A display formula within a paragraph: in a block of its own, unless in a table."""
        if self._cursor.currentTable() is not None:
            self._formula(tex, True, self._now)
            return
        form = self._own_line()
        self.display(tex, self._now)
        self._after = form

    def _own_line(self) -> QTextBlockFormat:
        """Go to an empty, centred block of the same paragraph; the form for text after it."""
        form = self._after or _paragraph_form(self._cursor)
        if self._after is not None or not _blank(self._cursor):
            self._start_block(form, again=True)
        self._after = None
        centred = QTextBlockFormat()
        centred.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._cursor.mergeBlockFormat(centred)
        return form

    def _resume(self) -> None:
        """Go on with the paragraph after a display formula."""
        if self._after is not None:
            self._start_block(self._after, again=True)
            self._after = None


def _paragraph_form(cursor: QTextCursor) -> QTextBlockFormat:
    """The form of a block that goes on with the paragraph at the cursor."""
    form = QTextBlockFormat(cursor.blockFormat())
    form.setIndent(depth_of(cursor.block()))
    form.setObjectIndex(-1)  # no bullet of its own
    return form


def _blank(cursor: QTextCursor) -> bool:
    return not cursor.block().text().strip()


def _emphasised(form: QTextCharFormat, tag: str) -> QTextCharFormat:
    made = QTextCharFormat(form)
    font = QFont(made.font())
    if tag == "em":
        font.setItalic(True)
    elif tag == "strong":
        font.setWeight(QFont.Weight.Bold if font.weight() >= QFont.Weight.DemiBold else QFont.Weight.DemiBold)
    else:
        font.setStrikeOut(True)
    made.setFont(font)
    return made
