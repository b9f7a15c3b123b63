"""Markdown with maths -> the words a reader would search for. LaTeX commands become their names and letters.

Pure. Knows no bank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from content.markup import LINK, MATHS

GREEK: Mapping[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η",
    "theta": "θ", "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "phi": "φ", "varphi": "φ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω",
}  # fmt: skip
_SILENT = frozenset({
    "left", "right", "begin", "end", "frac", "dfrac", "text", "mathrm", "mathbf", "mathcal", "operatorname",
    "quad", "qquad", "cdot", "times", "aligned", "bmatrix", "cases", "boxed", "big", "Big", "bigg", "Bigg",
    "displaystyle", "underbrace", "overbrace", "mathbb", "odot", "middle", "mid", "tilde", "hat", "bar",
})  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)|\\.")
_MARKS = re.compile(r"<<[^<>\n]*>>|^[#>|\s-]+|[*`|>{}&\\]|^\s*\d+\.\s", re.MULTILINE)
_SPACE = re.compile(r"\s+")


def plain(markdown: str) -> str:
    """One line of words."""
    text = MATHS.sub(lambda maths: f" {spoken(maths[1] or maths[2])} ", markdown.replace(r"\$", "＄"))
    text = _MARKS.sub(" ", LINK.sub(r"\1", text))
    return _SPACE.sub(" ", text).replace("＄", "$").strip()


@cache  # the same formulas stand in many texts
def spoken(latex: str) -> str:
    """LaTeX as words and letters: `W_f`, `sigma σ`, `tanh`."""
    words = _COMMAND.sub(lambda command: _word(command[1] or ""), latex)
    words = re.sub(r"_\{([A-Za-z0-9]+)\}", r"_\1", words)
    return _SPACE.sub(" ", re.sub(r"[{}&^\[\]()=+,;:<>*/|!~-]", " ", words)).strip()


def _word(command: str) -> str:
    if command in _SILENT:
        return " "
    return f" {command} {GREEK[command]} " if command in GREEK else f" {command} "
