"""The formulas of the course, set in advance: resources/formulas.z, written by prerender.py.

The file is zlib-compressed text. Line 1: the hash of the MathJax bundle. Line 2: glyph outlines, JSON.
Each further line: mode ("d"isplay or "i"nline), LaTeX as a JSON string, a tab, the record of its drawing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping

from studyapp import assets
from studyapp.mathtext.drawing import Drawing

NAME = "formulas.z"
Key = tuple[str, bool]
"""LaTeX, and whether it stands on a line of its own."""


class Shipped:
    """The records of one such file; decoded at the first question. An unreadable file holds nothing."""

    def __init__(self, packed: bytes = b"") -> None:
        self.bundle = ""
        self.glyphs: dict[str, str] = {}
        self._records: dict[str, str] = {}
        try:
            self._unpack(zlib.decompress(packed).decode())
        except (zlib.error, ValueError):
            self._records = {}

    def _unpack(self, text: str) -> None:
        self.bundle, glyphs, *lines = text.rstrip("\n").split("\n")
        self.glyphs = json.loads(glyphs)
        for line in lines:
            name, record = line.split("\t", 1)
            self._records[name] = record

    def drawing(self, tex: str, display: bool) -> Drawing | None:
        record = self._records.get(_name(tex, display))
        try:
            return Drawing.read(record) if record else None
        except ValueError:
            return None

    def keys(self) -> set[Key]:
        return {(json.loads(name[1:]), name[0] == "d") for name in self._records}


def load() -> Shipped:
    """The file that came with the program."""
    return Shipped(assets.data(NAME) if assets.exists(NAME) else b"")


def pack(bundle: str, drawings: Mapping[Key, Drawing], outlines: Mapping[str, str]) -> bytes:
    """The bytes of such a file; the same content gives the same bytes."""
    used: Iterable[str] = sorted(set().union(*(drawing.glyphs() for drawing in drawings.values())))
    glyphs = json.dumps({name: outlines[name] for name in used}, separators=(",", ":"))
    lines = sorted(f"{_name(*key)}\t{drawing.record()}" for key, drawing in drawings.items())
    return zlib.compress("\n".join([bundle, glyphs, *lines]).encode(), 9)


def _name(tex: str, display: bool) -> str:
    return ("d" if display else "i") + json.dumps(tex, ensure_ascii=False)
