"""YAML as the course may be written in it: stricter than PyYAML takes it, and made in a third of the time.

Knows no file, and no field of a card.
"""

from __future__ import annotations

import yaml

from content.course_files import UNSEEN, Located

_LARGEST = 2**63 - 1  # that SQLite can keep
_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class StrictLoader(yaml.CSafeLoader):
    """Makes lists, mappings and texts itself, each once and without keys that are merged (`<<`): PyYAML
    takes three times as long. Numbers, dates and the like are left to it.
    """

    def construct_document(self, node: yaml.Node) -> object:
        self.met: set[yaml.Node] = set()
        return self.plain(node)

    def plain(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.ScalarNode):
            return self.text(node) if node.tag == _TEXT else self.value(node)
        if node in self.met:  # to write out what is named a few times over would fill the memory
            raise _wrong(node, "this is used again further down (& and *); write it out there")
        self.met.add(node)
        if node.tag == _LIST and isinstance(node, yaml.SequenceNode):
            return [*map(self.plain, node.value)]
        if node.tag == _MAPPING and isinstance(node, yaml.MappingNode):
            return self.located(node)
        raise _wrong(node, f"the tag {node.tag!r} does not fit here")

    def text(self, node: yaml.ScalarNode) -> str:
        if node.style == '"' and (unseen := UNSEEN.search(node.value)):
            raise _wrong(node, f"it has the sign U+{ord(unseen[0]):04X}, which nobody sees")
        return str(node.value)

    def value(self, node: yaml.ScalarNode) -> object:
        try:
            found = self.construct_object(node, deep=True)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
            # PyYAML trusts a tag, and a date such as 2026-13-01
            raise _wrong(node, f"this is no {node.tag.rpartition(':')[2]} ({error})") from None
        if isinstance(found, int) and abs(found) > _LARGEST:
            raise _wrong(node, "this number is too large")
        return found

    def located(self, node: yaml.MappingNode) -> Located:
        found = Located()
        found.line = node.start_mark.line + 1
        for key, value in node.value:
            name = self.plain(key)
            if not isinstance(name, str):
                raise _wrong(key, "a key must be a word, in single quotes if it could be something else")
            if name in found:
                raise _wrong(node, f"the key {name!r} occurs twice")
            found[name] = self.plain(value)
        return found


def _wrong(node: yaml.Node, what: str) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, what, node.start_mark)
