"""The entries under `draw` of all parts -> primitives: first every name gets its place, then all is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content.course import Problem
from content.course_files import Located
from content.diagram import Primitive
from content.drawing import grids, lines, plots, shapes
from content.drawing.fields import Fields, Scene
from content.drawing.places import NAME, Place
from content.drawing.repeats import BadRepeat, repeated

_LINES = ("line", "arrow", "brace", "area")
_TABLES = ("grid", "cells", "axes", "curve", "bars")
KINDS = (*shapes.SHAPE_KINDS, "text", *_LINES, *_TABLES)
_PLACED = (*shapes.SHAPE_KINDS, "grid", "axes", "bars")


@dataclass(eq=False)
class _Item:
    """One entry: its kind, what stands behind the kind, and its place if it has a name or could."""

    fields: Fields
    kind: str
    subject: object
    place: Place | None = None


class Drawer:
    """All entries of one picture. `add` each part's, then `draw` it."""

    def __init__(self, scene: Scene, file: str, problems: list[Problem]) -> None:
        self._scene, self._file, self._problems = scene, file, problems
        self._items: dict[str, list[_Item]] = {}
        self._axes: dict[str, Fields] = {}

    def add(self, part: str, item: str, role: str, raws: object) -> None:
        """Take the list under `draw`; `item` names the part in complaints."""
        found: list[_Item] = []
        if raws is not None and not isinstance(raws, list):
            self._complain(item, "draw must be a list of entries such as {box: f, at: [3, 2]}.")
            raws = None
        for number, raw in enumerate(raws or [], 1):
            if isinstance(raw, dict):
                found += self._entries(raw, item, role, number)
            else:
                self._complain(item, f"drawing {number} is {raw!r}; write {{box: f, at: [3, 2]}}.")
        self._items[part] = found

    def place_all(self) -> None:
        """Give every name its place; what stands at another one's anchor waits for that."""
        waiting = [item for items in self._items.values() for item in items if item.kind in _PLACED]
        while waiting:
            later = [item for item in waiting if not self._ready(item)]
            for item in waiting:
                if item not in later or len(later) == len(waiting):  # round in a circle, or unknown: told
                    item.place = self._place(item)
            waiting = [item for item in waiting if item.place is None]

    def _ready(self, item: _Item) -> bool:
        """Whether all the names that its place is made of have theirs."""
        at, around = item.fields.raw.get("at"), item.fields.raw.get("around")
        written = [*(at if isinstance(at, list) else [at]), *(around if isinstance(around, list) else [])]
        names = [NAME.match(one) for one in written if isinstance(one, str)]
        return all(name[0] in self._scene.places for name in names if name)

    def draw(self, part: str) -> tuple[Primitive, ...]:
        """The primitives of a part."""
        made: list[Primitive] = []
        for item in self._items[part]:
            before = len(self._problems)
            made += self._drawn(item)
            if len(self._problems) == before:  # what went wrong may have left fields unread
                item.fields.finish()
        return tuple(made)

    def _entries(self, raw: Mapping[object, object], item: str, role: str, number: int) -> list[_Item]:
        where = f"{item}, drawing {number}"
        kinds = [kind for kind in KINDS if kind in raw]
        if len(kinds) > 1 and "text" in kinds:
            kinds.remove("text")  # the words in or beside something else
        if len(kinds) != 1:
            had = ", ".join(kinds) or "none"
            self._complain(where, f"it must have exactly one of {', '.join(KINDS)}; it has {had}.", raw)
            return []
        try:
            copies = repeated(raw)
        except BadRepeat as error:
            self._complain(where, str(error), raw)
            return []
        made = []
        for copy, moved in copies:
            rest = Located((name, value) for name, value in copy.items() if name != kinds[0])
            rest.line = getattr(raw, "line", 0)
            fields = Fields(
                rest, self._file, where, self._problems, scene=self._scene, role=role, moved=moved
            )
            made.append(_Item(fields, kinds[0], copy[kinds[0]]))
        return made

    def _place(self, item: _Item) -> Place:
        name = "" if item.subject is None else str(item.subject)
        match item.kind:
            case "grid":
                return grids.name_grid(item.fields, name)
            case "axes":
                self._axes[name] = item.fields
                return plots.name_axes(item.fields, name)
            case "bars":
                return plots.name_bars(item.fields, name)
        return shapes.name_shape(item.fields, item.kind, name)

    def _drawn(self, item: _Item) -> list[Primitive]:
        fields, subject = item.fields, item.subject
        if item.place is not None:
            return self._drawn_placed(item, item.place)
        if item.kind == "text":
            return shapes.text(fields, str(subject))
        if item.kind == "cells":
            return grids.cells(fields, str(subject))
        if item.kind == "curve":
            return plots.curve(fields, subject, self._axes.get(str(fields.raw.get("in"))))
        return lines.drawn(fields, item.kind, subject)

    def _drawn_placed(self, item: _Item, place: Place) -> list[Primitive]:
        name = "" if item.subject is None else str(item.subject)
        match item.kind:
            case "grid":
                return grids.grid(item.fields, place)
            case "axes":
                return plots.axes(item.fields, place)
            case "bars":
                return plots.bars(item.fields, place)
        return shapes.shape(item.fields, item.kind, name, place)

    def _complain(self, item: str, sentence: str, raw: object = None) -> None:
        self._problems.append(Problem(self._file, item, sentence, getattr(raw, "line", 0)))
