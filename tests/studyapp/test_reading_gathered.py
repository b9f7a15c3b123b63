"""Two pages made of what the notes say: what to know for the exam, and what is put right."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notes_bench import link_at, reader, shown
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from content.checking.coverage import NOTES_SAY as HELD_NOTES_SAY
from content.checking.structure import EXAM as HELD_EXAM
from content.checking.syllabus import QUESTIONABLE, syllabus
from content.markdown import parser
from content.records import Topic
from studyapp.pages.notes import NotesPage
from studyapp.quiz_wish import QuizWish
from studyapp.reading.gathered import IN_THE_EXAM, NOTES_SAY, corrections, in_the_exam, put_right, section
from studyapp.reading.heading import EXAM
from studyapp.reading.library import Library
from studyapp.reading.memory import ReadingMemory
from studyapp.reading.place import SPECIAL, ReadingPlace
from studyapp.reading.special import BY_KEY, PAGES
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.widgets.course_tree import CourseTree
from studyapp.widgets.note_head import NoteHead
from studyapp.widgets.outline import Outline

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = ("exam", "put-right")
_MARK = re.compile(r"\[\^([\w.-]+)\]")

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(qtbot: QtBot, store: Store, kept: Settings) -> NotesPage:
    return shown(qtbot, store, kept)


def head(page: NotesPage) -> str:
    return " ".join(label.text() for label in page.findChild(NoteHead).findChildren(QLabel))


def library(store: Store) -> Library:
    return Library(store, ReadingMemory(store, Settings(None)))


def printed(store: Store, key: str) -> str:
    """All that the page says, without links to explained words."""
    return library(store).paper(ReadingPlace(key)).markdown


# --- what stands there -----------------------------------------------------------------------


def test_all_that_the_lecture_notes_have_wrong_is_put_right(store: Store) -> None:
    """Held against the files of the notes, where each claim has its mark."""
    page, put = printed(store, "put-right"), set()
    for topic in store.topics():
        text = (files("content") / "topics" / f"{topic.id}.md").read_text(encoding="utf-8")
        quote: list[str] = []
        for block in text.partition(f"## {NOTES_SAY}\n")[2].partition("\n## ")[0].split("\n\n"):
            said = [piece for piece in re.split(r"<<[^<>]*>>|\[\^[\w.-]+\]", block.strip()) if piece]
            quote = said if block.strip().startswith(">") else quote
            if (marks := _MARK.findall(block)) and all(piece in page for piece in (*quote, *said)):
                put |= {mark if "." in mark else f"{topic.id}.{mark}" for mark in marks}
    known = syllabus()
    assert len(known.errata) == 24
    assert set(known.errata) <= put
    assert {claim for claim, verdict in known.verdicts.items() if verdict in QUESTIONABLE} <= put


def test_the_headings_of_the_notes_are_those_that_are_checked() -> None:
    assert (NOTES_SAY, IN_THE_EXAM) == (HELD_NOTES_SAY, HELD_EXAM)


def test_the_head_counts_what_stands_below(page: NotesPage, store: Store) -> None:
    page.open("put-right")
    tokens = parser().parse(printed(store, "put-right"))
    quotes = sum(token.type == "blockquote_open" and token.level == 0 for token in tokens)
    assert quotes > 90
    assert f"{quotes} places" in head(page)
    page.open("exam")
    assert f"each of the {len(store.topics())} topics" in head(page)


def way_of(topic: Topic) -> str:
    return f"[Read the note](topic:{topic.id}) · [Test me on it](test:{topic.id})"


def ways(text: str) -> list[str]:
    return re.findall(r"\[Read the note\]\(.*?\) · \[.*?\]\(.*?\)", text)


def test_what_is_put_right_leads_to_its_note_and_its_questions(store: Store) -> None:
    told = [topic for topic in store.topics() if corrections(topic.body)]
    assert len(told) > 40
    assert ways(library(store).text(ReadingPlace("put-right")).markdown) == [way_of(one) for one in told]


@pytest.mark.parametrize("key", BOTH)
def test_what_above_means_is_said_on_screen_and_on_paper(store: Store, key: str) -> None:
    where, explained = ReadingPlace(key), "“Above”"
    summary = library(store).heading(where).summary
    assert "mean" in summary.partition(explained)[2]
    assert summary.endswith(": in the note.")
    assert printed(store, key).startswith(f"# {BY_KEY[key].title}\n\n*{summary}*\n\n## ")
    few = library(store).paper(where, "softmax").markdown
    assert few.partition("\n## ")[0].count(explained) == 1
    assert not re.search(r"\d", few.partition("\n## ")[0]), "the count is of all, the filter leaves some"


@pytest.mark.parametrize("key", sorted(set(SPECIAL) - set(BOTH)))
def test_a_page_that_explains_nothing_begins_with_its_title(store: Store, key: str) -> None:
    assert BY_KEY[key].summary not in printed(store, key)
    assert not printed(store, key).split("\n\n")[1].startswith("*")


def test_what_to_know_stands_in_the_order_of_reading_with_its_ways(store: Store) -> None:
    text = library(store).text(ReadingPlace("exam")).markdown
    assert ways(text) == [way_of(topic) for topic in store.topics()]
    for topic in store.topics():
        assert section(topic.body, IN_THE_EXAM) in printed(store, "exam")


_FLAG = re.compile(r"\b(point(s|ed)?( out)? (at|to|by)|mark(s|ed)( it)? (as|with))\b", re.IGNORECASE)


def test_what_the_lecture_notes_stress_is_said_once_of_each_topic(store: Store) -> None:
    added = 0
    for topic in store.topics():
        text = in_the_exam((topic,), "", None).markdown
        assert len(_FLAG.findall(text)) == bool(topic.exam), text
        added += EXAM[topic.exam] in text if topic.exam else 0
        assert in_the_exam((topic,), EXAM[topic.exam], None).count == 1, "found by it all the same"
    assert added > 0


def test_a_section_that_does_not_say_it_is_followed_by_it() -> None:
    for exam in ("must", "slide"):
        said = "## In the exam\n\nThe next point. Draw a slide with marked axes."
        text = in_the_exam((Topic("a", "u", "Unit", 1, 1, "Title", "Says.", said, exam=exam),), "", None)
        assert text.markdown.strip().endswith(EXAM[exam])


@pytest.mark.parametrize("key", BOTH)
def test_no_mark_and_no_number_to_fill_in_is_left(store: Store, key: str) -> None:
    for text in (printed(store, key), library(store).text(ReadingPlace(key)).markdown):
        assert not _MARK.search(text)
        assert "<<" not in text


@pytest.mark.parametrize("key", BOTH)
def test_on_paper_no_link_leads_to_a_button(store: Store, key: str) -> None:
    assert "](test:" not in printed(store, key)
    assert "Read the note" not in printed(store, key)
    assert "](term:" not in printed(store, key)
    few = library(store).paper(ReadingPlace(key), "softmax").markdown
    assert 100 < len(few) < len(printed(store, key)) / 4


def test_a_filter_leaves_what_has_the_words(store: Store) -> None:
    topics = store.topics()
    for make in (in_the_exam, put_right):
        every, few = make(topics, "", None), make(topics, "Softmax", None)
        assert 0 < few.count < every.count
        for number, piece in enumerate(re.split(r"^### ", few.markdown, flags=re.MULTILINE)):
            assert number == 0 or "softmax" in piece.casefold()
        assert make(topics, "zzzz", None).markdown.strip() == ""
        assert make(topics, topics[0].unit_title, None).count >= 1, "all of a unit"
        assert make(topics, "\\sigma", None).count >= 1, "a formula by its LaTeX"


def body(*pieces: str) -> str:
    return "## The idea\n\n> Before.\n\n## What the lecture notes say\n\n" + "\n\n".join(pieces)


def test_a_section_ends_where_the_next_begins() -> None:
    text = body("> One.", "Two.") + "\n\n## Common mistakes\n\n> After.\n"
    assert section(text, NOTES_SAY) == "> One.\n\nTwo."
    assert section(f"## A\n\n### B\n\nC\n\n{text}", "A") == "### B\n\nC"
    assert section(text, "Common mistakes") == "> After."
    assert section(text, IN_THE_EXAM) == ""
    assert corrections("") == ()


def test_what_stands_before_the_first_quotation_belongs_to_it() -> None:
    pieces = ("First.", "> One\n> goes on.", "Right.", "> Two.", "Right.", "```python\n1 > 0\n```")
    assert corrections(body(*pieces)) == ("\n\n".join(pieces[:3]), "\n\n".join(pieces[3:]))
    assert corrections(body("No quotation at all.")) == ("No quotation at all.",)


@given(st.lists(st.sampled_from(["> One.", "> Two\n> lines.", "Words.", "$$\na > b\n$$", "- a\n- b"])))
def test_nothing_of_a_section_is_lost(pieces: list[str]) -> None:
    found = corrections(body(*pieces))
    assert "\n\n".join(found) == "\n\n".join(pieces)
    assert all(piece.count("\n\n>") <= (not piece.startswith(">")) for piece in found)
    topic = Topic("a", "u", "Unit", 1, 1, "Title", "Says.", body(*pieces))
    assert put_right((topic,), "", None).count == len(found)


def test_a_note_without_such_a_section_is_left_out() -> None:
    topic = Topic("a", "u", "Unit", 1, 1, "Title", "Says.", "## The idea\n\nWords.\n", exam="must")
    for made in (in_the_exam((topic,), "", None), put_right((topic,), "", None)):
        assert (made.markdown.strip(), made.count) == ("", 0)


def test_each_special_page_is_told_once() -> None:
    assert tuple(page.key for page in PAGES) == SPECIAL == tuple(BY_KEY)
    assert len({page.icon for page in PAGES}) == len({page.title for page in PAGES}) == len(PAGES)
    for page in PAGES:
        assert (files("resources") / "icons" / f"{page.icon}.svg").is_file()
        assert page.answers(page.title)


# --- the pages on screen ---------------------------------------------------------------------


@pytest.mark.parametrize("key", BOTH)
def test_the_tree_and_the_outline_lead_there(qtbot: QtBot, page: NotesPage, store: Store, key: str) -> None:
    tree = page.findChild(CourseTree)
    item = next(i for i in tree._items() if i.text(0) == BY_KEY[key].title)
    assert item.toolTip(0)
    where = tree.tree.visualItemRect(item).center()
    qtbot.mouseClick(tree.tree.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert BY_KEY[key].title in head(page)
    assert tree.current == key
    outline = page.findChild(Outline).list
    titles = [unit.title for unit in store.units()]
    listed = [outline.item(row).text() for row in range(outline.count())]
    assert listed == [title for title in titles if title in listed]
    assert len(listed) > 5
    last = outline.item(outline.count() - 1)
    qtbot.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=outline.visualItemRect(last).center())
    assert reader(page).down > 1000
    assert outline.currentItem() is last


def test_links_lead_to_the_note_and_to_its_questions(qtbot: QtBot, page: NotesPage) -> None:
    went: list[tuple[str, object]] = []
    page.navigate.connect(lambda where, target: went.append((where, target)))
    page.open("exam")
    where = link_at(page, "test:forget-gate")
    qtbot.mouseClick(reader(page).viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert went == [("quiz", QuizWish(("forget-gate",)))]
    where = link_at(page, "topic:forget-gate")
    qtbot.mouseClick(reader(page).viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert "The forget gate" in head(page)
    page.open("put-right")
    reader(page).setFocus()
    for _ in range(60):
        qtbot.keyClick(reader(page), Qt.Key.Key_Tab)
        if reader(page).textCursor().charFormat().anchorHref() == "topic:why-not-ann-cnn":
            break
    qtbot.keyClick(reader(page), Qt.Key.Key_Return)
    assert page.findChild(CourseTree).current == "topic:why-not-ann-cnn"


@pytest.mark.parametrize("key", BOTH)
def test_words_explain_themselves_there(qtbot: QtBot, page: NotesPage, store: Store, key: str) -> None:
    page.open(key)
    addresses = re.findall(r"\]\(term:([a-z0-9-]+)\)", reader(page).markdown)
    assert len(addresses) > 20
    term = next(term for term in store.terms() if term.id == addresses[-1])
    where = link_at(page, f"term:{term.id}")
    QTest.mouseMove(reader(page).viewport(), QPoint(2, 2))
    QTest.mouseMove(reader(page).viewport(), where)
    qtbot.waitUntil(lambda: reader(page).popover.term == term.term, timeout=3000)


def test_typing_filters_and_clearing_brings_all_back(qtbot: QtBot, page: NotesPage) -> None:
    page.open("put-right")
    everything = reader(page).markdown
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_L, CONTROL)
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, "softmax")
    qtbot.waitUntil(lambda: len(reader(page).markdown) < len(everything) / 4, timeout=3000)
    assert any(re.fullmatch(r"\d+ found", label.text()) for label in page.findChildren(QLabel))
    assert "softmax" in reader(page).markdown
    qtbot.keyClick(box, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: reader(page).markdown == everything, timeout=3000)


@pytest.mark.parametrize("key", BOTH)
def test_the_place_is_remembered(
    qtbot: QtBot, page: NotesPage, store: Store, kept: Settings, key: str
) -> None:
    page.open(key)
    QApplication.processEvents()
    reader(page).go_to_heading(30)
    down = reader(page).down
    assert down > 1000
    page.open("forget-gate")
    page.open(key)
    assert reader(page).down == down
    page.closing()
    again = shown(qtbot, store, kept)
    assert BY_KEY[key].title in head(again)
    qtbot.waitUntil(lambda: abs(reader(again).down - down) < 60, timeout=3000)


@pytest.mark.parametrize("key", BOTH)
def test_every_formula_there_is_set(page: NotesPage, key: str) -> None:
    from studyapp.mathtext.cache import Trouble, formulas

    formulas()._boxes.clear()  # other tests of this process have asked for formulas that are wrong
    page.open(key)
    assert len(formulas()._boxes) > 40
    assert not [box for box in formulas()._boxes.values() if isinstance(box, Trouble)]
