"""MathJax's SVG -> Drawing. Reads the part of SVG that MathJax writes; no Qt.

Two things to know: a nested <svg> clips its parts, and the lines and frames of tables carry no width
or fill of their own (MathJax gives them by CSS).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from xml.etree import ElementTree

from studyapp.mathtext.drawing import GLYPH, TEXT, Drawing, Mark, Matrix, Rect
from studyapp.mathtext.errors import BadTex

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_CALL = re.compile(r"(\w+)\(([^)]*)\)")
_PREFIX = re.compile(r"^MJX-\d+-")  # MathJax numbers its formulas
_HREF = "{http://www.w3.org/1999/xlink}href"
_TABLE_LINE = 70.0  # MathJax's CSS
_WIDEST, _HIGHEST = 400_000.0, 100_000.0
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read(source: str) -> tuple[Drawing, dict[str, str]]:
    """The drawing, and path data of the glyphs in it by name.

    Raises:
        BadTex: the formula is larger than anything one could look at, or not an SVG.
    """
    try:
        root = ElementTree.fromstring(source)  # noqa: S314  MathJax wrote it: no entities, no DOCTYPE
        left, top, width, height = _numbers(root.get("viewBox", ""))
    except (ElementTree.ParseError, ValueError) as error:
        raise BadTex("MathJax made no picture of this formula.") from error
    if not (width <= _WIDEST and height <= _HIGHEST):
        raise BadTex(
            f"This formula is {width / 1000:.0f} em wide and {height / 1000:.0f} em high: too large."
        )
    reader = _Reader(root)
    for child in root:
        reader.visit(child, (1.0, 0.0, 0.0, 1.0, -left, 0.0), "", ())
    drawing = Drawing(max(width, 0.0), max(-top, 0.0), max(height + top, 0.0), tuple(reader.marks))
    return drawing, reader.outlines


class _Reader:
    """Walks the tree; `marks` and `outlines` fill up."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.marks: list[Mark] = []
        self.outlines: dict[str, str] = {}
        self._defined = {
            path.get("id", ""): path.get("d", "")
            for defs in root.iter()
            if _tag(defs) == "defs"
            for path in defs
        }

    def visit(
        self, element: ElementTree.Element, matrix: Matrix, colour: str, clip: Rect | tuple[()]
    ) -> None:
        matrix = product(transform(element.get("transform", "")), matrix)
        fill = element.get("fill", "")
        if fill not in ("", "currentColor", "none"):
            colour = fill
        match _tag(element):
            case "use":
                self._use(element, matrix, colour, clip)
            case "path" | "rect" | "line":
                self._outline(element, matrix, colour, clip)
            case "text":
                self._text(element, matrix, colour, clip)
            case "svg":
                matrix, clip = _viewport(element, matrix)
                self._children(element, matrix, colour, clip)
            case "g" | "a":
                self._children(element, matrix, colour, clip)

    def _children(
        self, element: ElementTree.Element, matrix: Matrix, colour: str, clip: Rect | tuple[()]
    ) -> None:
        for child in element:
            self.visit(child, matrix, colour, clip)

    def _use(self, element: ElementTree.Element, matrix: Matrix, colour: str, clip: Rect | tuple[()]) -> None:
        target = element.get(_HREF, "#")[1:]
        data = self._defined.get(target, "")
        if data:
            name = _PREFIX.sub("", target)
            self.outlines[name] = data
            self.marks.append(Mark(GLYPH + name, matrix, colour, clip=clip))

    def _outline(
        self, element: ElementTree.Element, matrix: Matrix, colour: str, clip: Rect | tuple[()]
    ) -> None:
        data = _SHAPES[_tag(element)](element)
        if data:
            stroke = _stroke(element) * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            colour = element.get("stroke", colour) if stroke else colour
            colour = "" if colour == "currentColor" else colour
            self.marks.append(Mark(data, matrix, colour, stroke, _dash(element, stroke), clip))

    def _text(
        self, element: ElementTree.Element, matrix: Matrix, colour: str, clip: Rect | tuple[()]
    ) -> None:
        text = "".join(element.itertext()).strip()
        if text:
            size = (_numbers(element.get("font-size", "")) or [884.0])[0]
            scaled = product((size, 0.0, 0.0, size, 0.0, 0.0), matrix)  # our outlines of text are 1 high
            self.marks.append(Mark(TEXT + text, scaled, colour, clip=clip))


def transform(text: str) -> Matrix:
    """The matrix of an SVG `transform` attribute."""
    matrix = IDENTITY
    for name, arguments in _CALL.findall(text):
        matrix = product(_SIMPLE[name](*_numbers(arguments)), matrix)
    return matrix


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _rotation(angle: float, x: float = 0.0, y: float = 0.0) -> Matrix:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)


_SIMPLE: dict[str, Callable[..., Matrix]] = {
    "translate": lambda x, y=0.0: (1.0, 0.0, 0.0, 1.0, x, y),
    "scale": lambda x, y=None: (x, 0.0, 0.0, x if y is None else y, 0.0, 0.0),
    "matrix": lambda *six: six,
    "rotate": _rotation,
}


def _rect_data(element: ElementTree.Element) -> str:
    x, y, width, height = (_length(element, name) for name in ("x", "y", "width", "height"))
    return f"M{x} {y}H{x + width}V{y + height}H{x}Z" if width and height else ""


def _line_data(element: ElementTree.Element) -> str:
    x1, y1, x2, y2 = (_length(element, name) for name in ("x1", "y1", "x2", "y2"))
    return f"M{x1} {y1}L{x2} {y2}"


_SHAPES = {"path": lambda element: element.get("d", ""), "rect": _rect_data, "line": _line_data}


def _stroke(element: ElementTree.Element) -> float:
    """Width of the line that draws this element, 0 where it is filled."""
    framed = element.get("data-frame") is not None or element.get("data-line") is not None
    drawn = framed or _tag(element) == "line" or element.get("fill") == "none"
    given = _numbers(element.get("stroke-width", "") or element.get("style", ""))
    return (given or [_TABLE_LINE])[0] if drawn else 0.0


def _dash(element: ElementTree.Element, stroke: float) -> tuple[float, ...]:
    style = element.get("class", "") if stroke else ""
    return {"mjx-dashed": (2.0, 2.0), "mjx-dotted": (0.1, 2.0)}.get(style, ())


def _viewport(element: ElementTree.Element, matrix: Matrix) -> tuple[Matrix, Rect]:
    """Matrix for the inside of a nested <svg>, and the rectangle that it shows."""
    x, y, width, height = (_length(element, name) for name in ("x", "y", "width", "height"))
    left, top, inner_width, inner_height = _numbers(element.get("viewBox", "")) or [0.0, 0.0, width, height]
    across, down = width / (inner_width or 1.0), height / (inner_height or 1.0)
    inside = product((across, 0.0, 0.0, down, x - left * across, y - top * down), matrix)
    corners = [_map(inside, left, top), _map(inside, left + inner_width, top + inner_height)]
    (x1, x2), (y1, y2) = sorted(p[0] for p in corners), sorted(p[1] for p in corners)
    return inside, (x1, y1, x2 - x1, y2 - y1)


def _map(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _length(element: ElementTree.Element, name: str) -> float:
    """A length in user units; 0 for none and for percentages."""
    text = element.get(name, "")
    return 0.0 if "%" in text else (_numbers(text) or [0.0])[0]


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]
