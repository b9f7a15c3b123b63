"""The counting interpreter against Python itself, and against what would hang it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from traced_snippets import FUNCTIONS, LOOPS, runs, traced

from engine.algorithms.interpreter import run
from engine.algorithms.reading import read


def test_there_are_enough_snippets() -> None:
    assert len(LOOPS) + len(FUNCTIONS) >= 50
    assert len(runs()) >= 100


@pytest.mark.parametrize(("code", "function", "arguments"), runs())
def test_lines_calls_and_result_are_those_of_python(
    code: str, function: str, arguments: dict[str, Any]
) -> None:
    lines, calls, result = traced(code, function, arguments)
    tally = run(read(code), function, copy.deepcopy(arguments))
    assert tally.lines == lines
    assert tally.calls == calls
    assert tally.result == result
