"""One entry with `for` -> several: `<t>`, `<t+1>`, `<word>` are filled in, `step` moves each a bit further.

Works on plain lists and mappings; knows no primitive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"(?<!<)<([a-z][a-z0-9_]*)([+-][0-9]+)?>(?!>)")

Raw = Mapping[object, object]


class BadRepeat(Exception):
    """The message is a sentence."""


def repeated(raw: Raw) -> list[tuple[Raw, tuple[float, float]]]:
    """The entries that `raw` stands for, and how far each is moved; itself, when it has no `for`.

    Raises BadRepeat.
    """
    if "for" not in raw:
        return [(raw, (0.0, 0.0))]
    lists = raw["for"]
    if not isinstance(lists, dict) or not lists or not all(isinstance(v, list) for v in lists.values()):
        raise BadRepeat("for must be names with lists, such as {t: [1, 2, 3]}.")
    lengths = {len(values) for values in lists.values()}
    if len(lengths) != 1 or 0 in lengths:
        raise BadRepeat("the lists of for must all have the same length, at least 1.")
    rest = {name: value for name, value in raw.items() if name not in ("for", "step")}
    step = _step(raw.get("step", [0, 0]))
    made = []
    for number in range(lengths.pop()):
        values = {str(name): listed[number] for name, listed in lists.items()}
        made.append((_filled(rest, values), (number * step[0], number * step[1])))
    return made


def _step(step: object) -> tuple[float, float]:
    match step:
        case [int() | float() as x, int() | float() as y]:
            return x, y
    raise BadRepeat("step must be two numbers, such as [3, 0].")


def _filled(value: Any, values: Mapping[str, object]) -> Any:
    if isinstance(value, str):
        return _PLACE.sub(lambda place: _one(place, values), value)
    if isinstance(value, list):
        return [_filled(part, values) for part in value]
    if isinstance(value, dict):
        return {name: _filled(part, values) for name, part in value.items()}
    return value


def _one(place: re.Match[str], values: Mapping[str, object]) -> str:
    """What stands in the place of `<t+1>`; texts that only look like a place (`<eos>`) stay."""
    if place[1] not in values:
        return place[0]
    value = values[place[1]]
    if place[2] is None:
        return str(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadRepeat(f"{place[0]} needs whole numbers in the list of {place[1]}, not {value!r}.")
    return str(value + int(place[2]))
