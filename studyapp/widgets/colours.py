"""Colour tables for numbers between -1 and 1, built from the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor

from studyapp.theme import Colours

STEPS = 256


def diverging(colours: Colours) -> list[int]:
    """256 opaque ARGB colours: `negative` at -1, `neutral` at 0, `positive` at 1."""
    low, middle, high = (QColor(c) for c in (colours.negative, colours.neutral, colours.positive))
    half = STEPS // 2
    down = [_mixed(low, middle, k / (half - 1)) for k in range(half)]
    return down + [_mixed(middle, high, k / (half - 1)) for k in range(half)]


def _mixed(first: QColor, second: QColor, share: float) -> int:
    parts = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)  # type: ignore[index]  # a 4-tuple
    return QColor(*(round(a + (b - a) * share) for a, b in parts)).rgba()
