"""Knob: what is known of one setting of a run, as data, and the check of a value against it.

Forms, command line options and the messages about bad values are all built from this.
Knows no setting by name.
"""

from __future__ import annotations

import dataclasses
import math
import reprlib
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any

When = tuple[tuple[str, tuple[str, ...]], ...]
_KINDS: dict[str, tuple[type, Any]] = {"str": (str, str), "int": (int, Integral), "float": (float, Real)}
_LONG = 64  # bits of a whole number that is not written out


@dataclass(frozen=True, slots=True)
class Knob:
    """What a form needs to know of one field.

    Attributes:
        label: its name on screen.
        help: one sentence for the tooltip: what it does and what happens at the extremes.
        low, high: bounds, both allowed; None for choices. For text, high is the longest.
        choices: (value, label) pairs of a closed choice.
        live: may be changed while the run goes on.
        group: the part of a form that it belongs to: "task", "network", "training" or "more".
        when: (other knob, its values) pairs: the knob has a say only where all of them hold.
    """

    label: str
    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[tuple[str, str], ...] = ()
    live: bool = False
    group: str = "training"
    when: When = ()


def knob(default: Any, label: str, help: str, **more: Any) -> Any:
    """A dataclass field that carries its Knob."""
    return field(default=default, metadata={"knob": Knob(label, help, **more)})


def plain(spec: dataclasses.Field[Any], value: object) -> object:
    """`value` in Python's own type of the field where it stands for one, as 1 or a NumPy scalar does for 1.0.

    What is neither number nor text as the field wants it is given back as it is.
    """
    kind, family = _KINDS[spec.type]  # type: ignore[index]  # it is a word: annotations are postponed
    if isinstance(value, bool) or not isinstance(value, family):
        return value
    try:
        return kind(value)
    except OverflowError:  # a whole number above every float
        return value


def problem(spec: dataclasses.Field[Any], value: object) -> str:
    """The sentence about a bad value of one field, as `plain` has it; empty when it is good."""
    known: Knob = spec.metadata["knob"]
    if known.choices:
        allowed = [v for v, _ in known.choices]
        if isinstance(value, str) and value in allowed:
            return ""
        return f"{known.label} is {_shown(value)}; it must be one of {', '.join(allowed)}."
    if spec.type == "str":
        return _text_problem(known, value)
    whole = spec.type == "int"
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return f"{known.label} is {_shown(value)}; it must be a {'whole ' if whole else ''}number."
    assert known.low is not None and known.high is not None  # noqa: S101 - every numeric knob has bounds
    if not known.low <= value <= known.high:  # NaN neither
        return f"{known.label} is {_shown(value)}; it must be from {known.low:.10g} to {known.high:.10g}."
    return ""


def _text_problem(known: Knob, value: object) -> str:
    assert known.high is not None  # noqa: S101 - every text knob has a longest
    if not isinstance(value, str):
        return f"{known.label} is {_shown(value)}; it must be text."
    if len(value) > known.high:
        return f"{known.label} has {len(value):,} characters; it must be of {known.high:,.0f} at most."
    return ""


def _shown(value: object) -> str:
    """The value as a sentence has it, however long it is; Python refuses to write out huge whole numbers."""
    if isinstance(value, int) and value.bit_length() > _LONG:
        return f"a whole number of about {math.ceil(value.bit_length() * math.log10(2))} digits"
    return reprlib.repr(value)
