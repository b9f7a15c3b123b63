"""Ctrl+K: the palette over the window, by real keys and clicks, on the real course."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot
from study_bench import Clock

from content.search_hit import Hit
from content.search_snippet import wanted
from studyapp import actions
from studyapp.quiz_wish import QuizWish
from studyapp.reading.place import ReadingPlace
from studyapp.search_results import by_kind, matched, special_pages
from studyapp.searching import Searching
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.page import Page
from studyapp.widgets.palette import Entry, Palette
from studyapp.window import PageSpec, Window

CONTROL = Qt.KeyboardModifier.ControlModifier
HOSTILE = ['"', "' OR 1=1 --", "NEAR(", "*", "a AND", "\\", "\x00", "é" * 300, "(" * 200, "title:x", "-"]


class Told(Page):
    """A page that writes down what it is opened with, and binds the commands of its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.told: list[object] = []
        self.done: list[str] = []
        self.box = QLineEdit()
        QVBoxLayout(self).addWidget(self.box)
        bound = [action.id for action in actions.of(name) if not action.by_widget]
        actions.bind(self, name, {each: lambda each=each: self.done.append(each) for each in bound})

    def open(self, target: object) -> None:
        self.told.append(target)


@pytest.fixture
def window(qtbot: QtBot, kept: Settings) -> Window:
    names = ("home", "notes", "lab", "derive", "cards", "quiz")
    specs = [PageSpec(name, name.capitalize(), "house", lambda name=name: Told(name)) for name in names]
    made = Window(Theme("light"), kept, specs)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_page("home")
    return made


@pytest.fixture
def searching(window: Window, store: Store, kept: Settings) -> Searching:
    return Searching(Theme("light"), store, kept, window)


def typed(qtbot: QtBot, searching: Searching, text: str) -> Palette:
    """The palette after these keys."""
    palette = searching.palette
    if not palette.isVisible():
        qtbot.keyClick(QApplication.focusWidget() or palette.window(), Qt.Key.Key_K, CONTROL)
    assert QApplication.focusWidget() is palette.box
    palette.box.clear()
    if text.isascii():
        qtbot.keyClicks(palette.box, text)
    else:
        palette.box.insert(text)  # the test keyboard has no such letter
    qtbot.waitUntil(lambda: not palette._soon.isActive(), timeout=2000)
    return palette


def choose(qtbot: QtBot, palette: Palette, group: str, title: str = "") -> None:
    """Go down to an entry of this group with the arrow keys, and press Enter."""
    for _ in range(len(palette.entries)):
        entry = palette.current
        kind = entry is not None and entry.group.startswith(group) and title in entry.title
        if kind and not str(getattr(entry.target, "id", "")).startswith("label-"):
            break
        qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)


def told(window: Window, name: str) -> list[object]:
    page = window.page(name)
    assert isinstance(page, Told)
    return page.told


def test_ctrl_k_opens_and_closes_from_anywhere(qtbot: QtBot, window: Window, searching: Searching) -> None:
    page = window.page("home")
    assert isinstance(page, Told)
    page.box.setFocus()
    palette = typed(qtbot, searching, "")
    assert palette.isVisible()
    assert palette.parentWidget().rect().contains(palette.geometry())
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is page.box, "the keyboard is where it was"
    typed(qtbot, searching, "x")
    qtbot.keyClick(palette.box, Qt.Key.Key_K, CONTROL)
    assert not palette.isVisible()


def test_a_note_opens_where_the_word_stands(
    qtbot: QtBot, window: Window, searching: Searching, store: Store
) -> None:
    palette = typed(qtbot, searching, "forget gate")
    groups = [entry.group for entry in palette.entries]
    assert (
        len(groups)
        == len([g for n, g in enumerate(groups) if n == 0 or groups[n - 1] == g]) + len(set(groups)) - 1
    ), "each kind stands together"
    choose(qtbot, palette, "Notes", store.topic("forget-gate").title)
    assert window.page_id == "notes"
    (place,) = told(window, "notes")
    assert isinstance(place, ReadingPlace)
    assert (place.page, place.id) == ("topic", "forget-gate")
    assert not palette.isVisible()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mistakes in the notes", "put-right"),
        ("errata", "put-right"),
        ("What is wrong in the lecture notes?", "put-right"),
        ("exam", "exam"),
        ("what must I know for the exam?", "exam"),
        ("formula sheet", "formulas"),
        ("glossary", "glossary"),
        ("contents", "contents"),
    ],
)
def test_a_special_page_is_found_by_what_one_asks(
    qtbot: QtBot, window: Window, searching: Searching, text: str, key: str
) -> None:
    palette = typed(qtbot, searching, text)
    assert palette.current == palette.entries[0]
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert window.page_id == "notes"
    assert told(window, "notes") == [ReadingPlace(key)]
    assert searching.last == (text,)


@pytest.mark.parametrize(
    "text", ["forget gate", "in the", "word", "LSTM", "i", "note of the exam gate", "?!"]
)
def test_no_special_page_is_in_the_way(text: str) -> None:
    assert [entry.title for entry in special_pages(text)] == []


def test_a_question_opens_in_the_quiz_and_a_card_in_a_preview(
    qtbot: QtBot, window: Window, searching: Searching, store: Store
) -> None:
    palette = typed(qtbot, searching, "forget")
    choose(qtbot, palette, "Questions")
    (wish,) = told(window, "quiz")
    assert isinstance(wish, QuizWish)
    assert "forget" in str(store.question(wish.question, 1)).casefold()
    palette = typed(qtbot, searching, "forget")
    choose(qtbot, palette, "Cards")
    page = window.page("quiz")
    assert isinstance(page, Told)
    assert page.done == [], "Enter is a command of this page, too"
    preview = searching.preview
    assert preview is not None
    assert "forget" in f"{preview.front.markdown} {preview.back.markdown}".casefold()
    qtbot.mouseClick(preview.note_button, Qt.MouseButton.LeftButton)
    assert window.page_id == "notes"
    assert store.topic(str(told(window, "notes")[-1]))
    assert searching.preview is None


def test_a_term_and_a_formula_open_on_their_pages(
    qtbot: QtBot, window: Window, searching: Searching, store: Store
) -> None:
    for group, things in (("Glossary", store.terms()), ("Formulas", store.formulas())):
        one = things[0]
        name = getattr(one, "term", "") or getattr(one, "title", "")
        choose(qtbot, typed(qtbot, searching, name), group, name)
        place = told(window, "notes")[-1]
        assert isinstance(place, ReadingPlace)
        assert place.item in {each.id for each in things}


@pytest.mark.parametrize("text", ["sigma", "\\sigma", "σ"])
def test_greek_letters_and_latex_find_formulas(
    qtbot: QtBot, searching: Searching, store: Store, text: str
) -> None:
    wanted = [one for one in store.formulas() if "\\sigma" in one.latex]
    assert wanted
    found = {e.target.id for e in typed(qtbot, searching, text).entries if e.group.startswith("Formulas")}
    assert found & {one.id for one in wanted}


def test_what_was_chosen_is_remembered_and_can_be_asked_again(
    qtbot: QtBot, window: Window, searching: Searching, kept: Settings
) -> None:
    for text in ("forget", "loop", "Forget"):
        qtbot.keyClick(typed(qtbot, searching, text).box, Qt.Key.Key_Return)
    assert searching.last == ("Forget", "loop")
    palette = typed(qtbot, searching, "")
    assert [entry.title for entry in palette.entries] == ["Forget", "loop"]
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert palette.box.text() == "loop"
    assert any(entry.group.startswith("Notes") for entry in palette.entries)
    kept.keep_knobs("search", {"last": 7})
    assert searching.last == ()


def test_nothing_found_says_what_to_do(qtbot: QtBot, searching: Searching) -> None:
    palette = typed(qtbot, searching, "zzzzqqq")
    assert palette.entries == ()
    assert "The beginning of a word is enough" in palette._foot.text()
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert palette.isVisible(), "and Enter does nothing"
    assert "Type a word" in typed(qtbot, searching, "")._foot.text()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_finds_nothing_or_something_and_breaks_nothing(
    qtbot: QtBot, searching: Searching, store: Store, text: str
) -> None:
    searching.begin()
    searching.palette.box.setText(text)
    searching._on_asked(text)
    assert searching.palette.isVisible()
    assert store.topics()


def test_before_the_bank_is_open_it_says_so(
    qtbot: QtBot, window: Window, tmp_path: Path, kept: Settings
) -> None:
    searching = Searching(Theme("light"), Store(tmp_path / "b.db", Clock()), kept, window)
    assert "not open yet" in typed(qtbot, searching, "forget")._foot.text()
    assert typed(qtbot, searching, ">quit").entries


def test_commands_after_a_greater_sign(qtbot: QtBot, window: Window, searching: Searching) -> None:
    before = searching._theme.choice
    palette = typed(qtbot, searching, "> colour scheme")
    assert [entry.side for entry in palette.entries] == [actions.key_text("Ctrl+Shift+L")]
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert window.said.startswith("Colours: ")
    assert before
    palette = typed(qtbot, searching, ">train or pause")
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    page = window.page("lab")
    assert isinstance(page, Told)
    assert window.page_id == "lab"
    assert page.done == ["lab.train"]
    listed = {entry.target for entry in typed(qtbot, searching, ">").entries}
    wanted = {action for action in actions.ACTIONS if not action.by_widget} - {actions.find("window.search")}
    assert listed == wanted


def test_the_mouse_chooses_and_a_click_beside_it_closes(
    qtbot: QtBot, window: Window, searching: Searching
) -> None:
    palette = typed(qtbot, searching, ">lab")
    row = next(n for n in range(palette.list.count()) if palette.list.item(n).text() == "Lab")
    where = palette.list.visualItemRect(palette.list.item(row)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.page_id == "lab"
    palette = typed(qtbot, searching, "forget")
    page = window.page("lab")
    assert isinstance(page, Told)
    page.box.setFocus()
    qtbot.waitUntil(lambda: not palette.isVisible(), timeout=2000)


def test_enter_at_once_opens_what_is_typed_not_what_was_listed(qtbot: QtBot, searching: Searching) -> None:
    palette = typed(qtbot, searching, "loop")
    palette.box.setText("forget")
    chosen: list[object] = []
    palette.chosen.connect(chosen.append)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    (hit,) = chosen
    assert isinstance(hit, Hit)
    assert "forget" in f"{hit.title} {hit.snippet}".casefold()


def test_arrow_keys_stay_at_the_ends_and_skip_headings(qtbot: QtBot, searching: Searching) -> None:
    palette = typed(qtbot, searching, "forget")
    qtbot.keyClick(palette.box, Qt.Key.Key_Up)
    assert palette.current == palette.entries[0]
    seen = [palette.current]
    for _ in range(len(palette.entries) + 3):
        qtbot.keyClick(palette.box, Qt.Key.Key_Down)
        if palette.current != seen[-1]:
            seen.append(palette.current)
    assert seen == list(palette.entries)


def test_the_palette_is_inside_a_small_window(qtbot: QtBot, window: Window, searching: Searching) -> None:
    palette = typed(qtbot, searching, "forget")
    for size in ((1240, 720), (1920, 1080)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(palette.geometry())
        assert abs(palette.geometry().center().x() - window.rect().center().x()) <= 1
        assert palette.mapTo(window, QPoint(0, 0)).y() < 120
    image = palette.grab().toImage()
    assert image.width() >= palette.width()


def hit(kind: str, name: str) -> Hit:
    return Hit(kind, name, "t", name, f"Something of {name}.", wanted(f'"{name}"*'))


@given(
    st.lists(
        st.tuples(st.sampled_from(["note", "card", "term", "new-kind"]), st.integers(0, 99)), max_size=40
    )
)
def test_results_stand_by_kind_the_best_first(found: list[tuple[str, int]]) -> None:
    hits = [hit(kind, str(number)) for kind, number in found]
    entries = by_kind(hits, {"t": ("Title", "Unit")})
    groups = [entry.group for entry in entries]
    known = [h.kind for h in hits if h.kind != "new-kind"]
    names = {"note": "Notes", "term": "Glossary", "card": "Cards"}
    order = dict.fromkeys([*known[:1], *(kind for kind in names if kind in known)])
    assert [group.partition(":")[0] for group in dict.fromkeys(groups)] == [names[kind] for kind in order]
    for group in set(groups):
        assert 0 < groups.count(group) <= 5
    for kind, name in (("note", "Notes"), ("card", "Cards"), ("term", "Glossary")):
        if known.count(kind) > 5:
            assert f"{name}: the best 5 of {known.count(kind)}" in groups
    assert all(isinstance(entry, Entry) and entry.target in hits for entry in entries)


def test_the_words_that_matched() -> None:
    assert matched(hit("note", "gate")) == "gate"
    assert matched(Hit("note", "a", "a", "a", "nothing", wanted('"b"'))) == ""
