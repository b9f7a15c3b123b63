"""`studyapp presets`: the prepared runs, one or more for each topic that can be simulated."""

from __future__ import annotations

import argparse
import dataclasses
import textwrap
from typing import TYPE_CHECKING, Any

from studyapp.commands.voice import Voice, add_json

if TYPE_CHECKING:
    from engine.presets import Preset

_INDENT, _WIDTH = 24, 110


def add_to(jobs: Any) -> None:
    """Add `presets` to the command line."""
    parser = jobs.add_parser(
        "presets",
        help="list the prepared runs",
        description="The prepared runs by topic; train one with `studyapp train --preset NAME`, and the run "
        "to put beside it with --contrast.",
    )
    parser.add_argument("topic", nargs="?", help="only those of this topic")
    add_json(parser)
    parser.set_defaults(run=run)


def run(said: argparse.Namespace, voice: Voice) -> bool:
    """List them; False if the topic has none."""
    from engine.presets import PRESETS

    found = [preset for preset in PRESETS if said.topic is None or said.topic in preset.topics]
    for preset in found:
        voice.say(_described(preset), **dataclasses.asdict(preset))
    if not found:
        voice.fail(_why_none(said.topic), kind="Nothing")
    return bool(found)


def _described(preset: Preset) -> str:
    lines = [
        f"topics: {', '.join(preset.topics)}; {preset.steps:,} steps",
        f"look at: {preset.look_at}",
        f"it shows: {preset.shows}",
    ]
    if preset.contrast is not None:
        lines.append(f"beside it: {_difference(preset)}")
    gap = " " * _INDENT
    wrapped = [
        textwrap.fill(line, _WIDTH, initial_indent=gap, subsequent_indent=f"{gap}  ") for line in lines
    ]
    return "\n".join((f"{preset.id:{_INDENT}}{preset.title}", *wrapped))


def _difference(preset: Preset) -> str:
    """The knobs of the run beside it that differ, as options."""
    assert preset.contrast is not None  # noqa: S101 - asked only where there is one
    ours, theirs = dataclasses.asdict(preset.config), dataclasses.asdict(preset.contrast)
    knobs = [
        f"--{name.replace('_', '-')} {theirs[name]}"
        for name in ours
        if ours[name] != theirs[name] and name != "text"
    ]
    return " ".join(knobs) or "another text"


def _why_none(topic: str) -> str:
    from engine.presets.topics import NOT_SIMULATED

    if topic in NOT_SIMULATED:
        return f"No preset simulates the topic {topic}: {NOT_SIMULATED[topic]}."
    return f"There is no topic {topic!r}; `studyapp presets` without one lists all presets with their topics."
