"""The course in the terminal: searched and read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studyapp import cli


def test_words_are_found_and_the_note_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = ["--bank", str(tmp_path / "bank.db")]
    assert cli.main(["search", "forget", "gate", "--json", "--most", "30", *bank]) == 0
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"note", "card", "question", "term"} <= {hit["kind"] for hit in hits}
    (note,) = (hit["id"] for hit in hits if hit["kind"] == "note" and hit["id"] == "forget-gate")
    assert cli.main(["note", note, *bank]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# The forget gate\n")
    assert "<<" not in text
    assert "[^c" not in text


def test_what_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = ["--bank", str(tmp_path / "bank.db")]
    assert cli.main(["search", "zebra", *bank]) == 1
    assert "Nothing in the course has these words" in capsys.readouterr().err
    assert cli.main(["note", "forget-gates", *bank]) == 1
    assert "Near it: forget-gate" in capsys.readouterr().err


def test_the_page_of_a_unit_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = ["--bank", str(tmp_path / "bank.db")]
    assert cli.main(["note", "unit:lstm", *bank]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# LSTM\n")
    assert "(topic:forget-gate)" in text.split("## The notes of this unit")[1]
    assert cli.main(["note", "lstm", *bank]) == 0, "as the search shows it"
    assert capsys.readouterr().out == text
    assert cli.main(["note", "unit:lstm", "--json", *bank]) == 0
    unit = json.loads(capsys.readouterr().out)
    assert (unit["id"], unit["title"]) == ("lstm", "LSTM")
    assert cli.main(["note", "topic:forget-gate", *bank]) == 0
    assert capsys.readouterr().out.startswith("# The forget gate\n")
    assert cli.main(["note", "unit:lsmt", *bank]) == 1
    assert "There is no note or unit 'unit:lsmt'. Near it: unit:lstm" in capsys.readouterr().err
