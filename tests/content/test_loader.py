"""The course changes, what was learnt stays: typos, moves, renames, removals, returns, broken files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content.bank import Bank
from content.clock import Moment
from content.errors import CourseError, UnknownItem
from content.loader import read_course
from content.records import Mark, Rating, Response

Open = Callable[[], Bank]
ROOT = Path(__file__).resolve().parents[2]
FORMULA = r"""
- {id: area, title: Area, latex: 'A = \pi r^2', where: r, topic: gates, claims: [gates.c1], unchecked: plain}
"""
DOOR = """
id: door
title: A door
topics: [gates]
claims: [gates.c1]
size: [8, 6]
parts:
  - id: hinge
    label: the hinge
    says: A hinge.
    draw:
      - {box: hinge, at: [2, 2], size: [2, 1], text: hinge}
"""
CARD = "- {id: gates-1, front: Front, back: 'Back', claims: [gates.c1]}"
TOPIC = """---
id: gates
unit: basics
order: 1
title: About gates
summary: All about gates.
claims: [gates.c1]
needs: []
---
## Heading

Text.
"""


@pytest.fixture
def studied(opened: Open, noon: Moment) -> Bank:
    """A bank in which gates-1 was reviewed twice and gates-q1 was answered once."""
    bank = opened()
    for _ in range(2):
        bank.answer("gates-1", Rating.EASY, noon, 100)
    bank.record_attempt(bank.question("gates-q1", 3), Response((0,)), Mark(True, 1.0, ""), noon, 100)
    return bank


def learnt(bank: Bank, topic: str = "gates") -> tuple[int, int]:
    """(cards seen, questions right) of a topic."""
    found = next(p for p in bank.progress() if p.topic == topic)
    return found.seen, found.right


def card_ids(bank: Bank, topic: str) -> list[str]:
    return [card.id for card in bank.cards(topic)]


def test_the_first_load_brings_everything(bank: Bank) -> None:
    assert (bank.loaded.topics, bank.loaded.cards, bank.loaded.questions) == (2, 6, 6)
    assert bank.loaded.added == 14
    assert [topic.id for topic in bank.topics()] == ["gates", "loops"]
    assert bank.topic("gates").body == "## Heading\n\nText with $x_t$.\n"
    with pytest.raises(UnknownItem):
        bank.topic("robert")


def test_loading_again_changes_nothing(studied: Bank, opened: Open, dump: Callable[[], list[str]]) -> None:
    before = dump()
    again = opened()
    assert again.loaded.added == again.loaded.changed == again.loaded.retired == 0
    assert dump() == before


def test_a_typo_keeps_the_history(studied: Bank, opened: Open, course: Any) -> None:
    course.cards["gates"][0]["front"] = "Front, spelt right"
    course.questions["gates"][0]["ask"] = "Is it really so?"
    course.write()
    bank = opened()
    assert bank.loaded.details == {"gates-1": "changed", "gates-q1": "changed"}
    assert bank.cards("gates")[0].front == "Front, spelt right"
    assert learnt(bank) == (1, 1)


def test_reordering_is_no_change(studied: Bank, opened: Open, course: Any) -> None:
    course.cards["gates"].reverse()
    course.write()
    bank = opened()
    assert (bank.loaded.changed, bank.loaded.details) == (0, {})
    assert card_ids(bank, "gates") == ["gates-3", "gates-2", "gates-1"]
    assert learnt(bank) == (1, 1)


def test_a_card_that_moves_to_another_file_keeps_the_history(
    studied: Bank, opened: Open, course: Any
) -> None:
    course.cards["loops"].append(course.cards["gates"].pop(0))
    course.write()
    bank = opened()
    assert learnt(bank) == (0, 1)
    assert learnt(bank, "loops") == (1, 0)
    assert len(course.cards["loops"]) == len(bank.cards("loops")) == 4


def test_a_rename_takes_the_history_along(studied: Bank, opened: Open, course: Any) -> None:
    course.cards["gates"][0] |= {"id": "gates-first", "was": ["gates-1"]}
    course.questions["gates"][0] |= {"id": "gates-so", "was": ["gates-q1"]}
    course.write()
    bank = opened()
    assert bank.loaded.details == {
        "gates-first": "renamed from gates-1",
        "gates-so": "renamed from gates-q1",
    }
    assert learnt(bank) == (1, 1)
    assert bank.undo_label() == "Undo “Easy” on About gates"
    assert opened().loaded.details == {}


def test_a_rename_that_was_noted_one_load_too_late(studied: Bank, opened: Open, course: Any) -> None:
    course.cards["gates"][0]["id"] = "gates-first"
    course.retire(cards=["gates-1"])
    course.write()
    assert learnt(opened()) == (0, 1)
    course.cards["gates"][0]["was"] = ["gates-1"]
    course.retired.clear()
    course.write()
    assert learnt(opened()) == (1, 1)


def test_a_rename_onto_an_item_with_its_own_history_loses_neither(
    studied: Bank, opened: Open, course: Any, noon: Moment, dump: Callable[[], list[str]]
) -> None:
    studied.answer("gates-2", Rating.GOOD, noon, 100)
    course.cards["gates"].pop(0)
    course.cards["gates"][0]["was"] = ["gates-1"]
    course.write()
    bank = opened()
    assert bank.loaded.details["gates-1"] == "retired"
    assert sum('INSERT INTO "review"' in line for line in dump()) == 3


def test_what_vanishes_is_retired_and_comes_back_with_its_history(
    studied: Bank, opened: Open, course: Any, noon: Moment
) -> None:
    card, question = course.cards["gates"].pop(0), course.questions["gates"].pop(0)
    course.retire(cards=["gates-1"], questions=["gates-q1"])
    course.write()
    bank = opened()
    assert bank.loaded.details == {"gates-1": "retired", "gates-q1": "retired"}
    assert learnt(bank) == (0, 0)
    assert "gates-1" not in card_ids(bank, "gates")
    found = bank.next_due(noon.plus(1000 * 86_400_000))
    assert found is not None
    assert found.card.id != "gates-1"
    assert "gates-q1" not in {q.id for q in bank.quiz(100, 1)}
    assert opened().loaded.details == {}

    course.cards["gates"].append(card)
    course.questions["gates"].append(question)
    course.retired.clear()
    course.write()
    bank = opened()
    assert bank.loaded.details == {"gates-1": "returned", "gates-q1": "returned"}
    assert learnt(bank) == (1, 1)


def test_a_whole_topic_vanishes_and_returns(studied: Bank, opened: Open, course: Any) -> None:
    kept = course.topics.pop("gates"), course.cards.pop("gates"), course.questions.pop("gates")
    cards, questions = ([item["id"] for item in items] for items in kept[1:])
    course.retire(topics=["gates"], cards=cards, questions=questions)
    course.write()
    bank = opened()
    assert [topic.id for topic in bank.topics()] == ["loops"]
    assert (bank.loaded.cards, bank.loaded.retired) == (3, 7)
    course.topics["gates"], course.cards["gates"], course.questions["gates"] = kept
    course.retired.clear()
    course.write()
    assert learnt(opened()) == (1, 1)


def test_of_a_card_that_is_split_the_first_half_keeps_the_history(
    studied: Bank, opened: Open, course: Any
) -> None:
    """Two cards may not both be the old one: the other half begins as new."""
    first, *rest = course.cards["gates"]
    halves = [{**first, "id": "gates-1a", "was": ["gates-1"]}, {**first, "id": "gates-1b", "back": "More"}]
    course.cards["gates"] = [*halves, *rest]
    course.write()
    bank = opened()
    assert learnt(bank) == (1, 1)
    assert (bank.loaded.cards, bank.loaded.added, bank.loaded.retired) == (7, 1, 0)
    assert bank.undo_label() == "Undo “Easy” on About gates"


def test_a_topic_that_moves_to_another_unit_keeps_the_history(
    studied: Bank, opened: Open, course: Any
) -> None:
    course.topics["gates"] = course.topics["gates"].replace("order: 1", "order: 9")
    course.topics["gates"] = course.topics["gates"].replace("About gates", "Gates and doors")
    course.write()
    bank = opened()
    assert [topic.title for topic in bank.topics()] == ["About loops", "Gates and doors"]
    assert learnt(bank) == (1, 1)


def test_a_labelling_card_is_a_card_like_the_others(opened: Open, course: Any, noon: Moment) -> None:
    course.diagrams["door"] = DOOR
    course.write()
    bank = opened()
    assert card_ids(bank, "gates")[-1] == "label-door"
    assert [diagram.id for diagram in bank.diagrams()] == ["door"]
    bank.answer("label-door", Rating.GOOD, noon, 100)
    course.diagrams["door"] = DOOR.replace("A hinge", "A better hinge")
    course.write()
    bank = opened()
    assert learnt(bank) == (1, 0)
    assert bank.diagrams()[0].parts[0].says == "A better hinge."


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("cards/gates.yaml", "- id: [", "cards/gates.yaml: line 2"),
        ("cards/gates.yaml", "- !!python/object/apply:os.system ['touch pwned']", "line 1, column 3"),
        ("cards/gates.yaml", "just words", "must be a list"),
        ("cards/gates.yaml", "- {id: a, id: b}", "the key 'id' occurs twice"),
        ("cards/gates.yaml", "- {id: a-b, front: x, claims: [gates.c1]}", "a-b: back is missing"),
        ("questions/loops.yaml", "- {id: q, kind: essay}", "q: kind is 'essay'"),
        ("topics/gates.md", "no head", "topics/gates.md: it must begin with a head"),
        ("units.yaml", "[]", "units.yaml"),
        ("units/magic.md", "A page.", "unit 'magic' is not in units.yaml"),
        (
            "glossary/basics.yaml",
            "- {id: a-b, term: a, says: b, topic: sky}",
            "glossary/basics.yaml:1: a-b: topic 'sky'",
        ),
        ("formulas/basics.yaml", "- {id: a-b}", "formulas/basics.yaml:1: a-b: title is missing"),
        ("formulas/basics.yaml", FORMULA.replace("r^2", r"\squared"), r"\squared is no command"),
        ("formulas/basics.yaml", FORMULA + FORMULA, "this id is also used"),
        ("diagrams/a-b.yaml", "id: a-b", "diagrams/a-b.yaml:1: a-b"),
        ("cards/gates.yaml", CARD.replace("Back", r"$\fraq{1}{2}$"), r"did you mean \frac?"),
        (
            "topics/gates.md",
            TOPIC.replace("needs: []", "needs: [loops]"),
            "topics/gates.md:8: gates: needs itself: gates -> loops -> gates.",
        ),
        (
            "topics/gates.md",
            TOPIC.replace("needs: []", "numbers: {x: 1/0}"),
            "numbers: x: this cannot be computed",
        ),
        ("topics/gates.md", TOPIC + "\n[x](lab:magic)\n", "topics/gates.md:14: gates: links to 'magic'"),
    ],
)
def test_a_broken_file_leaves_the_course_as_it_was(
    studied: Bank,
    opened: Open,
    course: Any,
    dump: Callable[[], list[str]],
    file: str,
    text: str,
    sentence: str,
) -> None:
    course.topics["loops"] = course.topics["loops"].replace("---\n##", "needs: [gates]\n---\n##")
    course.write()
    opened()
    before = dump()
    (course.path / file).write_text(text)
    bank = opened()
    assert isinstance(bank.warning, CourseError)
    assert sentence in str(bank.warning)
    assert dump() == before
    assert learnt(bank) == (1, 1)
    assert not Path("pwned").exists()


def test_bytes_that_are_not_utf8_are_named(course: Any) -> None:
    (course.path / "cards" / "gates.yaml").write_bytes(b"- id: \xff")
    with pytest.raises(CourseError, match=r"cards/gates.yaml: byte 6 is not UTF-8"):
        read_course(course.path)


def test_opening_an_unchanged_bank_reads_no_yaml_and_no_orm(path: Path, noon: Moment) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom content.bank import Bank\n"
        "from content.clock import Moment\n"
        f"Bank.open(Path({str(path)!r}), Moment({noon.utc_ms})).close()\n"
        "print(*[m for m in ('yaml', 'sqlalchemy.orm', 'numpy', 'torch', 'sympy') if m in sys.modules])"
    )

    def run() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
        )
        return set(done.stdout.split())

    first, second = run(), run()
    assert "yaml" in first
    assert second == set()
