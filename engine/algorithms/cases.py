"""The worst and the best case of a piece of code: derived, judged, or only fitted."""

from __future__ import annotations

import ast
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.algorithms import judging
from engine.algorithms.counting import Counted, counted
from engine.algorithms.fitting import measured
from engine.algorithms.flow import Stuck
from engine.algorithms.forms import Form
from engine.algorithms.inputs import Parameter
from engine.algorithms.judging import Judgement, Sample
from engine.algorithms.orders import Order, order_of
from engine.algorithms.reading import Snippet, read
from engine.algorithms.values import TooMuch
from engine.growth.reading import NoGrowth

_LOG = logging.getLogger(__name__)
_LARGE_NUMBER = 300  # numbers in the code above this are made smaller where they are run


@dataclass(frozen=True)
class Case:
    """One case, derived and judged; `small` is the same with smaller numbers, where those were run."""

    counted: Counted
    judgement: Judgement
    order: Order
    small: Counted | None = None

    @property
    def exact(self) -> bool:
        return self.judgement.start >= 0


def fitted(found: Sequence[Sample], names: tuple[str, ...]) -> Case | None:
    """A case that only fits; None where nothing does."""
    fitted = measured(found, names)
    if fitted is None:
        return None
    fits = Counted(*fitted, True, frozenset(), {})
    verdict = judging.judged(fits, found, "worst")
    return Case(fits, verdict, _order(fits.time, names, 0)) if verdict.start >= 0 else None


def samples_or_none(snippet: Snippet, function: str, wanted: tuple[Parameter, ...]) -> list[Sample]:
    """Counts, for a fit; none where the code takes too long: why it is not derived says more."""
    try:
        return judging.samples(snippet, function, wanted)
    except TooMuch:
        return []


def all_alike(found: Sequence[Sample]) -> bool:
    """Whether all inputs of a size give the same counts."""
    seen = dict[tuple[int, ...], Sample]()
    for sample in found:
        first = seen.setdefault(tuple(sample.sizes.values()), sample)
        if dict(first.lines) != dict(sample.lines):
            return False
    return True


def alike_lines(worst: Case, best: Case | None, found: Sequence[Sample]) -> tuple[frozenset[int], int]:
    """(lines that are executed equally often in both cases and on all inputs, the n from which they are)."""
    sure, start = set[int](), 0
    largest = max((min(sample.sizes.values(), default=0) for sample in found), default=0)
    for line, form in worst.counted.lines.items():
        alike = form.constant is not None if best is None else best.counted.lines.get(line) == form
        if not alike or worst.small is not None:
            continue
        since = 1 + max((_size(sample) for sample in found if not _gives(form, line, sample)), default=-1)
        if since <= largest / 2:
            sure.add(line)
            start = max(start, since)
    return frozenset(sure), start


def _size(sample: Sample) -> int:
    return min(sample.sizes.values(), default=0)


def _gives(form: Form, line: int, sample: Sample) -> bool:
    try:
        return form.value(dict(sample.sizes)) == sample.lines.get(line, 0)
    except (ValueError, ArithmeticError):
        return False


def best_case(
    snippet: Snippet,
    small: Snippet,
    function: str,
    wanted: tuple[Parameter, ...],
    names: tuple[str, ...],
    found: Sequence[Sample],
) -> Case | None:
    """The best case; None where none is derived that the interpreter confirms."""
    try:
        derived = counted(snippet, function, wanted, "best")
        return judged_case(snippet, small, function, wanted, names, "best", derived, found)
    except Stuck:
        return None


def judged_case(
    snippet: Snippet,
    small: Snippet,
    function: str,
    wanted: tuple[Parameter, ...],
    names: tuple[str, ...],
    case: str,
    derived: Counted,
    found: Sequence[Sample],
) -> Case:
    """Judge a derived case. Raises Stuck where the interpreter disagrees."""
    order = _order(derived.time, names, max(derived.lines), case)
    run = derived if small is snippet else counted(small, function, wanted, case)
    verdict = judging.judged(run, found, case)
    if verdict.ok and not judging.time_alike(run, found, case):
        verdict = replace(verdict, ok=False, fault="the work of built-in functions grows differently")
    if not verdict.ok:
        _LOG.error("%s case of %r: %s", case, snippet.text, verdict.fault)
        line = min(derived.decided, default=min(derived.lines))
        raise Stuck(line, _told_of(verdict, case))
    return Case(derived, verdict, order, None if small is snippet else run)


def _told_of(verdict: Judgement, case: str) -> str:
    if verdict.fault.startswith("no input"):
        bound = "an upper bound" if case == "worst" else "a lower bound"
        return f"only {bound} is known, and no input that was tried grows like it"
    return f"our count of the {case} case does not hold against counting: {verdict.fault}"


def _order(form: Form, names: tuple[str, ...], line: int, case: str = "") -> Order:
    try:
        return order_of(form, names, case)
    except NoGrowth as why:
        raise Stuck(line, f"the total has no class that is known here: {why.reason}") from why


def large(snippet: Snippet) -> list[ast.Constant]:
    return [
        node
        for node in ast.walk(snippet.tree)
        if isinstance(node, ast.Constant) and type(node.value) is int and abs(node.value) > _LARGE_NUMBER
    ]


def runs_soon(snippet: Snippet) -> bool:
    return not large(snippet)


def scaled(snippet: Snippet) -> Snippet:
    """The same code with its large numbers replaced by small ones, in the same order of size."""
    found = sorted(large(snippet), key=lambda node: (node.lineno, -node.col_offset))
    sizes = sorted({node.value for node in found if isinstance(node.value, int)})
    lines = list(snippet.lines)
    for node in found:
        line = lines[node.lineno - 1]
        small = 20 + 3 * sizes.index(node.value) if isinstance(node.value, int) else 20
        end = node.end_col_offset or node.col_offset
        lines[node.lineno - 1] = f"{line[: node.col_offset]}{small}{line[end:]}"
    return read("\n".join(lines))
