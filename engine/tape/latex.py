r"""A tree of the tape language as LaTeX, for MathJax 3 with the base and ams packages.

Columns stand next to matrices, `\odot` between vectors, numbers in front without a sign. A power is
by elements: `h_t^{\odot 2}` of a vector, `h_t^{2}` of a number. A product over time is written as in
books, `\prod_{k=j+1}^{T}`, though its latest factor stands on the left: the conventions say so. There
are only the brackets that are needed. Knows no rules and no rows of a derivation.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.tape.index import Span
from engine.tape.latex_nodes import Printer
from engine.tape.names import as_times, time_latex
from engine.tape.nodes import Add, Node

_WIDE = 190  # characters of LaTeX; a sum longer than this is broken over rows
_MOST_TIMES = 6  # a span of more times than this is shown with dots


def latex(node: Node, letters: Mapping[str, int] | None = None, focus: Node | None = None) -> str:
    r"""`node` as LaTeX, display style.

    Args:
        letters: numbers to write for letters, e.g. {"T": 3, "t": 2}.
        focus: the node to put inside `\focus{...}`, wherever it stands.
    """
    return Printer(as_times(letters or {}), focus).text(node)


def rows(node: Node, letters: Mapping[str, int] | None = None, focus: Node | None = None) -> list[str]:
    r"""`node` in one row, or a wide sum in one row a term; those after the first begin with `\quad`."""
    printer = Printer(as_times(letters or {}), focus)
    text = printer.text(node)
    if not isinstance(node, Add) or len(text) <= _WIDE or node is focus:
        return [text]
    signed = [printer.signed(term) for term in node.terms]
    first = f"-{signed[0][1]}" if signed[0][0] == "-" else signed[0][1]
    return [first] + [rf"\quad {sign} {term}" for sign, term in signed[1:]]


def span_latex(span: Span, letters: Mapping[str, int] | None = None) -> str:
    r"""The times of a line: "t = T-1, \dots, 1", or "t = 2, 1" where T is known; empty for none at all."""
    known = letters or {}
    if {span.low.base, span.high.base} <= {"", *known}:
        times = [str(time) for time in span.times(known)]
        if len(times) > _MOST_TIMES:
            return f"{span.letter} = {times[0]}, {times[1]}, \\dots, {times[-1]}{_window(span)}"
        return f"{span.letter} = {', '.join(times)}" if times else ""
    low, high = (time_latex(time, as_times(known)) for time in (span.low, span.high))
    ends = (high, low) if span.falling else (low, high)
    told = low if low == high else rf"{ends[0]}, \dots, {ends[1]}"
    return f"{span.letter} = {told}{_window(span)}"


def _window(span: Span) -> str:
    sign = r"\mid" if span.cut else r"\nmid"
    return rf",\; {span.window} {sign} {span.letter}" if span.window else ""
