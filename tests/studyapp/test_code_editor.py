"""Typing code by real keys: indenting, pasting, what is marked, and the counts beside the lines."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.symbolic.findings import LineCount
from engine.symbolic.report import Refusal
from studyapp.code_check import LONGEST
from studyapp.code_examples import EXAMPLES
from studyapp.theme import Theme
from studyapp.widgets.code_foot import BEST, WORST
from studyapp.widgets.code_form import CodeForm
from studyapp.widgets.findings_sample import NESTED, code
from studyapp.widgets.line_counts import shares

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def form(qtbot: QtBot) -> CodeForm:
    around = QWidget()
    qtbot.addWidget(around)
    made = CodeForm(Theme("dark"), {})
    column = QVBoxLayout(around)
    column.addWidget(made)
    column.addStretch(1)
    around.resize(720, 640)
    around.show()
    qtbot.waitExposed(around)
    made._around = around  # type: ignore[attr-defined]  # kept alive
    made.editor.setFocus()
    return made


def found():
    made = code().found
    assert made is not None
    return made


def counted(form: CodeForm, qtbot: QtBot) -> None:
    form.set_text(NESTED)
    form.show_found(form.text, found(), WORST)
    qtbot.wait(30)


def test_enter_goes_in_after_a_colon_and_out_after_return(form: CodeForm, qtbot: QtBot) -> None:
    editor = form.editor
    for line in ("def f(n):", "for i in range(n):  # each", "return i", "x = 1"):
        qtbot.keyClicks(editor, line)
        qtbot.keyClick(editor, Key.Key_Return)
    assert form.text == ("def f(n):\n    for i in range(n):  # each\n        return i\n    x = 1\n    ")
    qtbot.keyClick(editor, Key.Key_Backspace)
    assert form.text.endswith("x = 1\n")
    for _ in range(20):
        editor.undo()
    assert form.text == ""


def test_tab_and_shift_tab_move_lines(form: CodeForm, qtbot: QtBot) -> None:
    editor = form.editor
    qtbot.keyClicks(editor, "ab")
    qtbot.keyClick(editor, Key.Key_Tab)
    assert form.text == "ab  "
    form.set_text("a\n\nb\nc")
    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    qtbot.keyClick(editor, Key.Key_Tab)
    assert form.text == "    a\n\n    b\nc"
    qtbot.keyClick(editor, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert form.text == "a\n\nb\nc"
    editor.undo()
    assert form.text == "    a\n\n    b\nc", "one undo takes back one move of all the lines"


def test_a_fence_is_taken_off_what_is_pasted(form: CodeForm, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("```python\nfor i in range(n):\n\tx = i\n```\n")
    qtbot.keyClick(form.editor, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.text == "for i in range(n):\n    x = i"


def test_a_paste_that_is_too_long_is_refused_not_cut(form: CodeForm, qtbot: QtBot) -> None:
    form.set_text("x = 1")
    QGuiApplication.clipboard().setText("x" * (LONGEST + 1))
    qtbot.keyClick(form.editor, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.text == "x = 1"
    assert "nothing was put in" in form.foot.words.text()


def test_what_is_wrong_is_said_while_one_types(form: CodeForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.editor, "for i in range(3)")
    qtbot.keyClick(form.editor, Key.Key_Return)
    qtbot.keyClicks(form.editor, "x = 1")
    qtbot.waitUntil(lambda: "Line 1: expected ':'" in form.foot.words.text(), timeout=2000)
    assert form.editor._fault_at(1)
    assert not form.editor._fault_at(2)
    form.set_text("for i in range(3):\n    x = 1")
    assert not form.editor._fault_at(1)
    assert "Line 1" not in form.foot.words.text()


def test_deriving_what_is_wrong_goes_to_the_place(form: CodeForm, qtbot: QtBot) -> None:
    form.set_text("x = 1\ny = = 2\n")
    asked: list[str] = []
    form.submitted.connect(asked.append)
    qtbot.mouseClick(form.button, LEFT)
    assert not asked
    assert form.editor.textCursor().blockNumber() == 1
    assert form.editor.hasFocus()


@pytest.mark.parametrize("text", ["", "  \n "])
def test_no_code_is_no_question(form: CodeForm, qtbot: QtBot, text: str) -> None:
    form.set_text(text)
    asked: list[str] = []
    form.submitted.connect(asked.append)
    qtbot.mouseClick(form.button, LEFT)
    assert not asked
    assert "no code yet" in form.foot.words.text()


def test_each_example_fills_and_asks(form: CodeForm, qtbot: QtBot) -> None:
    asked: list[str] = []
    form.submitted.connect(asked.append)
    for button in form.examples:
        form.set_folded(False)
        qtbot.mouseClick(button, LEFT)
    assert asked == [text.rstrip("\n") for _, text in EXAMPLES]
    assert form.folded
    qtbot.mouseClick(form.fold_button, LEFT)
    assert form.examples[0].isVisible()


def test_which_function_is_asked_for_where_there_are_several(form: CodeForm, qtbot: QtBot) -> None:
    form.set_text("def f(n):\n    return n")
    assert not form.function.isVisible()
    form.set_text("def f(n):\n    return n\ndef g(n):\n    return f(n)")
    assert form.function.isVisible()
    assert [value for value, _ in form.function.choices] == ["", "f", "g"]


def test_counts_stand_beside_their_lines(form: CodeForm, qtbot: QtBot) -> None:
    counted(form, qtbot)
    editor = form.editor
    assert editor.counts.isVisible()
    rows = dict(editor._rows())
    assert editor.counts.line_at(rows[4].center().y()) == 4
    tip = editor._counts.tip(5)
    assert "n(n-1)" in tip
    assert "120 at n = 16" in tip
    editor.grab()


def test_heat_is_the_share_of_what_was_counted() -> None:
    heat = shares(found().counts)
    counts = {count.line: count.measured[-1][1] for count in found().counts}
    assert sum(heat.values()) == pytest.approx(1.0)
    assert heat[4] == pytest.approx(counts[4] / sum(counts.values()))
    assert shares(()) == {}
    assert shares((LineCount(1, None, "", None, None),)) == {}


def test_the_foot_tells_of_the_line_that_one_is_at(form: CodeForm, qtbot: QtBot) -> None:
    counted(form, qtbot)
    asked: list[int] = []
    form.line_asked.connect(asked.append)
    row = dict(form.editor._rows())[5]
    qtbot.mouseClick(form.editor.counts, LEFT, pos=QPoint(20, round(row.center().y())))
    assert asked == [5]
    assert form.foot.place.text() == "Line 5:"
    qtbot.waitUntil(lambda: "sum" in form.foot.sums.tex, timeout=8000)


def test_counts_go_with_another_text_and_come_back_with_the_same(form: CodeForm, qtbot: QtBot) -> None:
    counted(form, qtbot)
    qtbot.keyClicks(form.editor, "x")
    assert not form.editor.counts.isVisible()
    form.editor.undo()
    assert form.editor.counts.isVisible()
    assert form.foot.cases.isVisible()


def test_a_case_can_be_chosen(form: CodeForm, qtbot: QtBot) -> None:
    counted(form, qtbot)
    with qtbot.waitSignal(form.case_chosen) as asked:
        qtbot.mouseClick(form.foot.cases.button(BEST), LEFT)
    assert asked.args == [BEST]
    form.show_found(form.text, found(), BEST)
    qtbot.waitUntil(lambda: form.foot.growth.tex == r"\Theta(n)", timeout=8000)


def test_a_refusal_points_at_its_line(form: CodeForm) -> None:
    form.set_text("x = 1\nwhile True:\n    x += 1")
    form.show_refusal(form.text, Refusal("This loop never ends.", "Let it end.", form.text, 0, line=2))
    assert form.editor._fault_at(2) == "This loop never ends."
    assert form.foot.words.text() == "This loop never ends."
    assert not form.editor.counts.isVisible()


def test_a_dropped_file_is_handed_on(form: CodeForm, qtbot: QtBot) -> None:
    from PySide6.QtGui import QDropEvent

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/some.py")])
    event = QDropEvent(
        QPoint(5, 5).toPointF(), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(form.file_dropped) as dropped:
        form.editor.dropEvent(event)
    assert dropped.args == ["/home/some.py"]


def test_colours_follow_the_theme(form: CodeForm) -> None:
    form.set_text('def f(n):\n    """Long\n    text."""\n    return n  # so')
    block = form.editor.document().findBlockByNumber(2)
    ranges = block.layout().formats()
    assert ranges and ranges[0].length == len('    text."""')
    form.editor.grab()


def test_an_editor_of_any_size_settles(form: CodeForm, qtbot: QtBot) -> None:
    """Margins that change while scroll bars come and go must not call each other for ever."""
    long = "def f(n):\n" + "\n".join(f"    x{k} = " + "n + " * 12 + "1" for k in range(14))
    counts = tuple(LineCount(line, None, "n", None, None) for line in range(1, 16))
    form.set_text(long)
    form.editor.set_counts(counts)
    for width in range(420, 900, 37):
        for height in range(120, 340, 17):
            form.editor.setFixedHeight(height)
            form._around.resize(width, height + 200)  # type: ignore[attr-defined]  # as in the fixture
            qtbot.wait(0)
    assert form.editor.counts.isVisible()
