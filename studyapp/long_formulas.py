"""A formula too long for one row, in rows: broken where a reader would, before a sign or a relation. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDE = 40  # signs that have room in one row
_BREAKS = (r" \in ", r",\quad ", r", \quad ", " + ", " - ")
_BEFORE = (r" \in ", " + ", " - ")  # these begin the next row; the others end their own
_QUAD, _IN = r"\quad ", r"\in"
_UNSEEN = re.compile(r"\\(?:left|right|quad|,|;|!)|\\begin\{\w+\}|\\end\{\w+\}|[{}^_\s&]")
_NAMED = re.compile(r"\\(?:text|mathrm|operatorname)\s*(?=\{)|\\frac\s*(?=\{)")
_DEPTH = ((r"\left", 1), (r"\right", -1), ("{", 1), ("}", -1), ("(", 1), (")", -1))
_SIGN = re.compile(r"\\[A-Za-z]+|\\.")


def in_rows(latex: str, wide: int = WIDE) -> str:
    """`latex` as it is where it is short; else aligned in rows of about `wide` signs at most."""
    if length(latex) <= wide or r"\begin" in latex or " = " not in latex:
        return latex
    left, right = latex.split(" = ", 1)
    rows, row = list[str](), ""
    for part in _parts(right):
        fits = not row or length(row + part) + length(left) <= wide
        if fits and not part.startswith(r" \in "):
            row += part
        else:
            rows.append(row)
            row = part
    rows.append(row)
    if len(rows) < 2:
        return latex
    first, *others = (one.strip() for one in rows)
    told = [f"{left} &= {first}", *(f"&{'' if one.startswith(_IN) else _QUAD}{one}" for one in others)]
    return r"\begin{aligned} " + r" \\[4pt] ".join(told) + r" \end{aligned}"


def length(latex: str) -> int:
    """About how many signs are seen."""
    seen = _UNSEEN.sub("", _NAMED.sub("", latex))
    return len(_SIGN.sub("x", seen))


def _parts(latex: str) -> Iterator[str]:
    """Cut at the breaks that stand outside of all brackets."""
    depth = start = at = 0
    while at < len(latex):
        depth += next((by for mark, by in _DEPTH if latex.startswith(mark, at)), 0)
        found = next((mark for mark in _BREAKS if not depth and latex.startswith(mark, at)), "")
        if found and at > start:
            cut = at if found in _BEFORE else at + len(found)
            yield latex[start:cut]
            start = cut
        at += len(found) or 1
    yield latex[start:]
