"""`studyapp presets`: the prepared runs, one or more for each topic that can be simulated."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from studyapp.commands.voice import Voice, add_json


def add_to(jobs: Any) -> None:
    """Add `presets` to the command line."""
    parser = jobs.add_parser(
        "presets",
        help="list the prepared runs",
        description="The prepared runs by topic; train one with `studyapp train --preset NAME`.",
    )
    parser.add_argument("topic", nargs="?", help="only those of this topic")
    add_json(parser)
    parser.set_defaults(run=run)


def run(said: argparse.Namespace, voice: Voice) -> bool:
    """List them; False if the topic has none."""
    from engine.presets import PRESETS

    found = [preset for preset in PRESETS if said.topic is None or said.topic in preset.topics]
    for preset in found:
        voice.say(
            f"{preset.id:24} {preset.title}\n{'':24} topics: {', '.join(preset.topics)}\n"
            f"{'':24} look at: {preset.look_at}\n{'':24} it shows: {preset.shows}",
            **dataclasses.asdict(preset),
        )
    if not found:
        voice.fail(f"No preset simulates the topic {said.topic!r}.", kind="Nothing")
    return bool(found)
