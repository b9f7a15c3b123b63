"""A line of a derivation in words: where it comes from, why it holds, how it was checked. Pure: no Qt."""

from __future__ import annotations

import re

from engine.symbolic.report import Check, Line
from studyapp.mathtext.shipped import Key
from studyapp.widgets.numbers import figure

_INLINE = re.compile(r"\$([^$]+)\$")


def coloured(focus: str, colour: str) -> str:
    """LaTeX with \\focus{...} in this colour, #rrggbb."""
    return focus.replace("\\focus{", f"\\textcolor{{{colour}}}{{")


def reason(line: Line) -> str:
    """Why a line may be written down, in general as well; what shape it has, and who says so. Markdown."""
    pieces = [line.why]
    if line.statement:
        pieces += ["In general:", f"$${line.statement}$$"]
    if line.shape:
        pieces.append(f"Shape of the left side: {line.shape}.")
    if line.source:
        pieces.append(f"Source: {line.source}{'' if line.source.endswith('.') else '.'}")
    return "\n\n".join(pieces)


def reason_keys(line: Line) -> list[Key]:
    """The formulas in `reason`."""
    inline = [(tex, False) for tex in _INLINE.findall(line.why)]
    return [*inline, (line.statement, True)] if line.statement else inline


def sources(line: Line) -> str:
    """ "from lines 3 and 5", or nothing for a line that stands on its own."""
    if not line.uses:
        return ""
    *firsts, last = map(str, line.uses)
    return f"from lines {', '.join(firsts)} and {last}" if firsts else f"from line {last}"


def check_words(check: Check | None) -> str:
    """How a line was checked, in words."""
    if check is None:
        return "An assumption: nothing to check."
    verdict = "Checked" if check.ok else "This check failed"
    off = f"largest relative error {figure(check.error, 2)}" if check.error else "no difference at all"
    return f"{verdict}: {check.what}; {off}."
