"""What stands in a result: taken from lines that were checked, and shown until all of it is defined."""

from __future__ import annotations

import pytest

from engine.derivations.answers import answer
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Report
from studyapp.result_meanings import MOST, in_short, meanings
from studyapp.widgets.derive_sample import report


def derived(job: GradientJob) -> Report:
    made = answer(job)
    assert isinstance(made, Report), made
    return made


@pytest.mark.parametrize(
    ("job", "defined"),
    [
        (GradientJob(), [r"\delta_t", r"\partial h_3", r"\partial h_t", r"\hat{y}"]),
        (GradientJob(wrt="h"), [r"\delta_t", r"\partial h_3", r"\hat{y}"]),
        (GradientJob("lstm", "W_f", steps=0), [r"\delta_{f,t}", "f_t", "c_T", "c_t"]),
        (GradientJob("attention", "U_a"), [r"\partial K", r"\partial e", r"\partial \alpha", r"\partial c"]),
        (GradientJob("layernorm", "x"), [r"\partial \hat{x}", r"\partial \mathrm{out}"]),
        (GradientJob("softmax", "s"), []),
        (GradientJob("clipping", "g_by_norm"), []),
    ],
)  # fmt: skip
def test_each_slope_in_the_result_is_defined(job: GradientJob, defined: list[str]) -> None:
    found = meanings(derived(job))
    lefts = [tex.partition(" = ")[0] for tex in found]
    assert len(lefts) == len(defined)
    assert all(name in left for name, left in zip(defined, lefts, strict=True)), lefts
    assert len(found) <= MOST


def test_a_line_in_short_is_its_first_and_its_last_side() -> None:
    lines = {line.rule: line for line in derived(GradientJob()).lines}
    assert in_short(lines["through-function"]) == (
        r"\delta_t = (1 - h_t \odot h_t) \odot \frac{\partial L}{\partial h_t}"
    )
    assert "aligned" not in in_short(lines["back-in-time"])


def test_a_recurrence_has_no_slopes() -> None:
    assert meanings(report()) == ()
