"""Where a panel goes that explains something, against the search of every pixel."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from studyapp.diagrams.beside import GAP, clear_corner

ROOM = QRect(0, 0, 400, 300)
SMALL = st.integers(8, 60)
RECTS = st.builds(QRect, st.integers(0, 340), st.integers(0, 240), SMALL, SMALL)
SIZES = st.builds(QSize, st.integers(40, 200), st.integers(30, 120))


@given(size=SIZES, about=RECTS, others=st.lists(RECTS, max_size=6))
def test_it_is_in_the_window_and_off_what_must_stay_free(
    size: QSize, about: QRect, others: list[QRect]
) -> None:
    panel = QRect(clear_corner(size, about, others, ROOM), size)
    assert ROOM.contains(panel)
    assert not panel.intersects(about), "here some side always has room"
    if any(panel.intersects(other) for other in others):
        grown = [r.adjusted(-12, -12, 12, 12) for r in (about, *others)]  # the steps of its search
        places = product(range(GAP, 390 - size.width(), 3), range(GAP, 290 - size.height(), 3))
        free = (at for at in places if not any(QRect(QPoint(*at), size).intersects(r) for r in grown))
        assert next(free, None) is None, "there was a free place"


def test_below_comes_first_and_the_nearest_place_of_a_side() -> None:
    size, about = QSize(100, 50), QRect(180, 100, 40, 20)
    below = QRect(clear_corner(size, about, [], ROOM), size)
    assert below.top() == about.bottom() + GAP
    assert abs(below.center().x() - about.center().x()) <= 1
    above = QRect(clear_corner(size, about, [QRect(0, 121, 400, 179)], ROOM), size)
    assert above.bottom() < about.top()
    beside = QRect(clear_corner(size, about, [QRect(200, 121, 10, 179), QRect(0, 0, 400, 99)], ROOM), size)
    assert beside.top() == about.bottom() + GAP, "moved along the side it is on"
    assert not beside.intersects(QRect(200, 121, 10, 179))


def test_with_no_room_at_all_it_still_is_in_the_window() -> None:
    everywhere = QRect(0, 0, 400, 300)
    size = QSize(300, 200)
    assert ROOM.contains(QRect(clear_corner(size, everywhere, [everywhere], ROOM), size))
