"""Formulas already painted. Keeps the ones used last, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtGui import QPixmap

_BYTES = 32 << 20


class Pixmaps:
    """Pictures by key; GUI thread only."""

    def __init__(self, limit: int = _BYTES) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], QPixmap]) -> QPixmap:
        """The picture of `key`, made now if it is not kept."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
            self._bytes += _size(found)
            self._drop_oldest()
        else:
            self._kept.move_to_end(key)
        return found

    def _drop_oldest(self) -> None:
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
