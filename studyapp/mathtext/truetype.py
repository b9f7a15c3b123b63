"""Outlines -> a TrueType font in memory, as small as a font may be: a PDF then says each outline once.

fontTools writes the file, and is loaded when a first PDF is made. Quadratic outlines stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

EM = 1000
"""Units to an em."""

Point = tuple[int, int, bool]
"""x, y (up), and whether the curve goes through it; if not, it is a control point."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph: its closed contours, how far the next one is, and the character it is read as or ""."""

    contours: Sequence[Sequence[Point]]
    advance: int
    character: str


def font(family: str, outlines: Sequence[Outline]) -> bytes:
    """A whole font file; the outlines are its glyphs from 1 on, 0 is blank."""
    from fontTools.fontBuilder import FontBuilder

    made = {".notdef": Outline((), EM, ""), **{f"g{n}": one for n, one in enumerate(outlines, 1)}}
    builder = FontBuilder(EM, isTTF=True)
    builder.updateHead(created=0, modified=0)  # the same outlines give the same bytes
    builder.setupGlyphOrder(list(made))
    builder.setupCharacterMap({ord(one.character): name for name, one in made.items() if one.character})
    glyphs = {name: _glyph(one.contours) for name, one in made.items()}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (one.advance, glyphs[name].xMin) for name, one in made.items()})
    builder.setupHorizontalHeader(ascent=EM, descent=-EM)
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "fullName": family, "psName": family}
    )
    builder.setupOS2(sTypoAscender=EM, sTypoDescender=-EM, usWinAscent=EM, usWinDescent=EM)
    builder.setupPost(keepGlyphNames=False)
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _glyph(contours: Sequence[Sequence[Point]]) -> Glyph:
    from fontTools.pens.ttGlyphPen import TTGlyphPointPen

    pen = TTGlyphPointPen(None)
    for contour in contours:
        pen.beginPath()
        for x, y, through in contour:
            pen.addPoint((x, y), "line" if through else None)
        pen.endPath()
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    return glyph
