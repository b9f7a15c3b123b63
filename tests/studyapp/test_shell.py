"""The window with pages made for the test, by real clicks and keys; settings; the table of actions."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from content.errors import BankWriteFailed
from studyapp import actions
from studyapp.actions import ACTIONS, EVERYWHERE
from studyapp.last_resort import LastResort, report
from studyapp.settings import NOTE_SIZE, Settings
from studyapp.theme import DARK, LIGHT, Theme
from studyapp.widgets.error_dialog import ErrorDialog
from studyapp.widgets.page import Page
from studyapp.widgets.shortcut_sheet import ShortcutSheet
from studyapp.window import SMALLEST, PageSpec, Window

IDS = ("home", "notes", "lab", "derive", "cards", "quiz")


class Recorder(Page):
    """A page that writes down what the window tells it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.told: list[object] = []
        self.box = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(QLabel(name))
        column.addWidget(self.box)

    def open(self, target: object) -> None:
        self.told.append(("open", target))

    def entered(self) -> None:
        self.told.append("entered")

    def left(self) -> None:
        self.told.append("left")

    def closing(self) -> None:
        self.told.append("closing")


@pytest.fixture
def built() -> list[str]:
    """Ids of the pages built so far, in order."""
    return []


@pytest.fixture
def kept() -> Settings:
    return Settings(None)


@pytest.fixture
def window(qtbot: QtBot, built: list[str], kept: Settings) -> Window:
    return opened(qtbot, built, kept)


def opened(qtbot: QtBot, built: list[str], kept: Settings) -> Window:
    def spec(page_id: str) -> PageSpec:
        def make() -> Page:
            built.append(page_id)
            return Recorder(page_id)

        return PageSpec(page_id, page_id.capitalize(), "house", make)

    made = Window(Theme(kept.theme), kept, [spec(page_id) for page_id in IDS])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def page(window: Window, page_id: str) -> Recorder:
    found = window.page(page_id)
    assert isinstance(found, Recorder)
    return found


def nav(window: Window, name: str) -> QWidget:
    """The sidebar's button whose accessible name begins so."""
    return next(b for b in window.findChildren(QWidget, "nav") if b.accessibleName().startswith(name))


# --- pages -------------------------------------------------------------------------------------


def test_a_page_is_built_when_it_is_first_visited(qtbot: QtBot, window: Window, built: list[str]) -> None:
    assert built == []
    qtbot.mouseClick(nav(window, "Notes"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(nav(window, "Lab"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(nav(window, "Notes"), Qt.MouseButton.LeftButton)
    assert built == ["notes", "lab"]
    assert page(window, "notes").isVisible()
    assert not page(window, "lab").isVisible()


@pytest.mark.parametrize(("number", "page_id"), list(enumerate(IDS, start=1)))
def test_ctrl_and_a_digit_bring_the_pages_in_order(
    qtbot: QtBot, window: Window, number: int, page_id: str
) -> None:
    window.show_page("quiz" if page_id != "quiz" else "home")
    qtbot.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
    assert window.page_id == page_id
    assert page(window, page_id).isVisible()
    checked = [b.accessibleName() for b in window.findChildren(QWidget, "nav") if b.property("checked")]
    assert checked == [page_id.capitalize()]


def test_pages_hear_that_they_come_and_go(window: Window) -> None:
    window.show_page("home")
    window.show_page("notes", "forget-gate")
    window.show_page("notes")
    assert page(window, "home").told == ["entered", "left"]
    assert page(window, "notes").told == [("open", "forget-gate"), "entered", "entered"]
    window.close()
    assert page(window, "home").told[-1] == "closing"
    assert page(window, "notes").told[-1] == "closing"


def test_a_page_can_lead_to_another(window: Window) -> None:
    window.show_page("home")
    page(window, "home").navigate.emit("cards", "forget-gate")
    assert window.page_id == "cards"
    assert page(window, "cards").told[0] == ("open", "forget-gate")


def test_alt_left_goes_back_and_stays_at_the_first(qtbot: QtBot, window: Window) -> None:
    for page_id in ("home", "notes", "lab"):
        window.show_page(page_id)
    seen = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        seen.append(window.page_id)
    assert seen == ["notes", "home", "home", "home"]


def test_the_back_button_of_the_mouse_goes_back(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    window.show_page("quiz")
    qtbot.mouseClick(page(window, "quiz"), Qt.MouseButton.BackButton)
    assert window.page_id == "home"


def test_a_page_that_cannot_be_built_leaves_the_one_before(window: Window) -> None:
    window.show_page("home")
    broken = PageSpec("lab", "Lab", "house", lambda: 1 / 0)  # type: ignore[arg-type, return-value] # breaks on purpose
    window.pages = (*window.pages[:2], broken, *window.pages[3:])
    with pytest.raises(ZeroDivisionError):
        window.show_page("lab")
    assert window.page_id == "home"
    assert page(window, "home").isVisible()
    assert nav(window, "Home").property("checked")


def test_an_unknown_page_is_our_mistake(window: Window) -> None:
    with pytest.raises(KeyError, match="there is no page 'stats'"):
        window.show_page("stats")


def test_a_click_in_the_sidebar_leaves_the_focus_to_the_page(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    qtbot.mouseClick(nav(window, "Notes"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page(window, "notes")


def test_the_sidebar_is_heard_as_one_choice_of_several(window: Window) -> None:
    window.show_page("notes")
    heard = QAccessible.queryAccessibleInterface(nav(window, "Notes"))
    assert heard.role() == QAccessible.Role.RadioButton
    assert heard.text(QAccessible.Text.Name) == "Notes"


def test_the_badge_is_drawn_and_heard(window: Window) -> None:
    button = nav(window, "Cards")
    plain = button.grab().toImage()
    window.set_badge("cards", 12, "cards due")
    assert button.accessibleName() == "Cards, 12 cards due"
    drawn = button.grab().toImage()
    assert drawn != plain
    pill = drawn.pixelColor(button.width() - 16, button.height() // 2 - 8).name()
    assert pill == Theme(window._settings.theme).colours.accent
    window.set_badge("cards", 0, "cards due")
    assert button.grab().toImage() == plain
    window.set_badge("stats", 3, "no such page")  # nothing happens


# --- words -------------------------------------------------------------------------------------


def test_what_a_page_says_is_shown_and_can_be_clicked_away(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    page(window, "home").said.emit("Saved <b>twice</b>.")
    toast = window.findChild(QWidget, "toast")
    assert toast.isVisible()
    assert window.said == "Saved <b>twice</b>."
    assert toast.findChild(QLabel).textFormat() == Qt.TextFormat.PlainText
    top = toast.mapTo(window, QPoint(0, 0)).y() - page(window, "home").mapTo(window, QPoint(0, 0)).y()
    assert 0 < top < 30, "the lower edge belongs to the main button of a page"
    qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_what_was_said_stays_in_front_of_the_next_page(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    window.say("Saved.")
    for name in ("Notes", "Home"):  # a new page, and one that is there already
        qtbot.mouseClick(nav(window, name), Qt.MouseButton.LeftButton)
        toast = window.findChild(QWidget, "toast")
        assert toast.isVisible()
        middle = toast.mapTo(window, toast.rect().center())
        assert toast in (window.childAt(middle), window.childAt(middle).parentWidget())


def test_a_long_sentence_stays_inside_a_small_window(window: Window) -> None:
    window.resize(*SMALLEST)
    window.show_page("home")
    window.say("word " * 120)
    toast = window.findChild(QWidget, "toast")
    room = toast.parentWidget().rect()
    assert room.contains(toast.geometry())
    label = toast.findChild(QLabel)
    assert label.height() >= label.heightForWidth(label.width())


def test_a_notice_takes_room_and_its_buttons_work(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    top = page(window, "home").mapTo(window, QPoint(0, 0)).y()
    pressed: list[str] = []
    window.notice.show_words(
        "Title", "Sentence.", ("Try again", lambda: pressed.append("again")), ("Quit", window.close)
    )
    QApplication.processEvents()
    assert page(window, "home").mapTo(window, QPoint(0, 0)).y() > top + 60
    button = next(b for b in window.notice.findChildren(QPushButton) if b.text() == "Try again")
    assert button.objectName() == "primary"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["again"]


# --- shortcuts ---------------------------------------------------------------------------------


def test_f1_lists_every_command_and_finds_them(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutSheet)
    assert sheet.isVisible()
    assert sorted(sheet.shown) == sorted(a.text for a in ACTIONS)
    search = sheet.findChild(QLineEdit)
    qtbot.waitUntil(search.hasFocus, timeout=8000)
    qtbot.keyClicks(search, "quit")
    assert sheet.shown == ("Quit",)
    qtbot.keyClicks(search, "__import__('os').system('touch pwned')")
    assert sheet.shown == ()
    assert any(label.isVisible() and "No shortcut" in label.text() for label in sheet.findChildren(QLabel))
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_sheet_can_be_opened_by_mouse(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    qtbot.mouseClick(nav(window, "Shortcuts"), Qt.MouseButton.LeftButton)
    assert window.findChild(ShortcutSheet).isVisible()


def test_each_key_means_one_thing_wherever_one_is() -> None:
    scopes = {action.where for action in ACTIONS}
    assert scopes <= {EVERYWHERE, *IDS}
    for scope in scopes - {EVERYWHERE}:
        keys = [
            QKeySequence(key).toString()
            for action in (*actions.of(EVERYWHERE), *actions.of(scope))
            for key in action.keys
        ]
        assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_command_is_named_once_and_its_keys_exist() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        assert action.keys, action.id
        for key in action.keys:
            assert QKeySequence(key).toString() == key, f"{action.id}: Qt writes {key!r} otherwise"
        prefix = "page. window." if action.where == EVERYWHERE else f"{action.where}."
        assert any(action.id.startswith(p) for p in prefix.split()), action.id


def test_a_tip_names_the_first_key() -> None:
    assert actions.tip("window.shortcuts") == "Show all shortcuts (F1)"
    assert actions.key_text("Ctrl+Return") == "Ctrl+Enter"


def test_bind_wants_every_command_of_its_scope(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(
        ValueError, match=r"without a slot \['home.formula'\], not in the table \['home.fly'\]"
    ):
        actions.bind(widget, "home", {"home.review": widget.show, "home.fly": widget.show})


def test_a_page_s_keys_work_only_while_it_is_on_screen_and_not_while_typing(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = (actions.Action("lab.go", "Go", ("G", "Ctrl+G"), "lab"),)
    monkeypatch.setattr(actions, "ACTIONS", table)
    pressed: list[int] = []
    window.show_page("lab")
    actions.bind(page(window, "lab"), "lab", {"lab.go": lambda: pressed.append(1)})
    nav(window, "Lab").setFocus()
    qtbot.keyClick(nav(window, "Lab"), Qt.Key.Key_G)
    assert len(pressed) == 1, "the focus may be anywhere in the window"
    box = page(window, "lab").box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_G)
    assert len(pressed) == 1
    assert box.text() == "g"
    qtbot.keyClick(box, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert len(pressed) == 2
    window.show_page("home")
    qtbot.keyClick(window, Qt.Key.Key_G)
    assert len(pressed) == 2


def test_ctrl_q_closes(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


# --- colours and geometry ----------------------------------------------------------------------


def test_the_switch_changes_colours_at_once_and_is_remembered(
    qtbot: QtBot, window: Window, kept: Settings
) -> None:
    window.show_page("home")
    for choice, colours in (("dark", DARK), ("light", LIGHT)):
        button = next(b for b in window.findChildren(QPushButton) if choice in b.accessibleName().lower())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        image = window.grab().toImage()
        assert image.pixelColor(4, window.height() // 2).name() == colours.rail
        assert image.pixelColor(window.width() - 8, window.height() - 8).name() == colours.bg
        assert kept.theme == choice
    qtbot.keyClick(
        window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert kept.theme == "dark"


def test_size_and_page_are_there_again_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.ini"
    first = opened(qtbot, [], Settings(file))
    height = SMALLEST[1] + 11
    assert first.height() != height
    first.resize(SMALLEST[0], height)  # the screen of the tests is smaller, the window never
    first.show_page("derive")
    first.close()
    again = Settings(file)
    assert again.page == "derive"
    second = opened(qtbot, [], again)
    assert second.height() == height


def test_the_window_cannot_be_made_too_small(window: Window) -> None:
    window.resize(10, 10)
    assert (window.width(), window.height()) == SMALLEST


# --- settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe garbage \x80" * 50,
        b'[window]\ntheme=purple\ngeometry=%%%\n[notes]\nsize=9**9**9\n[lab]\nknobs={"a":\n',
        b"[window]\ntheme=@Variant(\\0\\0\\0\\x1)\n[notes]\nsize=-4\n[lab]\nknobs=" + b"[" * 10_000,
        b"",
    ],
    ids=["binary", "wrong values", "hostile", "empty"],
)
def test_a_damaged_file_reads_as_defaults(qtbot: QtBot, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(content)
    found = Settings(file)
    assert (found.theme, found.geometry, found.note_size, found.knobs("lab")) == (
        "system",
        b"",
        NOTE_SIZE,
        {},
    )
    opened(qtbot, [], found)


def test_a_geometry_of_nonsense_is_ignored(qtbot: QtBot, kept: Settings) -> None:
    kept.geometry = b"not what saveGeometry gives"
    assert opened(qtbot, [], kept).width() >= SMALLEST[0]


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    found = Settings(tmp_path / "file" / "settings.ini")
    found.theme = "dark"
    found.save()
    assert found.theme == "dark"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=40)
@given(values=st.dictionaries(st.text(max_size=12), json_values, max_size=5))
def test_knobs_come_back_as_they_were(tmp_path: Path, values: dict[str, object]) -> None:
    file = tmp_path / "settings.ini"
    kept = Settings(file)
    kept.keep_knobs("lab", values)
    kept.save()
    assert Settings(file).knobs("lab") == json.loads(json.dumps(values))


# --- the last resort ---------------------------------------------------------------------------


def failure() -> Exception:
    try:
        raise ValueError("h_t has the shape (3,)")
    except ValueError as error:
        return error


def test_an_error_of_ours_becomes_a_report_and_the_app_goes_on(qtbot: QtBot, window: Window) -> None:
    window.show_page("home")
    before = sys.excepthook
    last = LastResort(window, Theme("light"))
    last._before = (lambda *_: None, last._before[1])  # quiet on standard error
    error = failure()
    sys.excepthook(type(error), error, error.__traceback__)
    dialog = window.findChild(ErrorDialog)
    assert dialog.isVisible()
    text = dialog.text.toPlainText()
    assert "ValueError: h_t has the shape (3,)" in text
    assert "test_shell.py" in text
    assert f"Python {sys.version_info.major}." in text
    sys.excepthook(type(error), error, error.__traceback__)
    assert dialog.text.toPlainText().count("\nValueError: ") == 2
    assert len(window.findChildren(ErrorDialog)) == 1, "one dialog, however many errors"
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.text.toPlainText()
    qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    last._before = (before, last._before[1])
    last.restore()
    assert sys.excepthook is before
    window.show_page("notes")
    assert page(window, "notes").isVisible()


def test_an_error_of_the_world_is_one_sentence(window: Window) -> None:
    window.show_page("home")
    last = LastResort(window, Theme("light"))
    error = BankWriteFailed(Path("bank.db"), "The disk is full.", "Make room and answer again.")
    sys.excepthook(type(error), error, None)
    last.restore()
    assert window.said == "The disk is full. Make room and answer again."
    assert window.findChild(ErrorDialog) is None


def test_a_report_holds_the_cause() -> None:
    try:
        try:
            raise KeyError("forget-gate")
        except KeyError as cause:
            raise RuntimeError("no note") from cause
    except RuntimeError as error:
        text = report(error)
    assert "KeyError: 'forget-gate'" in text
    assert "RuntimeError: no note" in text
