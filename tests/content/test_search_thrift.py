"""A search does no more than it must: the rest of a keystroke belongs to the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import search_snippet
from content.bank import Bank
from content.search_table import KINDS, PLACES
from content.search_words import IndexWords


@pytest.fixture
def questions(course: Any, opened: Callable[[], Bank]) -> tuple[Bank, list[str]]:
    """A bank, and what SQLite is asked from now on."""
    course.cards["gates"][0]["back"] = "The zebra nods."
    course.write()
    bank = opened()
    asked: list[str] = []
    with bank._file.reading() as connection:
        connection.connection.driver_connection.set_trace_callback(asked.append)
    return bank, asked


def test_a_snippet_is_cut_when_it_is_shown(
    questions: tuple[Bank, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[str] = []
    real = search_snippet.snippet
    monkeypatch.setattr(search_snippet, "snippet", lambda text, words: cut.append(text) or real(text, words))
    hits = questions[0].search("gates")
    assert len(hits) > 3 and not cut
    assert "gates" in hits[0].snippet and len(cut) == 1


def test_the_words_of_the_index_are_read_once(questions: tuple[Bank, list[str]]) -> None:
    bank, asked = questions
    assert bank.search("zebra nods loops text")
    asked.clear()
    assert bank.search("zebra nods loops text")
    assert sum("SELECT" in said and not said.startswith("--") for said in asked) == 1


def test_a_new_course_has_its_own_words(course: Any, opened: Callable[[], Bank]) -> None:
    from content import loader

    bank = opened()
    assert not bank.search("okapi")
    course.cards["gates"][0]["back"] = "An okapi."
    course.write()
    with bank._file.writing() as connection:
        loader.load(connection, loader.read_files(course.path))
    assert [hit.id for hit in bank.search("okapy")] == ["gates-1"]


def test_the_number_of_a_row_says_its_kind(course: Any, opened: Callable[[], Bank]) -> None:
    course.glossary["basics"] = [{"id": "yak", "term": "yak", "says": "A gates animal.", "topic": "gates"}]
    course.pages["basics"] = "About gates."
    course.write()
    with opened()._file.reading() as connection:
        rows = connection.exec_driver_sql("SELECT rowid, kind FROM search").all()
    assert {kind for _, kind in rows} == {"note", "unit", "card", "question", "term"}
    assert all(number // PLACES == KINDS[kind] for number, kind in rows)


def test_a_bank_whose_rows_are_numbered_from_1_is_searched_as_well(
    course: Any, opened: Callable[[], Bank]
) -> None:
    """So did an earlier program; a bank that cannot be written keeps its rows."""
    course.glossary["basics"] = [{"id": "yak", "term": "gates", "says": "An animal.", "topic": "loops"}]
    course.pages["basics"] = "About gates, About gates."
    course.write()
    bank = opened()
    asked = (
        "gates",
        "about gates",
        "gates-2",
        "gates card",
        "what is the question about loops",
        "so no gates",
    )
    hits = [bank.search(words) for words in asked]
    assert all(hits)
    with bank._file.writing() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM search ORDER BY rowid % 1000000").all()
        connection.exec_driver_sql("DELETE FROM search")
        put = (
            "INSERT INTO search (rowid, kind, id, topic, title, names, body, shown) VALUES (?,?,?,?,?,?,?,?)"
        )
        connection.exec_driver_sql(put, [(number, *row) for number, row in enumerate(rows, 1)])
    assert [bank.search(words) for words in asked] == hits


def test_a_word_with_accents_may_be_two(course: Any, opened: Callable[[], Bank]) -> None:
    course.glossary["basics"] = [{"id": "yak", "term": "zebra yaks", "says": "Animals.", "topic": "gates"}]
    course.write()
    bank = opened()
    for word in ("zebrayaks", "zebrayáks", "zebrayák"):
        assert {hit.id for hit in bank.search(word)} == {"yak", "gates"}, word  # and the note it belongs to


WORDS = st.lists(st.text(alphabet="abé_𝜎", min_size=1, max_size=5), max_size=20)


@given(WORDS, st.text(alphabet="abé_𝜎", max_size=4))
def test_beginnings_are_found(words: list[str], start: str) -> None:
    index = IndexWords(words)
    begun = sorted(word for word in words if word.startswith(start))
    assert list(index.beginning(start)) == begun
    assert index.any_begins(start) == bool(begun)
    assert (start in index) == (start in words)
