"""The lines of a derivation about code: line by line to sums, to formulas, to the total and its class."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from engine.algorithms.counting import Counted
from engine.algorithms.exact import value_of
from engine.algorithms.forms import Form
from engine.algorithms.judging import Sample
from engine.algorithms.nests import Nest, closed_from_inside, nested_sum
from engine.algorithms.result import sentence
from engine.algorithms.rules_code import CATALOGUE
from engine.algorithms.written import written
from engine.growth.classes import Growth
from engine.recurrences.explain import step_latex
from engine.recurrences.steps import Step, Steps
from engine.recurrences.verify import World
from engine.symbolic.evaluate import Letters, Number, evaluate
from engine.symbolic.expr import Big, Call, Expr, Num, Pow, Sym, letters, plus, walk
from engine.symbolic.report import Check, Line
from engine.symbolic.typeset import latex

TOTAL = "C"
_MAX_SUMMANDS = 12
_SIGNS = {"at-most": r"\le", "at-least": r"\ge"}
_BY_HAND, _LAST_LINE = 12, 1000  # the largest size of an example; lines that a snippet may have


def count_letter(line: int) -> str:
    """The letter for the executions of a line."""
    return f"c_{line}"


class Measured(World):
    """Counts of the interpreter at several sizes, one kind of input at each."""

    def __init__(self, found: Sequence[Sample], quotients: Sequence[float] = ()) -> None:
        self._found = list(found)
        self._quotients = quotients

    def points(self, step: Step) -> Sequence[Letters]:
        spoken = set[str]().union(*(letters(side) for side in (step.left, *step.chain)))
        lines = [int(name[2:]) for name in spoken if name.startswith("c_")]
        found = self._found[::-1]
        if any(isinstance(part, Big) for side in step.chain for part in walk(side)):
            found = [sample for sample in found if max(sample.sizes.values(), default=0) <= 12][:5]
        elif len(found) > 8:
            found = [*found[:6], *found[-2:]]
        return [self._point(sample, lines) for sample in found]

    def _point(self, sample: Sample, lines: Sequence[int]) -> Letters:
        values: dict[str, Number] = {name: Fraction(size) for name, size in sample.sizes.items()}
        values |= {count_letter(line): Fraction(sample.lines.get(line, 0)) for line in lines}
        return Letters(values | {TOTAL: Fraction(sample.total)})

    def example(self) -> Letters:
        """The numbers that values are shown at: the same for all lines. Raises ValueError without samples."""
        return self._point(example_of(self._found), range(1, _LAST_LINE))

    def where(self, count: int) -> str:
        return f"{count} sizes, against the counting interpreter" if count > 1 else "one size, counted"

    def far(self, step: Step) -> Sequence[float]:  # noqa: ARG002 - there is one line about growth
        return self._quotients

    def bounded(self, step: Step, sign: int) -> Check:
        """The left side is never above the right one (sign 1), or never below it (-1)."""
        points = self.points(step)
        far = max(
            (
                sign * (float(evaluate(step.left, point)) - float(evaluate(step.after, point)))
                for point in points
            ),
            default=math.inf,
        )
        side = "above" if sign > 0 else "below"
        what = f"the count is never {side} it at {self.where(len(points))}"
        return Check(what, len(points), max(far, 0.0), far <= 0)


class Told(NamedTuple):
    """A derivation.

    Attributes:
        lines, steps: the same, as text and as trees.
        sums: LaTeX of each line's sums, by its number.
        world: what the counts are at several sizes.
    """

    lines: tuple[Line, ...]
    sums: dict[int, str]
    steps: tuple[Step, ...]
    world: World


def example_of(found: Sequence[Sample]) -> Sample:
    """The largest of the small samples: counts that can be followed by hand. Raises ValueError for none."""
    small = [sample for sample in found if max(sample.sizes.values(), default=0) <= _BY_HAND]
    return max(small or found[:1], key=lambda sample: max(sample.sizes.values(), default=0))


def lines_of(
    counted: Counted, found: Sequence[Sample], growth: Growth | None, told: str, bounded: str = ""
) -> Told:
    """The derivation.

    `told`: what is assumed of the data; may be empty. `bounded`: "at most" or "at least" where no input
    was found that has these counts on all lines.
    """
    steps, paths = Steps(), dict[int, tuple[str, ...]]()
    if told:
        number = steps.add("case-assumed", Sym(TOTAL), facts={"what": told})
        paths[number] = ()
    sums, last = dict[int, str](), dict[int, int]()
    for line, form in counted.lines.items():
        first = len(steps.finished()) + 1
        nest = counted.nests.get(line)
        sums[line], last[line] = _one_line(steps, line, form, nest, found, bounded)
        for number in range(first, len(steps.finished()) + 1):
            paths[number] = (f"line:{line}",)
    number = _total(steps, counted, last, bounded)
    if growth is not None and counted.total.constant is None:
        steps.add("code-class", written(counted.total), growth=growth, uses=(number,))
    world = Measured(found, _quotients(counted, growth))
    told_steps = steps.finished()
    lines = tuple(
        _shown(place, step, world, paths.get(place, ())) for place, step in enumerate(told_steps, start=1)
    )
    return Told(lines, sums, told_steps, world)


def _one_line(
    steps: Steps, line: int, form: Form, nest: Nest | None, found: Sequence[Sample], bounded: str
) -> tuple[str, int]:
    """Tell how often `line` runs; (LaTeX of its sums, number of the last step)."""
    left, closed = Sym(count_letter(line)), written(form)
    which = f"Line {line}"
    if bounded == "measured":
        return "", steps.add("measured-fit", left, closed, facts={"count": str(len(found))})
    if bounded and not _attained(line, form, found):
        facts = {"which": f"{which} runs {bounded} this often"}
        rule = bounded.replace(" ", "-") if _bounds(line, form, found, bounded) else "way-taken"
        sign = _SIGNS.get(rule)
        return f"{sign} {latex(closed)}" if sign else "", steps.add(rule, left, closed, facts=facts)
    if nest is None or not nest.loops:
        if form.constant is not None:
            often = "once" if form.constant == 1 else f"{form.constant} times"
            return "", steps.add("runs-once", left, closed, facts={"which": which, "often": often})
        return "", steps.add("counted-cases", left, closed, facts={"which": which})
    tree = nested_sum(nest)
    if not _same(tree, form, found):
        return "", steps.add("counted-cases", left, closed, facts={"which": which})
    rule = "head" if nest.head else "passes"
    facts = {"which": which, "loops": nest.words()}
    number = steps.add(rule, left, tree, facts=facts)
    for inner in closed_from_inside(nest):
        if inner not in (tree, closed):
            number = steps.add("inner-sum", left, inner, uses=(number,))
    if tree != closed:
        number = steps.add("whole-sum", left, closed, uses=(number,))
    return latex(tree), number


def _attained(line: int, form: Form, found: Sequence[Sample]) -> bool:
    """Whether every sample has exactly this count."""
    try:
        return all(form.value(dict(sample.sizes)) == sample.lines.get(line, 0) for sample in found)
    except (ValueError, ArithmeticError):
        return False


def _bounds(line: int, form: Form, found: Sequence[Sample], bounded: str) -> bool:
    sign = 1 if bounded == "at most" else -1
    return all(sign * (sample.lines.get(line, 0) - form.value(dict(sample.sizes))) <= 0 for sample in found)


def _same(tree: Expr, form: Form, found: Sequence[Sample]) -> bool:
    """Whether the sum as it is written has the value of the formula."""
    small = [
        sizes
        for sizes in map(dict, {tuple(s.sizes.items()): 0 for s in found})
        if max(sizes.values(), default=0) < 12
    ]
    try:
        return all(value_of(tree, sizes) == form.value(sizes) for sizes in small[-6:])
    except (ValueError, ArithmeticError, KeyError):
        return False


def _total(steps: Steps, counted: Counted, last: Mapping[int, int], bounded: str) -> int:
    left, closed = Sym(TOTAL), written(counted.total)
    if bounded and bounded != "measured":
        facts = {"which": f"All lines together run {bounded} this often"}
        return steps.add(bounded.replace(" ", "-"), left, closed, uses=tuple(last.values()), facts=facts)
    parts = plus(*(Sym(count_letter(line)) for line in counted.lines))
    chain = (parts, closed) if 1 < len(counted.lines) <= _MAX_SUMMANDS else (closed,)
    return steps.add("code-total", left, *chain, uses=tuple(last.values()))


def _quotients(counted: Counted, growth: Growth | None) -> tuple[float, float]:
    """The total over its class at two large sizes."""
    names = sorted(counted.total.letters())
    if growth is None or len(names) != 1:
        return 1.0, 1.0
    tree = growth.expr(names[0])
    found = list[float]()
    base = _step_base(counted.total)
    for size in (2**10, 2**11) if _small_only(counted.total) else (base**40, base**41):
        try:
            values = dict.fromkeys(names, size)
            above = float(counted.total.value(values))
            below = float(evaluate(tree, Letters({name: Fraction(size) for name in names})))
            found.append(above / below)
        except (ValueError, ArithmeticError, OverflowError):
            return (1.0, 1.0)
    return found[0], found[1]


def _small_only(form: Form) -> bool:
    """Whether its value far out cannot be worked out: exponentials, and sums without a formula."""
    return any(
        isinstance(atom, Big) or (isinstance(atom, Pow) and isinstance(atom.exponent, Sym))
        for atom in form.atoms()
    )


def _step_base(form: Form) -> int:
    """b where b^floor(log_b n) stands in it: at powers of b that is n, in between it lags behind."""
    for atom in form.atoms():
        match atom:
            case Pow(Num(), Call("floor", Call("log", _, Num(base)))):
                return int(base)
    return 2


def _shown(number: int, step: Step, world: Measured, path: tuple[str, ...]) -> Line:
    rule = CATALOGUE[step.rule]
    stated = step.rule == "case-assumed"
    return Line(
        number,
        rule.key,
        rule.title,
        rule.statement,
        sentence(step.facts["what"]) if stated else _latex(step),
        rule.sentence(step.facts),
        step.uses,
        _value(step, world),
        rule.checker(step, world),
        path=path,
    )


def _latex(step: Step) -> str:
    text = step_latex(step, "n")
    sign = _SIGNS.get(step.rule)
    return text if sign is None else text.replace(" = ", f" {sign} ", 1)


def _value(step: Step, world: Measured) -> float | None:
    if step.growth is not None or not step.chain:
        return None
    try:
        return float(evaluate(step.left, world.example()))
    except (ArithmeticError, ValueError, IndexError):
        return None
