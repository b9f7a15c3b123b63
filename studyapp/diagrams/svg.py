"""A Picture -> SVG: real outlines, no fonts needed; every part is a group with its id, label and explanation.

The groups stand in the order of painting, so a part may have several: all carry data-part.
"""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath, QTransform

from studyapp.diagrams.export import MARGIN
from studyapp.diagrams.marks import GROUND, Mark, Outline, Writing
from studyapp.diagrams.palette import Palette
from studyapp.diagrams.picture import DASH, Picture
from studyapp.diagrams.tips import spoken

_MOVE, _LINE, _CURVE = 0, 1, 2  # QPainterPath.ElementType


def svg_of(picture: Picture, palette: Palette) -> str:
    """The picture as a document."""
    size = picture.size
    width, height = _short(size.width() + 2 * MARGIN), _short(size.height() + 2 * MARGIN)
    title = escape(picture.diagram.title)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{_short(-MARGIN)} {_short(-MARGIN)} {width} {height}" role="img">',
        f"<title>{title}</title>",
        f"<desc>{escape(description(picture))}</desc>",
        f'<rect x="{_short(-MARGIN)}" y="{_short(-MARGIN)}" width="{width}" height="{height}" '
        f'fill="{palette.ground.name()}"/>',
    ]
    seen: dict[str, int] = {}
    for part, marks in groupby(picture.marks, key=lambda mark: mark.part):
        lines += _group(picture, part, list(marks), palette, seen)
    return "\n".join([*lines, "</svg>"]) + "\n"


def description(picture: Picture) -> str:
    """The parts in words."""
    return "Parts: " + "; ".join(spoken(part.label) for part in picture.diagram.parts) + "."


def _group(
    picture: Picture, part: str, marks: list[Mark], palette: Palette, seen: dict[str, int]
) -> list[str]:
    inside = [line for mark in marks for line in _mark(picture, mark, palette)]
    if part == GROUND:
        return ["<g>", *inside, "</g>"]
    seen[part] = seen.get(part, 0) + 1
    name = part if seen[part] == 1 else f"{part}--{seen[part]}"
    found = picture.diagram.part(part)
    told = escape(f"{spoken(found.label)}: {spoken(found.says)}")
    return [
        f"<g id={quoteattr(name)} data-part={quoteattr(part)}>",
        f"<title>{told}</title>",
        *inside,
        "</g>",
    ]


def _mark(picture: Picture, mark: Mark, palette: Palette) -> list[str]:
    return _outline(picture, mark, palette) if isinstance(mark, Outline) else _writing(picture, mark, palette)


def _outline(picture: Picture, mark: Outline, palette: Palette) -> list[str]:
    ink = palette.group if mark.role == "group" else palette.ink(mark.role)
    lines = []
    for path, colour in picture.grounds_within(mark.halo, palette):
        if not path.isEmpty():
            lines.append(_path(path, f'fill="{colour.name()}"'))
    paint = f'fill="{(ink.line if mark.solid else ink.fill).name()}"' if mark.filled else 'fill="none"'
    if mark.stroke:
        ends = "butt" if mark.dashed else "round"
        paint += (
            f' stroke="{ink.line.name()}" stroke-width="{_short(mark.stroke)}" stroke-linejoin="round"'
            f' stroke-linecap="{ends}"'
        )
    if mark.dashed:
        paint += f' stroke-dasharray="{" ".join(_short(part * mark.stroke) for part in DASH)}"'
    return [*lines, _path(mark.path, paint)]


def _writing(picture: Picture, mark: Writing, palette: Palette) -> list[str]:
    lines = []
    if mark.plate:
        rect = mark.plate_rect
        lines.append(_rect(rect, picture.ground_at(rect.center(), palette)))
    turn = QTransform.fromTranslate(mark.x, mark.y).rotate(-90 if mark.turned else 0)
    for path, own, stroke in mark.words.outlines(0, 0):
        colour = QColor(own) if own and QColor.isValidColorName(own) else palette.words(mark.role)
        paint = (
            f'fill="none" stroke="{colour.name()}" stroke-width="{_short(stroke)}"'
            if stroke
            else f'fill="{colour.name()}"'
        )
        if not path.isEmpty():
            lines.append(_path(turn.map(path), paint))
    return lines


def _rect(rect: QRectF, colour: QColor) -> str:
    x, y, width, height = map(_short, (rect.x(), rect.y(), rect.width(), rect.height()))
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour.name()}"/>'


def _path(path: QPainterPath, paint: str) -> str:
    rule = ' fill-rule="evenodd"' if path.fillRule().value == 0 and 'fill="none"' not in paint else ""
    return f'<path d="{path_data(path)}" {paint}{rule}/>'


def path_data(path: QPainterPath) -> str:
    """The outline as path data."""
    words: list[str] = []
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        kind = element.type.value
        letter = {_MOVE: "M", _LINE: "L", _CURVE: "C"}.get(kind, "")
        words.append(f"{letter}{_short(element.x)} {_short(element.y)}")
    return " ".join(words)


def _short(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
