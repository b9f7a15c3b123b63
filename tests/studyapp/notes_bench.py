"""The Notes page as tests open it: shown, entered and in front."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.pages.notes import NotesPage
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.reader import Reader


def shown(qtbot: QtBot, store: Store, kept: Settings, width: int = 1072, theme: str = "light") -> NotesPage:
    made = NotesPage(Theme(theme), store, kept)
    qtbot.addWidget(made)
    made.resize(width, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.entered()
    QApplication.processEvents()
    return made


def reader(page: NotesPage) -> Reader:
    return page.findChild(Reader)
