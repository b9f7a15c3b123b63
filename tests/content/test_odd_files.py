"""Files that are none, names that nobody can read, values without end: a sentence, and the bank as it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content.__main__ import main
from content.bank import Bank
from content.course_files import course_files
from content.errors import CourseError

Open = Callable[[], Bank]
Dump = Callable[[], list[str]]


def a_folder(cards: Path) -> None:
    (cards / "x.yaml").mkdir()


def a_link_to_nothing(cards: Path) -> None:
    (cards / ".#gates.yaml").symlink_to("me@here.4711")  # so does Emacs mark a file that it has open


def a_link_to_itself(cards: Path) -> None:
    (cards / "x.yaml").symlink_to("x.yaml")


def a_name_of_bytes(cards: Path) -> None:
    (cards / os.fsdecode(b"\xff.yaml")).write_text("[]")


def a_name_of_two_lines(cards: Path) -> None:
    (cards / "a\nb.yaml").write_text("[]")


@pytest.mark.parametrize(
    ("plant", "sentence"),
    [
        (a_folder, "cards/x.yaml: it cannot be read: "),
        (a_link_to_nothing, "cards/.#gates.yaml: it cannot be read: "),
        (a_link_to_itself, "cards/x.yaml: it cannot be read: "),
        (a_name_of_bytes, r"'cards/\udcff.yaml': the name of this file cannot be shown"),
        (a_name_of_two_lines, r"'cards/a\nb.yaml': the name of this file cannot be shown"),
    ],
)
def test_what_cannot_be_read_at_all_is_told(
    bank: Bank, opened: Open, course: Any, dump: Dump, plant: Callable[[Path], None], sentence: str
) -> None:
    before = dump()
    try:
        plant(course.path / "cards")
    except OSError:
        pytest.skip("this system has no such files")
    again = opened()
    assert isinstance(again.warning, CourseError) and str(again.warning).startswith(sentence)
    assert str(again.warning).isprintable()
    assert (again.loaded.cards, dump()) == (6, before)


def test_the_check_of_a_folder_says_what_it_leaves_out(
    course: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(course.path)])
    assert "left out: ids that are gone, coverage" in capsys.readouterr().out


def test_the_check_tells_it_too(course: Any, capsys: pytest.CaptureFixture[str]) -> None:
    a_folder(course.path / "cards")
    assert main(["check", str(course.path)]) == 1
    assert capsys.readouterr().out.startswith("cards/x.yaml: it cannot be read: ")


def test_a_folder_that_is_closed_is_told(course: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", closed)
    with pytest.raises(CourseError, match=r"^units: it cannot be read: Permission denied"):
        list(course_files(course.path))


@pytest.mark.parametrize(
    "value",
    ["[" + "1, " * 100_000 + "]", "0x" + "f" * 9000, "[" * 60 + "]" * 60, "'" + "long" * 100_000 + "'"],
)
def test_a_value_without_end_makes_no_sentence_without_end(
    bank: Bank, opened: Open, course: Any, dump: Dump, value: str
) -> None:
    before = dump()
    text = f"- id: {value}\n  front: {value}\n  back: {value}\n  was: {value}\n  claims: {value}\n"
    (course.path / "cards" / "gates.yaml").write_text(text)
    sentence = str(opened().warning)
    assert sentence.startswith("cards/gates.yaml: line 1" if "0x" in value else "cards/gates.yaml:1: ")
    assert len(sentence) < 6000
    assert dump() == before


@pytest.mark.parametrize("file", ["units.yaml", "topics/gates.md"])
def test_a_number_that_sqlite_cannot_keep_is_refused(
    bank: Bank, opened: Open, course: Any, dump: Dump, file: str
) -> None:
    before = dump()
    text = (course.path / file).read_text().replace("order: 1", f"order: {2**63}")
    (course.path / file).write_text(text)
    sentence = str(opened().warning)
    assert sentence.startswith(f"{file}: line ") and "this number is too large." in sentence
    assert dump() == before
