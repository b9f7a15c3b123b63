r"""How quantities are written: W_h, \hat{y}_t, a_{f,t}, \overleftarrow{h}_{t}, h^{(2)}_{t}, dL/dW_h.

A `Var` is called by a plain name such as "W_h", "a_f", "h_rev" or "W_i1". Here it becomes LaTeX,
in one way everywhere: matrices upper case, vectors and numbers lower case, nothing bold. Knows
names and times only, no trees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from engine.tape.index import At, at
from engine.tape.nodes import NUMBER, Shape

Letters = Mapping[str, At]  # what to write for a letter

_SPELT = {
    "yhat": r"\hat{y}", "xhat": r"\hat{x}", "alpha": r"\alpha", "beta": r"\beta", "gamma": r"\gamma",
    "delta": r"\delta", "mu": r"\mu", "eps": r"\epsilon", "eta": r"\eta", "out": r"\mathrm{out}",
}  # fmt: skip
_LAYER = re.compile(r"([A-Za-z]+)([1-9])")
_WEIGHTS = ("W", "U")  # lower case in a network of one unit


class Written(NamedTuple):
    """A name in the pieces that scripts are added to.

    Attributes:
        letter: LaTeX of the letter itself.
        raised: what stands above right, e.g. "(2)" for the second layer; may be empty.
        lowered: what stands below right, before the time; may be empty.
    """

    letter: str
    raised: str = ""
    lowered: str = ""

    def latex(self, time: str = "", mark: str = "") -> str:
        r"""With a time below, and a mark such as "\top" above."""
        below = ",".join(filter(None, (self.lowered, time)))
        above = self.raised + mark
        return self.letter + _script("_", below) + _script("^", above)


def _script(sign: str, text: str) -> str:
    return sign + (text if len(text) == 1 else f"{{{text}}}") if text else ""


_SCRIPTED = {
    "var": Written(r"\sigma", "2"),
    "sd": Written(r"\sigma", "", r"\epsilon"),  # the root of var + eps
    "d1": Written("d", "", "1"),
    "g_by_norm": Written("g", "", r"\mathrm{norm}"),
    "g_by_value": Written("g", "", r"\mathrm{value}"),
}


@lru_cache(maxsize=1024)
def written(name: str, number: bool = False) -> Written:
    """The pieces of a name; `number`: in a network of one unit, where weights are lower case."""
    if name in _SCRIPTED:
        return _SCRIPTED[name]
    letter, *below = [piece for piece in name.split("_") if piece != "rev"]
    letter, below, layer = _layered(letter, below)
    if number and letter in _WEIGHTS:
        letter = letter.lower()
    shown = _letter(letter)
    if "_rev" in name:
        shown = rf"\overleftarrow{{{shown}}}"
    return Written(shown, f"({layer})" if layer else "", ",".join(map(_letter, below)))


def _layered(letter: str, below: list[str]) -> tuple[str, list[str], str]:
    """Takes the layer's number off: h2, W_i1, b_2."""
    if letter == "b" and below and below[0].isdigit():
        return letter, [], below[0]
    *firsts, final = [letter, *below]
    match = _LAYER.fullmatch(final)
    if match is None:
        return letter, below, ""
    letter, *below = [*firsts, match[1]]
    return letter, below, match[2]


def _letter(letter: str) -> str:
    plain = len(letter) == 1 or letter.isdigit()
    return _SPELT.get(letter) or (letter if plain else rf"\mathrm{{{letter}}}")


def is_sum(name: str) -> bool:
    """Whether it is a pre-activation, whose slope is called delta: a, a_f, a_rev, a1."""
    return name.rstrip("0123456789").split("_")[0] == "a"


def delta(name: str) -> Written:
    """How the slope of a pre-activation is written."""
    pieces = written(name)
    letter = r"\overleftarrow{\delta}" if name.endswith("_rev") else r"\delta"
    return pieces._replace(letter=letter)


def name_latex(name: str, shape: Shape) -> str:
    """A quantity without its time, e.g. W_h; in a network of one unit w_h."""
    return written(name, shape == NUMBER).latex()


def time_latex(time: At | None, letters: Letters) -> str:
    """t-1, or a number if the letter stands for one; empty for no time."""
    if time is None:
        return ""
    meant = letters.get(time.base)
    return str(time if meant is None else meant + time.shift)


def as_times(letters: Mapping[str, int]) -> Letters:
    """Numbers for letters as times."""
    return {letter: at(number) for letter, number in letters.items()}


def shape_words(shape: Shape) -> str:
    """ "h × d", "column of h", "row of h" or "number"."""
    rows, columns = shape
    if shape == NUMBER:
        return "number"
    if columns == "1":
        return f"column of {rows}"
    return f"row of {columns}" if rows == "1" else f"{rows} × {columns}"
