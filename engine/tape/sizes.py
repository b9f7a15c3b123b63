"""What the programs of networks share: names of sizes, and the span of all time steps. Knows no network."""

from __future__ import annotations

from typing import NamedTuple

from engine.tape.index import Span, first, last


class Sizes(NamedTuple):
    """Names of sizes: h units, d inputs, k outputs, n units of the network that scores."""

    h: str = "h"
    d: str = "d"
    k: str = "k"
    n: str = "n"


MATRICES, SCALARS = Sizes(), Sizes("1", "1", "1", "1")
UPWARDS, DOWNWARDS = Span("t", first, last), Span("t", first, last, falling=True)
