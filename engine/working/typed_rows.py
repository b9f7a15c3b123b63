r"""A line of several rows as one: its left side and its last side. Window-safe.

    \begin{aligned} a &= b \\[4pt] &= c + \\ &\quad + d \end{aligned}        read as  a = c + d

So "Copy LaTeX" of a line can be typed back. Knows where rows and sides begin, and no formulas.
"""

from __future__ import annotations

import re

from engine.errors import FormulaError

_ROWS = re.compile(r"\\begin\s*\{(?:aligned|align\*?|split|gathered)\}")
_MARK = re.compile(
    r"(?P<begin>\\begin\s*\{[a-z]+\*?\})|(?P<end>\\end\s*\{[a-z]+\*?\})"
    r"|(?P<row>\\\\(?:\s*\[[^\]]{0,9}\])?)|(?P<left>&)"
)
_SIGN = re.compile(r"\s*(?:=|≤|⩽|<=|\\leqslant|\\leq?(?![A-Za-z]))")


def joined(text: str) -> str:
    """`text` with blanks for all but its left side and its last one; other text as it is. Columns stay.

    Raises:
        FormulaError: several lines, each with a left side of its own.
    """
    if _ROWS.search(text) is None:
        return text
    signs: list[re.Match[str]] = []
    marks = [mark for mark, inside in _with_depth(text) if not inside]
    for mark in marks:
        text = _blank(text, mark.start(), mark.end())
    starts = [mark.end() for mark in marks if mark.lastgroup != "left"]
    for mark in marks:
        if mark.lastgroup == "left" and (sign := _SIGN.match(text, mark.end())) is not None:
            row = max((start for start in starts if start <= mark.start()), default=0)
            if signs and text[row : mark.start()].strip():
                raise FormulaError("These are several lines. Type one at a time.", text, row)
            signs.append(sign)
    return _blank(text, signs[0].start(), signs[-1].start()) if signs else text


def _with_depth(text: str) -> list[tuple[re.Match[str], bool]]:
    """Every mark, and whether it stands inside a matrix."""
    found, depth = [], 0
    for mark in _MARK.finditer(text):
        depth -= mark.lastgroup == "end"
        found.append((mark, depth > (mark.lastgroup not in ("begin", "end"))))
        depth += mark.lastgroup == "begin"
    return found


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
