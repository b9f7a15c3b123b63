"""Shared set-up: Qt off screen unless STUDYAPP_TEST_PLATFORM says otherwise, a home of its own, no clock."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from engine.threads import one_thread

one_thread()  # torch's threads make the tiny oracles 15 times slower where another test runs beside
os.environ["QT_QPA_PLATFORM"] = os.environ.get("STUDYAPP_TEST_PLATFORM", "offscreen")
settings.register_profile(
    "untimed",
    settings(),
    deadline=None,  # speed is measured in benchmarks/; a busy machine is no fault
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's settings, data or cache."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
