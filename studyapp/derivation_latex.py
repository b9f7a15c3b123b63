"""A whole derivation as LaTeX source, to paste into a document that loads amsmath. Pure: no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.symbolic.report import Line, Report
from studyapp.derivation_findings import Table, tables
from studyapp.plain_maths import pieces

_LONG = 30  # letters of a cell that may break
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: "\\" + sign for sign in "&%$#_{}"},
}
_LETTERS = {  # signs that pdfTeX does not have
    "δ": r"\delta", "∂": r"\partial", "Θ": r"\Theta", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma",
    "ε": r"\epsilon", "μ": r"\mu", "σ": r"\sigma", "φ": r"\varphi", "Σ": r"\sum", "Π": r"\prod",
    "ŷ": r"\hat{y}", "x̂": r"\hat{x}", "⊙": r"\odot", "×": r"\times", "·": r"\cdot", "‖": r"\|", "≤": r"\le",
    "≥": r"\ge", "→": r"\to", "∞": r"\infty", "√": r"\surd", "½": r"\tfrac{1}{2}", "−": "-",
}  # fmt: skip
_MARKS = {
    "⁺": "^{+}", "ᵀ": r"^{\top}", "²": "^2", "ₜ": "_t",
    **{sign: f"_{digit}" for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
}  # fmt: skip
_LETTER = f"(?:{'|'.join(map(re.escape, _LETTERS))})"
_MARK = f"[{''.join(_MARKS)}]"
_SYMBOL = re.compile(f"(?:{_LETTER}|[A-Za-z]){_MARK}+|{_LETTER}|{_MARK}+")


_BEFORE = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb}
\begin{document}
"""


def document(report: Report) -> str:
    """A document of its own, for pdflatex."""
    return f"{_BEFORE}{whole(report)}\\end{{document}}\n"


def whole(report: Report) -> str:
    """Problem, every line with its number, rule and sources, and the result."""
    parts = [f"% {report.title}"]
    if report.source:
        parts += [r"\begin{verbatim}", _numbered(report.source), r"\end{verbatim}"]
    if report.problem:
        parts += [r"\paragraph{Problem}", _display(report.problem)]
    if report.conventions:
        parts += ["Conventions: " + "; ".join(_plain(f"{name}: {text}") for name, text in report.conventions)]
    parts += [part for line in report.lines for part in (_words(line), _display(line.latex, line.number))]
    parts += [r"\paragraph{Result}", _display(report.result)]
    parts += [part for table in tables(report) for part in _table(table)]
    return "\n".join(parts) + "\n"


def _numbered(code: str) -> str:
    """Each line with its number; nothing in it can end the block."""
    lines = code.replace(r"\end{verbatim}", r"\end{ verbatim}").splitlines()
    return "\n".join(f"{number:>3}  {line}" for number, line in enumerate(lines, 1))


def _table(table: Table) -> Iterator[str]:
    yield rf"\paragraph{{{_plain(table.title)}}}"
    yield rf"\begin{{center}}\begin{{tabular}}{{{_columns(table)}}}"
    for row in (table.heads, *table.rows):
        yield " & ".join(map(_cell, row)) + r" \\"
    yield r"\end{tabular}\end{center}"
    if table.words:
        yield _cell(table.words)


def _columns(table: Table) -> str:
    """Sentences in the last column break; all else is short."""
    long = any(len(row[-1]) > _LONG and "$" not in row[-1] for row in table.rows)
    return "l" * (len(table.heads) - 1) + (r"p{0.55\textwidth}" if long else "l")


def _cell(text: str) -> str:
    """Plain text with maths between dollar signs."""
    return "$".join(part if place % 2 else _plain(part) for place, part in enumerate(text.split("$")))


def _words(line: Line) -> str:
    times = f" for ${line.span}$" if line.span else ""
    after = f", from ({'), ('.join(map(str, line.uses))})" if line.uses else ""
    return f"{_plain(line.title)}{times}{after}:"


def _display(latex: str, number: int | None = None) -> str:
    tag = "" if number is None else rf" \tag{{{number}}}"
    return f"\\begin{{equation*}}\n{latex}{tag}\n\\end{{equation*}}"


def _plain(text: str) -> str:
    """`text` with its names as formulas, and all else written so that it is only printed."""
    return "".join(f"${piece}$" if is_maths else _printed(piece) for piece, is_maths in pieces(text))


def _printed(text: str) -> str:
    """`text` without names."""
    escaped = "".join(_SPECIAL.get(sign, sign) for sign in text)
    return _SYMBOL.sub(lambda found: f"${_maths(found.group())}$", escaped)


def _maths(symbol: str) -> str:
    """A symbol with its marks below and above, each sign in LaTeX."""
    letter = next((sign for sign in _LETTERS if symbol.startswith(sign)), symbol[:1])
    if letter in _MARKS:
        letter = ""
    marks = "".join(_MARKS[sign] for sign in symbol[len(letter) :])
    return _LETTERS.get(letter, letter or "{}") + marks
