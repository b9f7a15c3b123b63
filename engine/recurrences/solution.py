"""What a solver hands back: the steps, and all that is needed to check and to tell them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.recurrences.asymptotic import Asymptotic
from engine.recurrences.first import FirstValues
from engine.recurrences.steps import Step
from engine.recurrences.terms import Terms, TermsWorld
from engine.symbolic.expr import Expr
from engine.symbolic.findings import Levels
from engine.symbolic.report import Agreement, Method


@dataclass(frozen=True)
class Solution:
    """A recurrence solved, by one method.

    Attributes:
        method: its name, one of `methods.NAMES`.
        closed: T(n) as a formula, or None where only its class was found.
        course: how it grows.
        domain: what n must be for `closed` to hold, e.g. 2^k; None if it may be any from `since` on.
        since: the place that `closed` holds from, where that needs a word; None where it does not.
        everywhere: whether the class holds for the other n as well.
        methods: what this family says of methods; `methods.py` says the rest.
        bound: what is said of T where it has no class, e.g. "in size at most a constant times 2^n".
        levels: the recursion tree, where there is one.
        run: the recurrence for every whole n, where the plain terms would not do: rounded, say.
    """

    first: FirstValues
    steps: tuple[Step, ...]
    world: TermsWorld
    closed: Expr | None
    course: Asymptotic
    domain: Expr | None
    everywhere: bool
    since: int | None
    agreements: tuple[Agreement, ...]
    methods: tuple[Method, ...]
    conventions: tuple[tuple[str, str], ...]
    method: str
    bound: str = ""
    levels: Levels | None = None
    run: Terms | None = None

    @property
    def start(self) -> int:
        """The smallest n that `closed` holds for, rounding and domain aside."""
        return self.first.start if self.since is None else self.since
