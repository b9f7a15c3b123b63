"""What is known of a variable while code is followed with letters instead of numbers.

A whole number that is a form, one that lies between two forms, a real number, a list of which the
length is known, or nothing at all (`DATA`). Lengths stand in the environment under "#" and the
list's name, so that an append changes one place only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.algorithms.counts import Around
from engine.algorithms.forms import Form, as_form


@dataclass(frozen=True, slots=True)
class Whole:
    form: Form


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number that depends on data: at least `low`, at most `high` (None: no such bound is known)."""

    low: Form | None
    high: Form | None


@dataclass(frozen=True, slots=True)
class Real:
    """`form` itself ("plain"), its square root ("sqrt"), another root, or its logarithm ("log").

    `number` is the root's degree or the logarithm's base.
    """

    form: Form
    kind: str = "plain"
    number: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, text, set, dictionary or queue; its length stands under `length` in the environment.

    `item` is what is known of each item, `kind` what it is: "list", "str", "set", "dict", "deque".
    """

    length: str
    kind: str = "list"
    item: Known | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """What range(start, stop, step) gives; `step` is a number, or a form that is positive."""

    start: Form
    stop: Form
    step: Form


@dataclass(frozen=True, slots=True)
class Several:
    """A tuple of known things."""

    parts: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Iterated:
    """Something that is gone through `count` times, giving `item` (with `Whole` of the letter) each time."""

    count: Known
    item: Known
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Depends on the data; `why` says on what, for a refusal."""

    why: str = ""


Known = Whole | Span | Real | Listed | Steps | Several | Iterated | Unknown
Environment = dict[str, Known]

DATA: Final = Unknown()


def number(value: int) -> Whole:
    return Whole(as_form(value))


def form_of(value: Known | None) -> Form | None:
    """The form that it is exactly, or None."""
    return value.form if isinstance(value, Whole) else None


def bounds(value: Known | None) -> tuple[Form | None, Form | None]:
    """(least, greatest) that is known of a whole number."""
    if isinstance(value, Whole):
        return value.form, value.form
    return (value.low, value.high) if isinstance(value, Span) else (None, None)


def either(first: Known, second: Known, around: Around) -> Known:
    """What is known where it is one or the other."""
    if first == second:
        return first
    if isinstance(first, Listed) and isinstance(second, Listed) and first.length == second.length:
        return Listed(first.length, first.kind)
    if isinstance(first, Several) and isinstance(second, Several) and len(first.parts) == len(second.parts):
        return Several(tuple(either(a, b, around) for a, b in zip(first.parts, second.parts, strict=True)))
    (low, high), (other_low, other_high) = bounds(first), bounds(second)
    least, greatest = _extreme(low, other_low, around, -1), _extreme(high, other_high, around, 1)
    return Span(least, greatest) if least is not None or greatest is not None else DATA


def _extreme(first: Form | None, second: Form | None, around: Around, sign: int) -> Form | None:
    if first is None or second is None:
        return None
    order = around.sign((first - second) * sign)
    return first if order == 1 else second if order == -1 else None


def merged(first: Environment, second: Environment, around: Around) -> Environment:
    """What is known after either; what only one of them has is not known."""
    return {
        name: either(first[name], second[name], around) if name in first and name in second else DATA
        for name in first | second
    }
