"""The Notes page as tests open it: shown, entered and in front."""

from __future__ import annotations

import pytest
from page_bench import in_front
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.pages.notes import NotesPage
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.reader import Reader


def shown(qtbot: QtBot, store: Store, kept: Settings, width: int = 1072, theme: str = "light") -> NotesPage:
    return in_front(qtbot, NotesPage(Theme(theme), store, kept), width, 800)


def reader(page: NotesPage) -> Reader:
    return page.findChild(Reader)


def link_at(page: NotesPage, address: str) -> QPoint:
    """The middle of the first link to `address`, in the viewport; scrolled to."""
    block = reader(page).document().begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            piece = place.fragment()
            if piece.charFormat().anchorHref() == address:
                cursor = QTextCursor(reader(page).document())
                cursor.setPosition(piece.position() + 1)
                reader(page).setTextCursor(cursor)
                reader(page).ensureCursorVisible()
                QApplication.processEvents()
                return reader(page).cursorRect(cursor).center()
            place += 1
        block = block.next()
    pytest.fail(f"no link to {address}")
