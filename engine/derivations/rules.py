"""The catalogue of rules of matrix derivations: every line is allowed by one of these."""

from __future__ import annotations

from engine.derivations import rules_backward, rules_closed, rules_forward, rules_products
from engine.symbolic.rule import Rule, catalogue

CATALOGUE: dict[str, Rule] = catalogue(
    (*rules_forward.RULES, *rules_backward.RULES, *rules_closed.RULES, *rules_products.RULES)
)
