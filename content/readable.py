"""Markdown with maths -> one line of plain text that reads truly, as a search result shows it.

Pure. Knows no bank.
"""

from __future__ import annotations

import re
from functools import cache

from content.markup import CODE, LINK, MATHS
from content.readable_maths import readable_maths
from content.readable_signs import WIDE

TIED = "\N{NO-BREAK SPACE}"
"""Between the parts of a formula or a piece of code: no place to cut."""

_KEPT = re.compile(f"(?:{CODE.pattern})|(?:{MATHS.pattern})", re.DOTALL | re.MULTILINE)
_AWAY = "\ue000"  # stands for what is kept, while the Markdown around it goes
_DRAWN = re.compile(r"<<[^<>\n]*>>")
_STATEMENTS = re.compile(rf"(?<=[,;]){TIED}?{WIDE}+{TIED}?")
_FENCE = re.compile(r"^```[^\n]*|```$")
_STEPS: tuple[tuple[str, re.Pattern[str], str], ...] = (  # each where its sign stands
    ("---", re.compile(r"^[ \t]*\|?[ \t:|-]*---[ \t:|-]*$", re.MULTILINE), ""),
    ("|", re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.MULTILINE), " "),
    ("|", re.compile(r"(?<!\\)[ \t]\|[ \t]"), " · "),  # cells of a table
    ("#", re.compile(r"^#+[ \t]+(.*[^\s.?!:])[ \t]*$", re.MULTILINE), r"\1:"),
    ("", re.compile(r"^#+[ \t]+|^>[ \t]?", re.MULTILINE), ""),
    ("", re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE), "• "),
    ("](", LINK, r"\1"),
    ("*", re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1", re.DOTALL), r"\2"),
    ("\\", re.compile(r"\\([\\$*_#|`{}\[\]<>~-])"), r"\1"),
    ("", re.compile(r"[ \t\r\n\f\v]+"), " "),
)


def readable(markdown: str) -> str:
    """One line; formulas in Unicode, code as it stands, `TIED` within both."""
    kept = iter([_read(found) for found in _KEPT.finditer(markdown)])
    text = _KEPT.sub(_AWAY, markdown)
    for sign, pattern, instead in _STEPS:
        if sign in text:
            text = pattern.sub(instead, text)
    return _DRAWN.sub("□", re.sub(_AWAY, lambda _: next(kept, ""), text)).strip()


@cache  # the same formulas stand in many texts
def tied(latex: str) -> str:
    """A formula alone; it may be cut between two statements."""
    line = _STATEMENTS.sub(" ", readable_maths(latex).replace(" ", TIED))
    return line.replace(WIDE, f"{WIDE} ")


def _read(found: re.Match[str]) -> str:
    maths = found[2] or found[3]
    if maths:
        return tied(maths)
    if found[1]:
        return " ".join(_FENCE.sub("", found[0]).split())
    return found[0].strip("`").replace(" ", TIED)
