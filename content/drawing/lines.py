"""line, arrow, brace, area: lists of places -> lines, with a text beside them."""

from __future__ import annotations

import math
from itertools import pairwise

from content.diagram import Line, Point, Primitive, Text
from content.drawing.fields import Fields
from content.drawing.places import NAME, BadPlace

_ROUTES = ("hv", "vh")
_HEADS = ("end", "start", "both", "none")
_SIDES = ("above", "below", "left", "right", "on")
_AWAY = 0.32  # cells between a line and the middle of the text beside it
_TIP = 0.28  # cells from a brace's ends to its tip


def drawn(fields: Fields, kind: str, path: object) -> list[Primitive]:
    """What one of the kinds above stands for."""
    if kind == "brace":
        return _brace(fields, path)
    return _area(fields, path) if kind == "area" else _line(fields, kind, path)


def _line(fields: Fields, kind: str, path: object) -> list[Primitive]:
    """A line or arrow through `path`: places, with `hv` or `vh` between two that a right angle joins."""
    points = _points(fields, path)
    if len(points) < 2:
        return []
    heads = fields.choice("heads", _HEADS, "end" if kind == "arrow" else "none")
    form = fields.choice("form", ("round", "sharp", "smooth"), "round")
    made: list[Primitive] = [
        Line(
            _bent(points, fields), fields.own_role(), "smooth" if "bend" in fields.raw else form,
            heads in ("start", "both"), heads in ("end", "both"), fields.decimal("weight", 1.0),
            fields.flag("dashed"), fields.flag("over"),
        )
    ]  # fmt: skip
    return made + _beside(fields, made[0].points if isinstance(made[0], Line) else ())


def _area(fields: Fields, path: object) -> list[Primitive]:
    """A filled outline."""
    points = _points(fields, path)
    if len(points) < 3:
        fields.complain("an area needs at least three places.")
        return []
    return [Line(tuple(points), fields.own_role(), "area")]


def _brace(fields: Fields, path: object) -> list[Primitive]:
    """A curly brace from the first place to the second; its tip points to `side`, where its text stands."""
    points = _points(fields, path)
    if len(points) != 2:
        fields.complain("a brace needs two places.")
        return []
    side = fields.choice("side", _SIDES[:4], "above")
    (x1, y1), (x2, y2) = points
    across, down = {"above": (0, -1), "below": (0, 1), "left": (-1, 0), "right": (1, 0)}[side]
    tip = ((x1 + x2) / 2 + across * _TIP, (y1 + y2) / 2 + down * _TIP)
    made: list[Primitive] = [Line((points[0], tip, points[1]), fields.own_role("muted"), "brace")]
    words = fields.words()
    if words:
        align = {"left": "right", "right": "left"}.get(side, "centre")
        made.append(_text(fields, words, (tip[0] + across * 0.15, tip[1] + down * 0.35), align))
    return made


def _points(fields: Fields, path: object) -> list[Point]:
    if not isinstance(path, list) or len(path) < 2:
        fields.complain(f"{path!r} is no path; write places in square brackets: [f.top, [3, 2]].")
        return []
    stops = [(part, None if _is_route(part) else fields.place(part)) for part in path]
    if stops[0][1] is None or stops[-1][1] is None:
        fields.complain("a path begins and ends at a place.")
        return []
    points: list[Point] = []
    for number, (written, place) in enumerate(stops):
        if place is not None:
            points.append(_at_border(fields, written, place, _neighbour(stops, number)))
        else:
            before, after = stops[number - 1][1], stops[number + 1][1]
            if before is None or after is None:
                fields.complain("between two places stands at most one of hv and vh.")
                return []
            points.append((after[0], before[1]) if written == "hv" else (before[0], after[1]))
    return points


def _is_route(part: object) -> bool:
    return part in _ROUTES


def _neighbour(stops: list[tuple[object, Point | None]], number: int) -> Point | None:
    """Where the line goes to, or comes from, at its ends; None in between."""
    if number == 0:
        beside = 1
    elif number == len(stops) - 1:
        beside = number - 1
    else:
        return None
    here, there = stops[number][1], stops[beside][1]
    if there is not None or here is None:
        return there
    far = stops[2 * beside - number][1]  # the place on the other side of hv or vh
    route = stops[beside][0]
    if far is None:
        return None
    first = (route == "hv") == (number == 0)  # leaves, or arrives, level
    return (far[0], here[1]) if first else (here[0], far[1])


def _at_border(fields: Fields, written: object, place: Point, towards: Point | None) -> Point:
    """A bare name at the end of a path means the border of the named thing."""
    if towards is None or not isinstance(written, str) or not NAME.fullmatch(written):
        return place
    try:
        return fields.scene.places.named(written).border(towards)
    except BadPlace:
        return place


def _bent(points: list[Point], fields: Fields) -> tuple[Point, ...]:
    """`bend: 0.3` bows a line of two points to its left by so much of its length; below 0 to its right."""
    value = fields.signed("bend")
    if value is None or len(points) != 2:
        if value is not None:
            fields.complain("bend is for a line of two places.")
        return tuple(points)
    (x1, y1), (x2, y2) = points
    middle = ((x1 + x2) / 2 + value * (y2 - y1), (y1 + y2) / 2 - value * (x2 - x1))
    return points[0], middle, points[1]


def _beside(fields: Fields, points: tuple[Point, ...]) -> list[Primitive]:
    """The text of a line, `along` its length on one `side`."""
    words = fields.words()
    if not words:
        return []
    x, y = _along(points, fields.decimal("along", 0.5))
    side = fields.choice("side", _SIDES, "above")
    dx, dy = fields.pair("shift", (0.0, 0.0), negative=True)
    across, down = {"above": (0, -1), "below": (0, 1), "left": (-1, 0), "right": (1, 0), "on": (0, 0)}[side]
    align = {"left": "right", "right": "left"}.get(side, "centre")
    near = 0.18 if across else _AWAY
    return [_text(fields, words, (x + across * near + dx, y + down * near + dy), align, plate=side == "on")]


def _text(fields: Fields, words: str, place: Point, align: str, *, plate: bool = False) -> Text:
    return Text(
        words, *place, fields.ink(), align, fields.font("normal"), stays=fields.flag("stays"),
        plate=plate,
    )  # fmt: skip


def _along(points: tuple[Point, ...], share: float) -> Point:
    """The point after this share of the length, measured on straight pieces."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    left = min(1.0, share) * sum(lengths)
    for ((x1, y1), (x2, y2)), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length:
            return x1 + (x2 - x1) * left / length, y1 + (y2 - y1) * left / length
        left -= length
    return points[-1]
