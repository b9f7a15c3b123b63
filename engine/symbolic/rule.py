"""Rule: why a line may be written down. A rule that nobody can check cannot be made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.symbolic.report import Check

Checker = Callable[[Any, Any], Check | None]  # a step and a world, both of the derivation's own kind

_BLANK = re.compile("«([a-z_]+)»")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        key: what a `Step` names it by.
        title: for a reader, e.g. "Chain rule".
        statement: the rule in general, LaTeX.
        why: one or two sentences, Markdown with $maths$; «name» is filled from the step's facts.
        checker: holds a step against numbers; None as its answer is for assumptions only.
        source: book or paper that has it, with the equation where that is sure; may be empty.
    """

    key: str
    title: str
    statement: str
    why: str
    checker: Checker
    source: str = ""

    def __post_init__(self) -> None:
        if not callable(self.checker):
            raise TypeError(f"The rule {self.key!r} has no checker; a rule without one cannot be used.")

    @property
    def blanks(self) -> set[str]:
        """Names of the facts that `why` asks for."""
        return set(_BLANK.findall(self.why))

    def sentence(self, facts: Mapping[str, str]) -> str:
        """`why` with its blanks filled. Raises KeyError if a fact is missing."""
        return _BLANK.sub(lambda blank: facts[blank.group(1)], self.why)


def catalogue(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The rules by key. Raises ValueError if two have the same."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.key in found:
            raise ValueError(f"Two rules have the key {rule.key!r}.")
        found[rule.key] = rule
    return found
