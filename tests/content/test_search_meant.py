"""Search finds what was meant: a kind by its word, a thing by its other names, a word with a letter wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content import migrations
from content.bank import Bank


@pytest.fixture
def zoo(course: Any, opened: Callable[[], Bank]) -> Bank:
    """Each kind of thing says zebra; a term has names of which its note knows nothing."""
    course.topics["gates"] = course.topics["gates"].replace("About gates", "The striped zebra")
    course.topics["gates"] += "\nA zebra zebra, a zebra. A formula, a card, a question, a definition.\n"
    course.cards["gates"][0]["back"] = "A zebra."
    course.cards["gates"][1]["back"] = "A formula."
    course.cards["gates"][2]["back"] = "A card."
    course.questions["gates"][0]["ask"] = "Is a zebra striped?"
    course.glossary["basics"] = [
        {"id": "zebra", "term": "zebra", "also": ["zebras"], "says": "An animal.", "topic": "gates"},
        {"id": "okapi", "term": "forest giraffe of Congo", "also": ["okapi", "FG"], "says": "Shy.",
         "topic": "loops"},
        {"id": "mini-bat", "term": "mini-bat", "says": "A flying animal.", "topic": "loops"},
    ]  # fmt: skip
    course.formulas["basics"] = [
        {"id": "area", "title": "Stripes of a zebra", "latex": r"A_t = \alpha_t r", "where": "$r$: radius",
         "topic": "gates", "claims": ["gates.c1"], "draw": {"r": "positive"}, "check": ["r * r == r ** 2"]},
    ]  # fmt: skip
    course.write()
    return opened()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("zebra formula", "formula"),
        ("equations of the zebra", "formula"),
        ("striped formula", "formula"),  # as its note is
        ("define zebra", "term"),
        ("card about a zebra", "card"),
        ("zebra question", "question"),
        ("striped zebra", "note"),
    ],
)
def test_a_word_for_a_kind_puts_that_kind_first(zoo: Bank, words: str, kind: str) -> None:
    assert zoo.search(words)[0].kind == kind


def test_a_kind_alone_is_a_word(zoo: Bank) -> None:
    assert {(hit.kind, hit.id) for hit in zoo.search("formula")} == {("note", "gates"), ("card", "gates-2")}
    assert [hit.kind for hit in zoo.search("card")] == ["note", "card"]
    assert "gates-2" not in {hit.id for hit in zoo.search("radius formula")}


def test_a_name_of_a_term_finds_the_note_that_explains_it(zoo: Bank) -> None:
    for name in ("okapi", "FG", "fgoc", "forest giraffe of congo"):
        assert [(hit.kind, hit.id) for hit in zoo.search(name)][:2] == [("term", "okapi"), ("note", "loops")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zeebra", "zebra"),
        ("zebar", "zebra"),
        ("ebra", ""),  # its first letter
        ("girafe", "okapi"),
        ("grafife", "okapi"),
        ("xzebra", "zebra"),
        ("striepd", "gates"),
        ("minibat", "mini-bat"),
        ("mini bats", "mini-bat"),
        ("oka pi", "okapi"),
        ("alpha_t", "area"),
        ("qqqqq", ""),
    ],
)
def test_a_slip_is_forgiven(zoo: Bank, typed: str, found: str) -> None:
    ids = [hit.id for hit in zoo.search(typed)]
    assert found in ids[:2] if found else not ids


def test_a_word_that_is_there_is_not_mended(course: Any, opened: Callable[[], Bank]) -> None:
    course.cards["gates"][0]["back"] = "A zebra."
    course.cards["gates"][1]["back"] = "A zebro."
    course.write()
    bank = opened()
    assert [hit.id for hit in bank.search("zebro")] == ["gates-2"]
    assert {hit.id for hit in bank.search("zebr")} == {"gates-1", "gates-2"}


def test_a_letter_among_words_is_a_symbol(zoo: Bank) -> None:
    assert "area" in {hit.id for hit in zoo.search("r")}
    assert zoo.search("s") and not zoo.search("s qqqqq")


def test_a_long_query_is_cut(zoo: Bank) -> None:
    """By its length, by its words, and by the words to be mended, which take time."""
    assert zoo.search("grafife") and zoo.search("qqqqq grafife")
    assert not zoo.search("q" * 200 + " okapi")
    assert zoo.search("xxxx " * 11 + "okapi") and not zoo.search("xxxx " * 12 + "okapi")
    assert zoo.search("xxxx " * 2 + "grafife") and not zoo.search("xxxx " * 3 + "grafife")


def test_two_words_are_one_only_as_a_name(course: Any, opened: Callable[[], Bank]) -> None:
    course.cards["gates"][0]["back"] = "It is for getting on."
    course.cards["gates"][1]["back"] = "Do not forget it."
    course.write()
    assert [hit.id for hit in opened().search("forget")] == ["gates-2"]


def test_other_endings_are_found(course: Any, opened: Callable[[], Bank]) -> None:
    course.cards["gates"][0]["back"] = "It vanishes, as it is derived."
    course.write()
    bank = opened()
    for words in ("vanishing", "vanished", "derivation", "derive"):
        assert [hit.id for hit in bank.search(words)] == ["gates-1"]


def test_the_words_of_a_card_count_more_than_its_topic(course: Any, opened: Callable[[], Bank]) -> None:
    for number, card in enumerate(course.cards["gates"]):
        card["front"] = f"A yak, {number}?"
    course.cards["loops"][0]["back"] = "Gates, gates."
    course.write()
    cards = [hit.id for hit in opened().search("gates") if hit.kind == "card"]
    assert cards == ["loops-1", "gates-1", "gates-2", "gates-3"]


def test_a_bank_of_version_2_learns_the_names(zoo: Bank, path: Path, opened: Callable[[], Bank]) -> None:
    """With the same files, which are therefore read once more."""
    zoo.close()
    raw = sqlite3.connect(path)
    raw.executescript(
        "DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5("
        "kind UNINDEXED, id UNINDEXED, topic UNINDEXED, title, body); PRAGMA user_version = 2"
    )
    raw.close()
    assert [hit.id for hit in opened().search("okapi")] == ["okapi", "loops"]
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA,)
    raw.close()


def test_a_bank_that_is_only_read_is_searched(zoo: Bank, path: Path, opened: Callable[[], Bank]) -> None:
    zoo.close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    raw.close()
    before = path.read_bytes()
    bank = opened()
    assert bank.read_only
    assert {hit.id for hit in bank.search("okapy")} == {"okapi", "loops"}
    bank.close()
    assert path.read_bytes() == before
