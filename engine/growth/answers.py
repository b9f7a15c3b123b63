"""CompareJob and SortJob -> Report or Refusal: reads the functions, decides, tells the steps."""

from __future__ import annotations

import time
from functools import cmp_to_key

from engine.growth import asked, compared_lines, plotted
from engine.growth.asked import Asked, Unreadable
from engine.growth.classes import Growth
from engine.growth.decide import decided
from engine.growth.quotient import quotient
from engine.growth.reading import NoGrowth, growth_of
from engine.growth.samples import Samples
from engine.growth.series import Undecided
from engine.growth.sorted_lines import told
from engine.growth.witnesses import symbol_latex
from engine.symbolic.findings import Findings, Rank, Relation
from engine.symbolic.jobs import CompareJob, SortJob
from engine.symbolic.report import Line, Refusal, Report, Status
from engine.symbolic.typeset import latex

_CONVENTION = (("log without a base", "base 2; any base gives the same class, except in an exponent"),)
_IN = {True: r"\in", False: r"\notin"}
_SLIP = "A line of our comparison does not match the values of f and g, so it is not shown."


def compared(job: CompareJob) -> Report | Refusal:
    """Which of O, Ω, Θ, o, ω hold between the two, or why that cannot be said."""
    started = time.perf_counter()
    try:
        variable, (first, second) = asked.read((job.first, job.second))
        found = quotient(first.expr, second.expr, variable)
        samples = Samples(first.expr, second.expr, variable)
        relations = decided(found, samples)
    except Unreadable as why:
        return why.refusal
    except NoGrowth as why:
        return Refusal(why.reason, why.way_out, f"{job.first} and {job.second}")
    lines = compared_lines.lines(first.expr, second.expr, found, samples)
    if not _sound(lines):
        return Refusal(_SLIP, "Please report these two functions.", f"{job.first} and {job.second}")
    return Report(
        title=f"Compare {' '.join(job.first.split())} with {' '.join(job.second.split())}",
        problem=rf"f({variable}) = {latex(first.expr)}, \quad g({variable}) = {latex(second.expr)}",
        conventions=_CONVENTION,
        numbers=(),
        lines=lines,
        result=_result(relations),
        summary=_summary(relations),
        status=Status.PROVEN,
        agreements=(),
        methods=(),
        milliseconds=(time.perf_counter() - started) * 1000,
        found=_findings(first, second, variable, relations),
    )


def _findings(first: Asked, second: Asked, variable: str, relations: tuple[Relation, ...]) -> Findings:
    curves = tuple(plotted.curve(name, item.expr, variable) for name, item in (("f", first), ("g", second)))
    return Findings(
        curves=curves,
        rows=plotted.rows(first.expr, second.expr, variable),
        relations=relations,
    )


def _sound(lines: tuple[Line, ...]) -> bool:
    return all(line.check is None or line.check.ok for line in lines)


def _result(relations: tuple[Relation, ...]) -> str:
    parts = [rf"f {_IN[relation.holds]} {symbol_latex(relation.symbol)}(g)" for relation in relations]
    return r",\quad ".join(parts)


def _summary(relations: tuple[Relation, ...]) -> str:
    held = {relation.symbol for relation in relations if relation.holds}
    if "Θ" in held:
        return "f and g are of the same class: f is Θ(g)."
    if "o" in held:
        return "f grows more slowly than g: f is o(g)."
    if "ω" in held:
        return "f grows faster than g: f is ω(g)."
    if held:
        return f"f is {held.pop()}(g), and nothing more holds: f/g swings."
    return "Neither bounds the other: f/g swings between sizes of both sides."


def sorted_(job: SortJob) -> Report | Refusal:
    """The functions by growth, slowest first, or which of them has no place."""
    started = time.perf_counter()
    if not 1 <= len(job.functions) <= asked.MOST:
        return Refusal(
            f"There are {len(job.functions)} functions; from 1 to {asked.MOST} can be sorted.",
            "Write one function a line.",
        )
    try:
        variable, functions = asked.read(job.functions)
        placed = _in_order(functions, variable)
    except Unreadable as why:
        return why.refusal
    except NoGrowth as why:
        return Refusal(why.reason, why.way_out, "; ".join(job.functions))
    ranks, lines = told(placed, variable)
    if not _sound(lines):
        return Refusal(_SLIP, "Please report these functions.", "; ".join(job.functions))
    return Report(
        title=f"Sort {len(functions)} functions by growth",
        problem=r",\quad ".join(latex(item.expr) for item in functions),
        conventions=_CONVENTION,
        numbers=(),
        lines=lines,
        result=_order(ranks),
        summary="Slowest first: " + _spoken(ranks),
        status=Status.PROVEN,
        agreements=(),
        methods=(),
        milliseconds=(time.perf_counter() - started) * 1000,
        found=Findings(
            ranks=ranks,
            curves=tuple(plotted.curve(item.text, item.expr, variable) for item, _ in placed),
        ),
    )


def _in_order(functions: tuple[Asked, ...], variable: str) -> list[tuple[Asked, Growth]]:
    """Raises NoGrowth, which names the function."""
    found = []
    for item in functions:
        try:
            found.append((item, growth_of(item.expr, variable)))
        except NoGrowth as why:
            raise NoGrowth(f"{item.text} has no place in the list. {why.reason}", why.way_out) from None

    def compare(first: tuple[Asked, Growth], second: tuple[Asked, Growth]) -> int:
        try:
            return first[1].compare(second[1])
        except Undecided as why:
            raise NoGrowth(
                f"{first[0].text} and {second[0].text} cannot be told apart: {why}.",
                "Leave one of them out.",
            ) from None

    return sorted(found, key=cmp_to_key(compare))


def _order(ranks: tuple[Rank, ...]) -> str:
    text = ""
    for before, rank in zip((None, *ranks), ranks, strict=False):
        if before is not None:
            text += r" \;\asymp\; " if before.place == rank.place else r" \;\prec\; "
        text += rank.function.latex
    return text


def _spoken(ranks: tuple[Rank, ...]) -> str:
    text = ""
    for before, rank in zip((None, *ranks), ranks, strict=False):
        if before is not None:
            text += " = " if before.place == rank.place else " < "
        text += rank.function.text
    return f"{text}."
