"""What a thing is -> its colours in a theme. Pure but for QColor; knows no shape."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from studyapp.theme import Colours, contrast

_SERIES = {
    "state": 0, "gate": 1, "output": 2, "candidate": 3, "input": 4, "loss": 5, "gradient": 5,
    "attention": 3, "weight": 1,
}  # fmt: skip
_NAMED = {"good": "good", "bad": "bad", "accent": "accent", "muted": "muted", "cell": "good"}
_SOFT_LIGHT, _SOFT_DARK = 0.13, 0.22  # of a role's colour in the fill of a shape
LEGIBLE = 4.5  # contrast that small text needs (WCAG 2.2, 1.4.3); black or white always has it
_LEAST, _MOST = 0.06, 0.85  # of it in the fill of a shape that shows a value from 0 to 1


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one thing: of its border or line, its fill, and the words in it."""

    line: QColor
    fill: QColor
    words: QColor


class Palette:
    """The colours of roles on `ground`, the name of the colour behind the picture."""

    def __init__(self, colours: Colours, ground: str = "card") -> None:
        self._colours = colours
        self.dark = QColor(colours.bg).lightnessF() < 0.5
        self.ground = QColor(getattr(colours, ground))
        self.text = QColor(colours.text)
        self.muted = QColor(colours.muted)
        self.accent = QColor(colours.accent)
        self.group = Ink(QColor(colours.border), mixed(self.ground, QColor(colours.muted), 0.07), self.muted)

    def ink(self, role: str, value: float | None = None) -> Ink:
        """The colours of `role`; with a value from 0 to 1, the stronger the larger it is."""
        line = self.line(role)
        if value is not None:
            fill = mixed(self.ground, line, _LEAST + (_MOST - _LEAST) * min(1.0, max(0.0, value)))
            return Ink(line, fill, self._readable(fill))
        if role in ("neutral", "operation"):
            return Ink(line, mixed(self.ground, self.muted, 0.10 if not self.dark else 0.16), self.text)
        return Ink(line, mixed(self.ground, line, _SOFT_DARK if self.dark else _SOFT_LIGHT), self.text)

    def line(self, role: str) -> QColor:
        """The colour of a line of this role."""
        if role in _SERIES:
            return QColor(self._colours.series[_SERIES[role]])
        if role in _NAMED:
            return QColor(getattr(self._colours, _NAMED[role]))
        return mixed(self.muted, self.text, 0.35)

    def words(self, role: str) -> QColor:
        """The colour of words of this role; "" is that of plain text."""
        return self.text if role in ("", "neutral", "operation") else self.line(role)

    def _readable(self, fill: QColor) -> QColor:
        """The colour of text, or the ground's, where it stands out from `fill`; else black or white."""
        inks = (self.text, self.ground, QColor("black"), QColor("white"))
        return next(ink for ink in inks if contrast(ink.name(), fill.name()) >= LEGIBLE)


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """`share` of the second colour in the first."""
    return QColor(
        round(first.red() + (second.red() - first.red()) * share),
        round(first.green() + (second.green() - first.green()) * share),
        round(first.blue() + (second.blue() - first.blue()) * share),
    )
