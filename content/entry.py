"""Entry: one mapping of a course file, read field by field; what is wrong is noted, not raised.

A reader asks for each field it knows; `finish` complains about the rest. A field that is wrong
reads as empty, so that one run of the check finds everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from content.course import Problem

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CLAIM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.c[0-9]+")
_LONGEST_ID = 60


@dataclass
class Entry:
    """One mapping of the file `file`, about the item `item`; problems are added to `problems`."""

    raw: Mapping[object, object]
    file: str
    item: str
    problems: list[Problem]
    above: int = 0  # lines of the file above what YAML has read
    _asked: set[str] = field(default_factory=set)

    @property
    def line(self) -> int:
        """Where it begins in the file; 0 when that is not known."""
        line: int = getattr(self.raw, "line", 0)
        return line + self.above if line else 0

    def complain(self, sentence: str) -> None:
        self.problems.append(Problem(self.file, self.item, sentence, self.line))

    def text(self, name: str, *, needed: bool = True) -> str:
        """A text that is not blank, without space around it."""
        value = self._take(name, needed)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(f"{name} is {value!r}; it must be text, so put it in single quotes.")
            return ""
        if not value.strip():
            self.complain(f"{name} is blank.")
        return value.strip()

    def id(self, name: str, *, needed: bool = True) -> str:
        value = self.text(name, needed=needed)
        if value and not _is_id(value):
            self.complain(
                f"{name} {value!r} is no id: lower-case words joined by hyphens, at most {_LONGEST_ID}."
            )
        return value

    def whole(self, name: str, *, needed: bool = True) -> int | None:
        """A whole number from 0."""
        value = self._take(name, needed)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.complain(f"{name} is {value!r}; it must be a whole number, 0 or more.")
        return None

    def number(self, name: str) -> float | None:
        """A number from 0; may be left out."""
        value = self._take(name, needed=False)
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf"):
            return float(value)
        self.complain(f"{name} is {value!r}; it must be a number, 0 or more.")
        return None

    def flag(self, name: str) -> bool:
        """true, or left out."""
        value = self._take(name, needed=False)
        if value is not None and value is not True:
            self.complain(f"{name} is {value!r}; write `{name}: true`, or leave it out.")
        return value is True

    def ids(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        return self._list(name, needed, ID, "an id")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; may be left out."""
        value = self._take(name, needed=False)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) and part.strip() for part in value):
            self.complain(f"{name} must be a list of texts, each in single quotes.")
            return ()
        return tuple(part.strip() for part in value)

    def mapping(self, name: str) -> dict[str, object]:
        """name -> anything, in the order of the file; may be left out."""
        value = self._take(name, needed=False)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.complain(f"{name} must be `name: value` lines.")
            return {}
        return {str(key): part for key, part in value.items()}

    def errata(self) -> tuple[str, ...]:
        """Claims whose printed error a question is about; may be left out."""
        return self._list("errata", False, CLAIM, "a claim such as forget-gate.c2")

    def claims(self) -> tuple[str, ...]:
        found = self._list("claims", True, CLAIM, "a claim such as forget-gate.c2")
        if not found:
            self.complain("claims is empty; name at least one.")
        return found

    def entries(self, name: str, *, needed: bool = False) -> list[Entry]:
        """A list of mappings, each to be read in turn."""
        value = self._take(name, needed)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            self.complain(f"{name} must be a list of `key: value` entries.")
            return []
        return [Entry(part, self.file, self.item, self.problems, self.above) for part in value]

    def finish(self) -> None:
        """To be called last: names the fields that nobody asked for."""
        for name in self.raw:
            if name not in self._asked:
                self.complain(
                    f"the key {name!r} is not known here; known are {', '.join(sorted(self._asked))}."
                )

    def _take(self, name: str, needed: bool) -> object:
        self._asked.add(name)
        if self.raw.get(name) is None:
            if needed:
                self.complain(f"{name} is missing.")
            return None
        return self.raw[name]

    def _list(self, name: str, needed: bool, shape: re.Pattern[str], what: str) -> tuple[str, ...]:
        value = self._take(name, needed)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.complain(f"{name} must be a list in square brackets.")
            return ()
        for part in value:
            if not (isinstance(part, str) and shape.fullmatch(part)):
                self.complain(f"{part!r} in {name} is not {what}.")
        return tuple(str(part) for part in value)


def _is_id(value: str) -> bool:
    return len(value) <= _LONGEST_ID and ID.fullmatch(value) is not None
