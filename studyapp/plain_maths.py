"""Plain sentences with names such as h_{t-1} or ∂L/∂W_h in them -> Markdown with $maths$. Pure: no Qt.

Knows how names are spelt, not which there are. Also shortens what is too long for a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 24  # letters of a word that is shown whole
_KEPT = 20  # of a longer one
_GREEK = {
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\epsilon", "μ": "\\mu",
    "σ": "\\sigma", "φ": "\\varphi", "Σ": "\\sum", "Π": "\\prod", "∏": "\\prod", "Θ": "\\Theta",
    "ŷ": "\\hat{y}", "x̂": "\\hat{x}", "yhat": "\\hat{y}", "xhat": "\\hat{x}", "alpha": "\\alpha",
    "gamma": "\\gamma", "beta": "\\beta",
}  # fmt: skip
_MARKS = {"ᵀ": "\\top", "²": "2", "⁺": "+", "'": "\\prime"}
_BASE = f"(?:{'|'.join(sorted(_GREEK, key=len, reverse=True))}|[A-Za-z])"
_LOWERED = str.maketrans("ₜ₀₁₂₃₄₅₆₇₈₉", "t0123456789")
_BELOW = r"[ₜ₀-₉]+|_(?:\{[^{}$]{1,12}\}|rev(?![A-Za-z])|[A-Za-z]\d?(?:_rev)?(?![A-Za-z])|\d+)"
_ABOVE = f"[{''.join(_MARKS)}]"
_NAME = rf"{_BASE}\d?(?:(?:{_BELOW}){_ABOVE}?|{_ABOVE})|(?:{'|'.join(_GREEK)})"
_SLOPE = rf"(?:∂⁺?|d)L(?:_t)?/(?:∂|d)(?:{_NAME}|{_BASE}(?![A-Za-z]))"
_FOUND = re.compile(rf"(?<![A-Za-z\\])(?:(?P<slope>{_SLOPE})|(?P<name>{_NAME}))(?![A-Za-z_])")
_PARTS = re.compile(rf"({_BASE})(\d?)({_BELOW})?({_ABOVE})?")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_LONG = re.compile(rf"[^\s$“”\"'(),;:]{{{LONGEST + 1},}}")


def plain(text: str) -> str:
    """`text` with the signs that mean something to Markdown written so that they are only printed."""
    return _SPECIAL.sub(r"\\\1", text)


def typeset(text: str) -> str:
    """`text` as Markdown in which its names are formulas, and all else is only printed."""
    return "".join(f"${piece}$" if is_maths else plain(piece) for piece, is_maths in pieces(text))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """`text` from left to right, and of each piece whether it is LaTeX."""
    end = 0
    for found in _FOUND.finditer(text):
        yield text[end : found.start()], False
        yield (_slope(found["slope"]) if found["slope"] else _name(found["name"])), True
        end = found.end()
    yield text[end:], False


def shortened(text: str) -> str:
    """`text`, which may have $formulas$, without words of more than LONGEST letters."""
    parts = text.split("$")
    parts[::2] = [_LONG.sub(lambda found: found.group()[:_KEPT] + "…", part) for part in parts[::2]]
    return "$".join(parts)


def _slope(text: str) -> str:
    above, _, below = text.partition("/")
    sign = "\\partial^{+} " if "⁺" in above else "\\partial "
    loss = "L_t" if above.endswith("_t") else "L"
    return f"{sign}{loss} / \\partial {_name(below[1:])}"


def _name(text: str) -> str:
    found = _PARTS.fullmatch(text)
    if found is None:
        return text
    base, digit, below, above = found.groups()
    latex = _GREEK.get(base, base)
    names = [digit] if digit else []
    if below:
        latex = f"\\overleftarrow{{{latex}}}" if below.endswith("_rev") else latex
        inside = below.removesuffix("_rev").translate(_LOWERED).removeprefix("_").strip("{}")
        names += [inside] if inside else []
    latex += f"_{{{','.join(names)}}}" if names else ""
    return latex + (f"^{{{_MARKS[above]}}}" if above else "")
