"""Formulas in a PDF: text of fonts made for them, which looks like their outlines and says each once."""

from __future__ import annotations

import re
import zlib

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QRawFont

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Formulas, formula
from studyapp.mathtext.glyph_text import runs
from studyapp.mathtext.outlines import read_path
from studyapp.mathtext.pdf import pdf
from studyapp.mathtext.truetype import Outline, font
from studyapp.theme import Theme

SAMPLES = [
    r"f_t=\sigma\left(W_f[h_{t-1},x_t]+b_f\right)",
    r"\frac{\partial L}{\partial W}=\sum_{t=1}^{T}\overrightarrow{h}_t\odot\tilde C_{t-1}",
    r"\begin{bmatrix}a&b\\c&d\end{bmatrix}\in\mathbb{R}^{2\times2}",
    r"\textcolor{red}{xW}+\cancel{y}-\text{ok}",
    r"\underbrace{\prod_{k=1}^{n}\sqrt{\mathcal L_k}}_{n}",
]


def painted(box: Box, as_text: bool) -> QImage:
    """A formula 60 pixels to the em, black on white."""
    image = QImage(
        round(box.width * 60) + 20, round((box.ascent + box.descent) * 60) + 20, QImage.Format.Format_RGB32
    )
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    paint = box._paint_text if as_text else box.paint_vectors
    paint(painter, 10, 10 + box.ascent * 60, 60, QColor("black"))
    painter.end()
    return image


@pytest.mark.parametrize("tex", SAMPLES)
def test_text_looks_like_the_outlines(tex: str, theme: Theme) -> None:
    box = formula(tex, True)
    assert isinstance(box, Box)
    drawn, written = painted(box, False), painted(box, True)
    different = inked = 0
    for y in range(drawn.height()):
        for x in range(drawn.width()):
            one, other = drawn.pixelColor(x, y), written.pixelColor(x, y)
            inked += one.lightness() < 160
            apart = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
            different += max(map(abs, apart)) > 110
    assert inked > 300
    assert different < 0.09 * inked, "only edges differ, by a part of a pixel"
    found, _ = runs(box._source.marks, box._glyphs)
    assert sum(len(run.numbers) for run in found) > 0.6 * len(box._source.marks), "most of it is text"


def test_a_font_gives_back_its_outlines_and_letters() -> None:
    corners = [(0, 0, True), (500, 0, True), (500, 600, True), (0, 600, True)]
    bow = [(0, 0, True), (700, 350, False), (0, 700, True)]
    hole = [(100, 100, True), (100, 200, True), (200, 200, True)]
    made = QRawFont(
        QByteArray(font("Try", [Outline([corners, hole], 550, "A"), Outline([bow], 400, "∂")])), 1000
    )
    assert made.isValid()
    assert made.unitsPerEm() == 1000
    assert made.familyName() == "Try"
    assert made.glyphIndexesForString("∂A") == [2, 1]
    assert [made.advancesForGlyphIndexes([n])[0].x() for n in (1, 2)] == [550, 400]
    wanted = [
        read_path("M0 0L500 0L500 600L0 600ZM100 100L100 200L200 200Z"),
        read_path("M0 0Q700 350 0 700Z"),
    ]
    for number, path in enumerate(wanted, 1):
        assert area(made.pathForGlyph(number), up=-1) == pytest.approx(area(path, up=1), rel=0.01)


def area(path: QPainterPath, up: int) -> tuple[float, float, float, float, float]:
    """Bounds and how much of a grid is inside, y up."""
    box = path.boundingRect()
    inside = sum(path.contains(point(x, up * y)) for x in range(5, 700, 10) for y in range(5, 700, 10))
    top, bottom = sorted((up * box.top(), up * box.bottom()))
    return box.left() + 1, box.right() + 1, top + 1, bottom + 1, inside


def point(x: float, y: float) -> object:
    from PySide6.QtCore import QPointF

    return QPointF(x, y)


def streams(file: bytes) -> list[bytes]:
    """Everything that is packed in a PDF, unpacked."""
    found = []
    for start in re.finditer(rb"(?<!end)stream\r?\n", file):
        packed = file[start.end() : file.index(b"endstream", start.end())]
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def test_a_formula_can_be_selected_as_letters(formulas: Formulas, theme: Theme) -> None:
    file = pdf(r"$x=\sigma(\mathbf z)$", "Sheet")
    maps = b"".join(stream for stream in streams(file) if b"begincmap" in stream).lower()
    for letter in "x=σ(z)":
        assert f"<{ord(letter):04x}>".encode() in maps, letter


def test_an_outline_is_there_once_however_often_it_is_used(formulas: Formulas, theme: Theme) -> None:
    few, many = (len(pdf("\n\n".join([r"$\xi\zeta+\beta$"] * times), "Sheet")) for times in (1, 40))
    assert many - few < 40 * 60, "each formula more costs a few bytes"
