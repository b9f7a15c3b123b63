"""A derivation on the bench: its lines as trees and as text, and numbers for them. Knows no student."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.errors import FormulaError
from engine.recurrences.normal import NotSolved
from engine.recurrences.steps import Step
from engine.recurrences.verify import World, close
from engine.symbolic.evaluate import Meaning, Number, evaluate
from engine.symbolic.expr import Big, Expr, Sym, walk
from engine.symbolic.formula import Names
from engine.symbolic.jobs import CodeJob, RecurrenceJob
from engine.symbolic.report import Line, Refusal

MOST_SUMMANDS = 2000  # that a typed sum may have at the numbers of the bench


@dataclass(frozen=True)
class Difference:
    """The first place where two sides differ: in words, and what they are worth there."""

    where: str
    yours: float
    right: float


@dataclass(frozen=True)
class Bench:
    """One derivation.

    Attributes:
        lines, steps: the same, as text and as trees.
        world: what the leaves are worth.
        names: what the derivation is about.
    """

    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    world: World
    names: Names

    def points(self, *sides: Expr) -> Sequence[Meaning]:
        """Where to try these sides; the first is the one that is shown."""
        return self.world.points(Step("", sides[0], sides[1:]))

    def same(self, left: Expr, right: Expr) -> bool:
        """Whether both are worth the same wherever they can be tried.

        Raises:
            KeyError: there is no number for it anywhere.
        """
        return all(close(first, second) for _, first, second in self._pairs(left, right))

    def difference(self, left: Expr, yours: Expr) -> Difference | None:
        """Where `left` and `yours` first differ; None if nowhere."""
        for at, first, second in self._pairs(left, yours):
            if not close(first, second):
                return Difference(self._where(at), _float(second), _float(first))
        return None

    def _pairs(self, left: Expr, right: Expr) -> list[tuple[Meaning, Number, Number]]:
        """What both are worth, at all points that reach no term before the first one."""
        found = []
        for at in self.points(left, right):
            try:
                found.append((at, value(left, at), value(right, at)))
            except (KeyError, NotSolved):
                continue
        if not found:
            raise KeyError(right)
        return found

    def _where(self, at: Meaning) -> str:
        variable = self.names.variable
        try:
            return f"{variable} = {_plain(at.letter(Sym(variable)))}"
        except KeyError:
            return ""  # code without a size


def value(side: Expr, at: Meaning) -> Number:
    """What `side` is worth. Raises KeyError, NotSolved, FormulaError for a sum that is too long."""
    for part in walk(side):
        if isinstance(part, Big):
            _check_length(part, at)
    return evaluate(side, at)


def _check_length(part: Big, at: Meaning) -> None:
    try:
        low, high = float(evaluate(part.low, at)), float(evaluate(part.high, at))
    except KeyError:
        return  # its ends depend on an outer sum's index, which was checked before
    if high - low > MOST_SUMMANDS:
        raise FormulaError(f"A sum with over {MOST_SUMMANDS} summands is not tried out.", "", 0)


def _plain(number: Number) -> str:
    shown = float(number)
    return str(int(shown)) if shown.is_integer() else f"{shown:g}"


def _float(number: Number) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


@lru_cache(maxsize=8)
def bench(job: RecurrenceJob | CodeJob) -> Bench | Refusal:
    """The derivation that `job` asks for, ready to be worked with; a Refusal where there is none."""
    return _of_recurrence(job) if isinstance(job, RecurrenceJob) else _of_code(job)


def _of_recurrence(job: RecurrenceJob) -> Bench | Refusal:
    from engine.recurrences.answers import answer, solutions_of
    from engine.symbolic.parser import parse_recurrence

    report = answer(job)
    if isinstance(report, Refusal):
        return report
    problem = parse_recurrence(job.text)
    _, solutions = solutions_of(problem)
    told = next(one for one in solutions if one.method == (job.method or one.method))
    return Bench(report.lines, told.steps, told.world, problem.names)


def _of_code(job: CodeJob) -> Bench | Refusal:
    from engine.algorithms.answers import told

    found = told(job)
    if isinstance(found, RecurrenceJob):
        return _of_recurrence(found)
    return found if isinstance(found, Refusal) else Bench(*found)
