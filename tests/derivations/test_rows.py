"""Vectors as rows: what the conventions say of layouts is true of the numbers that are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from engine.checking.drawing import drawn
from engine.checking.oracles import Array, forward
from engine.derivations.catalogue import MODELS, cleaned, conventions, options, parameters
from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Report

IN_BOTH = pytest.mark.parametrize("in_rows", [False, True])


def report(job: GradientJob) -> Report:
    found = solve(cleaned(job))
    assert isinstance(found, Report)
    return found


def shown(found: Report, rule: str, left: str) -> Array:
    """The first value of a line, as far as it is shown."""
    line = next(line for line in found.lines if line.rule == rule and left in line.latex.split("=")[0])
    return np.array(line.values[0].rows)


def slope_of(t: int, of: str, by: str, when: int | None, entry: tuple[int, int], job: GradientJob) -> Array:
    """How fast the column `of` at t moves with one entry of `by`, by a difference of the oracle."""
    arrays = drawn(job)
    step = 1e-6

    def at(move: float) -> Array:
        def nudge(name: str, time: int | None, value: Array) -> Array:
            if (name, time) == (by, when):
                value = value.copy()
                value[..., entry[0], entry[1]] += move
            return value

        return forward(job, arrays, nudge)[of][0, t, :, 0]

    return (at(step) - at(-step)) / (2 * step)


@IN_BOTH
def test_entries_of_jacobians_lie_where_the_convention_says(in_rows: bool) -> None:
    job = cleaned(GradientJob(rows=in_rows))
    told, found = dict(conventions(job)), report(job)
    J = shown(found, "local-derivative", r"\frac{\partial a_{t+1}}{\partial h_t}")  # at t = 2 first
    for place in range(3):
        moved = slope_of(3, "a", "h", 2, (place, 0), job)
        np.testing.assert_allclose(J[place] if in_rows else J[:, place], moved, atol=1e-8)
    outputs = "j-th output by the i-th input" if in_rows else "i-th output by the j-th input"
    assert outputs in told["Jacobians"]


@IN_BOTH
def test_vec_reads_the_matrix_that_is_shown_as_the_convention_says(in_rows: bool) -> None:
    job = cleaned(GradientJob(rows=in_rows))
    told, found = dict(conventions(job)), report(job)
    J = shown(found, "immediate-derivative", "vec")  # of a_1, the first 6 of 9 entries of W_h
    by_entries = J if in_rows else J.T
    W = np.arange(9).reshape(3, 3)  # numbers the entries of the matrix as it is shown
    order = W.ravel() if "rows of a matrix" in told["vec"] else W.T.ravel()
    for place, entry in enumerate(order[: len(by_entries)]):
        row, column = divmod(int(entry), 3)
        ours = (column, row) if in_rows else (row, column)  # in columns, which the oracle has
        np.testing.assert_allclose(by_entries[place], slope_of(1, "a", "W_h", None, ours, job)[:6], atol=1e-8)
    word = "rows" if in_rows else "columns"
    line = next(line for line in found.lines if line.rule == "immediate-derivative")
    assert f"the {word} of a matrix read one after another" in line.why


def test_the_lines_hold_for_the_numbers_beside_them() -> None:
    """a = x W: multiplied as written, with the matrices as shown."""
    found = report(GradientJob(rows=True))
    given = {name: np.array(value.rows) for name, value in found.matrices}
    first = next(line for line in found.lines if line.rule == "preactivation")
    assert first.latex == "a_t = h_{t-1} W_h + x_t W_i + b_h"
    wanted = given["h_0"] @ given["W_h"] + given["x_1"] @ given["W_i"] + given["b_h"]
    np.testing.assert_allclose(np.array(first.values[0].rows), wanted)
    assert "a = x W" in dict(found.conventions)["Vectors"]
    (choice,) = [one for one in options(GradientJob()) if one.field == "rows"]
    assert [each.label for each in choice.choices] == ["columns: a = W x", "rows: a = x W"]


@IN_BOTH
@pytest.mark.parametrize("model", [card.key for card in MODELS])
def test_shapes_in_words_are_those_of_the_values(model: str, in_rows: bool) -> None:
    job = cleaned(GradientJob(model, wrt="", rows=in_rows))
    sizes = {"h": 3, "d": 2, "n": 4, "m": 4, "k": 3 if job.loss == "cross-entropy" else 2, "1": 1}
    given = {name: value.shape for name, value in report(job).matrices}
    for one in parameters(job):
        if one.latex in given:
            words = re.sub("row of (.+)", r"1 × \1", re.sub("column of (.+)", r"\1 × 1", one.shape))
            wanted = [sum(sizes[name] for name in word.split("+")) for word in words.split(" × ")]
            assert tuple(wanted) == given[one.latex]


JOBS = [
    cleaned(replace(base, wrt=one.key))
    for card in MODELS
    for outputs in ("last", "each")
    for base in [cleaned(GradientJob(card.key, wrt="", outputs=outputs, rows=outputs == "each"))]
    for one in parameters(base)
]


def denominators(lines: str) -> Iterator[str]:
    """What derivatives are taken by."""
    for begin in re.finditer(r"\}\{\\partial ", lines):
        deep = 1
        for place, sign in enumerate(lines[begin.end() :]):
            deep += (sign == "{") - (sign == "}")
            if not deep:
                yield lines[begin.end() :][:place]
                break


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{job.outputs}-{job.wrt}")
def test_conventions_of_layout_stand_there_where_they_are_used(job: GradientJob) -> None:
    told = dict(conventions(job))
    lines = " ".join(line.latex for line in report(job).lines)
    assert ("vec" in told) == (r"\operatorname{vec}" in lines)
    assert ("δ" in told) == (r"\delta" in lines)
    assert ("ᵀ below" in told) == any(below.endswith(r"\top}") for below in denominators(lines))
    assert ("∏ over time" in told) >= (r"\prod" in lines)


def test_options_and_sentences_turn_with_the_vectors() -> None:
    labels = {
        choice.label
        for model in ("lstm", "gru")
        for option in options(cleaned(GradientJob(model, rows=True)))
        for choice in option.choices
    }
    assert {"apart: x_t W_f + h_{t-1} U_f", "stacked: [h_{t-1}, x_t] W_f"} <= labels
    assert {"after the product: r ⊙ (h_{t-1} U_n + c_n)", "before the product: (r ⊙ h_{t-1}) U_n"} <= labels
    for model in ("lstm", "gru", "attention"):
        for name, choice in conventions(cleaned(GradientJob(model, wrt="", rows=True))):
            assert not re.search(r"\b[WU]_?\w? (x_t|h_|d_0)", choice), (name, choice)
