r"""Every printed line says what was checked: its LaTeX, read as a student's, has the numbers of its tree.

The printer and the reader know nothing of each other: with \sinh printed for \tanh, a transpose dropped or
a bound off by one, a line does not come back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.derivations.answers import answer
from engine.derivations.catalogue import MODELS, cleaned, parameters
from engine.derivations.steps import Step
from engine.derivations.typeset import step_latex
from engine.errors import FormulaError
from engine.symbolic.jobs import GradientJob, WorkingJob
from engine.symbolic.report import Judged, Report
from engine.tape.nodes import Node
from engine.working.bench import Bench, bench
from engine.working.gaps import own_cases
from engine.working.judging import judged
from engine.working.reading import understood


def sides(latex: str) -> tuple[str, list[str]]:
    """The left side of a printed line, and what stands behind each of its signs."""
    inside = latex.removeprefix(r"\begin{aligned} ").removesuffix(r" \end{aligned}")
    inside = inside.replace(r" \\[4pt] &\quad", " ").replace(r" \\[4pt] &", " ").replace(" &", " ")
    left, *others = inside.replace(r" \le ", " = ").split(" = ")
    return left, others


def read_back(here: Bench, step: Step, printed: str) -> Iterator[tuple[Node, Node]]:
    """(what was read, what was checked), for the left side and all others."""
    left, others = sides(printed)
    assert len(others) == len(step.chain)
    for text, side in zip(others, step.chain, strict=True):
        equation = understood(here.job, f"{left} = {text}")
        assert equation.left is not None
        yield from ((equation.left, step.left), (equation.right, side))


def jobs(model: str) -> Iterator[GradientJob]:
    first = cleaned(GradientJob(model, wrt=""))
    for wrt in [parameter.key for parameter in parameters(first)][::3]:
        yield cleaned(replace(first, wrt=wrt))
    choices = ("rows", True), ("scalar", True), ("outputs", "each"), ("loss", "cross-entropy"), ("steps", 0)
    for change in map(dict, zip(choices, strict=True)):
        if cleaned(replace(first, **change)) != first:
            yield cleaned(replace(first, **change))


UNREAD = {"attention": ("Dots cannot be read", 7)}  # H = [h_1 ... h_T], which nobody types


@pytest.mark.parametrize("model", [card.key for card in MODELS])
def test_every_printed_line_is_the_line_that_was_checked(model: str) -> None:
    unread: list[str] = []
    for job in dict.fromkeys(jobs(model)):
        here = bench(job)
        for step in here.derivation.steps:
            printed = step_latex(step, here.letters, job.rows)
            try:
                found = list(read_back(here, step, printed))
            except FormulaError as error:
                unread.append(error.reason)
                continue
            for read, checked in found:
                same = read is checked or here.same(checked, read, own_cases(here, step))
                assert same, f"{job}\n{printed}"
    reason, count = UNREAD.get(model, ("", 0))
    assert len(unread) == count, unread
    assert all(one.startswith(reason) for one in unread)


@pytest.mark.parametrize(
    "job", [GradientJob(outputs="each"), GradientJob("lstm", "U_f"), GradientJob(rows=True)]
)
def test_a_line_is_right_as_it_is_copied(job: GradientJob) -> None:
    """The same text as on the clipboard, several rows and all, is judged as the line that it is."""
    report, rows = answer(job), 0
    assert isinstance(report, Report)
    for line in report.lines:
        verdict = judged(WorkingJob(job, line.number - 1, line.latex))
        assert verdict.judged is Judged.RIGHT, (line.latex, verdict)
        rows += line.latex.count(r"\\[4pt]")
    assert rows > 5
