"""Ghosts: faint curves beside that of the run: its other branches, the steps ahead, a run compared with.

Knows a plot only as something that items can be put into.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from studyapp.losses import Envelope
from studyapp.theme import Theme
from studyapp.widgets.loss_scale import LossScale
from studyapp.widgets.plot import Plot

Array = NDArray[np.float64]
OPACITY = 150  # of 255


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """One faint curve.

    Attributes:
        label: for the legend.
        first, last: the steps of its first and last loss.
        losses: [n], evenly spread between them.
        ahead: steps that were done and can be done again: drawn in the colour of the run.
    """

    label: str
    first: int
    last: int
    losses: Array
    ahead: bool = False

    @property
    def steps(self) -> Array:
        """[n] the step of each loss."""
        return np.linspace(self.first, self.last, len(self.losses))

    def envelope(self) -> Envelope:
        """What a scale needs to know of it."""
        sound = np.where(np.isfinite(self.losses), self.losses, self.losses[np.isfinite(self.losses)].max())
        return Envelope(self.steps, sound, sound, sound)


class Ghosts:
    """The faint curves of one plot."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._lines: list[pg.PlotCurveItem] = []
        self.shown: tuple[Ghost, ...] = ()

    def set(self, ghosts: Sequence[Ghost]) -> None:
        """Show these instead of the present ones, as soon as `draw` is called."""
        self.shown = tuple(g for g in ghosts if np.isfinite(g.losses).any())
        while len(self._lines) < len(self.shown):
            self._lines.append(self._plot.add(pg.PlotCurveItem(antialias=True), -1))
        for line, ghost in zip(self._lines, self.shown, strict=False):
            line.setPen(QPen(ink(self._plot.theme, self.shown, ghost), 0, Qt.PenStyle.DashLine))
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(self.shown))

    def recolour(self) -> None:
        """Take the theme's colours."""
        self.set(self.shown)

    def draw(self, scale: LossScale) -> None:
        """Put the curves where `scale` says."""
        for line, ghost in zip(self._lines, self.shown, strict=False):
            sound = np.isfinite(ghost.losses)
            line.setData(ghost.steps[sound], scale.shares(ghost.losses[sound]))


def ink(theme: Theme, ghosts: Sequence[Ghost], ghost: Ghost) -> QColor:
    """The colour of one of `ghosts`."""
    colours = theme.colours
    others = [g for g in ghosts if not g.ahead]
    place = 0 if ghost.ahead else 1 + others.index(ghost) % (len(colours.series) - 1)
    made = QColor(colours.series[place])
    made.setAlpha(OPACITY)
    return made


def legend(theme: Theme, ghosts: Sequence[Ghost]) -> str:
    """Which colour is which, as rich text."""
    return "&nbsp;&nbsp; ".join(
        f'<span style="color:{ink(theme, ghosts, g).name()}">━</span>&nbsp;{html.escape(g.label)}'
        for g in ghosts
    )
