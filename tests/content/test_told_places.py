"""A problem is told once, where it is: file, line, id; a file that cannot be read has no consequences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from content.__main__ import main
from content.check_pieces import line_of
from content.checking import every_id
from content.course import Course
from content.course_files import Unreadable, decoded
from content.loader import read_course

Captured = pytest.CaptureFixture[str]


def told(course: Any, capsys: Captured) -> list[str]:
    """The lines of the check that name a file."""
    main(["check", str(course.path)])
    return [line for line in capsys.readouterr().out.splitlines() if "/" in line or ".yaml" in line]


def test_what_is_wrong_inside_an_item_has_its_own_line(course: Any, capsys: Captured) -> None:
    file = course.path / "questions" / "gates.yaml"
    text = file.read_text()
    file.write_text(text.replace("  solution: It is.", "  solution: |\n    It is\n    so: $\\fraq12$.", 2))
    lines = file.read_text().splitlines()
    wanted = [number for number, line in enumerate(lines, 1) if "fraq" in line]
    assert [line.partition(r" \fraq")[0] for line in told(course, capsys)] == [
        f"questions/gates.yaml:{line}: gates-q{item}:" for item, line in enumerate(wanted, 1)
    ]


@pytest.mark.parametrize(
    ("file", "other", "place"),
    [
        ("cards/gates.yaml", "cards/gates.yaml", 1),
        ("cards/loops.yaml", "cards/gates.yaml", 1),
        ("formulas/basics.yaml", "formulas/basics.yaml", 1),
        ("glossary/basics.yaml", "glossary/basics.yaml", 1),
        ("units.yaml", "units.yaml", 1),
    ],
)
def test_an_id_that_is_used_twice_is_told_with_the_line_of_the_other(
    course: Any, capsys: Captured, file: str, other: str, place: int
) -> None:
    entries = {
        "cards": "- {{id: {0}, front: F, back: B, claims: [gates.c1]}}\n",
        "formulas": (
            "- {{id: {0}, title: T, latex: x, where: w,\n"
            "   topic: gates, claims: [gates.c1], unchecked: y}}\n"
        ),
        "glossary": "- {{id: {0}, term: '{1}', says: T, topic: gates}}\n",
        "units.yaml": "- {{id: {0}, title: T, order: 1}}\n",
    }
    entry = entries[file.partition("/")[0]]
    ids = ["basics", "more"] if file == "units.yaml" else ["one", "two"]
    (course.path / other).write_text("".join(entry.format(item, item) for item in ids))
    line = 1
    if file == other:
        line = (course.path / file).read_text().count("\n") + 1
        with (course.path / file).open("a") as end:
            end.write(entry.format(ids[0], "again"))
    else:
        (course.path / file).write_text(entry.format(ids[0], "again").replace("gates.c1", "loops.c1"))
    (found,) = told(course, capsys)
    assert found == f"{file}:{line}: {ids[0]}: this id is also used in {other}:{place}."


@pytest.mark.parametrize("text", ["no head", "---\nid: [\n---\n## A\n", "---\nid: gates\0\n---\n"])
def test_a_note_that_cannot_be_read_is_the_only_problem(course: Any, capsys: Captured, text: str) -> None:
    course.cards["gates"][0]["back"] = "<<x>>"
    course.cards["loops"][0]["back"] = "[x](topic:gates)"
    course.write()
    (course.path / "topics" / "gates.md").write_text(text)
    (found,) = told(course, capsys)
    assert found.startswith("topics/gates.md:")
    main(["check", str(course.path)])
    out = capsys.readouterr().out
    assert "nothing else is looked at before every file can be read" in out
    assert "1 problems" in out


def test_units_that_cannot_be_read_are_the_only_problem(course: Any, capsys: Captured) -> None:
    course.glossary["basics"] = [{"id": "gate", "term": "gate", "says": "A gate.", "topic": "gates"}]
    course.pages["basics"] = "A page.\n"
    course.write()
    (course.path / "units.yaml").write_text("[]")
    (found,) = told(course, capsys)
    assert found.startswith("units.yaml: it must be a list")


def test_a_line_of_a_head_is_counted_from_the_top_of_the_file(course: Any, capsys: Captured) -> None:
    (course.path / "topics" / "gates.md").write_text("---\nid: gates\nunit: a: b\n---\n## A\n")
    (found,) = told(course, capsys)
    assert found.startswith("topics/gates.md: line 3, column 8")


def test_a_byte_order_mark_is_no_mistake(course: Any) -> None:
    for file in course.path.rglob("*.*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert [topic.id for topic in read_course(course.path).topics] == ["gates", "loops"]


@pytest.mark.parametrize(
    ("content", "code"), [(b"a\nb\0c", "0000"), (b"a\r\n\x0bc", "000B"), (b"\n\x7f", "007F")]
)
def test_a_sign_that_nobody_sees_is_told_with_its_line(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=rf"U\+{code}, which nobody sees") as refusal:
        decoded(content)
    assert refusal.value.line == 2
    assert decoded("a\tb\r\nü".encode()) == "a\tb\nü"


@pytest.fixture
def broken_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of ids with a line that git leaves behind."""
    (tmp_path / "checking").mkdir()
    (tmp_path / every_id.NAME).write_text("cards/a.yaml a\n=======\ncards/b.yaml b\n")
    monkeypatch.setattr(every_id, "files", lambda package: tmp_path)
    return tmp_path / every_id.NAME


@pytest.mark.usefixtures("broken_record")
def test_a_line_of_the_record_that_is_none_is_told() -> None:
    (problem,) = every_id.amiss(Course((), (), ()))
    assert str(problem).startswith("content/checking/every_id.txt:2: '=======' is no `file id`; take")


def test_keeping_stops_at_such_a_line(broken_record: Path, capsys: Captured) -> None:
    before = broken_record.read_text()
    assert main(["keep"]) == 1
    assert "content/checking/every_id.txt:2: '======='" in capsys.readouterr().err
    assert broken_record.read_text() == before


def test_words_are_looked_for_in_their_own_item_only() -> None:
    lines = {("cards/t.yaml", "one"): 1, ("cards/t.yaml", "two"): 3}
    course = Course(
        (), (), (), lines=lines, sources={"cards/t.yaml": "- id: one\n  a: x\n- id: two\n  a: y\n"}
    )
    assert [line_of(course, "cards/t.yaml", item, "a: y") for item in ("one", "two", "three")] == [0, 4, 0]
