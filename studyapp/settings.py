"""What the window remembers between two starts, and where: typed, checked, never a reason to fail.

One INI file in the user's configuration folder; nothing is written with `--temp`. A value that
is missing, damaged or out of range reads as its default. Nothing here is worth a message: what
must not be lost is in the bank. Knows no page; a page keeps its knobs under its own name.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

THEMES = ("system", "light", "dark")
NOTE_SIZES = range(12, 29)  # px
NOTE_SIZE = 16
_LONGEST = 100_000  # characters; more is not ours


class Settings:
    """Settings of one user; `path` None keeps them in memory only."""

    def __init__(self, path: Path | None) -> None:
        self._file = None if path is None else QSettings(str(path), QSettings.Format.IniFormat)
        self._memory: dict[str, str] = {}

    @property
    def theme(self) -> str:
        """system, light or dark."""
        return self._one_of("window/theme", THEMES)

    @theme.setter
    def theme(self, choice: str) -> None:
        self._write("window/theme", choice)

    @property
    def geometry(self) -> bytes:
        """What QWidget.saveGeometry gave; empty at the first start."""
        try:
            return base64.b64decode(self._read("window/geometry"), validate=True)
        except binascii.Error:
            return b""

    @geometry.setter
    def geometry(self, saved: bytes) -> None:
        self._write("window/geometry", base64.b64encode(saved).decode("ascii"))

    @property
    def page(self) -> str:
        """Id of the page that was on screen last; empty at the first start."""
        return self._read("window/page")

    @page.setter
    def page(self, page_id: str) -> None:
        self._write("window/page", page_id)

    @property
    def topic(self) -> str:
        """Id of the note that was read last; empty at the first start."""
        return self._read("notes/topic")

    @topic.setter
    def topic(self, topic_id: str) -> None:
        self._write("notes/topic", topic_id)

    @property
    def note_size(self) -> int:
        """Text size of the notes, px."""
        try:
            size = int(self._read("notes/size"))
        except ValueError:
            return NOTE_SIZE
        return size if size in NOTE_SIZES else NOTE_SIZE

    @note_size.setter
    def note_size(self, pixels: int) -> None:
        self._write("notes/size", str(max(NOTE_SIZES[0], min(pixels, NOTE_SIZES[-1]))))

    def knobs(self, page_id: str) -> dict[str, Any]:
        """What a page kept with `keep_knobs`: plain JSON values, each still to be checked by the page."""
        try:
            found = json.loads(self._read(f"{page_id}/knobs") or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def keep_knobs(self, page_id: str, values: Mapping[str, Any]) -> None:
        """Keep a page's own values; they must be plain JSON (TypeError if not)."""
        self._write(f"{page_id}/knobs", json.dumps(dict(values), sort_keys=True))

    def save(self) -> None:
        """Write to disk now; a disk that is full or read-only is not worth a word."""
        if self._file is not None:
            self._file.sync()

    def _one_of(self, key: str, choices: tuple[str, ...]) -> str:
        found = self._read(key)
        return found if found in choices else choices[0]

    def _read(self, key: str) -> str:
        found = self._memory.get(key, "") if self._file is None else self._file.value(key, "")
        return found if isinstance(found, str) and len(found) <= _LONGEST else ""

    def _write(self, key: str, value: str) -> None:
        if self._file is None:
            self._memory[key] = value
        else:
            self._file.setValue(key, value)
