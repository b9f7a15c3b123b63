"""Where named things are: `f.top`, `f.left:0.25`, `[f.x, 3]`, 'ax@2,0.5' -> a point.

Every name is known before any line is drawn, so the order in a file does not matter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from content.diagram import Point

_SIDES = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}
_ANCHORS = {
    **_SIDES, "centre": (0, 0), "top-left": (-1, -1), "top-right": (1, -1), "bottom-left": (-1, 1),
    "bottom-right": (1, 1),
}  # fmt: skip
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ANCHORED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)\.([a-z-]+)(?::([0-9.]+))?")


class BadPlace(Exception):
    """The message is a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """A named rectangle, or disc.

    Attributes:
        inside: takes the text behind @ to a point.
        counts: rows and columns of a grid.
    """

    x: float
    y: float
    width: float
    height: float
    is_round: bool = False
    inside: Callable[[str], Point] | None = None
    counts: tuple[int, int] = (0, 0)

    def anchor(self, name: str, along: float = 0.5) -> Point:
        """The point of an anchor; `along` from 0 to 1 is where on a side, from its left or upper end."""
        across, down = _ANCHORS[name]
        x, y = self.x + across * self.width / 2, self.y + down * self.height / 2
        if name in ("top", "bottom"):
            x += (along - 0.5) * self.width
        elif name in ("left", "right"):
            y += (along - 0.5) * self.height
        return x, y

    def border(self, towards: Point) -> Point:
        """Where the straight line from the centre to `towards` leaves it."""
        dx, dy = towards[0] - self.x, towards[1] - self.y
        if not (dx or dy):
            return self.x, self.y
        if self.is_round:
            share = self.width / 2 / math.hypot(dx, dy)
        else:
            share = min(
                self.width / 2 / abs(dx) if dx else math.inf, self.height / 2 / abs(dy) if dy else math.inf
            )
        return self.x + share * dx, self.y + share * dy


class Places:
    """All named things of one picture."""

    def __init__(self) -> None:
        self._known: dict[str, Place] = {}

    def add(self, name: str, place: Place) -> None:
        if not NAME.fullmatch(name):
            raise BadPlace(f"{name!r} is no name: a letter, then letters, digits, _ or -.")
        if name in self._known:
            raise BadPlace(f"the name {name!r} occurs twice in this picture.")
        self._known[name] = place

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def named(self, name: str) -> Place:
        if name not in self._known:
            raise BadPlace(
                f"nothing is named {name!r} here; named are {', '.join(sorted(self._known)) or 'none'}."
            )
        return self._known[name]

    def point(self, written: object, moved: Point = (0.0, 0.0)) -> Point:
        """The point of `[x, y]`, `name.anchor`, `name` (its centre) or 'name@...'.

        `moved` is added to plain numbers: what is named has its own place.
        """
        if isinstance(written, list) and len(written) == 2:
            return self._coordinate(written[0], 0, moved), self._coordinate(written[1], 1, moved)
        if isinstance(written, str):
            if "@" in written:
                return self._inside(written)
            if anchored := _ANCHORED.fullmatch(written):
                return self._anchored(anchored)
            place = self.named(written)
            return place.x, place.y
        raise BadPlace(f"{written!r} is no place: write [3, 2], name.top or name.")

    def _anchored(self, anchored: re.Match[str]) -> Point:
        if anchored[2] not in _ANCHORS:
            raise BadPlace(f"{anchored[2]!r} is no anchor; anchors are {', '.join(_ANCHORS)}.")
        along = float(anchored[3] or 0.5)
        if not 0 <= along <= 1:
            raise BadPlace(f"{along} is no part of a side; write 0 to 1.")
        return self.named(anchored[1]).anchor(anchored[2], along)

    def _inside(self, written: str) -> Point:
        name, _, inside = written.partition("@")
        place = self.named(name)
        if place.inside is None:
            raise BadPlace(f"{name!r} is neither axes nor a grid nor bars, so {written!r} means nothing.")
        return place.inside(inside)

    def _coordinate(self, written: object, axis: int, moved: Point) -> float:
        """A number, or `name.x`, `name.right`: that coordinate of the name."""
        if isinstance(written, (int, float)) and not isinstance(written, bool):
            return float(written) + moved[axis]
        if isinstance(written, str):
            try:
                return float(written) + moved[axis]
            except ValueError:
                return self._named_coordinate(written, axis)
        raise BadPlace(f"{written!r} is no coordinate.")

    def _named_coordinate(self, written: str, axis: int) -> float:
        name, dot, which = written.partition(".")
        if dot and which in ("x", "y"):
            place = self.named(name)
            return place.x if which == "x" else place.y
        return self.point(written)[axis]
