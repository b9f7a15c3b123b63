"""Where formulas, code, quotations and addresses stand in the Markdown: one pattern for each. Pure."""

from __future__ import annotations

import re

MATHS = re.compile(r"\$\$(.+?)\$\$|\$((?:[^$\n]|\n(?![ \t]*\n))+?)\$", re.DOTALL)
"""A formula; its LaTeX is the first group where it is displayed, else the second. One in a line of text may
go on in the next line, not in the next paragraph."""

CODE = re.compile(r"^(`{3,}).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"^>.*$|\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”", re.MULTILINE)
LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:<[^>]*>|[^)]*)\)")
"""A link or a picture; its words are the group."""

TARGET = re.compile(r"\]\((?:<[^>]*>|[^)]*)\)")
"""The end of a link, with its address."""


def only_lines(found: re.Match[str]) -> str:
    """Instead of what was found: as many lines, without words."""
    return "\n" * found[0].count("\n")
