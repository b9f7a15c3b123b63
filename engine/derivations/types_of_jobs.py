"""Whether a job's fields are of the types that they say: the first thing that is asked of any job.

A job can come from anywhere: another process, a saved session, a script. What passes here can be
compared, counted with and looked up; whether there is such a model is another question.
Window-safe: knows no model, needs no NumPy.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping

from engine.symbolic.jobs import ExerciseJob, GapJob, Given, GradientJob, OpinionJob, UnfoldJob, WorkingJob

Refused = tuple[str, str]  # the reason, and the way out
_LARGEST = 10**300  # a whole number that still is a float
_MOST = 10**15  # nobody means a longer whole number, and one of 4301 digits cannot even be printed


def mistyped(job: object) -> Refused | None:
    """The first field that is not what it has to be, in words with a way out; None if there is none."""
    fields = _FIELDS.get(type(job))
    if fields is None:
        return f"{reprlib.repr(job)} is nothing that can be derived.", "Ask with one of the kinds of jobs."
    found = (check(name, getattr(job, name)) for name, check in fields.items())
    return next((refused for refused in found if refused), None)


def _text(name: str, value: object) -> Refused | None:
    return None if isinstance(value, str) else _not("text", name, value)


def _whole(name: str, value: object) -> Refused | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return _not("a whole number", name, value)
    if not -_MOST < value < _MOST:
        return f"{name} has more than 15 digits.", "Give a smaller number."
    return None


def _yes_or_no(name: str, value: object) -> Refused | None:
    return None if isinstance(value, bool) else _not("True or False", name, value)


def _gradient(name: str, value: object) -> Refused | None:
    right = isinstance(value, GradientJob)
    return mistyped(value) if right else _not("the job of a gradient", name, value)


def _exercise(name: str, value: object) -> Refused | None:
    right = isinstance(value, ExerciseJob)
    return mistyped(value) if right else _not("the job of an exercise", name, value)


def _not(wanted: str, name: str, value: object) -> Refused:
    return f"{name} is {reprlib.repr(value)}, which is not {wanted}.", f"Give {wanted}."


# --- numbers that are given ---


def _given(name: str, value: object) -> Refused | None:
    if value is None:
        return None
    if not isinstance(value, Given):
        return _not("a set of given numbers", name, value)
    return _text("the source of the given numbers", value.source) or _matrices(
        value.parameters, value.inputs, value.targets
    )


def _matrices(parameters: object, inputs: object, targets: object) -> Refused | None:
    if not isinstance(parameters, tuple) or not all(_is_named(pair) for pair in parameters):
        return "The given parameters are not pairs of a name and a matrix.", "Give a tuple of such pairs."
    named = (*parameters, ("the inputs", inputs), ("the targets", targets))
    wrong = [what for what, rows in named if not _are_rows(rows)]
    if wrong:
        return f"{', '.join(wrong)}: the given numbers are not rows of numbers.", "Give tuples of tuples."
    return None


def _is_named(pair: object) -> bool:
    return isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str)


def _are_rows(rows: object) -> bool:
    """By types first, since there can be thousands of numbers."""
    if not isinstance(rows, tuple) or not all(isinstance(row, tuple) for row in rows):
        return False
    kinds = {kind for row in rows for kind in set(map(type, row))}
    if not all(issubclass(kind, int | float) and kind is not bool for kind in kinds):
        return False
    return int not in kinds or all(
        abs(entry) <= _LARGEST for row in rows for entry in row if type(entry) is int
    )


_FIELDS: Mapping[type, Mapping[str, Callable[[str, object], Refused | None]]] = {
    GradientJob: {
        "model": _text,
        "wrt": _text,
        "steps": _whole,
        "scalar": _yes_or_no,
        "activation": _text,
        "outputs": _text,
        "loss": _text,
        "truncate": _whole,
        "gates": _text,
        "update": _text,
        "reset": _text,
        "rows": _yes_or_no,
        "seed": _whole,
        "given": _given,
    },
    OpinionJob: {"job": _gradient},
    UnfoldJob: {"job": _gradient, "number": _whole},
    WorkingJob: {"job": _gradient, "known": _whole, "text": _text},
    ExerciseJob: {"job": _gradient, "kind": _text, "level": _whole, "seed": _whole},
    GapJob: {"exercise": _exercise, "gap": _whole, "text": _text},
}
