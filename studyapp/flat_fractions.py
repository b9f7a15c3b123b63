"""Fractions written in one line, a/b, for places as high as one line of text. LaTeX in, LaTeX out. Pure."""

from __future__ import annotations

import re

_FRACTION = re.compile(r"\\[dt]?frac\s*(?=\{)")
_DEEP = 12  # fractions within fractions


def flat(latex: str, depth: int = _DEEP) -> str:
    """`latex` without raised fractions: "\\frac{n(n-1)}{2}" becomes "n(n-1)/2"."""
    found = _FRACTION.search(latex)
    if found is None or not depth:
        return latex
    above, middle = _group(latex, found.end())
    if not latex[middle:].startswith("{"):
        return latex
    below, end = _group(latex, middle)
    above, below = flat(above, depth - 1), flat(below, depth - 1)
    written = f"{_held(above, _is_sum(above))}/{_held(below, not _is_one(below))}"
    return latex[: found.start()] + "{" + written + "}" + flat(latex[end:], depth - 1)


def _group(latex: str, start: int) -> tuple[str, int]:
    """What stands in the braces that open at `start`, and where it goes on after them."""
    depth = 0
    for at in range(start, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[at], 0)
        if not depth:
            return latex[start + 1 : at], at + 1
    return latex[start + 1 :], len(latex)


def _held(latex: str, needed: bool) -> str:
    return f"({latex})" if needed else latex


def _is_sum(latex: str) -> bool:
    """Whether a sign stands outside of all brackets, other than the first one."""
    depth = 0
    for at, letter in enumerate(latex):
        depth += {"{": 1, "}": -1, "(": 1, ")": -1}.get(letter, 0)
        if letter in "+-" and not depth and latex[:at].strip():
            return True
    return False


def _is_one(latex: str) -> bool:
    """Whether it is a number or a letter, perhaps with a power."""
    return re.fullmatch(r"\s*(?:\d+|[A-Za-z])(?:\^(?:\w|\{[^{}]*\}))?\s*", latex) is not None
