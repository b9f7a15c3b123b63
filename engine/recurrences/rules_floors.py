"""The rules of iterating with floors, for the catalogue."""

from __future__ import annotations

from engine.recurrences.verify import same_numbers
from engine.symbolic.rule import Rule

_SOURCE = "Graham, Knuth, Patashnik: Concrete Mathematics, section 3.2"

RULES = (
    Rule(
        "halves-difference",
        "One more element",
        r"D(n) = T(n+1) - T(n)",
        "From $«n»$ to $«n» + 1$ just one of the two halves gets one larger, so the difference of $T$ is the "
        "difference at the half, and what $f$ rises by.",
        same_numbers,
        _SOURCE,
    ),
    Rule(
        "floor-steps",
        "Count the halvings",
        r"\lfloor \lfloor n/b \rfloor / b \rfloor = \lfloor n/b^2 \rfloor",
        "Rounding again and again is rounding once: after $«depth»$ steps $1$ is reached, and each adds the "
        "same.",
        same_numbers,
        _SOURCE,
    ),
    Rule(
        "every-n",
        "A formula for every n",
        r"\lceil \lceil n/b \rceil / b \rceil = \lceil n/b^2 \rceil,\quad "
        r"\sum_{i=1}^{n-1} \lfloor \log_2 i \rfloor = n L - 2^{L + 1} + 2,\ L = \lfloor \log_2 n \rfloor",
        "Rounding again and again is rounding once, so $1$ is reached after $«depth»$ steps, also where "
        "$«n»$ is no power of $«b»$. Add up what the steps leave behind.",
        same_numbers,
        _SOURCE,
    ),
)
