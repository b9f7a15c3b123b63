"""How smoothly the window runs while the Lab trains at full speed, everything visible.

A timer of 16 ms ticks in the window's thread; the figure is the 95th percentile of the gaps
between its ticks, in milliseconds. The peer is an empty window with the same timer and the
same training process beside it, measured in turn. `drawn` is how many pictures a second reached
the screen, as the time that one takes, so that a smooth window that shows nothing would not pass.
Off screen, 1280 x 800, the size of the smallest screen we design for.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from figures import Figure, options, report
from PySide6.QtCore import QCoreApplication, QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from engine.config import RunConfig
from studyapp.lab_memory import LabMemory
from studyapp.pages.lab import LabPage
from studyapp.settings import Settings
from studyapp.theme import Theme, dress
from studyapp.trainer import Trainer

TICK = 16  # ms
P95, PER_PICTURE = 40.0, 50.0  # ms allowed
WARM_UP = 1.0  # s before the measuring begins
CONFIGS = {
    "lstm-16x24": RunConfig(),
    "gru-32x50": RunConfig(cell="gru", hidden=32, length=50),
    "lstm-128x100": RunConfig(hidden=128, length=100, batch=4),
}

QUICK_STEPS = ("lstm-16x24", "gru-32x50")  # with these the window, not the training, sets the pace


@dataclass(frozen=True, slots=True)
class Measured:
    """Gaps between ticks in ms, pictures drawn, and for how many seconds."""

    gaps: np.ndarray
    pictures: int
    seconds: float


def spin(seconds: float) -> None:
    """Let the event loop run."""
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < seconds * 1000:
        QCoreApplication.processEvents()
        time.sleep(0.0005)


def ticks(seconds: float) -> np.ndarray:
    """Gaps in ms between the ticks of a timer, while the event loop of the application runs."""
    at: list[float] = []
    timer = QTimer(interval=TICK, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: at.append(time.perf_counter()))
    timer.start()
    QTimer.singleShot(round(seconds * 1000), QApplication.quit)
    QApplication.exec()
    return np.diff(at) * 1000


def measure(config: RunConfig, seconds: float, *, lab: bool) -> Measured:
    """Train `config` at full speed, with the whole Lab on screen or with an empty window."""
    settings, trainer = Settings(None), Trainer()
    LabMemory(config).keep(settings)
    window = LabPage(Theme("dark"), trainer, settings) if lab else QWidget()
    window.resize(1084, 772)
    window.show()
    pictures = 0

    def count() -> None:
        nonlocal pictures
        pictures += 1

    if isinstance(window, LabPage):
        window.entered()
        window.train_or_pause()
    else:
        trainer.start(config)
        trainer.resume()
    spin(WARM_UP)
    trainer.progress.connect(count)
    gaps = ticks(seconds)
    trainer.close()
    window.close()
    window.deleteLater()
    return Measured(gaps, pictures, seconds)


def figures(quick: bool) -> Iterator[Figure]:
    """Both windows in turn, for each size of network."""
    rounds, seconds = (2, 1.5) if quick else (4, 4.0)
    for name, config in CONFIGS.items():
        ours, bare = [], []
        for _ in range(rounds):
            ours.append(measure(config, seconds, lab=True))
            bare.append(measure(config, seconds, lab=False))
        gap, peer = (
            float(np.percentile(np.concatenate([m.gaps for m in side]), 95)) for side in (ours, bare)
        )
        yield Figure(f"frames/p95 {name}", gap, "ms", P95, peer)
        if name in QUICK_STEPS:
            per_picture = 1000 * sum(m.seconds for m in ours) / max(1, sum(m.pictures for m in ours))
            yield Figure(f"frames/drawn {name}", per_picture, "ms", PER_PICTURE)


def main() -> int:
    wanted = options(__doc__ or "")
    app = QApplication([])
    dress(app)
    return report(figures(wanted.quick), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
