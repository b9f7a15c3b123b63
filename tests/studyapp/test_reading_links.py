"""Every link of the course leads to something real; what leads nowhere is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.derivations import catalogue
from engine.errors import ConfigError
from engine.presets import PRESETS, preset_of
from engine.symbolic.functions import parse_function
from engine.symbolic.jobs import CodeJob, CompareJob, GradientJob
from engine.symbolic.parser import parse_recurrence
from studyapp import code_examples
from studyapp.quiz_wish import QuizWish
from studyapp.reading.library import Library
from studyapp.reading.links import gradient, presets_for, way
from studyapp.reading.memory import ReadingMemory
from studyapp.reading.place import SPECIAL, ReadingPlace
from studyapp.settings import Settings
from studyapp.store import Store

_LINK = re.compile(r"\]\((?:<([^>]*)>|([^()\s]*(?:\([^()]*\)[^()\s]*)*))\)")


def library(store: Store) -> Library:
    return Library(store, ReadingMemory(store, Settings(None)))


def links(store: Store) -> Iterator[tuple[str, str]]:
    """(where it stands, address) of every link in the texts of the course, and every derivation of a note."""
    texts = {topic.id: topic.body for topic in store.topics()}
    texts |= {f"unit {unit.id}": unit.body for unit in store.units()}
    texts |= {f"term {term.id}": term.says for term in store.terms()}
    texts |= {f"formula {one.id}": f"{one.where} {one.note}" for one in store.formulas()}
    for topic in store.topics():
        texts |= {f"card {card.id}": f"{card.front} {card.back}" for card in store.cards(topic.id)}
        yield from ((f"derive of {topic.id}", target) for target in topic.derive)
    for where, text in texts.items():
        for angled, plain in _LINK.findall(text):
            yield where, angled or plain


def test_every_link_of_the_course_leads_to_something_real(store: Store) -> None:
    shelf, count = library(store), 0
    for where, address in links(store):
        found = way(address)
        assert found.words, where
        if isinstance(found.target, ReadingPlace):
            assert not shelf.missing(found.target), (where, address)
        elif isinstance(found.target, GradientJob):
            assert catalogue.refused(found.target) is None, (where, address)
        elif isinstance(found.target, CompareJob):
            parse_function(found.target.first)
            parse_function(found.target.second)
        elif isinstance(found.target, CodeJob):
            assert found.target.text in dict(code_examples.EXAMPLES).values(), where
        elif found.page == "lab":
            assert preset_of(str(found.target)), where
        else:
            assert found.page == "derive", where
            parse_recurrence(str(found.target))
        count += 1
    assert count > 10


def test_every_place_of_the_library_is_there_and_has_a_text(store: Store) -> None:
    shelf = library(store)
    for address in (*shelf.order, *SPECIAL):
        where = ReadingPlace.read(address)
        assert where is not None
        assert not shelf.missing(where)
        text = shelf.text(where)
        assert text.markdown.strip()
        assert shelf.heading(where).title == shelf.title(where.key)
        assert shelf.paper(where).markdown.startswith("# ")
        headings = len(re.findall(r"^#{1,6} ", text.markdown, re.MULTILINE))
        assert all(0 <= number < max(1, headings) for number in text.anchors.values())


def test_the_lab_of_a_topic_begins_with_what_is_mainly_about_it() -> None:
    topics = {topic for preset in PRESETS for topic in preset.topics}
    for topic in topics:
        found = presets_for(topic)
        assert {preset.id for preset in found} == {p.id for p in PRESETS if topic in p.topics}
        assert [p.topics.index(topic) for p in found] == sorted(p.topics.index(topic) for p in found)
    assert presets_for("no-such-topic") == ()


@pytest.mark.parametrize(
    ("address", "page", "target"),
    [
        ("derive:T(n)%20=%202T(n-1),%20T(0)%20=%201", "derive", "T(n) = 2T(n-1), T(0) = 1"),
        ("recurrence:T(n) = T(n-1) + 1, T(0) = 0", "derive", "T(n) = T(n-1) + 1, T(0) = 0"),
        ("compare:n log n | n^2", "derive", CompareJob("n log n", "n^2")),
        ("code:Fibonacci", "derive", CodeJob(code_examples.FIBONACCI)),
        ("code:power-set", "derive", CodeJob(code_examples.POWER_SET)),
        ("code:BINARY_SEARCH", "derive", CodeJob(code_examples.BINARY_SEARCH)),
        ("gradient:cell=lstm steps=3 wrt=W_f", "derive", GradientJob(model="lstm", steps=3, wrt="W_f")),
        ("gradient:cell=rnn scalar steps=T", "derive", GradientJob(model="rnn", steps=0, scalar=True)),
        ("lab:vanishing", "lab", "vanishing"),
        ("test:forget-gate", "quiz", QuizWish(("forget-gate",))),
        ("put-right:", "notes", ReadingPlace("put-right")),
        ("topic:forget-gate", "notes", ReadingPlace("topic", "forget-gate")),
        ("unit:lstm", "notes", ReadingPlace("unit", "lstm")),
        ("term:cell-state", "notes", ReadingPlace("glossary", item="cell-state")),
        ("formula:gru-update", "notes", ReadingPlace("formulas", item="gru-update")),
        ("formulas:gru", "notes", ReadingPlace("formulas", "gru")),
        ("diagram:lstm-cell", "notes", ReadingPlace("diagrams", item="lstm-cell")),
        ("contents:", "notes", ReadingPlace("contents")),
    ],
)
def test_where_a_link_leads(address: str, page: str, target: object) -> None:
    found = way(address)
    assert (found.page, found.target) == (page, target)
    assert found.words


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://example.org", "works offline"),
        ("file:///etc/passwd", "works offline"),
        ("", "works offline"),
        ("topic:", "works offline"),
        ("test: ", "works offline"),
        ("lab:nowhere", "no preset called “nowhere”"),
        ("code:nothing", "no example of code called “nothing”"),
        ("compare:n^2", "does not name two functions"),
        ("gradient:cell=transformer", "no model called"),
        ("gradient:steps=99", "T is '99'"),
        ("gradient:--help", "cannot be read"),
        ("gradient:cell=lstm activation=relu", "--activation says nothing about lstm"),
    ],
)
def test_a_link_that_leads_nowhere_says_why(address: str, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        way(address)


@given(st.text(max_size=60))
def test_any_address_leads_somewhere_or_is_refused(address: str) -> None:
    for prefix in ("", "gradient:", "code:", "compare:", "topic:", "term:"):
        try:
            assert way(prefix + address).page in ("notes", "lab", "derive", "quiz")
        except ConfigError as error:
            assert str(error)


@given(st.text(max_size=40))
def test_options_of_a_gradient_never_end_the_program(options: str) -> None:
    """argparse would exit for -h."""
    try:
        gradient(f"-h {options}")
    except ConfigError:
        return
    pytest.fail("-h is no option of a link")


@pytest.mark.parametrize("key", ["topic:a", "unit:b", *SPECIAL])
def test_a_key_is_an_address(key: str) -> None:
    found = ReadingPlace.read(key)
    assert found is not None
    assert found.key == key
    assert ReadingPlace.read("a") == ReadingPlace.read("topic:a")
    assert ReadingPlace.read("https://a") is None
