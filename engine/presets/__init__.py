"""Prepared runs: one or more for each topic of the course that can be simulated, bad runs among them.

    preset.py    Preset: a config, what to look at, what it shows, and the run to put beside it
    core.py      sequences, the recurrent cell, types of RNN
    learning.py  training and unstable gradients
    gated.py     LSTM, GRU, deep and bidirectional networks
    language.py  language, encoder-decoders, PixelRNN and the Neural Turing machine
    topics.py    every topic of the course, and why some have no preset

What each one shows is measured by `benchmarks/presets.py`. Loads neither NumPy nor torch.
"""

from __future__ import annotations

from engine.presets import core, gated, language, learning
from engine.presets.preset import Preset

__all__ = ["PRESETS", "Preset", "preset_of"]

PRESETS: tuple[Preset, ...] = core.PRESETS + learning.PRESETS + gated.PRESETS + language.PRESETS


def preset_of(id: str) -> Preset:
    """The preset of this name; KeyError if there is none."""
    return {preset.id: preset for preset in PRESETS}[id]
