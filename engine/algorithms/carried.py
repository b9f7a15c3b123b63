"""What a loop carries from pass to pass, as data: ways through its body, the course of each variable."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from engine.algorithms.counts import Around
from engine.algorithms.forms import Form
from engine.algorithms.known import DATA, Environment, Known, Listed, Real, Span, Whole

MAX_WAYS = 16


Loop = ast.For | ast.While


@dataclass(frozen=True)
class Way:
    """One way through a loop's body: what is known at its end, and how it ends."""

    env: Environment
    end: str


@dataclass(frozen=True)
class Rule:
    """How one variable goes on: `during` at a pass, `after(count)` behind the loop.

    The loop's variable `index` starts at `low` and moves by `step`, 1 or -1.
    """

    during: Known
    low: Form
    index: str
    step: int = 1

    def after(self, count: Form) -> Known:
        """Its value behind `count` passes: that before the pass with number `count`."""
        end = self.low + count * self.step
        match self.during:
            case Whole(form):
                return Whole(form.put(self.index, end))
            case Real(form, kind, number):
                return Real(form.put(self.index, end), kind, number)
            case Span(low, high):
                return Span(
                    low.put(self.index, end) if low is not None else None,
                    high.put(self.index, end) if high is not None else None,
                )
        return self.during


@dataclass
class Carried:
    """What is known of a loop's variables.

    Attributes:
        start: before the loop. during: at a general pass.
        spanned: some were known between two forms only, and one end was taken.
        letters: the fresh letter that stood for each. ways: through the body, with those letters.
        rules: of those whose course is known. halved: those replaced by their square root each time.
        shared: inner loops whose passes are bounded over all passes: passes at most first + second per pass.
    """

    start: Environment
    during: Environment = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    rooted: set[str] = field(default_factory=set)
    shared: dict[ast.While, tuple[Form, Form]] = field(default_factory=dict)
    last: dict[str, Known] = field(default_factory=dict)
    around: Around | None = None
    spanned: bool = False

    def after(self, count: Form, around: Around, left_early: bool) -> Environment:
        """What is known behind the loop."""
        found = dict[str, Known]()
        for name, value in self.during.items():
            rule = self.rules.get(name)
            if rule is None:
                found[name] = self.last.get(name, value) if not left_early else _no_number(value)
            elif not left_early:
                found[name] = rule.after(count)
            else:
                found[name] = _between(self.start.get(name, DATA), rule.after(count), around)
        return found

    def unsure(self) -> Environment:
        """What is known if the loop may have run or not."""
        return {name: _no_number(value) for name, value in self.during.items()}


def _no_number(value: Known) -> Known:
    return value if isinstance(value, Listed) else DATA


def _between(first: Known, second: Known, around: Around) -> Known:
    from engine.algorithms.known import either

    return either(first, second, around)
