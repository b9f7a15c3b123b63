"""The user's cache of formulas: SQLite, in the cache folder. May be deleted at any time; no error of it
ever reaches the user, a cache that cannot be read or written merely keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from studyapp.mathtext.drawing import Drawing

_MOST = 20_000  # formulas; the oldest go
_TABLES = """
    CREATE TABLE IF NOT EXISTS formula (key TEXT PRIMARY KEY, record TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS glyph (name TEXT PRIMARY KEY, outline TEXT NOT NULL);
"""


def default_path() -> Path:
    """Where the cache of this user lies."""
    from platformdirs import user_cache_path

    return user_cache_path("studyapp", appauthor=False) / "formulas.sqlite"


class Kept:
    """Drawings by (bundle, display, LaTeX); any thread."""

    def __init__(self, path: Path, bundle: str) -> None:
        """Opens or makes the file at `path`; one that is damaged is made anew."""
        self._bundle = bundle
        self._lock = threading.Lock()
        self._database = _open(path)
        if self._database is None:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            self._database = _open(path)

    def drawing(self, tex: str, display: bool) -> Drawing | None:
        try:
            rows = self._rows("SELECT record FROM formula WHERE key = ?", [self._key(tex, display)])
            return Drawing.read(rows[0][0]) if rows else None
        except (sqlite3.Error, ValueError):
            return None

    def outlines(self, names: Iterable[str]) -> dict[str, str]:
        """Path data of those glyphs of `names` that are known."""
        found: dict[str, str] = {}
        with contextlib.suppress(sqlite3.Error):
            for name in names:
                for (outline,) in self._rows(
                    "SELECT outline FROM glyph WHERE name = ?", [self._bundle + name]
                ):
                    found[name] = outline
        return found

    def keep(self, tex: str, display: bool, drawing: Drawing, outlines: Mapping[str, str]) -> None:
        """Remember a drawing with the glyphs it needs."""
        glyphs = [(self._bundle + name, outline) for name, outline in outlines.items()]
        if self._database is None:
            return
        with self._lock, contextlib.suppress(sqlite3.Error), self._database as database:
            database.execute(
                "INSERT OR REPLACE INTO formula VALUES (?, ?)", [self._key(tex, display), drawing.record()]
            )
            database.executemany("INSERT OR IGNORE INTO glyph VALUES (?, ?)", glyphs)

    def close(self) -> None:
        if self._database is not None:
            self._database.close()

    def _key(self, tex: str, display: bool) -> str:
        return hashlib.sha1(f"{self._bundle} {display:d} {tex}".encode(), usedforsecurity=False).hexdigest()

    def _rows(self, query: str, values: list[str]) -> list[tuple[str]]:
        if self._database is None:
            return []
        with self._lock:
            return self._database.execute(query, values).fetchall()


def _open(path: Path) -> sqlite3.Connection | None:
    database = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=0.1, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")  # a cache may be lost
        database.executescript(_TABLES)
        with database:
            database.execute(
                "DELETE FROM formula WHERE rowid <= (SELECT max(rowid) FROM formula) - ?", [_MOST]
            )
        return database
    except (OSError, sqlite3.Error):
        if database is not None:
            database.close()
        return None
