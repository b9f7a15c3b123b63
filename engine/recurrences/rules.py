"""The catalogue of rules: every line about a recurrence is allowed by one of these."""

from __future__ import annotations

from engine.recurrences import (
    rules_floors,
    rules_lags,
    rules_proofs,
    rules_recurrence,
    rules_roots,
    rules_splits,
    rules_sums,
)
from engine.symbolic.rule import Rule, catalogue

CATALOGUE: dict[str, Rule] = catalogue(
    (
        *rules_floors.RULES,
        *rules_lags.RULES,
        *rules_proofs.RULES,
        *rules_recurrence.RULES,
        *rules_roots.RULES,
        *rules_splits.RULES,
        *rules_sums.RULES,
    )
)
