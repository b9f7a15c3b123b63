"""A whole derivation as LaTeX source, to paste into a document that loads amsmath. Pure: no Qt."""

from __future__ import annotations

import re

from engine.symbolic.report import Line, Report

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: "\\" + sign for sign in "&%$#_{}"},
}
_LETTERS = {"δ": r"\delta", "∂": r"\partial", "Θ": r"\Theta"}  # pdfTeX has no such signs
_MARKS = {"⁺": "^{+}", "ₜ": "_t", "₀": "_0", "₁": "_1", "₂": "_2"}
_SYMBOL = re.compile(f"[A-Za-z{''.join(_LETTERS)}][{''.join(_MARKS)}]+|[{''.join(_LETTERS)}]")


def whole(report: Report) -> str:
    """Problem, every line with its number, rule and sources, and the result."""
    pieces = [f"% {report.title}", r"\paragraph{Problem}", _display(report.problem)]
    if report.conventions:
        pieces += [
            "Conventions: " + "; ".join(_plain(f"{name}: {text}") for name, text in report.conventions)
        ]
    pieces += [piece for line in report.lines for piece in (_words(line), _display(line.latex, line.number))]
    pieces += [r"\paragraph{Result}", _display(report.result)]
    return "\n".join(pieces) + "\n"


def _words(line: Line) -> str:
    after = f", from ({'), ('.join(map(str, line.uses))})" if line.uses else ""
    return f"{_plain(line.title)}{after}:"


def _display(latex: str, number: int | None = None) -> str:
    tag = "" if number is None else rf" \tag{{{number}}}"
    return f"\\begin{{equation*}}\n{latex}{tag}\n\\end{{equation*}}"


def _plain(text: str) -> str:
    """`text` with the signs that mean something to LaTeX written so that they are only printed."""
    escaped = "".join(_SPECIAL.get(sign, sign) for sign in text)
    return _SYMBOL.sub(lambda found: f"${_maths(found.group())}$", escaped)


def _maths(symbol: str) -> str:
    return "".join((_LETTERS | _MARKS).get(sign, sign) for sign in symbol)
