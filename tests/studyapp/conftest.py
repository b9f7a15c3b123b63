"""A bank, a clock, settings and the app's own look, for the tests of pages that want them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from study_bench import Clock, open_store

from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import dress


@pytest.fixture(scope="module")
def dressed(qapp: QApplication) -> Iterator[None]:
    """In the app's own font; the tests of other files get theirs back."""
    before = qapp.font()
    dress(qapp)
    yield
    qapp.setFont(before)


@pytest.fixture
def clock() -> Clock:
    """Monday noon, until the test turns it."""
    return Clock()


@pytest.fixture
def store(qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A bank of this test with the whole course; closed at the end."""
    made = open_store(qtbot, tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def kept() -> Settings:
    """Settings that no file keeps."""
    return Settings(None)
