"""The `numbers` of a note: names in their order -> values, each from those before; values as plain numbers.

Knows no file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from content.placeholders import Value as Printed
from content.worked.evaluate import Value, evaluate
from content.worked.reading import WorkedError

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def named(numbers: Mapping[str, object]) -> dict[str, Value]:
    """The value of each name. Raises WorkedError naming the one that is wrong."""
    known: dict[str, Value] = {}
    for name, text in numbers.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise WorkedError(f"{name!r} is no name: lower-case letters, digits and _, a letter first.")
        try:
            known[name] = evaluate(str(text), known)
        except WorkedError as error:
            raise WorkedError(f"{name}: {error}") from None
    return known


def printed(value: Value) -> Printed:
    """Arrays as nested tuples, for `placeholders`."""
    if hasattr(value, "tolist"):
        return _nested(value.tolist())
    return value


def _nested(value: object) -> Printed:
    if isinstance(value, list):
        return tuple(_nested(part) for part in value)
    assert isinstance(value, (int, float))  # noqa: S101 - arrays hold nothing else
    return value
