"""A cache of formulas for each test, on one engine for all, and a theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from studyapp import assets
from studyapp.mathtext import cache
from studyapp.mathtext.cache import Formulas
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.errors import NoEngine
from studyapp.mathtext.kept import Kept
from studyapp.mathtext.shipped import Shipped
from studyapp.theme import Theme


@pytest.fixture(scope="session")
def engine() -> MathEngine:
    return MathEngine()


class _NoQuickJS(MathEngine):
    def svg(self, tex: str, display: bool) -> str:
        raise NoEngine


@pytest.fixture
def no_quickjs() -> MathEngine:
    """The engine of a computer without QuickJS."""
    return _NoQuickJS()


@pytest.fixture
def open_cache(tmp_path: Path) -> Iterator[Callable[..., Kept]]:
    """Opens the user's cache of this test, for MathJax bundle "b" unless told; closed at the end."""
    opened: list[Kept] = []

    def open_one(bundle: str = "b", name: str = "c.sqlite") -> Kept:
        opened.append(Kept(tmp_path / name, bundle))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def kept(open_cache: Callable[..., Kept]) -> Kept:
    return open_cache()


@pytest.fixture
def formulas(engine: MathEngine, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Formulas:
    """What the widgets of this test ask; nothing is prerendered."""
    made = Formulas(Shipped(), kept, engine)
    monkeypatch.setattr(cache, "formulas", lambda: made)
    return made


@pytest.fixture(scope="session")
def _one_theme(qapp: QApplication) -> Theme:
    assets.load_fonts()
    return Theme("light")


@pytest.fixture
def theme(qapp: QApplication, _one_theme: Theme, formulas: Formulas) -> Theme:
    """The light theme, with the shipped fonts. One for all tests: to apply a style sheet takes a while."""
    qapp.setFont(QFont("Inter"))
    if _one_theme.dark:
        _one_theme.choose("light")
    return _one_theme
