"""A long formula as pieces that may stand below each other: cut at \\quad and \\qquad, or before "=".

Only where nothing is open: not inside braces, \\left ... \\right or an environment. Knows no Qt.
What a formula says is cut by content/latex/parts.py, at other places and into tokens; here its ink is kept.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"\\[A-Za-z]+|\\.|[{}]|[^\\{}]", re.DOTALL)
_OPENS, _CLOSES = {"{", r"\left", r"\begin"}, {"}", r"\right", r"\end"}
_GAPS = {r"\quad", r"\qquad"}
_RELATIONS = {"=", r"\approx", r"\leftarrow", r"\Rightarrow"}
_ROW_END = r"\\"
_WORDS = re.compile(r"\\text\{[^{}]*\}\s*[,;:.]?")


def parts(tex: str) -> tuple[str, ...]:
    """The parts in their order, gaps between them dropped; the whole formula alone if it has none."""
    found, depth = [""], 0
    for sign in _SIGNS.findall(tex):
        depth += (sign in _OPENS) - (sign in _CLOSES)
        if depth == 0 and sign == _ROW_END:
            return (tex,)
        if depth == 0 and sign in _GAPS:
            found.append("")
        else:
            found[-1] += sign
    return _joined([part.strip() for part in found if part.strip()]) or (tex,)


def links(tex: str) -> tuple[str, ...]:
    """The links of a chain a = b = c: "a", "{}=b", "{}=c", together as wide as it; else the whole alone."""
    found, depth = [""], 0
    for sign in _SIGNS.findall(tex):
        depth += (sign in _OPENS | {"(", "["}) - (sign in _CLOSES | {")", "]"})
        if depth == 0 and sign in {_ROW_END, *_GAPS}:
            return (tex,)
        if depth == 0 and sign in _RELATIONS and found[-1].strip():
            found.append("{}")
        found[-1] += sign
    return tuple(link.strip() for link in found) if depth == 0 else (tex,)


def _joined(found: list[str]) -> tuple[str, ...]:
    """Words alone stay with the part that they lead to, at the end with the one before."""
    made: list[str] = []
    words = ""
    for part in found:
        if _WORDS.fullmatch(part):
            words += rf"{part}\quad "
        else:
            made.append(words + part)
            words = ""
    if words and made:
        made[-1] += r"\qquad " + words.removesuffix(r"\quad ")
    return tuple(made)
