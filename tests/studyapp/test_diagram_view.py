"""Pictures by themselves, inside a text and in a window: what the mouse and the keys show."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from content.diagram import Shape
from content.diagram_reader import shipped_diagram
from studyapp.diagrams.marks import CELL
from studyapp.diagrams.tips import spoken
from studyapp.diagrams.view import DiagramView
from studyapp.diagrams.window import DiagramWindow
from studyapp.reading.heading import Heading
from studyapp.theme import Theme
from studyapp.widgets.note_card import NoteCard
from studyapp.widgets.note_pictures import NotePictures

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme("light")


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> DiagramView:
    made = DiagramView(theme, shipped_diagram("lstm-cell"))
    qtbot.addWidget(made)
    made.resize(760, 470)
    made.show()
    qtbot.waitExposed(made)
    return made


def rest_on(qtbot: QtBot, view: DiagramView, part: str) -> None:
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, view.rect_of(part).center())


def test_the_part_under_the_mouse_is_explained(view: DiagramView, qtbot: QtBot) -> None:
    part = shipped_diagram("lstm-cell").part("squash")
    rest_on(qtbot, view, "squash")
    assert view.front == "squash"
    assert spoken(part.says).rstrip(".") in view.popover.words
    assert not view.popover.geometry().intersects(view.rect_of("squash")), "it covers what it explains"
    qtbot.mouseMove(view, QPoint(1, 1))
    assert (view.front, view.popover.words) == ("", "")


def test_arrow_keys_walk_through_all_parts_and_round(view: DiagramView, qtbot: QtBot) -> None:
    view.setFocus()
    parts = [part.id for part in shipped_diagram("lstm-cell").parts]
    seen = []
    for _ in parts:
        qtbot.keyClick(view, Qt.Key.Key_Right)
        seen.append(view.front)
        assert view.popover.words
    assert seen == parts
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.front == parts[0]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.front == parts[-1]
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.front == ""


def test_what_is_heard_names_the_picture_and_its_parts(view: DiagramView) -> None:
    assert view.accessibleName() == "Picture: LSTM cell"
    assert "forget gate" in view.accessibleDescription()
    assert "$" not in view.accessibleDescription()
    assert "\\" not in view.accessibleDescription()


@pytest.mark.parametrize("width", [240, 500, 900])
def test_it_scales_with_its_width(view: DiagramView, width: int) -> None:
    tall = view.heightForWidth(width)
    view.resize(width, tall)
    assert view.picture is not None
    for part in view.picture.diagram.parts:
        assert view.rect().adjusted(-1, -1, 1, 1).contains(view.rect_of(part.id)), part.id


def test_values_fill_parts_more_or_less(view: DiagramView, theme: Theme) -> None:
    """The larger the value, the nearer the fill is to the colour of the part's role."""
    shapes = [s for s in shipped_diagram("lstm-cell").part("forget-gate").primitives if isinstance(s, Shape)]
    assert len(shapes) == 1
    shape = shapes[0]
    inside = QPointF(shape.x - 0.42 * shape.width, shape.y - 0.3 * shape.height) * CELL
    wanted = QColor(theme.colours.series[1])

    def distance(value: float) -> int:
        view.colour_parts({"forget-gate": (value, "mean 0.5")})
        place = (inside * view._scale() + view._corner()).toPoint()
        seen = view.grab().toImage().pixelColor(place)
        parts = zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True)
        return sum(abs(a - b) for a, b in parts)

    distances = [distance(value) for value in (0.0, 0.3, 0.6, 1.0)]
    assert distances == sorted(distances, reverse=True)
    assert distances[0] - distances[-1] > 150
    view.set_front("forget-gate")
    assert "mean 0.5" in view.popover.words


def test_copying_gives_pixels_and_svg(view: DiagramView, qtbot: QtBot) -> None:
    menu = view.context_menu()
    assert [action.text() for action in menu.actions()] == ["Copy", "Save as SVG…", "Save as PNG…"]
    menu.actions()[0].trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert b"data-part" in bytes(data.data("image/svg+xml").data())


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_saving_writes_the_file(view: DiagramView, tmp_path: Path, suffix: str) -> None:
    assert view.picture is not None
    file = tmp_path / f"cell.{suffix}"
    view.taking.save(view.picture, file)
    head = file.read_bytes()[:200]
    assert (b"<svg" in head) if suffix == "svg" else head.startswith(b"\x89PNG")


def test_a_file_that_cannot_be_written_is_told(
    view: DiagramView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("studyapp.diagrams.taking.QMessageBox.warning", lambda *a: told.append(a[-1]))
    assert view.picture is not None
    view.taking.ask(view.picture)
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "cell.svg"))
    dialog.close()
    assert len(told) == 1
    assert "could not be written" in told[0]


# --- inside a text ---


@pytest.fixture
def note(qtbot: QtBot, theme: Theme) -> NoteCard:
    pictures = NotePictures(lambda: theme.colours)
    pictures.show_diagrams([shipped_diagram("lstm-cell")])
    made = NoteCard(theme, 16, pictures)
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    qtbot.waitExposed(made)
    text = "## The idea\n\nWords before.\n\n![The cell](diagram:lstm-cell)\n\nWords after.\n"
    made.show_text(Heading(("unit:lstm", "LSTM"), "The LSTM", "What it is."), text)
    QApplication.processEvents()
    made.grab()
    return made


def middle_of(note: NoteCard, part: str) -> QPoint:
    """The blank of a part of the picture in the text, in the viewport."""
    from studyapp.diagrams.picture import Picture

    name, place = next(iter(note.reader._picture_object.places.values()))
    assert name == "lstm-cell"
    shown = Picture(shipped_diagram(name))
    scrolled = QPoint(0, note.reader.verticalScrollBar().value())
    inside = shown.blank_at(part) * (place.width() / shown.size.width()) + place.topLeft()
    return inside.toPoint() - scrolled


def test_parts_explain_themselves_inside_a_text(note: NoteCard, qtbot: QtBot) -> None:
    viewport = note.reader.viewport()
    qtbot.mouseMove(viewport, middle_of(note, "forget-gate"))
    popover = note._hover.popover
    assert "forget gate" in popover.words
    qtbot.mouseMove(viewport, QPoint(3, 3))
    assert not popover.words


def test_a_click_shows_the_picture_large(note: NoteCard, qtbot: QtBot) -> None:
    links: list[str] = []
    note.reader.link.connect(links.append)
    qtbot.mouseClick(note.reader.viewport(), LEFT, NONE, middle_of(note, "forget-gate"))
    (window,) = note.window().findChildren(DiagramWindow)
    assert window.isVisible()
    assert window.windowTitle() == "LSTM cell"
    assert links == []
    qtbot.mouseClick(note.reader.viewport(), LEFT, NONE, middle_of(note, "forget-gate"))
    assert note.window().findChildren(DiagramWindow) == [window], "a second click opens no second one"
    qtbot.keyClick(window.view, Qt.Key.Key_Right)
    assert window.view.front
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)  # lets the part go
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not note.window().findChildren(DiagramWindow))


def test_words_beside_a_picture_are_left_alone(note: NoteCard, qtbot: QtBot) -> None:
    qtbot.mouseClick(note.reader.viewport(), LEFT, NONE, QPoint(30, 60))
    assert not note.window().findChildren(DiagramWindow)


# --- words for those who hear them ---


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        (r"the forget gate $f_t$", "the forget gate f t"),
        (r"$\tilde C_t$", "C tilde t"),
        (r"$\overrightarrow{h}_t$", "h forward t"),
        (r"$f_t \odot C_{t-1}$", "f t times C t-1"),
        (r"$\frac{\partial L}{\partial o}$", "d L over d o"),
        (r"costs \$5", "costs $5"),
        ("no maths", "no maths"),
    ],
)
def test_formulas_are_said_in_words(written: str, heard: str) -> None:
    assert spoken(written) == heard
