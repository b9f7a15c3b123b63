"""Which line a student is asked for, and which one is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.derivations.steps import COMPACT, Derivation


class Asked(NamedTuple):
    """How many lines are known, and the numbers of those that may come next."""

    known: int
    lines: tuple[int, ...]


def asked_after(derivation: Derivation, known: int) -> Asked:
    """After so many lines: the next one that every telling has, and the finer ones before it."""
    last, following = len(derivation.steps), known + 1
    while following < last and derivation[following].level != COMPACT:
        following += 1
    return Asked(known, tuple(range(known + 1, min(following, last) + 1)))


def aim(lines: Sequence[int], asked: Asked) -> int:
    """Of several lines the one that is meant: the next, else the first after it, else the last before it."""
    later = [line for line in lines if line > asked.known]
    return later[0] if later else lines[-1]
