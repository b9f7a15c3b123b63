"""What has been read of a course so far, and what was wrong: shared by the readers of each kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from content.course import CardSource, Problem, QuestionSource, Retired
from content.course_files import UNITS, Unreadable, parse_yaml
from content.diagram import Diagram
from content.entry import Entry
from content.placeholders import Value, fill, names
from content.records import SheetFormula, Term, Topic, Unit


@dataclass
class Reading:
    """Filled file by file.

    Attributes:
        numbers: topic -> its worked numbers, as `placeholders` prints them.
        uncounted: topics whose numbers are wrong, which has been told once and is enough.
        unread: files that cannot be read, which has been told as well.
        sources: file -> its text.
        bodies: unit -> its page.
    """

    problems: list[Problem] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    cards: list[CardSource] = field(default_factory=list)
    questions: list[QuestionSource] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    formulas: list[SheetFormula] = field(default_factory=list)
    asides: list[SheetFormula] = field(default_factory=list)
    diagrams: list[Diagram] = field(default_factory=list)
    retired: list[Retired] = field(default_factory=list)
    numbers: dict[str, dict[str, Value]] = field(default_factory=dict)
    uncounted: set[str] = field(default_factory=set)
    raw: dict[str, str] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)

    def began(self, entry: Entry) -> None:
        """Remember where the item of `entry` stands; complain if another one of this file has its id."""
        first = self.lines.setdefault((entry.file, entry.item), entry.line)
        if first != entry.line:
            entry.complain(f"this id is also used in {entry.file}:{first}.")

    def lacks(self, unit: str) -> bool:
        """Whether units.yaml could be read and has no such unit."""
        return unit not in self.units and UNITS not in self.unread

    def entries(self, name: str, text: str) -> Iterator[Entry]:
        """The entries of a file that is a list. Raises Unreadable."""
        raw = parse_yaml(text)
        if not isinstance(raw, list) or not raw:
            raise Unreadable("it must be a list of entries that begin with `- id:`.")
        for number, part in enumerate(raw, 1):
            if isinstance(part, dict):
                entry = Entry(part, name, str(part.get("id", f"entry {number}")), self.problems)
                self.began(entry)
                yield entry
            else:
                self.problems.append(Problem(name, f"entry {number}", "it must begin with `- id:`."))

    def filled(self, entry: Entry, topic: str, text: str) -> str:
        """`text` with the worked numbers of its topic in place."""
        values = self.numbers.get(topic, {})
        counted = topic not in self.uncounted and f"topics/{topic}.md" not in self.unread
        for name in sorted(names(text) - values.keys()) if counted else ():
            entry.complain(
                f"<<{name}>> has no value here; the numbers of {topic} are {', '.join(values) or 'none'}."
            )
        return fill(text, values) if names(text) <= values.keys() else text


def stem(name: str) -> str:
    """The id in the name of a file."""
    return PurePosixPath(name).stem
