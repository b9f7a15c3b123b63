"""Words with $maths$ -> lines of runs, measured; painted, or turned into outlines. Knows no diagram."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula

_MATHS = 1.16  # size of formulas to that of words
_LEADING = 1.38  # from one line to the next, of the size
_PIECES = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class _Run:
    """Words or a formula, beginning `x` units from the left end of the line."""

    x: float
    what: str | Box


@dataclass(frozen=True, slots=True)
class _Line:
    runs: tuple[_Run, ...]
    width: float
    ascent: float
    descent: float


class Words:
    """A small text. Its size is known; (0, 0) is the middle of its height at the end that `align` names."""

    def __init__(
        self, text: str, px: float, align: str = "centre", room: float = 0.0, bold: bool = False
    ) -> None:
        """`px` is the size of plain words, `room` how wide a line may be (0: no limit)."""
        self.px, self._align = px, align
        self.font = QFont(_FAMILY)
        self.font.setPixelSize(round(px))
        self.font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Medium)
        self._metrics = QFontMetricsF(self.font)
        self.trouble = ""
        self._lines = [line for source in text.split("\n") for line in self._broken(source.strip(), room)]
        self.width = max((line.width for line in self._lines), default=0.0)
        self.height = self._tall()

    @property
    def rect(self) -> QRectF:
        """Where it is, about (0, 0)."""
        left = {"left": 0.0, "right": -self.width}.get(self._align, -self.width / 2)
        return QRectF(left, -self.height / 2, self.width, self.height)

    def paint(self, painter: QPainter, x: float, y: float, colour: QColor) -> None:
        """Paint it with its middle at (x, y)."""
        painter.setFont(self.font)
        painter.setPen(colour)
        for run, left, baseline in self._placed(x, y):
            if isinstance(run, Box):
                run.paint(painter, left, baseline, self.px * _MATHS, colour)
            else:
                painter.drawText(QPointF(left, baseline), run)

    def outlines(self, x: float, y: float) -> list[tuple[QPainterPath, str, float]]:
        """Its ink as outlines: path, own colour or "", width of the stroke or 0."""
        made: list[tuple[QPainterPath, str, float]] = []
        for run, left, baseline in self._placed(x, y):
            if isinstance(run, Box):
                made += run.outlines(left, baseline, self.px * _MATHS)
            else:
                path = QPainterPath()
                path.addText(QPointF(left, baseline), self.font, run)
                made.append((path, "", 0.0))
        return made

    def _placed(self, x: float, y: float) -> list[tuple[str | Box, float, float]]:
        """Each run with the left end of its baseline."""
        placed: list[tuple[str | Box, float, float]] = []
        baseline = y - self.height / 2
        for number, line in enumerate(self._lines):
            baseline += line.ascent if number == 0 else self._step(number)
            left = x + {"left": 0.0, "right": -line.width}.get(self._align, -line.width / 2)
            placed += [(run.what, left + run.x, baseline) for run in line.runs]
        return placed

    def _step(self, number: int) -> float:
        """From the baseline of the line before to that of this one."""
        before, line = self._lines[number - 1], self._lines[number]
        return max(self.px * _LEADING, before.descent + line.ascent + 0.12 * self.px)

    def _tall(self) -> float:
        if not self._lines:
            return 0.0
        steps = sum(self._step(number) for number in range(1, len(self._lines)))
        return self._lines[0].ascent + steps + self._lines[-1].descent

    def _broken(self, source: str, room: float) -> list[_Line]:
        """One line, or several that fit into the room."""
        pieces = self._pieces(source)
        whole = self._line(pieces)
        if not room or whole.width <= room:
            return [whole]
        lines: list[_Line] = []
        held: list[str | Box] = []
        for group in _words_of(pieces):
            if held and self._line([*held, *group]).width > room:
                lines.append(self._line(held))
                held = []
            held += group
        return [*lines, self._line(held)]

    def _pieces(self, source: str) -> list[str | Box]:
        made: list[str | Box] = []
        for number, piece in enumerate(_PIECES.split(source)):
            if number % 2:
                made.append(self._formula(piece))
            elif piece:
                made.append(piece.replace("\\$", "$"))
        return made

    def _formula(self, tex: str) -> Box | str:
        """The formula, or its source where it cannot be set."""
        found = formula(tex)
        if isinstance(found, Box):
            return found
        self.trouble = found.message
        return tex

    def _line(self, pieces: list[str | Box]) -> _Line:
        """The pieces side by side; space at either end is dropped."""
        runs: list[_Run] = []
        x, ascent, descent = 0.0, 0.0, 0.0
        for number, piece in enumerate(pieces):
            if isinstance(piece, Box):
                em = self.px * _MATHS
                width, above, below = piece.width * em, piece.ascent * em, piece.descent * em
            else:
                piece = piece.lstrip() if number == 0 else piece  # noqa: PLW2901 - trimmed at the ends
                piece = piece.rstrip() if number == len(pieces) - 1 else piece  # noqa: PLW2901 - as above
                width = self._metrics.horizontalAdvance(piece)
                above, below = self._metrics.capHeight(), 0.22 * self.px
            runs.append(_Run(x, piece))
            x, ascent, descent = x + width, max(ascent, above), max(descent, below)
        return _Line(tuple(runs), x, ascent, descent)


def _words_of(pieces: list[str | Box]) -> list[list[str | Box]]:
    """The pieces in groups between which a line may be broken: cut before each space."""
    groups: list[list[str | Box]] = []
    for piece in pieces:
        cut = re.findall(r"\s*\S+|\s+$", piece) if isinstance(piece, str) else [piece]
        for part in cut:
            if not groups or (isinstance(part, str) and part[0].isspace()):
                groups.append([part])
            else:
                groups[-1].append(part)
    return groups
