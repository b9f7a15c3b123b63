"""grid, cells: tables of squares, such as matrices, tensors and images.

A grid's `at` is its upper left corner. 'name@2,3' is the centre of row 2, column 3, counted from 1.
"""

from __future__ import annotations

from content.diagram import Point, Primitive, Shape, Text
from content.drawing.fields import Fields
from content.drawing.places import BadPlace, Place

_ALL = "all"
_SLANT = (0.3, -0.3)  # cells from one sheet of a tensor to the one behind it


def name_grid(fields: Fields, name: str) -> Place:
    """Where the grid is, entered among the named places."""
    left, top = fields.point("at")
    rows, columns = fields.whole("rows") or 1, fields.whole("columns") or 1
    width, height = fields.pair("cell", (0.8, 0.8))
    place = Place(
        left + columns * width / 2, top + rows * height / 2, columns * width, rows * height,
        inside=lambda text: _cell(text, rows, columns, (left, top), (width, height)),
        counts=(rows, columns),
    )  # fmt: skip
    if name:
        try:
            fields.scene.places.add(name, place)
        except BadPlace as error:
            fields.complain(str(error))
    return place


def _cell(text: str, rows: int, columns: int, corner: Point, cell: Point) -> Point:
    try:
        row, column = (float(part) for part in text.split(","))
    except ValueError:
        raise BadPlace(f"@{text} must be @row,column.") from None
    if not (1 <= row <= rows and 1 <= column <= columns):
        raise BadPlace(f"@{text} is outside of the {rows} rows and {columns} columns.")
    return corner[0] + (column - 0.5) * cell[0], corner[1] + (row - 0.5) * cell[1]


def grid(fields: Fields, place: Place) -> list[Primitive]:
    """Its cells, the sheets behind them (`depth`), and the texts, given row by row."""
    rows, columns = fields.whole("rows") or 1, fields.whole("columns") or 1
    width, height = place.width / columns, place.height / rows
    left, top = place.x - place.width / 2, place.y - place.height / 2
    role, made = fields.own_role(), list(_sheets(fields, place))
    for row in range(rows):
        for column in range(columns):
            x, y = left + (column + 0.5) * width, top + (row + 0.5) * height
            made.append(Shape("cell", "", x, y, width, height, role, hollow=fields.flag("hollow")))
    font, ink, stays = fields.font("small"), fields.ink(), fields.flag("stays")
    for row, listed in enumerate(fields.raw_list("texts")[:rows]):
        for column, words in enumerate(listed[:columns] if isinstance(listed, list) else []):
            x, y = left + (column + 0.5) * width, top + (row + 0.5) * height
            if words not in (None, ""):
                made.append(Text(fields.filled(str(words)), x, y, ink, font=font, stays=stays))
    return made


def _sheets(fields: Fields, place: Place) -> list[Primitive]:
    """The front edges of the sheets behind, the farthest first."""
    depth = fields.whole("depth", needed=False) or 1
    dx, dy = fields.pair("slant", _SLANT, negative=True)
    return [
        Shape(
            "cell", "", place.x + number * dx, place.y + number * dy, place.width, place.height,
            fields.own_role(), hollow=fields.flag("hollow"),
        )
        for number in range(depth - 1, 0, -1)
    ]  # fmt: skip


def cells(fields: Fields, name: str) -> list[Primitive]:
    """Blocks of an existing grid in this part's role; `which` lists [row, column], each 2, '2..4' or all."""
    try:
        place = fields.scene.places.named(name)
    except BadPlace as error:
        fields.complain(str(error))
        return []
    if place.counts == (0, 0):
        fields.complain(f"{name!r} is no grid.")
        return []
    made: list[Primitive] = []
    for block in fields.raw_list("which", needed=True):
        made += _block(fields, place, block)
    return made


def _block(fields: Fields, place: Place, block: object) -> list[Primitive]:
    rows, columns = place.counts
    if not isinstance(block, list) or len(block) != 2:
        fields.complain(f"{block!r} in which is not [row, column].")
        return []
    down, across = _span(fields, block[0], rows), _span(fields, block[1], columns)
    if not down or not across:
        return []
    width, height = place.width / columns, place.height / rows
    if fields.flag("outline"):
        pieces = [((across[0] + across[-1]) / 2, (down[0] + down[-1]) / 2, len(across), len(down))]
    else:
        pieces = [(column, row, 1, 1) for row in down for column in across]
    left, top = place.x - place.width / 2, place.y - place.height / 2
    words, made = fields.words(), list[Primitive]()
    for column, row, wide, tall in pieces:
        x, y = left + (column - 0.5) * width, top + (row - 0.5) * height
        made.append(
            Shape(
                "cell", "", x, y, wide * width, tall * height, fields.own_role(),
                hollow=fields.flag("outline"),
            )
        )  # fmt: skip
        if words:
            made.append(
                Text(words, x, y, fields.ink(), font=fields.font("small"), stays=fields.flag("stays"))
            )
    return made


def _span(fields: Fields, written: object, most: int) -> list[int]:
    """2, '2..4' or all -> the rows or columns, from 1."""
    if written == _ALL:
        return list(range(1, most + 1))
    first, _, last = str(written).partition("..")
    try:
        span = list(range(int(first), int(last or first) + 1))
    except ValueError:
        span = []
    if not span or span[0] < 1 or span[-1] > most:
        fields.complain(f"{written!r} is not 1 to {most}, such as 2, '2..4' or all.")
        return []
    return span
