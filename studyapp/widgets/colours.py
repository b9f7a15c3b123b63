"""Colour tables for numbers on both sides of zero, built from the theme, and pictures made with them.

Two places of each table are kept for what is no number any more: infinite, and not a number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from studyapp.theme import Colours

STEPS = 254  # of numbers
INFINITE, NOT_A_NUMBER = STEPS, STEPS + 1  # places in the table


def diverging(colours: Colours) -> list[int]:
    """256 opaque ARGB colours: `negative` at -1, `neutral` at 0, `positive` at 1; `warn` and `bad` after."""
    low, middle, high = (QColor(c) for c in (colours.negative, colours.neutral, colours.positive))
    half = STEPS // 2
    down = [_mixed(low, middle, k / (half - 1)) for k in range(half)]
    up = [_mixed(middle, high, k / (half - 1)) for k in range(half)]
    return [*down, *up, QColor(colours.warn).rgba(), QColor(colours.bad).rgba()]


def picture(values: NDArray[np.float64], scale: float, table: list[int]) -> QImage:
    """`values` [rows, columns] from -scale to scale, one pixel each."""
    with np.errstate(all="ignore"):
        places = np.clip((values / scale + 1) * (0.5 * (STEPS - 1)), 0, STEPS - 1)
        levels = np.where(np.isnan(values), NOT_A_NUMBER, places)
        levels = np.where(np.isinf(values), INFINITE, levels).astype(np.uint8)
    rows, columns = levels.shape
    image = QImage(levels.tobytes(), columns, rows, columns, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return image.copy()  # the bytes above die with this call


def _mixed(first: QColor, second: QColor, share: float) -> int:
    parts = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)  # type: ignore[index]  # a 4-tuple
    return QColor(*(round(a + (b - a) * share) for a, b in parts)).rgba()
