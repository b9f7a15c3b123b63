"""A picture is labelled by real keys and clicks, alone and on the Cards page of the real course."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from study_bench import Clock

from content.diagram_reader import shipped_diagram
from content.records import Rating
from studyapp.diagrams.tips import spoken
from studyapp.labelling_run import LabellingRun
from studyapp.pages.cards import CardsPage
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.card_face import CardFace
from studyapp.widgets.judge_bar import JudgeBar
from studyapp.widgets.labelling import Labelling
from studyapp.widgets.rating_bar import RatingBar

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
NAME, TOPIC = "residual-connection", "residual-connections"
PARTS = [part.id for part in shipped_diagram(NAME).asked]


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme("light")


@pytest.fixture
def labelling(qtbot: QtBot, theme: Theme) -> Labelling:
    made = Labelling(theme)
    qtbot.addWidget(made)
    made.begin(shipped_diagram(NAME))
    made.resize(820, 560)
    made.show()
    qtbot.waitExposed(made)
    return made


def click_blank(qtbot: QtBot, labelling: Labelling, part: str) -> None:
    """A click in the middle of the number of this part."""
    view = labelling.view
    assert view.picture is not None
    inside = view.picture.blank_at(part) * view._scale() + view._corner()
    qtbot.mouseClick(view, LEFT, NONE, inside.toPoint())


def label(part: str) -> str:
    return next(p.label for p in shipped_diagram(NAME).parts if p.id == part)


def test_labels_wait_to_be_named(labelling: Labelling) -> None:
    assert labelling.said.startswith(f"Part 1 of {len(PARTS)}")
    assert all(labelling.chip(part).isVisible() for part in PARTS)


def test_a_click_on_the_right_label_goes_on(labelling: Labelling, qtbot: QtBot) -> None:
    qtbot.mouseClick(labelling.chip(PARTS[0]), LEFT)
    assert labelling.run.known == ((PARTS[0], True),)
    assert labelling.said.startswith(f"Part 2 of {len(PARTS)}")
    assert not labelling.chip(PARTS[0]).isVisible()


def test_a_click_on_a_wrong_label_says_what_it_was(labelling: Labelling, qtbot: QtBot) -> None:
    qtbot.mouseClick(labelling.chip(PARTS[2]), LEFT)
    assert labelling.run.known == ((PARTS[0], False),)
    assert label(PARTS[0]) in labelling.said
    assert label(PARTS[2]) in labelling.said
    assert labelling.chip(PARTS[2]).isVisible(), "it is still to be placed"


def test_a_click_on_a_blank_reveals_that_one(labelling: Labelling, qtbot: QtBot) -> None:
    click_blank(qtbot, labelling, PARTS[2])
    assert (labelling.run.at, labelling.run.shown) == (PARTS[2], True)
    assert label(PARTS[2]) in labelling.said
    assert spoken(label(PARTS[2])).lower() in labelling.view.popover.words.lower()
    labelling.judge(True)
    assert labelling.run.known == ((PARTS[2], True),)


def test_the_mouse_does_not_give_a_hidden_label_away(labelling: Labelling, qtbot: QtBot) -> None:
    view = labelling.view
    for part in PARTS:
        qtbot.mouseMove(view, QPoint(1, 1))
        qtbot.mouseMove(view, view.rect_of(part).center())
        assert not view.popover.words


@pytest.mark.parametrize("way", ["click", "key"])
@pytest.mark.parametrize("name", ["lstm-cell", "gru-cell", "attention-mechanism", "bptt-flow"])
def test_an_explanation_leaves_the_other_blanks_free(
    qtbot: QtBot, labelling: Labelling, name: str, way: str
) -> None:
    diagram = shipped_diagram(name)
    labelling.begin(diagram)
    view = labelling.view
    for part in diagram.asked:
        QApplication.processEvents()
        click_blank(qtbot, labelling, part.id) if way == "click" else labelling.reveal()
        panel = view.popover.geometry()
        assert labelling.run.shown
        assert view.popover.words
        others = [QRect(view.mapTo(labelling, r.topLeft()), r.size()) for r in view.open_blanks()]
        assert len(others) >= len(diagram.asked) - len(labelling.run.known) - 1
        assert not any(panel.intersects(other) for other in others), part.id
        labelling.judge(True)


def test_a_label_is_placed_by_the_keyboard_too(labelling: Labelling, qtbot: QtBot) -> None:
    chip = labelling.chip(PARTS[0])
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert labelling.run.known == ((PARTS[0], True),)


def test_each_step_can_be_taken_back(labelling: Labelling, qtbot: QtBot) -> None:
    seen = [labelling.run]
    for step in (
        lambda: qtbot.mouseClick(labelling.chip(PARTS[0]), LEFT),
        labelling.reveal,
        lambda: labelling.judge(False),
        labelling.give_up,
    ):
        step()
        seen.append(labelling.run)
    assert labelling.run.done
    for run in reversed(seen[:-1]):
        assert labelling.take_back()
        assert labelling.run == run
    assert not labelling.take_back()


# --- the rules, in any order of steps ---

STEPS = st.lists(
    st.tuples(st.sampled_from(["reveal", "choose", "judge", "place", "give_up"]), st.integers(0, 4))
)


@given(steps=STEPS, count=st.integers(1, 5))
def test_every_part_is_judged_once_whatever_is_done(steps: list[tuple[str, int]], count: int) -> None:
    parts = tuple(f"p{n}" for n in range(count))
    run = LabellingRun.begin(parts)
    for deed, number in steps:
        part = parts[number % count]
        before = run
        match deed:
            case "judge":
                run = run.judge(bool(number % 2))
            case "reveal" | "give_up":
                run = getattr(run, deed)()
            case _:
                run = getattr(run, deed)(part)
        judged = [name for name, _ in run.known]
        assert len(judged) == len(set(judged))
        assert run.known[: len(before.known)] == before.known
        assert run.done == (run.at == "")
        assert run.at not in judged
        assert not (run.done and run.shown)
    while not run.done:
        run = run.reveal().judge(True)
    assert {name for name, _ in run.known} == set(parts)


@pytest.mark.parametrize(
    ("right", "of", "rating"),
    [
        (5, 5, Rating.GOOD),
        (4, 5, Rating.HARD),
        (3, 5, Rating.AGAIN),
        (0, 1, Rating.AGAIN),
        (1, 1, Rating.GOOD),
    ],
)
def test_the_score_suggests_a_rating(right: int, of: int, rating: Rating) -> None:
    run = LabellingRun.begin(tuple(f"p{n}" for n in range(of)))
    for number in range(of):
        run = run.reveal().judge(number < right)
    assert (run.right, run.suggestion) == (right, rating)


# --- on the page ---


@pytest.fixture
def page(qtbot: QtBot, store: Store, clock: Clock, theme: Theme) -> CardsPage:
    """The Cards page, with the labelling card of a small picture."""
    made = CardsPage(theme, store, clock)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.open(TOPIC)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.entered()
    QApplication.processEvents()
    for _ in range(20):
        if face(made).has_picture:
            break
        press(qtbot, made, Qt.Key.Key_Space)
        press(qtbot, made, Qt.Key.Key_4)
    assert face(made).has_picture, "the labelling card never came"
    return made


def face(page: CardsPage) -> CardFace:
    return page.findChild(CardFace)


def press(qtbot: QtBot, page: CardsPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.window().focusWidget() or page, key)
    QApplication.processEvents()


def test_a_picture_is_labelled_and_rated_by_the_keyboard(page: CardsPage, store: Store, qtbot: QtBot) -> None:
    before = store.undo_label()
    for number in range(len(PARTS)):
        press(qtbot, page, Qt.Key.Key_Space)
        assert face(page).labelling.run.shown
        assert page.findChild(JudgeBar).isVisible()
        press(qtbot, page, Qt.Key.Key_Space)  # must not judge
        assert face(page).labelling.run.shown
        press(qtbot, page, Qt.Key.Key_1 if number == 0 else Qt.Key.Key_2)
    assert face(page).turned
    bar = page.findChild(RatingBar)
    assert bar.isVisible()
    suggested = Rating.HARD if len(PARTS) - 1 >= 0.8 * len(PARTS) else Rating.AGAIN
    assert bar.button(suggested).hasFocus()
    assert f"{len(PARTS) - 1} of {len(PARTS)} known" in face(page).labelling.said
    assert store.undo_label() == before, "nothing is rated yet"
    press(qtbot, page, Qt.Key.Key_2)
    assert store.undo_label() != before
    assert not face(page).has_picture or face(page).labelling.run.known == ()


def test_undo_takes_a_label_back_before_a_rating(page: CardsPage, store: Store, qtbot: QtBot) -> None:
    before = store.undo_label()
    press(qtbot, page, Qt.Key.Key_Space)
    press(qtbot, page, Qt.Key.Key_2)
    press(qtbot, page, Qt.Key.Key_Z)
    press(qtbot, page, Qt.Key.Key_Z)
    assert face(page).labelling.run == LabellingRun.begin(tuple(PARTS))
    assert store.undo_label() == before
    press(qtbot, page, Qt.Key.Key_Z)
    assert not face(page).has_picture, "then the last rating, of the card before"


def test_a_picture_is_labelled_by_the_mouse(page: CardsPage, qtbot: QtBot) -> None:
    labelling = face(page).labelling
    for part in PARTS[:-1]:
        qtbot.mouseClick(labelling.chip(part), LEFT)
    click_blank(qtbot, labelling, PARTS[-1])
    qtbot.mouseClick(page.findChild(JudgeBar).knew, LEFT)
    assert face(page).turned
    assert labelling.run.right == len(PARTS)
    assert page.findChild(RatingBar).button(Rating.GOOD).hasFocus()
    front = face(page).labelling.run
    qtbot.mouseClick(page.findChild(RatingBar).button(Rating.GOOD), LEFT)
    assert face(page).run != front


def test_giving_up_shows_everything(page: CardsPage, qtbot: QtBot) -> None:
    button = next(b for b in face(page).findChildren(QPushButton) if b.text() == "Show all")
    qtbot.mouseClick(button, LEFT)
    assert face(page).turned
    assert page.findChild(RatingBar).button(Rating.AGAIN).hasFocus()


def test_a_rating_before_the_end_does_nothing(page: CardsPage, store: Store, qtbot: QtBot) -> None:
    before = store.undo_label()
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4):
        press(qtbot, page, key)
    assert store.undo_label() == before
    assert face(page).labelling.run == LabellingRun.begin(tuple(PARTS))


def test_the_whole_picture_is_shown_larger_at_the_end(labelling: Labelling, qtbot: QtBot) -> None:
    before = labelling.view.height()
    labelling.give_up()
    qtbot.waitUntil(lambda: labelling.view.height() > before + 50)
    labelling.take_back()
    qtbot.waitUntil(lambda: labelling.view.height() == before)
