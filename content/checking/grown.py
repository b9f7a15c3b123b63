"""What grows, from growths.yaml, and how the engine judges a class that is told of it. Knows no course.

What grows is written as LaTeX or plain text, `n + n^2`; as a recurrence, `T(n) = 3T(n-1), T(0) = 1`; as code,
in which `step()` is one step; or as {counted: forward, h: 4}, a count of an RNN's derivation with other
letters or numbers in the place of its sizes d, h, k and T.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from content.course_files import parse_yaml
from content.latex.tokens import tokens, written
from content.worked.counting import counted

if TYPE_CHECKING:
    from engine.symbolic.jobs import CodeJob, Job, RecurrenceJob
    from engine.symbolic.report import Answer

FILE = "checking/growths.yaml"
_NAMES = {r"\varphi": r"\frac{1+\sqrt5}2"}
_LETTER = re.compile(r"[a-z]")
_WORST = ("unreadable", "wrong", "loose", "untidy", "")
_FAST = 7  # power of the size that grows before the others


@dataclass(frozen=True, slots=True)
class Sources:
    """`of`: what grows, by its name; `told`: for each (folder, id) what its growths are of, in order."""

    of: Mapping[str, str]
    told: Mapping[tuple[str, str], Sequence[str]]


@cache
def sources() -> Sources:
    """growths.yaml, which comes with the course."""
    raw = parse_yaml((files("content") / FILE).read_text(encoding="utf-8"))
    assert isinstance(raw, dict)  # noqa: S101 - our own file
    told = {(folder, item): marks for folder, items in raw["told"].items() for item, marks in items.items()}
    return Sources({name: _written_out(source) for name, source in raw["of"].items()}, told)


def _written_out(source: str | dict[str, str | int]) -> str:
    """A formula for a count, anything else as it stands."""
    if isinstance(source, str):
        return source
    sizes = {"T": "n", "k": 1, **source}
    terms = counted(str(source["counted"])).terms.items()
    products = ("*".join((f"({many})", *(str(sizes.get(each, each)) for each in row))) for row, many in terms)
    return " + ".join(products)


@cache
def judged(of: str, growth: str) -> tuple[str, str]:
    """ "", "loose", "untidy", "wrong" or "unreadable", and a sentence that says why."""
    found = [_judged(one, claim) for one, claim in _rays(of, growth)]
    return min(found, key=lambda one: _WORST.index(one[0]))


def with_sizes_of(growth: str, formula: str) -> str:
    """`formula` with numbers in the place of letters that `growth` has not."""
    left = sorted(_sizes(formula) - _sizes(growth))
    return _put(formula, {letter: f"({number})" for number, letter in enumerate(left, 3)})


def _rays(of: str, growth: str) -> Iterator[tuple[str | RecurrenceJob | CodeJob, str]]:
    """In one size as they stand; else as all sizes grow alike, and as each grows much faster."""
    from engine.symbolic.jobs import CodeJob, RecurrenceJob

    for name, meaning in _NAMES.items():
        growth = growth.replace(name, f"({meaning})")
    if "\n" in of:
        yield CodeJob(of.replace("step()", "pass")), growth
    elif "(n) =" in of:
        yield RecurrenceJob(of), growth
    elif len(sizes := _sizes(of) | _sizes(growth)) < 2:
        yield of, growth
    else:
        for fast in ("", *sorted(sizes)):
            powers = {size: f"(n^{{{_FAST if size == fast else 1}}})" for size in sizes}
            yield _put(of, powers), _simplest(_put(growth, powers))


def _simplest(growth: str) -> str:
    """O(n (n + n)) as O(n^2): that it is untidy is of our own making. As it stands if it cannot be read."""
    from engine.errors import FormulaError
    from engine.growth.reading import NoGrowth, growth_of
    from engine.symbolic.claims import parse_claim
    from engine.symbolic.typeset import latex

    try:
        claim = parse_claim(growth)
        return f"{claim.symbol}({latex(growth_of(claim.expr, 'n').expr('n'))})"
    except (FormulaError, NoGrowth):
        return growth


def _judged(of: str | RecurrenceJob | CodeJob, growth: str) -> tuple[str, str]:
    from engine.growth.grading import LOOSE, UNTIDY, judged
    from engine.symbolic.jobs import BoundJob
    from engine.symbolic.report import Judged

    verdict = judged(BoundJob(of, growth), _solved)
    known = {Judged.RIGHT: {LOOSE: "loose", UNTIDY: "untidy"}.get(verdict.mistake, ""), Judged.WRONG: "wrong"}
    return known.get(verdict.judged, "unreadable"), verdict.sentence


@cache
def _solved(job: Job) -> Answer:
    from engine.symbolic.dispatch import solve

    return solve(job)


def _sizes(formula: str) -> frozenset[str]:
    return frozenset(filter(_LETTER.fullmatch, tokens(formula))) - {"e"}


def _put(formula: str, values: Mapping[str, str]) -> str:
    return written(tuple(values.get(token, token) for token in tokens(formula)))
