"""The catalogue of rules: every line of every derivation is allowed by one of these."""

from __future__ import annotations

from engine.symbolic import rules_bptt, rules_recurrence
from engine.symbolic.rule import Rule, catalogue

CATALOGUE: dict[str, Rule] = catalogue((*rules_bptt.RULES, *rules_recurrence.RULES))
