"""The prose of a Markdown text: without formulas, code, tables, addresses, marks and placeholders."""

from __future__ import annotations

import re

from content.markup import MATHS, TARGET
from content.topic_reader import CLAIM_MARK

_FENCE = re.compile(r"^(`{3,}).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]+`")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_FILLED = re.compile(r"<<[^<>\n]*>>")
_TABLE = re.compile(r"^\|.*$", re.MULTILINE)
_MARKS = re.compile(r"^#+ |[*\[\]>]|^[-\d.]+ ", re.MULTILINE)


def prose(markdown: str, *, tables: bool = False) -> str:
    """What is read as sentences; with `tables` also what stands in their cells. A formula reads as X."""
    text = _FENCE.sub(" ", CLAIM_MARK.sub("", markdown).replace(r"\$", ""))
    text = _CODE.sub(" X ", MATHS.sub(" X ", text))
    text = _FILLED.sub(" X ", TARGET.sub("]", _PICTURE.sub(" ", text)))
    text = text.replace("|", " ") if tables else _TABLE.sub(" ", text)
    return _MARKS.sub(" ", text)
