"""Path data -> QPainterPath, each glyph read once per process. Knows neither SVG elements nor caches."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainterPath, QTransform

_STEP = re.compile(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)")  # a command and its numbers; e is an exponent
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "C": 6, "Z": 0}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TEXT_SIZE = 200  # px at which characters of text are outlined


class Glyphs:
    """Outlines by name: path data comes in, paths go out."""

    def __init__(self) -> None:
        self._data: dict[str, str] = {}
        self._paths: dict[str, QPainterPath] = {}
        self._named: dict[str, list[str]] = {}  # by family; empty until asked for

    def learn(self, outlines: Mapping[str, str]) -> None:
        self._data.update(outlines)
        self._named = {}

    def missing(self, names: set[str]) -> set[str]:
        """Those of `names` that were never learnt."""
        return {name for name in names if name not in self._data}

    def named(self, family: str) -> tuple[str, ...]:
        """Every name learnt that is "family-...", in order."""
        return tuple(self._by_family().get(family, ()))

    @property
    def families(self) -> tuple[str, ...]:
        """What the names learnt begin with, up to the last hyphen."""
        return tuple(self._by_family())

    def _by_family(self) -> Mapping[str, list[str]]:
        if not self._named:
            for name in sorted(self._data):
                self._named.setdefault(name.rpartition("-")[0], []).append(name)
        return self._named

    def path(self, name: str) -> QPainterPath:
        """The outline, in the glyph's own units (1/1000 em, y up).

        Raises:
            KeyError: never learnt.
        """
        if name not in self._paths:
            self._paths[name] = read_path(self._data[name])
        return self._paths[name]


def text_path(text: str) -> QPainterPath:
    """Characters that the maths fonts lack, in the application's font, 1 unit high, y down."""
    font = QFont()
    font.setPixelSize(_TEXT_SIZE)
    path = QPainterPath()
    path.addText(0, 0, font, text)
    return QTransform.fromScale(1 / _TEXT_SIZE, 1 / _TEXT_SIZE).map(path)


def read_path(data: str) -> QPainterPath:
    """The path of SVG path data with the absolute commands M L H V Q T C Z (all that MathJax uses).

    Raises:
        ValueError: another command, or a wrong number of numbers.
    """
    pen = _Pen()
    for command, rest in _STEP.findall(data):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        count = _COUNTS.get(command, -1)
        if count < 0 or (len(numbers) % count if count else numbers):
            raise ValueError(f"cannot read {command!r} of the path data {data[:40]!r}")
        for start in range(0, max(len(numbers), 1), count or 1):
            pen.draw("L" if start and command == "M" else command, numbers[start : start + count])
    return pen.path


class _Pen:
    """Draws command after command and remembers what the next one builds on."""

    def __init__(self) -> None:
        self.path = QPainterPath()
        self.path.setFillRule(Qt.FillRule.WindingFill)
        self._control: tuple[float, float] | None = None  # of the last quadratic curve

    def draw(self, command: str, to: list[float]) -> None:
        here, control = self.path.currentPosition(), None
        match command:
            case "M":
                self.path.moveTo(*to)
            case "L":
                self.path.lineTo(*to)
            case "H":
                self.path.lineTo(to[0], here.y())
            case "V":
                self.path.lineTo(here.x(), to[0])
            case "C":
                self.path.cubicTo(*to)
            case "Z":
                self.path.closeSubpath()
            case _:
                control = (to[0], to[1]) if command == "Q" else self._mirrored(here.x(), here.y())
                self.path.quadTo(*control, *to[-2:])
        self._control = control

    def _mirrored(self, x: float, y: float) -> tuple[float, float]:
        """The control point of T: the last one through the point where we are."""
        return (x, y) if self._control is None else (2 * x - self._control[0], 2 * y - self._control[1])
