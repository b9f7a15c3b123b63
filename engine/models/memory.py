"""What a learner remembers between two steps, as arrays by name: one layout for every learner.

    theta              [n] all weights
    optimiser.LETTER   as `Optimiser.memory` names them
    carry.0, carry.1   the state handed to the next batch

Checkpoints hold the same names. Knows no learner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.snapshot import Array

THETA, OPTIMISER, CARRY = "theta", "optimiser.", "carry."


def packed(theta: Array, optimiser: Mapping[str, Array], carry: Iterable[Array]) -> dict[str, Array]:
    """The memory of these parts; only the carried state is copied, the rest is taken as it is."""
    remembered = {f"{OPTIMISER}{letter}": array for letter, array in optimiser.items()}
    return {THETA: theta} | remembered | {f"{CARRY}{place}": part.copy() for place, part in enumerate(carry)}


def optimiser_in(memory: Mapping[str, Array]) -> dict[str, Array]:
    """The optimiser's part, by letter."""
    return _part(memory, OPTIMISER)


def carry_in(memory: Mapping[str, Array]) -> tuple[Array, ...]:
    """The carried state, copied."""
    return tuple(part.copy() for part in _part(memory, CARRY).values())


def _part(memory: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    return {name.removeprefix(prefix): array for name, array in memory.items() if name.startswith(prefix)}
