"""Our painting against Qt's own SVG renderer, and what a box promises about its pixels."""

from __future__ import annotations

import re

import numpy as np
import pytest
from formula_samples import DISPLAY, INLINE, RARE
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from studyapp.mathtext import svg
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Formulas
from studyapp.mathtext.drawing import Drawing, Mark
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.outlines import Glyphs, read_path
from studyapp.mathtext.pixmaps import Pixmaps

PX = 40.0
BLACK = QColor("black")


def canvas(width: float, height: float) -> QImage:
    image = QImage(int(width) + 8, int(height) + 8, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def ink(image: QImage) -> np.ndarray:
    """Coverage of each pixel, 0 to 1."""
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return bits[:, :, 3] / 255.0


def ours(box: Box) -> np.ndarray:
    """The formula with four pixels around its box."""
    image = canvas(box.width * PX, (box.ascent + box.descent) * PX)
    painter = QPainter(image)
    box.paint_vectors(painter, 4, 4 + box.ascent * PX, PX, BLACK)
    painter.end()
    return ink(image)


def theirs(source: str, box: Box) -> np.ndarray:
    """Qt reads the SVG itself. It knows no CSS, so what MathJax leaves to CSS is written out."""
    source = source.replace('stroke="currentColor" fill="currentColor" stroke-width="0"', 'fill="#000"')
    for empty in re.findall(r'<path id="([^"]*)" d="">', source):  # spaces
        source = re.sub(rf'<(path id="|use [^>]*href="#){empty}"[^>]*></(path|use)>', "", source)
    source = re.sub(r"(<line|<rect[^>]*data-frame)", r'\1 fill="none" stroke="#000" ', source)
    source = re.sub(r'<rect ([^>]*)fill="none"', r'<rect stroke="#000" fill="none" \1', source)
    source = re.sub(r"(<line (?:(?!stroke-width)[^>])*?)>", r'\1 stroke-width="70">', source)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    assert renderer.isValid()
    image = canvas(box.width * PX, (box.ascent + box.descent) * PX)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(4, 4, box.width * PX, (box.ascent + box.descent) * PX))
    painter.end()
    return ink(image)


ALL = [*DISPLAY.values(), *INLINE, *RARE.values()]
COMPARABLE = [tex for tex in ALL if "color" not in tex and "§" not in tex]


@pytest.mark.usefixtures("qapp")
def test_paints_as_qt_does(engine: MathEngine) -> None:
    """Qt's renderer knows no nested <svg> (stretched brackets and braces): those are left out here."""
    compared = 0
    for tex in COMPARABLE:
        source = engine.svg(tex, True)
        if source.count("<svg") > 1 or "mjx-dashed" in source:
            continue
        box = box_of(source)
        mine, reference = ours(box), theirs(source, box)
        assert np.abs(mine - reference).sum() < 0.05 * reference.sum(), tex
        compared += 1
    assert compared >= 40


def box_of(source: str) -> Box:
    drawing, outlines = svg.read(source)
    glyphs = Glyphs()
    glyphs.learn(outlines)
    return Box(Drawing.read(drawing.record()), glyphs, source, True)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("sign", ["(", "[", r"\{", "|"])
def test_stretched_brackets_have_no_gaps(engine: MathEngine, sign: str) -> None:
    rows = r"\\".join("xxxxxxxx")
    box = box_of(engine.svg(rf"\left{sign}\begin{{matrix}}{rows}\end{{matrix}}\right.", True))
    bracket = ours(box)[:, : int(0.9 * PX)]
    inked = np.flatnonzero(bracket.max(axis=1) > 0.5)
    assert len(inked) == inked[-1] - inked[0] + 1
    assert inked[-1] - inked[0] > 0.9 * (box.ascent + box.descent) * PX


@pytest.mark.usefixtures("qapp")
def test_stretched_braces_and_arrows_have_no_gaps(engine: MathEngine) -> None:
    for tex in (
        r"\underbrace{\hspace{15em}}",
        r"\xrightarrow{\hspace{12em}}",
        r"\overrightarrow{\hspace{9em}}",
    ):
        columns = ours(box_of(engine.svg(tex, True))).max(axis=0)
        inked = np.flatnonzero(columns > 0.3)
        assert len(inked) == inked[-1] - inked[0] + 1, tex


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1, 1.5])
def test_picture_holds_all_ink(engine: MathEngine, ratio: float) -> None:
    """Arrows and accents may hang over the box; a picture must not cut them."""
    for tex in [*RARE.values(), *list(DISPLAY.values())[::3], r"\overrightarrow{h}"]:
        box = box_of(engine.svg(tex, True))
        picture = box.pixmap(PX, BLACK, ratio).toImage()
        coverage = ink(picture.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))
        assert coverage.sum() > 10
        frame = np.concatenate([coverage[0], coverage[-1], coverage[:, 0], coverage[:, -1]])
        assert frame.max() == 0, tex


@pytest.mark.usefixtures("qapp")
def test_picture_and_vectors_agree(engine: MathEngine) -> None:
    for tex in [*INLINE, *list(DISPLAY.values())[::4]]:
        box = box_of(engine.svg(tex, True))
        direct, cached = canvas(box.width * PX + 40, 400), canvas(box.width * PX + 40, 400)
        for image, paint in ((direct, box.paint_vectors), (cached, box.paint)):
            painter = QPainter(image)
            paint(painter, 20, 200, PX, BLACK)
            painter.end()
        assert np.abs(ink(direct) - ink(cached)).max() < 0.02, tex


def test_pixels_take_the_colour(qapp: QApplication, formulas: Formulas) -> None:
    box = formulas.get("W", False)
    assert isinstance(box, Box)
    for name in ("#c2263c", "#e7eaf2"):
        image = box.pixmap(60, QColor(name), 1).toImage()
        solid = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert solid == {name}


def test_own_colours_stay_and_nonsense_ones_do_not(qapp: QApplication, formulas: Formulas) -> None:
    for tex, wanted in ((r"\color{#ff0000}W", "#ff0000"), (r"\color{nonsense}W", "#00ff00")):
        box = formulas.get(tex, False)
        assert isinstance(box, Box)
        image = box.pixmap(60, QColor("#00ff00"), 1).toImage()
        strongest = max(
            (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())),
            key=QColor.alpha,
        )
        assert strongest.name() == wanted


def test_picture_is_sharp_at_2x(qapp: QApplication, formulas: Formulas) -> None:
    box = formulas.get(r"\frac{a}{b}", True)
    assert isinstance(box, Box)
    two = box.pixmap(20, BLACK, 2)
    assert two.devicePixelRatio() == 2
    assert two.toImage() == box.pixmap(40, BLACK, 1).toImage()


def test_huge_formulas_are_refused_or_painted_without_a_picture(
    qapp: QApplication, formulas: Formulas
) -> None:
    assert not isinstance(formulas.get(r"\rule{1000000em}{1em}", True), Box)
    wide = formulas.get(r"\rule{390em}{90em}", True)
    assert isinstance(wide, Box)
    image = canvas(100, 100)
    painter = QPainter(image)
    wide.paint(painter, 0, 60, 60, BLACK)
    painter.end()
    assert ink(image)[50, 50] == 1


def test_pixmaps_drop_the_least_recently_used(qapp: QApplication) -> None:
    pixmaps = Pixmaps(limit=3 * 10 * 10 * 4)
    made: list[str] = []

    def get(key: str) -> None:
        from PySide6.QtGui import QPixmap

        pixmaps.get(key, lambda: made.append(key) or QPixmap(10, 10))

    for key in "abcadae":
        get(key)
    assert made == list("abcde")
    get("a")
    get("b")
    assert made == list("abcdeb")


@pytest.mark.parametrize("data", ["M0 0L1", "M0 0A1 1 0 0 0 2 2", "X1 2", "Z5"])
def test_unreadable_paths_are_named(data: str) -> None:
    with pytest.raises(ValueError, match="cannot read"):
        read_path(data)


def test_path_commands(qapp: QApplication) -> None:
    """M L H V Q T C Z, several pairs after one letter, against a path drawn by hand."""
    by_hand = QPainterPath(QPointF(1, 2))
    for x, y in ((3, 4), (5, 6), (7, 6), (7, 8)):
        by_hand.lineTo(x, y)
    by_hand.quadTo(8, 9, 10, 8)
    by_hand.quadTo(12, 7, 14, 8)
    by_hand.cubicTo(1, 2, 3, 4, 5, 6)
    by_hand.closeSubpath()
    made = read_path("M1 2 3 4L5 6H7V8Q8 9 10 8T14 8C1 2 3 4 5 6Z")
    assert [tuple(map(float, point.toTuple())) for point in made.toFillPolygon()] == [
        tuple(map(float, point.toTuple())) for point in by_hand.toFillPolygon()
    ]


numbers = st.integers(-50, 50).map(lambda n: n / 4)
steps = st.one_of(
    st.tuples(st.just("translate"), numbers, numbers),
    st.tuples(st.just("scale"), numbers, numbers),
    st.tuples(st.just("rotate"), numbers),
)


@given(st.lists(steps, max_size=4), numbers, numbers)
def test_transforms_are_those_of_qt(calls: list[tuple], x: float, y: float) -> None:
    text = " ".join(f"{name}({','.join(map(str, values))})" for name, *values in calls)
    reference = QTransform()
    for name, *values in calls:  # QTransform, too, applies the last call first
        getattr(reference, name)(*values)
    a, b, c, d, e, f = svg.transform(text)
    expected = reference.map(QPointF(x, y))
    scale = 1 + abs(expected.x()) + abs(expected.y())
    assert abs(a * x + c * y + e - expected.x()) < 1e-6 * scale
    assert abs(b * x + d * y + f - expected.y()) < 1e-6 * scale


whole = st.integers(-5000, 5000).map(float)
marks = st.builds(
    Mark,
    st.sampled_from(["#TEX-I-1D465", "'é§", "M0 0H5V5Z"]) | st.text(min_size=1).map(lambda text: "'" + text),
    st.tuples(*[whole] * 6),
    st.sampled_from(["", "red"]),
    st.sampled_from([0.0, 70.0]),
    st.sampled_from([(), (2.0, 2.0)]),
    st.sampled_from([(), (0.0, 1.0, 2.0, 3.5)]),
)


@given(st.builds(Drawing, whole, whole, whole, st.lists(marks, max_size=4).map(tuple)))
def test_records_give_the_drawing_back(drawing: Drawing) -> None:
    record = drawing.record()
    assert Drawing.read(record) == drawing
    assert "\n" not in record
    assert "\t" not in record


@given(st.text() | st.sampled_from(["[]", "{}", "[1,2,3,[4]]", "null", '[1,2,"x"]', "[1,2,3,null]"]))
def test_nonsense_is_no_record(record: str) -> None:
    with pytest.raises(ValueError):
        Drawing.read(record)
