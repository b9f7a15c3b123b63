"""Search finds every kind of thing by words, beginnings of words and Greek letters; it takes no commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.bank import Bank
from content.plain_text import plain
from content.search_snippet import MATCH


@pytest.fixture
def filled(course: Any, opened: Callable[[], Bank]) -> Bank:
    course.topics["gates"] += "\nThe *forgetful* gate is $\\sigma(W_f x)$, see [loops](topic:loops).\n"
    course.cards["gates"][0]["back"] = "A zebra, by $\\tanh$."
    course.questions["loops"][0]["ask"] = "Does a giraffe loop?"
    course.glossary["basics"] = [
        {"id": "okapi", "term": "okapi", "also": ["okapis"], "says": "A striped animal.", "topic": "loops"}
    ]
    course.formulas["basics"] = [
        {"id": "area", "title": "Area", "latex": r"A = \pi r^2", "where": "$r$: radius", "topic": "gates",
         "claims": ["gates.c1"], "draw": {"r": "positive"}, "check": ["r * r == r ** 2"]},
    ]  # fmt: skip
    course.pages["basics"] = "A page about quaggas, normalized."
    course.write()
    return opened()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("forgetful", ("note", "gates")),
        ("forget gate", ("note", "gates")),
        ("σ", ("note", "gates")),
        (r"\sigma", ("note", "gates")),
        ("W_f", ("note", "gates")),
        ("zebra", ("card", "gates-1")),
        ("ZEB", ("card", "gates-1")),
        ("giraffe", ("question", "loops-q1")),
        ("okapis", ("term", "okapi")),
        ("radius", ("formula", "area")),
        ("π", ("formula", "area")),
        ("quagga", ("unit", "basics")),
        ("zebras", ("card", "gates-1")),
        ("normalised", ("unit", "basics")),
        ("normalizes", ("unit", "basics")),
        ("what is the zebra", ("card", "gates-1")),
    ],
)
def test_each_kind_is_found(filled: Bank, words: str, found: tuple[str, str]) -> None:
    hits = filled.search(words)
    assert (hits[0].kind, hits[0].id) == found


def test_a_title_finds_its_note_before_the_cards(course: Any, opened: Callable[[], Bank]) -> None:
    course.topics["gates"] += "\n" + "Many other words stand in this long note. " * 60
    course.cards["loops"] = [course.card(f"loops-{n}", "loops") for n in range(99)]  # so that gates are rare
    course.write()
    kinds = [hit.kind for hit in opened().search("about gates")]
    assert kinds[0] == "note" and "card" in kinds


def test_the_match_is_marked(filled: Bank) -> None:
    (hit,) = filled.search("zebra")
    assert hit.snippet == f"Front of gates-1 — A {MATCH[0]}zebra{MATCH[1]}, by tanh."
    assert (hit.topic, hit.title) == ("gates", "About gates")


def test_what_has_all_words_comes_before_what_has_some(filled: Bank) -> None:
    found = [(hit.kind, hit.id) for hit in filled.search("giraffe loop")]
    assert found[0] == ("question", "loops-q1")
    assert len(found) == len(set(found)) > 1
    assert {hit.id for hit in filled.search("zebra giraffe")} == {"gates-1", "loops-q1"}
    assert [hit.id for hit in filled.search("zebra unheard")] == ["gates-1"]


def test_what_has_some_words_follows_however_much_has_all(course: Any, opened: Callable[[], Bank]) -> None:
    first = course.cards["gates"][0]
    course.cards["gates"] += [{**first, "id": f"gnu-{n}", "front": f"A gnu, a yak, {n}?"} for n in range(9)]
    course.cards["loops"][0]["back"] = "A yak alone, yak, yak, yak."
    course.write()
    found = [hit.id for hit in opened().search("gnu yak")]
    assert found[-1] == "loops-1" and len(found) == 10
    assert len(opened().search("gnu yak", 3)) == 3


def test_the_term_of_that_name_is_first(course: Any, opened: Callable[[], Bank]) -> None:
    course.glossary["basics"] = [
        {
            "id": "heading",
            "term": "heading",
            "also": ["headings", "HDG", "HD"],
            "says": "A line.",
            "topic": "loops",
        }
    ]
    course.topics["gates"] += "\nHeading, heading, HD, HDG, HDG.\n"
    course.cards["gates"][0]["back"] = "HDG"
    course.write()
    bank = opened()
    for words in ("HDG", "what is a hd", "Heading"):
        assert (bank.search(words)[0].id, bank.search(words)[0].title) == ("heading", "heading (HDG, HD)")
    assert bank.search("heading text")[0].kind == "note"


def test_no_words_find_nothing(filled: Bank) -> None:
    assert filled.search("") == filled.search(" _ ?! ") == ()
    assert len(filled.search("of", 1)) <= 1


def test_what_has_gone_is_not_found(filled: Bank, course: Any, opened: Callable[[], Bank]) -> None:
    del course.cards["gates"][0]
    course.retire(cards=["gates-1"])
    course.write()
    assert opened().search("zebra") == ()


@pytest.mark.parametrize(
    "words", ['"', "zebra AND", "NEAR(a b)", "title:zebra", "*", "a OR b", "-x", "{a}", "'; --"]
)
def test_the_language_of_the_index_is_not_ours(filled: Bank, words: str) -> None:
    assert isinstance(filled.search(words), tuple)


@pytest.mark.parametrize(
    "words",
    [
        "π^2 ≥ ∑_i",
        "½ ² ① ﬁ",
        "\x00 zebra \ud800",
        "İstanbul ß ǅ",
        "ze\u0301bra",
        "alpha__",
        "𝜎" * 300,
        "zebra " * 99,
    ],
)
def test_any_writing_is_searched(filled: Bank, words: str) -> None:
    assert isinstance(filled.search(words), tuple)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(max_size=250) | st.text(alphabet="ze bra*\"'():^+-{}_σORANDNEAR", max_size=80),
    most=st.integers(0, 9),
)
def test_any_text_finds_something_or_nothing(filled: Bank, words: str, most: int) -> None:
    hits = filled.search(words, most)
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits) <= most


@given(st.text(max_size=60))
def test_plain_text_is_one_line(text: str) -> None:
    assert "\n" not in plain(text)


def test_plain_text_of_a_note() -> None:
    note = "## Gates\n\n- **A** [link](topic:x), $\\frac{\\partial L}{\\partial W_h}$ costs \\$5\n\n"
    note += "| a | b |\n|---|---|\n"
    assert plain(note) == "Gates A link, partial L partial W_h costs $5 a b"
