"""axes, curve, bars: numbers -> lines and bars. Every point is computed, none is typed.

'name@x,y' is a point of the axes, both being expressions; 'name@2' the top of the second bar, from 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from content.diagram import ALIGNS, Line, Point, Primitive, Shape, Text
from content.drawing.fields import Fields
from content.drawing.places import BadPlace, Place
from content.placeholders import shown
from content.worked.evaluate import evaluate
from content.worked.naming import printed
from content.worked.reading import WorkedError

_POINTS = 64  # of a curve
_TICK = 0.14  # cells


def name_axes(fields: Fields, name: str) -> Place:
    """Where the axes are, `at` being their lower left corner."""
    left, bottom = fields.point("at")
    width, height = fields.pair("size", (6.0, 4.0))
    across, down = _scales(fields, (left, bottom), (width, height))

    def inside(text: str) -> Point:
        parts = text.split(",")
        try:
            if len(parts) != 2:
                raise BadPlace(f"@{text} must be @x,y.")
            x, y = (float(evaluate(part.strip(), fields.scene.numbers)) for part in parts)
        except (WorkedError, TypeError) as error:
            raise BadPlace(f"@{text}: {error}") from None
        return across(x), down(y)

    return _entered(fields, name, Place(left + width / 2, bottom - height / 2, width, height, inside=inside))


def _scales(fields: Fields, corner: Point, size: Point) -> tuple[Callable[[float], float], ...]:
    """x and y of the axes -> cells."""
    x1, x2 = _range(fields, "x")
    y1, y2 = _range(fields, "y")
    log = fields.flag("log_y") and y1 > 0

    def across(x: float) -> float:
        return corner[0] + (x - x1) / (x2 - x1) * size[0]

    def down(y: float) -> float:
        share = math.log(max(y, 1e-300) / y1) / math.log(y2 / y1) if log else (y - y1) / (y2 - y1)
        return corner[1] - share * size[1]

    return across, down


def _range(fields: Fields, name: str) -> Point:
    low, high = fields.pair(name, (0.0, 1.0), negative=True)
    if low >= high:
        fields.complain(f"{name} must run from a smaller to a larger number, not [{low}, {high}].")
        return 0.0, 1.0
    return low, high


def _entered(fields: Fields, name: str, place: Place) -> Place:
    if name:
        try:
            fields.scene.places.add(name, place)
        except BadPlace as error:
            fields.complain(str(error))
    return place


def axes(fields: Fields, place: Place) -> list[Primitive]:
    """Two arrows from the lower left corner, ticks with their numbers, and the names at the ends.

    With `flat` a plain number line along the bottom; nothing can be said about the upright axis then.
    """
    left, right = place.x - place.width / 2, place.x + place.width / 2
    top, bottom = place.y - place.height / 2, place.y + place.height / 2
    across, down = _scales(fields, (left, bottom), (place.width, place.height))
    role, stays = fields.own_role("neutral"), fields.flag("stays")
    made: list[Primitive] = [
        Line(((left, bottom), (right + 0.3, bottom)), role, end=True),
        Line(((left, bottom), (left, top - 0.3)), role, end=True),
    ]
    if fields.flag("flat"):
        made = [Line(((left, bottom), (right, bottom)), role)]
        _refuse_upright(fields)
    for tick in _ticks(fields, "x_ticks"):
        x = across(tick)
        made.append(Line(((x, bottom), (x, bottom + _TICK)), role))
        made.append(Text(shown(tick), x, bottom + 0.42, "muted", font="small", stays=True))
    for tick in _ticks(fields, "y_ticks"):
        y = down(tick)
        made.append(Line(((left - _TICK, y), (left, y)), role))
        made.append(Text(shown(tick), left - 0.25, y, "muted", "right", "small", stays=True))
    under = 0.95 if _ticks(fields, "x_ticks") else 0.5
    if words := fields.words("x_text"):
        made.append(Text(words, right + 0.3, bottom + under, align="right", font="small", stays=stays))
    if words := fields.words("y_text"):
        made.append(Text(words, left + 0.25, top - 0.25, align="left", font="small", stays=stays))
    return made


def _refuse_upright(fields: Fields) -> None:
    for name in ("y_ticks", "y_text"):
        if name in fields.raw:
            fields.complain(f"{name} belongs to the upright axis; leave it out, or leave out flat.")


def _ticks(fields: Fields, name: str) -> list[float]:
    ticks = fields.raw_list(name)
    if not all(isinstance(tick, (int, float)) and not isinstance(tick, bool) for tick in ticks):
        fields.complain(f"{name} must be a list of numbers.")
        return []
    return [tick for tick in ticks if isinstance(tick, (int, float))]


def curve(fields: Fields, expression: object, axes_entry: Fields | None) -> list[Primitive]:
    """The graph of an expression on the axes named by `in`, cut off where it leaves them."""
    name = fields.text("in")
    if axes_entry is None:
        fields.complain(f"there are no axes named {name!r}.")
        return []
    place = fields.scene.places.named(name)
    left = place.x - place.width / 2
    top, bottom = place.y - place.height / 2, place.y + place.height / 2
    across, down = _scales(axes_entry, (left, bottom), (place.width, place.height))
    low, high = fields.pair("range", _range(axes_entry, "x"), negative=True)
    variable = fields.text("variable", needed=False) or "x"
    samples = []
    for number in range(_POINTS + 1):
        x = low + (high - low) * number / _POINTS
        value = fields.value(expression, {variable: x})
        samples.append((across(x), down(float(value)) if isinstance(value, (int, float)) else bottom))
    points = _kept(samples, top, bottom)
    if len(points) < 2:
        fields.complain(f"the curve {expression} is nowhere within its axes.")
        return []
    made: list[Primitive] = [
        Line(tuple(points), fields.own_role(), "sharp", weight=fields.decimal("weight", 1.4),
             dashed=fields.flag("dashed"))
    ]  # fmt: skip
    if words := fields.words():
        made.append(_curve_label(fields, words, points[-1]))
    return made


def _curve_label(fields: Fields, words: str, end: Point) -> Text:
    dx, dy = fields.pair("shift", (0.15, 0.0), negative=True)
    align = fields.choice("align", ALIGNS, "left")
    return Text(
        words, end[0] + dx, end[1] + dy, fields.own_role(), align, fields.font("small"),
        stays=fields.flag("stays"),
    )  # fmt: skip


def _kept(samples: list[Point], top: float, bottom: float) -> list[Point]:
    """The first stretch of points within the axes, with the place where it leaves them."""
    kept: list[Point] = []
    for number, (x, y) in enumerate(samples):
        if top <= y <= bottom:
            if not kept and number:
                kept.append(_crossing(samples[number - 1], (x, y), top, bottom))
            kept.append((x, y))
        elif kept:
            kept.append(_crossing((x, y), kept[-1], top, bottom))
            break
    return kept


def _crossing(outside: Point, inside: Point, top: float, bottom: float) -> Point:
    """Where the straight line between the two passes the upper or lower edge."""
    edge = top if outside[1] < top else bottom
    if outside[1] == inside[1]:
        return inside
    share = (edge - inside[1]) / (outside[1] - inside[1])
    return inside[0] + share * (outside[0] - inside[0]), edge


def name_bars(fields: Fields, name: str) -> Place:
    """Where the bars are, `at` being the lower left corner."""
    left, bottom = fields.point("at")
    width, height = fields.pair("size", (4.0, 2.5))
    heights = _heights(fields)

    def inside(text: str) -> Point:
        if not text.isdecimal() or not 1 <= int(text) <= len(heights):
            raise BadPlace(f"@{text} must be the number of a bar, 1 to {len(heights)}.")
        slot = width / len(heights)
        return left + (int(text) - 0.5) * slot, bottom - heights[int(text) - 1] * height

    return _entered(fields, name, Place(left + width / 2, bottom - height / 2, width, height, inside=inside))


def bars(fields: Fields, place: Place) -> list[Primitive]:
    """One bar for each of `values`, with `names` below and, with `decimals`, the values above."""
    heights, values = _heights(fields), _values(fields)
    left, bottom = place.x - place.width / 2, place.y + place.height / 2
    slot, role = place.width / max(1, len(values)), fields.own_role()
    names, decimals = fields.raw_list("names"), fields.whole("decimals", needed=False)
    stays = fields.flag("stays")
    made: list[Primitive] = [Line(((left, bottom), (left + place.width, bottom)), "muted")]
    for number, (height, value) in enumerate(zip(heights, values, strict=True)):
        x, tall = left + (number + 0.5) * slot, max(0.02, height * place.height)
        made.append(Shape("bar", "", x, bottom - tall / 2, slot * 0.64, tall, role))
        if number < len(names):
            words = fields.filled(str(names[number]))
            made.append(Text(words, x, bottom + 0.4, font="small", stays=stays))
        if decimals is not None:
            words = shown(value, decimals)
            made.append(Text(words, x, bottom - tall - 0.28, "muted", font="small", stays=True))
    return made


def _values(fields: Fields) -> list[float]:
    """`values`: a list of numbers and expressions, or one expression that gives a vector."""
    written = fields.anything("values")
    found = [fields.value(one) for one in written] if isinstance(written, list) else [fields.value(written)]
    plain = [printed(value) for value in found]
    flat = plain[0] if len(plain) == 1 and isinstance(plain[0], tuple) else tuple(plain)
    return [float(value) for value in flat if isinstance(value, (int, float))]


def _heights(fields: Fields) -> list[float]:
    """The values as parts of `top`, which is the largest value unless given."""
    values = _values(fields)
    top = fields.decimal("top", 0.0) or max([*values, 1e-9])
    if any(value < 0 or value > top * 1.000001 for value in values):
        fields.complain(f"bars must lie between 0 and top, {shown(top)}; they are {values}.")
    return [min(1.0, max(0.0, value / top)) for value in values]
