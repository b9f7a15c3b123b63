"""CodeColours: Python's words, strings, numbers and comments in the colours of the theme."""

from __future__ import annotations

import keyword
import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from studyapp.theme import Theme

_WORDS = "|".join(word for word in keyword.kwlist)
_BUILT_IN = (
    "abs|all|any|bool|dict|divmod|enumerate|filter|float|int|len|list|map|max|min|print|range|reversed|round|"
    "set|sorted|str|sum|tuple|zip|append|pop|insert|sort|lru_cache|cache"
)
_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r"|(?P<string>[rbfRBF]{0,2}(?:'''|\"\"\"|'(?:\\.|[^'\\\n])*'?|\"(?:\\.|[^\"\\\n])*\"?))"
    rf"|(?P<word>\b(?:{_WORDS})\b)"
    rf"|(?P<built>\b(?:{_BUILT_IN})(?=\())"
    r"|(?P<name>(?<=\bdef )\w+)"
    r"|(?P<number>\b\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b)"
)
_LONG = ("'''", '"""')  # what begins and ends a string of several lines; its state is 1 + its place here


class CodeColours(QSyntaxHighlighter):
    """Follows the theme. No signals of its own."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats: dict[str, QTextCharFormat] = {}
        theme.changed.connect(self._recolour)
        self._make_formats()

    def highlightBlock(self, text: str) -> None:
        start = self._rest_of_string(text)
        while start < len(text) and (found := _TOKEN.search(text, start)) is not None:
            kind, end = found.lastgroup or "", found.end()
            if kind == "string" and found[0][-3:] in _LONG:
                end = self._long_string(text, found.end(), found[0][-3:])
            self.setFormat(found.start(), end - found.start(), self._formats[kind])
            start = end

    def _rest_of_string(self, text: str) -> int:
        """Where a string that began further up ends in this line."""
        state = self.previousBlockState()
        self.setCurrentBlockState(0)
        if state < 1:
            return 0
        end = self._long_string(text, 0, _LONG[state - 1])
        self.setFormat(0, end, self._formats["string"])
        return end

    def _long_string(self, text: str, start: int, quotes: str) -> int:
        at = text.find(quotes, start)
        if at < 0:
            self.setCurrentBlockState(1 + _LONG.index(quotes))
            return len(text)
        return at + len(quotes)

    def _make_formats(self) -> None:
        colours = self._theme.colours
        inks = {
            "comment": colours.muted, "string": colours.good, "word": colours.accent,
            "built": colours.series[4], "name": colours.series[3], "number": colours.warn,
        }  # fmt: skip
        for kind, ink in inks.items():
            made = QTextCharFormat()
            made.setForeground(QColor(ink))
            made.setFontItalic(kind == "comment")
            if kind == "word":
                made.setFontWeight(QFont.Weight.Medium)
            self._formats[kind] = made

    def _recolour(self) -> None:
        self._make_formats()
        self.rehighlight()
