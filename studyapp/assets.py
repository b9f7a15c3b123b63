"""The only door to `resources`: texts, fonts and tinted icons. Works from source, wheel and frozen app."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTemporaryDir
from PySide6.QtGui import QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_ROOT = files("resources")


@cache
def text(path: str) -> str:
    """The text of resources/`path`, e.g. "style.qss"."""
    return _ROOT.joinpath(path).read_text(encoding="utf-8")


def data(path: str) -> bytes:
    """The bytes of resources/`path`."""
    return _ROOT.joinpath(path).read_bytes()


def exists(path: str) -> bool:
    return _ROOT.joinpath(path).is_file()


def load_fonts() -> tuple[str, ...]:
    """Make the shipped fonts known to Qt; their family names. Needs a QGuiApplication."""
    families: list[str] = []
    for entry in sorted(_ROOT.joinpath("fonts").iterdir(), key=lambda e: e.name):
        if entry.name.endswith((".ttf", ".otf")):
            number = QFontDatabase.addApplicationFontFromData(QByteArray(entry.read_bytes()))
            families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


@lru_cache(maxsize=256)
def icon(name: str, colour: str, checked: str | None = None, size: int = 20) -> QIcon:
    """The Lucide icon `name` in `colour`, and in `checked` while its button is on.

    Raises:
        FileNotFoundError: naming the icons there are.
    """
    made = QIcon()
    for state, tint in ((QIcon.State.Off, colour), (QIcon.State.On, checked or colour)):
        renderer = QSvgRenderer(QByteArray(_icon_source(name).replace("currentColor", tint).encode()))
        for ratio in (1, 2, 3):
            pixmap = QPixmap(size * ratio, size * ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter)
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            made.addPixmap(pixmap, QIcon.Mode.Normal, state)
    return made


@cache
def tinted(name: str, colour: str, stroke: int = 2) -> str:
    """Path of a file with the icon `name` in `colour`: style sheets cannot tint, and take only files.

    The file lives as long as the process.
    """
    path = Path(_tinted_folder().path(), f"{name}-{colour.removeprefix('#')}-{stroke}.svg")
    source = _icon_source(name).replace("currentColor", colour)
    path.write_text(source.replace('stroke-width="2"', f'stroke-width="{stroke}"'), encoding="utf-8")
    return path.as_posix()


@cache
def _tinted_folder() -> QTemporaryDir:
    return QTemporaryDir()


def _icon_source(name: str) -> str:
    if not exists(f"icons/{name}.svg"):
        known = sorted(e.name.removesuffix(".svg") for e in _ROOT.joinpath("icons").iterdir())
        raise FileNotFoundError(f"no icon {name!r}; there are {', '.join(known)}")
    return text(f"icons/{name}.svg")
