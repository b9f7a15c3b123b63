"""The pictures of the course are clean: nothing cut off, and no words on other words, lines or borders.

Measures the marks of the renderer; what is drawn where is the business of content/diagrams.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication

from content.diagram_reader import shipped_diagram, shipped_diagram_ids
from studyapp.diagrams.marks import RANKS, Outline, Writing, stroked
from studyapp.diagrams.picture import Picture

_SMALLEST = 12.0  # pixels of the smallest words in a picture 700 pixels wide
_TOUCH = 3.0  # units by which the boxes of words may meet: they hold air above and below the letters
_OFF = (6.0, 3.0)  # units by which a number may stand beside the middle of its plate

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(params=shipped_diagram_ids(), scope="module")
def picture(request: pytest.FixtureRequest, qapp: QApplication) -> Picture:
    return Picture(shipped_diagram(request.param))


def test_all_ink_lies_within_the_picture(picture: Picture) -> None:
    frame = QRectF(0, 0, picture.size.width(), picture.size.height())
    cut = [_name(mark) for mark in picture.marks if not frame.contains(_rect(mark))]
    assert not cut


def test_words_are_large_enough_to_read(picture: Picture) -> None:
    scale = 700 / picture.size.width()
    small = [
        (_name(one), one.words.px * scale) for one in _words(picture) if one.words.px * scale < _SMALLEST
    ]
    assert not small


def test_no_words_stand_on_other_words(picture: Picture) -> None:
    pairs = combinations(_words(picture), 2)
    met = [(_name(a), _name(b)) for a, b in pairs if _core(a).intersects(_core(b))]
    assert not met


@pytest.mark.parametrize("ranks", [("line",), ("shape", "cell", "group")], ids=["lines", "borders"])
def test_no_line_and_no_border_runs_through_words(picture: Picture, ranks: tuple[str, ...]) -> None:
    inked = [(mark, _ink(mark)) for mark in _outlines(picture, ranks) if mark.stroke or mark.solid]
    met = [
        (_name(words), _name(mark))
        for words in _words(picture) if not words.plate
        for mark, ink in inked if ink.intersects(_core(words)) and not _covered(picture, mark, words)
    ]  # fmt: skip
    assert not met


def test_a_part_s_number_stands_within_the_picture_and_apart_from_the_others(picture: Picture) -> None:
    places = [(part.id, picture.blank_at(part.id)) for part in picture.diagram.asked]
    near = [
        (a, b)
        for (a, one), (b, two) in combinations(places, 2)
        if abs(one.x() - two.x()) < 22 and abs(one.y() - two.y()) < 22
    ]
    assert not near


def test_a_number_on_an_empty_plate_stands_in_its_middle(picture: Picture) -> None:
    """Else it seems to ask for something beside the hidden words."""
    beside = []
    for part in picture.diagram.asked:
        number, *plates = picture.blanks(part.id)
        ways = [plate.center() - number.center() for plate in plates if plate.intersects(number)]
        if ways and not any(abs(way.x()) <= _OFF[0] and abs(way.y()) <= _OFF[1] for way in ways):
            beside.append(part.id)
    assert not beside


def test_no_number_covers_words_that_can_be_read(picture: Picture) -> None:
    asked = {part.id for part in picture.diagram.asked}
    seen = [words for words in _words(picture) if not (words.hides and words.part in asked)]
    covered = [
        (part, _name(words))
        for part in sorted(asked)
        for words in seen if picture.blanks(part)[0].intersects(_core(words))
    ]  # fmt: skip
    assert not covered


def test_no_small_number_covers_words_once_they_are_shown(picture: Picture) -> None:
    covered = []
    for part in picture.diagram.asked:
        disc = QPainterPath()
        disc.addEllipse(picture.badge(part.id))
        covered += [
            (part.id, _name(words))
            for words in _words(picture)
            if disc.intersects(words.rect.adjusted(0, _TOUCH, 0, -_TOUCH))
        ]
    assert not covered


def test_the_first_input_and_the_words_before_are_not_named_while_asked_for() -> None:
    shown = Picture(shipped_diagram("language-model-rnn"))
    asked = {part.id for part in shown.diagram.asked}
    assert not [_name(words) for words in _words(shown) if words.part in asked and not words.hides]


def _words(picture: Picture) -> list[Writing]:
    return [mark for mark in picture.marks if isinstance(mark, Writing)]


def _outlines(picture: Picture, ranks: tuple[str, ...]) -> list[Outline]:
    wanted = {RANKS[rank] for rank in ranks}
    return [mark for mark in picture.marks if isinstance(mark, Outline) and mark.rank in wanted]


def _ink(outline: Outline) -> QPainterPath:
    return stroked(outline.path, outline.stroke) if outline.stroke else outline.path


def _covered(picture: Picture, mark: Outline, words: Writing) -> bool:
    """Whether something filled that is painted later lies between the mark and the words."""
    later = picture.marks[picture.marks.index(mark) + 1 :]
    return any(isinstance(one, Outline) and one.filled and one.path.contains(_core(words)) for one in later)


def _rect(mark: Outline | Writing) -> QRectF:
    return mark.rect if isinstance(mark, Writing) else _ink(mark).boundingRect()


def _core(words: Writing) -> QRectF:
    """Where its letters are, without the air about them."""
    return words.rect.adjusted(_TOUCH, _TOUCH, -_TOUCH, -_TOUCH)


def _name(mark: Outline | Writing) -> str:
    middle = _rect(mark).center()
    return f"{mark.part or 'ground'} at {middle.x() / 40:.1f}, {middle.y() / 40:.1f}"
