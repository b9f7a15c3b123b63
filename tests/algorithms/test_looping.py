"""Loops: the classes of the textbooks, and counts that Python's own tracing gives."""

from __future__ import annotations

import copy
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pytest
from looping_snippets import EXACT, OPEN, REFUSED, cases
from traced_snippets import traced

from engine.algorithms import inputs
from engine.algorithms.answers import answer, chosen
from engine.algorithms.counting import counted
from engine.algorithms.reading import read
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Refusal, Report, Status


@lru_cache(maxsize=256)
def _answer(code: str) -> Any:
    return answer(CodeJob(code))


def test_there_are_enough_snippets() -> None:
    assert len(cases(EXACT)) + len(cases(OPEN)) >= 110


@pytest.mark.parametrize(("code", "theta"), cases(EXACT))
def test_where_the_data_decide_nothing(code: str, theta: str) -> None:
    report = _answer(code)
    assert isinstance(report, Report), report
    assert report.found is not None
    assert report.found.theta is not None
    assert report.found.theta.text == theta
    assert report.found.best is None
    assert report.status is Status.PROVEN
    assert all(line.check is None or line.check.ok for line in report.lines)


@pytest.mark.parametrize(("code", "thetas"), cases(OPEN))
def test_worst_and_best_case(code: str, thetas: str) -> None:
    worst, _, best = (part.strip() for part in thetas.partition("|"))
    report = _answer(code)
    assert isinstance(report, Report), report
    assert report.found is not None
    assert report.found.theta is not None
    assert report.found.theta.text == worst
    assert (report.found.best.text if report.found.best else "") == best
    assert report.found.assumption


@pytest.mark.parametrize(("code", "line"), cases(REFUSED))
def test_refused_with_the_line_and_a_reason(code: str, line: str) -> None:
    refusal = answer(CodeJob(code))
    assert isinstance(refusal, Refusal)
    assert refusal.line == int(line)
    assert refusal.reason.endswith(".")
    assert refusal.way_out


@pytest.mark.parametrize(("code", "theta"), cases(EXACT))
def test_each_line_is_counted_as_python_traces_it(code: str, theta: str) -> None:
    snippet = read(code)
    function = chosen(snippet, "")
    wanted = inputs.parameters(snippet, function)
    names = inputs.letters(wanted)
    report = _answer(code)
    assert isinstance(report, Report)
    assert report.found is not None
    if report.found.closed is None or "10000" in code:
        return
    lines = counted(snippet, function, wanted, "worst").lines
    tried = [n for n in (1, 2, 3, 6, 9, 16) if n >= report.found.start] or [report.found.start]
    for n in tried[: 4 if "2 **" in code or theta in ("n^5", "2^n") else None]:
        sizes = dict.fromkeys(names, n)
        arguments: dict[str, Any] = inputs.families(wanted)[0].make(sizes)
        seen, _, _ = traced(code, function, copy.deepcopy(arguments))
        assert {line: form.value(sizes) for line, form in lines.items() if form.value(sizes)} == {
            line: Fraction(count) for line, count in seen.items()
        }


def test_lines_tell_the_sums() -> None:
    report = answer(CodeJob("for i in range(n):\n    for j in range(i):\n        print(i, j)\n"))
    assert isinstance(report, Report)
    told = [line.latex for line in report.lines if line.path == ("line:3",)]
    assert r"\sum_{i=0}^{n - 1} \left(\sum_{j=0}^{i - 1} 1\right)" in told[0]
    assert report.lines[-1].rule == "code-class"


def test_a_false_count_is_not_let_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.algorithms import looped

    def wrong(*arguments: Any) -> Any:
        found = counted(*arguments)
        lines = {line: form + 1 for line, form in found.lines.items()}
        return type(found)(lines, found.work, found.exact, found.decided, found.nests)

    monkeypatch.setattr(looped, "counted", wrong)
    monkeypatch.setattr(looped, "fitted", lambda *arguments: None)
    refusal = answer(CodeJob("for i in range(n):\n    print(i)\n"))
    assert isinstance(refusal, Refusal)
    assert "counts something else" in refusal.reason
