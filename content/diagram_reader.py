"""diagrams/ID.yaml -> Diagram; what is wrong in it is noted in its entry. FORMAT.md says what is right.

Also makes the labelling card of a diagram. Looks at one file at a time; knows no bank.
"""

from __future__ import annotations

from content.course import Problem
from content.course_files import decoded, parse_yaml, shipped_course
from content.diagram import ROLES, Diagram, Line, Part, Point, Primitive, Shape, Text
from content.drawing.drawer import Drawer
from content.drawing.fields import Fields, Scene
from content.drawing.places import Places
from content.entry import Entry
from content.records import Card
from content.worked.naming import named, printed
from content.worked.reading import WorkedError

FOLDER = "diagrams"
_LONGEST_SAYING = 260  # characters
_LARGEST = 40.0  # cells


def read_diagram(entry: Entry) -> Diagram | None:
    """The picture of a file; None when anything in it is wrong, which `entry.problems` then tells."""
    before = len(entry.problems)
    diagram = _Reading(entry).diagram()
    return diagram if len(entry.problems) == before else None


def shipped_diagram(diagram_id: str) -> Diagram:
    """The picture of this id that comes with the app.

    Raises:
        KeyError: there is none.
        ValueError, Unreadable: its file is wrong; the message says why.
    """
    file = shipped_course() / FOLDER / f"{diagram_id}.yaml"
    if not file.is_file():
        raise KeyError(diagram_id)
    raw = parse_yaml(decoded(file.read_bytes()))
    if not isinstance(raw, dict):
        raise ValueError(f"{FOLDER}/{diagram_id}.yaml must be `key: value` lines.")
    problems: list[Problem] = []
    diagram = read_diagram(Entry(raw, f"{FOLDER}/{diagram_id}.yaml", diagram_id, problems))
    if diagram is None:
        raise ValueError("\n".join(map(str, problems)))
    return diagram


def shipped_diagram_ids() -> tuple[str, ...]:
    """All of them, sorted."""
    folder = shipped_course() / FOLDER
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def labelling_card(diagram: Diagram) -> Card:
    """The card that asks for the parts of a picture, in the topic that the picture belongs to first."""
    back = "\n".join(f"{number}. {part.label}" for number, part in enumerate(diagram.asked, 1))
    return Card(
        f"label-{diagram.id}",
        diagram.topics[0] if diagram.topics else "",
        f"Name the parts of: **{diagram.title}**",
        back,
        diagram.claims,
        diagram.id,
    )


class _Reading:
    """One file."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._scene = Scene(Places())
        self._drawer = Drawer(self._scene, entry.file, entry.problems)

    def diagram(self) -> Diagram:
        entry = self._entry
        head = Fields(entry.raw, entry.file, entry.item, entry.problems, scene=self._scene)
        if head.id("id") not in ("", entry.item):
            head.complain(f"the id is {entry.raw['id']!r}; it must be the file's name, {entry.item!r}.")
        self._read_numbers(head)
        width, height = head.pair("size", (16.0, 9.0))
        self._drawer.add("", entry.item, "neutral", head.anything("draw"))
        parts = self._parts(head)
        made = Diagram(
            entry.item, head.text("title"), head.ids("topics", needed=True), head.claims(),
            width, height, parts, self._drawer.draw(""),
        )  # fmt: skip
        head.finish()
        self._look_over(made)
        return made

    def _read_numbers(self, head: Fields) -> None:
        try:
            self._scene.numbers = named(head.mapping("numbers"))
            self._scene.shown = {name: printed(value) for name, value in self._scene.numbers.items()}
        except WorkedError as error:
            head.complain(f"numbers: {error}")

    def _parts(self, head: Fields) -> tuple[Part, ...]:
        """All parts: every name gets its place before the first line is drawn."""
        entries = head.entries("parts", needed=True)
        heads: list[tuple[str, Fields]] = []
        for number, raw in enumerate(entries, 1):
            item = f"{self._entry.item}, part {raw.raw.get('id', number)}"
            fields = Fields(raw.raw, raw.file, item, raw.problems, scene=self._scene)
            part = fields.id("id") or str(number)
            if any(part == other for other, _ in heads):
                fields.complain("this id occurs twice in the picture.")
            heads.append((part, fields))
            role = fields.choice("role", ROLES, "neutral")
            self._drawer.add(part, item, role, fields.anything("draw"))
        self._drawer.place_all()
        return tuple(self._part(part, fields) for part, fields in heads)

    def _part(self, part: str, fields: Fields) -> Part:
        primitives = self._drawer.draw(part)
        if not primitives:
            fields.complain("nothing is drawn for it; list its drawings under draw.")
        blank = fields.point("blank") if "blank" in fields.raw else _blank(primitives)
        made = Part(
            part, fields.filled(fields.text("label")), fields.filled(fields.text("says")), blank,
            not fields.flag("unasked"), primitives,
        )  # fmt: skip
        if len(made.says) > _LONGEST_SAYING:
            fields.complain(f"says has {len(made.says)} characters; at most {_LONGEST_SAYING} are allowed.")
        fields.finish()
        return made

    def _look_over(self, diagram: Diagram) -> None:
        labels = [part.label for part in diagram.parts]
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            self._entry.complain(f"two parts have the label {label!r}.")
        if max(diagram.width, diagram.height) > _LARGEST:
            self._entry.complain(f"size is larger than {_LARGEST:.0f} cells.")
        for part in diagram.parts:
            if not (0 <= part.blank[0] <= diagram.width and 0 <= part.blank[1] <= diagram.height):
                self._entry.complain(f"the middle of part {part.id} lies outside of the picture.")


def _blank(primitives: tuple[Primitive, ...]) -> Point:
    """Where a part's number stands: at its first text that hides, else its first shape, else on its line."""
    for one in primitives:
        if isinstance(one, Text) and not one.stays:
            return one.x, one.y
    for one in primitives:
        if isinstance(one, Shape):
            return one.x, one.y
    for one in primitives:
        if isinstance(one, Line):
            (x1, y1), (x2, y2) = one.points[:2]
            return (x1 + x2) / 2, (y1 + y2) / 2
    return next(((one.x, one.y) for one in primitives if isinstance(one, Text)), (0.0, 0.0))
