"""The methods of lists, texts, sets and dictionaries that pasted code may call, each with what it costs."""

# ruff: noqa: ARG001 - one signature for all charges
from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from engine.algorithms.library import hashable, sort
from engine.algorithms.values import MAX_LENGTH, SIZED, CodeFault, Meter


def _whole_list(meter: Meter, line: int, items: Any, name: str, arguments: tuple[Any, ...]) -> None:
    meter.charge(line, len(items))


def _free_of_charge(meter: Meter, line: int, items: Any, name: str, arguments: tuple[Any, ...]) -> None:
    if isinstance(items, list | deque) and len(items) >= MAX_LENGTH:
        meter.fits(line, len(items) + 1)


def _shifts(meter: Meter, line: int, items: list[Any], name: str, arguments: tuple[Any, ...]) -> None:
    """insert(i, x) and pop(i) move what stands behind i."""
    place = arguments[0] if arguments and isinstance(arguments[0], int) else len(items)
    if name == "pop" and not arguments:
        place = len(items)
    meter.charge(line, max(0, len(items) - (place if place >= 0 else max(0, place + len(items)))))
    meter.fits(line, len(items) + 1)


def _added(meter: Meter, line: int, items: Any, name: str, arguments: tuple[Any, ...]) -> None:
    """extend, update, union: as many as are added."""
    for more in arguments:
        if not isinstance(more, SIZED):
            raise CodeFault(
                f"{name} is known with a list, tuple, set or text only.", "Make a list of it first.", line
            )
        meter.charge(line, len(more))
        meter.fits(line, len(items) + len(more))


def _joined(meter: Meter, line: int, items: str, name: str, arguments: tuple[Any, ...]) -> None:
    parts = arguments[0] if arguments else ()
    if not isinstance(parts, list | tuple):
        raise CodeFault("join is known with a list only.", "Make a list first.", line)
    length = sum(len(part) if isinstance(part, str) else 0 for part in parts) + len(items) * len(parts)
    meter.fits(line, length)
    meter.charge(line, max(length, len(parts)))


def _searched(meter: Meter, line: int, items: Any, name: str, arguments: tuple[Any, ...]) -> None:
    """index and remove: up to where it stands; count: all."""
    wanted = arguments[0] if arguments else None
    for item in items:
        meter.charge(line, 1)
        meter.compared(line, item, wanted)
        if item == wanted and name != "count":
            return


def _replaced(meter: Meter, line: int, items: str, name: str, arguments: tuple[Any, ...]) -> None:
    if len(arguments) != 2 or not all(isinstance(one, str) for one in arguments):
        raise CodeFault("replace takes two texts.", "Write replace(old, new).", line)
    meter.fits(line, len(items) + (len(items) + 1) * len(arguments[1]))
    meter.charge(line, len(items))


def _keyed(meter: Meter, line: int, items: Any, name: str, arguments: tuple[Any, ...]) -> None:
    for key in arguments[:1]:
        hashable(meter, line, key)


Charge = Callable[[Meter, int, Any, str, tuple[Any, ...]], None]


def _each(names: str, charge: Charge) -> dict[str, Charge]:
    return dict.fromkeys(names.split(), charge)


_SET_ALGEBRA = _each("union update", _added) | _each(
    "difference intersection issubset issuperset", _whole_list
)
METHODS: dict[type, dict[str, Charge]] = {
    list: _each("append", _free_of_charge) | _each("insert pop", _shifts) | _each("extend", _added)
    | _each("remove index count", _searched) | _each("reverse copy clear", _whole_list),
    deque: _each("append appendleft pop popleft", _free_of_charge) | _each("extend extendleft", _added)
    | _each("remove index count", _searched) | _each("reverse copy clear", _whole_list),
    tuple: _each("index count", _searched),
    dict: _each("get pop setdefault", _keyed) | _each("keys values items", _free_of_charge)
    | _each("update", _added) | _each("copy clear", _whole_list),
    set: _each("add discard remove pop", _keyed) | _each("copy clear", _whole_list) | _SET_ALGEBRA,
    str: _each("join", _joined) | _each("replace", _replaced)
    | _each(
        "count endswith find index isalnum isalpha isdigit islower isspace isupper lower lstrip rstrip split "
        "startswith strip swapcase title upper", _whole_list,
    ),
    int: _each("bit_length", _free_of_charge),
}  # fmt: skip


def method(
    meter: Meter, line: int, owner: Any, name: str, arguments: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """The value of owner.name(*arguments, **options). Raises CodeFault where there is none such."""
    if name == "sort" and type(owner) is list:
        return sort(meter, line, owner, *arguments, **options)
    kind = next((kind for kind in METHODS if isinstance(owner, kind)), None)
    charge = METHODS[kind].get(name) if kind else None
    if charge is None:
        raise CodeFault(
            f"A {type(owner).__name__} has no {name} here.", "See that it is a list or text.", line
        )
    charge(meter, line, owner, name, arguments)
    if kind is dict and name in ("keys", "values", "items"):
        meter.spend(line, len(owner))
        return list(getattr(owner, name)())  # a list: a dictionary may change while it is gone through
    return getattr(owner, name)(*arguments, **options)  # `name` is one of METHODS: nothing else is reached
