"""Steps of a derivation -> the lines that are shown, each checked and with its numbers.

The only place where steps become LaTeX and sentences. With one unit in mind the same network has
the same steps: where one of them matches, its LaTeX goes along as the line's scalar view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.checking.world import World
from engine.derivations.compact import in_short
from engine.derivations.network import lit
from engine.derivations.rules import CATALOGUE
from engine.derivations.steps import COMPACT, NORMAL, Derivation, Step
from engine.derivations.typeset import step_latex
from engine.derivations.values import number, times_of, values
from engine.symbolic.report import Check, Line, Value
from engine.tape.index import At
from engine.tape.latex import span_latex
from engine.tape.names import shape_words
from engine.tape.nodes import NUMBER, Fn, Node, Norm, Partial, Slope, Var

Likeness = tuple[str, str, str]  # rule, left side by names and times, span


@dataclass(frozen=True, slots=True)
class Telling:
    """A derivation with all that its lines are told from.

    Attributes:
        world: the numbers that are shown.
        trials: the numbers that every line is tried with; they can be those of `world`.
        scalar: the same derivation of a network of one unit, if there is one.
    """

    derivation: Derivation
    world: World
    trials: World
    scalar: Derivation | None = None

    @property
    def letters(self) -> Mapping[str, int]:
        """What is written as a number: T, unless it stays a letter."""
        steps = self.derivation.job.steps
        return {"T": steps} if steps else {}

    def checks(self) -> tuple[Check | None, ...]:
        """Every step held against numbers. Raises KeyError for a rule that is missing."""
        for step in self.derivation.steps:  # all first, so that the oracle is run once for all slopes
            self.trials.bind(step)
        return tuple(CATALOGUE[step.rule].checker(step, self.trials) for step in self.derivation.steps)

    def lines(self, checks: tuple[Check | None, ...]) -> tuple[Line, ...]:
        """Every step in words, with its check; all must have passed, since else there may be no numbers.

        Raises KeyError: a fact that a rule's sentence asks for is missing.
        """
        for step in self.derivation.steps:
            self.world.bind(step)
        twins = _by_likeness(self.scalar.steps) if self.scalar else {}
        short = in_short(self.derivation)
        return tuple(
            self._line(number, step, twins.get(_likeness(step)), check, number in short)
            for number, (step, check) in enumerate(zip(self.derivation.steps, checks, strict=True), start=1)
        )

    def _line(self, place: int, step: Step, twin: Step | None, check: Check | None, in_short: bool) -> Line:
        rule, in_rows = CATALOGUE[step.rule], self.derivation.job.rows
        left = step.left.shape[::-1] if in_rows else step.left.shape
        return Line(
            number=place,
            rule=rule.key,
            title=rule.title,
            statement=rule.statement,
            latex=step_latex(step, self.letters, in_rows),
            why=rule.sentence(step.facts),
            uses=step.uses,
            value=number(step, self.world),
            check=check,
            span=span_latex(step.span, self.letters) if step.span else "",
            level=COMPACT if in_short else max(step.level, NORMAL),
            focus=step_latex(step, self.letters, in_rows, focused=True) if step.focus else "",
            scalar=step_latex(twin, self.letters) if twin else "",
            shape="" if step.left.shape == NUMBER else shape_words(left),
            source=rule.source,
            values=values(step, self.world, in_rows),
            path=step.path,
            unfolds=len(times_of(step, self.world.last)),
        )

    def unfolded(self, line: Line) -> tuple[Line, ...]:
        """The line once for each time of its span; T is a number then, since the times are."""
        step = self.derivation[line.number]
        twin = _by_likeness(self.scalar.steps).get(_likeness(step)) if self.scalar else None
        if step.span is None:
            return ()
        times = times_of(step, self.world.last)
        shown: list[tuple[Value, ...]] = [(value,) for value in line.values] or [()] * len(times)
        return tuple(
            self._at(line, step, twin, {step.span.letter: time}, here)
            for time, here in zip(times, shown, strict=True)
        )

    def _at(
        self, line: Line, step: Step, twin: Step | None, when: Mapping[str, int], here: tuple[Value, ...]
    ) -> Line:
        ((letter, time),) = when.items()
        letters, in_rows = {"T": self.world.last, **when}, self.derivation.job.rows
        number = here and here[0].shape == (1, 1)
        return replace(
            line,
            latex=step_latex(step, letters, in_rows),
            focus=step_latex(step, letters, in_rows, focused=True) if step.focus else "",
            scalar=step_latex(twin, letters) if twin else "",
            value=here[0].rows[0][0] if number else None,
            values=here,
            span=f"{letter} = {time}",
            path=tuple(sorted(lit(step.path, time, self.world.last))),
            unfolds=0,
        )


def _by_likeness(steps: tuple[Step, ...]) -> dict[Likeness, Step]:
    return {_likeness(step): step for step in reversed(steps)}  # of several the first


def _likeness(step: Step) -> Likeness:
    span = step.span
    return step.rule, _named(step.left), "" if span is None else f"{span.low}..{span.high} {span.cut}"


def _named(left: Node) -> str:
    """The left side without its shapes."""
    match left:
        case Var():
            return f"{left.name}@{_told(left.at)}"
        case Slope():
            return f"slope of {_named(left.of)}"
        case Partial():
            return f"{_named(left.of)} by {_named(left.by)}, {left.held}"
    return "length" if isinstance(left, Norm | Fn) else type(left).__name__  # |w| stands for ‖W‖


def _told(at: At | None) -> str:
    return "" if at is None else str(at)
