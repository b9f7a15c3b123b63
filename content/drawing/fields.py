"""Fields: an Entry of a drawing, with the kinds of value that drawings have. Knows no primitive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from content.diagram import FONTS, ROLES, Point
from content.drawing.places import BadPlace, Places
from content.entry import Entry
from content.placeholders import Values, fill
from content.worked.evaluate import Names, Value, evaluate
from content.worked.reading import WorkedError


@dataclass
class Scene:
    """What the entries of one picture share: named places, and the numbers of its head."""

    places: Places
    numbers: Names = field(default_factory=dict)
    shown: Values = field(default_factory=dict)


@dataclass
class Fields(Entry):
    """One entry under `draw`; `role` is that of its part, `moved` how far `for` has moved this copy."""

    scene: Scene = field(default_factory=lambda: Scene(Places()))
    role: str = "neutral"
    moved: Point = (0.0, 0.0)

    def point(self, name: str) -> Point:
        """A place that must be given; `shift` of the same entry is added."""
        value = self._take(name, needed=True)
        x, y = self.place(value) if value is not None else (0.0, 0.0)
        dx, dy = self.pair("shift", (0.0, 0.0), negative=True)
        return x + dx, y + dy

    def place(self, written: object) -> Point:
        try:
            return self.scene.places.point(written, self.moved)
        except BadPlace as error:
            self.complain(str(error))
            return 0.0, 0.0

    def pair(self, name: str, default: Point, *, negative: bool = False) -> Point:
        """Two numbers, such as a size."""
        match self._take(name, needed=False):
            case None:
                return default
            case [int() | float() as first, int() | float() as second] if negative or min(first, second) > 0:
                return float(first), float(second)
            case value:
                kind = "two numbers" if negative else "two numbers above 0"
                self.complain(f"{name} is {value!r}; it must be {kind}, such as [3, 2].")
                return default

    def size(self, default: Point) -> Point:
        return self.pair("size", default)

    def decimal(self, name: str, default: float) -> float:
        """A number from 0, with a default."""
        found = self.number(name)
        return default if found is None else found

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        value = self._take(name, needed=False)
        if value is None:
            return default
        if value not in allowed:
            self.complain(f"{name} is {value!r}; allowed are {', '.join(allowed)}.")
            return default
        return str(value)

    def own_role(self, default: str | None = None) -> str:
        """The role of this entry, else that of its part."""
        return self.choice("role", ROLES, self.role if default is None else default)

    def ink(self, default: str = "") -> str:
        """The role of the words in a shape or beside a line; "" is the colour of text."""
        return self.choice("ink", ROLES, default)

    def signed(self, name: str) -> float | None:
        """A number that may be below 0; None if left out."""
        value = self._take(name, needed=False)
        if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
            return None if value is None else float(value)
        self.complain(f"{name} is {value!r}; it must be a number.")
        return None

    def font(self, default: str = "normal") -> str:
        return self.choice("font", FONTS, default)

    def words(self, name: str = "text", *, needed: bool = False) -> str:
        """A text, with <<numbers>> filled in."""
        return self.filled(self.text(name, needed=needed))

    def filled(self, text: str) -> str:
        try:
            return fill(text, self.scene.shown)
        except KeyError as error:
            self.complain(f"<<{error.args[0]}>> is not among the numbers of this picture.")
            return text

    def anything(self, name: str) -> object:
        """What stands there, unread; None if left out."""
        return self._take(name, needed=False)

    def raw_list(self, name: str, *, needed: bool = False) -> list[object]:
        value = self._take(name, needed)
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(f"{name} is {value!r}; it must be a list in square brackets.")
            return []
        return value

    def value(self, written: object, names: Names | None = None) -> Value:
        """What an expression, or a number, comes to."""
        known = {**self.scene.numbers, **(names or {})}
        try:
            return evaluate(str(written), known)
        except WorkedError as error:
            self.complain(f"{written}: {error}")
            return 0.0
