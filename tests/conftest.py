"""Shared set-up: Qt off screen unless STUDYAPP_TEST_PLATFORM says otherwise, and a home of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.threads import one_thread

one_thread()  # torch's threads make the tiny oracles 15 times slower where another test runs beside
os.environ["QT_QPA_PLATFORM"] = os.environ.get("STUDYAPP_TEST_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's settings, data or cache."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
