"""Counts as curves with the interpreter's points beside them, and as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from engine.algorithms.forms import Form
from engine.algorithms.judging import Sample
from engine.recurrences.curves import curve
from engine.recurrences.found import size_at
from engine.recurrences.magnitude import Magnitude, magnitude, of_number
from engine.recurrences.tables import rows
from engine.symbolic.expr import Big, letters
from engine.symbolic.findings import Curve, Row
from engine.symbolic.formulas import formula


def curves(
    lines: dict[int, Form], total: Form, shown: Sequence[Sample], names: tuple[str, ...]
) -> tuple[Curve, ...]:
    """The total, and the line with the most executions, where they depend on one size."""
    if not shown:
        return ()
    heaviest = max(lines, key=lambda line: shown[-1].lines.get(line, 0))
    alike = [sample for sample in shown if len(set(sample.sizes.values())) <= 1]
    found = [_curve("all lines", total, alike, [sample.total for sample in alike], names)]
    if lines[heaviest].letters():
        counts = [sample.lines.get(heaviest, 0) for sample in alike]
        found.append(_curve(f"line {heaviest}", lines[heaviest], alike, counts, names))
    return tuple(made for made in found if made is not None)


def _curve(
    name: str, form: Form, shown: Sequence[Sample], counts: Sequence[int], names: tuple[str, ...]
) -> Curve | None:
    tree = form.expr()
    if len(letters(tree)) > 1 or not shown:
        return None
    variable = next(iter(letters(tree)), names[0] if names else "n")
    points = [(s.sizes.get(variable, 0), count) for s, count in zip(shown, counts, strict=True)]
    ends = (float(max(points[0][0], 1)), 2.0 * max(points[-1][0], 1))

    summed = any(isinstance(atom, Big) for atom in form.atoms())

    def at(x: float) -> Magnitude:
        if summed:  # a sum without a formula: added up at whole n
            return of_number(form.value({variable: round(x)}))
        return magnitude(tree, {variable: x})

    return curve(name, formula(tree), at, ends, points)


def table(total: Form, names: tuple[str, ...]) -> tuple[Row, ...]:
    """The total at a few sizes, all of them equal."""
    tree = total.expr()
    return rows(lambda n: size_at(tree, dict.fromkeys(names, n)))
