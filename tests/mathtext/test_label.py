"""MathLabel as a user has it: sizes, shrinking and scrolling, copying, bad LaTeX, colours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studyapp.mathtext.cache import Trouble
from studyapp.mathtext.label import MathLabel
from studyapp.theme import DARK, LIGHT, Theme

WIDE = "+".join(f"a_{{{n}}}x^{{{n}}}" for n in range(30)) + r"+\color{red}\rule{1em}{1em}"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A window of 500 pixels."""
    made = QWidget()
    QVBoxLayout(made).setContentsMargins(0, 0, 0, 0)
    qtbot.addWidget(made)
    made.resize(500, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(page: QWidget, theme: Theme, tex: str, **options: bool) -> MathLabel:
    """A label in that window."""
    label = MathLabel(theme, 18, tex, **options)
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(label)
    layout.addStretch(1)
    QApplication.processEvents()
    return label


def colours_of(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def bar_of(label: MathLabel) -> QScrollBar:
    bar = label.findChild(QScrollBar)
    assert isinstance(bar, QScrollBar)
    return bar


def test_size_is_that_of_the_formula(qtbot: QtBot, theme: Theme) -> None:
    small, large = MathLabel(theme, 18, r"\rule{2em}{1em}"), MathLabel(theme, 36, r"\rule{2em}{1em}")
    for label in (small, large):
        qtbot.addWidget(label)
    assert (small.sizeHint().width(), small.sizeHint().height()) == (36 + 6, 18 + 6)
    assert (large.sizeHint().width(), large.sizeHint().height()) == (72 + 6, 36 + 6)
    small.set_px(36)
    assert small.sizeHint() == large.sizeHint()


def test_new_formula_new_size(qtbot: QtBot, page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, "x")
    before = label.height()
    label.set_tex(r"\frac{\frac{a}{b}}{\frac{c}{d}}")
    qtbot.waitUntil(lambda: label.height() > 2 * before)
    assert label.tex == r"\frac{\frac{a}{b}}{\frac{c}{d}}"
    assert label.accessibleName() == label.tex
    label.set_tex("")
    assert label.sizeHint().width() == 6


def test_colours_follow_the_theme(page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, r"\rule{1em}{1em}")
    assert LIGHT.text in colours_of(label)
    theme.choose("dark")
    assert DARK.text in colours_of(label)
    label.set_ink("good")
    assert DARK.good in colours_of(label)


def test_centred(page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, r"\rule{2em}{1em}", centred=True)
    image = label.grab().toImage()
    inked = [x for x in range(image.width()) if image.pixelColor(x, 10).name() == LIGHT.text]
    assert abs((inked[0] + inked[-1]) / 2 - 250) <= 1


def test_a_little_too_wide_shrinks(page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, r"\rule{30em}{2em}")  # 540 pixels
    assert label.width() == 500
    assert label.height() < label.sizeHint().height()
    assert not bar_of(label).isVisible()


def test_much_too_wide_scrolls_by_mouse_and_keys(qtbot: QtBot, page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, WIDE)
    bar = bar_of(label)
    assert bar.isVisible()
    assert label.height() == label.heightForWidth(500)
    assert "#ff0000" not in colours_of(label)
    QTest.wheelEvent(
        label.window().windowHandle(),
        QPoint(50, 10),
        QPoint(0, -120),
        QPoint(),
        Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: bar.value() > 0)
    label.setFocus()
    for _ in range(100):
        qtbot.keyClick(label, Qt.Key.Key_Right)
    assert bar.value() == bar.maximum()
    assert "#ff0000" in colours_of(label)
    qtbot.keyClick(label, Qt.Key.Key_Left)
    assert bar.value() == bar.maximum() - bar.singleStep()
    label.window().resize(5000, 200)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert bar.value() == 0


def test_copy_by_key_and_by_menu(qtbot: QtBot, page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, r"\frac{a}{b}")
    label.setFocus()
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == r"\frac{a}{b}"
    QGuiApplication.clipboard().clear()
    menu = label.context_menu()
    assert [action.text() for action in menu.actions()] == ["Copy LaTeX"]
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == r"\frac{a}{b}"


def test_focus_is_visible(qtbot: QtBot, page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, "x")
    assert LIGHT.accent not in colours_of(label)
    with qtbot.waitActive(label.window()):
        label.window().activateWindow()
    label.setFocus()
    assert LIGHT.accent in colours_of(label)


def test_bad_latex_shows_source_and_reason(qtbot: QtBot, page: QWidget, theme: Theme) -> None:
    label = shown(page, theme, "\\frac{a\n+b")
    assert label.trouble == "Missing close brace."
    assert LIGHT.bad in colours_of(label)
    assert LIGHT.text not in colours_of(label)
    assert label.toolTip() == label.trouble
    two_lines = label.height()
    label.set_tex("x")
    assert label.trouble == ""
    assert label.toolTip() == ""
    qtbot.waitUntil(lambda: label.height() < two_lines)


def test_without_engine_only_the_source_shows(
    page: QWidget, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "studyapp.mathtext.label.formula", lambda tex, display: Trouble("No engine.", wrong=False)
    )
    label = shown(page, theme, r"\frac{a}{b}")
    assert LIGHT.bad not in colours_of(label)
    assert LIGHT.text in colours_of(label)
    assert label.toolTip() == "No engine."
