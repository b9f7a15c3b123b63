"""Where things are kept, and what time it is: asked for here and nowhere else. Knows no Qt.

Everything below takes paths and moments as arguments.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from content.clock import Moment


def data_folder() -> Path:
    """The user's data folder of this system, where the bank lives; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("StudyApp", appauthor=False)


def settings_file() -> Path:
    """settings.ini in the user's configuration folder of this system."""
    from platformdirs import user_config_path

    return user_config_path("StudyApp", appauthor=False) / "settings.ini"


def this_moment() -> Moment:
    """Now, by the clock of this computer."""
    return Moment.of(datetime.now(UTC).astimezone())
