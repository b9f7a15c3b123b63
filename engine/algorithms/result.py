"""What code comes to, in one line of LaTeX: the executions of its lines, and what built-ins add to them."""

from __future__ import annotations

import textwrap

from engine.symbolic.findings import Formula

_WIDE = 76  # letters in a line of a sentence that is typeset


def theta(growth: Formula) -> str:
    """The class of this function, LaTeX."""
    return rf"\Theta\left({growth.latex}\right)"


def result(name: str, closed: Formula | None, lines: str, work: str, where: Formula | None = None) -> str:
    """`name` for the executions; `closed` their formula; classes (with their Theta) of them and of the work.

    `where`: for which n the formula holds, where not for all.

    The work is that of the running time: where built-ins do more than the lines that call them, both are
    told, so that no formula is said to be in a class that is not its own.
    """
    left = name if closed is None else f"{name} = {closed.latex}"
    if where is not None and closed is not None:
        left += rf"\ \text{{for }} {where.latex},\quad {name}"
    told = f"{left} \\in {lines or work}" if lines or work else left
    if not lines or lines == work:
        return told
    return rf"{told}, \quad \text{{with its built-ins }} {work}"


def sentence(words: str) -> str:
    """`words` typeset, in as many lines as they need."""
    safe = "".join(f"\\{letter}" if letter in "_%&#$" else letter for letter in words)
    rows = [rf"& \text{{{row}}}" for row in textwrap.wrap(safe, _WIDE)]
    if len(rows) < 2:
        return rf"\text{{{safe}}}"
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"
