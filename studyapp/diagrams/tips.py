r"""The words about a part for those who hear them: `$\tilde C_{t-1}$` -> "C tilde t-1". Pure."""

from __future__ import annotations

import re

_SIGNS = {
    "odot": "times", "cdot": "times", "to": "to", "rightarrow": "to", "leftarrow": "from", "partial": "d",
    "ldots": "...", "dots": "...", "cdots": "...", "le": "at most", "leq": "at most", "ge": "at least",
    "geq": "at least", "ne": "is not", "neq": "is not", "approx": "about", "infty": "infinity",
    "top": "transposed", "langle": "<", "rangle": ">", "lVert": "|", "rVert": "|", "varphi": "phi",
}  # fmt: skip
_WORDING = re.compile(r"\\(?:text|mathrm|operatorname|mathbf|mathit|texttt)\s*\{([^{}]*)\}")
_MARKED = re.compile(r"\\(tilde|hat|bar|vec|overrightarrow|overleftarrow)\s*\{?\s*([A-Za-z]+)\s*\}?")
_BAR = {"overrightarrow": "forward", "overleftarrow": "backward"}
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")


def spoken(text: str) -> str:
    """A text with $maths$ in plain words."""
    pieces = re.split(r"(?<!\\)\$", text)
    pieces[1::2] = [_plain(piece) for piece in pieces[1::2]]
    return " ".join("".join(pieces).replace("\\$", "$").split())


def _plain(tex: str) -> str:
    tex = _WORDING.sub(r"\1", tex)
    tex = _MARKED.sub(lambda found: f"{found[2]} {_BAR.get(found[1], found[1])}", tex)
    tex = _FRACTION.sub(r"\1 over \2", tex)
    tex = _COMMAND.sub(lambda found: f" {_SIGNS.get(found[1], found[1])} ", tex)
    tex = re.sub(r"\\[,;:! ]", " ", tex)
    return re.sub(r"\s*[_^]\s*", " ", tex.replace("{", "").replace("}", "")).replace("\\", "").strip()
