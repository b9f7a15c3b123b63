"""The catalogue: which gradients can be derived, what can be chosen, and what is wrong with a request.

    models.py    cards of the models, and which options each has
    options.py   what can be chosen, with tips
    wanted.py    what the slope can be asked for
    told.py      conventions in words
    types_of_jobs.py  whether a job's fields are what they say

Window-safe: quick to import, computes no numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from engine.derivations.conventions import conventions
from engine.derivations.models import BY_KEY, MODELS, Card
from engine.derivations.options import MOST_STEPS, SHOWN_STEPS, Choice, Option, options
from engine.derivations.parameters import Parameter, keys, parameters
from engine.derivations.programs import program
from engine.derivations.types_of_jobs import mistyped
from engine.symbolic.jobs import GradientJob

__all__ = [
    "MODELS",
    "MOST_STEPS",
    "SHOWN_STEPS",
    "Card",
    "Choice",
    "Option",
    "Parameter",
    "cleaned",
    "conventions",
    "has_steps",
    "options",
    "parameters",
    "refused",
    "title",
    "wrt_refused",
]

_DEFAULTS = GradientJob()
_OPTIONAL = tuple(
    each.name for each in fields(GradientJob) if each.name not in ("model", "wrt", "seed", "given")
)


def has_steps(job: GradientJob) -> bool:
    """Whether the model runs through time, so that T is asked for."""
    return job.model in BY_KEY and BY_KEY[job.model].has_steps


def cleaned(job: GradientJob) -> GradientJob:
    """The nearest valid job: what is wrong, or nothing to the model, is at its default.

    Never raises for a job whose fields are of the types that they say.
    """
    model = BY_KEY.get(job.model, BY_KEY[_DEFAULTS.model])
    heeded = {name: getattr(job, name) for name in (*model.fields, "rows")}
    default = {name: model.fixed.get(name, getattr(_DEFAULTS, name)) for name in _OPTIONAL}
    found = replace(job, model=model.card.key, **(default | heeded))
    found = replace(found, steps=_in_range(found.steps), truncate=_in_range(found.truncate))
    found = replace(found, rows=found.rows and not found.scalar, seed=max(0, found.seed))
    if found.scalar:
        found = replace(found, gates=_DEFAULTS.gates)
    for option in options(found):
        if getattr(found, option.field) not in [choice.value for choice in option.choices]:
            found = replace(found, **{option.field: default[option.field]})
    return replace(found, wrt=_nearest(found, model.first))


def _in_range(steps: int) -> int:
    return min(max(steps, 0), MOST_STEPS)


def _nearest(job: GradientJob, first: str) -> str:
    """What was asked for, or its likeness: of U_f stacked with W_f that, else the model's first."""
    known = keys(job)
    kind, _, gate = job.wrt.partition("_")
    for key in (job.wrt, f"W_{gate}" if kind == "U" else "", first, f"W_{first[-1]}"):
        if key in known:
            return key
    return known[0]


def refused(job: GradientJob) -> tuple[str, str] | None:
    """Why the job cannot be done as it stands, and the way out; None if it can.

    Options that the model does not have are no fault: `cleaned` sets them to their defaults.
    """
    refused = mistyped(job)
    if refused:
        return refused
    if job.model not in BY_KEY:
        return f"There is no model called “{job.model}”.", f"Choose {_listed(BY_KEY)}."
    if job.seed < 0:
        return f"The seed is {job.seed}; seeds begin at 0.", "Take 0 or any number above."
    return _steps_refused(job) or _choice_refused(job) or wrt_refused(job)


def _steps_refused(job: GradientJob) -> tuple[str, str] | None:
    if not has_steps(job):
        return None
    if not 0 <= job.steps <= MOST_STEPS:
        way_out = (
            f"Take T from 1 to {MOST_STEPS}, or 0 to leave T a letter: the lines are the same for any T."
        )
        return f"T is {job.steps}; a derivation has 1 to {MOST_STEPS} steps.", way_out
    if "truncate" in BY_KEY[job.model].fields and not 0 <= job.truncate <= MOST_STEPS:
        way_out = f"Take a window from 1 to {MOST_STEPS}, or 0 for no truncation."
        return f"The window of truncated BPTT is {job.truncate} steps.", way_out
    return None


def _choice_refused(job: GradientJob) -> tuple[str, str] | None:
    for option in options(job):
        value = getattr(job, option.field)
        allowed = [choice.value for choice in option.choices]
        if value in allowed:
            continue
        if option.field == "loss" and value == "cross-entropy":
            reason = "With one unit there is one output, and the softmax of one number is always 1."
            return reason, "Take a squared error, or matrices instead of one unit."
        return f"{option.label} cannot be “{value}” ({option.field}).", f"Choose {_listed(allowed)}."
    return None


def wrt_refused(job: GradientJob) -> tuple[str, str] | None:
    """Why there is no such quantity to differentiate by, in a job whose model there is; None if there is."""
    heeded = cleaned(job)
    known = keys(heeded)
    if job.wrt in known:
        return None
    return f"{_upper(BY_KEY[job.model].card.short)} has no “{job.wrt}”.", f"Choose {_listed(known)}."


def _listed(words: Iterable[object]) -> str:
    *some, last = map(str, words)
    return f"one of {', '.join(some)} or {last}" if some else last


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


_GREEK = {"gamma": "γ", "beta": "β", "g_by_norm": "g clipped by norm", "g_by_value": "g clipped by value"}


def title(job: GradientJob) -> str:
    """In plain Unicode, e.g. "∂L/∂W_h of the RNN, T = 3"."""
    card = BY_KEY[job.model].card
    if job.model == "clipping":
        return f"Gradient clipping: {_GREEK[job.wrt]}"
    wanted = _GREEK.get(job.wrt, job.wrt.replace("_T+1", ",T+1"))
    if job.wrt in _timed(job):
        wanted = f"{job.wrt},t" if "_" in job.wrt else f"{job.wrt}_t"
    steps = f", T = {job.steps}" if job.steps else ", any T"
    return f"∂L/∂{wanted} of {card.short}{steps if has_steps(job) else ''}"


def _timed(job: GradientJob) -> tuple[str, ...]:
    """What there is one of at each step."""
    made = program(job)
    return (*made.states, *made.sums)
