"""The rules of proofs by substitution, for the catalogue."""

from __future__ import annotations

from engine.recurrences.verify import keeps_to_bound
from engine.symbolic.rule import Rule

_CLRS = "Cormen, Leiserson, Rivest & Stein (2022), Introduction to Algorithms, section 4.3"

RULES: tuple[Rule, ...] = (
    Rule(
        "upper-claim",
        "Guess from above",
        r"T(m) \le c\,g(m) - d\,h(m) \text{ for all smaller } m",
        "The hypothesis: never more than $«bound»$, from $n = «start»$ on. At the first places it is true.",
        keeps_to_bound,
        _CLRS,
    ),
    Rule(
        "upper-step",
        "The step, from above",
        r"\text{right side with } c\,g - d\,h \text{ for } T \;\le\; c\,g(n) - d\,h(n)",
        "Put the hypothesis in for the terms on the right: what comes out is not above it, so it holds for "
        "$T(n)$ as well.",
        keeps_to_bound,
        _CLRS,
    ),
    Rule(
        "lower-claim",
        "Guess from below",
        r"T(m) \ge c\,g(m) - d\,h(m) \text{ for all smaller } m",
        "The other side: never less than $«bound»$, from $n = «start»$ on. At the first places it is true.",
        keeps_to_bound,
        _CLRS,
    ),
    Rule(
        "lower-step",
        "The step, from below",
        r"\text{right side with } c\,g - d\,h \text{ for } T \;\ge\; c\,g(n) - d\,h(n)",
        "Put in for the terms on the right, it comes out not smaller than it was claimed.",
        keeps_to_bound,
        _CLRS,
    ),
)
