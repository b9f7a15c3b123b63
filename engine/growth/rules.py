"""Why each line of a comparison may be written down, and how it is held against numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from engine.growth.far_out import ratio, wide
from engine.growth.samples import Samples
from engine.symbolic.report import Check, Line
from engine.symbolic.rule import Rule, catalogue

_NEAR = (20, 40)  # where nothing fits far out, such as long sums
_DRIFT = 0.7  # ln 2: a class off by a logarithm moves by more over the places that are tried


@dataclass(frozen=True, slots=True)
class Step:
    """A claim about f/g in LaTeX; `side` is where the quotient of `samples` goes: -1, 0 or 1."""

    rule: str
    latex: str
    samples: Samples
    side: int = 0
    facts: dict[str, str] = field(default_factory=dict)
    uses: tuple[int, ...] = ()


def _far(samples: Samples) -> Sequence[Decimal]:
    if len(samples.far) > 1:
        return samples.far
    return [value for n in _NEAR if (value := samples.ratio(n)) is not None]


def goes(step: Step, world: object) -> Check:  # noqa: ARG001 - its numbers come with the step
    """The quotient falls, rises or stays, from one far n to a farther one."""
    far = _far(step.samples)
    what = "the quotient, from one large n to a larger one"
    if len(far) < 2 or min(far[-2:]) <= 0:
        return Check("the leading terms only: the values are too large to try", 0, 0.0, True)
    drift = _log_ratio(far[-1], far[-2])
    if step.side == 0:
        return Check(what, len(far), abs(drift), abs(drift) <= _DRIFT)
    return Check(what, len(far), 0.0, step.samples.goes(step.side))


def _log_ratio(first: Decimal, second: Decimal) -> float:
    quotient = wide().ln(ratio(first, second))
    return float(max(Decimal(-1000), min(Decimal(1000), quotient)))


RULES = (
    Rule(
        "growth-class",
        "Leave out what does not count",
        r"f(n) = c\,g(n)\,(1 + o(1)) \;\Rightarrow\; f \in \Theta(g)",
        "Constant factors and lower-order terms do not change the class: «reason».",
        goes,
        "Cormen et al., Introduction to Algorithms, ch. 3",
    ),
    Rule(
        "growth-quotient",
        "Look at the quotient",
        r"\frac{f(n)}{g(n)} = e^{\ln f(n) - \ln g(n)}",
        "The classes are divided; logarithms are subtracted, and the largest term that is left decides.",
        goes,
        "Graham, Knuth, Patashnik, Concrete Mathematics, 9.1",
    ),
    Rule(
        "growth-limit",
        "Limit of the quotient",
        r"\lim \tfrac{f}{g} = 0: f \in o(g), \quad 0 < \lim \tfrac{f}{g} < \infty: f \in \Theta(g), \quad"
        r" \lim \tfrac{f}{g} = \infty: f \in \omega(g)",
        "«goal»",
        goes,
        "Graham, Knuth, Patashnik, Concrete Mathematics, 9.2",
    ),
    Rule(
        "growth-swings",
        "No limit",
        r"\liminf \tfrac{f}{g} \ne \limsup \tfrac{f}{g}",
        "«goal»",
        lambda step, world: None,  # noqa: ARG005 - both ends are reached only again and again
    ),
    Rule(
        "growth-order",
        "Slower than the next",
        r"\lim \tfrac{f}{g} = 0 \;\Rightarrow\; f \prec g",
        "«goal»",
        goes,
        "Graham, Knuth, Patashnik, Concrete Mathematics, 9.1",
    ),
)

CATALOGUE = catalogue(RULES)


def line(number: int, step: Step) -> Line:
    """The step checked and put into words."""
    rule = CATALOGUE[step.rule]
    return Line(
        number,
        rule.key,
        rule.title,
        rule.statement,
        step.latex,
        rule.sentence(step.facts),
        step.uses,
        None,
        rule.checker(step, None),
        source=rule.source,
    )
