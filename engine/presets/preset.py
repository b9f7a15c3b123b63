"""What a preset is: a run worth starting, and what there is to see in it. Knows no topic by name."""

from __future__ import annotations

from dataclasses import dataclass

from engine.config import RunConfig


@dataclass(frozen=True, slots=True)
class Preset:
    """A prepared run. What it `shows` is measured: see `benchmarks/presets.py`.

    Attributes:
        id: its name on the command line. title: its name on screen.
        topics: the topics of the course that it belongs to, the main one first.
        config: what is started.
        look_at: where to look. shows: what is seen there, in numbers.
        contrast: the run to put beside it; None where it speaks for itself.
        steps: how many training steps it takes to see it.
    """

    id: str
    title: str
    topics: tuple[str, ...]
    config: RunConfig
    look_at: str
    shows: str
    contrast: RunConfig | None = None
    steps: int = 300
