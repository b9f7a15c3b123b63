"""The master theorem: which case T(n) = a T(n/b) + f(n) falls in, or why it does not apply.

Compares f with n^(log_b a), exactly (Cormen, Leiserson, Rivest, Stein: Introduction to
Algorithms, section 4.5; the case with logarithms is exercise 4.6-2).
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.growth.classes import Exponent, Growth, log_of
from engine.recurrences.normal import Scale
from engine.recurrences.steps import Steps
from engine.symbolic.expr import Call, Pow, Sym, num, power
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain
from engine.symbolic.typeset import latex


@dataclass(frozen=True, slots=True)
class Verdict:
    """`case` 1 to 3 and the class; or case 0 and the reason why the theorem is silent.

    Attributes:
        gap: f lies between two cases, which is the reason.
    """

    case: int
    growth: Growth | None = None
    reason: str = ""
    gap: bool = False


def judge(scale: Scale, positive: bool, variable: str) -> Verdict:
    """The case of `scale`; `positive`: T and f never get negative, and not all of them are 0."""
    if scale.factor < 1:
        return Verdict(0, reason=f"It needs at least one part: a = {scale.factor} is below 1.")
    if not positive:
        return Verdict(0, reason="It needs T and f that are not negative, and not 0 throughout.")
    critical = log_of(scale.factor, scale.divisor)
    if not scale.function.terms:
        return Verdict(1, Growth(power=critical))
    p, q = scale.function.leading
    side = Exponent(p).compare(critical)
    if side:
        return Verdict(3, scale.function.growth) if side > 0 else Verdict(1, Growth(power=critical))
    if q > -1:
        return Verdict(2, Growth(power=critical, logs=q + 1))
    return Verdict(0, gap=True, reason=_gap(scale, critical, variable))


def _gap(scale: Scale, critical: Exponent, variable: str) -> str:
    """In plain words, for a refusal."""
    border = plain(power(Sym(variable), critical.expr))
    return (
        f"f({variable}) = {plain(scale.forcing)} falls into the gap between case 1 and case 2: it is smaller "
        f"than {border}, but not by a power of {variable}."
    )


def tell(
    steps: Steps, problem: RecurrenceInput, scale: Scale, verdict: Verdict, uses: tuple[int, ...]
) -> None:
    """The lines of the theorem: the critical exponent, the class of f, and the case with its class."""
    n = Sym(problem.names.variable)
    critical = log_of(scale.factor, scale.divisor)
    border = latex(power(n, critical.expr))
    used = [_critical(steps, scale, critical, border, uses)]
    if scale.function.terms:
        used.append(steps.add("forcing-class", scale.forcing, growth=scale.function.growth, uses=uses))
    facts = {"f": latex(scale.forcing) if scale.function.terms else "0", "border": border}
    rule = f"master-{verdict.case}"
    steps.add(rule, problem.term(n), growth=verdict.growth, uses=(*uses, *used), facts=facts)


def _critical(steps: Steps, scale: Scale, critical: Exponent, border: str, uses: tuple[int, ...]) -> int:
    """log_b a worked out, or, where it is no fraction, what it means."""
    logarithm = Call("log", num(scale.factor), num(scale.divisor))
    facts = {"border": border, "approximately": f"{float(critical):.4g}"}
    if critical.of is None:
        return steps.add("critical-exponent", logarithm, num(critical.factor), uses=uses, facts=facts)
    meaning = Pow(num(scale.divisor), logarithm)
    return steps.add("critical-exponent", meaning, num(scale.factor), uses=uses, facts=facts)
