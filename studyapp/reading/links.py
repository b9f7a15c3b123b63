"""What a link in a text leads to: a page of the window and what that page is handed. Knows no page, no Qt.

`topic: unit: term: formula: formulas: diagram:` lead to places on the Notes page, `lab:` to a preset,
`derive: recurrence: gradient: code: compare:` to a question for the Derive page, `test:` to the questions
of a topic.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import unquote

from engine.derivations import catalogue
from engine.errors import ConfigError
from engine.presets import PRESETS, Preset, preset_of
from engine.symbolic.jobs import CodeJob, CompareJob, GradientJob
from studyapp import code_examples
from studyapp.commands import derive_bptt
from studyapp.quiz_wish import QuizWish
from studyapp.reading.place import SPECIAL, ReadingPlace

_YES = ("true", "yes", "on", "1")


@dataclass(frozen=True, slots=True)
class Way:
    """`page` is one of the window's; `target` is what it is opened with; `words` say it on a menu."""

    page: str
    target: object
    words: str


def way(address: str) -> Way:
    """Where a link leads; whether a note or a term of that id exists only the bank can tell.

    Raises:
        ConfigError: it leads nowhere; the sentence says why.
    """
    written = unquote(address).strip()
    kind, _, rest = written.partition(":")
    rest = rest.strip()
    match kind:
        case "derive" | "recurrence" | "gradient" | "code" | "compare":
            return _derivation(kind, rest)
        case "lab":
            return Way("lab", rest, _preset(rest).title)
        case "test" if rest:
            return Way("quiz", QuizWish((rest,)), "Test me on it")
    place = ReadingPlace.read(written) if written and ":" in written else None
    if place is None or not (place.id or place.item or place.page in SPECIAL):
        raise ConfigError((f"StudyApp works offline and does not open {written[:80] or 'an empty link'}",))
    return Way("notes", place, written)


def presets_for(topic: str) -> tuple[Preset, ...]:
    """The Lab's presets of a topic, those that are mainly about it first."""
    mine = [preset for preset in PRESETS if topic in preset.topics]
    return tuple(sorted(mine, key=lambda preset: preset.topics.index(topic)))


def gradient(options: str) -> GradientJob:
    """The question of "cell=lstm steps=3 wrt=W_f", keys as those of `studyapp derive bptt`.

    Raises:
        ConfigError: an option that there is not, or a value that it cannot have.
    """
    parser = _Options(prog="gradient:", add_help=False, allow_abbrev=False)
    derive_bptt.add_options(parser)
    words: list[str] = []
    for option in options.split():
        key, equals, value = option.partition("=")
        flag = key in ("scalar", "rows")
        words += [f"--{key}"] if flag and (not equals or value in _YES) else [f"--{key}={value}"]
    return derive_bptt.job(parser.parse_args(words))


def _derivation(kind: str, rest: str) -> Way:
    match kind:
        case "gradient":
            job = gradient(rest)
            return Way("derive", job, f"Slope of L by {job.wrt}: {_model(job)}, {_times(job)}")
        case "code":
            label, text = _code(rest)
            return Way("derive", CodeJob(text), f"Count the steps: {label}")
        case "compare":
            first, second = _pair(rest)
            return Way("derive", CompareJob(first, second), f"Which grows faster, {first} or {second}?")
        case _:
            return Way("derive", rest, rest)


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ConfigError((f"This link to a derivation cannot be read: {message}.",))


def _model(job: GradientJob) -> str:
    return next(card.title for card in catalogue.MODELS if card.key == job.model)


def _times(job: GradientJob) -> str:
    if not catalogue.has_steps(job):
        return "one step"
    return f"{job.steps} step{'s' * (job.steps != 1)}" if job.steps else "T steps"


def _code(name: str) -> tuple[str, str]:
    constants = {key: value for key, value in vars(code_examples).items() if isinstance(value, str)}
    labels = {text: label for label, text in code_examples.EXAMPLES}
    named = {_simple(label): (label, text) for label, text in code_examples.EXAMPLES}
    named |= {_simple(key): (labels[text], text) for key, text in constants.items() if text in labels}
    try:
        return named[_simple(name)]
    except KeyError:
        there = ", ".join(label for label, _ in code_examples.EXAMPLES)
        raise ConfigError(
            (f"There is no example of code called “{name[:60]}”; there are {there}.",)
        ) from None


def _simple(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def _pair(text: str) -> tuple[str, str]:
    first, bar, second = (part.strip() for part in text.partition("|"))
    if not (first and bar and second):
        raise ConfigError((f"“{text[:60]}” does not name two functions; write them as n log n | n^2.",))
    return first, second


def _preset(name: str) -> Preset:
    try:
        return preset_of(name)
    except KeyError:
        raise ConfigError((f"The Lab has no preset called “{name[:60]}”.",)) from None
