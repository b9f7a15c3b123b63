"""A display formula without room stands in rows at its full size; only what has no parts shrinks."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument
from pytestqt.qtbot import QtBot

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.mathtext.mathobject import SIZE, TYPE, MathObject
from studyapp.mathtext.paper import TWO_COLUMNS, laid_out
from studyapp.mathtext.parts import links, parts
from studyapp.mathtext.rows import rows
from studyapp.mathtext.style import Style
from studyapp.mathtext.view import MathView
from studyapp.mathtext.writer import write
from studyapp.theme import LIGHT, Theme

TWO = r"\rule{9em}{1em} ,\qquad \rule{5em}{1em}"
WIDE = [
    r"e_{ti}=v_a^{\top}\tanh\left(W_as_{t-1}+U_ah_i\right),\qquad\alpha_{ti}=\frac{\exp(e_{ti})}{\sum_k\exp(e_{tk})}"
    r",\qquad c_t=\sum_i\alpha_{ti}h_i",
    r"\hat x_i=\frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}},\quad \mu=\frac1d\sum_{i=1}^{d}x_i,\quad "
    r"\sigma^2=\frac1d\sum_{i=1}^{d}(x_i-\mu)^2,\quad y_i=\gamma_i\hat x_i+\beta_i",
]


@pytest.mark.parametrize(
    ("tex", "found"),
    [
        ("a", ("a",)),
        (r"a,\qquad b\quad c", ("a,", "b", "c")),
        (r"\left(a\quad b\right)\quad c", (r"\left(a\quad b\right)", "c")),
        (r"\begin{cases}a\quad b\\c\end{cases}", (r"\begin{cases}a\quad b\\c\end{cases}",)),
        (r"{a\quad b}", (r"{a\quad b}",)),
        (r"a\quad b\\c", (r"a\quad b\\c",)),
        (r"\{a\}\quad b", (r"\{a\}", "b")),
        (r"a,\quad\text{with}\quad b", ("a,", r"\text{with}\quad b")),
        (r"a\qquad\text{score}", (r"a\qquad \text{score}",)),
        (r"\quadratic", (r"\quadratic",)),
        (r"\quad", (r"\quad",)),
    ],
)
def test_parts(tex: str, found: tuple[str, ...]) -> None:
    assert parts(tex) == found


CHAIN = r"x=\frac{1}{\sqrt{9}}\,[-3,\,-1]=[-1.000,\,-0.333,\,1.667]=\left(a=b\right)"


@pytest.mark.parametrize(
    ("tex", "found"),
    [
        ("a+b", ("a+b",)),
        ("a=b=c", ("a", "{}=b", "{}=c")),
        (r"a \approx b", ("a", r"{}\approx b")),
        ("p(a=b)=[c=d]", ("p(a=b)", "{}=[c=d]")),
        (r"\sum_{t=1}^n\left[t=1\right)=\{1=1\}", (r"\sum_{t=1}^n\left[t=1\right)", r"{}=\{1", "{}=1\\}")),
        ("=a", ("=a",)),
        (r"a=1,\quad b=2", (r"a=1,\quad b=2",)),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", (r"\begin{aligned}a&=b\\&=c\end{aligned}",)),
        ("(0,1]=a", ("(0,1]", "{}=a")),
        ("(a=b", ("(a=b",)),
    ],
)
def test_links(tex: str, found: tuple[str, ...]) -> None:
    assert links(tex) == found


@pytest.mark.parametrize("display", [True, False])
def test_a_chain_without_room_goes_on_in_the_next_row(display: bool, theme: Theme) -> None:
    whole = formula(CHAIN, display)
    assert isinstance(whole, Box)
    assert rows(whole, 0.95 * whole.width).pieces[0].box is whole, "it only shrinks a little"
    shown = rows(whole, 0.7 * whole.width)
    assert shown.width <= 0.7 * whole.width
    assert (
        "".join(piece.box.tex for piece in sorted(shown.pieces, key=lambda p: (-p.y, p.x))).replace("{}", "")
        == CHAIN
    )
    assert sum(piece.box.width for piece in shown.pieces) == pytest.approx(whole.width, abs=0.05)
    first, last = (max(p.y for p in shown.pieces), 0.0)
    assert (
        min(p.x for p in shown.pieces if p.y == first) == 0 < min(p.x for p in shown.pieces if p.y == last)
    ), "what goes on begins further in"


def test_the_sign_after_a_broken_chain_stands_at_its_end(theme: Theme) -> None:
    short = r"a=\rule{9em}{1em}=\rule{2em}{1em}"
    document = QTextDocument()
    handler = MathObject(document)
    handler.width = 260
    document.documentLayout().registerHandler(TYPE, handler)
    write(document, f"${short}$!", Style(QFont("Inter"), 20, LIGHT, "#000000"))
    document.setTextWidth(260)
    form = document.begin().begin().fragment().charFormat()
    shown, px = handler._set(form, document.begin())
    assert (len(shown.pieces), px) == (3, form.doubleProperty(SIZE))
    image = QImage(260, 160, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    lowest = max(y for y in range(160) for x in range(260) if image.pixelColor(x, y).lightness() < 100)
    last = max(x for x in range(260) if image.pixelColor(x, lowest - 2).lightness() < 128)
    assert last - shown.end * px < 14 < (shown.width - shown.end) * px, "right after it, not at the far right"


@pytest.mark.parametrize("px", [15, 16, 28, 40])
def test_the_number_of_a_list_is_not_cut_in_large_text(px: int, theme: Theme) -> None:
    document = QTextDocument()
    write(document, "10. iii", Style(QFont("Inter"), px, LIGHT, "#000000"))
    document.setDocumentMargin(0)
    image = QImage(400, 80, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    assert not any(image.pixelColor(0, y).lightness() < 200 for y in range(80))


def ink(source: str, width: int) -> tuple[int, int, int]:
    """(columns with ink, rows with ink, separate bands of rows) of a text laid out in so many pixels."""
    document = QTextDocument()
    maths = MathObject(document)
    maths.width = width
    document.documentLayout().registerHandler(TYPE, maths)
    write(document, source, Style(QFont("Inter"), 20, LIGHT, "#000000"))
    document.setTextWidth(width)
    image = QImage(width, 200, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    dark = [[image.pixelColor(x, y).lightness() < 128 for x in range(width)] for y in range(200)]
    filled = [any(row) for row in dark]
    bands = sum(now and not before for before, now in zip([False, *filled], filled, strict=False))
    return sum(any(row[x] for row in dark) for x in range(width)), sum(filled), bands


def test_the_parts_stand_below_each_other_at_full_size_where_there_is_no_room(theme: Theme) -> None:
    source = f"$$\n{TWO}\n$$"
    em = 20 * 1.18
    wide, tall, bands = ink(source, 460)
    assert (bands, tall) == (1, pytest.approx(em, abs=6))
    assert wide == pytest.approx(14 * em, abs=8)
    wide, tall, bands = ink(source, 300)
    assert bands == 2
    assert wide == pytest.approx(9 * em, abs=8), "the longer part is as long as ever"
    assert tall == pytest.approx(2 * em, abs=8)


@pytest.mark.parametrize("tex", WIDE)
@pytest.mark.parametrize("room", [14, 16, 20, 30])
def test_no_part_is_lost_and_none_stands_on_another(tex: str, room: int, theme: Theme) -> None:
    whole = formula(tex, True)
    assert isinstance(whole, Box)
    shown = rows(whole, room)
    assert shown.width <= room
    assert [piece.box.tex for piece in sorted(shown.pieces, key=lambda p: (-p.y, p.x))] == list(parts(tex))
    for one in shown.pieces:
        assert one.x >= 0 and one.x + one.box.width <= shown.width + 1e-9
        assert one.y + one.box.ascent <= shown.ascent + 1e-9
        for other in shown.pieces:
            beside = one.x + one.box.width + 1 <= other.x or other.x + other.box.width + 1 <= one.x
            below = one.y + one.box.ascent < other.y - other.box.descent
            above = other.y + other.box.ascent < one.y - one.box.descent
            assert one is other or beside or below or above


def test_no_part_is_left_alone_below_a_full_row(theme: Theme) -> None:
    whole = formula(r"a_1=1,\quad a_2=2,\quad a_3=3,\quad a_4=4,\quad a_5=5", True)
    assert isinstance(whole, Box)
    shown = rows(whole, 0.99 * whole.width)
    levels = [piece.y for piece in shown.pieces]
    assert sorted(levels.count(y) for y in set(levels)) == [2, 3]
    alone = formula(r"\rule{9em}{1em},\quad a,\quad b", True)
    assert isinstance(alone, Box)
    assert len({piece.y for piece in rows(alone, 5.0).pieces}) == 2


@pytest.mark.parametrize("tex", WIDE)
def test_it_shrinks_neither_in_a_narrow_view_nor_on_paper(tex: str, qtbot: QtBot, theme: Theme) -> None:
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show()
    view.set_markdown(f"$$\n{tex}\n$$")
    paper = laid_out(f"$$\n{tex}\n$$", TWO_COLUMNS)
    for document in (view.document(), paper):
        handler = document.documentLayout().handlerForObject(TYPE)
        assert isinstance(handler, MathObject)
        form = document.begin().begin().fragment().charFormat()
        shown, px = handler._set(form, document.begin())
        assert len(shown.pieces) > 1
        assert px == form.doubleProperty(SIZE)
    assert view.horizontalScrollBar().maximum() == 0


def test_one_that_has_no_parts_or_a_broken_one_stays_whole(theme: Theme) -> None:
    for tex in ("a+b+c+d+e+f", r"\left(a+b\quad c+d\right)"):
        box = formula(tex, True)
        assert isinstance(box, Box)
        assert [piece.box for piece in rows(box, 1.0).pieces] == [box]
    inline = formula(TWO, False)
    assert isinstance(inline, Box)
    assert len(rows(inline, 1.0).pieces) == 1
