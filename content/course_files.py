"""Files -> bytes -> plain lists and mappings; and the fingerprint that tells whether any has changed.

Only SafeLoader's C twin reads YAML, so nothing in a file can run. Knows no field of a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from content.errors import CourseError

FOLDERS = (
    ("units", ".md"),
    ("topics", ".md"),
    ("diagrams", ".yaml"),
    ("cards", ".yaml"),
    ("questions", ".yaml"),
    ("glossary", ".yaml"),
    ("formulas", ".yaml"),
)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BRACKET = re.compile(r"[\[\]{}]")
_DEEPEST = 100  # our own files: 4
_DEEP = re.compile(rf"^[ ?-]{{{_DEEPEST}}}", re.MULTILINE)
UNITS = "units.yaml"
RETIRED = "retired.yaml"


class Located(dict[Any, Any]):
    """A mapping of a YAML file that knows its line, from 1."""

    line = 0


class Unreadable(Exception):
    """A file is not what its name says; the message is a sentence, `line` 0 where it has none to tell."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


def shipped_course() -> Traversable:
    """The folder of the course that comes with the app."""
    return files("content")


def course_files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """(name such as cards/forget-gate.yaml, content) of every course file, each after those it may use.

    Raises CourseError.
    """
    for name in (UNITS, RETIRED):
        if (folder / name).is_file():
            yield name, _content(name, folder / name)
    for part, ending in FOLDERS:
        inside = folder / part
        with _in_words(part):
            found = [f for f in inside.iterdir() if f.name.endswith(ending)] if inside.is_dir() else []
        for file in sorted(found, key=lambda f: f.name):
            name = f"{part}/{file.name}"
            yield name, _content(name, file)


def _content(name: str, file: Traversable) -> bytes:
    if not name.isprintable():
        raise CourseError(f"{name!a}: the name of this file cannot be shown; rename it.")
    with _in_words(name):
        return file.read_bytes()


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # a folder called like a file, a link to nothing, a folder that is closed to us
        raise CourseError(f"{name}: it cannot be read: {error.strerror or error}.") from None


def fingerprint(course: list[tuple[str, bytes]], salt: str) -> str:
    """Changes with any name or content, and with `salt` (the version of whoever reads them)."""
    digest = blake2b(salt.encode(), digest_size=16)
    for name, content in course:
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def decoded(content: bytes) -> str:
    """The text of a file, whether or not its editor put a byte order mark before it. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is not UTF-8; save the file as UTF-8.") from None
    if unseen := UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        raise Unreadable(f"the sign U+{ord(unseen[0]):04X}, which nobody sees, stands here; delete it.", line)
    return text


def split_head(text: str) -> tuple[str, str]:
    """The YAML between the first two `---` lines, and the Markdown after them."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or "---" not in (ends := [line.rstrip() for line in lines[1:]]):
        raise Unreadable("it must begin with a head between two lines of ---.")
    end = ends.index("---") + 1
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]).strip() + "\n"


def parse_yaml(text: str, above: int = 0) -> object:
    """Plain lists, mappings, texts and numbers; a key that occurs twice is refused.

    `above`: how many lines of the file stand above `text`. Raises Unreadable.
    """
    import yaml  # an unchanged course is opened without it

    from content.strict_yaml import StrictLoader

    if line := _too_deep(text):
        raise Unreadable("its brackets or lists stand too deep in one another.", line + above)
    try:
        return yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a CSafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1 + above}, column {mark.column + 1}: " if mark else ""
        what = getattr(error, "problem", None) or str(error)
        raise Unreadable(f"{where}{what}.") from None


def _too_deep(text: str) -> int:
    """The line from which more stands in one another than anybody writes, else 0: PyYAML's C code would run
    out of its stack, which ends the process.
    """
    if indented := _DEEP.search(text):
        return text.count("\n", 0, indented.start()) + 1
    if text.count("[") + text.count("{") <= _DEEPEST:
        return 0
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _DEEPEST:
            return text.count("\n", 0, bracket.start()) + 1
    return 0
