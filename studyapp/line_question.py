"""What a line of a derivation asks of one who works it out: its left side, as a question. Pure: no Qt."""

from __future__ import annotations

import re

from engine.symbolic.report import Line

_RELATIONS = re.compile(r"\\(?:leq?|geq?|approx|propto|equiv|in|to|coloneqq)(?![A-Za-z])|:?=")
_BOUNDS = ("\\le", "\\leq", "\\ge", "\\geq")
_ENVIRONMENT = re.compile(r"\\begin\{(?:aligned|split|gathered)\}(?:\[\w\])?")


def question(line: Line) -> str:
    """Markdown: "What is $..$ for $t = T-1, \\dots, 1$?"."""
    left, relation = sides(line.latex)
    when = f" for ${line.span}$" if line.span else ""
    if not left:
        return f"What is the next line{when}?"
    if relation == "\\in":
        return f"In which class of growth is $\\displaystyle {left}${when}?"
    asked = "What is an upper bound for" if relation in _BOUNDS[:2] else "What is"
    return f"{asked} $\\displaystyle {left}${when}?"


def sides(latex: str) -> tuple[str, str]:
    """Left side and relation of a line in LaTeX; empty strings where it has none outside of all braces."""
    text = _ENVIRONMENT.sub("", latex.strip(), count=1)
    for found in _RELATIONS.finditer(text):
        before = text[: found.start()]
        if _depth(before) == 0:
            return before.replace("&", "").strip().removesuffix("{}").strip(), found.group()
    return "", ""


def _depth(text: str) -> int:
    """How many braces and \\left( are open at the end of `text`."""
    braces = re.sub(r"\\[{}]", "", text)
    return braces.count("{") - braces.count("}") + text.count("\\left") - text.count("\\right")
