"""Outlines -> a TrueType font in memory, as small as a font may be: a PDF then says each outline once.

Pure. Quadratic outlines stay exactly what they are. The format: the OpenType specification, version 1.9.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

EM = 1000
"""Units to an em."""

Point = tuple[int, int, bool]
"""x, y (up), and whether the curve goes through it; if not, it is a control point."""

_MAGIC, _CHECK = 0x5F0F3CF5, 0xB1B0AFBA
_LETTERS = {1: "Family", 2: "Regular", 3: "Family", 4: "Family", 6: "Family"}  # names that a font must have


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph: its closed contours, how far the next one is, and the character it is read as or ""."""

    contours: Sequence[Sequence[Point]]
    advance: int
    character: str


def font(family: str, outlines: Sequence[Outline]) -> bytes:
    """A whole font file; the outlines are its glyphs from 1 on, 0 is blank."""
    glyphs = [Outline((), EM, ""), *outlines]
    data = [_glyph(one.contours) for one in glyphs]
    places = [0]
    for one in data:
        places.append(places[-1] + len(one))
    box = _box(point for one in glyphs for contour in one.contours for point in contour)
    tables = {
        "OS/2": _os2(glyphs),
        "cmap": _cmap({ord(one.character): n for n, one in enumerate(glyphs) if one.character}),
        "glyf": b"".join(data),
        "head": struct.pack(
            ">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, _MAGIC, 3, EM, 0, 0, *box, 0, 8, 2, 1, 0
        ),
        "hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, EM, -EM, 0, 4 * EM, *[0] * 11, len(glyphs)),
        "hmtx": b"".join(struct.pack(">Hh", one.advance, _box(_points(one))[0]) for one in glyphs),
        "loca": struct.pack(f">{len(places)}I", *places),
        "maxp": _maxp(glyphs),
        "name": _name(family),
        "post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _file(tables)


def _points(outline: Outline) -> Iterable[Point]:
    return (point for contour in outline.contours for point in contour)


def _box(points: Iterable[Point]) -> tuple[int, int, int, int]:
    """Least x and y, largest x and y."""
    found = list(points) or [(0, 0, True)]
    across, up = [x for x, _, _ in found], [y for _, y, _ in found]
    return min(across), min(up), max(across), max(up)


def _glyph(contours: Sequence[Sequence[Point]]) -> bytes:
    """An entry of glyf, padded to four bytes; nothing for a blank one."""
    if not contours:
        return b""
    points = [point for contour in contours for point in contour]
    ends, last = [], -1
    for contour in contours:
        last += len(contour)
        ends.append(last)
    steps = zip([(0, 0, True), *points], points, strict=False)
    moves = [(x - old_x, y - old_y) for (old_x, old_y, _), (x, y, _) in steps]
    made = struct.pack(f">h4h{len(ends)}HH", len(contours), *_box(points), *ends, 0)
    made += bytes(int(through) for _, _, through in points)
    made += struct.pack(f">{len(moves)}h", *(across for across, _ in moves))
    made += struct.pack(f">{len(moves)}h", *(up for _, up in moves))
    return made + bytes(-len(made) % 4)


def _cmap(numbers: Mapping[int, int]) -> bytes:
    """Characters up to U+FFFF -> glyphs (format 4), each a segment of its own."""
    codes = [*sorted(numbers), 0xFFFF]
    deltas = [*((numbers[code] - code) & 0xFFFF for code in codes[:-1]), 1]
    count = len(codes)
    power = 1 << (count.bit_length() - 1)
    head = (count * 2, power * 2, power.bit_length() - 1, (count - power) * 2)
    body = struct.pack(">4H", *head) + struct.pack(f">{count}H", *codes) + bytes(2)
    body += struct.pack(f">{count}H", *codes) + struct.pack(f">{count}H", *deltas) + bytes(2 * count)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, 6 + len(body), 0) + body


def _maxp(glyphs: Sequence[Outline]) -> bytes:
    points = max(sum(map(len, one.contours)) for one in glyphs)
    contours = max(len(one.contours) for one in glyphs)
    return struct.pack(">IHHH11H", 0x10000, len(glyphs), points, contours, 0, 0, 2, *[0] * 8)


def _name(family: str) -> bytes:
    texts = [text.replace("Family", family).encode("utf-16-be") for text in _LETTERS.values()]
    records, place = b"", 0
    for number, text in zip(_LETTERS, texts, strict=True):
        records += struct.pack(">6H", 3, 1, 0x409, number, len(text), place)
        place += len(text)
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + b"".join(texts)


def _os2(glyphs: Sequence[Outline]) -> bytes:
    codes = [ord(one.character) for one in glyphs if one.character] or [0x20]
    return (
        struct.pack(">HhHHH11h", 4, EM, 400, 5, 0, *[0] * 11)
        + bytes(10 + 16)
        + b"NONE"
        + struct.pack(">HHHhhhHH", 0x40, min(codes), max(codes), EM, -EM, 0, EM, EM)
        + struct.pack(">IIhhHHH", 1, 0, 500, 700, 0, 32, 1)
    )


def _file(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    made = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    place, body = len(made) + 16 * count, b""
    for tag, data in sorted(tables.items()):
        made += struct.pack(">4sIII", tag.encode(), _sum(data), place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    whole = made + body
    head = place + sum(len(data) + -len(data) % 4 for tag, data in sorted(tables.items()) if tag < "head")
    return whole[: head + 8] + struct.pack(">I", (_CHECK - _sum(whole)) & 0xFFFFFFFF) + whole[head + 12 :]


def _sum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
