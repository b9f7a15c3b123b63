"""A Derive page on screen for tests, with the real symbolic process, torch, and a Lab's trainer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from page_bench import in_front
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from studyapp.jobs import Jobs
from studyapp.pages.derive import DerivePage
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.trainer import Trainer
from studyapp.widgets.step_row import StepRow

LEFT = Qt.MouseButton.LeftButton
SOON, LONG = 8000, 15_000  # ms


@contextmanager
def ready_jobs(qapp: QApplication) -> Iterator[Jobs]:
    """The processes, ready: starting them takes seconds, so a file of tests has one pair."""
    made = Jobs()
    made.warm()
    until = time.monotonic() + 30
    while not made._told_ready and time.monotonic() < until:
        qapp.processEvents()
        time.sleep(0.01)
    yield made
    made.close()


@lru_cache(maxsize=1)
def _theme_of(jobs: Jobs) -> Theme:
    """One for a file of tests: each new one dresses every widget that is there."""
    return Theme("light")


def shown(
    qtbot: QtBot,
    jobs: Jobs,
    settings: Settings,
    theme: Theme | None = None,
    trainer: Trainer | None = None,
) -> DerivePage:
    """A page that has come on screen."""
    return in_front(
        qtbot, DerivePage(theme or _theme_of(jobs), jobs, trainer or Trainer(), settings), 1084, 770
    )


def rows(page: DerivePage) -> list[StepRow]:
    return page.desk.view.steps.rows


def visible(page: DerivePage) -> int:
    return sum(row.isVisible() for row in rows(page))


def numbers(page: DerivePage) -> list[int]:
    """Of the lines that are seen."""
    return [row.line.number for row in rows(page) if row.isVisible()]


def built(qtbot: QtBot, page: DerivePage, number: int) -> StepRow:
    """The row of that line, scrolled to, with everything in it."""
    row = rows(page)[number - 1]
    page.desk.view.show_row(row)
    qtbot.waitUntil(lambda: row.filled and row.isVisible(), timeout=SOON)
    QApplication.processEvents()
    return row


def press(qtbot: QtBot, page: DerivePage, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key where the focus is, as a keyboard sends it."""
    held = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(page.window().focusWidget() or page, key, held)
    QApplication.processEvents()


def side_words(page: DerivePage) -> str:
    """All that can be read at the side."""
    QApplication.processEvents()
    return "\n".join(w.text() for w in page.desk.side.findChildren(QLabel) if w.isVisible())


def clipboard() -> str:
    return QGuiApplication.clipboard().text()
