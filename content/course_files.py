"""Files -> bytes -> plain lists and mappings; and the fingerprint that tells whether any has changed.

Only SafeLoader's C twin reads YAML, so nothing in a file can run. Knows no field of a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

FOLDERS = (
    ("units", ".md"),
    ("topics", ".md"),
    ("diagrams", ".yaml"),
    ("cards", ".yaml"),
    ("questions", ".yaml"),
    ("glossary", ".yaml"),
    ("formulas", ".yaml"),
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
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
    """(name such as cards/forget-gate.yaml, content) of every course file, each after those it may use."""
    for name in (UNITS, RETIRED):
        if (folder / name).is_file():
            yield name, (folder / name).read_bytes()
    for part, ending in FOLDERS:
        inside = folder / part
        found = [f for f in inside.iterdir() if f.name.endswith(ending)] if inside.is_dir() else []
        for file in sorted(found, key=lambda f: f.name):
            yield f"{part}/{file.name}", file.read_bytes()


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
    if unseen := _UNSEEN.search(text):
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
    import yaml

    try:
        return yaml.load(text, Loader=_strict_loader())  # noqa: S506 - a CSafeLoader, made stricter
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1 + above}, column {mark.column + 1}: " if mark else ""
        what = getattr(error, "problem", None) or str(error)
        raise Unreadable(f"{where}{what}.") from None
    except (ValueError, TypeError) as error:  # a date such as 2026-13-01, a tag that does not fit
        raise Unreadable(f"a value cannot be read: {error}.") from None
    except RecursionError:
        raise Unreadable("its brackets stand too deep in one another.") from None


@cache
def _strict_loader() -> Any:
    import yaml

    class StrictLoader(yaml.CSafeLoader):
        """Makes lists, mappings and texts itself, without keys that are merged (`<<`): PyYAML takes three
        times as long. All else is left to it.
        """

        def construct_document(self, node: yaml.Node) -> object:
            self.made: dict[yaml.Node, object] = {}  # what an alias means once more
            return self.plain(node)

        def plain(self, node: yaml.Node) -> object:
            if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
                return node.value
            if node in self.made:
                return self.made[node]
            if node.tag == _LIST and isinstance(node, yaml.SequenceNode):
                parts: list[object] = []
                self.made[node] = parts
                parts += map(self.plain, node.value)
                return parts
            if node.tag == _MAPPING and isinstance(node, yaml.MappingNode):
                return self.located(node)
            return self.construct_object(node, deep=True)

        def located(self, node: yaml.MappingNode) -> Located:
            self.made[node] = found = Located()
            found.line = node.start_mark.line + 1
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise yaml.constructor.ConstructorError(
                        None, None, "a key must be a word", key.start_mark
                    )
                name = self.plain(key)
                if name in found:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} occurs twice", node.start_mark
                    )
                found[name] = self.plain(value)
            return found

    StrictLoader.add_constructor(_MAPPING, StrictLoader.located)
    return StrictLoader
