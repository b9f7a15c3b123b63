"""Opening a Lab for tests: a page on screen with its own training process, as a user has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from studyapp.lab_memory import LabMemory
from studyapp.pages.lab import LabPage
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.trainer import Trainer

SMALL = RunConfig(hidden=4, length=8, batch=2)
Open = Callable[..., LabPage]


@contextmanager
def opener(qtbot: QtBot, theme: Theme) -> Iterator[Open]:
    """Gives a function that opens Labs whose run is built; ends their processes."""
    trainers: list[Trainer] = []

    def build(config: RunConfig = SMALL, settings: Settings | None = None) -> LabPage:
        kept = settings or Settings(None)
        if settings is None:
            LabMemory(config).keep(kept)
        trainers.append(Trainer())
        page = LabPage(theme, trainers[-1], kept)
        qtbot.addWidget(page)
        page.resize(1084, 772)
        with qtbot.waitExposed(page):
            page.show()
        with qtbot.waitSignal(trainers[-1].started, timeout=10_000):
            page.entered()
        return page

    yield build
    for trainer in trainers:
        trainer.close()


def steps(page: LabPage) -> int:
    """The step on screen."""
    return int(page.view.figures.value("step").replace(",", ""))


def obeyed(qtbot: QtBot, trainer: Trainer) -> None:
    """Wait until the process has done all that it was told: it answers in order, this question last."""
    own = 0.1234  # a temperature by which our question is told from the Lab's
    with qtbot.waitSignal(
        trainer.sampled, check_params_cb=lambda said: said.temperature == own, timeout=20_000
    ):
        trainer.sample(own, 1, 1)


def train(qtbot: QtBot, page: LabPage, count: int) -> None:
    """Do exactly `count` steps by the buttons, and wait for the picture."""
    goal = steps(page) + count
    page.step(count)
    qtbot.waitUntil(lambda: steps(page) == goal, timeout=20_000)
