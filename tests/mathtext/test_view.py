"""MathView as a user has it: reading, copying, following links, finding, scrolling wide formulas, themes."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studyapp.mathtext import demo
from studyapp.mathtext.mathobject import OBJECT, TYPE
from studyapp.mathtext.view import MathView
from studyapp.theme import DARK, LIGHT, Theme

NO_KEY, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
WIDE = "+".join(f"a_{{{n}}}x^{{{n}}}" for n in range(40))


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> MathView:
    made = MathView(theme)
    qtbot.addWidget(made)
    made.resize(500, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def colours_of(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def centre_of(view: MathView, text: str) -> QPoint:
    """The middle of a piece of text in the viewport."""
    start = view.document().find(text)
    end = QTextCursor(start)
    start.setPosition(start.selectionStart())
    end.setPosition(end.selectionEnd())
    return (view.cursorRect(start).center() + view.cursorRect(end).center()) / 2


def wheel(widget: QWidget, turn: QPoint, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Turn the wheel over the middle of the widget, as the window system reports it."""
    window = widget.window()
    at = widget.mapTo(window, QPoint(widget.width() // 2, 20))
    QTest.wheelEvent(window.windowHandle(), QPointF(at), turn, QPoint(), modifiers)
    QApplication.processEvents()


# --- themes and sizes ---


def test_theme_switch_recolours_text_and_formulas(view: MathView, theme: Theme) -> None:
    view.set_markdown(r"Text $\rule{2em}{2em}$")
    assert LIGHT.text in colours_of(view)
    theme.choose("dark")
    assert DARK.text in colours_of(view)
    assert LIGHT.text not in colours_of(view)


def test_hidden_view_is_recoloured_when_shown(view: MathView, theme: Theme) -> None:
    view.set_markdown(r"$\rule{2em}{2em}$")
    view.hide()
    theme.choose("dark")
    view.show()
    assert DARK.text in colours_of(view)


def test_place_and_selection_survive_a_theme_switch(view: MathView, theme: Theme) -> None:
    view.set_markdown("\n\n".join(f"paragraph {n}" for n in range(60)))
    view.find_text("paragraph 40")
    place = view.verticalScrollBar().value()
    assert place > 0
    theme.choose("dark")
    assert view.verticalScrollBar().value() == place
    assert view.textCursor().selectedText() == "paragraph 40"


def test_zoom_makes_text_and_formulas_larger(view: MathView) -> None:
    view.set_markdown(r"Text $\frac{a}{b}$" + " word" * 30)
    before = view.document().size().height()
    view.set_px(30)
    assert view.px == 30
    assert view.document().size().height() > 2 * before


def test_muted_ink(qtbot: QtBot, theme: Theme) -> None:
    view = MathView(theme, 15, ink="muted")
    qtbot.addWidget(view)
    view.set_markdown(r"Text $\rule{2em}{2em}$")
    assert LIGHT.muted in colours_of(view)
    assert LIGHT.text not in colours_of(view)


def test_deleted_views_are_forgotten(qtbot: QtBot, theme: Theme) -> None:
    views = [MathView(theme) for _ in range(5)]
    for view in views:
        view.set_markdown("x $y$")
    gone = [weakref.ref(view) for view in views]
    del view
    views.clear()
    gc.collect()
    assert [ref() for ref in gone] == [None] * 5
    theme.choose("dark")


# --- copying ---


def test_keys_select_and_copy_markdown(qtbot: QtBot, view: MathView) -> None:
    view.set_markdown("The **gate** $f_t$ decides.")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "The **gate** $f_t$ decides."
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_shift_and_arrows_select(qtbot: QtBot, view: MathView) -> None:
    view.set_markdown("ab $x$ cd")
    view.setFocus()
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.selected_markdown() == "ab $x$ "


def test_context_menu_copies_the_formula_under_the_mouse(view: MathView) -> None:
    view.set_markdown(r"Before $\frac{a}{b}$ after.")
    point = centre_of(view, OBJECT)
    assert view.latex_at(point) == r"\frac{a}{b}"
    menu = view.context_menu(point)
    action = next(a for a in menu.actions() if a.text() == "Copy LaTeX")
    action.trigger()
    assert QGuiApplication.clipboard().text() == r"\frac{a}{b}"
    assert view.latex_at(centre_of(view, "Before")) == ""
    assert "Copy LaTeX" not in [a.text() for a in view.context_menu(centre_of(view, "after")).actions()]


@pytest.mark.qt_log_ignore("This plugin does not support")  # pop-ups off screen
def test_right_click_opens_the_menu(qtbot: QtBot, view: MathView) -> None:
    view.set_markdown(r"Before $\frac{a}{b}$ after.")
    point = centre_of(view, OBJECT)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[0].startswith("&Copy")
    assert texts[-1] == "Copy LaTeX"
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_bad_formula_can_be_copied_too(view: MathView) -> None:
    view.set_markdown(r"$\frac{a$ is bad")
    assert view.latex_at(centre_of(view, "frac")) == r"\frac{a"


def test_screen_readers_get_the_latex(view: MathView) -> None:
    view.set_markdown("The gate $f_t$.")
    assert view.accessibleDescription() == "The gate $f_t$."
    assert view.markdown == "The gate $f_t$."


# --- links ---


def test_click_on_a_link(qtbot: QtBot, view: MathView, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    view.set_markdown("See [the gate](topic:forget-gate) and [there](https://example.org).")
    with qtbot.waitSignal(view.link, timeout=8000) as followed:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre_of(view, "the gate"))
    assert followed.args == ["topic:forget-gate"]
    assert view.anchorAt(centre_of(view, "there")) == ""
    assert opened == []
    assert "See the gate" in view.toPlainText()


def test_keyboard_follows_a_link(qtbot: QtBot, view: MathView) -> None:
    view.set_markdown("One [a](topic:first), two [b](page:lab).")
    view.setFocus()
    followed: list[str] = []
    view.link.connect(followed.append)
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Tab)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert followed == ["topic:first", "page:lab"]


# --- finding ---


def test_find_goes_round(view: MathView) -> None:
    view.set_markdown("one gate, two gates, $x$ three")
    places = []
    for _ in range(3):
        assert view.find_text("gate")
        places.append(view.textCursor().selectionStart())
    assert places == [4, 14, 4]
    assert view.find_text("gate", backward=True)
    assert view.textCursor().selectionStart() == 14
    assert not view.find_text("nowhere")
    assert view.textCursor().selectionStart() == 14


def test_mark_all(view: MathView, theme: Theme) -> None:
    view.set_markdown("gate gate Gate")
    assert view.mark_all("gate") == 3
    assert LIGHT.accent_soft in colours_of(view)
    theme.choose("dark")
    assert DARK.accent_soft in colours_of(view)
    theme.choose("light")
    assert view.mark_all("") == 0
    assert LIGHT.accent_soft not in colours_of(view)


# --- wide formulas ---


def test_formula_a_little_too_wide_shrinks(view: MathView) -> None:
    view.set_markdown(f"$$\n{WIDE[:100]}\n$$")
    assert view.horizontalScrollBar().maximum() == 0
    narrow = 0.85 * view.document().idealWidth()
    view.resize(int(narrow), 300)
    assert view.horizontalScrollBar().maximum() == 0


def test_very_wide_formula_scrolls_to_its_end(view: MathView) -> None:
    view.set_markdown(f"text\n\n$$\n{WIDE}\n\\color{{red}}\\rule{{1em}}{{1em}}\n$$\n\ntext")
    bar = view.horizontalScrollBar()
    assert bar.isVisible()
    assert "#ff0000" not in colours_of(view)
    wheel(view.viewport(), QPoint(0, -120), SHIFT)
    assert 0 < bar.value() < bar.maximum()
    for _ in range(100):
        wheel(view.viewport(), QPoint(-120, 0))
    assert bar.value() == bar.maximum()
    assert "#ff0000" in colours_of(view)  # the rule at its end


def test_very_wide_formula_is_shown_at_four_fifths(view: MathView) -> None:
    view.set_markdown(f"$$\n{WIDE}\n$$")
    narrow = view.document().idealWidth()
    view.resize(5000, 300)
    assert view.horizontalScrollBar().maximum() == 0
    assert narrow == pytest.approx(0.8 * view.document().idealWidth(), rel=0.01)


@pytest.mark.parametrize("line", ["x = 1; " * 60, "x" * 400, " " * 300 + "deep"])
def test_wide_code_is_broken_and_copied_in_one_line(view: MathView, line: str) -> None:
    source = f"```\nshort\n    {line}\n```"
    view.set_markdown(source)
    assert view.horizontalScrollBar().maximum() == 0
    view.selectAll()
    assert f"    {line.rstrip()}" in view.selected_markdown()


# --- fitting to content ---


@pytest.fixture
def area(qtbot: QtBot) -> QScrollArea:
    """A page that scrolls."""
    made, page = QScrollArea(), QWidget()
    QVBoxLayout(page)
    made.setWidget(page)
    made.setWidgetResizable(True)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


@pytest.fixture
def row(area: QScrollArea, theme: Theme) -> MathView:
    """A view on that page that fits its content."""
    view = MathView(theme)
    view.fit_to_content()
    layout = area.widget().layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(view)
    layout.addStretch(1)
    return view


CONTENTS = ["", "short", r"$\frac{a}{b}$ " * 60, f"$$\n{WIDE}\n$$", "| a |\n|---|\n| 1 |"]


@pytest.mark.parametrize("source", CONTENTS)
def test_row_shows_all_of_its_content(
    area: QScrollArea, row: MathView, source: str, qapp: QApplication
) -> None:
    row.set_markdown(source)
    for width in (700, 300, 500):
        area.resize(width, 200)
        qapp.processEvents()
        assert row.viewport().height() >= row.document().size().height() - 0.5
        assert row.viewport().height() <= row.document().size().height() + 2
        assert not row.verticalScrollBar().isVisible()


def test_row_grows_when_it_gets_narrower(area: QScrollArea, row: MathView, qapp: QApplication) -> None:
    row.set_markdown("word " * 60)
    before = row.height()
    area.resize(250, 200)
    qapp.processEvents()
    assert row.height() > 1.7 * before


def test_wheel_and_keys_over_a_row_scroll_the_page(area: QScrollArea, row: MathView, qtbot: QtBot) -> None:
    row.set_markdown("line\n\n" * 30)
    qtbot.wait(1)
    bar = area.verticalScrollBar()
    wheel(row.viewport(), QPoint(0, -120))
    scrolled = bar.value()
    assert scrolled > 0
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_PageDown)
    assert bar.value() > scrolled


def test_wheel_with_control_is_left_to_the_page(view: MathView) -> None:
    view.set_markdown("word " * 300)
    before = view.document().size()
    wheel(view.viewport(), QPoint(0, 120), Qt.KeyboardModifier.ControlModifier)
    assert view.document().size() == before


def test_keys_scroll_a_view_of_its_own(view: MathView, qtbot: QtBot) -> None:
    view.set_markdown("line\n\n" * 60)
    view.setFocus()
    bar = view.verticalScrollBar()
    for key, wanted in (
        (Qt.Key.Key_End, bar.maximum()),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Down, bar.singleStep()),
    ):
        qtbot.keyClick(view, key)
        assert bar.value() == wanted
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert bar.value() == bar.singleStep() + bar.pageStep()


def test_keyboard_focus_is_visible(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    first, second = MathView(theme), MathView(theme)
    for view in (first, second):
        view.set_markdown("text")
        layout.addWidget(view)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert LIGHT.accent not in colours_of(first)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert LIGHT.accent in colours_of(second)
    second.clearFocus()
    assert LIGHT.accent not in colours_of(second)


def test_demonstration(qtbot: QtBot, theme: Theme) -> None:
    window = demo.window(theme)
    qtbot.addWidget(window)
    window.show()
    shown = window.findChild(MathView)
    assert isinstance(shown, MathView)
    assert r"$\frac{a$" in shown.toPlainText()
    qtbot.mouseClick(window.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert theme.dark
    assert DARK.text in colours_of(shown)


def test_formulas_are_objects(view: MathView) -> None:
    view.set_markdown("a $x$")
    cursor = view.document().find(OBJECT)
    assert cursor.charFormat().objectType() == TYPE
