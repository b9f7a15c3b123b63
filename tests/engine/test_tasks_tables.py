"""Tables: what was written is what is read, in every dialect, and bad ones are refused in words, soon."""

from __future__ import annotations

import csv
import io
import itertools
import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.catalogue import task_of
from engine.tasks.columns import MAX_COLUMNS, read_table
from engine.tasks.sheets import MAX_ROWS
from engine.tasks.tables import SAMPLE_TABLE, TableTask
from tests.counted import counted

numbers = st.floats(-1e6, 1e6).map(lambda value: round(value, 3) + 0.0)
ONE = "x\n" + "\n".join(str(n * n % 7) for n in range(30))


def task(text: str, length: int = 2, **more: object) -> TableTask:
    made = task_of(RunConfig(task="table", text=text, length=length, **more))
    assert isinstance(made, TableTask)
    return made


@settings(max_examples=80)
@given(
    data=st.data(),
    separator=st.sampled_from(",;\t"),
    comma=st.booleans(),
    header=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_what_the_library_writes_is_read_back(
    data: st.DataObject, separator: str, comma: bool, header: bool, quoting: int, end: str
) -> None:
    columns = data.draw(st.integers(1, 4))
    table = data.draw(st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=1, max_size=9))
    comma = comma and separator != "," and columns > 1
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator, lineterminator=end, quoting=quoting)
    if header:
        writer.writerow([f"name {place}" for place in range(columns)])
    for row in table:
        writer.writerow([f"{value:.3f}".replace(".", "," if comma else ".") for value in row])
    read = read_table(written.getvalue().replace("\r\n", "\n"))
    np.testing.assert_allclose(read.values, table, atol=1e-9)
    shown = [f" (name {place})" if header else "" for place in range(columns)]
    assert read.names == tuple(f"column {place + 1}{name}" for place, name in enumerate(shown))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3\n4\n5", [[3], [4], [5]]),
        ("3;4\n5;6", [[3, 4], [5, 6]]),
        ("a;b\n3,5;-4,25\n,5;6,", [[3.5, -4.25], [0.5, 6]]),
        ("a\tb\n1e3\t+.5\n−2\t7", [[1000, 0.5], [-2, 7]]),
        ("price, EUR;n\n1,5;2\n", [[1.5, 2]]),
        ("  a ,  b\n 1 , 2 \n\n   \n3,4\n\n", [[1, 2], [3, 4]]),
        ('"a, b","c"\n"1","2"\n', [[1, 2]]),
        ("day,x\n2021-01-03,5\n2021-01-04,6\n", [[5], [6]]),
        ("3.01.2021;1,5;warm\n4.01.2021;2,5;cold", [[1.5], [2.5]]),
        ("x;\n1;\n2;\n", [[1], [2]]),
    ],
)
def test_tables_as_people_have_them(text: str, values: list[list[float]]) -> None:
    np.testing.assert_allclose(read_table(text).values, values)


@settings(max_examples=80)
@given(cells=st.lists(st.none() | st.integers(-99, 99), min_size=1, max_size=15), data=st.data())
def test_gaps_lie_on_straight_lines_between_their_neighbours(
    cells: list[int | None], data: st.DataObject
) -> None:
    gap = data.draw(st.sampled_from(["", "NA", "nan", "NaN", "n/a", "null", " "]))
    text = "x;y\n" + "\n".join(f"{gap if cell is None else cell};{place}" for place, cell in enumerate(cells))
    missing = cells.count(None)
    if missing == len(cells):
        assert read_table(text).names == ("column 2 (y)",)
        return
    if 2 * missing > len(cells):
        with pytest.raises(TaskError, match=f"There are {missing} gaps in the {len(cells)} rows"):
            read_table(text)
        return
    read = read_table(text)
    for place, value in enumerate(read.values[:, 0]):
        before = [p for p in range(place + 1) if cells[p] is not None]
        after = [p for p in range(place, len(cells)) if cells[p] is not None]
        left, right = (before or after[:1])[-1], (after or before[-1:])[0]
        share = Fraction(min(max(place, left), right) - left, right - left or 1)
        line = cells[left] + share * (cells[right] - cells[left])
        assert value == pytest.approx(float(line), abs=1e-9)
    noun = "gap" if missing == 1 else "gaps"
    assert (f"Filled {missing} {noun} by straight lines between the neighbours." in read.remarks) == bool(
        missing
    )


@settings(max_examples=300)
@given(
    text=st.text(st.sampled_from("0123456789.,;\t\n\r\"' -+eEnaxNAé−\x00\ufeff\u2028"), max_size=200)
    | st.text(max_size=60)
)
@example('"')
@example('1\n"2\n3')
@example("1e999\n1")
@example("9" * 5000 + "\n1\n2\n3")
@example("5e-324\n0\n" * 9)
@example("1e100\n-1e100\n" * 9)
def test_any_text_is_a_table_or_a_sentence(text: str) -> None:
    try:
        made = task(text)
    except TaskError as error:
        assert str(error).endswith((".", "?"))
        assert len(str(error)) < 600
        return
    batch = made.batch(1)
    assert np.isfinite(batch.inputs).all()
    assert np.isfinite(batch.targets).all()
    assert np.abs(made.rows.mean(axis=0)).max() < 1e-6
    np.testing.assert_allclose(made.rows.std(axis=0), 1, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ONE + "\nfour", r"Line 32, column 1 \(x\): 'four' is not a number"),
        ("day,x\n1,5\n2,6\n3,six\n" * 1, r"Line 4, column 2 \(x\): 'six'"),
        ("x,y\n1,2\n3\n", "Line 3 has 1 cell and line 1 has 2, separated by commas"),
        ("1;2\n3;4;5\n", "Line 2 has 3 cells and line 1 has 2, separated by semicolons"),
        ("temp\n3,5\n4,5\n", "Line 2 has 2 cells and line 1 has 1.*decimal comma, write a point"),
        ('a,b\n"1,500",2\n3,4\n', r"Line 2, column 1 \(a\): '1,500' is not a number"),
        ("a;b\n1,500;2\n2.5;4\n", r"1,500 \(line 2\) and 2.5 \(line 3\) in column 1 \(a\)"),
        ("a;b\n1.500,25;2\n2;4\n", r"Line 2, column 1 \(a\): '1.500,25'"),
        ("a\n1e101\n2\n", r"Line 2, column 1 \(a\): 1e101 is too large; numbers up to 1e\+100"),
        ("a\ninf\n2\n", "'inf' is not a number"),
        ("a\n1_000\n2\n", "'1_000' is not a number"),
        ("a\n٣\n2\n", "'٣' is not a number"),
        ("name,town\nann,bonn\nbob,bath\n", "no column of numbers in the table, which has 2 rows"),
        ("x\n", "no column of numbers in the table, which has 0 rows"),
        ("   ", "no column of numbers"),
        ("a\n1\nNA\nnan\n", r"There are 2 gaps in the 3 rows of column 1 \(a\); at most half"),
        ("x\n" + "5\n" * 30, r"nothing to learn from column 1 \(x\): its numbers go from 5 to 5"),
        ("x,y\n" + "5,1\n5,2\n" * 30, r"nothing to learn from column 1 \(x\)"),
        ("x\n" + "1000000000000\n1000000000000.01\n" * 9, "nothing to learn"),
        ("1\n2\n3\n", "3 rows of numbers; with 2 time steps it needs at least 4"),
        (",".join("1" * 17) + "\n" + ",".join("2" * 17), f"17 columns of numbers; {MAX_COLUMNS} is the most"),
        ("1\n" * 20_001, "20,001 rows; 20,000 is the most"),
        ("x\n1\n\x07\n", "control character"),
    ],
)
def test_bad_tables_are_refused_with_the_place_and_the_way_out(text: str, says: str) -> None:
    with pytest.raises(TaskError, match=says):
        task(text)


def test_a_huge_table_is_refused_before_its_numbers_are_read_and_the_largest_is_read() -> None:
    """How long both take are figures of benchmarks/limits.py."""
    huge = "time,value\n" + "1,2\n" * 10**5
    with pytest.raises(TaskError, match=f"100,001 rows; {MAX_ROWS:,} is the most"), counted(most=3 * 10**5):
        read_table(huge)  # two calls a row
    full = "value\n" + "\n".join(str(n % 100) for n in range(MAX_ROWS))
    assert task(full).rows.shape == (MAX_ROWS, 1)


def test_columns_are_standardised_and_labels_are_in_their_own_units() -> None:
    first, last = [3.0, 8, 1, 9, 4, 7], [1000.0, 1250, 1100, 1300, 950, 1175]
    made = task("a,b\n" + "\n".join(f"{a},{b}" for a, b in zip(first, last, strict=True)), length=3)
    assert (made.inputs, made.outputs) == (2, 1)
    for place, column in enumerate((first, last)):
        expected = [(x - statistics.fmean(column)) / statistics.pstdev(column) for x in column]
        np.testing.assert_allclose(made.rows[:, place], expected)
    batch = made.batch(1)
    shown = [made.input_labels(batch.inputs[:, b]) for b in range(16)]
    named = [made.labels(batch.targets[:, b]) for b in range(16)]
    rows = [f"{a:g} {b:g}" for a, b in zip(first, last, strict=True)]
    for inputs, targets in zip(shown, named, strict=True):
        start = rows.index(inputs[0])
        assert list(inputs) == rows[start : start + 3]
        assert list(targets) == [f"{b:.4g}" for b in last[start + 1 : start + 4]]
    assert {rows.index(inputs[0]) for inputs in shown} == {0, 1, 2}, "windows reach both ends"
    assert batch.own is None, "one output is not a whole input"
    assert made.remarks == (
        "Read 6 rows and 2 columns, separated by commas.",
        "Foretells column 2 (b), the last one, in the next row, from all 2 columns of numbers.",
    )


def test_many_columns_have_a_short_label() -> None:
    made = task("\n".join(f"{n};{n * n};{n % 3};{n % 4}" for n in range(9)))
    assert made.input_labels(made.rows[2:3]) == ("2 4 2 …",)


def test_what_was_left_out_is_said() -> None:
    made = task("day,x\n" + "\n".join(f"2021-01-{n:02},{n % 5}" for n in range(1, 20)))
    assert made.remarks == (
        "Read 19 rows and 2 columns, separated by commas.",
        "Left out, without any number: column 1 (day).",
        "Foretells the next row of column 2 (x).",
    )


def test_a_stateful_run_reads_the_table_from_front_to_back() -> None:
    made = task("\n".join(str(n) for n in range(100)), length=8, batch=3, state="stateful")
    batches = [made.batch(step) for step in range(1, 9)]
    assert [batch.fresh for batch in batches] == [True, False, False, False] * 2
    for now, then in itertools.pairwise(batches[:4]):
        assert np.array_equal(now.targets[-1], then.inputs[0])
    assert made.input_labels(batches[0].inputs[0]) == ("0", "33", "67")
    assert np.array_equal(batches[0].inputs, batches[4].inputs)


def test_the_built_in_table_suits_every_length_and_says_that_it_is_made_up() -> None:
    for length in (2, 100):
        made = task("", length=length)
        batch = made.batch(3)
        assert batch.inputs.shape == (length, 16, 1)
        assert batch.own is not None
        assert np.array_equal(batch.inputs[1:], batch.targets[:-1])
    assert SAMPLE_TABLE.count("\n") == 3 * 365
    assert -20 < made.mean[0] - made.deviation[0] < made.mean[0] + made.deviation[0] < 40


def test_tables_depend_on_seed_and_step_only() -> None:
    def read(seed: int, step: int) -> np.ndarray:
        return task("", seed=seed).batch(step).inputs

    one = task("", seed=3)
    one.batch(1)
    assert np.array_equal(one.batch(7).inputs, read(3, 7))
    assert not np.array_equal(read(3, 7), read(3, 8))
    assert not np.array_equal(read(3, 7), read(4, 7))
