"""No id goes without a word: the bank refuses, keeps what it had, and says what to do; so does the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from content.__main__ import main
from content.bank import Bank
from content.checking import every_id
from content.clock import Moment
from content.course import Course, Retired
from content.course_reader import read_course
from content.errors import CourseError
from content.lasting import Id, standing, vanished
from content.loader import read_files
from content.records import Rating

Open = Callable[[], Bank]
Change = Callable[[Any], object]
TERM = {"id": "gate", "term": "gate", "says": "A gate.", "topic": "gates"}
FORMULA = {
    **{"id": "area", "title": "Area", "latex": "A = r^2", "where": "r", "topic": "gates"},
    **{"claims": ["gates.c1"], "unchecked": "plain"},
}
DOOR = """
{id: door, title: A door, topics: [gates], claims: [gates.c1], size: [8, 6],
 parts: [{id: hinge, label: the hinge, says: A hinge., draw: [{box: h, at: [2, 2], text: hinge}]}]}
"""


@pytest.fixture
def whole(course: Any) -> Any:
    """A course with something in every folder; written."""
    course.glossary["basics"] = [TERM]
    course.formulas["basics"] = [FORMULA]
    course.diagrams["door"] = DOOR
    course.write()
    return course


def read(course: Any) -> Course:
    found, problems = read_course(read_files(course.path))
    assert problems == []
    return found


VANISH: dict[str, Change] = {
    "cards/gates.yaml: gates-1: stood here": lambda c: c.cards["gates"].pop(0),
    "cards/gates.yaml: gates-1, gates-2, gates-3: stood here and are gone": lambda c: c.cards.pop("gates"),
    "list it under `cards` in retired.yaml, or under `was`": lambda c: c.cards["gates"].pop(0),
    "questions/gates.yaml: gates-q2: stood here": lambda c: c.questions["gates"].pop(1),
    "topics/gates.md: gates: stood here and is gone without a word": lambda c: (
        [part.pop("gates") for part in (c.topics, c.cards, c.questions)],
        [part.clear() for part in (c.glossary, c.formulas, c.diagrams)],
    ),
    "glossary/basics.yaml: gate: stood here": lambda c: c.glossary.clear(),
    "formulas/basics.yaml: area: stood here": lambda c: c.formulas.clear(),
    "diagrams/door.yaml: door: stood here": lambda c: c.diagrams.clear(),
    "cards/gates.yaml: gates-1: stood": lambda c: c.cards["gates"][0].update(id="gates-one"),
}


@pytest.mark.parametrize(("sentence", "change"), VANISH.items(), ids=VANISH.keys())
def test_what_vanishes_without_a_word_is_refused(
    whole: Any, opened: Open, noon: Moment, dump: Callable[[], list[str]], sentence: str, change: Change
) -> None:
    bank = opened()
    bank.answer("gates-1", Rating.EASY, noon, 100)
    bank.answer("label-door", Rating.GOOD, noon, 100)
    before = dump()
    change(whole)
    whole.write()
    bank = opened()
    assert isinstance(bank.warning, CourseError)
    assert sentence in str(bank.warning)
    assert "label-door" not in str(bank.warning), "a labelling card goes with its picture"
    assert dump() == before
    assert {card.id for card in bank.cards("gates")} >= {"gates-1", "label-door"}
    assert bank.answer("gates-1", Rating.GOOD, noon, 100).cards == ("gates-1",)


def test_a_whole_course_that_is_not_there_is_refused(
    whole: Any, opened: Open, dump: Callable[[], list[str]]
) -> None:
    opened()
    before = dump()
    for part in (whole.topics, whole.cards, whole.questions, whole.glossary, whole.formulas, whole.diagrams):
        part.clear()
    whole.write()
    assert isinstance(opened().warning, CourseError)
    assert dump() == before


def test_the_newest_place_is_told(whole: Any, opened: Open) -> None:
    opened()
    whole.cards["loops"].append(whole.cards["gates"].pop(0))
    whole.write()
    assert opened().warning is None
    whole.cards["loops"].pop()
    whole.write()
    assert "cards/loops.yaml: gates-1: stood here" in str(opened().warning)


def test_what_is_listed_goes_and_a_picture_takes_its_card_along(whole: Any, opened: Open) -> None:
    opened()
    whole.glossary.clear(), whole.formulas.clear(), whole.diagrams.clear()
    whole.retire(glossary=["gate"], formulas=["area"], diagrams=["door"])
    whole.write()
    bank = opened()
    assert bank.warning is None
    assert (bank.terms(), bank.formulas(), bank.diagrams()) == ((), (), ())
    assert bank.loaded.details == {"label-door": "retired"}
    whole.write()
    assert opened().warning is None


def test_a_bank_that_retired_something_before_there_was_a_list_opens(
    whole: Any, opened: Open, path: Any
) -> None:
    opened()
    whole.cards["gates"].pop(0)
    whole.retire(cards=["gates-1"])
    whole.write()
    assert opened().loaded.details == {"gates-1": "retired"}
    whole.retired.clear()
    whole.write()
    bank = opened()
    assert bank.warning is None


def test_was_speaks_for_its_own_kind_only(whole: Any, opened: Open) -> None:
    """What was learnt of a card cannot go to a question."""
    opened()
    whole.cards["gates"].pop(0)
    whole.questions["gates"][0]["was"] = ["gates-1"]
    whole.write()
    assert "cards/gates.yaml: gates-1: stood here" in str(opened().warning)


AMISS: dict[str, Change] = {
    "gates-1: is listed here, but it stands in cards/gates.yaml": lambda c: c.retire(cards=["gates-1"]),
    "gates-1: is listed here, but it stands": lambda c: c.retire(questions=["gates-1"]),
    "gates: is listed here, but it stands in topics/gates.md": lambda c: c.retire(topics=["gates"]),
    "door: is listed here, but it stands in diagrams/door.yaml": lambda c: c.retire(diagrams=["door"]),
    "old: is listed here, but also under `was` of 'gates-1'": lambda c: (
        c.retire(cards=["old"]),
        c.cards["gates"][0].update(was=["old"]),
    ),
    "'old' is listed twice under cards": lambda c: (c.retire(cards=["old"]), c.retire(cards=["old"])),
    "entry 1: names no id; give a list under units, topics": lambda c: c.retire(),
    "entry 1: why is missing": lambda c: c.retired.append({"cards": ["old"]}),
    "entry 1: the key 'card' is not known here": lambda c: c.retire(card=["old"]),
    "'Old One' in cards is not an id": lambda c: c.retire(cards=["Old One"]),
}


@pytest.mark.parametrize(("sentence", "change"), AMISS.items(), ids=AMISS.keys())
def test_a_list_that_is_wrong_is_refused_with_its_line(
    whole: Any, sentence: str, change: Change, capsys: pytest.CaptureFixture[str]
) -> None:
    change(whole)
    whole.write()
    assert main(["check", str(whole.path)]) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if sentence in line)
    assert line.startswith(("retired.yaml:1: ", "retired.yaml:4: ")), line


def test_a_term_may_be_called_like_a_card_that_went(whole: Any, opened: Open) -> None:
    """Only cards and questions share their ids."""
    whole.retire(cards=["gate"], topics=["door"])
    whole.write()
    assert opened().warning is None


def test_the_record_misses_what_is_gone(whole: Any) -> None:
    known = standing(read(whole))
    assert ("cards", "label-door") not in known
    assert known["units", "basics"] == "units.yaml"
    del whole.cards["gates"][0]
    found = [*map(str, every_id.untold(read(whole), known))]
    assert found == []  # not written yet
    whole.write()
    (gone,) = every_id.untold(read(whole), known)
    assert str(gone).startswith("cards/gates.yaml: gates-1: stood here and is gone without a word")


def test_the_record_asks_to_be_kept_and_knows_what_never_was(whole: Any) -> None:
    course = read(whole)
    known = {place: file for place, file in standing(course).items() if place[0] != "questions"}
    course = replace(course, retired=(Retired("cards", "gates-9"),))
    never, *new = map(str, every_id.untold(course, known))
    assert never == "retired.yaml: gates-9: there never was such an id under cards; look at its spelling."
    assert [sentence.split(" is ")[0].split(" are ")[0] for sentence in new] == [
        "questions/gates.yaml: gates-q1: this id and 2 more",
        "questions/loops.yaml: loops-q1: this id and 2 more",
    ]
    assert "python -m content keep" in new[0]


def test_the_record_is_the_same_after_a_trip_to_the_disk(whole: Any) -> None:
    known: dict[Id, str] = {**standing(read(whole)), ("glossary", "door"): "glossary/old.yaml"}
    text = every_id.written(known)
    assert every_id.read(text) == known
    assert text.splitlines() == sorted(text.splitlines())
    assert "units.yaml basics\n" in text


def test_keeping_adds_and_never_forgets(whole: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "checking").mkdir()
    record = tmp_path / every_id.NAME
    record.write_text("cards/gates.yaml old-card\ncards/old.yaml gates-1\n")
    monkeypatch.setattr(every_id, "files", lambda package: tmp_path)
    course = read(whole)
    assert every_id.keep(course) == len(standing(course)) - 1
    assert every_id.keep(course) == 0
    assert "cards/gates.yaml old-card\n" in record.read_text()
    assert "cards/gates.yaml gates-1\n" in record.read_text()
    assert [problem.item for problem in vanished(every_id.every_id(), course)] == ["old-card"]


def test_nothing_of_the_shipped_course_is_gone_without_a_word() -> None:
    course, _ = read_course(read_files())
    known = every_id.every_id()
    assert [*every_id.untold(course, known)] == []
    assert len(known) > 2000
    assert {"units", "topics", "cards", "questions", "glossary", "formulas", "diagrams"} == {
        folder for folder, _ in known
    }
