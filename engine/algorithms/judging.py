"""Derived counts against the counting interpreter, at many sizes and on all kinds of input.

Where the data decide nothing, every line must agree exactly. Where they do, no input may exceed the
worst case or fall below the best, and some input must reach it, or grow like it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.algorithms import inputs
from engine.algorithms.counting import Counted
from engine.algorithms.exact import TooLarge
from engine.algorithms.inputs import Family, Parameter
from engine.algorithms.interpreter import run
from engine.algorithms.reading import Snippet
from engine.algorithms.told_apart import told_apart
from engine.algorithms.values import CodeFault, TooMuch
from engine.symbolic.expr import Big

SMALL = tuple(range(13))
_LARGE = (
    13,
    16,
    17,
    24,
    31,
    32,
    33,
    48,
    64,
    67,
    100,
    101,
    127,
    128,
    211,
    256,
    500,
    511,
    1023,
    1024,
    2053,
    4096,
)
_FIBONACCI = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584)  # Euclid's worst
_BUDGET = 40_000  # statements that one question may cost
_ONE_RUN = 15_000
_FEW = 10  # sizes
_SUMMED = 600  # the largest size at which sums without a formula are added up
_STEEP = 0.75  # how far the quotient of what was counted and what was derived may fall


@dataclass(frozen=True)
class Sample:
    """What was counted at one size, on one kind of input."""

    sizes: Mapping[str, int]
    words: str
    lines: Mapping[int, int]
    costs: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.lines.values())

    @property
    def time(self) -> int:
        return self.total + sum(self.costs.values())


@dataclass(frozen=True)
class Judgement:
    """How a derived case fits.

    Attributes:
        ok: nothing contradicts it, and it is reached or grows alike.
        start: the smallest n from which every line agrees exactly; -1: no such.
        exact: at these sizes some input reaches it on every line.
        fault: what contradicts it, in words; "" for nothing.
        since: the smallest n from which no input is beyond it.
    """

    ok: bool
    start: int
    exact: bool
    fault: str = ""
    since: int = 0


def samples(
    snippet: Snippet, function: str, wanted: tuple[Parameter, ...], budget: int = _BUDGET
) -> list[Sample]:
    """Counts on all kinds of input, small sizes first, as far as the budget goes.

    Raises:
        CodeFault: the code fails at every size.
    """
    names = inputs.letters(wanted)
    kinds = (*inputs.families(wanted), *told_apart(snippet, wanted), *_more(wanted))
    square = [one.letter for one in wanted if one.kind == inputs.MATRIX]
    found, spent, last = list[Sample](), 0, 0
    failure: CodeFault | None = None
    for place, sizes in enumerate(_sizes(names)):
        room = budget if place >= _FEW else 2 * budget  # what doubles with n should still be told by a few
        if last * len(kinds) * 2 > room - spent and found:
            break
        last = 0
        for kind in kinds:
            try:
                tally = run(snippet, function, kind.make(sizes), _ONE_RUN)
            except TooMuch as error:
                if not found:
                    raise
                failure, last = error, budget
                break
            except CodeFault as error:
                failure = error
                continue
            sample = Sample(sizes, kind.words, tally.lines, tally.costs)
            found.append(sample)
            filled = sum(sizes[letter] ** 2 for letter in square) // 4  # making a matrix costs as well
            last = max(last, sample.total + filled)
            spent += sample.time + filled
        if not names:
            break
    if failure is not None and len({tuple(sample.sizes.values()) for sample in found}) < 4:
        raise failure
    return found


def _more(wanted: tuple[Parameter, ...]) -> tuple[Family, ...]:
    """Wanted values that are found at once where two items are added, or never."""
    targets = [one for one in wanted if one.kind == inputs.TARGET]
    lists = [one.name for one in wanted if one.kind == inputs.LIST]
    plain = inputs.families(wanted)[0]

    def same(words: str, item: int) -> Family:
        def make(sizes: Mapping[str, int]) -> dict[str, Any]:
            made = plain.make(sizes)
            return made | {name: [item] * len(made[name]) for name in lists}

        return Family(words, make)

    alike = (same("list of zeros", 0), same("list of negative items", -1)) if lists else ()
    if not targets:
        return alike

    def family(words: str, value: Callable[[list[Any]], Any]) -> Family:
        def make(sizes: Mapping[str, int]) -> dict[str, Any]:
            made = plain.make(sizes)
            for one in targets:
                items = made.get(one.of)
                made[one.name] = value(items) if items else 0
            return made

        return Family(words, make)

    return (
        *alike,
        family("value the sum of the first and the last item", lambda items: items[0] + items[-1]),
        family(
            "value the sum of the first two items", lambda items: items[0] + items[min(1, len(items) - 1)]
        ),
        family("value larger than any sum", lambda items: 10 * (len(items) + 1) ** 2),
        family("value smaller than any sum", lambda items: -10 * (len(items) + 1) ** 2),
    )


def _sizes(names: tuple[str, ...]) -> Iterator[dict[str, int]]:
    if not names:
        yield {}
        return
    several = _FIBONACCI if len(names) == 2 else ()
    for n in sorted({*SMALL, *_LARGE, *several}):
        yield dict.fromkeys(names, n)
        if len(names) > 1 and n % 3 == 2:
            yield {name: n + 2 * place + 1 for place, name in enumerate(names)}
            yield {name: n + 3 * (len(names) - place) for place, name in enumerate(names)}
        if len(names) == 2 and n in _FIBONACCI:
            smaller = _FIBONACCI[_FIBONACCI.index(n) - 1] if n > 1 else 1
            yield dict(zip(names, (n, smaller), strict=True))


def judged(counted: Counted, found: Sequence[Sample], case: str) -> Judgement:
    """`counted` against what was counted."""
    groups = [pair for pair in _by_size(found) if not counted.ordered or _descends(pair[0])]
    open_ = bool(counted.decided) or not counted.exact
    reached = list[tuple[int, bool]]()
    quotients, since = list[float](), 0
    sums = any(isinstance(atom, Big) for form in counted.lines.values() for atom in form.atoms())
    for sizes, group in groups:
        if sums and max(sizes.values(), default=0) > _SUMMED:
            continue
        least = min(sizes.values(), default=0)
        try:
            lines = {line: form.value(dict(sizes)) for line, form in counted.lines.items()}
        except (ValueError, ZeroDivisionError, TooLarge):
            reached.append((least, False))
            since = max(since, least + 1)
            continue
        total = sum(lines.values(), Fraction(0))
        fits = [_same(lines, sample.lines) for sample in group]
        if open_ and any(_beyond(sample.total, total, case) for sample in group):
            since = max(since, least + 1)
        reached.append((least, any(fits) if open_ else all(fits)))
        ends = [sample.total for sample in group]
        if least >= (13 if len(groups) > 21 else 6 if len(groups) > 14 else 3) and total > 0:
            quotients.append(float((max(ends) if case == "worst" else min(ends)) / total))
    start = _start(reached)
    if open_ and since > min(8, max(place for place, _ in reached) / 2):
        return Judgement(False, -1, False, f"at size {since - 1} an input is beyond the {case} case")
    if start >= 0 and start <= max(place for place, _ in reached) / 2:
        return Judgement(True, start, True)
    if not open_:
        return Judgement(False, -1, False, "the interpreter counts something else")
    alike = _alike(quotients, case)
    return Judgement(alike, -1, False, "" if alike else f"no input grows like the {case} case", since)


def _descends(sizes: Mapping[str, int]) -> bool:
    values = list(sizes.values())
    return all(first >= second for first, second in itertools.pairwise(values))


def _by_size(found: Sequence[Sample]) -> Iterator[tuple[Mapping[str, int], list[Sample]]]:
    groups = dict[tuple[int, ...], list[Sample]]()
    for sample in found:
        groups.setdefault(tuple(sample.sizes.values()), []).append(sample)
    for group in groups.values():
        yield group[0].sizes, group


def _same(lines: Mapping[int, Fraction], counted: Mapping[int, int]) -> bool:
    return all(lines.get(line, 0) == counted.get(line, 0) for line in {*lines, *counted})


def _beyond(counted: int, derived: Fraction, case: str) -> bool:
    return counted > derived if case == "worst" else counted < derived


def _start(reached: list[tuple[int, bool]]) -> int:
    """The least size from which all agree; -1 if the largest does not."""
    start = -1
    for place, fits in sorted(reached, reverse=True):
        if not fits:
            return start
        start = place
    return start


def _alike(quotients: list[float], case: str) -> bool:
    """Whether the best (or worst) input stays within a constant factor of what was derived."""
    if len(quotients) < 4:
        return False
    third = max(1, len(quotients) // 3)
    first, last = quotients[:third], quotients[-third:]
    if case == "worst":
        return max(last) >= _STEEP * max(first)
    return min(last) * _STEEP <= min(first)


def _least(sample: Sample) -> int:
    return min(sample.sizes.values(), default=0)


def time_alike(counted: Counted, found: Sequence[Sample], case: str) -> bool:
    """Whether executions and the work of built-ins together grow as derived."""
    if not counted.work and not any(sample.costs for sample in found):
        return True
    quotients = list[float]()
    few = len({*map(_least, found)}) < 16
    for sizes, group in _by_size(found):
        if min(sizes.values(), default=0) < (3 if few else 6) or (counted.ordered and not _descends(sizes)):
            continue
        try:
            derived = float(counted.time.value(dict(sizes)))
        except (ValueError, ZeroDivisionError, TooLarge, OverflowError):
            continue
        ends = [sample.time for sample in group]
        if derived > 0:
            quotients.append((max(ends) if case == "worst" else min(ends)) / derived)
    if len(quotients) < 4:
        return not any(sample.costs for sample in found) or len({*map(_least, found)}) < 4
    drift = abs(math.log(max(quotients[-3:]) / max(quotients[:3])))
    return _alike(quotients, case) and drift < math.log(8)
