"""Emptying layouts, in one line."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def emptied(layout: QLayout, keep: int = 0) -> None:
    """Take all widgets but the first `keep` items out of `layout`, at once invisible and soon gone."""
    while layout.count() > keep:
        item = layout.takeAt(keep)
        if item is not None and (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
