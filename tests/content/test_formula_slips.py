"""Slips in the formulas that are shown: every one that is made here must be noticed by the proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from slips import slipped

from content.checking.formulas import untrue
from content.course import Course
from content.loader import read_course
from content.records import SheetFormula

COURSE = read_course()
HELD = [one for one in (*COURSE.formulas, *COURSE.asides) if one.letters or one.equals]
TRUE_AS_WELL = (r"\lVert e_j+e_k\rVert",)
GROWTH = re.compile(r"\\(?:Theta|Omega)\(.*?\)(?=[,.]|$)|(?<![A-Za-z\\])O\(.*?\)(?=[,.=+]|$)")


def unread(formula: SheetFormula) -> Iterator[range]:
    """Where the formula says what is not held: growths, and statements with a reason."""
    for place in GROWTH.finditer(formula.latex):
        yield range(*place.span())
    for said, _ in formula.unread:
        start = formula.latex.find(said)
        yield range(start, start + len(said))


def slips(formula: SheetFormula) -> Iterator[str]:
    return slipped(formula.latex, {place for part in unread(formula) for place in part})


def is_told(formula: SheetFormula) -> bool:
    return any(untrue(Course((), (), (), asides=(formula,))))


@pytest.mark.parametrize("formula", HELD, ids=[one.id for one in HELD])
def test_slips_are_noticed(formula: SheetFormula) -> None:
    assert not is_told(formula)
    for wrong in slips(formula):
        if not any(true in wrong for true in TRUE_AS_WELL):
            assert is_told(replace(formula, latex=wrong)), wrong


def test_there_is_something_to_notice() -> None:
    assert len(HELD) > 150
    assert sum(len(list(slips(formula))) for formula in HELD) > 350
