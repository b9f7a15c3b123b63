"""box, layer, circle, pill, joint, group, text: entries -> shapes with the words in and beside them."""

from __future__ import annotations

from content.diagram import ALIGNS, Primitive, Shape, Text
from content.drawing.fields import Fields
from content.drawing.places import BadPlace, Place

_SIZES = {"box": (2.0, 1.0), "layer": (1.2, 0.8), "pill": (2.0, 0.8), "group": (4.0, 3.0)}
_RADII = {"circle": 0.4, "joint": 0.09}
_ROUND = ("circle", "joint")
_LINE = 0.45  # cells from one line of small text to the edge it stands at
SHAPE_KINDS = (*_SIZES, *_RADII)


def name_shape(fields: Fields, kind: str, name: str) -> Place:
    """Where the shape is, entered among the named places."""
    place = _around(fields) if kind == "group" and "around" in fields.raw else _placed(fields, kind)
    if name:
        try:
            fields.scene.places.add(name, place)
        except BadPlace as error:
            fields.complain(str(error))
    return place


def _placed(fields: Fields, kind: str) -> Place:
    x, y = fields.point("at")
    if kind in _ROUND:
        width = height = 2 * fields.decimal("radius", _RADII[kind])
    else:
        width, height = fields.size(_SIZES[kind])
    return Place(x, y, width, height, kind in _ROUND)


def _around(fields: Fields) -> Place:
    """The rectangle that holds all of the names under `around`, with `pad` cells of air."""
    pad = fields.decimal("pad", 0.4)
    places = []
    for name in fields.raw_list("around"):
        try:
            places.append(fields.scene.places.named(str(name)))
        except BadPlace as error:
            fields.complain(str(error))
    if not places:
        return Place(0, 0, 0, 0)
    left = min(place.x - place.width / 2 for place in places) - pad
    right = max(place.x + place.width / 2 for place in places) + pad
    top = min(place.y - place.height / 2 for place in places) - pad
    bottom = max(place.y + place.height / 2 for place in places) + pad
    return Place((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def shape(fields: Fields, kind: str, name: str, place: Place) -> list[Primitive]:
    """The shape at its place, and its text."""
    made: list[Primitive] = [
        Shape(
            kind, name, place.x, place.y, place.width, place.height, fields.own_role(),
            dashed=fields.flag("dashed"), hollow=fields.flag("hollow"),
        )
    ]  # fmt: skip
    words = fields.words()
    if words:
        made.append(_group_title(fields, words, place) if kind == "group" else _inside(fields, words, place))
    return made


def _inside(fields: Fields, words: str, place: Place) -> Text:
    return Text(
        words, place.x, place.y, fields.ink(), font=fields.font(), bold=fields.flag("bold"),
        stays=fields.flag("stays"), room=0.0 if place.is_round else place.width,
    )  # fmt: skip


def _group_title(fields: Fields, words: str, place: Place) -> Text:
    """In the group's upper left corner, or where `title` says."""
    where = fields.choice("title", ("top", "bottom", "top-left", "bottom-left", "above", "below"), "top-left")
    align = "left" if where.endswith("-left") else "centre"
    x = place.x - place.width / 2 + 0.3 if align == "left" else place.x
    edge = place.y + place.height / 2 * (-1 if where.startswith(("top", "above")) else 1)
    inward = where.startswith(("top", "bottom"))
    down = (_LINE if inward else -_LINE) * (1 if where.startswith(("top", "above")) else -1)
    return Text(
        words, x, edge + down, fields.ink("muted"), align, fields.font("small"), bold=fields.flag("bold"),
        stays=fields.flag("stays"),
    )  # fmt: skip


def text(fields: Fields, words: str) -> list[Primitive]:
    """Words that stand by themselves."""
    x, y = fields.point("at")
    return [
        Text(
            fields.filled(words), x, y, fields.own_role(""), fields.choice("align", ALIGNS, "centre"),
            fields.font(), fields.flag("bold"), fields.decimal("room", 0.0), fields.flag("turned"),
            fields.flag("stays"), fields.flag("plate"),
        )
    ]  # fmt: skip
