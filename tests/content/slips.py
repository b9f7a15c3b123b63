"""Slips of a formula: another sign or function, a lost transpose, a product for a sum, another power."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

SLIPS = (
    (r"(?<![_^{(\[<,])\+(?!\})", "-"),
    (r"(?<=[\w)}\] ])-(?!\d*\})", "+"),
    (r"\\sigma(?![a-zA-Z_^])", r"\tanh"),
    (r"\\tanh(?![a-zA-Z])", r"\sigma"),
    (r"\\odot", "+"),
    (r"\\ln(?![a-zA-Z])", r"\exp"),
    (r"\\exp", r"\ln"),
    (r"\^\{?\\top\}?", ""),
    (r"\\prod", r"\sum"),
    (r"\\sum", r"\prod"),
    (r"\^2", "^3"),
)


def slipped(latex: str, left_out: Container[int] = ()) -> Iterator[str]:
    """`latex` with one slip each, but none at the places `left_out`."""
    for pattern, wrong in SLIPS:
        for place in re.finditer(pattern, latex):
            if place.start() not in left_out:
                yield latex[: place.start()] + wrong + latex[place.end() :]
