"""The later generators of loops and sums, held against closed forms and the engine's own analysis of code."""

from __future__ import annotations

import ast
import math
from fractions import Fraction

import pytest

from content.generators.registry import generator
from engine.algorithms.answers import answer
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Report

SEEDS = range(30)
CLASSES = {
    r"$\Theta(1)$": r"\Theta(1)",
    r"$\Theta(\log n)$": r"\Theta(\log n)",
    r"$\Theta(n)$": r"\Theta(n)",
    r"$\Theta(n\log n)$": r"\Theta(n \log n)",
    r"$\Theta(n^2)$": r"\Theta(n^{2})",
}


def _told_class(code: str) -> str:
    """What the engine finds for the code as a function of n."""
    body = code.replace("step()", "count += 1").replace("\n", "\n    ")
    report = answer(CodeJob(f"def count_it(n):\n    count = 0\n    {body}\n    return count\n"))
    assert isinstance(report, Report), report
    return report.result


@pytest.mark.parametrize("seed", range(13))
def test_the_engine_finds_the_same_class(seed: int) -> None:
    v = generator("loop_class").vary("an-item", seed)
    told = _told_class(str(v["code"])).replace(r"\left", "").replace(r"\right", "")
    assert CLASSES[str(v["right"])].replace(" ", "") in told.replace(" ", ""), told
    options = {v["right"], v["wrong1"], v["wrong2"], v["wrong3"]}
    assert len(options) == 4
    assert options <= set(CLASSES)


@pytest.mark.parametrize("seed", SEEDS)
def test_powers_and_sums_of_powers(seed: int) -> None:
    v = generator("doubled").vary("an-item", seed)
    assert math.log2(v["value"]) == v["k"] == math.log2(v["value_next"]) - 1
    w = generator("geometric_sum").vary("an-item", seed)
    assert w["total"] == Fraction(2 ** w["n"] - 1, 2 - 1)
    assert w["total_power"] - w["total"] == 1
    assert w["total_one_short"] == w["total"] - w["last"]


@pytest.mark.parametrize("seed", SEEDS)
def test_calls_follow_the_golden_ratio(seed: int) -> None:
    v = generator("fib_time").vary("an-item", seed)
    golden = (1 + math.sqrt(5)) / 2
    assert v["calls"] == 2 * round(golden ** (v["n"] + 1) / math.sqrt(5)) - 1
    assert v["seconds"] == pytest.approx(v["calls"] / 1e7)
    assert v["seconds_power"] == pytest.approx(2 ** v["n"] / 1e7)
    assert v["seconds_of_value"] == pytest.approx(golden ** v["n"] / math.sqrt(5) / 1e7)


@pytest.mark.parametrize("seed", SEEDS)
def test_copied_elements_are_those_of_all_subsets(seed: int) -> None:
    v = generator("power_set").vary("an-item", seed)
    n = int(v["n"])
    assert v["copied"] == sum(mask.bit_count() for mask in range(2**n))
    assert v["copied_full"] == 2 * v["copied"] == n * v["copied_one_each"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_second_name_shows_what_was_appended_and_the_slice_does_not(seed: int) -> None:
    v = generator("list_names").vary("an-item", seed)
    alias, copy = ast.literal_eval(str(v["alias"])), ast.literal_eval(str(v["copy"]))
    assert alias == [v["p"], v["q"], v["r"]] == [*copy, v["r"]]
    assert len({v["alias"], v["copy"], v["replaced"], v["doubled"]}) == 4
