"""Small parts of the Derive page: numbers as they are written, links, cut labels, words about lines."""

from __future__ import annotations

import dataclasses
import math

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.symbolic.report import Check, Cost, Value
from studyapp.theme import Theme
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.costs_card import CostsCard
from studyapp.widgets.derive_sample import gradient
from studyapp.widgets.formula_box import FormulaBox, Item
from studyapp.widgets.line_links import LineLinks
from studyapp.widgets.line_words import coloured, reason, reason_keys
from studyapp.widgets.numbers_card import NumbersCard
from studyapp.widgets.value_view import ValueView, time_of


def view(qtbot: QtBot, *values: Value, most: int = 6) -> ValueView:
    made = ValueView(Theme("light"), values, most)
    qtbot.addWidget(made)
    return made


def column(*numbers: float, at: str = "") -> Value:
    norm = math.sqrt(sum(number**2 for number in numbers))
    return Value(at, (len(numbers), 1), tuple((number,) for number in numbers), norm)


def test_a_column_is_written_as_a_row(qtbot: QtBot) -> None:
    made = view(qtbot, column(1.5, -0.25, 12.0))
    assert made.cells == (("1.5", "−0.2", "12.0"),)
    assert made.factor == ""
    assert "3 × 1" in made.toolTip()
    assert "−0.2" in made.accessibleName()


def test_small_numbers_have_their_power_of_ten_in_front(qtbot: QtBot) -> None:
    made = view(qtbot, column(0.00321, -0.0002, 0.0))
    assert (made.factor, made.cells) == ("10⁻³", (("3.210", "−0.200", "0.000"),))
    large = view(qtbot, column(123456.0, 7.0))
    assert (large.factor, large.cells) == ("10⁵", (("1.235", "0.000"),))


def test_what_is_not_finite_is_said(qtbot: QtBot) -> None:
    made = view(qtbot, column(math.inf, math.nan, -1.0))
    assert made.cells == (("∞", "not a number", "−1.000"),)


def test_one_number_stands_without_brackets(qtbot: QtBot) -> None:
    made = view(qtbot, Value("t = 2", (1, 1), ((-0.0643,),), 0.0643))
    assert (made.words, made.cells) == ("t = 2", (("= −0.06430",),))


def test_only_a_corner_of_a_large_matrix_is_shown(qtbot: QtBot) -> None:
    corner = tuple(tuple(float(row + place) for place in range(6)) for row in range(6))
    made = view(qtbot, Value("", (16, 24), corner, 99.0), most=4)
    assert [len(row) for row in made.cells] == [5] * 7
    assert made.cells[0][4] == made.cells[6][0] == "⋯"
    assert "16 × 24, first 6 rows, first 4 columns" in made.toolTip()


def test_a_cut_row_says_its_whole_shape_and_its_factor(qtbot: QtBot) -> None:
    made = view(qtbot, Value("t = 1", (3, 9), ((0.001,) * 6,) * 3, 0.005))
    assert "3 × 9, first 6 columns" in made.toolTip()
    assert "times 10⁻³" in made.toolTip()
    whole = view(qtbot, Value("", (3, 2), ((1.0, 2.0),) * 3, 4.0))
    assert "first" not in whole.toolTip()
    long = view(qtbot, Value("", (9, 1), ((1.0,),) * 6, 3.0))
    assert "9 × 1, first 6 rows" in long.toolTip()


def test_a_factor_has_the_ink_of_the_numbers(qtbot: QtBot) -> None:
    made = view(qtbot, column(0.00321, -0.0002, 0.0))
    made.resize(made.sizeHint())
    image = made.grab(QRect(0, 0, round(made._before), made.height())).toImage()
    darkest = min(
        image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())
    )
    assert darkest < Theme("light").colour("muted").lightness() - 30


def test_the_time_picks_the_nearest_value(qtbot: QtBot) -> None:
    made = view(qtbot, *(column(float(t), at=f"t = {t}") for t in (3, 2, 1)))
    for t, at in ((1, "t = 1"), (3, "t = 3"), (9, "t = 3"), (0, "t = 1")):
        made.set_time(t)
        assert made.value.at == at
    assert time_of(column(1.0, at="j = 12"), 0) == 12
    assert time_of(column(1.0), 7) == 7


def test_where_there_is_little_room_it_is_painted_smaller(qtbot: QtBot) -> None:
    made = view(qtbot, column(*(1.0 + n for n in range(6))))
    made.resize(made.sizeHint())
    assert ink(made) > made.width() - 12
    made.resize(made.sizeHint().width() // 2, made.sizeHint().height())
    assert made.width() - 12 < ink(made) <= made.width()
    assert made.minimumSizeHint().width() < made.sizeHint().width()


def ink(widget: QWidget) -> int:
    """How far to the right something is painted, px."""
    image: QImage = widget.grab().toImage()
    ground = image.pixel(0, 0)
    return max(x for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != ground)


def test_a_view_needs_a_value(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="no value"):
        ValueView(Theme("light"), ())


def test_links_say_which_lines(qtbot: QtBot) -> None:
    links = LineLinks((3, 5, 8))
    qtbot.addWidget(links)
    links.resize(400, 40)
    links.show()
    assert [button.text() for button in links.buttons] == ["3,", "5", "8"]
    assert [label.text() for label in links.findChildren(QLabel)] == ["from lines", "and"]
    with qtbot.waitSignal(links.asked) as caught:
        qtbot.mouseClick(links.buttons[0], Qt.MouseButton.LeftButton)
    assert caught.args == [3]


def test_a_brief_list_leaves_out_what_explains(qtbot: QtBot) -> None:
    box = ChoiceBox("Outputs", (("last", "one, after the last step (many to one)"),), brief=True)
    qtbot.addWidget(box)
    assert box._fitting(1000) == "one, after the last step (many to one)"
    assert box._fitting(60) == "one"
    assert box.itemText(0).endswith("(many to one)"), "the open list says it all"


def test_formulas_come_into_the_list_once_they_are_typeset(qtbot: QtBot) -> None:
    box = FormulaBox(Theme("light"), "Derivative by")
    qtbot.addWidget(box)
    box.set_items((Item("W", "W_{hh}^{q}", "weights"), Item("b", "b_{h}^{q}", "bias")))
    box.set_value("b")
    qtbot.waitUntil(lambda: not box.itemIcon(1).isNull(), timeout=5000)
    box.set_items((Item("b", "b_{h}^{q}", "bias"), Item("c", "c_0^q", "first state")))
    assert box.value == "b", "what was chosen stays where it is there"
    box.set_items((Item("x", "x_1^q", "input"),))
    assert box.value == "x"


def test_what_is_new_keeps_its_braces() -> None:
    latex = r"a = \focus{\frac{b}{c}} + d"
    assert coloured(latex, "#123456") == r"a = \textcolor{#123456}{\frac{b}{c}} + d"


def test_a_reason_has_shape_and_source() -> None:
    line = gradient().lines[3]
    words = reason(line)
    assert line.why in words
    assert f"$${line.statement}$$" in words
    assert "Shape of the left side: h." in words
    assert words.endswith("eq. 10.20.")
    assert reason_keys(line) == [("W_h", False), (line.statement, True)]


def test_a_wrong_count_is_red(qtbot: QtBot) -> None:
    card = CostsCard(Theme("light"))
    qtbot.addWidget(card)
    good = gradient().costs[0]
    card.set_costs((good, dataclasses.replace(good, check=Check("counting", 1, 0.5, False))))
    assert (card._chip.text(), card._chip.objectName()) == ("1 wrong", "chipbad")
    card.set_costs((good,))
    assert (card._chip.text(), card._chip.objectName()) == ("counted", "chipgood")
    assert isinstance(good, Cost)
    card.set_costs(())
    assert card.isHidden()


def test_many_numbers_are_shown_when_asked(qtbot: QtBot) -> None:
    card = NumbersCard(Theme("light"))
    qtbot.addWidget(card)
    many = dataclasses.replace(gradient(), numbers=tuple((f"x_{{{n}}}", float(n)) for n in range(56)))
    card.set_report(many)
    card.show()
    assert shown_numbers(card) == 16
    assert card.all_button.text() == "Show 40 more"
    qtbot.mouseClick(card.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_numbers(card) == 56, timeout=8000)
    assert not card.all_button.isVisible()


def shown_numbers(card: NumbersCard) -> int:
    return sum(label.isVisible() for label in card.findChildren(QLabel, "mono"))
