"""Markdown with formulas -> one line of plain words: good enough to know it again. Knows no widget."""

from __future__ import annotations

import re

_SIGNS = {
    "cdot": "·", "times": "×", "odot": "⊙", "otimes": "⊗", "le": "≤", "ge": "≥", "ne": "≠", "to": "→",
    "approx": "≈", "sigma": "σ", "Gamma": "Γ", "Theta": "Θ", "theta": "θ", "partial": "∂", "sum": "Σ",
    "sqrt": "√", "infty": "∞", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "dots": "…",
    "ldots": "…", "cdots": "…", "qquad": " ", "quad": " ",
    "left": "", "right": "", "mathrm": "", "text": "",
}  # fmt: skip
_FORMULA = re.compile(r"\$\$?(.+?)\$\$?", re.DOTALL)
_PART = r"\s*(?:\{([^{}]*)\}|(\w))"
_FRACTION = re.compile(r"\\[dt]?frac" + _PART + _PART)
_ACCENT = re.compile(r"\\(tilde|hat|bar)" + _PART)
_ACCENTS = {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304"}  # combining: they stand behind the letter
_SCRIPT = re.compile(r"([\^_])\{([^{}\\]{2,})\}")
_EMPHASIS = re.compile(r"(?<!\w)\*(\S[^*]*)\*(?!\w)")
_FENCE = re.compile(r"^\s*(```|~~~).*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def plain_formula(tex: str) -> str:
    r"""A short formula without its LaTeX: `\sqrt{1225}` is √1225."""
    text = _ACCENT.sub(lambda a: (a[2] or a[3] or "") + _ACCENTS[a[1]], tex)
    text = _FRACTION.sub(_fraction, _SCRIPT.sub(r"\1(\2)", text))
    text = re.sub(r"\\[,;:! ]|(?<!\\)[{}]", "", text)
    text = re.sub(r"\\([A-Za-z]+)( *)", _command, text)
    return text.replace("\\", "")


def plain_words(markdown: str, longest: int) -> str:
    """`markdown` in one line without its marks, cut between words to `longest` characters."""
    text = _LINK.sub(r"\1", _FENCE.sub("", markdown))
    text = _FORMULA.sub(lambda formula: plain_formula(formula.group(1)), text)
    text = _EMPHASIS.sub(r"\1", re.sub(r"\*\*|`", "", text))
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    return (kept.rsplit(" ", 1)[0] or kept).rstrip(" ,;:") + "…"


def _fraction(found: re.Match[str]) -> str:
    over, under = found[1] or found[2] or "", found[3] or found[4] or ""
    return "/".join(f"({part})" if re.search(r"[+\-]", part) else part for part in (over, under))


def _command(found: re.Match[str]) -> str:
    return _SIGNS[found[1]] if found[1] in _SIGNS else found[1] + found[2]
