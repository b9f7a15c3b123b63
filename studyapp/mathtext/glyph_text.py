"""Glyphs of formulas as text of a font: a PDF then holds each outline once, and its formulas can be selected.

The fonts are made here, one for each of MathJax's, when a PDF first needs them. Knows no formula, no file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGlyphRun, QPainter, QPainterPath, QRawFont

from studyapp.mathtext import truetype
from studyapp.mathtext.drawing import GLYPH, Mark
from studyapp.mathtext.outlines import Glyphs
from studyapp.mathtext.truetype import Outline, Point

_SIZE = 100  # px at which a font is asked for; the painter scales it


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font, size and colour: the numbers in the font, and where each stands, 1/1000 em."""

    font: QRawFont
    across: float
    up: float
    colour: str
    numbers: tuple[int, ...]
    places: tuple[tuple[float, float], ...]

    def paint(self, painter: QPainter, px: float, colour: QColor) -> None:
        """Paint about (0, 0), the left end of the baseline, one em being `px` units."""
        run = QGlyphRun()
        run.setRawFont(self.font)
        run.setGlyphIndexes(list(self.numbers))
        shrunk = _SIZE / truetype.EM
        run.setPositions([QPointF(x * shrunk / self.across, y * shrunk / self.up) for x, y in self.places])
        painter.save()
        painter.scale(px / _SIZE * self.across, px / _SIZE * self.up)
        own = bool(self.colour) and QColor.isValidColorName(self.colour)
        painter.setPen(QColor(self.colour) if own else colour)
        painter.drawGlyphRun(QPointF(0, 0), run)
        painter.restore()


def runs(marks: Sequence[Mark], glyphs: Glyphs) -> tuple[list[Run], list[Mark]]:
    """The marks that are upright glyphs as runs, and the rest: rules, turned, clipped or foreign letters."""
    found: dict[tuple[str, float, float, str], list[tuple[int, Mark]]] = {}
    fonts: dict[str, QRawFont] = {}
    rest: list[Mark] = []
    for mark in marks:
        family = mark.shape[1:].rpartition("-")[0]
        across, b, c, up, _, _ = mark.matrix
        upright = across > 0 > up and not b and not c and not mark.clip and not mark.stroke
        font = _font(family, glyphs.named(family), glyphs) if mark.shape[0] == GLYPH and upright else None
        if font is None:
            rest.append(mark)
        else:
            fonts[family] = font[0]
            key = (family, across, -up, mark.colour)
            found.setdefault(key, []).append((font[1][mark.shape[1:]], mark))
    made = [
        Run(
            fonts[family],
            across,
            up,
            colour,
            tuple(number for number, _ in each),
            tuple(mark.matrix[4:] for _, mark in each),
        )
        for (family, across, up, colour), each in found.items()
    ]
    return made, rest


def make_fonts(glyphs: Glyphs) -> Iterator[str]:
    """Make each font that there is not yet; its name, once it is there."""
    for family in glyphs.families:
        _font(family, glyphs.named(family), glyphs)
        yield family


@lru_cache(maxsize=64)
def _font(family: str, names: tuple[str, ...], glyphs: Glyphs) -> tuple[QRawFont, dict[str, int]] | None:
    """A font of these glyphs and the number of each in it; None where the system does not take it."""
    taken: set[str] = set()
    outlines = [_outline(name, glyphs, taken) for name in names]
    title = f"Maths-{family}-{len(names)}"
    data = QByteArray(truetype.font(title, outlines))
    if QFontDatabase.addApplicationFontFromData(data) < 0:
        return None
    wanted = QFont(title)
    wanted.setPixelSize(_SIZE)
    wanted.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    found = QRawFont.fromFont(wanted)
    if not found.isValid() or found.familyName() != title:
        return None
    return found, {name: number for number, name in enumerate(names, 1)}


def _outline(name: str, glyphs: Glyphs, taken: set[str]) -> Outline:
    """The glyph, read as the plain form of the character that its name ends with: TEX-I-1D465 is an x."""
    path = glyphs.path(name)
    code = name.rpartition("-")[2]
    character = unicodedata.normalize("NFKC", chr(int(code, 16))) if code else ""
    if len(character) != 1 or ord(character) > 0xFFFF or character in taken:
        character = ""
    taken.add(character)
    return Outline(_contours(path), max(1, round(path.boundingRect().right())), character)


def _contours(path: QPainterPath) -> list[list[Point]]:
    """The closed contours; each cubic curve of a path was a quadratic one, which it becomes again."""
    found: list[list[Point]] = []
    kinds = QPainterPath.ElementType
    number = 0
    while number < path.elementCount():
        element = path.elementAt(number)
        if element.type == kinds.MoveToElement:
            found.append([])
        elif element.type == kinds.CurveToElement:
            start = path.elementAt(number - 1)
            control = [
                round((3 * at - before) / 2) for at, before in ((element.x, start.x), (element.y, start.y))
            ]
            found[-1].append((control[0], control[1], False))
            element = path.elementAt(number + 2)
            number += 2
        found[-1].append((round(element.x), round(element.y), True))
        number += 1
    for contour in found:
        if len(contour) > 1 and contour[0] == contour[-1]:
            contour.pop()  # closed by itself
    return [contour for contour in found if len(contour) > 1]
