"""`studyapp derive recurrence | code | compare | sort` and `--batch`: JSON, words, exit codes, and hangs."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import derive_children as children
import pytest
import sympy

from engine.symbolic.client import SymbolicProcess
from studyapp import cli
from studyapp.commands import derive_asking
from studyapp.commands.derive_batch import MAX_LINE

KEYS = {
    *("kind", "input", "status", "theta", "closed_form", "domain", "start", "total", "best", "assumption"),
    *("counts", "calls", "recurrence", "methods", "steps", "conventions", "agreements", "relations"),
    *("witnesses", "order", "reason", "way_out", "line", "column", "seconds"),
}


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derive_asking, "questions", children.scripted)
    monkeypatch.setattr(derive_asking, "questions_like", lambda _job: children.scripted)


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    said = [json.loads(line, parse_constant=pytest.fail) for line in capsys.readouterr().out.splitlines()]
    assert all(set(each) >= KEYS for each in said)
    return said


def test_a_real_recurrence_has_a_form_that_sympy_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "recurrence", "T(n) = 2T(n-1) + n, T(0) = 1", "--json"]) == 0
    (said,) = told(capsys)
    closed = sympy.sympify(said["closed_form"])  # noqa: TID251 - our own text, and reading it is the point
    value = 1
    for n in range(1, 12):
        value = 2 * value + n
        assert closed.subs("n", n) == value
    assert (said["kind"], said["status"], said["theta"], said["reason"]) == (
        "recurrence",
        "PROVEN",
        "2**n",
        None,
    )
    assert all(step["ok"] in (True, None) for step in said["steps"])
    assert all(
        set(step) == {"number", "rule", "title", "latex", "sentence", "uses", "ok"} for step in said["steps"]
    )
    assert said["seconds"] > 0


def test_a_real_refusal_has_its_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "recurrence", "T(n) = T(n-1) + x", "--json"]) == 1
    (said,) = told(capsys)
    assert (said["status"], said["column"], said["theta"], said["steps"]) == ("REFUSED", 16, None, [])
    assert "letter x" in said["reason"]
    assert cli.main(["derive", "recurrence", "T(n) = T(n-1) + x"]) == 1
    shown, caret, sentence = capsys.readouterr().err.splitlines()
    assert shown[caret.index("^")] == "x"
    assert "letter x" in sentence


@pytest.mark.usefixtures("scripted")
def test_code_from_a_file_and_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "loops.py"
    file.write_bytes(b"\xef\xbb\xbffor i in range(n):\r\n    pass\r\n")
    assert cli.main(["derive", "code", str(file), "--json"]) == 0
    (said,) = told(capsys)
    assert (said["kind"], said["input"]) == ("code", "for i in range(n):\n    pass")
    assert (said["counts"], said["total"], said["best"]) == ({"1": "n", "2": "n**2"}, "n**2", "n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"while x:\n    y")))
    assert cli.main(["derive", "code", "-", "--case", "best"]) == 1
    shown, caret, sentence = capsys.readouterr().err.splitlines()
    assert (shown, caret.index("^")) == ("    y", 4)
    assert sentence.startswith("Line 2: This loop may never end.")


@pytest.mark.parametrize(
    ("content", "piece"),
    [(None, "No such file"), (b"\xff\xfe\x00", "no text in UTF-8"), (b"x" * 100_001, "larger than 100,000")],
)
def test_a_file_that_cannot_be_read_is_said(
    content: bytes | None, piece: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "code.py"
    if content is not None:
        file.write_bytes(content)
    assert cli.main(["derive", "code", str(file)]) == 1
    assert piece in capsys.readouterr().err


@pytest.mark.usefixtures("scripted")
def test_functions_are_compared_and_sorted(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "compare", "n", "n^2", "--json"]) == 0
    assert cli.main(["derive", "sort", "n^2", "2n", "n", "--json"]) == 0
    compared, in_order = told(capsys)
    assert compared["relations"] == {"O": True, "Theta": False}
    assert compared["witnesses"]["O"] == {"sentence": "c = 1", "constant": 1.0, "start": 1}
    assert in_order["order"] == [["n", "2n"], ["n^2"]]
    assert cli.main(["derive", "compare", "n", "n^2"]) == 0
    assert cli.main(["derive", "sort", "n^2", "2n", "n"]) == 0
    said = capsys.readouterr().out
    assert "yes O  c = 1" in said
    assert "2. n^2" in said


@pytest.mark.usefixtures("scripted")
def test_ways_that_disagree_end_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "recurrence", "disagree", "--json"]) == 1
    assert told(capsys)[0]["agreements"] == [{"source": "terms", "value": 8.0, "error": None, "ok": False}]
    assert cli.main(["derive", "recurrence", "measured", "--json"]) == 0
    assert told(capsys)[0]["status"] == "MEASURED"


# --- batch ---------------------------------------------------------------------------------

SHEET = [
    ({"id": 1, "recurrence": "T"}, "PROVEN"),
    ({"id": "two", "kind": "recurrence", "text": "refuse"}, "REFUSED"),
    ({"kind": "recurrence", "input": "measured", "method": "Master theorem"}, "MEASURED"),
    ({"recurrence": "endless"}, "REFUSED"),
    ({"code": "pass", "case": "best", "function": "f"}, "PROVEN"),
    ({"recurrence": "die"}, "REFUSED"),
    ({"compare": ["n", "n^2"]}, "PROVEN"),
    ({"f": "n", "g": "n^2", "id": [1]}, "PROVEN"),
    ({"kind": "compare", "f": "n", "g": "n^2"}, "PROVEN"),
    ({"sort": ["n^2", "2n", "n"]}, "PROVEN"),
]
NONSENSE: list[tuple[Any, str]] = [
    ("nonsense", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ('{"recurrence": NaN}', "not JSON"),
    ("[1]", "no object"),
    ("{}", "one of the keys"),
    ('{"kind": "poem", "text": "x"}', "can be recurrence, code"),
    ('{"kind": ["sort"]}', "can be recurrence, code"),
    ('{"recurrence": 5}', "should be text"),
    ('{"kind": "code"}', "should be text"),
    ('{"code": "x", "case": "average"}', "worst or best"),
    ('{"code": "x", "function": 1}', "should be text"),
    ('{"compare": ["n"]}', "here are 1"),
    ('{"compare": "n"}', "list of functions"),
    ('{"sort": []}', "list of functions"),
    ('{"sort": ["n", 2]}', "list of functions"),
    (json.dumps({"sort": ["n"] * 101}), "100 is the most"),
    ('{"recurrence": "' + "x" * MAX_LINE + '"}', "longer than"),
    ("\udcff", "not JSON"),
]


@pytest.mark.usefixtures("scripted")
def test_a_sheet_is_answered_line_by_line_whatever_hangs_or_dies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        derive_asking, "SymbolicProcess", lambda target, now: SymbolicProcess(target, now, hard_seconds=0.3)
    )
    file = tmp_path / "sheet.jsonl"
    file.write_text("\n\n".join(json.dumps(asked) for asked, _ in SHEET), "utf-8")
    assert cli.main(["derive", "--batch", str(file)]) == 0
    said = told(capsys)
    assert [each["status"] for each in said] == [status for _, status in SHEET]
    assert [each.get("id") for each in said] == [1, "two", *[None] * 8]
    assert "longer than 0.3 seconds" in said[3]["reason"]
    assert said[3]["seconds"] >= 0.3
    assert "ended while" in said[5]["reason"]
    assert said[1]["column"] == 2
    assert said[9]["order"] == [["n", "2n"], ["n^2"]]
    assert said[4]["kind"] == "code"


@pytest.mark.usefixtures("scripted")
def test_what_is_no_request_is_refused_in_its_place(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line.encode("utf-8", "surrogateescape") for line, _ in NONSENSE]
    sheet = b"\n".join([*lines, b'{"id": 7, "recurrence": "T"}'])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sheet)))
    assert cli.main(["derive", "--batch", "-", "--json"]) == 0
    said = told(capsys)
    assert [each["status"] for each in said] == ["REFUSED"] * len(NONSENSE) + ["PROVEN"]
    for each, (line, piece) in zip(said, NONSENSE, strict=False):
        assert piece in each["reason"], line
    assert said[-1]["id"] == 7


def test_a_sheet_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "--batch", str(tmp_path / "none.jsonl")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_every_kind_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["derive"])
    assert ended.value.code == 2
    assert "--batch FILE.jsonl" in capsys.readouterr().err
