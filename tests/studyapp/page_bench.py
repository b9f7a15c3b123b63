"""A page as tests open it: on screen, in front, entered."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.widgets.page import Page

P = TypeVar("P", bound=Page)


def in_front(qtbot: QtBot, page: P, width: int, height: int) -> P:
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.entered()
    QApplication.processEvents()
    return page
