"""LabPresets: which ready-made run is on, and the pair it may belong to. Knows no widget but the chooser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.config import RunConfig
from studyapp.losses import LossHistory
from studyapp.theme import Theme
from studyapp.widgets.ghosts import Ghost
from studyapp.widgets.preset_chooser import PresetChooser
from studyapp.widgets.preset_words import counted, differences, values

if TYPE_CHECKING:
    from engine.presets import Preset

POINTS = 2000  # of a curve that is kept to compare with


class LabPresets(QObject):
    """Opens the chooser, with the titles of topics by id, and hands what was chosen to `start`.

    Attributes:
        active: the preset that the run is of; None for one of the user's own.
        second: the run is the preset's second one, its contrast.
        ghost: the curve of the other run of the pair, as far as it got; None for none.
    """

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        start: Callable[[Preset], object],
        titles: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._start, self._titles = window, theme, start, titles
        self.active: Preset | None = None
        self.second = False
        self.ghost: Ghost | None = None

    def choose(self) -> None:
        """Show the list of presets."""
        from engine.presets import PRESETS

        self.choose_from(PRESETS)

    def choose_from(self, presets: tuple[Preset, ...]) -> PresetChooser:
        """Show a list of these."""
        chooser = PresetChooser(self._theme, presets, self._titles(), self._window)
        chooser.chosen.connect(self._start)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()
        return chooser

    def begin(self, preset: Preset) -> RunConfig:
        """`preset` is on; its first run."""
        self.active, self.second, self.ghost = preset, False, None
        return preset.config

    def swap(self, built: RunConfig | None, losses: LossHistory) -> RunConfig | None:
        """The other run of the pair, None where there is none.

        `losses` are those of the run of `built`; they are kept when that is the one that ends.
        """
        preset = self.active
        if preset is None or preset.contrast is None:
            return None
        here, there = self._pair(preset)
        name = "second run" if self.second else "first run"
        words = ", ".join(values(here, there))
        self.ghost = ghost_of(losses, f"{name}: {words}") if built == here else None
        self.second = not self.second
        return there

    def follow(self, config: RunConfig) -> None:
        """A run with `config` was built: the preset is over when that is another one."""
        if self.active is not None and config not in (self.active.config, self.active.contrast):
            self.active, self.ghost = None, None

    def done(self, steps: int) -> str:
        """What to say when the run pauses after `steps`; empty unless those are all of the preset's."""
        preset = self.active
        if preset is None or steps != preset.steps:
            return ""
        return f"Done: {counted(steps)}. Look at: {preset.look_at.rstrip('.')}."

    @property
    def offer(self) -> tuple[str, str]:
        """Words and tooltip of the button that starts the other run; empty for none."""
        preset = self.active
        if preset is None or preset.contrast is None:
            return "", ""
        here, there = self._pair(preset)
        what = "; ".join(differences(there, here))
        name = "Back to the first run" if self.second else "Now the second run"
        return name, f"{name}: {what}. The curve of this one stays for comparison."

    def _pair(self, preset: Preset) -> tuple[RunConfig, RunConfig]:
        other = preset.contrast or preset.config
        return (other, preset.config) if self.second else (preset.config, other)


def ghost_of(losses: LossHistory, label: str) -> Ghost | None:
    """The whole curve of a run, thinned; None before its first step."""
    if not losses.steps:
        return None
    envelope = losses.envelope(POINTS)
    first, last = round(float(envelope.step[0])), round(float(envelope.step[-1]))
    return Ghost(label, first, max(first, last), envelope.mean)
